//! The cells of all queues, in pages.

use std::ops::Range;

use super::counts::{Counts, Sums};
use super::cut_sheet::CutSheet;
use super::settings::{KeepWaits, TallySettings};
use super::sheet::{PAGE, PageIndex, STRIDE};
use super::wait_log::{WaitGathering, WaitLog};
use super::waits::WaitClass;
use crate::service::rule::{CATEGORIES, Category, Class, Timing};

/// What nearly every leg of an interval of a queue adds to: as large as a cache line.
///
/// The rarer counts of a page are made when the first is needed, and the counts
/// of service levels lie in sheets of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Waits of answered, then of abandoned legs.
    pub(super) waited: [u64; 2],
    /// 0 where no wait is known.
    pub(super) longest_wait_plus_1: u64,
    pub(super) busy: u64,
    pub(super) talk: u64,
    pub(super) hold: u64,
    pub(super) wrap_up: u64,
    pub(super) held: u64,
}

/// A sum and one more duration, which is not negative.
///
/// Half a billion legs of 400 days in one interval of one queue would be needed
/// to exceed it; states that are merged stop at the largest number.
#[inline(always)]
pub(in crate::service) fn sum(sum: u64, more: i64) -> u64 {
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
        add(&mut self.held, other.held);
        self.longest_wait_plus_1 = self.longest_wait_plus_1.max(other.longest_wait_plus_1);
    }

    /// The cell with these sums, in the order of [`Sums::NAMES`].
    fn with(
        [answered, abandoned, talk, hold, wrap_up, busy, longest]: [u64; 7],
        held: u64,
    ) -> Self {
        Self {
            waited: [answered, abandoned],
            talk,
            hold,
            wrap_up,
            busy,
            longest_wait_plus_1: longest,
            held,
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

/// The rarer counts of a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RareCounts {
    pub(super) counts: Counts<u32>,
    /// Answered legs whose handling is not over.
    pub(super) unfinished: u32,
}

impl RareCounts {
    fn add(&mut self, other: &Self) {
        self.counts.add(&other.counts);
        self.unfinished = self.unfinished.saturating_add(other.unfinished);
    }
}

/// How many legs were answered, by the counts of one threshold.
fn answered(categories: &[u64; CATEGORIES]) -> u64 {
    [Timing::Within, Timing::Late, Timing::Unknown]
        .map(|timing| categories[Category::timed(Class::Answered, timing).index()])
        .iter()
        .sum()
}

/// All cells, by queue and interval.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    index: PageIndex,
    keep: KeepWaits,
    pub(super) cells: Vec<Cell>,
    /// For each threshold, the counts by category.
    pub(super) cuts: Vec<CutSheet>,
    rare: Vec<Option<Box<[RareCounts; PAGE]>>>,
    pub(super) logs: Vec<WaitLog>,
}

impl Pages {
    pub(super) fn new(intervals: usize, settings: &TallySettings) -> Self {
        let mut pages = Self {
            index: PageIndex::new(intervals),
            keep: settings.keep_waits(),
            cells: Vec::new(),
            cuts: vec![CutSheet::default(); settings.cuts().len()],
            rare: Vec::new(),
            logs: Vec::new(),
        };
        pages.make_room();
        pages
    }

    fn make_room(&mut self) {
        let pages = self.index.count();
        self.cells.resize(pages * STRIDE, Cell::default());
        self.cuts
            .iter_mut()
            .for_each(|cut| cut.resize(pages * STRIDE));
        self.rare.resize(pages, None);
        let keep = self.keep;
        self.logs.resize_with(pages, || WaitLog::new(keep));
    }

    /// Makes room for `queues` queues.
    pub(super) fn grow(&mut self, queues: usize) {
        self.index.grow(queues);
    }

    /// Where a queue begins, as [`page`](Self::page) wants it.
    pub(super) fn start_of(&self, queue: usize) -> usize {
        self.index.start_of(queue)
    }

    /// The page of an interval of the queue that begins at `start`, made if it is not there yet.
    #[inline(always)]
    pub(super) fn page(&mut self, start: usize, interval: usize) -> usize {
        let page = self.index.page_at(start, interval);
        if page > 0 {
            page
        } else {
            self.make_page(start, interval)
        }
    }

    #[cold]
    fn make_page(&mut self, start: usize, interval: usize) -> usize {
        let page = self.index.make(start, interval);
        self.make_room();
        page
    }

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
    pub(super) fn rare_mut(&mut self, slot: usize) -> &mut RareCounts {
        let page = &mut self.rare[slot / STRIDE];
        &mut page.get_or_insert_with(|| Box::new([RareCounts::default(); PAGE]))[slot % STRIDE]
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

    fn rare(&self, slot: usize) -> RareCounts {
        let page = self.rare[slot / STRIDE].as_ref();
        page.map_or_else(RareCounts::default, |page| page[slot % STRIDE])
    }

    /// The counts of one slot beside the categories.
    pub(super) fn counts(&self, slot: usize) -> Counts<u64> {
        let rare = self.rare(slot);
        let mut counts: Counts<u64> = rare.counts.into();
        let answered = answered(&self.cuts[0].of(slot));
        counts.completed = answered.saturating_sub(rare.unfinished.into());
        counts.held = self.cells[slot].held;
        counts
    }

    /// The sums of one slot.
    pub(super) fn sums(&self, slot: usize) -> Sums {
        self.cells[slot].sums()
    }

    /// The counts by category of one slot, for each threshold.
    pub(super) fn cuts_of(&self, slot: usize) -> impl Iterator<Item = [u64; CATEGORIES]> {
        self.cuts.iter().map(move |cut| cut.of(slot))
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
            mine.add(to, &theirs);
        }
        if let Some(page) = &other.rare[from / STRIDE] {
            self.rare_mut(to).add(&page[from % STRIDE]);
        }
    }

    /// Whether anything happened in a slot. Waits alone leave no slot unused.
    fn is_used(&self, slot: usize) -> bool {
        self.cells[slot] != Cell::default()
            || self.rare(slot) != RareCounts::default()
            || self.cuts_of(slot).flatten().any(|count| count > 0)
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

    /// Adds to a slot what a stored state says of it; false, and nothing added, if more
    /// legs were completed than answered.
    pub(super) fn add_stored(
        &mut self,
        slot: usize,
        mut counts: Counts<u32>,
        sums: [u64; 7],
        categories: &[u32],
    ) -> bool {
        let (cuts, _) = categories.as_chunks::<CATEGORIES>();
        let cuts: Vec<[u64; CATEGORIES]> = cuts.iter().map(|cut| cut.map(u64::from)).collect();
        let Some(unfinished) = answered(&cuts[0]).checked_sub(counts.completed.into()) else {
            return false;
        };
        self.cells[slot].add(&Cell::with(sums, counts.held.into()));
        for (cut, more) in self.cuts.iter_mut().zip(&cuts) {
            cut.add(slot, more);
        }
        // These two lie elsewhere.
        (counts.completed, counts.held) = (0, 0);
        let rare = RareCounts {
            counts,
            unfinished: u32::try_from(unfinished).unwrap_or(u32::MAX),
        };
        if rare != RareCounts::default() {
            self.rare_mut(slot).add(&rare);
        }
        true
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
                && self.rare(mine) == other.rare(theirs)
                && self.cuts_of(mine).eq(other.cuts_of(theirs))
        });
        cells_match && self.logs[page].holds_the_same(&other.logs[other_page])
    }

    fn is_unused(&self, page: usize) -> bool {
        (page * STRIDE..page * STRIDE + PAGE).all(|slot| !self.is_used(slot))
    }

    /// Called when the last leg of some queues was counted: carries the busy time
    /// that ran over the end of a page to where it belongs, and sorts long logs.
    pub(super) fn settle(&mut self, queues: usize) {
        for queue in 0..queues {
            let pages: Vec<(usize, usize)> = self.index.of_row(queue).collect();
            for (first, page) in pages {
                let spare = &mut self.cells[page * STRIDE + PAGE];
                let beyond = std::mem::take(&mut spare.busy);
                if beyond > 0 {
                    self.add_busy(self.start_of(queue), first + PAGE, beyond);
                }
            }
        }
        self.logs.iter_mut().for_each(WaitLog::settle);
    }
}
