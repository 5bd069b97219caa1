//! The cells of all queues, in pages.

use std::ops::Range;

use super::counts::{Counts, Sums};
use super::settings::{KeepWaits, TallySettings};
use super::sheet::{PAGE, PageIndex, STRIDE};
use super::wait_log::{WaitGathering, WaitLog};
use super::waits::WaitClass;
use crate::service::rule::CATEGORIES;

/// What nearly every leg of an interval of a queue adds to: one cache line.
///
/// The rarer counts of a page are made when the first is needed, and the counts
/// of service levels lie in an array of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Cell {
    /// Waits of answered, then of abandoned legs.
    pub(super) waited: [u64; 2],
    pub(super) talk: u64,
    pub(super) hold: u64,
    pub(super) wrap_up: u64,
    pub(super) busy: u64,
    /// 0 where no wait is known.
    pub(super) longest_wait_plus_1: u64,
    pub(super) completed: u32,
    pub(super) held: u32,
}

/// A sum and one more duration, which is not negative.
///
/// Half a billion legs of 400 days in one interval of one queue would be needed
/// to exceed it; states that are merged stop at the largest number.
#[inline(always)]
pub(super) fn sum(sum: u64, more: i64) -> u64 {
    sum.wrapping_add(more.cast_unsigned())
}

impl Cell {
    fn add(&mut self, other: &Self) {
        let add = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        add(&mut self.waited[0], other.waited[0]);
        add(&mut self.waited[1], other.waited[1]);
        add(&mut self.talk, other.talk);
        add(&mut self.hold, other.hold);
        add(&mut self.wrap_up, other.wrap_up);
        add(&mut self.busy, other.busy);
        self.longest_wait_plus_1 = self.longest_wait_plus_1.max(other.longest_wait_plus_1);
        self.completed = self.completed.saturating_add(other.completed);
        self.held = self.held.saturating_add(other.held);
    }

    /// The cell with these sums, in the order of [`Sums::NAMES`], and counts.
    fn with(sums: [u64; 7], counts: &Counts<u32>) -> Self {
        let [answered, abandoned, talk, hold, wrap_up, busy, longest] = sums;
        Self {
            waited: [answered, abandoned],
            talk,
            hold,
            wrap_up,
            busy,
            longest_wait_plus_1: longest,
            completed: counts.completed,
            held: counts.held,
        }
    }

    fn sums(&self) -> Sums {
        Sums {
            wait_answered: self.waited[0],
            wait_abandoned: self.waited[1],
            talk: self.talk,
            hold: self.hold,
            wrap_up: self.wrap_up,
            busy: self.busy,
            longest_wait_plus_1: self.longest_wait_plus_1,
        }
    }
}

/// How many legs of each category, for one threshold; the last takes what does not count.
pub(super) type CutCounts = [u32; CATEGORIES + 1];

/// The rarer counts of a page.
type RareCounts = Option<Box<[Counts<u32>; PAGE]>>;

/// All cells, by queue and interval.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    index: PageIndex,
    keep: KeepWaits,
    pub(super) cells: Vec<Cell>,
    /// For each threshold, the counts by category of all slots.
    pub(super) cuts: Vec<Vec<CutCounts>>,
    rare: Vec<RareCounts>,
    pub(super) logs: Vec<WaitLog>,
}

impl Pages {
    pub(super) fn new(intervals: usize, settings: &TallySettings) -> Self {
        let mut pages = Self {
            index: PageIndex::new(intervals),
            keep: settings.keep_waits(),
            cells: Vec::new(),
            cuts: vec![Vec::new(); settings.cuts().len()],
            rare: Vec::new(),
            logs: Vec::new(),
        };
        pages.make_room();
        pages
    }

    fn make_room(&mut self) {
        let pages = self.index.count();
        self.cells.resize(pages * STRIDE, Cell::default());
        for cut in &mut self.cuts {
            cut.resize(pages * STRIDE, [0; CATEGORIES + 1]);
        }
        self.rare.resize(pages, None);
        let keep = self.keep;
        self.logs.resize_with(pages, || WaitLog::new(keep));
    }

    /// Makes room for `queues` queues.
    pub(super) fn grow(&mut self, queues: usize) {
        self.index.grow(queues);
    }

    /// Where a queue begins, as [`slot`](Self::slot) wants it.
    pub(super) fn start_of(&self, queue: usize) -> usize {
        self.index.start_of(queue)
    }

    /// The page of an interval of the queue that begins at `start`, made if it is not there yet.
    #[inline(always)]
    pub(super) fn page(&mut self, start: usize, interval: usize) -> usize {
        let page = self.index.page_at(start, interval);
        if page > 0 {
            return page;
        }
        let page = self.index.make(start, interval);
        self.make_room();
        page
    }

    /// The slot of an interval of the queue that begins at `start`, made if it is not there yet.
    #[inline(always)]
    pub(super) fn slot(&mut self, start: usize, interval: usize) -> usize {
        PageIndex::slot(self.page(start, interval), interval)
    }

    /// Adds busy time to an interval of the queue that begins at `start`.
    pub(super) fn add_busy(&mut self, start: usize, interval: usize, ms: u64) {
        let slot = self.slot(start, interval);
        let busy = &mut self.cells[slot].busy;
        *busy = busy.saturating_add(ms);
    }

    /// The rarer counts of a slot.
    pub(super) fn rare_mut(&mut self, slot: usize) -> &mut Counts<u32> {
        let page = &mut self.rare[slot / STRIDE];
        &mut page.get_or_insert_with(|| Box::new([Counts::default(); PAGE]))[slot % STRIDE]
    }

    /// The slots of a queue that belong to `intervals`, page by page.
    pub(super) fn slots_in(
        &self,
        queue: usize,
        intervals: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        self.index.slots_in(queue, intervals)
    }

    /// Adds the waits of some slots of one page to a gathering.
    pub(super) fn gather(&self, slots: &Range<usize>, waits: &mut WaitGathering) {
        let page = slots.start / STRIDE;
        let cells = slots.start - page * STRIDE..slots.end - page * STRIDE;
        self.logs[page].for_each(cells, |_, run| waits.add(run));
    }

    /// The counts of one slot beside the categories.
    pub(super) fn counts(&self, slot: usize) -> Counts<u64> {
        let rare = self.rare[slot / STRIDE].as_ref();
        let mut counts: Counts<u64> = rare
            .map(|page| page[slot % STRIDE].into())
            .unwrap_or_default();
        counts.completed = self.cells[slot].completed.into();
        counts.held = self.cells[slot].held.into();
        counts
    }

    /// The sums of one slot.
    pub(super) fn sums(&self, slot: usize) -> Sums {
        self.cells[slot].sums()
    }

    /// The counts by category of one slot, for each threshold.
    pub(super) fn cuts_of(&self, slot: usize) -> impl Iterator<Item = &[u32]> {
        self.cuts.iter().map(move |cut| &cut[slot][..CATEGORIES])
    }

    /// Adds every cell of `queue` in `other`, `shift` intervals on, to the row at `start`.
    pub(super) fn absorb(&mut self, start: usize, other: &Self, (queue, shift): (usize, usize)) {
        for (first, page) in other.index.of_row(queue) {
            let mut targets = [0; PAGE];
            for (cell, target) in targets.iter_mut().enumerate() {
                let from = page * STRIDE + cell;
                if other.is_used(from) {
                    *target = self.slot(start, shift + first + cell);
                    self.absorb_cell(*target, other, from);
                }
            }
            other.logs[page].for_each(0..PAGE, |cell, run| {
                let to = targets[cell];
                self.logs[to / STRIDE].add(to % STRIDE, run);
            });
        }
    }

    fn absorb_cell(&mut self, to: usize, other: &Self, from: usize) {
        self.cells[to].add(&other.cells[from]);
        for (mine, theirs) in self.cuts.iter_mut().zip(other.cuts_of(from)) {
            for (count, &more) in mine[to].iter_mut().zip(theirs) {
                *count = count.saturating_add(more);
            }
        }
        if let Some(page) = &other.rare[from / STRIDE] {
            self.rare_mut(to).add(&page[from % STRIDE]);
        }
    }

    /// Whether anything happened in a slot. Waits alone leave no slot unused.
    fn is_used(&self, slot: usize) -> bool {
        self.cells[slot] != Cell::default()
            || self.counts(slot) != Counts::default()
            || self.cuts_of(slot).flatten().any(|&count| count > 0)
    }

    /// The slots of a queue in which something happened, with their intervals.
    pub(super) fn used(&self, queue: usize) -> impl Iterator<Item = (usize, usize)> {
        let pages = self.index.of_row(queue);
        let slots = pages.flat_map(|(first, page)| {
            (0..PAGE).map(move |cell| (first + cell, page * STRIDE + cell))
        });
        slots.filter(|&(_, slot)| self.is_used(slot))
    }

    /// The waits of a slot in order: class, wait or bucket, legs.
    pub(super) fn runs(&self, slot: usize) -> Vec<(WaitClass, u64, u64)> {
        let (log, cell) = (&self.logs[slot / STRIDE], slot % STRIDE);
        let mut runs = Vec::new();
        log.for_each(cell..cell + 1, |_, (class, wait, legs)| {
            runs.push((class, wait, u64::from(legs)));
        });
        runs.sort_unstable();
        runs.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            kept.2 += if same { next.2 } else { 0 };
            same
        });
        runs
    }

    /// Adds to a slot what a stored state says of it.
    pub(super) fn add_stored(
        &mut self,
        slot: usize,
        mut counts: Counts<u32>,
        sums: [u64; 7],
        categories: &[u32],
    ) {
        self.cells[slot].add(&Cell::with(sums, &counts));
        for (cut, more) in self.cuts.iter_mut().zip(categories.chunks(CATEGORIES)) {
            for (count, &more) in cut[slot].iter_mut().zip(more) {
                *count = count.saturating_add(more);
            }
        }
        // These two lie in the cell.
        (counts.completed, counts.held) = (0, 0);
        if counts != Counts::default() {
            self.rare_mut(slot).add(&counts);
        }
    }

    /// Adds a run of waits to a slot; false if there can be no such run.
    pub(super) fn add_run(&mut self, slot: usize, run: (WaitClass, u64, u64)) -> bool {
        self.logs[slot / STRIDE].add_run(slot % STRIDE, run)
    }

    /// Whether two queues, each in its own pages, count the same in every interval.
    pub(super) fn counts_alike(&self, queue: usize, other: &Self, other_queue: usize) -> bool {
        let (start, other_start) = (self.start_of(queue), other.start_of(other_queue));
        (0..self.index.per_row()).all(|stretch| {
            let interval = stretch * PAGE;
            let mine = self.index.page_at(start, interval);
            let theirs = other.index.page_at(other_start, interval);
            match (mine, theirs) {
                (0, 0) => true,
                (mine, 0) => self.is_unused(mine),
                (0, theirs) => other.is_unused(theirs),
                (mine, theirs) => self.page_counts_alike(mine, other, theirs),
            }
        })
    }

    fn page_counts_alike(&self, page: usize, other: &Self, other_page: usize) -> bool {
        let cells_match = (0..PAGE).all(|cell| {
            let (mine, theirs) = (page * STRIDE + cell, other_page * STRIDE + cell);
            self.cells[mine] == other.cells[theirs]
                && self.counts(mine) == other.counts(theirs)
                && self.cuts_of(mine).eq(other.cuts_of(theirs))
        });
        cells_match && self.logs[page].holds_the_same(&other.logs[other_page])
    }

    fn is_unused(&self, page: usize) -> bool {
        (page * STRIDE..page * STRIDE + PAGE).all(|slot| !self.is_used(slot))
    }

    /// Sorts the logs of waits that are long.
    pub(super) fn settle_logs(&mut self) {
        self.logs.iter_mut().for_each(WaitLog::settle);
    }
}
