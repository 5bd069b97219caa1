//! Where each leg of a block is counted.

use super::attribution::Attribution;
use super::interval_tally::LeftOut;
use super::page::Pages;
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
}

/// The slot and the interval of each leg of a block; slot 0, in the page that nobody
/// reads, for those left out.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) slots: Box<[u32; BLOCK]>,
    pub(super) intervals: Box<[u32; BLOCK]>,
    instants: Box<[i64; BLOCK]>,
    open: OpenInterval,
}

/// The queues of a batch by their codes: where each begins in the pages, and the main threshold.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) start: usize,
    pub(super) threshold: i64,
}

impl Places {
    pub(super) fn new() -> Self {
        Self {
            slots: Box::new([0; BLOCK]),
            intervals: Box::new([0; BLOCK]),
            instants: Box::new([0; BLOCK]),
            open: OpenInterval::new(),
        }
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
        let instants = match attribution {
            Attribution::Arrival => &block.arrived,
            _ => &self.instants,
        };
        let mut left_out = LeftOut::default();
        for row in 0..block.len() {
            let at = instants[row];
            let (slot, interval) = match self.open.of(at, intervals) {
                Some(interval) => {
                    let start = queues[block.queue[row] as usize].start;
                    (pages.slot(start, interval), interval)
                }
                None => {
                    left_out.without_instant += u64::from(at == NONE);
                    left_out.outside_window += u64::from(at != NONE);
                    (0, 0)
                }
            };
            self.slots[row] = slot as u32;
            self.intervals[row] = interval as u32;
        }
        left_out
    }
}
