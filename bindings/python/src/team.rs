//! The team: pseudonyms that rotate, and who has looked at figures about people.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use floorwalker::id::AgentId;
use floorwalker::team::{AccessAudit, AccessPolicy, PseudonymSource, ReadRequest};
use pyo3::prelude::*;

use crate::agents::PyAccessPolicy;
use crate::errors::Failure;
use crate::given::{Given, Instance, Instant, Words, optional};
use crate::output::AnyDict;
use crate::record;
use crate::records::{As, Timed, table};
use crate::rule::quoted;
use crate::table::Table;

/// Numbers instead of names: others for each export, so that the rows of two exports cannot be
/// joined by them.
///
/// ``secret`` is a whole number of up to 128 bits that the host draws at random
/// (``secrets.randbits(128)``) and keeps from those who read the exports; after a restart give
/// it again with ``exports``, how many there were. It is not shown, compared or pickled.
///
/// >>> import floorwalker as fw
/// >>> source = fw.PseudonymSource(0x5eed_0f00_d001)
/// >>> monday = source.numbers(["anna", "bruno", "carla"])
/// >>> sorted(monday), sorted(monday.values()), source.exports
/// (['anna', 'bruno', 'carla'], [1, 2, 3], 1)
#[pyclass(frozen, name = "PseudonymSource", module = "floorwalker")]
pub(crate) struct PyPseudonymSource(Mutex<PseudonymSource>);

#[pymethods]
impl PyPseudonymSource {
    #[new]
    #[pyo3(signature = (secret, *, exports = 0))]
    fn new(secret: u128, exports: u64) -> Self {
        Self(Mutex::new(PseudonymSource::resumed(secret, exports)))
    }

    /// How many exports there were.
    #[getter]
    fn exports(&self) -> u64 {
        self.lock().exports()
    }

    /// The numbers of some operators for the next export, from 1, by their names.
    #[pyo3(signature = (names, /))]
    fn numbers(&self, names: Given<'_, Timed>) -> PyResult<BTreeMap<String, u64>> {
        let names: Vec<AgentId> = names.read("names")?.record("names")?;
        let numbers = self.lock().next(&names);
        let of = |name: &AgentId| Some((name.to_string(), numbers.number(name)?));
        Ok(names.iter().filter_map(of).collect())
    }

    fn __repr__(&self) -> String {
        format!("<PseudonymSource after {} exports>", self.exports())
    }
}

impl PyPseudonymSource {
    fn lock(&self) -> MutexGuard<'_, PseudonymSource> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The record of all looks at figures about people, in the order in which they were taken.
///
/// Every change gives a new one. ``entries`` are what ``to_dicts`` made, to go on after a
/// restart.
///
/// >>> import floorwalker as fw
/// >>> policy = fw.AccessPolicy("coaching", "agreement of 12 May 2026", "person")
/// >>> audit = fw.AccessAudit().with_read(policy, reader="mara", at="2026-03-02T08:00Z", what="scorecard", operator="anna")
/// >>> [(row["reader"], row["operator"], row["granted"]) for row in audit.table().to_dicts()]
/// [('mara', 'anna', True)]
#[pyclass(frozen, name = "AccessAudit", module = "floorwalker")]
pub(crate) struct PyAccessAudit(AccessAudit);

#[pymethods]
impl PyAccessAudit {
    #[new]
    #[pyo3(signature = (entries = None, /))]
    fn new(entries: Option<Given<'_, Timed>>) -> PyResult<Self> {
        let entries = optional("entries", entries.as_ref())?;
        let audit = entries.map(|entries| entries.record("entries"));
        Ok(Self(audit.transpose()?.unwrap_or_default()))
    }

    /// The record with one more look: who looked, when, at what such as ``live_board`` or
    /// ``scorecard``, and at whom if it was one operator. A look by name that the policy does
    /// not permit is recorded as refused.
    #[pyo3(signature = (policy, *, reader, at, what, operator = None))]
    fn with_read(
        &self,
        policy: Given<'_, Instance<PyAccessPolicy>>,
        reader: Given<'_, Words>,
        at: Given<'_, Instant>,
        what: Given<'_, Words>,
        operator: Option<Given<'_, Words>>,
    ) -> PyResult<Self> {
        let Instance(policy) = policy.read("policy")?;
        let policy: &AccessPolicy = &policy.get().0;
        let (Words(reader), Words(what)) = (reader.read("reader")?, what.read("what")?);
        let Instant(at) = at.read("at")?;
        let operator = optional("operator", operator.as_ref())?;
        let operator = operator.map(|Words(name)| AgentId::new(name)).transpose();
        let request = ReadRequest {
            reader: reader.parse().map_err(|error| of("reader", error))?,
            at,
            what: what.parse().map_err(|error| of("what", error))?,
            operator: operator.map_err(|error| of("operator", error))?,
        };
        let refused = match request.operator {
            Some(_) => policy.check_names().err(),
            None => None,
        };
        let mut audit = self.0.clone();
        audit.record(request, policy, refused.as_ref());
        Ok(Self(audit))
    }

    /// The record without the entries before an instant.
    #[pyo3(signature = (at, /))]
    fn without_before(&self, at: Given<'_, Instant>) -> PyResult<Self> {
        let Instant(at) = at.read("at")?;
        let mut audit = self.0.clone();
        audit.forget_before(at);
        Ok(Self(audit))
    }

    /// One row for each look; with ``operator`` those at one operator, which they may ask for
    /// (GDPR art. 15). Looks at lists of operators name nobody and are not among those.
    #[pyo3(signature = (*, operator = None))]
    fn table(&self, operator: Option<Given<'_, Words>>) -> PyResult<Table> {
        let operator = optional("operator", operator.as_ref())?;
        let operator = operator.map(|Words(name)| AgentId::new(name)).transpose();
        let operator = operator.map_err(|error| of("operator", error))?;
        let entries: Vec<_> = match &operator {
            Some(operator) => self.0.of(operator).collect(),
            None => self.0.entries().iter().collect(),
        };
        let columns = [
            ("reader", "request.reader", As::Text),
            ("at", "request.at", As::Instant),
            ("what", "request.what", As::Text),
            ("operator", "request.operator", As::Text),
            ("purpose", "purpose", As::Text),
            ("legal_basis", "legal_basis", As::Text),
            ("granularity", "granularity", As::Text),
            ("granted", "granted", As::Flag),
            ("error", "error", As::Text),
        ];
        Ok(table("UTC", &entries, &columns)?)
    }

    /// The entries as plain objects.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<AnyDict<'py>>> {
        let entries = self.0.entries().iter();
        entries.map(|entry| record::dict(py, entry)).collect()
    }

    fn __len__(&self) -> usize {
        self.0.entries().len()
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("AccessAudit({})", quoted(&record::text(&self.0)?)))
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

fn of(argument: &str, error: floorwalker::Error) -> Failure {
    Failure::from(error).about(argument)
}
