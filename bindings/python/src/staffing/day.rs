//! Days of intervals: what one leaves to the next, and how likely the target is reached.

use floorwalker::report::Target;
use floorwalker::service::ServiceLevel;
use floorwalker::staffing as library;
use floorwalker::staffing::{DayWork, ForecastError};
use floorwalker_arrow::TableBuilder;
use pyo3::prelude::*;

use super::goals::{level, part, share};
use crate::errors::{Failure, Result, compute};
use crate::given::{Given, Named, Ratio, optional};
use crate::numbers::{Figures, Rows, Seconds};
use crate::rule::Rule;
use crate::service::RuleName;
use crate::table::Table;

/// The columns of a day, owned.
struct Day {
    interval: f64,
    calls: Vec<f64>,
    aht: Vec<f64>,
    agents: Vec<u32>,
    patience: Option<f64>,
}

impl Day {
    fn read<'py>(
        calls: &Figures<'py>,
        aht: &Seconds<'py>,
        agents: &Figures<'py>,
        interval: &Seconds<'py>,
        patience: Option<&Seconds<'py>>,
    ) -> Result<Self> {
        let mut rows = Rows::default();
        let calls = rows.read("calls", calls)?;
        let aht = rows.seconds("aht", aht)?;
        let agents = rows.read("agents", agents)?;
        let interval = Rows::default().seconds("interval", interval)?;
        let patience = patience.map(|given| Rows::default().seconds("patience", given));
        let patience = patience.transpose()?;
        let single = |argument: &str, value: Option<f64>| {
            let message = format!("argument {argument} must be one duration for all intervals");
            value.ok_or_else(|| Failure::new("argument.type", message))
        };
        let patience = patience.map(|patience| single("patience", patience.single()));
        let count = rows.count();
        let agents = agents.spread(count).into_iter();
        Ok(Self {
            interval: single("interval", interval.single())?,
            calls: calls.spread(count),
            aht: aht.spread(count),
            agents: agents
                .map(|heads| whole("agents", heads))
                .collect::<Result<_>>()?,
            patience: patience.transpose()?,
        })
    }

    fn work(&self) -> Result<DayWork<'_>> {
        let day = DayWork::new(self.interval, &self.calls, &self.aht)?;
        Ok(match self.patience {
            Some(patience) => day.with_patience(patience)?,
            None => day,
        })
    }
}

/// A number of people.
pub(super) fn whole(argument: &str, value: f64) -> Result<u32> {
    if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // the range was checked
        return Ok(value as u32);
    }
    let message = format!("argument {argument} must be a whole number from 0, given {value}");
    Err(Failure::new("value.out_of_range", message))
}

/// A queue over a day with what each interval leaves to the next, one row for each interval,
/// from empty at the start: ``waiting_probability``, ``abandonment``, ``service_level`` by
/// ``rule``, ``mean_queue``, ``mean_busy``, ``abandons``, ``in_system_at_end``.
///
/// Computed exactly for exponential times; when operators leave, calls beyond those who stay go
/// back to the head of the queue. Single numbers hold for all intervals.
///
/// >>> import floorwalker as fw
/// >>> course = fw.staffing.carry_over([150, 80], "3m", 12, interval="30m", patience="5m", rule="offered(20s)")
/// >>> [round(row["in_system_at_end"], 1) for row in course.to_dicts()][0] > 14
/// True
#[pyfunction]
#[pyo3(signature = (calls, aht, agents, *, interval, rule, patience = None))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn carry_over(
    py: Python<'_>,
    calls: Figures<'_>,
    aht: Seconds<'_>,
    agents: Figures<'_>,
    interval: Seconds<'_>,
    rule: Given<'_, Rule>,
    patience: Option<Seconds<'_>>,
) -> PyResult<Table> {
    let day = Day::read(&calls, &aht, &agents, &interval, patience.as_ref())?;
    let Rule(rule) = rule.read("rule")?;
    compute(py, || {
        let course = library::carry_over(&day.work()?, &day.agents, &rule)?;
        let figures = course.figures();
        let all = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
        let table = TableBuilder::new()
            .float("waiting_probability", all(&figures.waiting_probability))
            .float("abandonment", figures.abandonment.clone())
            .float("service_level", figures.service_level.clone())
            .float("mean_queue", figures.mean_queue.clone())
            .float("mean_busy", all(&figures.mean_busy))
            .float("abandons", all(course.abandons()))
            .float("in_system_at_end", all(course.in_system_at_end()));
        Ok(Table::from(table.finish()?))
    })
}

/// How likely the measured service level reaches its target when the forecast may be off: a
/// table with ``expected_level`` and ``probability`` of each interval, and the probability of
/// the day as a whole.
///
/// ``day_error`` and ``interval_error`` are coefficients of variation: that of the day as a
/// whole, and that of an interval beside it. In a busy centre the true probabilities are nearer
/// to a half, as calls in one queue are not independent.
///
/// >>> import floorwalker as fw
/// >>> table, day = fw.staffing.attainment([100] * 20, "3m", 13, interval="30m", patience="2m", target="80/20",
/// ...                                     day_error=0.15, interval_error=0.05)
/// >>> len(table), 0.5 < day < 0.95
/// (20, True)
#[pyfunction]
#[pyo3(signature = (
    calls, aht, agents, *, interval, target, rule = None, patience = None, day_error = None,
    interval_error = None,
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn attainment(
    py: Python<'_>,
    calls: Figures<'_>,
    aht: Seconds<'_>,
    agents: Figures<'_>,
    interval: Seconds<'_>,
    target: Given<'_, Named<Target>>,
    rule: Option<Given<'_, RuleName>>,
    patience: Option<Seconds<'_>>,
    day_error: Option<Given<'_, Ratio>>,
    interval_error: Option<Given<'_, Ratio>>,
) -> PyResult<(Table, f64)> {
    let day = Day::read(&calls, &aht, &agents, &interval, patience.as_ref())?;
    let Named(target) = target.read("target")?;
    let rule: ServiceLevel = level(&target, optional("rule", rule.as_ref())?)?;
    let of_day = part("day_error", day_error.as_ref())?;
    let of_interval = part("interval_error", interval_error.as_ref())?;
    compute(py, || {
        let error = ForecastError::new(of_day, of_interval)?;
        let found = library::attainment(&day.work()?, &day.agents, &rule, share(&target), error)?;
        let each = || found.intervals.iter();
        let table = TableBuilder::new()
            .float("expected_level", each().map(|one| one.expected_level))
            .float("probability", each().map(|one| Some(one.probability)));
        Ok((Table::from(table.finish()?), found.day.probability))
    })
}
