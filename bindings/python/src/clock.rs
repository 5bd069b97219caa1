//! Clocks of promises, and dates by which to act.

mod case;
mod survival;

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::TimeDelta;
use floorwalker::time::business::{Due, Timeline};
use floorwalker::time::clock::{Clock, Deadline, Pauses, Reading, Waiver, WaiverCause};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime, PyDelta};

pub(crate) use case::case_clocks;
pub(crate) use survival::PySurvival;

use crate::calendar::PyCalendar;
use crate::errors::{Failure, Result};
use crate::given::{
    Argument, Choice, Day, Described, Duration, Given, Instance, Instant, Ratio, Rolled, UnitOf,
    Words, convert, hint, local_datetime, optional, py_date,
};
use crate::output::{AnyDict, ExactFraction};
use crate::record::{self, Plain};
use crate::rule::{quoted, timedelta};

type Hours<'py> = Given<'py, Instance<PyCalendar>>;

fn timeline(calendar: &Hours<'_>) -> Result<Timeline> {
    let Instance(calendar) = calendar.read("calendar")?;
    Ok(calendar.get().0.clone())
}

/// One promise on one case: so much business time from a start, without pauses.
///
/// ``pauses`` are pairs of instants, the second ``None`` while a pause lasts; ``stop`` is when
/// the promised thing was done. A clock is breached when more than its target has elapsed, never
/// because now is after the due instant: with a target that runs out at closing on Friday, an
/// answer on Sunday is in time.
///
/// >>> import floorwalker as fw
/// >>> office = fw.Calendar("Europe/Rome", {"mon-fri": "09:00-17:00"})
/// >>> clock = fw.Clock("2026-06-05T15:00+02:00", "2h")
/// >>> reading = clock.reading(office, "2026-06-07T12:00+02:00")  # Sunday
/// >>> reading.state, reading.ratio, str(reading.due), str(reading.due_reopen)
/// ('running', Fraction(1, 1), '2026-06-05 17:00:00+02:00', '2026-06-08 09:00:00+02:00')
/// >>> clock.reading(office, "2026-06-08T09:00:01+02:00").state
/// 'breached'
#[pyclass(frozen, name = "Clock", module = "floorwalker")]
pub(crate) struct PyClock(Clock);

#[pymethods]
impl PyClock {
    #[new]
    #[pyo3(signature = (start, target, *, pauses = None, stop = None))]
    fn new(
        start: Given<'_, Instant>,
        target: Given<'_, Duration>,
        pauses: Option<Given<'_, AsPauses>>,
        stop: Option<Given<'_, Instant>>,
    ) -> PyResult<Self> {
        let (Instant(start), Duration(target)) = (start.read("start")?, target.read("target")?);
        let clock = Clock::new(start.timestamp_millis(), target.num_milliseconds());
        let mut clock = clock.map_err(Failure::from)?;
        if let Some(AsPauses(pauses)) = optional("pauses", pauses.as_ref())? {
            clock = clock.with_pauses(pauses);
        }
        if let Some(Instant(stop)) = optional("stop", stop.as_ref())? {
            let stopped = clock.with_stop(stop.timestamp_millis());
            clock = stopped.map_err(|error| Failure::from(error).about("stop"))?;
        }
        Ok(Self(clock))
    }

    /// The same clock, not counted from an instant on.
    ///
    /// ``cause`` is ``force_majeure``, ``customer``, ``third_party`` or ``legal_hold``;
    /// ``evidence`` is the document or the fact that proves it.
    fn with_waiver(
        &self,
        at: Given<'_, Instant>,
        cause: Given<'_, Words>,
        evidence: Given<'_, Words>,
    ) -> PyResult<Self> {
        let Instant(at) = at.read("at")?;
        let (Words(cause), Words(evidence)) = (cause.read("cause")?, evidence.read("evidence")?);
        let cause = record::read::<WaiverCause>(cause.into());
        let cause = cause.map_err(|failure| failure.about("cause"))?;
        let waiver = Waiver::new(at.timestamp_millis(), cause, &evidence);
        Ok(Self(
            self.0.clone().with_waiver(waiver.map_err(Failure::from)?),
        ))
    }

    /// What the clock shows at an instant.
    #[pyo3(signature = (calendar, as_of, /))]
    fn reading(&self, calendar: Hours<'_>, as_of: Given<'_, Instant>) -> PyResult<PyReading> {
        let (hours, Instant(as_of)) = (timeline(&calendar)?, as_of.read("as_of")?);
        let reading = self.0.reading(&hours, as_of.timestamp_millis());
        Ok(PyReading { reading, hours })
    }

    /// The instant at which this part of the target is used, such as ``0.75``: for timers, so
    /// that nobody has to look again and again.
    #[pyo3(signature = (calendar, ratio, /))]
    fn time_at<'py>(
        &self,
        py: Python<'py>,
        calendar: Hours<'py>,
        ratio: Given<'py, Ratio>,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        let (hours, Ratio(ratio)) = (timeline(&calendar)?, ratio.read("ratio")?);
        let at = self.0.time_at(&hours, ratio).map_err(Failure::from)?;
        local_datetime(py, at, hours.hours().zone())
    }

    /// A clock from plain objects or from their text in JSON.
    #[staticmethod]
    #[pyo3(signature = (record, /))]
    fn from_json(record: Given<'_, Plain>) -> PyResult<Self> {
        Ok(Self(record.read("record")?.record("record")?))
    }

    /// The clock as plain objects; instants and durations are in milliseconds.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.0)
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!(
            "Clock.from_json({})",
            quoted(&record::text(&self.0)?)
        ))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = record::text(&slf.get().0)?;
        Ok((slf.get_type().getattr("from_json")?, (text,)))
    }
}

/// What a clock shows at an instant. Made by ``Clock.reading``.
#[pyclass(frozen, name = "Reading", module = "floorwalker")]
pub(crate) struct PyReading {
    reading: Reading,
    hours: Timeline,
}

impl PyReading {
    fn shown<'py>(
        &self,
        py: Python<'py>,
        ms: Option<i64>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let zone = self.hours.hours().zone();
        ms.map(|ms| local_datetime(py, ms, zone)).transpose()
    }
}

#[pymethods]
impl PyReading {
    /// The business time used, without pauses.
    #[getter]
    fn elapsed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDelta>> {
        timedelta(py, TimeDelta::milliseconds(self.reading.elapsed_ms()))
    }

    /// The business time that is left; negative when over the target.
    #[getter]
    fn remaining<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDelta>> {
        timedelta(py, TimeDelta::milliseconds(self.reading.remaining_ms()))
    }

    /// The business time that may be used.
    #[getter]
    fn target<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDelta>> {
        timedelta(py, TimeDelta::milliseconds(self.reading.target_ms()))
    }

    /// The part of the target that is used, exactly; ``None`` for a target of nothing.
    #[getter]
    fn ratio<'py>(&self, py: Python<'py>) -> PyResult<Option<ExactFraction<'py>>> {
        let Some(ratio) = self.reading.ratio() else {
            return Ok(None);
        };
        let fraction = py.import("fractions")?.getattr("Fraction")?;
        let ratio = fraction.call1((ratio.numerator(), ratio.denominator()))?;
        Ok(Some(ExactFraction(ratio)))
    }

    /// When the target runs out; ``None`` while an open pause holds it, or if the place does not
    /// open for long enough. It is for showing: ``is_over`` tells whether it is over.
    #[getter]
    fn due<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.shown(py, self.reading.due().map(|due| due.at_ms))
    }

    /// Until when the promise is kept: later than ``due`` where that is a closing.
    #[getter]
    fn due_reopen<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.shown(
            py,
            self.reading
                .due()
                .and_then(|Due { reopen_ms, .. }| reopen_ms),
        )
    }

    /// ``running``, ``paused``, ``met``, ``breached`` or ``waived``.
    #[getter]
    fn state(&self) -> &'static str {
        self.reading.state().as_str()
    }

    /// Whether more than the target is used. A waived clock may be over, too.
    #[getter]
    fn is_over(&self) -> bool {
        self.reading.is_over()
    }

    /// Whether it still runs or is held, and at least this part of the target is used.
    #[pyo3(signature = (threshold, /))]
    fn is_at_risk(&self, threshold: Given<'_, Ratio>) -> PyResult<bool> {
        let Ratio(threshold) = threshold.read("threshold")?;
        Ok(self.reading.is_at_risk(threshold))
    }

    fn __repr__(&self) -> String {
        let (used, target) = (self.reading.elapsed_ms(), self.reading.target_ms());
        format!("<Reading {}, {used} of {target} ms used>", self.state())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().reading == self.reading)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.reading.hash(&mut hasher);
        hasher.finish()
    }
}

/// Pauses of a clock.
struct AsPauses(Pauses);

impl Argument for AsPauses {
    hint!("Pauses");

    const ALLOWED: &'static str =
        "a list of pairs of instants, the second None while a pause lasts";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.extract::<Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)>>() else {
            return Ok(None);
        };
        let pauses = pairs.iter().map(|(from, to)| {
            let Instant(from) = convert("pauses", from)?;
            let to = match to.is_none() {
                true => None,
                false => Some(convert("pauses", to).map(|Instant(to)| to.timestamp_millis())?),
            };
            Ok((from.timestamp_millis(), to))
        });
        let pauses = pauses.collect::<Result<Vec<_>>>()?;
        Ok(Some(Self(Pauses::new(pauses)?)))
    }
}

impl Described for PyClock {
    const ALLOWED: &'static str = "a Clock";
}

/// The last day on which acting is in time, as laws set it. The day of receipt is not counted.
///
/// ``unit`` is ``calendar_day``, ``business_day``, ``week`` or ``month``; ``roll`` says where a
/// last day goes that is no business day of the calendar: ``none`` (it stays), ``following`` or
/// ``preceding``. Texts of regulators rarely say.
///
/// >>> import floorwalker as fw
/// >>> office = fw.Calendar("Europe/Rome", {"mon-fri": "09:00-17:00"}, holidays="IT")
/// >>> fw.deadline("2026-01-31", 30, "calendar_day", office)
/// datetime.date(2026, 3, 2)
/// >>> fw.deadline("2026-05-29", 1, "business_day", office), fw.deadline("2026-01-31", 1, "month", office, roll="following")
/// (datetime.date(2026, 6, 1), datetime.date(2026, 3, 2))
#[pyfunction]
#[pyo3(
    signature = (received, amount, unit, calendar, *, roll = Choice::or("none")),
    text_signature = "(received, amount, unit, calendar, *, roll='none')"
)]
pub(crate) fn deadline<'py>(
    py: Python<'py>,
    received: Given<'py, Day>,
    amount: u32,
    unit: Given<'py, UnitOf>,
    calendar: Hours<'py>,
    roll: Choice<'py, Rolled>,
) -> PyResult<Bound<'py, PyDate>> {
    let (Day(received), UnitOf(unit)) = (received.read("received")?, unit.read("unit")?);
    let (hours, Rolled(roll)) = (timeline(&calendar)?, roll.read("roll")?);
    let deadline = Deadline::new(received, amount, unit, roll, &hours);
    py_date(py, deadline.map_err(Failure::from)?.last_day())
}
