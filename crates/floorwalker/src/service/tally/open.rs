//! The interval that is counted in, and the cells that are open in it.

use super::sheet::PageIndex;
use crate::time::Intervals;

/// The interval of the last leg: in sorted legs the next one is in it too.
#[derive(Debug, Default)]
pub(in crate::service) struct OpenInterval {
    from: i64,
    length: u64,
    interval: usize,
}

impl OpenInterval {
    /// The interval of an instant; `None` outside the window.
    #[inline(always)]
    pub(in crate::service) fn of(&mut self, at: i64, intervals: &Intervals) -> Option<usize> {
        if !self.holds(at) {
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

    /// Whether the instant lies in the interval.
    #[inline(always)]
    pub(in crate::service) fn holds(&self, at: i64) -> bool {
        at.wrapping_sub(self.from).cast_unsigned() < self.length
    }
}

/// Where the cell of a row is in the interval that it was last asked for.
#[derive(Clone, Copy, Debug)]
struct OpenCell {
    interval: u32,
    page: u32,
}

/// The cells that the codes of a batch stand for, remembered for one interval each.
///
/// Sorted legs ask for the same few cells again and again, so the index of pages
/// is asked only when a code turns up in another interval than the last time.
#[derive(Debug)]
pub(in crate::service) struct OpenCells {
    cells: Vec<OpenCell>,
    /// Where the row of each code begins in the index.
    starts: Vec<usize>,
}

/// No interval has this number: there are at most about a million.
const NEVER: u32 = u32::MAX;

impl OpenCells {
    /// `starts` says where the row of each code begins in the index.
    pub(in crate::service) fn new(starts: Vec<usize>) -> Self {
        let closed = OpenCell {
            interval: NEVER,
            page: 0,
        };
        Self {
            cells: vec![closed; starts.len()],
            starts,
        }
    }

    /// Where the row of a code begins in the index.
    pub(in crate::service) fn start_of(&self, code: u32) -> usize {
        self.starts[code as usize]
    }

    /// The page of the cell of a code in an interval; `find` is told where the row begins.
    #[inline(always)]
    pub(in crate::service) fn page(
        &mut self,
        code: u32,
        interval: usize,
        find: impl FnOnce(usize) -> usize,
    ) -> usize {
        let cell = &mut self.cells[code as usize];
        if cell.interval != interval as u32 {
            *cell = OpenCell {
                interval: interval as u32,
                page: find(self.starts[code as usize]) as u32,
            };
        }
        cell.page as usize
    }

    /// The slot of the cell of a code in an interval; `find` is told where the row begins.
    #[inline(always)]
    pub(in crate::service) fn slot(
        &mut self,
        code: u32,
        interval: usize,
        find: impl FnOnce(usize) -> usize,
    ) -> usize {
        PageIndex::slot(self.page(code, interval, find), interval)
    }
}
