//! Rows and intervals in pages of some intervals in a row, of which only the touched ones exist.
//!
//! A year of quarter-hours is 35,040 intervals, of which a queue uses some: the
//! pages it touches are made, the others cost four bytes each. The cells of all
//! pages lie in one array, so a place in it (a *slot*) is all that a pass over
//! legs needs to remember. Page 0 takes what belongs nowhere, so that a pass
//! need not ask; nobody reads it.

use std::ops::Range;

/// Intervals in a page.
pub(in crate::service) const PAGE: usize = 16;
/// Slots in a page. The open intervals of all rows are added to in turn; if their
/// cells lay a power of two apart, they would share a few lines of the cache and
/// drive each other out of it. So each page ends with a slot that nobody uses.
pub(in crate::service) const STRIDE: usize = PAGE + 1;

/// Which page holds which intervals of which row.
#[derive(Clone, Debug)]
pub(in crate::service) struct PageIndex {
    per_row: usize,
    /// For each row and stretch of intervals: the number of its page, or 0.
    pages: Vec<u32>,
    made: u32,
}

impl PageIndex {
    pub(in crate::service) fn new(intervals: usize) -> Self {
        Self {
            per_row: intervals.div_ceil(PAGE),
            pages: Vec::new(),
            made: 0,
        }
    }

    /// Makes room for `rows` rows.
    pub(in crate::service) fn grow(&mut self, rows: usize) {
        self.pages.resize(rows * self.per_row, 0);
    }

    /// How many pages there are, page 0 included.
    pub(in crate::service) fn count(&self) -> usize {
        self.made as usize + 1
    }

    /// How many stretches of intervals a row has.
    pub(in crate::service) fn per_row(&self) -> usize {
        self.per_row
    }

    /// Where the stretches of a row begin, as [`page_at`](Self::page_at) wants it.
    pub(in crate::service) fn start_of(&self, row: usize) -> usize {
        row * self.per_row
    }

    /// The page of an interval of the row that begins at `start`; 0 if there is none yet.
    #[inline(always)]
    pub(in crate::service) fn page_at(&self, start: usize, interval: usize) -> usize {
        self.pages[start + interval / PAGE] as usize
    }

    /// Makes the page that is not there yet.
    #[cold]
    pub(in crate::service) fn make(&mut self, start: usize, interval: usize) -> usize {
        self.made = self
            .made
            .checked_add(1)
            .expect("fewer than four billion pages");
        self.pages[start + interval / PAGE] = self.made;
        self.made as usize
    }

    /// The slot of an interval in its page.
    #[inline(always)]
    pub(in crate::service) fn slot(page: usize, interval: usize) -> usize {
        page * STRIDE + interval % PAGE
    }

    /// The page of an interval of a row, if anything happened there.
    pub(in crate::service) fn page(&self, row: usize, interval: usize) -> Option<usize> {
        let page = *self.pages.get(self.start_of(row) + interval / PAGE)?;
        (page > 0).then_some(page as usize)
    }

    /// The pages of a row: the number of the first interval, and the page.
    pub(in crate::service) fn of_row(&self, row: usize) -> impl Iterator<Item = (usize, usize)> {
        let start = self.start_of(row);
        let pages = self.pages.get(start..start + self.per_row).unwrap_or(&[]);
        pages
            .iter()
            .enumerate()
            .filter(|&(_, &page)| page > 0)
            .map(|(at, &page)| (at * PAGE, page as usize))
    }

    /// The slots of a row that belong to `intervals`, page by page.
    pub(in crate::service) fn slots_in(
        &self,
        row: usize,
        intervals: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        (intervals.start / PAGE..intervals.end.div_ceil(PAGE)).filter_map(move |at| {
            let first = at * PAGE;
            let base = self.page(row, first)? * STRIDE;
            let cells = intervals.start.max(first) - first..intervals.end.min(first + PAGE) - first;
            Some(base + cells.start..base + cells.end)
        })
    }
}

/// One cell for each touched row and interval, and for their neighbours in the page.
#[derive(Clone, Debug)]
pub(in crate::service) struct Sheet<C> {
    index: PageIndex,
    cells: Vec<C>,
}

impl<C: Clone + Default + PartialEq> Sheet<C> {
    pub(in crate::service) fn new(intervals: usize) -> Self {
        Self {
            index: PageIndex::new(intervals),
            cells: vec![C::default(); STRIDE],
        }
    }

    pub(in crate::service) fn index(&self) -> &PageIndex {
        &self.index
    }

    /// Makes room for `rows` rows.
    pub(in crate::service) fn grow(&mut self, rows: usize) {
        self.index.grow(rows);
    }

    /// The page of an interval of the row that begins at `start` of the index, made if it is not there yet.
    #[inline(always)]
    pub(in crate::service) fn page(&mut self, start: usize, interval: usize) -> usize {
        let page = self.index.page_at(start, interval);
        if page > 0 {
            return page;
        }
        let page = self.index.make(start, interval);
        self.cells.resize(self.index.count() * STRIDE, C::default());
        page
    }

    /// The cell of a slot.
    #[inline(always)]
    pub(in crate::service) fn at_mut(&mut self, slot: usize) -> &mut C {
        &mut self.cells[slot]
    }

    /// The cell of an interval of the row that begins at `start` of the index, made if it is not there yet.
    pub(in crate::service) fn cell_mut(&mut self, start: usize, interval: usize) -> &mut C {
        let page = self.page(start, interval);
        self.at_mut(PageIndex::slot(page, interval))
    }

    /// The cells of a row that belong to `intervals`, as far as there are any.
    pub(in crate::service) fn cells_in(
        &self,
        row: usize,
        intervals: Range<usize>,
    ) -> impl Iterator<Item = &C> {
        let slots = self.index.slots_in(row, intervals);
        slots.flat_map(|slots| &self.cells[slots])
    }

    /// The cells of a row in which something happened, with their intervals.
    pub(in crate::service) fn used_cells(&self, row: usize) -> impl Iterator<Item = (usize, &C)> {
        self.index.of_row(row).flat_map(|(first, page)| {
            let cells = self.cells[page * STRIDE..page * STRIDE + PAGE].iter();
            let nothing = C::default();
            let used = cells.enumerate().filter(move |&(_, cell)| *cell != nothing);
            used.map(move |(at, cell)| (first + at, cell))
        })
    }
}
