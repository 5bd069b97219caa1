//! Durations: text, timedeltas, numbers of seconds.

use chrono::TimeDelta;
use floorwalker::service::parse_duration;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDelta, PyDeltaAccess, PyFloat, PyString};

use super::{Argument, FromText, hint};
use crate::errors::{Failure, Result};

/// A duration in whole milliseconds.
pub(crate) struct Duration(pub(crate) TimeDelta);

impl Argument for Duration {
    hint!("Duration");

    const ALLOWED: &'static str =
        "a duration: text such as '20s' or '1m30s', a timedelta, or a number of seconds";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(text) = value.cast::<PyString>() {
            return Self::from_text(&text.to_cow()?);
        }
        if let Ok(delta) = value.cast::<PyDelta>() {
            return from_timedelta(delta).map(Some);
        }
        if value.is_instance_of::<PyBool>() {
            return Ok(None);
        }
        if let Ok(seconds) = value.cast::<PyFloat>() {
            return from_float(seconds.extract()?).map(Some);
        }
        from_ratio(value)
    }
}

impl FromText for Duration {
    fn from_text(text: &str) -> Result<Option<Self>> {
        Ok(Some(Self(parse_duration(text)?)))
    }
}

fn from_timedelta(delta: &Bound<'_, PyDelta>) -> Result<Duration> {
    let micros = i64::from(delta.get_microseconds());
    let (days, seconds) = (delta.get_days().into(), delta.get_seconds().into());
    let whole = TimeDelta::days(days) + TimeDelta::seconds(seconds);
    if micros % 1000 != 0 {
        return Err(not_whole(&format!("{} us", micros)));
    }
    Ok(Duration(whole + TimeDelta::microseconds(micros)))
}

/// Floats are rounded to the nearest millisecond: hardly any decimal fraction is one exactly.
fn from_float(seconds: f64) -> Result<Duration> {
    const LARGEST: f64 = 9e15;
    let ms = (seconds * 1000.0).round();
    if !(-LARGEST..=LARGEST).contains(&ms) {
        let message = format!("a duration must be a finite number of seconds, given {seconds}");
        return Err(Failure::new("value.out_of_range", message));
    }
    #[allow(clippy::cast_possible_truncation)] // the range was checked
    Ok(Duration(TimeDelta::milliseconds(ms as i64)))
}

/// Exact numbers (`int`, `Decimal`, `Fraction`) must be whole milliseconds.
fn from_ratio(value: &Bound<'_, PyAny>) -> Result<Option<Duration>> {
    if !value.hasattr("as_integer_ratio")? {
        return Ok(None);
    }
    let out_of_range = |_| {
        let message = format!("a duration must be a finite number of seconds, given {value}");
        Failure::new("value.out_of_range", message)
    };
    let ratio = value
        .call_method0("as_integer_ratio")
        .map_err(out_of_range)?;
    let (top, bottom): (i128, i128) = ratio.extract().map_err(out_of_range)?;
    let top = top
        .checked_mul(1000)
        .filter(|top| bottom != 0 && top % bottom == 0);
    let ms = top.ok_or_else(|| not_whole(&format!("{value} s")))? / bottom;
    let delta = i64::try_from(ms).ok().and_then(TimeDelta::try_milliseconds);
    match delta {
        Some(delta) => Ok(Some(Duration(delta))),
        None => Err(Failure::new(
            "value.out_of_range",
            format!("a duration must be below 292 million years, given {value} s"),
        )),
    }
}

fn not_whole(given: &str) -> Failure {
    let message = format!("a duration must be a whole number of milliseconds, given {given}");
    Failure::new("value.out_of_range", message)
}
