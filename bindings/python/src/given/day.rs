//! Dates.

use chrono::NaiveDate;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateAccess, PyDateTime, PyString};

use super::{Argument, hint};
use crate::errors::{Failure, Result};

/// A date.
#[derive(Clone, Copy)]
pub(crate) struct Day(pub(crate) NaiveDate);

impl Argument for Day {
    hint!("Day");

    const ALLOWED: &'static str = "a date, or text such as '2026-03-02'";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(text) = value.cast::<PyString>() {
            let text = text.to_cow()?;
            return text.parse().map(|date| Some(Self(date))).map_err(|_| {
                let message = format!("a date is written as in '2026-03-02', given {text:?}");
                Failure::new("name.invalid", message)
            });
        }
        if value.is_instance_of::<PyDateTime>() {
            return Ok(None);
        }
        let Ok(date) = value.cast::<PyDate>() else {
            return Ok(None);
        };
        let (month, day) = (date.get_month().into(), date.get_day().into());
        Ok(NaiveDate::from_ymd_opt(date.get_year(), month, day).map(Self))
    }
}

/// A date of Python.
pub(crate) fn py_date<'py>(py: Python<'py>, date: NaiveDate) -> PyResult<Bound<'py, PyDate>> {
    use chrono::Datelike;
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    PyDate::new(py, date.year(), small(date.month()), small(date.day()))
}
