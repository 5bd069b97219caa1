//! What offered legs have: waits, and the rarer counts.

use super::page::{Cell, Pages, sum};
use super::place::Places;
use super::row_list::RowList;
use super::settings::KeepWaits;
use super::sheet::PAGE;
use super::wait_log::WaitLog;
use super::waits::{WaitClass, bucket_of};
use crate::contact::{Block, Facts, LegKind, Outcome};

/// What is to be done with a leg, by its facts, worked out beforehand.
#[derive(Debug)]
pub(super) struct Plans(Box<[u8; Facts::COUNT]>);

/// The class of the wait, or [`NO_CLASS`].
const CLASS: u8 = 7;
const NO_CLASS: u8 = 4;
/// Answered, dials included.
const ANSWERED: u8 = 8;
/// Something about it is counted by itself.
const RARE: u8 = 16;

impl Plans {
    pub(super) fn new() -> Self {
        let mut plans = Box::new([NO_CLASS; Facts::COUNT]);
        for facts in Facts::all() {
            plans[facts.index()] = plan(facts);
        }
        Self(plans)
    }

    #[inline(always)]
    fn of(&self, facts: Facts) -> u8 {
        self.0[facts.index()]
    }
}

fn plan(facts: Facts) -> u8 {
    let answered = if facts.is_answered() { ANSWERED } else { 0 };
    if facts.is_dial() {
        return NO_CLASS | answered | RARE;
    }
    let (class, is_rare) = match facts.outcome() {
        Outcome::Answered => (WaitClass::Answered as u8, false),
        Outcome::Abandoned => (WaitClass::Abandoned as u8, false),
        Outcome::CallbackRequested => (WaitClass::Callback as u8, false),
        Outcome::Overflowed => (WaitClass::FlowOut as u8, false),
        Outcome::TimedOut
        | Outcome::LeftByKey
        | Outcome::LeftEmpty
        | Outcome::Withdrawn
        | Outcome::Failed => (WaitClass::FlowOut as u8, true),
        Outcome::Lost => (NO_CLASS, true),
        Outcome::Open | Outcome::Blocked | Outcome::Closed | Outcome::NoAnswer => (NO_CLASS, false),
    };
    let is_rare = is_rare || facts.kind() != LegKind::Inbound || facts.is_transferred_out();
    class | answered | if is_rare { RARE } else { 0 }
}

/// Adds the waits of a block to its cells, and lists the answered legs. Returns
/// whether there is something that [`count_rare`] counts.
pub(super) fn add_waits(
    block: &Block,
    plans: &Plans,
    places: &Places,
    (cells, answered): (&mut [Cell], &mut RowList),
) -> bool {
    // All ones where a class is summed or compared, by class.
    const SUMMED: [i64; 8] = [-1, -1, 0, 0, 0, 0, 0, 0];
    const COMPARED: [i64; 8] = [-1, -1, -1, -1, 0, 0, 0, 0];
    let mut seen = 0;
    answered.clear();
    for row in 0..block.len() {
        let plan = plans.of(block.facts[row]);
        let class = usize::from(plan & CLASS);
        let wait = block.wait[row];
        let cell = &mut cells[places.slots[row] as usize];
        // An unknown wait is negative: it adds 0, and is longer than none.
        let waited = &mut cell.waited[class % 2];
        *waited = sum(*waited, wait.max(0) & SUMMED[class]);
        let compared = ((wait + 1) & COMPARED[class]).max(0).cast_unsigned();
        cell.longest_wait_plus_1 = cell.longest_wait_plus_1.max(compared);
        answered.offer(row, plan & ANSWERED != 0);
        seen |= plan;
    }
    seen & RARE != 0 || block.has_rings()
}

/// Keeps the waits of a block.
pub(super) fn log_waits(
    block: &Block,
    plans: &Plans,
    places: &Places,
    (logs, keep): (&mut [WaitLog], KeepWaits),
) {
    match keep {
        KeepWaits::Nothing => {}
        KeepWaits::Exact => each_wait(block, plans, places, |(page, cell), class, wait| {
            logs[page].push_exact(cell, class, wait);
        }),
        KeepWaits::Histogram => each_wait(block, plans, places, |(page, cell), class, wait| {
            logs[page].push_bucket(cell, class, bucket_of(wait) as u32);
        }),
    }
}

/// Calls `each` with the page and the number of the cell in it, the class and the wait.
#[inline(always)]
fn each_wait(
    block: &Block,
    plans: &Plans,
    places: &Places,
    mut each: impl FnMut((usize, usize), u32, u64),
) {
    for row in 0..block.len() {
        let class = plans.of(block.facts[row]) & CLASS;
        let (page, wait) = (places.pages[row] as usize, block.wait[row]);
        if (class != NO_CLASS) & (wait >= 0) & (page > 0) {
            let cell = places.intervals[row] as usize % PAGE;
            each((page, cell), class.into(), wait.cast_unsigned());
        }
    }
}

/// Counts the rarer things about the legs of a block.
pub(super) fn count_rare(block: &Block, plans: &Plans, places: &Places, pages: &mut Pages) {
    for row in 0..block.len() {
        let is_rare = plans.of(block.facts[row]) & RARE != 0 || block.ring_no_answers[row] > 0;
        if is_rare && places.pages[row] > 0 {
            count_rare_of(block, row, pages, places.slots[row] as usize);
        }
    }
}

fn count_rare_of(block: &Block, row: usize, pages: &mut Pages, slot: usize) {
    let counts = pages.rare_mut(slot);
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
