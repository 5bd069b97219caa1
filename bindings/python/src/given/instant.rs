//! Instants: aware datetimes of every kind, and text with an offset.

use chrono::{DateTime, Datelike, Timelike, Utc};
use floorwalker::time::{Zone, instant};
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDelta, PyDeltaAccess, PyString, PyTzInfo};

use super::{Argument, hint};
use crate::errors::{Failure, Result};

/// An instant.
#[derive(Default)]
pub(crate) struct Instant(pub(crate) DateTime<Utc>);

impl Argument for Instant {
    hint!("Instant");

    const ALLOWED: &'static str = "an instant: a datetime with a time zone, or text with an offset \
                                   such as '2026-03-02T10:00+01:00'";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(text) = value.cast::<PyString>() {
            return parse(&text.to_cow()?).map(|at| Some(Self(at)));
        }
        match value.cast::<PyDateTime>() {
            // What differs from itself is "not a time" of pandas.
            Ok(datetime) if datetime.eq(datetime)? => {
                from_datetime(datetime).map(|at| Some(Self(at)))
            }
            _ => Ok(None),
        }
    }
}

/// Text as in ISO 8601, seconds optional, with an offset.
pub(crate) fn parse(text: &str) -> Result<DateTime<Utc>> {
    let whole = text.trim().replacen(' ', "T", 1);
    let whole = match whole.strip_suffix(['Z', 'z']) {
        Some(local) => format!("{local}+00:00"),
        None => whole,
    };
    let read = DateTime::parse_from_rfc3339(&whole)
        .or_else(|_| DateTime::parse_from_str(&whole, "%Y-%m-%dT%H:%M%:z"));
    read.map(|at| at.with_timezone(&Utc)).map_err(|_| {
        let message = format!(
            "an instant is written with its offset, as in '2026-03-02T10:00+01:00', given {text:?}"
        );
        Failure::new("name.invalid", message)
    })
}

/// Python resolves the zone, and so the two meanings of a local time that exists twice (`fold`).
/// One that does not exist it shifts without a word: it is found by converting back.
fn from_datetime(given: &Bound<'_, PyDateTime>) -> Result<DateTime<Utc>> {
    let py = given.py();
    let zone = given.getattr("tzinfo")?;
    if given.call_method0("utcoffset")?.is_none() {
        let message = format!(
            "a datetime needs a time zone, given {given} without one: \
             set tzinfo, for example to zoneinfo.ZoneInfo('Europe/Rome')"
        );
        return Err(Failure::new("name.invalid", message));
    }
    let utc = given.call_method1("astimezone", (PyTzInfo::utc(py)?,))?;
    let back = utc.call_method1("astimezone", (zone,))?;
    let wall = |at: &Bound<'_, PyAny>| at.call_method0("isoformat").map(|text| wall_part(&text));
    if wall(given.as_any())? != wall(&back)? {
        let message = format!("local time {given} does not exist in its zone, which shows {back}");
        return Err(Failure::new("local_time.missing", message));
    }
    let epoch = PyDateTime::new(
        py,
        1970,
        1,
        1,
        0,
        0,
        0,
        0,
        Some(&PyTzInfo::utc(py)?.to_owned()),
    )?;
    let since = utc.sub(epoch)?;
    let since = since.cast::<PyDelta>().map_err(PyErr::from)?;
    let seconds = i64::from(since.get_days()) * 86_400 + i64::from(since.get_seconds());
    let micros = u32::try_from(since.get_microseconds()).unwrap_or(0);
    let at = DateTime::from_timestamp(seconds, micros * 1000);
    at.ok_or_else(|| Failure::new("value.out_of_range", format!("{given} is out of range")))
}

/// Date and time of an ISO text, without the offset at its end.
fn wall_part(text: &Bound<'_, PyAny>) -> String {
    text.to_string().chars().take(19).collect()
}

/// An instant as a datetime in UTC.
pub(crate) fn utc_datetime<'py>(
    py: Python<'py>,
    at: DateTime<Utc>,
) -> PyResult<Bound<'py, PyDateTime>> {
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    PyDateTime::new(
        py,
        at.year(),
        small(at.month()),
        small(at.day()),
        small(at.hour()),
        small(at.minute()),
        small(at.second()),
        at.timestamp_subsec_micros(),
        Some(&PyTzInfo::utc(py)?.to_owned()),
    )
}

/// An instant as a datetime on the clock of a zone, in UTC where Python has no data for it.
pub(crate) fn local_datetime<'py>(
    py: Python<'py>,
    ms: i64,
    zone: &Zone,
) -> PyResult<Bound<'py, PyDateTime>> {
    let at = instant(ms)
        .ok_or_else(|| Failure::new("value.out_of_range", format!("{ms} ms is out of range")))?;
    let clock = py
        .import("floorwalker._tables")?
        .call_method1("clock", (zone.name(),))?;
    let shown = utc_datetime(py, at)?.call_method1("astimezone", (clock,))?;
    Ok(shown.cast_into::<PyDateTime>()?)
}
