//! By what complaints are handled: a procedure, policies, calendars.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use floorwalker::complaint::{Policy, PolicyBook, Procedure, Rules};
use floorwalker::id::CalendarId;
use floorwalker::time::business::{Hours, Timeline};
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendars;
use crate::errors::{Failure, Result, compute};
use crate::given::{Described, Given, Instance, optional};
use crate::output::AnyDict;
use crate::policy::PyPolicyBook;
use crate::record::{self, Plain};
use crate::rule::quoted;

/// By what complaints are handled: the procedure of a company, the policies of law, and the
/// calendars that both name.
///
/// ``procedure`` is a plain object or its text in JSON; without it, the one after ISO 10002,
/// whose clocks need a calendar ``office``. An impossible procedure is a ``DataError`` that lists
/// its faults. ``policies`` are those of this package, unless others are given.
///
/// >>> import floorwalker as fw
/// >>> office = fw.Calendar("Europe/Rome", {"mon-fri": "09:00-18:00"}, holidays="IT")
/// >>> rules = fw.ComplaintRules({"office": office})
/// >>> rules.steps_from("received")[:2]
/// ['register', 'assign']
#[pyclass(frozen, name = "ComplaintRules", module = "floorwalker")]
pub(crate) struct PyComplaintRules {
    pub(super) rules: Arc<Rules>,
    stored: Stored,
}

/// What the rules were made of.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    calendars: BTreeMap<CalendarId, Hours>,
    policies: Vec<Policy>,
    procedure: Procedure,
}

impl Stored {
    fn rules(self) -> Result<PyComplaintRules> {
        let hours = self.calendars.iter();
        let hours: Vec<(CalendarId, Timeline)> = hours
            .map(|(name, hours)| (name.clone(), Timeline::new(hours.clone())))
            .collect();
        let book = PolicyBook::new(self.policies.iter().cloned())?;
        let rules = Rules::new(self.procedure.clone(), book, hours)?;
        Ok(PyComplaintRules {
            rules: Arc::new(rules),
            stored: self,
        })
    }
}

#[pymethods]
impl PyComplaintRules {
    #[new]
    #[pyo3(signature = (calendars, *, procedure = None, policies = None))]
    fn new(
        py: Python<'_>,
        calendars: Given<'_, Calendars>,
        procedure: Option<Given<'_, Plain>>,
        policies: Option<Given<'_, Instance<PyPolicyBook>>>,
    ) -> PyResult<Self> {
        let Calendars(calendars) = calendars.read("calendars")?;
        let procedure = optional("procedure", procedure.as_ref())?;
        let procedure = procedure.map(read_procedure).transpose()?;
        let policies = optional("policies", policies.as_ref())?;
        let policies = policies.map(|Instance(book)| book.get().0.clone());
        compute(py, || {
            let calendars = calendars.into_iter();
            Stored {
                calendars: calendars
                    .map(|(name, timeline)| (name, timeline.hours().clone()))
                    .collect(),
                policies: policies.unwrap_or_else(PolicyBook::built_in).into(),
                procedure: procedure.unwrap_or_else(Procedure::iso_10002),
            }
            .rules()
        })
    }

    /// Rules from plain objects or from their text in JSON, as ``to_dict`` makes them.
    #[staticmethod]
    #[pyo3(signature = (record, /))]
    fn from_json(py: Python<'_>, record: Given<'_, Plain>) -> PyResult<Self> {
        let stored: Stored = record.read("record")?.record("record")?;
        compute(py, || stored.rules())
    }

    /// The rules as plain objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.stored)
    }

    /// The procedure as plain objects.
    #[getter]
    fn procedure<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.stored.procedure)
    }

    /// The policies.
    #[getter]
    fn policies(&self) -> PyPolicyBook {
        PyPolicyBook(self.rules.policies().clone())
    }

    /// The steps that can be taken in a state of the procedure.
    #[pyo3(signature = (state, /))]
    fn steps_from(&self, state: &str) -> PyResult<Vec<&'static str>> {
        let state = floorwalker::id::Label::new(state).map_err(Failure::from)?;
        let steps = self.rules.procedure().steps_from(&state).into_iter();
        Ok(steps.map(|step| step.name()).collect())
    }

    fn __repr__(&self) -> PyResult<String> {
        let text = record::text(&self.stored)?;
        Ok(format!("ComplaintRules.from_json({})", quoted(&text)))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().stored == self.stored)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        record::text(&self.stored)?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = record::text(&slf.get().stored)?;
        Ok((slf.get_type().getattr("from_json")?, (text,)))
    }
}

/// A procedure, with the code of what is wrong with it.
fn read_procedure(given: Plain) -> Result<Procedure> {
    let value = given
        .or_json()
        .map_err(|failure| failure.about("procedure"))?;
    let made = Procedure::from_json(&value.to_string());
    made.map_err(|error| Failure::from(error).about("procedure"))
}

impl Described for PyComplaintRules {
    const ALLOWED: &'static str = "ComplaintRules";
}

/// Every fault that makes a procedure impossible, as pairs of its kind and its description.
///
/// >>> import floorwalker as fw
/// >>> fw.procedure_faults(fw.ComplaintRules({"office": fw.Calendar.always_open("UTC")}).procedure)
/// []
#[pyfunction]
#[pyo3(signature = (procedure, /))]
pub(crate) fn procedure_faults(
    procedure: Given<'_, Plain>,
) -> PyResult<Vec<(&'static str, String)>> {
    let record = procedure.read("procedure")?.record("procedure")?;
    let faults = Procedure::faults(&record).into_iter();
    Ok(faults
        .map(|fault| (fault.kind.name(), fault.to_string()))
        .collect())
}
