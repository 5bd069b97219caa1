//! The cells of one queue for 64 intervals in a row.

use std::ops::Range;

use super::counts::{Counts, Sums};
use super::sheet::{PAGE, Sheet};
use super::waits::WaitLog;
use crate::service::rule::CATEGORIES;

/// A log of waits is compressed whenever it has doubled beyond this.
const LOG_LIMIT: usize = 4096;

/// What one interval of one queue has, but for the service-level counts and the waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) counts: Counts<u32>,
    pub(super) sums: Sums,
}

/// How many legs of each category, for one threshold.
pub(super) type CutCounts = [u32; CATEGORIES];

/// The cells of one queue for 64 intervals in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) cells: Vec<Cell>,
    /// One after the other for each cell: cell 0 cut 0, cell 0 cut 1, cell 1 cut 0, ...
    pub(super) cuts: Vec<CutCounts>,
    pub(super) waits: WaitLog,
    compress_at: usize,
}

impl Page {
    fn new(cuts: usize) -> Self {
        Self {
            cells: vec![Cell::default(); PAGE],
            cuts: vec![[0; CATEGORIES]; PAGE * cuts],
            waits: WaitLog::default(),
            compress_at: LOG_LIMIT,
        }
    }

    /// The service-level counts of one cell, one array for each cut.
    pub(super) fn cuts_of(&self, cell: usize) -> &[CutCounts] {
        let cuts = self.cuts.len() / PAGE;
        &self.cuts[cell * cuts..(cell + 1) * cuts]
    }

    /// Keeps the log of waits short while rows stream in.
    #[inline(always)]
    pub(super) fn mind_the_log(&mut self) {
        if self.waits.len() >= self.compress_at {
            self.waits.compress();
            self.compress_at = LOG_LIMIT.max(2 * self.waits.len());
        }
    }

    /// Adds cell `from` of another page to cell `to` of this one.
    pub(super) fn absorb(&mut self, to: usize, other: &Self, from: usize) {
        self.cells[to].counts.add(&other.cells[from].counts);
        self.cells[to].sums.add(&other.cells[from].sums);
        let cuts = self.cuts.len() / PAGE;
        let mine = self.cuts[to * cuts..(to + 1) * cuts].as_flattened_mut();
        for (count, &more) in mine.iter_mut().zip(other.cuts_of(from).as_flattened()) {
            *count = count.saturating_add(more);
        }
        self.waits.extend_from(&other.waits, from, to);
    }

    /// Whether both count the same. Needs compressed logs.
    pub(super) fn counts_as(&self, other: &Self) -> bool {
        self.cells == other.cells && self.cuts == other.cuts && self.waits == other.waits
    }

    pub(super) fn is_unused(&self, cell: usize) -> bool {
        self.cells[cell] == Cell::default()
            && self.cuts_of(cell).iter().flatten().all(|&count| count == 0)
    }
}

/// All pages, by queue and interval.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    cuts: usize,
    sheet: Sheet<Page>,
}

impl Pages {
    pub(super) fn new(intervals: usize, cuts: usize) -> Self {
        Self {
            cuts,
            sheet: Sheet::new(intervals),
        }
    }

    /// Makes room for `queues` queues.
    pub(super) fn grow(&mut self, queues: usize) {
        self.sheet.grow(queues);
    }

    /// The page of an interval of a queue, made if it is not there yet.
    #[inline(always)]
    pub(super) fn page_mut(&mut self, queue: usize, interval: usize) -> &mut Page {
        let cuts = self.cuts;
        self.sheet.page_mut(queue, interval, || Page::new(cuts))
    }

    /// Adds busy time to an interval of a queue.
    #[inline(always)]
    pub(super) fn add_busy(&mut self, queue: usize, interval: usize, ms: u64) {
        let sums = &mut self.page_mut(queue, interval).cells[interval % PAGE].sums;
        sums.busy = sums.busy.saturating_add(ms);
    }

    /// The page of an interval of a queue, if anything happened there.
    pub(super) fn page(&self, queue: usize, interval: usize) -> Option<&Page> {
        self.sheet.page(queue, interval)
    }

    /// The pages of a queue: the number of the first interval, and the page.
    pub(super) fn of_queue(&self, queue: usize) -> impl Iterator<Item = (usize, &Page)> {
        self.sheet.of_row(queue)
    }

    /// The pages of a queue that `intervals` touch, with the cells of each that belong to them.
    pub(super) fn of_queue_in(
        &self,
        queue: usize,
        intervals: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, &Page)> {
        self.sheet.of_row_in(queue, intervals)
    }

    pub(super) fn compress(&mut self) {
        self.sheet
            .pages_mut()
            .iter_mut()
            .for_each(|page| page.waits.compress());
    }
}
