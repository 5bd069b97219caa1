//! The pass over the legs of one batch, run by run.
//!
//! A run goes through a few short steps, each a loop over its legs: open the
//! cells, count the categories, sort out who was handled, add the handling. The
//! branches of a single long loop would be guessed wrong, and it would need more
//! registers than there are.

use super::categories::CategoryCounter;
use super::clip::Clipper;
use super::handling::{FarRows, Stretch, add_busy, add_handled, add_others, count_rare};
use super::open::OpenCells;
use super::page::Pages;
use super::plan::{Plan, Plans};
use super::row_lists::RowLists;
use super::run::Run;
use super::settings::{KeepWaits, TallySettings};
use super::sheet::{PAGE, PageIndex};
use super::waits::{WaitClass, bucket_of};
use super::work::Work;
use crate::contact::{BLOCK, Block, NONE};
use crate::id::QueueId;
use crate::time::Intervals;

/// What the pass over a batch needs to remember.
#[derive(Debug)]
pub(super) struct Pass {
    keep: KeepWaits,
    short_answers_ms: i64,
    as_of: i64,
    counters: Vec<CategoryCounter>,
    plans: Plans,
    open: OpenCells,
    pages: [u32; BLOCK],
    slots: [u32; BLOCK],
    lists: RowLists,
    far: FarRows,
}

/// What a run is counted in.
pub(super) struct Target<'a> {
    pub(super) intervals: &'a Intervals,
    pub(super) pages: &'a mut Pages,
    pub(super) clipper: &'a mut Clipper<usize>,
    pub(super) work: &'a mut Work,
}

impl Pass {
    /// A pass over legs that name their queues by their place in `queues`, whose
    /// cells begin at `starts`.
    pub(super) fn new(settings: &TallySettings, queues: &[QueueId], starts: Vec<usize>) -> Self {
        let cuts = settings.cuts().iter();
        Self {
            keep: settings.keep_waits(),
            short_answers_ms: settings.short_answers_ms(),
            as_of: settings.as_of().map_or(NONE, |at| at.timestamp_millis()),
            counters: cuts.map(|cut| CategoryCounter::new(cut, queues)).collect(),
            plans: Plans::new(),
            open: OpenCells::new(starts),
            pages: [0; BLOCK],
            slots: [0; BLOCK],
            lists: RowLists::new(),
            far: FarRows::new(),
        }
    }

    /// Counts a run of a block.
    pub(super) fn add(&mut self, block: &Block, run: &Run, target: &mut Target<'_>) {
        let Some(interval) = run.interval else {
            return self.add_busy_only(block, run, target);
        };
        self.open_cells(block, run, interval, target.pages);
        for (counter, sheet) in self.counters.iter_mut().zip(&mut target.pages.cuts) {
            counter.count(block, (run.rows.clone(), &self.slots), sheet);
        }
        if self.sort_out(block, run) {
            self.count_rare(block, run, target.pages);
        }
        let stretch = Stretch::of(interval, target.intervals);
        let (handled, others) = (self.lists.wanted(), self.lists.others());
        let cells = &mut target.pages.cells;
        add_handled(
            block,
            (handled, &self.slots),
            stretch,
            (cells, &mut self.far),
        );
        add_others(
            block,
            (others, &self.slots),
            &self.plans,
            (cells, &mut self.far),
        );
        target.work.cells += (run.rows.len() * (self.counters.len() + 1) + handled.len()) as u64;
        self.keep_waits(block, interval % PAGE, target.pages);
        if self.short_answers_ms > 0 {
            self.count_short_answers(block, target.pages);
        }
        self.add_far(block, target);
    }

    fn open_cells(&mut self, block: &Block, run: &Run, interval: usize, pages: &mut Pages) {
        for row in run.rows.start..run.rows.end.min(BLOCK) {
            let find = |start| pages.page(start, interval);
            let page = self.open.page(block.queue[row], interval, find);
            self.pages[row] = page as u32;
            self.slots[row] = PageIndex::slot(page, interval) as u32;
        }
    }

    /// Lists the handled legs and the others. Returns whether something about some is rare.
    fn sort_out(&mut self, block: &Block, run: &Run) -> bool {
        let mut all = Plan::NOTHING;
        let plans = &self.plans;
        self.lists.sort_out(run.rows.clone(), |row| {
            let plan = plans.of(block.facts[row % BLOCK]);
            all = all.or(plan);
            plan.is_handled()
        });
        all.is_rare() || block.has_rings()
    }

    fn count_rare(&self, block: &Block, run: &Run, pages: &mut Pages) {
        for row in run.rows.clone() {
            let is_rare = self.plans.of(block.facts[row]).is_rare();
            if is_rare || block.ring_no_answers[row] > 0 {
                count_rare(block, row, self.slots[row] as usize, pages);
            }
        }
    }

    fn keep_waits(&self, block: &Block, cell: usize, pages: &mut Pages) {
        let (handled, others) = (self.lists.wanted(), self.lists.others());
        let logs = &mut pages.logs;
        match self.keep {
            KeepWaits::Nothing => {}
            KeepWaits::Exact => {
                let mut log = |row: usize, class: WaitClass| {
                    let wait = block.wait[row].cast_unsigned();
                    logs[self.pages[row] as usize].push_exact(cell, class, wait);
                };
                each(handled, |row| log(row, WaitClass::Answered));
                self.each_other_wait(block, others, log);
            }
            KeepWaits::Histogram => {
                let mut log = |row: usize, class: WaitClass| {
                    let bucket = bucket_of(block.wait[row].cast_unsigned());
                    logs[self.pages[row] as usize].push_bucket(cell, class, bucket);
                };
                each(handled, |row| log(row, WaitClass::Answered));
                self.each_other_wait(block, others, log);
            }
        }
    }

    fn each_other_wait(&self, block: &Block, rows: &[u16], mut log: impl FnMut(usize, WaitClass)) {
        each(rows, |row| {
            let class = self.plans.of(block.facts[row]).class();
            if let Some(class) = class.filter(|_| block.wait[row] >= 0) {
                log(row, class);
            }
        });
    }

    fn count_short_answers(&self, block: &Block, pages: &mut Pages) {
        each(self.lists.wanted(), |row| {
            let (talk, wrap_up) = (block.talk[row], block.wrap_up[row]);
            if talk != NONE && wrap_up != NONE && talk < self.short_answers_ms {
                let short = &mut pages
                    .rare_mut(self.slots[row] as usize)
                    .counts
                    .short_answers;
                *short = short.saturating_add(1);
            }
        });
    }

    /// Adds the busy time that does not fall into the run's interval and the next one.
    fn add_far(&mut self, block: &Block, target: &mut Target<'_>) {
        for &row in self.far.drain() {
            let row = usize::from(row);
            let is_finished = block.talk[row] != NONE && block.wrap_up[row] != NONE;
            if !is_finished && !block.facts[row].is_dial() {
                let rare = target.pages.rare_mut(self.slots[row] as usize);
                rare.unfinished = rare.unfinished.saturating_add(1);
            }
            let (start, known) = (
                self.open.start_of(block.queue[row]),
                (target.intervals, self.as_of),
            );
            let place = (start, &mut *target.pages);
            target.work.cells += add_busy(block, row, known, place, target.clipper);
        }
    }

    /// Legs that are counted nowhere keep their operators busy all the same.
    fn add_busy_only(&mut self, block: &Block, run: &Run, target: &mut Target<'_>) {
        for row in run
            .rows
            .clone()
            .filter(|&row| block.facts[row].is_answered())
        {
            let (start, known) = (
                self.open.start_of(block.queue[row]),
                (target.intervals, self.as_of),
            );
            let place = (start, &mut *target.pages);
            target.work.cells += add_busy(block, row, known, place, target.clipper);
        }
    }
}

/// Calls `each` with every row of a list.
#[inline(always)]
fn each(rows: &[u16], mut each: impl FnMut(usize)) {
    for &row in rows {
        // The remainder changes nothing; it tells the compiler that no index is out of bounds.
        each(usize::from(row) % BLOCK);
    }
}
