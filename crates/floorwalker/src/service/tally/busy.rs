//! Operators' busy time, clipped to intervals in constant work a leg.
//!
//! A conversation touches one or two intervals as a rule. A long one is noted as
//! a stretch of whole intervals, and the stretches are laid over the intervals
//! once at the end, so that a conversation of a year costs no more than a short one.

use std::collections::BTreeMap;

use super::page::{PAGE, Pages};
use crate::time::Intervals;

/// Stretches of whole busy intervals, by queue.
#[derive(Debug, Default)]
pub(super) struct LongStretches {
    /// For each queue and interval, how many more (or fewer) operators are busy from there on.
    changes: BTreeMap<(usize, usize), i64>,
}

/// Adds the part of `[from, to)` inside each interval to its busy time.
pub(super) fn add(
    pages: &mut Pages,
    long: &mut LongStretches,
    intervals: &Intervals,
    queue: usize,
    (from, to): (i64, i64),
) {
    let bounds = intervals.bounds();
    let window = intervals.window();
    let (from, to) = (from.max(window.start_ms()), to.min(window.end_ms()));
    if from >= to {
        return;
    }
    let first = intervals.index_of_ms(from).expect("clipped to the window");
    if to <= bounds[first + 1] {
        add_to(pages, queue, first, to - from);
        return;
    }
    let last = intervals
        .index_of_ms(to - 1)
        .expect("clipped to the window");
    add_to(pages, queue, first, bounds[first + 1] - from);
    add_to(pages, queue, last, to - bounds[last]);
    if last - first <= 3 {
        (first + 1..last).for_each(|at| add_to(pages, queue, at, bounds[at + 1] - bounds[at]));
    } else {
        *long.changes.entry((queue, first + 1)).or_default() += 1;
        *long.changes.entry((queue, last)).or_default() -= 1;
    }
}

fn add_to(pages: &mut Pages, queue: usize, interval: usize, ms: i64) {
    let sums = &mut pages.page_mut(queue, interval).cells[interval % PAGE].sums;
    sums.busy = sums.busy.saturating_add(ms.unsigned_abs());
}

impl LongStretches {
    /// Lays the stretches over the intervals.
    pub(super) fn settle(self, pages: &mut Pages, intervals: &Intervals) {
        let bounds = intervals.bounds();
        let mut busy = 0;
        let mut changes = self.changes.into_iter().peekable();
        while let Some(((queue, from), change)) = changes.next() {
            busy += change;
            let Some(&((next_queue, to), _)) = changes.peek() else {
                break;
            };
            if next_queue == queue && busy > 0 {
                (from..to).for_each(|at| {
                    add_to(
                        pages,
                        queue,
                        at,
                        busy.saturating_mul(bounds[at + 1] - bounds[at]),
                    )
                });
            }
        }
    }
}
