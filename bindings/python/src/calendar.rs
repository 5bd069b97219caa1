//! Business time: when a place is open, and how much open time lies between two instants.

mod questions;
mod week;

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::time::Zone;
use floorwalker::time::business::{Calendar, Hours, Timeline};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime};

use crate::column::{Durations, Instants};
use crate::errors::{Failure, Result, compute};
use crate::given::{
    Argument, Choice, Day, Described, Duration, Ends, Given, Instance, Instant, Scope, Window,
    ZoneName, convert, hint, local_datetime, optional, py_date,
};
use crate::holidays::{AsHolidays, PyHolidays};
use crate::output::{AnyColumn, AnyDict};
use crate::record::{self, Plain};
use crate::rule::quoted;
use questions::Naive;
use week::{Dated, Week};

/// When a place is open: the windows of a normal week, holidays, other windows on some dates,
/// breaks; in a time zone.
///
/// * ``hours``: a dict from weekdays (``mon`` to ``sun``, ranges such as ``mon-fri``,
///   ``every_day``) to one window such as ``"09:00-17:00"`` or several; a window whose end comes
///   before its start goes over midnight, and ``24:00`` is the end of a day
/// * ``holidays``: ``Holidays``, ``"IT"``, a list of dates, or a dict from dates to names
/// * ``overrides``: other windows on some dates, an empty list to stay closed; a holiday closes
///   the date all the same unless ``override_beats_holiday``
/// * ``breaks`` and ``weekly_breaks``: windows that are taken away, by date and by weekday
/// * ``holiday_scope``: a holiday closes its ``calendar_day`` from midnight to midnight, or the
///   shifts that open on it (``opening_day``)
/// * ``boundaries``: the ends of windows on the night of a clock change, ``compatible`` with
///   RFC 5545 or by the ``wall_clock``
///
/// Elapsed time is real time: a day that is open all around counts 23, 24 or 25 hours. Questions
/// take single instants, or columns of polars, pandas, numpy or pyarrow, or lists, and answer in
/// kind; a value beside a column holds for every row. Columns without a time zone, as those of
/// numpy, need ``naive``: the zone whose clock they show.
///
/// >>> import floorwalker as fw
/// >>> office = fw.Calendar("Europe/Rome", {"mon-fri": ["09:00-13:00", "14:00-18:00"]}, holidays="IT")
/// >>> office.elapsed("2026-06-01T17:00+02:00", "2026-06-03T10:00+02:00")  # 2 June is a holiday
/// datetime.timedelta(seconds=7200)
/// >>> str(office.add("2026-06-01T17:00+02:00", "2h"))
/// '2026-06-03 10:00:00+02:00'
/// >>> office.is_open(["2026-06-01T17:00+02:00", "2026-06-02T17:00+02:00"])
/// [True, False]
#[pyclass(frozen, name = "Calendar", module = "floorwalker")]
pub(crate) struct PyCalendar(pub(crate) Timeline);

impl PyCalendar {
    fn of(hours: impl Into<Hours>) -> Self {
        Self(Timeline::new(hours))
    }

    fn clock(&self) -> &Zone {
        self.0.hours().zone()
    }

    fn joined(
        &self,
        other: &Given<'_, Instance<Self>>,
        join: fn([Hours; 2]) -> floorwalker::Result<Hours>,
    ) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        let parts = [self.0.hours().clone(), other.get().0.hours().clone()];
        Ok(Self::of(join(parts).map_err(Failure::from)?))
    }
}

#[pymethods]
impl PyCalendar {
    #[new]
    #[pyo3(
        signature = (
            zone, hours, *, holidays = None, overrides = None, breaks = None, weekly_breaks = None,
            override_beats_holiday = false, holiday_scope = Choice::or("calendar_day"),
            boundaries = Choice::or("compatible"),
        ),
        text_signature = "(zone, hours, *, holidays=None, overrides=None, breaks=None, weekly_breaks=None, \
                          override_beats_holiday=False, holiday_scope='calendar_day', boundaries='compatible')"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn new(
        py: Python<'_>,
        zone: Given<'_, ZoneName>,
        hours: Given<'_, Week>,
        holidays: Option<Given<'_, AsHolidays>>,
        overrides: Option<Given<'_, Dated>>,
        breaks: Option<Given<'_, Dated>>,
        weekly_breaks: Option<Given<'_, Week>>,
        override_beats_holiday: bool,
        holiday_scope: Choice<'_, Scope>,
        boundaries: Choice<'_, Ends>,
    ) -> PyResult<Self> {
        let ZoneName(zone) = zone.read("zone")?;
        let week = hours.read("hours")?.hours();
        let week = week.map_err(|failure| failure.about("hours"))?;
        let holidays = optional("holidays", holidays.as_ref())?;
        let overrides = optional("overrides", overrides.as_ref())?;
        let breaks = optional("breaks", breaks.as_ref())?;
        let weekly_breaks = optional("weekly_breaks", weekly_breaks.as_ref())?;
        let Scope(scope) = holiday_scope.read("holiday_scope")?;
        let Ends(boundaries) = boundaries.read("boundaries")?;
        compute(py, || {
            let overrides = overrides.map(|Dated(dates)| dates).unwrap_or_default();
            let opens = overrides.values().any(|windows| !windows.is_empty());
            let mut calendar = if week.is_empty() && opens {
                Calendar::closed(zone)
            } else {
                Calendar::new(zone, week)?
            };
            calendar = calendar
                .with_override_beating_holiday(override_beats_holiday)
                .with_holiday_scope(scope)
                .with_boundaries(boundaries);
            if let Some(AsHolidays(holidays)) = holidays {
                calendar = calendar.with_holidays(holidays);
            }
            for (date, windows) in &overrides {
                calendar = calendar.with_override(*date, windows)?;
            }
            for (date, windows) in breaks.into_iter().flat_map(|Dated(dates)| dates) {
                calendar = calendar.with_breaks(date, &windows)?;
            }
            for (day, windows) in weekly_breaks.into_iter().flat_map(Week::days) {
                calendar = calendar.with_weekly_breaks(day, &windows)?;
            }
            Ok(Self::of(calendar))
        })
    }

    /// Open around the clock, every day.
    #[staticmethod]
    #[pyo3(signature = (zone, /))]
    fn always_open(zone: Given<'_, ZoneName>) -> PyResult<Self> {
        let ZoneName(zone) = zone.read("zone")?;
        Ok(Self::of(Calendar::always_open(zone)))
    }

    /// Never open: for joining with others.
    #[staticmethod]
    #[pyo3(signature = (zone, /))]
    fn closed(zone: Given<'_, ZoneName>) -> PyResult<Self> {
        let ZoneName(zone) = zone.read("zone")?;
        Ok(Self::of(Calendar::closed(zone)))
    }

    /// Hours that change: ``first``, and from the instant of each pair of ``changes`` on the
    /// calendar of that pair. What was elapsed before a change stays.
    #[staticmethod]
    #[pyo3(signature = (first, changes))]
    fn versions(first: Given<'_, Instance<Self>>, changes: Given<'_, Changes>) -> PyResult<Self> {
        let Instance(first) = first.read("first")?;
        let Changes(changes) = changes.read("changes")?;
        let hours = Hours::versions(first.get().0.hours().clone(), changes);
        Ok(Self::of(hours.map_err(Failure::from)?))
    }

    /// Hours from plain objects or from their text in JSON, as ``to_dict`` and ``to_json``
    /// make them; also one calendar alone, with ``zone``, ``hours`` and so on.
    #[staticmethod]
    #[pyo3(signature = (record, /))]
    fn from_json(py: Python<'_>, record: Given<'_, Plain>) -> PyResult<Self> {
        let value = record.read("record")?.or_json();
        let value = value.map_err(|failure| failure.about("record"))?;
        compute(py, || {
            let hours = if value.get("zone").is_some() {
                record::read::<Calendar>(value).map(Hours::from)
            } else {
                record::read::<Hours>(value)
            };
            Ok(Self::of(hours.map_err(|failure| failure.about("record"))?))
        })
    }

    /// The hours as plain objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, self.0.hours())
    }

    /// The hours as a text in JSON.
    fn to_json(&self) -> PyResult<String> {
        Ok(record::text(self.0.hours())?)
    }

    /// The name of the time zone; of joined hours, that of the first.
    #[getter]
    fn zone(&self) -> &str {
        self.clock().name()
    }

    /// The holidays, if these are the hours of one calendar.
    #[getter]
    fn holidays(&self) -> PyResult<Option<PyHolidays>> {
        let value = record::value(self.0.hours())?;
        let Some(calendar) = value.get("calendar") else {
            return Ok(None);
        };
        let calendar: Calendar = record::read(calendar.clone())?;
        Ok(Some(PyHolidays(calendar.holidays().clone())))
    }

    /// Whether the place is open.
    #[pyo3(signature = (at, /, *, naive = None))]
    fn is_open<'py>(
        &self,
        py: Python<'py>,
        at: Instants<'py>,
        naive: Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        self.is_open_of(py, &at, &naive)
    }

    /// The instant itself if the place is open, otherwise when it opens; ``None`` if it never does.
    #[pyo3(signature = (at, /, *, naive = None))]
    fn next_open<'py>(
        &self,
        py: Python<'py>,
        at: Instants<'py>,
        naive: Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        self.instant_of(py, &at, &naive, Timeline::next_open_ms)
    }

    /// The latest instant until which the place was open, not after the given one; ``None`` if
    /// there is none.
    #[pyo3(signature = (at, /, *, naive = None))]
    fn prev_open<'py>(
        &self,
        py: Python<'py>,
        at: Instants<'py>,
        naive: Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        self.instant_of(py, &at, &naive, Timeline::prev_open_ms)
    }

    /// When the window closes that is open, or that opens next; ``None`` if there is none.
    #[pyo3(signature = (at, /, *, naive = None))]
    fn next_close<'py>(
        &self,
        py: Python<'py>,
        at: Instants<'py>,
        naive: Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        self.instant_of(py, &at, &naive, Timeline::next_close_ms)
    }

    /// How much open time lies between two instants; negative if the second is the earlier.
    #[pyo3(signature = (start, end, /, *, naive = None))]
    fn elapsed<'py>(
        &self,
        py: Python<'py>,
        start: Instants<'py>,
        end: Instants<'py>,
        naive: Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        self.elapsed_of(py, (&start, &end), &naive)
    }

    /// When so much open time has passed. In a column, no value where the place does not open
    /// for so long; of single values, an error.
    ///
    /// An amount that runs out exactly at closing gives the closing; see ``reopens``.
    #[pyo3(signature = (start, amount, /, *, naive = None))]
    fn add<'py>(
        &self,
        py: Python<'py>,
        start: Instants<'py>,
        amount: Durations<'py>,
        naive: Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        self.add_of(py, (&start, &amount), &naive)
    }

    /// Until when no more than so much open time has passed: later than the answer of ``add``
    /// where that is a closing, namely the next opening. ``None`` if it never opens again.
    #[pyo3(signature = (start, amount, /))]
    fn reopens<'py>(
        &self,
        py: Python<'py>,
        start: Given<'py, Instant>,
        amount: Given<'py, Duration>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let floorwalker::time::business::Due { reopen_ms, .. } = self
            .0
            .add_ms(
                start.read("start")?.0.timestamp_millis(),
                amount.read("amount")?.0.num_milliseconds(),
            )
            .map_err(Failure::from)?;
        reopen_ms
            .map(|ms| local_datetime(py, ms, self.clock()))
            .transpose()
    }

    /// The latest instant from which so much open time passes until the given one. In a
    /// column, no value where there was not so much; of single values, an error.
    #[pyo3(signature = (end, amount, /, *, naive = None))]
    fn sub<'py>(
        &self,
        py: Python<'py>,
        end: Instants<'py>,
        amount: Durations<'py>,
        naive: Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        self.sub_of(py, (&end, &amount), &naive)
    }

    /// The open windows of a stretch of time, as pairs of instants, cut at its ends.
    ///
    /// ``window`` is a pair of instants, or of dates of which the second is not part.
    #[pyo3(signature = (window, /))]
    fn windows<'py>(
        &self,
        py: Python<'py>,
        window: Given<'py, Window>,
    ) -> PyResult<Vec<(Bound<'py, PyDateTime>, Bound<'py, PyDateTime>)>> {
        let zone = self.clock();
        let span = window.read("window")?.span(zone)?;
        let windows = self.0.windows(span).map(|open| {
            Ok((
                local_datetime(py, open.start_ms(), zone)?,
                local_datetime(py, open.end_ms(), zone)?,
            ))
        });
        windows.collect()
    }

    /// Whether a window opens on a date.
    #[pyo3(signature = (date, /))]
    fn is_business_day(&self, date: Given<'_, Day>) -> PyResult<bool> {
        let Day(date) = date.read("date")?;
        Ok(self.0.is_business_day(date))
    }

    /// The business day so many after (or before) a date, which itself is never counted.
    #[pyo3(signature = (date, days, /))]
    fn add_business_days<'py>(
        &self,
        py: Python<'py>,
        date: Given<'py, Day>,
        days: i64,
    ) -> PyResult<Bound<'py, PyDate>> {
        let Day(date) = date.read("date")?;
        let found = self.0.add_business_days(date, days);
        py_date(py, found.map_err(Failure::from)?)
    }

    /// How many business days lie after the first date and not after the second.
    #[pyo3(signature = (start, end, /))]
    fn business_days_between(&self, start: Given<'_, Day>, end: Given<'_, Day>) -> PyResult<i64> {
        let (Day(start), Day(end)) = (start.read("start")?, end.read("end")?);
        Ok(self.0.business_days_between(start, end))
    }

    /// The business days from one date up to, but without, another.
    #[pyo3(signature = (start, end, /))]
    fn business_days<'py>(
        &self,
        py: Python<'py>,
        start: Given<'py, Day>,
        end: Given<'py, Day>,
    ) -> PyResult<Vec<Bound<'py, PyDate>>> {
        let (Day(start), Day(end)) = (start.read("start")?, end.read("end")?);
        let dates = start.iter_days().take_while(|date| *date < end);
        let open = dates.filter(|date| self.0.is_business_day(*date));
        open.map(|date| py_date(py, date)).collect()
    }

    /// The same time of day so many business days later (or earlier), moved to when the place
    /// is open.
    #[pyo3(signature = (start, days, /))]
    fn add_days<'py>(
        &self,
        py: Python<'py>,
        start: Given<'py, Instant>,
        days: i64,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        let start = start.read("start")?.0.timestamp_millis();
        let at = self.0.add_days_ms(start, days).map_err(Failure::from)?;
        local_datetime(py, at, self.clock())
    }

    /// When the last window of a date closes; ``None`` if none opens on it.
    #[pyo3(signature = (date, /))]
    fn closing<'py>(
        &self,
        py: Python<'py>,
        date: Given<'py, Day>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let Day(date) = date.read("date")?;
        let closing = self.0.closing_ms(date);
        closing
            .map(|ms| local_datetime(py, ms, self.clock()))
            .transpose()
    }

    fn __or__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        self.joined(&other, Hours::any_of)
    }

    fn __and__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        self.joined(&other, Hours::all_of)
    }

    fn __ror__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        self.joined(&other, |[last, first]| Hours::any_of([first, last]))
    }

    fn __rand__(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        self.joined(&other, |[last, first]| Hours::all_of([first, last]))
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("Calendar.from_json({})", quoted(&self.to_json()?)))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let same = |other: &Bound<'_, Self>| other.get().0.hours() == self.0.hours();
        other.cast::<Self>().is_ok_and(same)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        self.to_json()?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = slf.get().to_json()?;
        Ok((slf.get_type().getattr("from_json")?, (text,)))
    }
}

impl Described for PyCalendar {
    const ALLOWED: &'static str = "a Calendar";
}

/// From which instants on other hours hold.
struct Changes(Vec<(i64, Hours)>);

impl Argument for Changes {
    hint!("CalendarChanges");

    const ALLOWED: &'static str = "a list of pairs of an instant and a Calendar";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.extract::<Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)>>() else {
            return Ok(None);
        };
        let changes = pairs.iter().map(|(from, calendar)| {
            let Instant(from) = convert("changes", from)?;
            let Instance(calendar) = convert::<Instance<PyCalendar>>("changes", calendar)?;
            let hours = calendar.get().0.hours().clone();
            Ok((from.timestamp_millis(), hours))
        });
        Ok(Some(Self(changes.collect::<Result<_>>()?)))
    }
}

/// Calendars by their names.
pub(crate) struct Calendars(pub(crate) Vec<(floorwalker::id::CalendarId, Timeline)>);

impl Argument for Calendars {
    hint!("Calendars");

    const ALLOWED: &'static str = "a dict from names to Calendars";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.cast::<pyo3::types::PyDict>() else {
            return Ok(None);
        };
        let mut calendars = Vec::new();
        for (name, calendar) in pairs.iter() {
            let Ok(name) = name.extract::<String>() else {
                return Ok(None);
            };
            let Instance(calendar) = convert::<Instance<PyCalendar>>("calendars", &calendar)?;
            let name = floorwalker::id::CalendarId::new(&name)?;
            calendars.push((name, calendar.get().0.clone()));
        }
        Ok(Some(Self(calendars)))
    }
}
