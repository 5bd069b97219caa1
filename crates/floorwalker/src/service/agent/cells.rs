//! The counts of operators in the form in which they are counted.

use std::ops::Range;

use super::counts::AgentCounts;
use crate::contact::{BLOCK, Block, Facts, LegKind, NO_CODE};
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

impl Rare {
    fn add_leg(&mut self, facts: Facts, is_finished: bool) {
        self.callback += u64::from(facts.kind() == LegKind::Callback);
        self.outbound += u64::from(facts.kind() == LegKind::Outbound);
        self.transferred_out += u64::from(facts.is_transferred_out());
        self.unfinished += u64::from(!is_finished);
    }
}

/// The open cells of operators, and where those of the last legs are.
#[derive(Debug)]
pub(super) struct OpenAgents {
    cells: OpenCells,
    slots: Box<[u32; BLOCK]>,
}

impl OpenAgents {
    /// `starts` says where the operator of each code begins.
    pub(super) fn new(starts: Vec<usize>) -> Self {
        Self {
            cells: OpenCells::new(starts),
            slots: Box::new([0; BLOCK]),
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

    /// Where an operator begins, as [`add`](Self::add) wants it.
    pub(super) fn start_of(&self, row: usize) -> usize {
        self.cells.index().start_of(row)
    }

    /// Adds answered legs of one interval to the cells of their operators. Returns
    /// how many do not name one.
    pub(super) fn add(
        &mut self,
        block: &Block,
        rows: &[u16],
        (open, interval): (&mut OpenAgents, usize),
    ) -> u64 {
        let OpenAgents { cells: open, slots } = open;
        let mut nameless = 0;
        for (&row, slot) in rows.iter().zip(slots.iter_mut()) {
            let agent = block.agent[usize::from(row) % BLOCK];
            if agent == NO_CODE {
                // Page 0 takes what belongs nowhere.
                *slot = 0;
                nameless += 1;
                continue;
            }
            let find = |start| self.cells.page(start, interval);
            *slot = open.slot(agent, interval, find) as u32;
        }
        for (&row, &slot) in rows.iter().zip(slots.iter()) {
            let row = usize::from(row) % BLOCK;
            let cell = self.cells.at_mut(slot as usize);
            let (talk, hold, wrap_up) = (block.talk[row], block.hold[row], block.wrap_up[row]);
            cell.handled += 1;
            // What is not known is negative.
            let is_finished = (talk | wrap_up) >= 0;
            if is_finished {
                cell.held += u64::from(hold > 0);
                cell.talk = sum(cell.talk, talk);
                cell.hold = sum(cell.hold, hold);
                cell.wrap_up = sum(cell.wrap_up, wrap_up);
            }
            if (!is_finished | !block.facts[row].is_plain()) && slot > 0 {
                let start = open.start_of(block.agent[row]);
                let rare = self.rare.cell_mut(start, interval);
                rare.add_leg(block.facts[row], is_finished);
            }
        }
        nameless
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
