//! The counts of operators in the form in which they are counted.

use std::ops::Range;

use super::counts::AgentCounts;
use crate::contact::{Block, LegKind, NONE};
use crate::service::tally::{OpenCells, Sheet, sum};

/// What nearly every handled leg adds to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell {
    handled: u64,
    held: u64,
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

    /// Where an operator begins, as [`add_leg`](Self::add_leg) wants it.
    pub(super) fn start_of(&self, row: usize) -> usize {
        self.cells.index().start_of(row)
    }

    /// Adds an answered leg to the cell of its operator.
    #[inline(always)]
    pub(super) fn add_leg(
        &mut self,
        block: &Block,
        row: usize,
        (open, interval): (&mut OpenCells, usize),
    ) {
        let agent = block.agent[row];
        let slot = open.slot(agent, interval, |start| self.cells.page(start, interval));
        let cell = self.cells.at_mut(slot);
        let (talk, hold, wrap_up) = (block.talk[row], block.hold[row], block.wrap_up[row]);
        let facts = block.facts[row];
        cell.handled += 1;
        // What is not known is negative.
        let is_finished = (talk | wrap_up) >= 0;
        if is_finished {
            cell.held += u64::from(hold > 0);
            cell.talk = sum(cell.talk, talk);
            cell.hold = sum(cell.hold, hold);
            cell.wrap_up = sum(cell.wrap_up, wrap_up);
        }
        if facts.is_dial() | facts.is_transferred_out() | !is_finished {
            let rare = self.rare.cell_mut(open.start_of(agent), interval);
            rare.callback += u64::from(facts.kind() == LegKind::Callback);
            rare.outbound += u64::from(facts.kind() == LegKind::Outbound);
            rare.transferred_out += u64::from(facts.is_transferred_out());
            rare.unfinished += u64::from(talk == NONE || wrap_up == NONE);
        }
    }

    /// What an operator handled in some intervals.
    pub(super) fn counts(&self, row: usize, intervals: Range<usize>) -> AgentCounts {
        let mut total = AgentCounts::default();
        for cell in self.cells.cells_in(row, intervals.clone()) {
            total.add(&AgentCounts {
                handled_inbound: cell.handled,
                completed: cell.handled,
                held: cell.held,
                talk: cell.talk,
                hold: cell.hold,
                wrap_up: cell.wrap_up,
                ..AgentCounts::default()
            });
        }
        for rare in self.rare.cells_in(row, intervals) {
            total.handled_callback += rare.callback;
            total.handled_outbound += rare.outbound;
            total.handled_inbound -= rare.callback + rare.outbound;
            total.transferred_out += rare.transferred_out;
            total.completed -= rare.unfinished;
        }
        total
    }

    /// Adds every cell of an operator in `other`, `shift` intervals on, to the operator at `start`.
    pub(super) fn absorb(&mut self, start: usize, other: &Self, (row, shift): (usize, usize)) {
        let add = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        for (at, theirs) in other.cells.used_cells(row) {
            let mine = self.cells.cell_mut(start, shift + at);
            add(&mut mine.handled, theirs.handled);
            add(&mut mine.held, theirs.held);
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
