//! A limit in time, with exceptions by queue.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::TimeDelta;
use floorwalker::id::QueueId;
use floorwalker::service::Limit;
use pyo3::prelude::*;
use pyo3::types::{PyDelta, PyDict};

use super::text::quoted;
use crate::errors::{Failure, Result};
use crate::given::{Argument, Duration, Given, Words, convert, hint, optional};

/// A duration that waits are compared with, the same for all queues but the named ones.
///
/// >>> import floorwalker as fw
/// >>> limit = fw.Limit("20s", {"care": "30s"})
/// >>> limit.of("sales"), limit.of("care")
/// (datetime.timedelta(seconds=20), datetime.timedelta(seconds=30))
#[pyclass(frozen, name = "Limit", module = "floorwalker")]
pub(crate) struct PyLimit(pub(crate) Limit);

#[pymethods]
impl PyLimit {
    #[new]
    #[pyo3(signature = (default, by_queue = None, /))]
    fn new(default: Given<'_, Duration>, by_queue: Option<Given<'_, ByQueue>>) -> PyResult<Self> {
        let Duration(default) = default.read("default")?;
        let limit = Limit::new(default).map_err(|error| Failure::from(error).about("default"))?;
        let exceptions =
            optional("by_queue", by_queue.as_ref())?.map_or(Vec::new(), |ByQueue(all)| all);
        let with = |limit: Limit, (queue, within)| limit.for_queue(queue, within);
        let limit = exceptions.into_iter().try_fold(limit, with);
        Ok(Self(
            limit.map_err(|error| Failure::from(error).about("by_queue"))?,
        ))
    }

    /// The limit of the queues that are not named.
    #[getter]
    fn default<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDelta>> {
        timedelta(py, self.0.default_limit())
    }

    /// The exceptions, by queue.
    #[getter]
    fn by_queue<'py>(&self, py: Python<'py>) -> PyResult<BTreeMap<&str, Bound<'py, PyDelta>>> {
        let exceptions = self.0.exceptions();
        exceptions
            .map(|(queue, limit)| Ok((queue.as_str(), timedelta(py, limit)?)))
            .collect()
    }

    /// The limit of a queue.
    fn of<'py>(&self, py: Python<'py>, queue: Given<'_, Words>) -> PyResult<Bound<'py, PyDelta>> {
        let Words(queue) = queue.read("queue")?;
        let queue = QueueId::new(queue).map_err(Failure::from)?;
        timedelta(py, self.0.of(&queue))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        repr(&self.0)
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

    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> (Bound<'py, PyAny>, (String, BTreeMap<String, String>)) {
        let limit = &slf.get().0;
        let exceptions = limit.exceptions();
        let by_queue = exceptions.map(|(queue, limit)| (queue.to_string(), duration_text(limit)));
        let default = duration_text(limit.default_limit());
        (slf.get_type().into_any(), (default, by_queue.collect()))
    }
}

/// Durations by queue.
pub(super) struct ByQueue(Vec<(QueueId, TimeDelta)>);

impl Argument for ByQueue {
    hint!("ByQueue");

    const ALLOWED: &'static str = "a dict from names of queues to durations";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.cast::<PyDict>() else {
            return Ok(None);
        };
        let pairs = pairs.iter().map(|(queue, within)| {
            let queue: String = queue.extract()?;
            let Duration(within) = convert(&format!("by_queue[{queue:?}]"), &within)?;
            Ok((QueueId::new(queue)?, within))
        });
        Ok(Some(Self(pairs.collect::<Result<_>>()?)))
    }
}

/// A limit as Python code.
pub(super) fn repr(limit: &Limit) -> String {
    let default = quoted(&duration_text(limit.default_limit()));
    let exceptions: Vec<String> = limit
        .exceptions()
        .map(|(queue, limit)| {
            format!(
                "{}: {}",
                quoted(queue.as_str()),
                quoted(&duration_text(limit))
            )
        })
        .collect();
    if exceptions.is_empty() {
        format!("Limit({default})")
    } else {
        format!("Limit({default}, {{{}}})", exceptions.join(", "))
    }
}

/// A duration as this package reads it.
pub(crate) fn duration_text(duration: TimeDelta) -> String {
    let ms = duration.num_milliseconds();
    if ms % 1000 == 0 {
        format!("{}s", ms / 1000)
    } else {
        format!("{ms}ms")
    }
}

/// A duration as a `timedelta`.
pub(crate) fn timedelta(py: Python<'_>, duration: TimeDelta) -> PyResult<Bound<'_, PyDelta>> {
    let out_of_range = |_| Failure::new("value.out_of_range", format!("{duration} is too long"));
    let days = i32::try_from(duration.num_days()).map_err(out_of_range)?;
    let rest = duration - TimeDelta::days(days.into());
    let seconds = i32::try_from(rest.num_seconds()).map_err(out_of_range)?;
    PyDelta::new(py, days, seconds, rest.subsec_micros(), true)
}

/// A limit: itself, or the duration for all queues.
pub(crate) struct AsLimit(pub(crate) Limit);

impl Argument for AsLimit {
    hint!("LimitLike");

    const ALLOWED: &'static str = "a duration (text such as '20s', a timedelta, or a number of seconds), \
                                   or a Limit with exceptions by queue";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(limit) = value.cast::<PyLimit>() {
            return Ok(Some(Self(limit.get().0.clone())));
        }
        let duration = Duration::read(value)?;
        Ok(duration
            .map(|Duration(limit)| Limit::new(limit))
            .transpose()?
            .map(Self))
    }
}
