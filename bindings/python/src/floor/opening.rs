//! May the lines open, with whom, what is missing, who could fill it?

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::floor::{LineOpening, Opening, OpeningInput};
use floorwalker::id::AgentId;
use floorwalker::time::Zone;
use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use serde_json::{Value, json};

use super::{Known, Policy, Told, access};
use crate::errors::{Failure, Result, compute};
use crate::given::{Given, Instance, Instant, ZoneName, local_datetime};
use crate::record;
use crate::records::{As, Records, Timed, table};
use crate::roster::PyRoster;
use crate::table::Table;

/// Whether the lines may open at an instant. Made by ``open_lines``.
#[pyclass(frozen, name = "Opening", module = "floorwalker")]
pub(crate) struct PyOpening {
    opening: Opening,
    zone: Zone,
}

#[pymethods]
impl PyOpening {
    /// For when.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        local_datetime(py, self.opening.at().timestamp_millis(), &self.zone)
    }

    /// Whether all lines may open whose hours allow it.
    #[getter]
    fn is_ready(&self) -> bool {
        self.opening.is_ready()
    }

    /// One row for each line: whether it may open, how many operators serve it, how many fewer
    /// that is than it is to have, and how many could fill it.
    fn lines(&self) -> PyResult<Table> {
        let lines = self.opening.lines().iter().map(|line| {
            json!({
                "queue": line.queue(), "may_open": line.may_open(), "crew": line.crew_count(),
                "short": line.short(), "candidates": line.candidate_count(),
            })
        });
        let columns = [
            ("queue", "queue", As::Text),
            ("may_open", "may_open", As::Flag),
            ("crew", "crew", As::Whole),
            ("short", "short", As::Whole),
            ("candidates", "candidates", As::Whole),
        ];
        Ok(table("UTC", &lines.collect::<Vec<_>>(), &columns)?)
    }

    /// The checklist: one row for each line and what was looked at (``hours``, ``leader``,
    /// ``crew``, ``positions``), with how many there are and how many there must be; for hours,
    /// when the line opens next. Outside of its hours nothing else is looked at.
    fn checks(&self) -> PyResult<Table> {
        let checks = self.each(|line| Ok(line.checks().iter().map(record::value).collect()))?;
        let columns = [
            ("queue", "queue", As::Text),
            ("check", "kind", As::Text),
            ("passed", "passed", As::Flag),
            ("have", "have", As::Whole),
            ("need", "need", As::Whole),
            ("next", "next", As::Instant),
        ];
        Ok(table(self.zone.name(), &checks, &columns)?)
    }

    /// Who serves each line, where they sit and until when they are planned to take contacts.
    /// Needs a policy that permits looking at single people.
    #[pyo3(signature = (policy, /))]
    fn crew(&self, policy: Policy<'_>) -> PyResult<Table> {
        let policy = access(&policy)?;
        let crew = self.each(|line| Ok(line.crew(&policy)?.iter().map(record::value).collect()))?;
        let columns = [
            ("queue", "queue", As::Text),
            ("operator", "operator", As::Text),
            ("position", "position", As::Text),
            ("until", "until", As::Instant),
        ];
        Ok(table(self.zone.name(), &crew, &columns)?)
    }

    /// Who could fill each line that has fewer operators than it is to have, the easiest way
    /// first: ``seat``, ``other_line``, ``unplanned``, ``other_activity``, ``lower_level``,
    /// ``on_break``, ``late``, ``starts_later``, ``off_today``. Nobody who is absent is on the
    /// list. Needs a policy that permits looking at single people.
    #[pyo3(signature = (policy, /))]
    fn candidates(&self, policy: Policy<'_>) -> PyResult<Table> {
        let policy = access(&policy)?;
        let rows = self.each(|line| {
            let found = line.candidates(&policy)?.iter();
            Ok(found.map(record::value).collect())
        })?;
        let columns = [
            ("queue", "queue", As::Text),
            ("by", "by", As::Text),
            ("from", "from", As::Instant),
            ("operator", "operator", As::Text),
        ];
        Ok(table(self.zone.name(), &rows, &columns)?)
    }

    /// Who leads, by the queues of the lines that are led. Needs a policy that permits looking
    /// at single people.
    #[pyo3(signature = (policy, /))]
    fn in_charge(&self, policy: Policy<'_>) -> PyResult<BTreeMap<String, String>> {
        let policy = access(&policy)?;
        let mut leaders = BTreeMap::new();
        for line in self.opening.lines() {
            if let Some(leader) = line.in_charge(&policy).map_err(Failure::from)? {
                leaders.insert(line.queue().to_string(), leader.to_string());
            }
        }
        Ok(leaders)
    }

    fn __len__(&self) -> usize {
        self.opening.lines().len()
    }

    fn __repr__(&self) -> String {
        let open = self.opening.lines().iter().filter(|line| line.may_open());
        format!(
            "<Opening at {}: {} of {} lines may open>",
            self.zone
                .at_ms(self.opening.at().timestamp_millis())
                .to_rfc3339(),
            open.count(),
            self.opening.lines().len(),
        )
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().opening == self.opening)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.opening.at().hash(&mut hasher);
        hasher.finish()
    }
}

impl PyOpening {
    /// Rows of all lines, each with its queue.
    fn each(&self, of: impl Fn(&LineOpening) -> Result<Vec<Result<Value>>>) -> Result<Vec<Value>> {
        let mut rows = Vec::new();
        for line in self.opening.lines() {
            for row in of(line)? {
                let mut row = row?;
                row["queue"] = line.queue().as_str().into();
                rows.push(row);
            }
        }
        Ok(rows)
    }
}

/// Looks whether the lines may open: the calendar, who leads, operators with the skill who are
/// here and planned to take contacts, positions that suit them.
///
/// * ``lines``: plain objects in the order of their importance, each with ``queue``,
///   ``min_operators``, ``wanted_operators`` and, if it matters, ``hours`` (a ``Calendar``),
///   ``skill``, ``level``, ``equipment``, ``led_by``
/// * ``staff``: plain objects with ``contracts``, ``operators``, ``groups``, ``positions``
/// * ``here``: names of the operators who are here, as ``PresenceBoard.rows`` tells them
/// * ``absences``: records with ``operator``, ``kind``, ``start``, ``end``, ``status``
/// * ``out_of_order``: names of positions that cannot be used
///
/// Each operator is counted once: first those are shared out without whom a line does not open.
///
/// >>> import floorwalker as fw
/// >>> staff = {"contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
/// ...          "operators": [{"id": name, "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}
/// ...                        for name in ("anna", "leo")],
/// ...          "positions": [{"id": "A1"}, {"id": "A2"}]}
/// >>> roster = fw.Roster([{"operator": name, "start": "2026-03-02T09:00+01:00", "end": "2026-03-02T17:00+01:00"}
/// ...                     for name in ("anna", "leo")], zone="Europe/Rome")
/// >>> opening = fw.open_lines([{"queue": "sales", "min_operators": 2, "wanted_operators": 2}],
/// ...                         "2026-03-02T09:00+01:00", zone="Europe/Rome", staff=staff, roster=roster, here=["anna"])
/// >>> [(row["check"], row["passed"], row["have"], row["need"]) for row in opening.checks().to_dicts()][-2:]
/// [('crew', False, 1, 2), ('positions', False, 1, 2)]
/// >>> policy = fw.AccessPolicy("opening the lines", "L. 300/1970 art. 4 c. 2", "person")
/// >>> [(row["operator"], row["by"]) for row in opening.candidates(policy).to_dicts()]
/// [('leo', 'late')]
#[pyfunction]
#[pyo3(signature = (lines, at, *, zone, staff, roster, here, absences = None, out_of_order = None))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn open_lines(
    py: Python<'_>,
    lines: Given<'_, Timed>,
    at: Given<'_, Instant>,
    zone: Given<'_, ZoneName>,
    staff: Given<'_, Timed>,
    roster: Given<'_, Instance<PyRoster>>,
    here: Given<'_, Timed>,
    absences: Option<Given<'_, Records>>,
    out_of_order: Option<Given<'_, Timed>>,
) -> PyResult<PyOpening> {
    let (Instant(at), ZoneName(zone)) = (at.read("at")?, zone.read("zone")?);
    let here: BTreeSet<AgentId> = here.read("here")?.record("here")?;
    let known = Known::read(&Told {
        lines: &lines,
        staff: &staff,
        roster: &roster,
        absences: absences.as_ref(),
        out_of_order: out_of_order.as_ref(),
    })?;
    let opening = compute(py, || {
        let input = OpeningInput {
            staff: &known.staff,
            roster: &known.roster,
            absences: &known.absences,
            here: &here,
            out_of_order: &known.out_of_order,
        };
        Ok(Opening::check(&known.lines, input, at)?)
    })?;
    Ok(PyOpening { opening, zone })
}
