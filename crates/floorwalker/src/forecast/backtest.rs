//! Forecasts of days that have passed, from what was known before them.

use super::accuracy::Accuracy;
use super::history::History;
use super::model::{DayModel, ModelSettings};
use crate::error::{Error, Result};

/// The accuracy of forecasts of `horizon` days, made `times` times, each time from the
/// days before alone; the last ends with the history, and each begins half a horizon
/// before the next, at least a day. `None` if there are fewer than twice the horizon of days.
///
/// ```
/// use chrono::{Days, NaiveDate};
/// use floorwalker::forecast::{History, ModelSettings, PastDay, backtest};
///
/// let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
/// let days = (0..28).map(|day| PastDay::new(monday + Days::new(day), vec![20, 10]));
/// let history = History::new(days.collect())?;
/// let accuracy = backtest(&history, ModelSettings::default(), 7, 3)?.unwrap();
/// assert!(accuracy.wape().unwrap() < 1e-12); // every day is the same
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` for a horizon of 0 or settings out of range.
pub fn backtest(
    history: &History,
    settings: ModelSettings,
    horizon: usize,
    times: usize,
) -> Result<Option<Accuracy>> {
    let days = history.days();
    if horizon == 0 {
        return Err(Error::range("horizon in days", 1, days.len(), horizon));
    }
    let step = (horizon / 2).max(1);
    let mut sums: Option<Accuracy> = None;
    for time in 0..times {
        let Some(origin) = days
            .len()
            .checked_sub(horizon + step * time)
            .filter(|&origin| origin >= horizon)
        else {
            break;
        };
        let model = DayModel::fit(&history.until(origin), settings)?;
        for day in &days[origin..origin + horizon] {
            let actual: Vec<f64> = day.calls.iter().map(|&calls| f64::from(calls)).collect();
            let accuracy = Accuracy::of(&actual, model.day(day.date, &day.class).calls())?;
            sums = Some(sums.unwrap_or_default().merge(accuracy));
        }
    }
    Ok(sums)
}
