//! The counts of operators in the form in which they are counted.

use std::ops::Range;

use super::counts::AgentCounts;
use crate::contact::{BLOCK, Block, Facts, LegKind, NO_CODE};
use crate::service::tally::{LeftOut, OpenCells, OpenInterval, Sheet, sum};
use crate::time::Intervals;

/// What nearly every handled leg adds to: two of them lie in a cache line, and none in two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(32))]
struct Cell {
    handled: u32,
    held: u32,
    talk: u64,
    hold: u64,
    wrap_up: u64,
}

/// What is rarely so about a handled leg.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rare {
    callback: u64,
    outbound: u64,
    transferred_out: u64,
    unfinished: u64,
}

impl Rare {
    fn add_leg(&mut self, facts: Facts, is_finished: bool) {
        self.callback += u64::from(facts.kind() == LegKind::Callback);
        self.outbound += u64::from(facts.kind() == LegKind::Outbound);
        self.transferred_out += u64::from(facts.is_transferred_out());
        self.unfinished += u64::from(!is_finished);
    }
}

/// Where the legs of a block are counted.
#[derive(Debug)]
pub(super) struct Places {
    interval: OpenInterval,
    cells: OpenCells,
    /// The slot and the interval of each leg; page 0 takes what belongs nowhere.
    found: Box<[(u32, u32); BLOCK]>,
}

impl Places {
    /// `starts` says where the operator of each code begins.
    pub(super) fn new(starts: Vec<usize>) -> Self {
        Self {
            interval: OpenInterval::default(),
            cells: OpenCells::new(starts),
            found: Box::new([(0, 0); BLOCK]),
        }
    }
}

/// The cells of all operators, by operator and interval.
#[derive(Clone, Debug)]
pub(super) struct AgentCells {
    cells: Sheet<Cell>,
    rare: Sheet<Rare>,
}

impl AgentCells {
    pub(super) fn new(intervals: usize) -> Self {
        Self {
            cells: Sheet::new(intervals),
            rare: Sheet::new(intervals),
        }
    }

    /// Makes room for `rows` operators.
    pub(super) fn grow(&mut self, rows: usize) {
        self.cells.grow(rows);
        self.rare.grow(rows);
    }

    /// Where an operator begins, as [`Places`] wants it.
    pub(super) fn start_of(&self, row: usize) -> usize {
        self.cells.index().start_of(row)
    }

    /// Finds the cells of answered legs. Returns how many belong nowhere.
    pub(super) fn find(
        &mut self,
        block: &Block,
        rows: &[u16],
        (places, intervals): (&mut Places, &Intervals),
    ) -> LeftOut {
        let mut left_out = LeftOut::default();
        let answers = block.answer();
        let Places {
            interval: open,
            cells,
            found,
        } = places;
        for (&row, found) in rows.iter().zip(found.iter_mut()) {
            let row = usize::from(row) % BLOCK;
            let (agent, at) = (block.agent[row], block.arrived[row] + answers[row]);
            *found = match open.of(at, intervals) {
                _ if agent == NO_CODE => {
                    left_out.without_instant += 1;
                    (0, 0)
                }
                None => {
                    left_out.outside_window += 1;
                    (0, 0)
                }
                Some(interval) => {
                    let page = |start| self.cells.page(start, interval);
                    (cells.slot(agent, interval, page) as u32, interval as u32)
                }
            };
        }
        left_out
    }

    /// Adds answered legs to the cells that were found for them. A loop of its own, so
    /// that cells which are not in the cache are asked for while others are added to.
    pub(super) fn add(&mut self, block: &Block, rows: &[u16], places: &Places) {
        for (&row, &(slot, interval)) in rows.iter().zip(places.found.iter()) {
            let row = usize::from(row) % BLOCK;
            let cell = self.cells.at_mut(slot as usize);
            let (talk, hold, wrap_up) = (block.talk[row], block.hold[row], block.wrap_up[row]);
            cell.handled = cell.handled.saturating_add(1);
            // What is not known is negative.
            let is_finished = (talk | wrap_up) >= 0;
            if is_finished {
                cell.held = cell.held.saturating_add(u32::from(hold > 0));
                cell.talk = sum(cell.talk, talk);
                cell.hold = sum(cell.hold, hold);
                cell.wrap_up = sum(cell.wrap_up, wrap_up);
            }
            if (!is_finished | !block.facts[row].is_plain()) && slot > 0 {
                let start = places.cells.start_of(block.agent[row]);
                let rare = self.rare.cell_mut(start, interval as usize);
                rare.add_leg(block.facts[row], is_finished);
            }
        }
    }

    /// What an operator handled in some intervals.
    pub(super) fn counts(&self, row: usize, intervals: Range<usize>) -> AgentCounts {
        let mut total = AgentCounts::default();
        for cell in self.cells.cells_in(row, intervals.clone()) {
            total.add(&AgentCounts {
                handled_inbound: cell.handled.into(),
                completed: cell.handled.into(),
                held: cell.held.into(),
                talk: cell.talk,
                hold: cell.hold,
                wrap_up: cell.wrap_up,
                ..AgentCounts::default()
            });
        }
        for rare in self.rare.cells_in(row, intervals) {
            total.handled_callback += rare.callback;
            total.handled_outbound += rare.outbound;
            let dialled = rare.callback + rare.outbound;
            total.handled_inbound = total.handled_inbound.saturating_sub(dialled);
            total.transferred_out += rare.transferred_out;
            total.completed = total.completed.saturating_sub(rare.unfinished);
        }
        total
    }

    /// Adds every cell of an operator in `other`, `shift` intervals on, to the operator at `start`.
    pub(super) fn absorb(&mut self, start: usize, other: &Self, (row, shift): (usize, usize)) {
        let add = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        for (at, theirs) in other.cells.used_cells(row) {
            let mine = self.cells.cell_mut(start, shift + at);
            mine.handled = mine.handled.saturating_add(theirs.handled);
            mine.held = mine.held.saturating_add(theirs.held);
            add(&mut mine.talk, theirs.talk);
            add(&mut mine.hold, theirs.hold);
            add(&mut mine.wrap_up, theirs.wrap_up);
        }
        for (at, theirs) in other.rare.used_cells(row) {
            let mine = self.rare.cell_mut(start, shift + at);
            add(&mut mine.callback, theirs.callback);
            add(&mut mine.outbound, theirs.outbound);
            add(&mut mine.transferred_out, theirs.transferred_out);
            add(&mut mine.unfinished, theirs.unfinished);
        }
    }

    /// Whether two operators, each in its own cells, have the same.
    pub(super) fn same(&self, row: usize, other: &Self, other_row: usize) -> bool {
        let (cells, rare) = (self.cells.used_cells(row), self.rare.used_cells(row));
        cells.eq(other.cells.used_cells(other_row)) && rare.eq(other.rare.used_cells(other_row))
    }
}
