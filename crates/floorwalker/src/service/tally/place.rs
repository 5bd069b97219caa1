//! Where each leg of a block is counted.

use std::ops::Range;

use super::attribution::Attribution;
use super::interval_tally::LeftOut;
use super::page::Pages;
use super::sheet::PageIndex;
use crate::contact::{BLOCK, Block, NONE};
use crate::time::Intervals;

/// The interval of the last leg: in sorted legs the next one is in it too.
#[derive(Debug)]
pub(in crate::service) struct OpenInterval {
    from: i64,
    length: u64,
    interval: usize,
}

impl OpenInterval {
    pub(in crate::service) fn new() -> Self {
        Self {
            from: 0,
            length: 0,
            interval: 0,
        }
    }

    /// The interval of an instant; `None` outside the window.
    #[inline(always)]
    pub(in crate::service) fn of(&mut self, at: i64, intervals: &Intervals) -> Option<usize> {
        if at.wrapping_sub(self.from).cast_unsigned() >= self.length {
            let interval = intervals.index_of_ms(at)?;
            let bounds = intervals.bounds();
            *self = Self {
                from: bounds[interval],
                length: bounds[interval + 1].abs_diff(bounds[interval]),
                interval,
            };
        }
        Some(self.interval)
    }

    /// How many instants from the first on lie in the interval that was found for the first.
    #[inline(always)]
    fn run(&self, instants: &[i64]) -> usize {
        let inside = |at: i64| at.wrapping_sub(self.from).cast_unsigned() < self.length;
        let mut rows = 1;
        while rows < instants.len() && inside(instants[rows]) {
            rows += 1;
        }
        rows
    }
}

/// The page, slot and interval of each leg of a block; page 0, which nobody reads, for those left out.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) pages: Box<[u32; BLOCK]>,
    pub(super) slots: Box<[u32; BLOCK]>,
    pub(super) intervals: Box<[u32; BLOCK]>,
}

/// Finds places, block by block.
#[derive(Debug)]
pub(super) struct Finder {
    at: Places,
    instants: Box<[i64; BLOCK]>,
    open: OpenInterval,
}

/// The queues of a batch by their codes: where each begins in the pages, and the main threshold.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) start: usize,
    pub(super) threshold: i64,
}

impl Finder {
    pub(super) fn new() -> Self {
        let nowhere = || Box::new([0; BLOCK]);
        Self {
            at: Places {
                pages: nowhere(),
                slots: nowhere(),
                intervals: nowhere(),
            },
            instants: Box::new([NONE; BLOCK]),
            open: OpenInterval::new(),
        }
    }

    /// The places that were found last.
    pub(super) fn places(&self) -> &Places {
        &self.at
    }

    /// Finds the places of the legs of `block`, and makes the pages that are not there yet.
    pub(super) fn find(
        &mut self,
        block: &Block,
        attribution: Attribution,
        queues: &[Queue],
        (intervals, pages): (&Intervals, &mut Pages),
    ) -> LeftOut {
        if attribution != Attribution::Arrival {
            for row in 0..block.len() {
                let threshold = queues[block.queue[row] as usize].threshold;
                self.instants[row] = attribution.instant(block.milestones(row), threshold);
            }
        }
        let Self {
            at: places,
            instants,
            open,
        } = self;
        let instants = match attribution {
            Attribution::Arrival => &block.arrived,
            _ => &*instants,
        };
        let mut left_out = LeftOut::default();
        let mut row = 0;
        while row < block.len() {
            let at = instants[row];
            if let Some(interval) = open.of(at, intervals) {
                let run = row..row + open.run(&instants[row..block.len()]);
                row = run.end;
                places.fill(run, interval, (&block.queue, queues), pages);
            } else {
                left_out.without_instant += u64::from(at == NONE);
                left_out.outside_window += u64::from(at != NONE);
                places.leave_out(row);
                row += 1;
            }
        }
        left_out
    }
}

impl Places {
    /// Writes the places of legs that follow each other in one interval.
    #[inline(always)]
    fn fill(
        &mut self,
        rows: Range<usize>,
        interval: usize,
        (codes, queues): (&[u32; BLOCK], &[Queue]),
        pages: &mut Pages,
    ) {
        for row in rows {
            let page = pages.page(queues[codes[row] as usize].start, interval);
            self.pages[row] = page as u32;
            self.slots[row] = PageIndex::slot(page, interval) as u32;
            self.intervals[row] = interval as u32;
        }
    }

    fn leave_out(&mut self, row: usize) {
        (self.pages[row], self.slots[row], self.intervals[row]) = (0, 0, 0);
    }
}
