//! What each leg adds to its cell beside its categories: waits, handling, busy time.

use std::hint::select_unpredictable;

use super::clip::Clipper;
use super::page::{Cell, Pages, sum};
use super::plan::Plans;
use super::waits::WaitClass;
use crate::contact::{BLOCK, Block, LegKind, NONE, Outcome};
use crate::time::Intervals;

/// The interval of a run and the end of the next one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    begin: i64,
    end: i64,
    next_end: i64,
}

impl Stretch {
    pub(super) fn of(interval: usize, intervals: &Intervals) -> Self {
        let bounds = intervals.bounds();
        let end = bounds[interval + 1];
        Self {
            begin: bounds[interval],
            end,
            next_end: bounds.get(interval + 2).copied().unwrap_or(end),
        }
    }
}

/// Rows whose conversation is not over, or does not begin in the interval of the
/// run, or goes on beyond the next one.
#[derive(Debug)]
pub(super) struct FarRows {
    rows: Box<[u16; BLOCK]>,
    count: usize,
}

impl FarRows {
    pub(super) fn new() -> Self {
        Self {
            rows: Box::new([0; BLOCK]),
            count: 0,
        }
    }

    #[inline(always)]
    fn push(&mut self, row: usize) {
        self.rows[self.count % BLOCK] = row as u16;
        self.count += 1;
    }

    pub(super) fn drain(&mut self) -> &[u16] {
        let count = std::mem::take(&mut self.count);
        &self.rows[..count.min(BLOCK)]
    }
}

/// Adds handled legs to their cells.
///
/// As a rule a conversation begins in the interval of its leg and ends there or in
/// the next one. Which of the two cannot be predicted, so both are added to, the
/// second perhaps nothing; behind the last cell of a page there is a spare one.
pub(super) fn add_handled(
    block: &Block,
    (rows, slots): (&[u16], &[u32; BLOCK]),
    stretch: Stretch,
    (cells, far): (&mut [Cell], &mut FarRows),
) {
    let answers = block.answer();
    let length = (stretch.end - stretch.begin).cast_unsigned();
    for &row in rows {
        let row = usize::from(row) % BLOCK;
        let Some([cell, next, ..]) = cells.get_mut(slots[row] as usize..) else {
            continue;
        };
        let wait = block.wait[row];
        cell.waited[0] = sum(cell.waited[0], wait);
        cell.longest_wait_plus_1 = cell.longest_wait_plus_1.max(wait.cast_unsigned() + 1);
        let (talk, hold, wrap_up) = (block.talk[row], block.hold[row], block.wrap_up[row]);
        // What is not known is negative.
        if (talk | wrap_up) < 0 {
            far.push(row);
            continue;
        }
        cell.talk = sum(cell.talk, talk);
        cell.hold = sum(cell.hold, hold);
        cell.wrap_up = sum(cell.wrap_up, wrap_up);
        cell.held += u64::from(hold > 0);
        let lasting = talk + hold + wrap_up;
        let from = block.arrived[row] + answers[row];
        let to = from + lasting;
        if ((from - stretch.begin).cast_unsigned() >= length) | (to > stretch.next_end) {
            far.push(row);
            continue;
        }
        let beyond = select_unpredictable(to > stretch.end, to - stretch.end, 0);
        cell.busy = sum(cell.busy, lasting - beyond);
        next.busy = sum(next.busy, beyond);
    }
}

/// Adds the waits of the legs that were not handled to their cells.
pub(super) fn add_others(
    block: &Block,
    (rows, slots): (&[u16], &[u32; BLOCK]),
    plans: &Plans,
    (cells, far): (&mut [Cell], &mut FarRows),
) {
    for &row in rows {
        let row = usize::from(row) % BLOCK;
        let (facts, wait) = (block.facts[row], block.wait[row]);
        let cell = &mut cells[slots[row] as usize];
        match plans.of(facts).class() {
            Some(class) if wait >= 0 => {
                if class == WaitClass::Abandoned {
                    cell.waited[1] = sum(cell.waited[1], wait);
                }
                cell.longest_wait_plus_1 = cell.longest_wait_plus_1.max(wait.cast_unsigned() + 1);
            }
            None if facts.is_answered() => far.push(row),
            _ => {}
        }
    }
}

/// Adds the busy time of one leg that was answered, wherever it falls. Returns how
/// many cells were touched.
pub(super) fn add_busy(
    block: &Block,
    row: usize,
    (intervals, as_of): (&Intervals, i64),
    (start, pages): (usize, &mut Pages),
    clipper: &mut Clipper<usize>,
) -> u64 {
    let leg = block.milestones(row);
    let to = if leg.wrapped_up == NONE {
        as_of
    } else {
        leg.wrapped_up
    };
    let mut touched = 0;
    clipper.clip(
        intervals,
        start,
        (leg.answered, to),
        |start, interval, ms| {
            pages.add_busy(start, interval, ms);
            touched += 1;
        },
    );
    touched
}

/// Counts what is rare about a leg.
pub(super) fn count_rare(block: &Block, row: usize, slot: usize, pages: &mut Pages) {
    let counts = &mut pages.rare_mut(slot).counts;
    let facts = block.facts[row];
    let (kind, outcome) = (facts.kind(), facts.outcome());
    let answered = u32::from(outcome == Outcome::Answered);
    let add = |count: &mut u32, more: u32| *count = count.saturating_add(more);
    match kind {
        LegKind::Callback => {
            add(&mut counts.callback_dials, 1);
            return add(&mut counts.callback_answered, answered);
        }
        LegKind::Outbound => {
            add(&mut counts.outbound_dials, 1);
            return add(&mut counts.outbound_answered, answered);
        }
        _ if !outcome.is_queued() => return,
        LegKind::Transfer => add(&mut counts.transfer_in, 1),
        LegKind::Overflow => add(&mut counts.overflow_in, 1),
        LegKind::Inbound => {}
    }
    let rings = u32::try_from(block.ring_no_answers[row]).unwrap_or(u32::MAX);
    add(&mut counts.ring_no_answers, rings);
    let passed_on = u32::from(facts.is_transferred_out());
    add(&mut counts.transferred_out, answered * passed_on);
    match outcome {
        Outcome::TimedOut => add(&mut counts.timed_out, 1),
        Outcome::LeftByKey => add(&mut counts.left_by_key, 1),
        Outcome::LeftEmpty => add(&mut counts.left_empty, 1),
        Outcome::Withdrawn => add(&mut counts.withdrawn, 1),
        Outcome::Failed => add(&mut counts.failed, 1),
        Outcome::Lost => add(&mut counts.lost, 1),
        _ => {}
    }
}
