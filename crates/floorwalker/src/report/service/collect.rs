//! From the cells of a tally to the rows of the tables, in one pass.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::exceptions::{Exceptions, below_target, much_abandoned, unanswered};
use super::figures::Figures;
use super::finding::Finding;
use super::options::Limits;
use super::recurring::{Weekly, weekday_of};
use super::rows::{
    DayRow, IntervalRow, QueueDayRow, QueueRow, Results, TimeOfDayRow, WeekdayHourRow,
};
use super::stretch::{Sign, Stretch, runs};
use crate::error::Error;
use crate::id::QueueId;
use crate::report::{LocalSpan, Standing, Target};
use crate::service::IntervalTally;
use crate::time::{Every, Interval, Span};

/// All rows of a report, and the stretches that are worth a line.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) total: Figures,
    pub(super) by_interval: Vec<IntervalRow>,
    pub(super) by_time_of_day: Vec<TimeOfDayRow>,
    pub(super) by_day: Vec<DayRow>,
    pub(super) by_queue: Vec<QueueRow>,
    pub(super) by_queue_day: Vec<QueueDayRow>,
    pub(super) by_weekday_hour: Vec<WeekdayHourRow>,
    /// Stretches of all queues pooled that missed the target.
    pub(super) pooled_below: Vec<Stretch>,
    pub(super) exceptions: Exceptions,
    pub(super) recurring: Vec<Finding>,
}

/// What the collection needs to know of the report.
pub(super) struct Frame<'a> {
    pub(super) tally: &'a IntervalTally,
    /// The numbers of the intervals of the period.
    pub(super) window: Range<usize>,
    pub(super) queues: &'a [QueueId],
    pub(super) target: &'a Target,
    pub(super) limits: &'a Limits,
}

impl Frame<'_> {
    fn interval(&self, at: usize) -> Interval {
        let intervals = self.tally.intervals();
        intervals
            .get(self.window.start + at)
            .expect("the window lies within the intervals")
    }

    fn every(&self) -> Every {
        self.tally.settings().grid().every()
    }

    fn results(&self, figures: Figures, queue: Option<&QueueId>) -> Results {
        Results::new(figures, self.target.share_of(queue), self.limits)
    }

    fn local(&self, span: Span) -> LocalSpan {
        LocalSpan::new(span, self.tally.settings().grid().zone())
    }

    fn stretch(&self, queue: Option<&QueueId>, cells: &[Figures], run: Range<usize>) -> Stretch {
        let first = self.interval(run.start).span();
        let last = self.interval(run.end - 1).span();
        Stretch {
            queue: queue.cloned(),
            when: self.local(first.hull(last)),
            results: self.results(Figures::sum(&cells[run]), queue),
        }
    }

    /// The stretches of bad intervals that pass `keep`.
    fn stretches(
        &self,
        queue: Option<&QueueId>,
        cells: &[Figures],
        sign: impl Fn(&Figures) -> Sign,
        keep: impl Fn(&Results) -> bool,
    ) -> Vec<Stretch> {
        runs(self.tally.intervals(), self.window.start, cells, sign)
            .into_iter()
            .map(|run| self.stretch(queue, cells, run))
            .filter(|stretch| keep(&stretch.results))
            .collect()
    }

    /// The stretches that missed the target with enough contacts.
    fn below(&self, queue: Option<&QueueId>, cells: &[Figures]) -> Vec<Stretch> {
        let share = self.target.share_of(queue);
        let missed = |results: &Results| results.standing == Standing::Missed;
        self.stretches(queue, cells, |cell| below_target(cell, share), missed)
    }

    /// All rows and stretches.
    pub(super) fn collect(&self) -> Result<Collected, Error> {
        let mut all = Collected::default();
        let mut pooled: Option<Vec<Figures>> = None;
        for queue in self.queues {
            let cells = self.cells(queue)?;
            self.add_queue(&mut all, queue, &cells);
            match &mut pooled {
                Some(pooled) => pooled.iter_mut().zip(&cells).for_each(|(a, b)| a.pool(b)),
                None => pooled = Some(cells),
            }
        }
        let pooled = pooled.unwrap_or_else(|| self.no_cells());
        self.add_pooled(&mut all, &pooled);
        Ok(all)
    }

    fn cells(&self, queue: &QueueId) -> Result<Vec<Figures>, Error> {
        (0..self.window.len())
            .map(|at| {
                Ok(Figures::of_cell(
                    &self.tally.cell(queue, self.interval(at))?,
                ))
            })
            .collect()
    }

    /// Cells without contacts, where no queue was ever seen.
    fn no_cells(&self) -> Vec<Figures> {
        let with_short = self.tally.settings().short_abandons().is_some();
        let empty = |at| {
            let millis = self.interval(at).span().millis().unsigned_abs();
            Figures::nothing(millis, with_short)
        };
        (0..self.window.len()).map(empty).collect()
    }

    fn add_queue(&self, all: &mut Collected, queue: &QueueId, cells: &[Figures]) {
        let mut days: BTreeMap<NaiveDate, Figures> = BTreeMap::new();
        let mut weekly = Weekly::default();
        for (at, cell) in cells.iter().enumerate() {
            let interval = self.interval(at);
            days.entry(interval.local_date()).or_default().then(cell);
            if self.every() <= Every::Hour {
                weekly.add(&interval, cell);
            }
        }
        if self.every() <= Every::Day {
            let row = |(day, figures)| QueueDayRow {
                queue: queue.clone(),
                day,
                results: self.results(figures, Some(queue)),
            };
            all.by_queue_day.extend(days.into_iter().map(row));
        }
        all.by_queue.push(QueueRow {
            queue: queue.clone(),
            most_waiting: None,
            results: self.results(Figures::sum(cells), Some(queue)),
        });
        let share = self.target.share_of(Some(queue));
        all.recurring
            .extend(weekly.findings(queue, share, self.limits));
        self.add_exceptions(&mut all.exceptions, queue, cells);
    }

    fn add_exceptions(&self, exceptions: &mut Exceptions, queue: &QueueId, cells: &[Figures]) {
        let (queue, limits) = (Some(queue), self.limits);
        exceptions.below_target.extend(self.below(queue, cells));
        exceptions.abandonment.extend(self.stretches(
            queue,
            cells,
            |cell| much_abandoned(cell, limits.abandon_rate),
            |results| results.figures.offered >= limits.min_contacts,
        ));
        exceptions
            .unanswered
            .extend(self.stretches(queue, cells, unanswered, |results| {
                results.figures.offered >= limits.min_unanswered
            }));
        exceptions
            .longest_waits
            .extend(self.longest_waits(queue, cells));
    }

    /// The intervals with the longest waits, as many as a list may have.
    fn longest_waits(&self, queue: Option<&QueueId>, cells: &[Figures]) -> Vec<Stretch> {
        let wait = |&at: &usize| cells[at].longest_wait;
        let mut by_wait: Vec<usize> = (0..cells.len()).filter(|at| wait(at) > Some(0)).collect();
        by_wait.sort_by_key(|at| (std::cmp::Reverse(wait(at)), *at));
        by_wait
            .into_iter()
            .take(self.limits.exceptions)
            .map(|at| self.stretch(queue, cells, at..at + 1))
            .collect()
    }

    fn add_pooled(&self, all: &mut Collected, cells: &[Figures]) {
        let mut days: BTreeMap<NaiveDate, Figures> = BTreeMap::new();
        let mut times: BTreeMap<NaiveTime, (u64, Figures)> = BTreeMap::new();
        let mut hours: BTreeMap<(u8, u8), (Vec<NaiveDate>, Figures)> = BTreeMap::new();
        for (at, cell) in cells.iter().enumerate() {
            let interval = self.interval(at);
            let (date, time) = (interval.local_date(), interval.local_start().time());
            all.total.then(cell);
            days.entry(date).or_default().then(cell);
            let same_time = times.entry(time).or_default();
            same_time.0 += 1;
            same_time.1.then(cell);
            let hour = u8::try_from(time.hour()).unwrap_or(0);
            let same_hour = hours.entry((weekday_of(date), hour)).or_default();
            same_hour.1.then(cell);
            if !cell.is_empty() {
                if same_hour.0.last() != Some(&date) {
                    same_hour.0.push(date);
                }
                all.by_interval.push(IntervalRow {
                    day: date,
                    when: self.local(interval.span()),
                    waiting: None,
                    results: self.results(*cell, None),
                });
            }
        }
        if self.every() <= Every::Day {
            all.by_day = days.into_iter().map(|day| self.day_row(day)).collect();
        }
        if self.every() <= Every::Hour {
            all.by_time_of_day = times
                .into_iter()
                .map(|(from, (intervals, figures))| TimeOfDayRow {
                    from,
                    intervals,
                    results: self.results(figures, None),
                })
                .collect();
            all.by_weekday_hour = hours
                .into_iter()
                .map(|((weekday, hour), (dates, figures))| WeekdayHourRow {
                    weekday,
                    hour,
                    days: dates.len() as u64,
                    results: self.results(figures, None),
                })
                .collect();
        }
        if self.queues.len() > 1 {
            all.pooled_below = self.below(None, cells);
        }
    }

    fn day_row(&self, (day, figures): (NaiveDate, Figures)) -> DayRow {
        DayRow {
            day,
            covered_ms: figures.load.denominator(),
            most_waiting: None,
            results: self.results(figures, None),
        }
    }
}

/// The numbers of the intervals that lie inside `period`.
pub(super) fn window_of(tally: &IntervalTally, period: Option<Span>) -> Range<usize> {
    let intervals = tally.intervals();
    let Some(period) = period else {
        return 0..intervals.len();
    };
    let bounds = intervals.bounds();
    let start = bounds.partition_point(|&bound| bound < period.start_ms());
    let end = bounds.partition_point(|&bound| bound <= period.end_ms());
    let end = end.saturating_sub(1).min(intervals.len());
    start.min(end)..end
}
