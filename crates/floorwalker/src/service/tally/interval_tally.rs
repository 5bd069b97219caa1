//! The finished tally: every queue and interval, ready to be asked, pooled and merged.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::builder::TallyBuilder;
use super::page::Pages;
use super::settings::TallySettings;
use super::tally::{Scope, Tally};
use super::wait_log::WaitGathering;
use super::work::Work;
use crate::contact::ContactColumns;
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::time::{Interval, Intervals, Span};

/// Legs that were looked at but belong to no interval of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Their instant is outside the window.
    pub outside_window: u64,
    /// They have not reached the instant that the attribution asks for.
    pub without_instant: u64,
}

impl LeftOut {
    pub(in crate::service) fn add(&mut self, other: Self) {
        self.outside_window += other.outside_window;
        self.without_instant += other.without_instant;
    }
}

/// Counts of legs by queue and interval: a mergeable state, from which figures are asked.
///
/// Merging the tallies of two parts equals the tally of the whole, however the
/// legs were split and in whatever order.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{ContactTable, LegRecord};
/// use floorwalker::id::QueueId;
/// use floorwalker::service::{IntervalTally, Kpi, ServiceLevel, TallySettings};
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 8, 0, 0).unwrap();
/// let leg = |wait| {
///     let answered = nine + TimeDelta::seconds(wait);
///     LegRecord::waiting(QueueId::new("sales")?, nine).answered(None, answered).check()
/// };
/// let table = ContactTable::from_iter(&[leg(12)?, leg(20)?, leg(21)?]);
///
/// let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
/// let tally = IntervalTally::count(&table.columns(), TallySettings::new(grid, rule.clone()))?;
/// let level = tally.total().service_level(&rule)?;
/// assert_eq!(level.to_string(), "2/3 = 66.7 %");
/// assert_eq!(tally.total().figure(Kpi::Offered).value(), Some(3.0));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct IntervalTally {
    settings: Arc<TallySettings>,
    intervals: Intervals,
    pub(super) queues: Vec<QueueId>,
    pub(super) pages: Pages,
    left_out: LeftOut,
    work: Work,
}

impl IntervalTally {
    /// Counts the legs of one batch.
    ///
    /// Linear in the legs; each is looked at once. Time-sorted legs are fastest.
    ///
    /// # Errors
    /// As for [`count_all`](Self::count_all).
    pub fn count(columns: &ContactColumns<'_>, settings: TallySettings) -> Result<Self, Error> {
        Self::count_all(std::slice::from_ref(columns), settings)
    }

    /// Counts the legs of several batches, as one.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the legs span more intervals than a table may
    /// have; `columns.missing` if a rule measures waits from an instant that a
    /// batch does not have.
    pub fn count_all(
        batches: &[ContactColumns<'_>],
        settings: TallySettings,
    ) -> Result<Self, Error> {
        let Some(mut builder) = TallyBuilder::over(batches, &settings)? else {
            return Ok(Self::empty(settings));
        };
        batches.iter().for_each(|batch| builder.add(batch));
        Ok(builder.finish())
    }

    /// A tally of no legs over no interval: what merging starts from.
    #[must_use]
    pub fn empty(settings: TallySettings) -> Self {
        let intervals = Intervals::none(settings.grid().clone());
        let pages = Pages::new(0, &settings);
        let counted = (Vec::new(), pages, LeftOut::default());
        Self::from_parts(settings, intervals, counted, Work::default())
    }

    pub(super) fn from_parts(
        settings: TallySettings,
        intervals: Intervals,
        (queues, pages, left_out): (Vec<QueueId>, Pages, LeftOut),
        work: Work,
    ) -> Self {
        Self {
            settings: Arc::new(settings),
            intervals,
            queues,
            pages,
            left_out,
            work,
        }
    }

    /// What it was told before it counted.
    #[must_use]
    pub fn settings(&self) -> &TallySettings {
        &self.settings
    }

    /// The intervals, empty ones included.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// The queues, in alphabetical order.
    #[must_use]
    pub fn queues(&self) -> Vec<&QueueId> {
        let mut queues: Vec<&QueueId> = self.queues.iter().collect();
        queues.sort_unstable();
        queues
    }

    /// Legs that belong to no interval of the window.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }

    /// What counting cost. A merged tally cost what its parts did.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
    }

    /// One queue in one interval. Empty where nothing happened.
    ///
    /// # Errors
    /// `name.unknown` if the queue does not occur, with the nearest names.
    pub fn cell(&self, queue: &QueueId, interval: Interval) -> Result<Tally, Error> {
        self.queue_over(queue, interval.span())
    }

    /// Several queues in one interval, pooled: each leg judged by the limits of its own queue.
    ///
    /// # Errors
    /// `name.unknown` if a queue does not occur, with the nearest names.
    pub fn pooled(&self, queues: &[QueueId], interval: Interval) -> Result<Tally, Error> {
        self.pooled_over(queues, interval.span())
    }

    /// One queue over the part of the window inside `span`, interval by whole interval.
    ///
    /// # Errors
    /// `name.unknown` if the queue does not occur, with the nearest names.
    pub fn queue_over(&self, queue: &QueueId, span: Span) -> Result<Tally, Error> {
        self.pooled_over(std::slice::from_ref(queue), span)
    }

    /// Several queues over the part of the window inside `span`, interval by whole interval.
    ///
    /// Linear in the intervals and in the waits that were kept.
    ///
    /// # Errors
    /// `name.unknown` if a queue does not occur, with the nearest names.
    pub fn pooled_over(&self, queues: &[QueueId], span: Span) -> Result<Tally, Error> {
        let codes = queues
            .iter()
            .map(|queue| self.code(queue))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.sum(queues.to_vec(), codes, span))
    }

    /// Everything: all queues over the whole window.
    #[must_use]
    pub fn total(&self) -> Tally {
        let queues = self.queues().into_iter().cloned().collect();
        self.sum(queues, 0..self.queues.len(), self.intervals.window())
    }

    fn sum(
        &self,
        queues: Vec<QueueId>,
        codes: impl IntoIterator<Item = usize>,
        span: Span,
    ) -> Tally {
        let mut tally = self.blank(queues, span);
        let mut waits = WaitGathering::new(self.settings.keep_waits());
        let range = self.intervals.within(span);
        for code in codes {
            for slots in self.pages.slots_in(code, range.clone()) {
                self.pages.gather(&slots, &mut waits);
                slots.for_each(|slot| tally.add_cell(&self.pages, slot));
            }
        }
        tally.with_waits(waits)
    }

    fn blank(&self, queues: Vec<QueueId>, span: Span) -> Tally {
        Tally::new(Arc::clone(&self.settings), Scope::new(queues, span))
    }

    fn code(&self, queue: &QueueId) -> Result<usize, Error> {
        self.queues
            .iter()
            .position(|known| known == queue)
            .ok_or_else(|| {
                let nearest =
                    crate::error::nearest(queue.as_str(), self.queues.iter().map(QueueId::as_str));
                ErrorKind::Unknown {
                    what: "queue",
                    given: queue.to_string(),
                    nearest,
                }
                .into()
            })
    }

    /// The tally of both parts together.
    ///
    /// # Errors
    /// `merge.mismatch` if the settings differ; `grid.too_many_intervals` if
    /// the two lie too far apart.
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        self.settings.check_same(&other.settings)?;
        let window = self.intervals.hull(&other.intervals)?;
        let mut merged = Self {
            settings: Arc::clone(&self.settings),
            pages: Pages::new(window.len(), &self.settings),
            intervals: window,
            queues: Vec::new(),
            left_out: self.left_out,
            work: self.work,
        };
        merged.left_out.add(other.left_out);
        merged.work.add(other.work);
        merged.absorb(self);
        merged.absorb(other);
        merged.pages.settle(merged.queues.len());
        Ok(merged)
    }

    /// Adds every cell of `part`, whose window lies inside this one.
    fn absorb(&mut self, part: &Self) {
        let Some(&start) = part.intervals.bounds().first() else {
            return;
        };
        let shift = self.intervals.index_of_ms(start).unwrap_or(0);
        for (code, queue) in part.queues.iter().enumerate() {
            let target = self.code(queue).unwrap_or_else(|_| {
                self.queues.push(queue.clone());
                self.pages.grow(self.queues.len());
                self.queues.len() - 1
            });
            let target = self.pages.start_of(target);
            self.pages.absorb(target, &part.pages, (code, shift));
        }
    }
}

impl PartialEq for IntervalTally {
    /// Equal if they count the same, whatever the order in which queues turned up.
    fn eq(&self, other: &Self) -> bool {
        let same = self.settings == other.settings
            && self.intervals == other.intervals
            && self.left_out == other.left_out
            && self.queues() == other.queues();
        same && self.queues.iter().enumerate().all(|(mine, queue)| {
            let theirs = other.code(queue);
            theirs.is_ok_and(|theirs| self.pages.counts_alike(mine, &other.pages, theirs))
        })
    }
}
