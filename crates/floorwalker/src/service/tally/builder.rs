//! The pass over the columns: every leg is looked at once.
//!
//! A block of legs goes through a few short steps, each a loop over its rows:
//! find the cells, count the categories, add the waits, add the handling. The
//! branches of a single long loop would be guessed wrong, and while one leg
//! waits for a cell that is not in the cache, a short loop already asks for the
//! cells of the next ones.

use std::collections::HashMap;

use super::busy::BusyTime;
use super::categories::CategoryCounter;
use super::clip::Clipper;
use super::handling::{add_handling, count_short_answers};
use super::interval_tally::{IntervalTally, LeftOut};
use super::page::Pages;
use super::place::{Finder, Queue};
use super::queueing::{Plans, add_waits, count_rare, log_waits};
use super::row_list::RowList;
use super::settings::TallySettings;
use super::work::Work;
use crate::contact::{BLOCK, Block, ContactColumns, NONE, Needs};
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::service::rule::ClockStart;
use crate::time::{Intervals, Span};

/// Counts legs that come in batches; batches may name their queues differently.
///
/// For one batch, [`IntervalTally::count`] is shorter.
///
/// ```
/// # use chrono::{TimeDelta, TimeZone, Utc};
/// # use floorwalker::contact::{ContactTable, LegRecord};
/// # use floorwalker::id::QueueId;
/// # use floorwalker::service::{ServiceLevel, TallyBuilder, TallySettings};
/// # use floorwalker::time::{Every, Grid, Span, Zone};
/// let start = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let window = Span::new(start, start + TimeDelta::hours(8))?;
/// let grid = Grid::new(Zone::utc(), Every::Hour);
/// let settings = TallySettings::new(grid, ServiceLevel::offered(TimeDelta::seconds(20))?);
/// let mut builder = TallyBuilder::new(settings, window)?;
/// let leg = LegRecord::waiting(QueueId::new("sales")?, start).check()?;
/// builder.add(&ContactTable::from_iter([&leg]).columns());
/// builder.add(&ContactTable::from_iter([&leg]).columns());
/// let tally = builder.finish();
/// assert_eq!(tally.total().offered(), 2);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Debug)]
pub struct TallyBuilder {
    settings: TallySettings,
    intervals: Intervals,
    as_of: i64,
    queues: Vec<QueueId>,
    codes: HashMap<QueueId, usize>,
    pages: Pages,
    /// Long conversations, by where their queue begins in the pages.
    busy: Clipper<usize>,
    left_out: LeftOut,
    work: Work,
}

/// What a batch needs beside the builder.
struct Pass {
    queues: Vec<Queue>,
    plans: Plans,
    counters: Vec<CategoryCounter>,
    finder: Finder,
    answered: RowList,
    /// How long each answered leg kept its operator busy.
    lasting: Box<[i64; BLOCK]>,
}

impl TallyBuilder {
    /// Prepares to count over the intervals that touch `window`; a window in
    /// the settings wins.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the window is too long for the interval.
    pub fn new(settings: TallySettings, window: Span) -> Result<Self, Error> {
        let intervals = settings.grid().cover(settings.window().unwrap_or(window))?;
        let pages = Pages::new(intervals.len(), &settings);
        Ok(Self {
            as_of: settings.as_of().map_or(NONE, |at| at.timestamp_millis()),
            settings,
            intervals,
            queues: Vec::new(),
            codes: HashMap::new(),
            pages,
            busy: Clipper::new(),
            left_out: LeftOut::default(),
            work: Work::default(),
        })
    }

    /// Prepares to count these batches: over the window of the settings or, without one,
    /// over the local days from the first arrival to the last milestone. `None` where
    /// there is neither a window nor a leg.
    ///
    /// For hosts that want to do something between two batches, such as showing progress;
    /// [`IntervalTally::count_all`] does the whole.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the legs span more intervals than a table may have;
    /// `columns.missing` if a rule measures waits from an instant that a batch does not have.
    pub fn over(
        batches: &[ContactColumns<'_>],
        settings: &TallySettings,
    ) -> Result<Option<Self>, Error> {
        check_clocks(batches, settings)?;
        let as_of = settings.as_of().and_then(|at| Span::new(at, at).ok());
        let legs = batches
            .iter()
            .filter_map(ContactColumns::span)
            .chain(as_of)
            .reduce(|a, b| a.hull(b));
        let window = match (settings.window(), legs) {
            (Some(window), _) => window,
            (None, Some(legs)) => settings.grid().whole_days(legs)?,
            (None, None) => return Ok(None),
        };
        Self::new(settings.clone(), window).map(Some)
    }

    /// Counts a batch.
    pub fn add(&mut self, columns: &ContactColumns<'_>) {
        let clocks = |clock| clock != ClockStart::QueueEntry;
        let needs = Needs {
            queue: true,
            agent: false,
            handling: true,
            rings: true,
            clocks: self.settings.cuts().iter().any(|cut| clocks(cut.clock)),
        };
        let mut pass = self.pass(columns.queues());
        columns.for_each_block(needs, |block| self.add_block(block, &mut pass));
    }

    fn pass(&mut self, queues: &[QueueId]) -> Pass {
        let threshold = |queue| self.settings.cuts()[0].limits_of(queue).0;
        let thresholds: Vec<i64> = queues.iter().map(threshold).collect();
        let cuts = self.settings.cuts().iter();
        let counters = cuts.map(|cut| CategoryCounter::new(cut, queues)).collect();
        let queues = queues.iter().zip(thresholds);
        Pass {
            counters,
            queues: queues
                .map(|(queue, threshold)| Queue {
                    start: self.start_of(queue),
                    threshold,
                })
                .collect(),
            plans: Plans::new(),
            finder: Finder::new(),
            answered: RowList::new(),
            lasting: Box::new([NONE; BLOCK]),
        }
    }

    /// Where the cells of a queue begin; a queue that is new gets its place.
    fn start_of(&mut self, queue: &QueueId) -> usize {
        let code = self.codes.get(queue).copied().unwrap_or_else(|| {
            self.queues.push(queue.clone());
            self.codes.insert(queue.clone(), self.queues.len() - 1);
            self.pages.grow(self.queues.len());
            self.queues.len() - 1
        });
        self.pages.start_of(code)
    }

    fn add_block(&mut self, block: &Block, pass: &mut Pass) {
        let (pages, settings) = (&mut self.pages, &self.settings);
        let left_out = pass.finder.find(
            block,
            settings.attribution(),
            &pass.queues,
            (&self.intervals, pages),
        );
        self.left_out.add(left_out);
        let (plans, places, answered) = (&pass.plans, pass.finder.places(), &mut pass.answered);
        for (counter, cells) in pass.counters.iter_mut().zip(&mut pages.cuts) {
            counter.count(block, places, cells);
        }
        let is_rare = add_waits(block, plans, places, (&mut pages.cells, answered));
        log_waits(
            block,
            plans,
            places,
            (&mut pages.logs, settings.keep_waits()),
        );
        if is_rare {
            count_rare(block, plans, places, pages);
        }
        let lasting = &mut pass.lasting;
        add_handling(block, places, answered, (&mut pages.cells, lasting));
        if settings.short_answers_ms() > 0 {
            let limit_ms = settings.short_answers_ms();
            count_short_answers(block, places, answered, (pages, limit_ms));
        }
        let busy = BusyTime {
            intervals: &self.intervals,
            queues: &pass.queues,
            as_of: self.as_of,
        };
        let busy = busy.add(block, places, (answered, lasting), (pages, &mut self.busy));
        let rows = block.len() as u64;
        self.work.blocks += 1;
        self.work.rows += rows;
        self.work.cells += busy + rows * (pass.counters.len() as u64 + 1);
    }

    /// The result, in columns by queue and interval.
    #[must_use]
    pub fn finish(mut self) -> IntervalTally {
        let (pages, work) = (&mut self.pages, &mut self.work);
        self.busy.settle(&self.intervals, |start, interval, ms| {
            pages.add_busy(start, interval, ms);
            work.settled += 1;
        });
        self.pages.settle_logs();
        let counted = (self.queues, self.pages, self.left_out);
        IntervalTally::from_parts(self.settings, self.intervals, counted, self.work)
    }
}

/// Refuses a rule that measures from an instant which no leg has.
fn check_clocks(batches: &[ContactColumns<'_>], settings: &TallySettings) -> Result<(), Error> {
    for (rule, batch) in settings
        .rules()
        .iter()
        .flat_map(|rule| batches.iter().map(move |batch| (rule, batch.batch())))
    {
        let (column, present) = match rule.clock() {
            ClockStart::QueueEntry => continue,
            ClockStart::CentreEntry => ("reached", batch.reached.is_some()),
            ClockStart::OperatorChoice => ("asked", batch.asked.is_some()),
        };
        if !present {
            let why = "a service-level rule measures waits from it";
            return Err(ErrorKind::ColumnMissing { column, why }.into());
        }
    }
    Ok(())
}
