//! Time clipped to intervals, in constant work for each stretch.
//!
//! A conversation or a pause touches a few intervals as a rule. A long stretch
//! is noted as "one more from here, one fewer from there", and the notes are
//! laid over the intervals once at the end, so that a stretch of a year costs no
//! more than a short one.

use std::collections::BTreeMap;

use crate::time::Intervals;

/// Stretches that cover more whole intervals than this are noted instead of walked.
const WALK: usize = 3;

/// Clips stretches of time to intervals, by key.
#[derive(Debug)]
pub(in crate::service) struct Clipper<K> {
    /// For each key and interval, how many more (or fewer) stretches cover it and the ones after it.
    changes: BTreeMap<(K, usize), i64>,
}

impl<K: Ord + Copy> Clipper<K> {
    pub(in crate::service) fn new() -> Self {
        Self {
            changes: BTreeMap::new(),
        }
    }

    /// Calls `each(key, interval, milliseconds)` for the parts of `[from, to)`
    /// inside the intervals, now or in [`settle`](Self::settle).
    pub(in crate::service) fn clip(
        &mut self,
        intervals: &Intervals,
        key: K,
        (from, to): (i64, i64),
        mut each: impl FnMut(K, usize, u64),
    ) {
        let bounds = intervals.bounds();
        let (from, to) = (from.max(bounds[0]), to.min(bounds[bounds.len() - 1]));
        if from >= to {
            return;
        }
        let (Some(first), Some(last)) =
            (intervals.index_of_ms(from), intervals.index_of_ms(to - 1))
        else {
            return;
        };
        if first == last {
            each(key, first, (to - from).unsigned_abs());
            return;
        }
        each(key, first, (bounds[first + 1] - from).unsigned_abs());
        each(key, last, (to - bounds[last]).unsigned_abs());
        if last - first <= WALK + 1 {
            (first + 1..last).for_each(|at| each(key, at, bounds[at + 1].abs_diff(bounds[at])));
        } else {
            *self.changes.entry((key, first + 1)).or_default() += 1;
            *self.changes.entry((key, last)).or_default() -= 1;
        }
    }

    /// Lays the noted stretches over the intervals.
    pub(in crate::service) fn settle(
        &mut self,
        intervals: &Intervals,
        mut each: impl FnMut(K, usize, u64),
    ) {
        let bounds = intervals.bounds();
        let mut open = 0_i64;
        let mut changes = std::mem::take(&mut self.changes).into_iter().peekable();
        while let Some(((key, from), change)) = changes.next() {
            open += change;
            let Some(&((next_key, to), _)) = changes.peek() else {
                break;
            };
            if next_key == key && open > 0 {
                for at in from..to {
                    each(
                        key,
                        at,
                        open.unsigned_abs()
                            .saturating_mul(bounds[at + 1].abs_diff(bounds[at])),
                    );
                }
            }
        }
    }
}
