//! Ledgers of holiday, permits and time in lieu.

use floorwalker::attendance::{LedgerBook, LedgerEntry, LedgerKind};
use floorwalker::id::AgentId;
use pyo3::prelude::*;

use super::access::access;
use crate::agents::PyAccessPolicy;
use crate::errors::Failure;
use crate::given::{Day, Given, Instance, Named, Words};
use crate::output::AnyDict;
use crate::record;
use crate::records::Records;

/// How many minutes an operator has left on a ledger on a date: granted, used, expired,
/// left, and what expires next.
///
/// ``entries`` are records with ``agent``, ``kind``, ``date``, ``minutes`` (grants are
/// positive, uses negative) and, if known, ``expires`` and ``cause``. What expires first is used
/// first. For ``absence_kinds``, which confidential ledgers need, see ``Attendance.days``.
///
/// >>> import floorwalker as fw
/// >>> entries = [{"agent": "anna", "kind": "holiday", "date": "2026-01-01", "minutes": 9600},
/// ...            {"agent": "anna", "kind": "holiday", "date": "2026-08-03", "minutes": -2400}]
/// >>> policy = fw.AccessPolicy("payroll", "contract of work", "person")
/// >>> fw.ledger_balance(entries, "anna", "holiday", "2026-09-01", policy)["left"]
/// 7200
#[pyfunction]
#[pyo3(signature = (entries, agent, kind, at, policy, *, absence_kinds = None))]
#[allow(clippy::too_many_arguments, reason = "they are named in Python")]
pub(crate) fn ledger_balance<'py>(
    py: Python<'py>,
    entries: Given<'py, Records>,
    agent: Given<'py, Words>,
    kind: Given<'py, Named<LedgerKind>>,
    at: Given<'py, Day>,
    policy: Given<'py, Instance<PyAccessPolicy>>,
    absence_kinds: Option<Given<'py, Words>>,
) -> PyResult<AnyDict<'py>> {
    let entries: Vec<LedgerEntry> = entries.read("entries")?.read("entries")?;
    let (Words(agent), Named(kind)) = (agent.read("agent")?, kind.read("kind")?);
    let agent = AgentId::new(&agent).map_err(|error| Failure::from(error).about("agent"))?;
    let Day(at) = at.read("at")?;
    let access = access(&policy, absence_kinds.as_ref())?;
    let balance = LedgerBook::new(entries).balance(&agent, kind, at, &access);
    record::dict(py, &balance.map_err(Failure::from)?)
}
