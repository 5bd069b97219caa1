//! Forecast: calls and handling times by interval, from what past days brought.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use floorwalker::forecast::{
    Accuracy, DayClass, DayModel, History, ModelSettings, PastDay, backtest as tested,
};
use floorwalker::time::business::Holidays;
use floorwalker::time::{Every, Grid, Interval, Zone};
use floorwalker_arrow::TableBuilder;
use pyo3::prelude::*;
use serde::Deserialize;

use crate::errors::{Failure, Result, compute};
use crate::given::{Choice, Day, Given, Named, Ratio, ZoneName, convert, optional};
use crate::holidays::AsHolidays;
use crate::numbers::{Figures, Rows};
use crate::records::Records;
use crate::table::Table;

/// What an interval of the past brought, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Past {
    at: DateTime<Utc>,
    calls: u32,
    #[serde(default)]
    handling_s: Option<u32>,
}

/// The clock of a forecast: how days are cut, and which are apart.
struct Clock {
    grid: Grid,
    step_ms: i64,
    holidays: Holidays,
}

impl Clock {
    fn new(zone: Zone, every: Every, holidays: Option<AsHolidays>) -> Result<Self> {
        let step_ms = every.step_ms().ok_or_else(|| {
            let message = format!("argument every must be below a day, given {every}");
            Failure::new("value.out_of_range", message)
        })?;
        let holidays = holidays.map_or_else(Holidays::default, |AsHolidays(days)| days);
        Ok(Self {
            grid: Grid::new(zone, every),
            step_ms,
            holidays,
        })
    }

    /// How many labels the clock has in a day.
    fn labels(&self) -> usize {
        usize::try_from(86_400_000 / self.step_ms).unwrap_or(0)
    }

    /// The place of an interval on the clock: on days with 25 hours two have the same.
    fn place(&self, interval: &Interval) -> usize {
        let secs = interval.local_start().num_seconds_from_midnight();
        usize::try_from(i64::from(secs) * 1000 / self.step_ms).unwrap_or(0)
    }

    /// The intervals of a date.
    fn day(&self, date: NaiveDate) -> Result<Vec<Interval>> {
        Ok(self.grid.days(date, date)?.iter().collect())
    }

    /// Past days: those with at least one row, from the first label to the last.
    fn history(&self, rows: &[Past]) -> Result<History> {
        let mut by_day: BTreeMap<NaiveDate, Vec<&Past>> = BTreeMap::new();
        for row in rows {
            let date = self.grid.zone().local_date_of_ms(row.at.timestamp_millis());
            by_day.entry(date).or_default().push(row);
        }
        let knows_handling = rows.iter().any(|row| row.handling_s.is_some());
        let days = by_day.into_iter().map(|(date, rows)| {
            let mut day = self.past(date, &rows)?;
            if !knows_handling {
                day.handling_secs.clear();
            }
            Ok(day)
        });
        Ok(History::new(days.collect::<Result<_>>()?)?)
    }

    /// One past day. Of two equal hours the first counts; a missing hour is like its neighbour.
    fn past(&self, date: NaiveDate, rows: &[&Past]) -> Result<PastDay> {
        let intervals = self.day(date)?;
        let mut calls: Vec<Option<u32>> = vec![None; self.labels()];
        let mut secs = vec![0.0; self.labels()];
        for interval in &intervals {
            let place = self.place(interval);
            if calls[place].is_some() {
                continue;
            }
            let span = interval.span();
            let inside = rows
                .iter()
                .filter(|row| span.contains_ms(row.at.timestamp_millis()));
            let (mut count, mut handling) = (0_u32, 0.0);
            for row in inside {
                count = count.saturating_add(row.calls);
                handling += f64::from(row.handling_s.unwrap_or(0));
            }
            (calls[place], secs[place]) = (Some(count), handling);
        }
        for place in 1..calls.len() {
            if calls[place].is_none() {
                (calls[place], secs[place]) = (calls[place - 1], secs[place - 1]);
            }
        }
        let calls = calls.into_iter().map(Option::unwrap_or_default).collect();
        let mut day = PastDay::new(date, calls);
        day.class = DayClass::of(date, &self.holidays)?;
        day.handling_secs = secs;
        Ok(day)
    }
}

/// Calls and handling times of coming days by interval, from what past days brought.
///
/// One row for each interval: ``start``, ``end``, expected ``calls``, the ``low`` and ``high``
/// between which they lie with the ``probability`` that was asked for, the mean handling time
/// ``aht_s`` if it is known, and whether days of this kind ``were_seen`` in the history.
///
/// * ``history``: a row for each past interval with ``at``, ``calls`` and, if known,
///   ``handling_s``, the seconds of handling of all its calls; an interval without a row brought
///   no calls, a day without one is left out
/// * ``days``: a pair of dates; the second is not part of it
/// * ``holidays``: as for ``Calendar``; they are compared with each other only
/// * settings of the model that do best on the history are taken, by a backtest over as many
///   days as are forecast
///
/// >>> import floorwalker as fw
/// >>> history = [{"at": f"2026-03-{day:02}T{hour:02}:00:00Z", "calls": 20 if hour == 9 else 10}
/// ...            for day in range(2, 30) for hour in (9, 10)]
/// >>> table = fw.forecast.predict(history, ("2026-03-30", "2026-03-31"), zone="UTC", every="1h")
/// >>> [(row["start"].hour, round(row["calls"])) for row in table.to_dicts() if row["calls"] > 1]
/// [(9, 20), (10, 10)]
#[pyfunction]
#[pyo3(
    signature = (history, days, *, zone, every = Choice::or("30m"), holidays = None, probability = None),
    text_signature = "(history, days, *, zone, every='30m', holidays=None, probability=None)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn predict(
    py: Python<'_>,
    history: Given<'_, Records>,
    days: (Bound<'_, PyAny>, Bound<'_, PyAny>),
    zone: Given<'_, ZoneName>,
    every: Choice<'_, Named<Every>>,
    holidays: Option<Given<'_, AsHolidays>>,
    probability: Option<Given<'_, Ratio>>,
) -> PyResult<Table> {
    let [Day(from), Day(until)] = [convert("days", &days.0)?, convert("days", &days.1)?];
    let (ZoneName(zone), Named(every)) = (zone.read("zone")?, every.read("every")?);
    let probability = optional("probability", probability.as_ref())?;
    let probability = probability.map_or(0.9, |Ratio(part)| part.to_f64());
    let past: Vec<Past> = history.read("history")?.read("history")?;
    let clock = Clock::new(zone, every, optional("holidays", holidays.as_ref())?)?;
    compute(py, || {
        let dates: Vec<NaiveDate> = from.iter_days().take_while(|date| *date < until).collect();
        let history = clock.history(&past)?;
        let model = DayModel::best(&history, dates.len().max(1))?;
        let mut rows = Vec::new();
        for date in dates {
            let day = model.day(date, &DayClass::of(date, &clock.holidays)?);
            let ranges = day.prediction_intervals(probability)?;
            for interval in clock.day(date)? {
                let place = clock.place(&interval);
                let figures = [day.calls()[place], ranges[place].0, ranges[place].1];
                rows.push((
                    interval,
                    figures,
                    day.aht_secs()[place],
                    day.class_was_seen(),
                ));
            }
        }
        let zone = clock.grid.zone().name();
        let starts = rows.iter().map(|row| Some(row.0.span().start_ms()));
        let ends = rows.iter().map(|row| Some(row.0.span().end_ms()));
        let table = TableBuilder::new()
            .instants("start", zone, starts)
            .instants("end", zone, ends)
            .float("calls", rows.iter().map(|row| Some(row.1[0])))
            .float("low", rows.iter().map(|row| Some(row.1[1])))
            .float("high", rows.iter().map(|row| Some(row.1[2])))
            .float("aht_s", rows.iter().map(|row| row.2))
            .flag("were_seen", rows.iter().map(|row| Some(row.3)));
        Ok(Table::from(table.finish()?))
    })
}

/// How good a forecast was: ``wape``, ``bias``, ``mape``, ``mae``, ``rmse``, ``smape``, ``mase``
/// over two columns, and how many intervals there were; ``None`` where nothing is defined.
///
/// ``lag`` is how many intervals before the naive forecast of the MASE lies.
///
/// >>> import floorwalker as fw
/// >>> figures = fw.forecast.accuracy([10, 20, 0], [12, 15, 1])
/// >>> round(figures["wape"], 4), round(figures["bias"], 4), figures["count"]
/// (0.2667, -0.0667, 3.0)
#[pyfunction]
#[pyo3(signature = (actual, forecast, *, lag = 1))]
pub(crate) fn accuracy<'py>(
    py: Python<'py>,
    actual: Figures<'py>,
    forecast: Figures<'py>,
    lag: usize,
) -> PyResult<BTreeMap<&'static str, Option<f64>>> {
    let mut rows = Rows::default();
    let actual = rows.read("actual", &actual)?;
    let forecast = rows.read("forecast", &forecast)?;
    let count = rows.count();
    compute(py, || {
        let (actual, forecast) = (actual.spread(count), forecast.spread(count));
        Ok(figures(&Accuracy::with_lag(&actual, &forecast, lag)?))
    })
}

/// How good forecasts of ``horizon`` days would have been, made ``times`` times from the days
/// before alone: the figures of ``accuracy``, or ``None`` with fewer than twice the horizon of
/// days. The history is told as for ``predict``; the usual settings are taken.
///
/// >>> import floorwalker as fw
/// >>> history = [{"at": f"2026-03-{day:02}T{hour:02}:00:00Z", "calls": hour} for day in range(1, 29) for hour in (9, 10)]
/// >>> fw.forecast.backtest(history, 7, zone="UTC", every="1h")["wape"] < 1e-9
/// True
#[pyfunction]
#[pyo3(
    signature = (history, horizon, *, zone, every = Choice::or("30m"), holidays = None, times = 3),
    text_signature = "(history, horizon, *, zone, every='30m', holidays=None, times=3)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn backtest(
    py: Python<'_>,
    history: Given<'_, Records>,
    horizon: usize,
    zone: Given<'_, ZoneName>,
    every: Choice<'_, Named<Every>>,
    holidays: Option<Given<'_, AsHolidays>>,
    times: usize,
) -> PyResult<Option<BTreeMap<&'static str, Option<f64>>>> {
    let (ZoneName(zone), Named(every)) = (zone.read("zone")?, every.read("every")?);
    let past: Vec<Past> = history.read("history")?.read("history")?;
    let clock = Clock::new(zone, every, optional("holidays", holidays.as_ref())?)?;
    compute(py, || {
        let history = clock.history(&past)?;
        let found = tested(&history, ModelSettings::default(), horizon, times)?;
        Ok(found.as_ref().map(figures))
    })
}

fn figures(accuracy: &Accuracy) -> BTreeMap<&'static str, Option<f64>> {
    #[allow(
        clippy::cast_precision_loss,
        reason = "numbers of intervals are far below 2^53"
    )]
    let count = |value: u64| Some(value as f64);
    BTreeMap::from([
        ("count", count(accuracy.count())),
        ("zero_actuals", count(accuracy.zero_actuals())),
        ("wape", accuracy.wape()),
        ("bias", accuracy.bias()),
        ("mape", accuracy.mape()),
        ("mae", accuracy.mae()),
        ("rmse", accuracy.rmse()),
        ("smape", accuracy.smape()),
        ("mase", accuracy.mase()),
    ])
}
