//! The service-level report.

use serde::{Deserialize, Serialize};

use super::collect::{Frame, window_of};
use super::exceptions::{Exceptions, NotCounted};
use super::figures::Figures;
use super::finding::Finding;
use super::findings::findings;
use super::operators::{OperatorOptions, OperatorSection};
use super::options::{Limits, ReportOptions};
use super::rows::{
    DayRow, IntervalRow, QueueDayRow, QueueRow, Results, TimeOfDayRow, WeekdayHourRow,
};
use super::rules::RuleSection;
use super::subject::Subject;
use super::waiting::fill;
use super::waits::WaitTable;
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::report::Target;
use crate::service::{AgentTally, AgentTimes, Comparison, IntervalTally, Kpi, WaitingLine};
use crate::time::Span;

/// The form of the data, raised when a field changes its meaning.
pub const FORMAT: &str = "floorwalker.service_report/1";

/// The service-level report (rapporto sul livello di servizio) as data.
///
/// Every number is a whole number, or a quotient of two, until a renderer rounds
/// it; undefined stays `None`. Rows add up: a day is the sum of its intervals, the
/// total the sum of its days and of its queues. Tables name the queue or are pooled
/// over all selected ones, each contact judged by the limits of its own queue.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{ContactTable, LegRecord, Outcome};
/// use floorwalker::id::QueueId;
/// use floorwalker::report::{Quotient, ReportOptions, ServiceReport, Standing};
/// use floorwalker::service::{IntervalTally, ServiceLevel, TallySettings};
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let ten = Utc.with_ymd_and_hms(2026, 3, 23, 9, 0, 0).unwrap();
/// let leg = |wait| {
///     let answered = ten + TimeDelta::seconds(wait);
///     LegRecord::waiting(QueueId::new("sales")?, ten).answered(None, answered).check()
/// };
/// let table = ContactTable::from_iter(&[leg(12)?, leg(20)?, leg(21)?]);
/// let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
/// let settings = TallySettings::new(grid, ServiceLevel::offered(TimeDelta::seconds(20))?);
/// let tally = IntervalTally::count(&table.columns(), settings)?;
///
/// let report = ServiceReport::new(&tally, &ReportOptions::new("80/20".parse()?))?;
/// assert_eq!(report.total.figures.service_level, Quotient::new(2, 3));
/// assert_eq!(report.total.missing, Some(1));
/// assert_eq!(report.total.standing, Standing::Unjudged); // three contacts are too few to say
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ServiceReport {
    /// The form of this data: [`FORMAT`].
    pub format: String,
    /// What it is about.
    pub subject: Subject,
    /// From when on something is worth a line.
    pub limits: Limits,
    /// What to look at first, what cost most first; at most [`Limits::findings`].
    pub findings: Vec<Finding>,
    /// How many more findings there were.
    pub more_findings: u64,
    /// Everything, pooled.
    pub total: Results,
    /// By interval; without those in which nothing happened.
    pub by_interval: Vec<IntervalRow>,
    /// By time of day; empty where intervals are longer than an hour.
    pub by_time_of_day: Vec<TimeOfDayRow>,
    /// By local day; empty where intervals are longer than a day.
    pub by_day: Vec<DayRow>,
    /// By queue, in alphabetical order.
    pub by_queue: Vec<QueueRow>,
    /// By queue and local day; empty where intervals are longer than a day.
    pub by_queue_day: Vec<QueueDayRow>,
    /// By weekday and hour; empty where intervals are longer than an hour.
    pub by_weekday_hour: Vec<WeekdayHourRow>,
    /// How long contacts waited; `None` if the tally kept no waits.
    pub waits: Option<WaitTable>,
    /// The rules and what they make of the contacts.
    pub rules: RuleSection,
    /// What was out of the ordinary.
    pub exceptions: Exceptions,
    /// The operators; `None` without an access policy. Over all queues, whatever the selection.
    #[serde(default)]
    pub operators: Option<OperatorSection>,
    /// The indicators used; their formulas are [`Kpi::formula`].
    #[cfg_attr(feature = "schemars", schemars(with = "Vec<String>"))]
    pub definitions: Vec<Kpi>,
}

impl ServiceReport {
    /// Reports on a tally.
    ///
    /// The cost grows with the number of intervals times queues.
    ///
    /// # Errors
    /// `name.unknown` if a selected queue does not occur, with the nearest names;
    /// `options.conflict` if the target names another time than the main rule.
    pub fn new(tally: &IntervalTally, options: &ReportOptions) -> Result<Self, Error> {
        check_target(tally, &options.target)?;
        let queues = selected(tally, options.queues.as_deref())?;
        let window = window_of(tally, options.period);
        let period = period_of(tally, &window)?;
        let limits = options.limits;
        let frame = Frame {
            tally,
            window,
            queues: &queues,
            target: &options.target,
            limits: &limits,
        };
        let mut all = frame.collect()?;
        all.exceptions.not_counted = NotCounted::new(tally.left_out(), &options.notes);
        let pooled = tally.pooled_over(&queues, period)?;
        let waits = WaitTable::of(&pooled);
        let rules = RuleSection::of(&pooled, &options.target)?;
        let mut findings = findings(&all, &rules, &limits);
        let more_findings = findings.len().saturating_sub(limits.findings) as u64;
        findings.truncate(limits.findings);
        all.exceptions.finish(&all.by_day, &all.by_queue, &limits);
        Ok(Self {
            format: FORMAT.to_owned(),
            subject: Subject::new(tally, period, queues, &options.target),
            limits,
            findings,
            more_findings,
            total: Results::new(all.total, options.target.share(), &limits),
            by_interval: all.by_interval,
            by_time_of_day: all.by_time_of_day,
            by_day: all.by_day,
            by_queue: all.by_queue,
            by_queue_day: all.by_queue_day,
            by_weekday_hour: all.by_weekday_hour,
            waits,
            rules,
            exceptions: all.exceptions,
            operators: None,
            definitions: Figures::KPIS.to_vec(),
        })
    }

    /// The same report with the operators, as far as their policy allows.
    ///
    /// Contacts count by their answer, time is clipped to the period; both over all
    /// queues, since operators' time has no queue.
    ///
    /// # Errors
    /// `policy.refused` for pseudonyms without a key.
    pub fn with_operators(
        mut self,
        tally: &AgentTally,
        times: Option<&AgentTimes>,
        options: &OperatorOptions,
    ) -> Result<Self, Error> {
        let period = self.subject.span()?;
        self.operators = Some(OperatorSection::new(tally, times, period, options)?);
        Ok(self)
    }

    /// The same report without a word about operators, to be passed on to others.
    #[must_use]
    pub fn without_operators(mut self) -> Self {
        self.operators = None;
        self
    }

    /// The same report with how many contacts were waiting.
    ///
    /// Pooled rows have it only if all queues, or a single one, are selected.
    ///
    /// # Errors
    /// `name.unknown` if a queue of the report does not occur in the lines.
    pub fn with_waiting(mut self, lines: &WaitingLine) -> Result<Self, Error> {
        fill(&mut self, lines)?;
        Ok(self)
    }

    /// Whether there was nothing to report on.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_interval.is_empty()
    }
}

/// Refuses a target of another time than the rule's.
fn check_target(tally: &IntervalTally, target: &Target) -> Result<(), Error> {
    let rule = tally.settings().main_rule();
    let (Some(within), false) = (target.within_time(), rule.comparison() == Comparison::Any) else {
        return Ok(());
    };
    if rule.within().default_limit() == within {
        return Ok(());
    }
    let why = format!("the target is {target}, but the rule is {rule}");
    Err(ErrorKind::Conflict {
        what: "target and rule",
        why,
    }
    .into())
}

/// The selected queues, which must occur.
fn selected(tally: &IntervalTally, wanted: Option<&[QueueId]>) -> Result<Vec<QueueId>, Error> {
    let known = tally.queues();
    let Some(wanted) = wanted else {
        return Ok(known.into_iter().cloned().collect());
    };
    for queue in wanted {
        if !known.contains(&queue) {
            let names = known.iter().map(|queue| queue.as_str());
            let nearest = crate::error::nearest(queue.as_str(), names);
            return Err(ErrorKind::Unknown {
                what: "queue",
                given: queue.to_string(),
                nearest,
            }
            .into());
        }
    }
    Ok(wanted.to_vec())
}

fn period_of(tally: &IntervalTally, window: &std::ops::Range<usize>) -> Result<Span, Error> {
    let bounds = tally.intervals().bounds();
    Span::from_millis(bounds[window.start], bounds[window.end])
}
