//! What offered legs have: waits, and the rarer counts.

use super::page::Pages;
use super::place::Places;
use super::row_list::RowList;
use super::settings::KeepWaits;
use super::sheet::PAGE;
use super::waits::{WaitClass, bucket_of};
use crate::contact::{Block, LegKind, Outcome, TRANSFERRED_OUT};

/// What is to be done with a leg, by kind and outcome, worked out beforehand.
#[derive(Debug)]
pub(super) struct Plans(Box<[u8; PLANS]>);

/// Kind and outcome: 3 + 4 bits.
const PLANS: usize = 1 << 7;
/// The class of the wait, or [`NO_CLASS`].
const CLASS: u8 = 7;
const NO_CLASS: u8 = 4;
/// Answered, dials included.
const ANSWERED: u8 = 8;
/// Its kind or its outcome is counted by itself.
const RARE: u8 = 16;

impl Plans {
    pub(super) fn new() -> Self {
        let mut plans = Box::new([NO_CLASS; PLANS]);
        for &kind in LegKind::ALL {
            for &outcome in Outcome::ALL {
                plans[place(kind, outcome)] = plan(kind, outcome);
            }
        }
        Self(plans)
    }

    #[inline(always)]
    fn of(&self, block: &Block, row: usize) -> u8 {
        self.0[place(block.kind[row], block.outcome[row]) % PLANS]
    }
}

#[inline(always)]
fn place(kind: LegKind, outcome: Outcome) -> usize {
    (kind as usize) << 4 | outcome as usize
}

fn plan(kind: LegKind, outcome: Outcome) -> u8 {
    let answered = if outcome == Outcome::Answered {
        ANSWERED
    } else {
        0
    };
    if kind.is_dial() {
        return NO_CLASS | answered | RARE;
    }
    let (class, is_rare) = match outcome {
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
    let is_rare = is_rare || kind != LegKind::Inbound;
    class | answered | if is_rare { RARE } else { 0 }
}

/// Rows of a block that later steps are about.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) answered: RowList,
    pub(super) rare: RowList,
}

/// Adds the waits of a block to its cells, and lists the rows for the later steps.
pub(super) fn add_waits(
    block: &Block,
    plans: &Plans,
    places: &Places,
    (pages, lists): (&mut Pages, &mut Lists),
) {
    // All ones where a class is summed or compared, by class.
    const SUMMED: [i64; 8] = [-1, -1, 0, 0, 0, 0, 0, 0];
    const COMPARED: [i64; 8] = [-1, -1, -1, -1, 0, 0, 0, 0];
    lists.answered.clear();
    lists.rare.clear();
    for row in 0..block.len() {
        let plan = plans.of(block, row);
        let class = usize::from(plan & CLASS);
        let wait = block.wait[row];
        let cell = &mut pages.cells[places.slots[row] as usize];
        // An unknown wait is negative: it adds 0, and is longer than none.
        let summed = (wait.max(0) & SUMMED[class]).cast_unsigned();
        let waited = &mut cell.waited[class % 2];
        *waited = waited.saturating_add(summed);
        let compared = ((wait + 1) & COMPARED[class]).max(0).cast_unsigned();
        cell.longest_wait_plus_1 = cell.longest_wait_plus_1.max(compared);
        let is_rare = (plan & RARE) | (block.flags[row] & TRANSFERRED_OUT);
        lists.answered.offer(row, plan & ANSWERED != 0);
        lists
            .rare
            .offer(row, is_rare != 0 || block.ring_no_answers[row] > 0);
    }
}

/// Keeps the waits of a block.
pub(super) fn log_waits(
    block: &Block,
    plans: &Plans,
    places: &Places,
    (pages, keep): (&mut Pages, KeepWaits),
) {
    if keep == KeepWaits::Nothing {
        return;
    }
    for row in 0..block.len() {
        let class = plans.of(block, row) & CLASS;
        let slot = places.slots[row] as usize;
        let (Ok(wait), true) = (
            u64::try_from(block.wait[row]),
            class != NO_CLASS && slot >= PAGE,
        ) else {
            continue;
        };
        let log = &mut pages.logs[slot / PAGE];
        match keep {
            KeepWaits::Exact => log.push_exact(slot % PAGE, class.into(), wait),
            _ => log.push_bucket(slot % PAGE, class.into(), bucket_of(wait) as u32),
        }
    }
}

/// Counts the rarer things about some rows of a block.
pub(super) fn count_rare(block: &Block, places: &Places, pages: &mut Pages, rows: &RowList) {
    for row in rows.iter() {
        let slot = places.slots[row] as usize;
        if slot >= PAGE {
            count_rare_of(block, row, pages, slot);
        }
    }
}

fn count_rare_of(block: &Block, row: usize, pages: &mut Pages, slot: usize) {
    let counts = pages.rare_mut(slot);
    let (kind, outcome) = (block.kind[row], block.outcome[row]);
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
    let passed_on = block.flags[row] & TRANSFERRED_OUT != 0;
    add(&mut counts.transferred_out, answered * u32::from(passed_on));
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
