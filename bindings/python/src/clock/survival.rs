//! How likely a promise is missed, learned from past cases.

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::time::clock::Survival;
use floorwalker_arrow::NULL_MS;
use pyo3::prelude::*;
use serde_json::json;

use crate::column::Durations;
use crate::errors::{Failure, Result};
use crate::given::{Duration, Given, Instance};
use crate::output::AnyDict;
use crate::record::{self, Plain};
use crate::rule::quoted;

/// How long past cases took, in business time, counting open cases for what they show: the
/// survival curve of Kaplan and Meier.
///
/// ``ended`` are the durations of cases that ended, ``open`` the ages of those that have not;
/// leaving these out would make every backlog look faster than it is. Both are columns or lists.
/// Curves of parts are merged exactly.
///
/// >>> import floorwalker as fw
/// >>> curve = fw.Survival(["1h", "2h", "4h"], ["3h"])
/// >>> curve.beyond("2h")
/// 0.5
/// >>> risk = curve.breach_risk(waited="1h", left="1h")
/// >>> round(risk["probability"], 3), risk["at_risk"]
/// (0.667, 3)
#[pyclass(frozen, name = "Survival", module = "floorwalker")]
pub(crate) struct PySurvival(Survival);

#[pymethods]
impl PySurvival {
    #[new]
    #[pyo3(signature = (ended, open = None))]
    fn new(ended: Durations<'_>, open: Option<Durations<'_>>) -> PyResult<Self> {
        let open = open.map(|open| times("open", &open)).transpose()?;
        let curve = Survival::new(times("ended", &ended)?, open.unwrap_or_default());
        Ok(Self(curve.map_err(Failure::from)?))
    }

    /// A curve from plain objects or from their text in JSON: triples of milliseconds, cases that
    /// ended then, and cases last seen then.
    #[staticmethod]
    #[pyo3(signature = (record, /))]
    fn from_json(record: Given<'_, Plain>) -> PyResult<Self> {
        Ok(Self(record.read("record")?.record("record")?))
    }

    /// The curve over the cases of both.
    #[pyo3(signature = (other, /))]
    fn merge(&self, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        Ok(Self(self.0.clone().merge(&other.get().0)))
    }

    /// How many cases there are, ended and open.
    #[getter]
    fn cases(&self) -> u64 {
        self.0.cases()
    }

    /// The estimated part of cases that take longer; ``None`` without cases.
    #[pyo3(signature = (duration, /))]
    fn beyond(&self, duration: Given<'_, Duration>) -> PyResult<Option<f64>> {
        let Duration(duration) = duration.read("duration")?;
        Ok(self.0.beyond(duration.num_milliseconds()))
    }

    /// How likely a case that has ``waited`` so long takes longer than the time that is ``left``:
    /// a dict with ``probability``, its ``standard_error``, how many past cases were ``at_risk``,
    /// and whether it ``is_upper_bound`` because the target lies beyond all that was seen.
    /// ``None`` if no past case lasted so long.
    #[pyo3(signature = (*, waited, left))]
    fn breach_risk<'py>(
        &self,
        py: Python<'py>,
        waited: Given<'py, Duration>,
        left: Given<'py, Duration>,
    ) -> PyResult<Option<AnyDict<'py>>> {
        let (Duration(waited), Duration(left)) = (waited.read("waited")?, left.read("left")?);
        let risk = self
            .0
            .breach_risk(waited.num_milliseconds(), left.num_milliseconds());
        let shown = risk.map(|risk| {
            record::object(
                py,
                &json!({
                    "probability": risk.probability,
                    "standard_error": risk.standard_error,
                    "at_risk": risk.at_risk,
                    "is_upper_bound": risk.is_upper_bound,
                }),
            )
        });
        Ok(shown.transpose()?.map(AnyDict))
    }

    fn __repr__(&self) -> PyResult<String> {
        let text = record::text(&self.0)?;
        Ok(format!("Survival.from_json({})", quoted(&text)))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Self>();
        other.is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        record::text(&self.0)?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = record::text(&slf.get().0)?;
        Ok((slf.get_type().getattr("from_json")?, (text,)))
    }
}

impl crate::given::Described for PySurvival {
    const ALLOWED: &'static str = "a Survival";
}

/// The durations of a column; rows without one are left out.
fn times(argument: &str, column: &Durations<'_>) -> Result<Vec<i64>> {
    let slot = column.read(argument, None)?;
    let rows = slot.rows().unwrap_or(1);
    let mut times = slot.spread(argument, rows)?;
    times.retain(|time| *time != NULL_MS);
    Ok(times)
}
