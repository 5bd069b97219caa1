//! Rows and intervals in pages of 64 intervals, of which only the touched ones exist.
//!
//! A year of quarter-hours is 35,040 intervals, of which a queue uses some: the
//! pages it touches are made, the others cost four bytes each.

use std::ops::Range;

/// Intervals in a page.
pub(in crate::service) const PAGE: usize = 64;

/// Pages by row and stretch of intervals.
#[derive(Clone, Debug)]
pub(in crate::service) struct Sheet<P> {
    per_row: usize,
    /// For each row and stretch of 64 intervals: one plus the number of its page, or 0.
    index: Vec<u32>,
    pages: Vec<P>,
}

impl<P> Sheet<P> {
    pub(in crate::service) fn new(intervals: usize) -> Self {
        Self {
            per_row: intervals.div_ceil(PAGE),
            index: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// Makes room for `rows` rows.
    pub(in crate::service) fn grow(&mut self, rows: usize) {
        self.index.resize(rows * self.per_row, 0);
    }

    /// The page of an interval of a row, made if it is not there yet.
    #[inline(always)]
    pub(in crate::service) fn page_mut(
        &mut self,
        row: usize,
        interval: usize,
        make: impl FnOnce() -> P,
    ) -> &mut P {
        let slot = row * self.per_row + interval / PAGE;
        if self.index[slot] == 0 {
            self.pages.push(make());
            self.index[slot] =
                u32::try_from(self.pages.len()).expect("fewer than four billion pages");
        }
        &mut self.pages[self.index[slot] as usize - 1]
    }

    /// The page of an interval of a row, if anything happened there.
    pub(in crate::service) fn page(&self, row: usize, interval: usize) -> Option<&P> {
        let slot = *self.index.get(row * self.per_row + interval / PAGE)?;
        self.pages.get((slot as usize).checked_sub(1)?)
    }

    /// The pages of a row: the number of the first interval, and the page.
    pub(in crate::service) fn of_row(&self, row: usize) -> impl Iterator<Item = (usize, &P)> {
        let slots = self
            .index
            .get(row * self.per_row..(row + 1) * self.per_row)
            .unwrap_or(&[]);
        slots.iter().enumerate().filter_map(|(at, &slot)| {
            let page = self.pages.get((slot as usize).checked_sub(1)?)?;
            Some((at * PAGE, page))
        })
    }

    /// The pages of a row that `intervals` touch, with the cells of each that belong to them.
    pub(in crate::service) fn of_row_in(
        &self,
        row: usize,
        intervals: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, &P)> {
        (intervals.start / PAGE..intervals.end.div_ceil(PAGE)).filter_map(move |at| {
            let first = at * PAGE;
            let page = self.page(row, first)?;
            let cells = intervals.start.max(first) - first..intervals.end.min(first + PAGE) - first;
            Some((cells, page))
        })
    }

    pub(in crate::service) fn pages_mut(&mut self) -> &mut [P] {
        &mut self.pages
    }
}
