//! Who sits where and does what over a shift.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::floor::{Placement, PlacementInput};
use floorwalker::id::{AgentId, PositionId};
use floorwalker::time::Zone;
use pyo3::prelude::*;
use serde_json::json;

use super::{Known, Policy, Told, access};
use crate::errors::{Failure, compute};
use crate::given::{Given, Instance, Window, ZoneName, optional};
use crate::records::{As, Records, Timed, table};
use crate::roster::PyRoster;
use crate::table::Table;

/// Who sits where and does what over a shift. Made by ``place_operators``.
#[pyclass(frozen, name = "Placement", module = "floorwalker")]
pub(crate) struct PyPlacement {
    placement: Placement,
    zone: Zone,
}

#[pymethods]
impl PyPlacement {
    /// How many operators are placed.
    #[getter]
    fn headcount(&self) -> usize {
        self.placement.headcount()
    }

    /// How many need a position and have none.
    #[getter]
    fn unseated(&self) -> usize {
        self.placement.unseated()
    }

    /// One row for each operator and stretch of time: the position, whether they work away from
    /// the site, the activity, and the line they serve. Absences are gaps. Needs a policy that
    /// permits looking at single people.
    #[pyo3(signature = (policy, /))]
    fn duties(&self, policy: Policy<'_>) -> PyResult<Table> {
        let placed = self.placement.placed(&access(&policy)?);
        let mut rows = Vec::new();
        for one in placed.map_err(Failure::from)? {
            rows.extend(one.duties.iter().map(|duty| {
                json!({
                    "operator": one.operator, "position": one.position, "remote": one.remote,
                    "start": duty.span.start().to_rfc3339(), "end": duty.span.end().to_rfc3339(),
                    "activity": duty.activity, "line": duty.line,
                })
            }));
        }
        let columns = [
            ("operator", "operator", As::Text),
            ("position", "position", As::Text),
            ("remote", "remote", As::Flag),
            ("start", "start", As::Instant),
            ("end", "end", As::Instant),
            ("activity", "activity", As::Text),
            ("line", "line", As::Text),
        ];
        Ok(table(self.zone.name(), &rows, &columns)?)
    }

    /// Where and when lines have too few operators: how many are missing of those without which
    /// a line does not open, and of those it is to have.
    fn gaps(&self) -> PyResult<Table> {
        let columns = [
            ("queue", "queue", As::Text),
            ("start", "span.start", As::Instant),
            ("end", "span.end", As::Instant),
            ("to_open", "to_open", As::Whole),
            ("to_wanted", "to_wanted", As::Whole),
        ];
        Ok(table(self.zone.name(), self.placement.gaps(), &columns)?)
    }

    fn __len__(&self) -> usize {
        self.placement.headcount()
    }

    fn __repr__(&self) -> String {
        format!(
            "<Placement of {} operators, {} without a position, {} gaps>",
            self.headcount(),
            self.unseated(),
            self.placement.gaps().len(),
        )
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().placement == self.placement)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.placement.span(), self.headcount()).hash(&mut hasher);
        hasher.finish()
    }
}

/// Places the operators of a roster: who sits where and serves which line, from when to when.
///
/// Whoever served a line keeps it as long as nobody is needed more elsewhere, and everybody
/// keeps one position for all their time.
///
/// * ``lines``, ``staff``, ``absences``, ``out_of_order``: as for ``open_lines``
/// * ``window``: from when to when
/// * ``kept``: positions that operators have had, by operator, which they keep if they can
///
/// >>> import floorwalker as fw
/// >>> staff = {"contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
/// ...          "operators": [{"id": name, "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}
/// ...                        for name in ("anna", "leo")],
/// ...          "positions": [{"id": "A1"}, {"id": "A2"}]}
/// >>> roster = fw.Roster([{"operator": name, "start": "2026-03-02T09:00+01:00", "end": "2026-03-02T17:00+01:00"}
/// ...                     for name in ("anna", "leo")], zone="Europe/Rome")
/// >>> placement = fw.place_operators([{"queue": "sales", "min_operators": 1, "wanted_operators": 3}],
/// ...                                ("2026-03-02T09:00+01:00", "2026-03-02T13:00+01:00"), zone="Europe/Rome",
/// ...                                staff=staff, roster=roster, kept={"anna": "A2"})
/// >>> policy = fw.AccessPolicy("placing operators", "L. 300/1970 art. 4 c. 2", "person")
/// >>> [(row["operator"], row["position"], row["line"]) for row in placement.duties(policy).to_dicts()]
/// [('anna', 'A2', 'sales'), ('leo', 'A1', 'sales')]
/// >>> [(row["queue"], row["to_wanted"]) for row in placement.gaps().to_dicts()]
/// [('sales', 1)]
#[pyfunction]
#[pyo3(signature = (
    lines, window, *, zone, staff, roster, absences = None, out_of_order = None, kept = None,
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn place_operators(
    py: Python<'_>,
    lines: Given<'_, Timed>,
    window: Given<'_, Window>,
    zone: Given<'_, ZoneName>,
    staff: Given<'_, Timed>,
    roster: Given<'_, Instance<PyRoster>>,
    absences: Option<Given<'_, Records>>,
    out_of_order: Option<Given<'_, Timed>>,
    kept: Option<Given<'_, Timed>>,
) -> PyResult<PyPlacement> {
    let ZoneName(zone) = zone.read("zone")?;
    let span = window.read("window")?.span(&zone)?;
    let kept = optional("kept", kept.as_ref())?;
    let kept = kept.map(|kept| kept.record("kept")).transpose()?;
    let kept: BTreeMap<AgentId, PositionId> = kept.unwrap_or_default();
    let known = Known::read(&Told {
        lines: &lines,
        staff: &staff,
        roster: &roster,
        absences: absences.as_ref(),
        out_of_order: out_of_order.as_ref(),
    })?;
    let placement = compute(py, || {
        let input = PlacementInput {
            staff: &known.staff,
            roster: &known.roster,
            absences: &known.absences,
            out_of_order: &known.out_of_order,
            kept: &kept,
        };
        Ok(Placement::plan(&known.lines, input, span)?)
    })?;
    Ok(PyPlacement { placement, zone })
}
