//! A complaint, as the sum of its events.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use floorwalker::complaint::{
    Case, CaseSummary, Event, History, Opened, Personal, Rules, Sealed, Vault,
};
use floorwalker::id::{ActorId, CaseId, Label};
use floorwalker::time::Zone;
use floorwalker::time::business::Timeline;
use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use serde::{Deserialize, Serialize};

use super::beside::Beside;
use super::command::{Asked, Step, Taken, command, kept};
use super::obligations;
use super::rules::PyComplaintRules;
use crate::errors::{Failure, Result, compute};
use crate::given::{Described, Given, Instance, Instant, Words, local_datetime, optional};
use crate::output::{AnyDict, ExactDecimal};
use crate::record::{self, Plain};
use crate::table::Table;

/// A complaint: the sum of its events, which say what happened, when, and when it was recorded.
///
/// It never changes: ``carry_out`` gives the complaint with the new events. A step that the
/// procedure does not allow is a ``RefusedError`` with the reason. What is recorded late, or
/// puts an earlier event right, is judged together with all that came after. Events are chained
/// by checksums; personal data lie beside them and can be erased.
///
/// >>> import floorwalker as fw
/// >>> rules = fw.ComplaintRules({"office": fw.Calendar.always_open("Europe/Rome")})
/// >>> letter = fw.Personal("R-1/letter", "My bill is wrong")
/// >>> complaint = fw.Complaint.open(rules, "R-1", {"channel": "letter", "text": letter},
/// ...                               at="2026-05-04T10:00+02:00", actor="desk")
/// >>> complaint = complaint.carry_out(
/// ...     "register", {"anonymous": True, "customers": 1, "issues": [{"issue": "1", "topic": "billing"}]},
/// ...     at="2026-05-04T11:00+02:00", actor="desk")
/// >>> complaint.stage, len(complaint.events), complaint.personal("R-1/letter")
/// ('registered', 2, 'My bill is wrong')
/// >>> erased = complaint.erase("R-1/letter")
/// >>> erased.verify(), erased.personal("R-1/letter")
/// (None, None)
#[pyclass(frozen, name = "Complaint", module = "floorwalker")]
pub(crate) struct PyComplaint {
    rules: Arc<Rules>,
    by: Py<PyComplaintRules>,
    history: History,
    vault: Vault,
}

/// What pickle keeps.
type Parts = (Py<PyComplaintRules>, String);

/// A complaint as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Complaint", deny_unknown_fields)]
struct Stored {
    events: Vec<Event>,
    #[serde(default)]
    personal: Vault,
}

#[pymethods]
impl PyComplaint {
    /// A complaint that came in. ``receipt`` has ``channel``, ``text`` and, if known,
    /// ``complainant``, ``customer`` and ``subject``; ``recorded`` is when it was recorded,
    /// without it, as it came in.
    #[staticmethod]
    #[pyo3(signature = (rules, id, receipt, *, at, actor, recorded = None))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn open(
        py: Python<'_>,
        rules: Given<'_, Instance<PyComplaintRules>>,
        id: Given<'_, Words>,
        receipt: Given<'_, Taken>,
        at: Given<'_, Instant>,
        actor: Given<'_, Words>,
        recorded: Option<Given<'_, Instant>>,
    ) -> PyResult<Self> {
        let Instance(by) = rules.read("rules")?;
        let rules = by.get().rules.clone();
        let Words(id) = id.read("id")?;
        let id = CaseId::new(&id).map_err(|error| Failure::from(error).about("id"))?;
        let taken = receipt.read("receipt")?.with_procedure(&rules)?;
        let step = Step::read((&at, &actor), &recorded, (&None, &None, &None))?;
        let recorded = step.recorded_ms();
        let (command, personal) = command("receive", Some(taken), step)?;
        let (history, vault) = compute(py, || {
            let history = History::open(&rules, id, &command, recorded)?;
            Ok((history, kept(Vault::default(), personal)?))
        })?;
        Ok(Self {
            rules,
            by,
            history,
            vault,
        })
    }

    /// A complaint from its events, as ``to_dict`` and ``to_json`` make them. A broken chain, or
    /// events that cannot have happened by the rules, are a ``RefusedError``.
    #[staticmethod]
    #[pyo3(signature = (rules, record, /))]
    fn from_json(
        py: Python<'_>,
        rules: Given<'_, Instance<PyComplaintRules>>,
        record: Given<'_, Plain>,
    ) -> PyResult<Self> {
        let Instance(by) = rules.read("rules")?;
        let rules = by.get().rules.clone();
        let stored: Stored = record.read("record")?.record("record")?;
        let history = compute(py, || Ok(History::replay(&rules, stored.events)?))?;
        Ok(Self {
            rules,
            by,
            history,
            vault: stored.personal,
        })
    }

    /// What a step would lead to: the new events as plain objects. Nothing is changed.
    #[pyo3(signature = (
        step, details = None, *, at, actor, recorded = None, role = None, to = None,
        on_behalf_of = None, others = None,
    ))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn decide<'py>(
        &self,
        py: Python<'py>,
        step: Given<'py, Words>,
        details: Option<Given<'py, Taken>>,
        at: Given<'py, Instant>,
        actor: Given<'py, Words>,
        recorded: Option<Given<'py, Instant>>,
        role: Option<Given<'py, Words>>,
        to: Option<Given<'py, Words>>,
        on_behalf_of: Option<Given<'py, Words>>,
        others: Option<Given<'py, Beside>>,
    ) -> PyResult<Vec<AnyDict<'py>>> {
        let when = Step::read((&at, &actor), &recorded, (&role, &to, &on_behalf_of))?;
        let asked = self.asked(&step, details.as_ref(), when, others.as_ref())?;
        let new = compute(py, || {
            let decided = self.history.decide(
                &self.rules,
                &asked.command,
                asked.recorded_ms,
                &asked.others,
            );
            Ok(decided?)
        })?;
        new.iter().map(|event| record::dict(py, event)).collect()
    }

    /// The complaint after a step.
    ///
    /// * ``details``: what the step needs, such as ``{"to": "anna"}`` for ``assign``
    /// * ``at``: when it happens or has happened, ``actor``: who does it
    /// * ``recorded``: when it is recorded; without it, as it happens
    /// * ``role``, ``on_behalf_of``, ``to``: in which role, for whom, to which state, if that matters
    /// * ``others``: complaints beside it, for mergers
    #[pyo3(signature = (
        step, details = None, *, at, actor, recorded = None, role = None, to = None,
        on_behalf_of = None, others = None,
    ))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn carry_out(
        &self,
        py: Python<'_>,
        step: Given<'_, Words>,
        details: Option<Given<'_, Taken>>,
        at: Given<'_, Instant>,
        actor: Given<'_, Words>,
        recorded: Option<Given<'_, Instant>>,
        role: Option<Given<'_, Words>>,
        to: Option<Given<'_, Words>>,
        on_behalf_of: Option<Given<'_, Words>>,
        others: Option<Given<'_, Beside>>,
    ) -> PyResult<Self> {
        let when = Step::read((&at, &actor), &recorded, (&role, &to, &on_behalf_of))?;
        let asked = self.asked(&step, details.as_ref(), when, others.as_ref())?;
        let (history, vault) = compute(py, || {
            let mut history = self.history.clone();
            history.carry_out(
                &self.rules,
                &asked.command,
                asked.recorded_ms,
                &asked.others,
            )?;
            Ok((history, kept(self.vault.clone(), asked.personal)?))
        })?;
        Ok(self.with(py, history, vault))
    }

    /// The complaint after what is due by itself: escalations, and an ending by silence.
    #[pyo3(signature = (now, *, actor))]
    fn carry_out_due(
        &self,
        py: Python<'_>,
        now: Given<'_, Instant>,
        actor: Given<'_, Words>,
    ) -> PyResult<Self> {
        let (Instant(now), Words(actor)) = (now.read("now")?, actor.read("actor")?);
        let timer = ActorId::new(&actor).map_err(|error| Failure::from(error).about("actor"))?;
        let now = now.timestamp_millis();
        let history = compute(py, || {
            let mut history = self.history.clone();
            for command in self.rules.due_commands(history.case(), now, &timer)? {
                history.carry_out(&self.rules, &command, now, &Beside::default())?;
            }
            Ok(history)
        })?;
        Ok(self.with(py, history, self.vault.clone()))
    }

    /// When to look again: the next instant at which something is due by itself.
    #[pyo3(signature = (now, /))]
    fn next_wake<'py>(
        &self,
        py: Python<'py>,
        now: Given<'py, Instant>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let Instant(now) = now.read("now")?;
        let next = self
            .rules
            .next_wake_ms(self.history.case(), now.timestamp_millis());
        utc(py, next.map_err(Failure::from)?)
    }

    /// The number of the case.
    #[getter]
    fn id(&self) -> &str {
        self.history.case().id().as_str()
    }

    /// Where it stands, such as ``investigating``: the same words for every procedure.
    #[getter]
    fn stage(&self) -> &'static str {
        self.history.case().stage().name()
    }

    /// Where it stands, by the procedure of the company.
    #[getter]
    fn state(&self) -> &str {
        self.history.case().state().as_str()
    }

    /// How high it was escalated; 0 for not at all.
    #[getter]
    fn level(&self) -> u8 {
        self.history.case().level()
    }

    /// When it was received, in UTC.
    #[getter]
    fn received<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        local_datetime(py, self.history.case().received_ms(), &Zone::utc())
    }

    /// When handling ended, in UTC; ``None`` while it is open.
    #[getter]
    fn closed<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        utc(py, self.history.case().closed_ms())
    }

    /// The steps that the procedure allows from here, as far as the state says.
    #[getter]
    fn steps(&self) -> Vec<&'static str> {
        let steps = self
            .rules
            .procedure()
            .steps_from(self.history.case().state());
        steps.into_iter().map(|step| step.name()).collect()
    }

    /// By what it is handled.
    #[getter]
    fn rules(&self, py: Python<'_>) -> Py<PyComplaintRules> {
        self.by.clone_ref(py)
    }

    /// The events as plain objects, in the order in which they were recorded.
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Vec<AnyDict<'py>>> {
        let events = self.history.events().iter();
        events.map(|event| record::dict(py, event)).collect()
    }

    /// The whole state as plain objects: the sum of all events.
    #[getter]
    fn case<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, self.history.case())
    }

    /// The state after what had happened by an instant, with all that is known today;
    /// ``None`` before receipt.
    #[pyo3(signature = (at, /))]
    fn as_of<'py>(
        &self,
        py: Python<'py>,
        at: Given<'py, Instant>,
    ) -> PyResult<Option<AnyDict<'py>>> {
        let Instant(at) = at.read("at")?;
        let case = compute(py, || {
            Ok(self.history.as_of(&self.rules, at.timestamp_millis())?)
        })?;
        case.map(|case| record::dict(py, &case)).transpose()
    }

    /// The state as it was known at an instant: by what had been recorded.
    #[pyo3(signature = (at, /))]
    fn as_known<'py>(
        &self,
        py: Python<'py>,
        at: Given<'py, Instant>,
    ) -> PyResult<Option<AnyDict<'py>>> {
        let Instant(at) = at.read("at")?;
        let case = compute(py, || {
            Ok(self.history.as_known(&self.rules, at.timestamp_millis())?)
        })?;
        case.map(|case| record::dict(py, &case)).transpose()
    }

    /// What is due, by whom, until when: one row for each clock of the procedure and each
    /// policy that is bound.
    #[pyo3(signature = (as_of, /))]
    fn obligations(&self, py: Python<'_>, as_of: Given<'_, Instant>) -> PyResult<Table> {
        let Instant(as_of) = as_of.read("as_of")?;
        compute(py, || {
            let case = self.history.case();
            let readings = self.rules.obligations(case, as_of.timestamp_millis())?;
            obligations::table(&readings)
        })
    }

    /// The indemnities that have become due, by policy: amount and currency.
    #[pyo3(signature = (as_of, /))]
    fn indemnities<'py>(
        &self,
        py: Python<'py>,
        as_of: Given<'py, Instant>,
    ) -> PyResult<BTreeMap<String, (ExactDecimal<'py>, String)>> {
        let Instant(as_of) = as_of.read("as_of")?;
        let case = self.history.case();
        let due = self.rules.indemnities(case, as_of.timestamp_millis());
        let decimal = py.import("decimal")?.getattr("Decimal")?;
        let due = due
            .map_err(Failure::from)?
            .into_iter()
            .map(|(policy, money)| {
                let amount = decimal.call1((money.amount().to_string(),))?;
                let money = (ExactDecimal(amount), money.currency().to_owned());
                Ok((policy.to_string(), money))
            });
        due.collect()
    }

    /// Checks the chain of checksums, and that every event could happen by the rules; an
    /// ``RefusedError`` says which one could not.
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        compute(py, || Ok(self.history.prove(&self.rules)?))
    }

    /// The checksum of the last event: who keeps it elsewhere notices every later change.
    #[getter]
    fn tip(&self) -> String {
        self.history.tip().to_string()
    }

    /// A personal text by its key; ``None`` if there is none, or it was erased.
    #[pyo3(signature = (key, /))]
    fn personal(&self, key: &str) -> Option<&str> {
        let mut kept = self.vault.iter();
        let found = kept.find(|personal| personal.key().as_str() == key);
        found.map(Personal::text)
    }

    /// What is behind a seal of an event: its text, and whether it is ``intact``, ``changed``
    /// or ``erased``.
    #[pyo3(signature = (seal, /))]
    fn unseal(&self, seal: Given<'_, Plain>) -> PyResult<(Option<&str>, &'static str)> {
        let sealed: Sealed = seal.read("seal")?.record("seal")?;
        Ok(match self.vault.open(&sealed) {
            Opened::Intact(text) => (Some(text), "intact"),
            Opened::Changed => (None, "changed"),
            Opened::Erased => (None, "erased"),
        })
    }

    /// The complaint without a personal text. The events stay, and so does their chain.
    #[pyo3(signature = (key, /))]
    fn erase(&self, py: Python<'_>, key: Given<'_, Words>) -> PyResult<Self> {
        let Words(key) = key.read("key")?;
        let label = Label::new(&key).map_err(|error| Failure::from(error).about("key"))?;
        let mut vault = self.vault.clone();
        if !vault.erase(&label) {
            let message = format!("there is no personal text under the key {key:?}");
            return Err(Failure::new("name.unknown", message).into());
        }
        Ok(self.with(py, self.history.clone(), vault))
    }

    /// Events and personal texts as plain objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.stored())
    }

    /// Events and personal texts as a text in JSON.
    fn to_json(&self) -> PyResult<String> {
        Ok(record::text(&self.stored())?)
    }

    fn __repr__(&self) -> String {
        let events = self.history.events().len();
        format!(
            "<Complaint {}, {}, {events} events>",
            self.id(),
            self.stage()
        )
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = other.get();
            other.history.events() == self.history.events() && other.vault == self.vault
        })
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.history.tip().as_bytes().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Parts)> {
        let complaint = slf.get();
        let parts = (complaint.by.clone_ref(slf.py()), complaint.to_json()?);
        Ok((slf.get_type().getattr("from_json")?, parts))
    }
}

impl PyComplaint {
    fn with(&self, py: Python<'_>, history: History, vault: Vault) -> Self {
        Self {
            rules: self.rules.clone(),
            by: self.by.clone_ref(py),
            history,
            vault,
        }
    }

    fn stored(&self) -> Stored {
        Stored {
            events: self.history.events().to_vec(),
            personal: self.vault.clone(),
        }
    }

    /// What is asked for by a step.
    fn asked(
        &self,
        step: &Given<'_, Words>,
        details: Option<&Given<'_, Taken>>,
        when: Step,
        others: Option<&Given<'_, Beside>>,
    ) -> Result<Asked> {
        let Words(step) = step.read("step")?;
        let details = optional("details", details)?
            .map(|details| details.with_policies(&self.rules, self.history.case()))
            .transpose()?;
        let recorded_ms = when.recorded_ms();
        let (command, personal) = command(&step, details, when)?;
        Ok(Asked {
            command,
            personal,
            recorded_ms,
            others: optional("others", others)?.unwrap_or_default(),
        })
    }

    pub(super) fn case_of(&self) -> &Case {
        self.history.case()
    }

    /// What figures need of it, by what had happened at an instant; `None` before receipt.
    pub(super) fn summary(&self, as_of_ms: i64, hours: &Timeline) -> Result<Option<CaseSummary>> {
        let Some(case) = self.history.as_of(&self.rules, as_of_ms)? else {
            return Ok(None);
        };
        Ok(Some(self.rules.summary(&case, as_of_ms, hours)?))
    }
}

impl Described for PyComplaint {
    const ALLOWED: &'static str = "a Complaint";
}

fn utc(py: Python<'_>, ms: Option<i64>) -> PyResult<Option<Bound<'_, PyDateTime>>> {
    ms.map(|ms| local_datetime(py, ms, &Zone::utc()))
        .transpose()
}
