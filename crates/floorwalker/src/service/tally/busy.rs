//! The time that conversations kept operators busy, in the intervals it falls into.

use super::clip::Clipper;
use super::page::{Pages, sum};
use super::place::{Places, Queue};
use super::row_list::RowList;
use super::sheet::PAGE;
use crate::contact::{BLOCK, Block, NONE};
use crate::time::Intervals;

/// What is known of the time beside the legs.
#[derive(Debug)]
pub(super) struct BusyTime<'a> {
    pub(super) intervals: &'a Intervals,
    pub(super) queues: &'a [Queue],
    /// When the data was extracted, or [`NONE`].
    pub(super) as_of: i64,
}

impl BusyTime<'_> {
    /// Adds the time of the answered legs of a block, which lasted as long as
    /// `lasting` says. Returns how many cells were touched.
    ///
    /// As a rule a conversation begins in the interval of its leg and ends there or
    /// in the next one. Which of the two cannot be predicted, so both are added to,
    /// the second perhaps nothing.
    pub(super) fn add(
        &self,
        block: &Block,
        places: &Places,
        (answered, lasting): (&RowList, &[i64; BLOCK]),
        (pages, clipper): (&mut Pages, &mut Clipper<usize>),
    ) -> u64 {
        let mut touched = 0;
        let answers = block.answer();
        let bounds = self.intervals.bounds();
        for row in answered.iter() {
            let from = block.arrived[row] + answers[row];
            let interval = places.intervals[row] as usize;
            let Some(&[begin, end, next_end]) = bounds.get(interval..interval + 3) else {
                touched += self.add_anywhere(block, row, (from, lasting[row]), pages, clipper);
                continue;
            };
            let to = from.wrapping_add(lasting[row]);
            // An end that is not known is before every beginning.
            let is_near = (begin <= from) & (from < end) & (from <= to) & (to <= next_end);
            if !is_near | (places.pages[row] == 0) {
                touched += self.add_anywhere(block, row, (from, lasting[row]), pages, clipper);
                continue;
            }
            let slot = places.slots[row] as usize;
            let beyond = (to - end).max(0);
            let next = if beyond == 0 {
                slot
            } else if (interval + 1).is_multiple_of(PAGE) {
                pages.slot(self.start_of(block, row), interval + 1)
            } else {
                slot + 1
            };
            let cell = &mut pages.cells[slot];
            cell.busy = sum(cell.busy, lasting[row] - beyond);
            let cell = &mut pages.cells[next];
            cell.busy = sum(cell.busy, beyond);
            touched += 2;
        }
        touched
    }

    fn start_of(&self, block: &Block, row: usize) -> usize {
        self.queues[block.queue[row] as usize].start
    }

    /// Adds a conversation that is not over, or that begins or ends elsewhere.
    #[inline(never)]
    fn add_anywhere(
        &self,
        block: &Block,
        row: usize,
        (from, lasting): (i64, i64),
        pages: &mut Pages,
        clipper: &mut Clipper<usize>,
    ) -> u64 {
        let to = if lasting == NONE {
            self.as_of
        } else {
            from + lasting
        };
        let mut touched = 0;
        let start = self.start_of(block, row);
        clipper.clip(self.intervals, start, (from, to), |start, interval, ms| {
            pages.add_busy(start, interval, ms);
            touched += 1;
        });
        touched
    }
}
