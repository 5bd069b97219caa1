//! Sets of holidays.

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::time::business::{Holidays, ical, italy};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyList, PyMapping, PyString, PyTuple};

use crate::errors::{Failure, Result, compute};
use crate::given::{Argument, Day, Described, Given, Instance, Words, convert, hint, py_date};
use crate::output::AnyDict;
use crate::record::{self, Plain};
use crate::rule::quoted;

/// Days on which a place is closed: single dates, and rules for every year.
///
/// ``dates`` is a list of dates or a dict from dates to names; the holidays of the package of
/// that name on the package index are such a dict.
///
/// >>> import floorwalker as fw
/// >>> milan = fw.Holidays.italy(patron="Milano") | fw.Holidays({"2026-12-24": "half the team is off"})
/// >>> milan.name_on("2026-12-07"), "2026-12-24" in milan, "2026-12-23" in milan
/// ("Sant'Ambrogio", True, False)
#[pyclass(frozen, name = "Holidays", module = "floorwalker")]
pub(crate) struct PyHolidays(pub(crate) Holidays);

#[pymethods]
impl PyHolidays {
    #[new]
    #[pyo3(signature = (dates, /))]
    fn new(dates: Given<'_, AsHolidays>) -> PyResult<Self> {
        Ok(Self(dates.read("dates")?.0))
    }

    /// The national holidays of Italy in every year, from 2026 on with 4 October.
    ///
    /// ``patron`` is a town whose own holiday is added, ``easter`` adds Easter Sunday.
    #[staticmethod]
    #[pyo3(signature = (*, patron = None, easter = false))]
    fn italy(patron: Option<Given<'_, Words>>, easter: bool) -> PyResult<Self> {
        let mut holidays = italy::national();
        if let Some(Words(town)) = crate::given::optional("patron", patron.as_ref())? {
            let rule = italy::patron(&town).map_err(Failure::from);
            let rule = rule.map_err(|failure| failure.about("patron"))?;
            holidays = holidays.with_rule(rule).map_err(Failure::from)?;
        }
        if easter {
            holidays = holidays.with_rule(italy::easter()).map_err(Failure::from)?;
        }
        Ok(Self(holidays))
    }

    /// The all-day events of a text in the iCalendar format, in the years of the pair
    /// ``years``, both included. What is not understood is a warning with its line.
    #[staticmethod]
    fn from_ical(py: Python<'_>, text: Given<'_, Words>, years: (i32, i32)) -> PyResult<Self> {
        let Words(text) = text.read("text")?;
        let (holidays, findings) = compute(py, || {
            let events = ical::read(&text, years.0..=years.1)?;
            Ok((events.holidays()?, events.findings))
        })?;
        let warnings = py.import("warnings")?;
        for finding in findings {
            let message = format!("line {}: {}", finding.line, finding.why);
            warnings.call_method1("warn", (message,))?;
        }
        Ok(Self(holidays))
    }

    /// The name of the holiday on a date, ``None`` if it is none.
    #[pyo3(signature = (date, /))]
    fn name_on(&self, date: Given<'_, Day>) -> PyResult<Option<&str>> {
        let Day(date) = date.read("date")?;
        Ok(self.0.name_on(date))
    }

    /// All holidays from one date to another, both included, each with its name.
    fn between<'py>(
        &self,
        py: Python<'py>,
        first: Given<'py, Day>,
        last: Given<'py, Day>,
    ) -> PyResult<Vec<(Bound<'py, PyDate>, String)>> {
        let (Day(first), Day(last)) = (first.read("first")?, last.read("last")?);
        let found = self.0.between(first, last).into_iter();
        found
            .map(|(date, name)| Ok((py_date(py, date)?, name.to_owned())))
            .collect()
    }

    /// The set as plain objects, as JSON has them.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.0)
    }

    fn __contains__(&self, date: Given<'_, Day>) -> PyResult<bool> {
        let Day(date) = date.read("date")?;
        Ok(self.0.contains(date))
    }

    fn __or__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        let both = self.0.clone().with_all(other.get().0.clone());
        Ok(Self(both.map_err(Failure::from)?))
    }

    fn __ror__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        let both = other.get().0.clone().with_all(self.0.clone());
        Ok(Self(both.map_err(Failure::from)?))
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("Holidays({})", quoted(&record::text(&self.0)?)))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        record::text(&self.0)?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = record::text(&slf.get().0)?;
        Ok((slf.get_type().into_any(), (text,)))
    }
}

impl Described for PyHolidays {
    const ALLOWED: &'static str = "Holidays";
}

/// Anything that says which days are holidays.
pub(crate) struct AsHolidays(pub(crate) Holidays);

impl Argument for AsHolidays {
    hint!("HolidaysLike");

    const ALLOWED: &'static str = "Holidays, 'IT', a list of dates, or a dict from dates to names";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Some(Instance(holidays)) = Instance::<PyHolidays>::read(value)? {
            return Ok(Some(Self(holidays.get().0.clone())));
        }
        if let Ok(text) = value.cast::<PyString>() {
            return named(&text.to_cow()?).map(|holidays| Some(Self(holidays)));
        }
        if let Ok(pairs) = value.cast::<PyMapping>() {
            return from_mapping(pairs).map(|holidays| Some(Self(holidays)));
        }
        if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
            return Ok(None);
        }
        let dates = value
            .try_iter()?
            .map(|date| convert("dates", &date?).map(|Day(date)| date));
        Ok(Some(Self(Holidays::on(
            dates.collect::<Result<Vec<_>>>()?,
        )?)))
    }
}

/// A country whose holidays are known, or a set as JSON.
fn named(text: &str) -> Result<Holidays> {
    if text.trim_start().starts_with('{') {
        return Plain(text.into()).record("holidays");
    }
    match text {
        "IT" => Ok(italy::national()),
        _ => Err(Failure::new(
            "name.unknown",
            format!("the holidays of {text:?} are not known, only those of 'IT': give their dates"),
        )),
    }
}

fn from_mapping(pairs: &Bound<'_, PyMapping>) -> Result<Holidays> {
    if pairs.contains("rules")? || pairs.contains("dates")? {
        return Plain::read(pairs.as_any())?
            .unwrap_or(Plain(serde_json::Value::Null))
            .record("holidays");
    }
    let mut holidays = Holidays::none();
    for pair in pairs.items()?.try_iter()? {
        let (date, name): (Bound<'_, PyAny>, String) = pair?.extract()?;
        let Day(date) = convert("date", &date)?;
        holidays = holidays.with_date(date, &name)?;
    }
    Ok(holidays)
}
