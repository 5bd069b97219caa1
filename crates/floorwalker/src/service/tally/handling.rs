//! What answered legs have: talk, hold and wrap-up, and the time that kept an operator busy.

use super::clip::Clipper;
use super::page::Pages;
use super::place::{Places, Queue};
use super::row_list::RowList;
use super::sheet::PAGE;
use crate::contact::{Block, NONE};
use crate::time::Intervals;

/// What the handling of answered legs needs to know beside the legs.
#[derive(Debug)]
pub(super) struct Handling<'a> {
    pub(super) intervals: &'a Intervals,
    pub(super) queues: &'a [Queue],
    /// When the data was extracted, or [`NONE`].
    pub(super) as_of: i64,
    /// Below which talk an answered leg is a short call.
    pub(super) short_answers_ms: i64,
}

impl Handling<'_> {
    /// Adds the answered legs of a block to their cells. Returns how many cells were touched.
    pub(super) fn add(
        &self,
        block: &Block,
        places: &Places,
        rows: &RowList,
        (pages, clipper): (&mut Pages, &mut Clipper<usize>),
    ) -> u64 {
        let mut touched = 0;
        let answers = block.answer();
        for row in rows.iter() {
            let slot = places.slots[row] as usize;
            let (talk, hold, wrap_up) = (block.talk[row], block.hold[row], block.wrap_up[row]);
            let from = block.arrived[row] + answers[row];
            let to = if talk != NONE && wrap_up != NONE {
                if !block.kind[row].is_dial() {
                    let cell = &mut pages.cells[slot];
                    let add =
                        |sum: &mut u64, more: i64| *sum = sum.saturating_add(more.unsigned_abs());
                    add(&mut cell.talk, talk);
                    add(&mut cell.hold, hold);
                    add(&mut cell.wrap_up, wrap_up);
                    cell.completed = cell.completed.saturating_add(1);
                    cell.held = cell.held.saturating_add(u32::from(hold > 0));
                    if talk < self.short_answers_ms && slot >= PAGE {
                        let short = &mut pages.rare_mut(slot).short_answers;
                        *short = short.saturating_add(1);
                    }
                }
                from + talk + hold + wrap_up
            } else if self.as_of != NONE {
                self.as_of
            } else {
                continue;
            };
            let start = self.queues[block.queue[row] as usize].start;
            let interval = places.intervals[row] as usize;
            touched += self.add_busy((from, to), (start, slot, interval), pages, clipper);
        }
        touched
    }

    /// Adds the time `[from, to)` to the intervals it touches.
    ///
    /// As a rule it begins in the interval of the leg and ends there or in the next
    /// one. Which of the two cannot be predicted, so both are added to, the second
    /// perhaps nothing.
    #[inline(always)]
    fn add_busy(
        &self,
        (from, to): (i64, i64),
        (start, slot, interval): (usize, usize, usize),
        pages: &mut Pages,
        clipper: &mut Clipper<usize>,
    ) -> u64 {
        let bounds = self.intervals.bounds();
        if let Some(&[begin, end, next_end]) = bounds.get(interval..interval + 3)
            && (from >= begin) & (from < end) & (to > from) & (to <= next_end) & (slot >= PAGE)
        {
            let beyond = (to - end).max(0);
            let busy = &mut pages.cells[slot].busy;
            *busy = busy.saturating_add((to - from - beyond).cast_unsigned());
            let next = if beyond == 0 {
                slot
            } else if (interval + 1) % PAGE == 0 {
                pages.slot(start, interval + 1)
            } else {
                slot + 1
            };
            let busy = &mut pages.cells[next].busy;
            *busy = busy.saturating_add(beyond.cast_unsigned());
            return 2;
        }
        let mut touched = 0;
        clipper.clip(self.intervals, start, (from, to), |start, interval, ms| {
            pages.add_busy(start, interval, ms);
            touched += 1;
        });
        touched
    }
}
