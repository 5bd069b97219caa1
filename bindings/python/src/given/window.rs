//! Windows: from one instant or date up to, but without, another.

use chrono::NaiveDate;
use floorwalker::time::{Span, Zone};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateAccess, PyDateTime, PyString, PyTuple};

use super::{Argument, Instant, convert, hint};
use crate::errors::{Failure, Result};

/// A half-open stretch of time, by instants or by local dates.
pub(crate) enum Window {
    Instants(Span),
    Dates(NaiveDate, NaiveDate),
}

impl Argument for Window {
    hint!("Window");

    const ALLOWED: &'static str = "a pair of instants with their zone, or of dates such as \
                                   ('2026-03-02', '2026-03-09'); the second is not part of it";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pair) = value.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() else {
            return Ok(None);
        };
        if !value.is_instance_of::<PyTuple>() && !value.is_instance_of::<pyo3::types::PyList>() {
            return Ok(None);
        }
        if let (Some(first), Some(last)) = (date(&pair.0)?, date(&pair.1)?) {
            return Ok(Some(Self::Dates(first, last)));
        }
        let [Instant(start), Instant(end)] = [convert("start", &pair.0)?, convert("end", &pair.1)?];
        Ok(Some(Self::Instants(Span::new(start, end)?)))
    }
}

/// A date, if it is one and no datetime.
fn date(value: &Bound<'_, PyAny>) -> Result<Option<NaiveDate>> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_cow()?.parse().ok());
    }
    if value.is_instance_of::<PyDateTime>() {
        return Ok(None);
    }
    let Ok(date) = value.cast::<PyDate>() else {
        return Ok(None);
    };
    let (month, day) = (date.get_month().into(), date.get_day().into());
    Ok(NaiveDate::from_ymd_opt(date.get_year(), month, day))
}

impl Window {
    /// The span on the clock of `zone`: dates begin with their local day.
    pub(crate) fn span(self, zone: &Zone) -> Result<Span> {
        let (first, last) = match self {
            Self::Instants(span) => return Ok(span),
            Self::Dates(first, last) => (first, last),
        };
        let start = |date: NaiveDate| {
            zone.start_of_day(date).ok_or_else(|| {
                let message = format!("argument window: {date} does not exist in {zone}");
                Failure::new("local_time.missing", message)
            })
        };
        Ok(Span::from_millis(start(first)?, start(last)?)?)
    }
}
