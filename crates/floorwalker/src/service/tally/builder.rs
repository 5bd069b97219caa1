//! Counting batches of legs into the states that a tally is made of.

use std::collections::HashMap;

use super::attribution::Attribution;
use super::clip::Clipper;
use super::disorder::{Disorder, MOST_STEPS_BACK, STRETCH};
use super::interval_tally::{IntervalTally, LeftOut};
use super::page::Pages;
use super::pass::{Pass, Target};
use super::run::RunFinder;
use super::settings::TallySettings;
use super::work::Work;
use crate::contact::{BLOCK, Block, ContactColumns, Needs, Rows};
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
    queues: Vec<QueueId>,
    codes: HashMap<QueueId, usize>,
    pages: Pages,
    /// Long conversations, by where their queue begins in the pages.
    busy: Clipper<usize>,
    left_out: LeftOut,
    work: Work,
}

/// A batch on its way through the builder.
struct Batch<'a> {
    columns: &'a ContactColumns<'a>,
    finder: RunFinder,
    pass: Pass,
    block: Box<Block>,
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
        let mut batch = self.batch(columns);
        let mut start = 0;
        while start < columns.len() {
            batch.block.load(columns, Rows::From(start));
            let seen = batch.finder.find(&batch.block, &self.intervals);
            let rows = batch.block.len();
            if seen.steps_back > MOST_STEPS_BACK && start + rows < columns.len() {
                start = self.add_disordered(&mut batch, start);
            } else {
                self.left_out.add(seen.left_out);
                self.add_runs(&mut batch);
                start += rows;
            }
        }
    }

    fn batch<'a>(&mut self, columns: &'a ContactColumns<'a>) -> Batch<'a> {
        let queues = columns.queues();
        let starts = queues.iter().map(|queue| self.start_of(queue)).collect();
        let settings = &self.settings;
        let main = &settings.cuts()[0];
        let thresholds = queues.iter().map(|queue| main.limits_of(queue).0).collect();
        let clocks = settings.cuts().iter().map(|cut| cut.clock);
        let needs = Needs {
            queue: true,
            handling: true,
            rings: true,
            clocks: clocks
                .into_iter()
                .any(|clock| clock != ClockStart::QueueEntry),
            ..Needs::default()
        };
        Batch {
            columns,
            finder: RunFinder::new(settings.attribution(), thresholds),
            pass: Pass::new(settings, queues, starts),
            block: Block::new(needs, columns),
        }
    }

    /// Counts the rows from `start`, as many as are ordered at once. Returns the row after them.
    fn add_disordered(&mut self, batch: &mut Batch<'_>, start: usize) -> usize {
        let columns = batch.columns;
        let end = columns.len().min(start + STRETCH);
        let needs = Needs {
            queue: true,
            handling: self.settings.attribution() != Attribution::Arrival,
            ..Needs::default()
        };
        let mut disorder = Disorder::new(needs, columns);
        let known = (&mut batch.finder, &self.intervals);
        for rows in disorder.order(columns, start..end, known).chunks(BLOCK) {
            let rows = Rows::Listed { start, rows };
            batch.block.load(columns, rows);
            let seen = batch.finder.find(&batch.block, &self.intervals);
            self.left_out.add(seen.left_out);
            self.add_runs(batch);
        }
        end
    }

    /// Counts the block of a batch, whose runs were found.
    fn add_runs(&mut self, batch: &mut Batch<'_>) {
        self.work.blocks += 1;
        self.work.rows += batch.block.len() as u64;
        let mut target = Target {
            intervals: &self.intervals,
            pages: &mut self.pages,
            clipper: &mut self.busy,
            work: &mut self.work,
        };
        for run in batch.finder.runs() {
            batch.pass.add(&batch.block, run, &mut target);
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

    /// The result, in columns by queue and interval.
    #[must_use]
    pub fn finish(mut self) -> IntervalTally {
        let (pages, work) = (&mut self.pages, &mut self.work);
        self.busy.settle(&self.intervals, |start, interval, ms| {
            pages.add_busy(start, interval, ms);
            work.settled += 1;
        });
        self.pages.settle(self.queues.len());
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
