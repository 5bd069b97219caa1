//! Presence: how each shift was kept, who is here now, sessions of punches.

use std::collections::BTreeMap;

use floorwalker::attendance::{
    AttendanceBook, AttendanceInput, AttendanceRules, Correction, PlannedShift, PresenceBoard,
    PresenceClass, Punch, PunchRules, Standing, pair,
};
use floorwalker::contact::AgentState;
use floorwalker::id::AgentId;
use floorwalker::team::Absence;
use floorwalker::time::Zone;
use pyo3::prelude::*;
use serde_json::{Value, json};

use super::access::{access, shifts, states};
use crate::agents::PyAccessPolicy;
use crate::errors::{Failure, Result, compute};
use crate::given::{Day, Given, Instance, Instant, Words, ZoneName, optional};
use crate::input::GivenTable;
use crate::output::AnyDict;
use crate::record;
use crate::records::{As, Records, Timed, spanned, table};
use crate::table::Table;

type Policy<'py> = Given<'py, Instance<PyAccessPolicy>>;

/// Everything that tells who was there, owned.
struct Lists {
    shifts: Vec<PlannedShift>,
    punches: Vec<Punch>,
    corrections: Vec<Correction>,
    states: Vec<AgentState>,
    absences: Vec<Absence>,
    rules: AttendanceRules,
}

/// The arguments that tell who was there.
struct Told<'a, 'py> {
    punches: Option<&'a Given<'py, Records>>,
    shifts: Option<&'a Given<'py, Records>>,
    states: Option<&'a GivenTable<'py>>,
    absences: Option<&'a Given<'py, Records>>,
    corrections: Option<&'a Given<'py, Records>>,
    rules: Option<&'a Given<'py, Timed>>,
}

impl Lists {
    fn read(told: &Told<'_, '_>, zone: &Zone) -> Result<Self> {
        let records = |name, given| optional(name, given).map(Option::unwrap_or_default);
        let mut rules = match optional("rules", told.rules)? {
            Some(Timed(rules)) => rules,
            None => json!({}),
        };
        if let Value::Object(rules) = &mut rules {
            rules.insert("zone".to_owned(), zone.name().into());
        }
        Ok(Self {
            shifts: shifts(records("shifts", told.shifts)?, zone)?,
            punches: records("punches", told.punches)?.read("punches")?,
            corrections: records("corrections", told.corrections)?.read("corrections")?,
            states: states(told.states)?,
            absences: records("absences", told.absences)?.read_as("absences", spanned)?,
            rules: record::read(rules).map_err(|failure| failure.about("rules"))?,
        })
    }

    fn input(&self) -> AttendanceInput<'_> {
        AttendanceInput {
            shifts: &self.shifts,
            punches: &self.punches,
            corrections: &self.corrections,
            states: &self.states,
            absences: &self.absences,
        }
    }
}

/// How the shifts of operators were kept. Made by ``presence``.
#[pyclass(frozen, name = "Attendance", module = "floorwalker")]
pub(crate) struct PyAttendance {
    book: AttendanceBook,
    zone: Zone,
}

#[pymethods]
impl PyAttendance {
    /// One row for each operator and work day: how the shift was kept (``class``), when they
    /// were there, what counts as worked and what is paid, with night, Sunday, holiday and
    /// overtime. Needs a policy that permits looking at single people.
    ///
    /// ``absence_kinds`` says whether kinds of absence may be seen: ``None`` hides them,
    /// ``"open"`` shows those that are not confidential, any other text is the basis on which
    /// all are shown.
    #[pyo3(signature = (policy, *, agent = None, absence_kinds = None))]
    fn days(
        &self,
        policy: Policy<'_>,
        agent: Option<Given<'_, Words>>,
        absence_kinds: Option<Given<'_, Words>>,
    ) -> PyResult<Table> {
        let access = access(&policy, absence_kinds.as_ref())?;
        let mut days = Vec::new();
        for agent in self.chosen(agent.as_ref(), access.policy())? {
            days.extend(self.book.days_of(&agent, &access).map_err(Failure::from)?);
        }
        let columns = [
            ("agent", "agent", As::Text),
            ("work_day", "work_day", As::Text),
            ("class", "class", As::Text),
            ("absence", "absence", As::Text),
            ("flags", "flags", As::Words),
            ("planned_start", "planned.start", As::Instant),
            ("planned_end", "planned.end", As::Instant),
            ("start", "raw.start", As::Instant),
            ("end", "raw.end", As::Instant),
            ("rounded_start", "rounded.start", As::Instant),
            ("rounded_end", "rounded.end", As::Instant),
            ("planned", "planned_ms", As::Duration),
            ("late", "late_ms", As::Duration),
            ("early", "early_ms", As::Duration),
            ("worked", "worked_ms", As::Duration),
            ("assumed", "assumed_ms", As::Duration),
            ("paid", "paid_ms", As::Duration),
            ("deducted", "deducted_ms", As::Duration),
            ("night", "night_ms", As::Duration),
            ("sunday", "sunday_ms", As::Duration),
            ("holiday", "holiday_ms", As::Duration),
            ("overtime", "overtime_ms", As::Duration),
            ("supplementary", "supplementary_ms", As::Duration),
            ("rest_before", "rest_before_ms", As::Duration),
        ];
        Ok(table(self.zone.name(), &days, &columns)?)
    }

    /// What was mended in the punches: by which rule, from what to what, how sure, by whom.
    /// Needs a policy that permits looking at single people.
    #[pyo3(signature = (policy, *, agent = None))]
    fn repairs(&self, policy: Policy<'_>, agent: Option<Given<'_, Words>>) -> PyResult<Table> {
        let access = access(&policy, None)?;
        let mut repairs = Vec::new();
        for agent in self.chosen(agent.as_ref(), access.policy())? {
            let of = self.book.repairs_of(&agent, access.policy());
            repairs.extend_from_slice(of.map_err(Failure::from)?);
        }
        Ok(repair_table(self.zone.name(), &repairs)?)
    }

    /// The days and minutes of all operators together, from one date to another, the last
    /// included; the group must be large enough for the policy.
    fn team<'py>(
        &self,
        py: Python<'py>,
        first: Given<'py, Day>,
        last: Given<'py, Day>,
        policy: Policy<'py>,
    ) -> PyResult<AnyDict<'py>> {
        let (Day(first), Day(last)) = (first.read("first")?, last.read("last")?);
        let access = access(&policy, None)?;
        let counts = self.book.team((first, last), access.policy());
        let counts = counts.map_err(Failure::from)?;
        let days = PresenceClass::ALL.iter();
        let days: BTreeMap<&str, u64> = days
            .map(|class| (class.name(), counts.days(*class)))
            .filter(|(_, days)| *days > 0)
            .collect();
        let mut told = record::value(&counts)?;
        told["days"] = json!(days);
        Ok(AnyDict(record::object(py, &told)?))
    }

    fn __len__(&self) -> usize {
        self.book.headcount()
    }

    fn __repr__(&self) -> String {
        format!("<Attendance of {} operators>", self.book.headcount())
    }
}

impl PyAttendance {
    fn chosen(
        &self,
        agent: Option<&Given<'_, Words>>,
        policy: &floorwalker::team::AccessPolicy,
    ) -> Result<Vec<AgentId>> {
        match optional("agent", agent)? {
            Some(Words(agent)) => Ok(vec![AgentId::new(&agent)?]),
            None => Ok(self.book.agents(policy)?),
        }
    }
}

fn repair_table(zone: &str, repairs: &[floorwalker::attendance::Repair]) -> Result<Table> {
    let columns = [
        ("agent", "agent", As::Text),
        ("rule", "rule", As::Text),
        ("before", "before.at", As::Instant),
        ("before_kind", "before.kind", As::Text),
        ("after", "after.at", As::Instant),
        ("after_kind", "after.kind", As::Text),
        ("confidence", "confidence", As::Text),
        ("by", "by", As::Text),
    ];
    table(zone, repairs, &columns)
}

/// How the shifts of operators were kept: from punches, states of the telephone system and
/// the plan, in a fixed order - pair, match, mend, classify with grace on raw time, round for
/// pay, deduct breaks.
///
/// * ``punches``: records with ``agent``, ``at`` and ``kind`` (``in``, ``out``,
///   ``break_start``, ``break_end``, ``unknown``)
/// * ``shifts``: rows with ``agent``, ``start``, ``end`` and, if it is not work, ``activity``
/// * ``states``: a table as for ``agent_figures``; ``absences``: records with ``operator``,
///   ``kind``, ``start``, ``end``, ``status``; ``corrections``: records
/// * ``rules``: what differs from the usual rules, as plain objects
///
/// >>> import floorwalker as fw
/// >>> shifts = [{"agent": "anna", "start": "2026-05-04T09:00:00+02:00", "end": "2026-05-04T13:00:00+02:00"}]
/// >>> punches = [{"agent": "anna", "at": "2026-05-04T09:20:00+02:00", "kind": "in"},
/// ...            {"agent": "anna", "at": "2026-05-04T13:00:00+02:00", "kind": "out"}]
/// >>> book = fw.presence(punches, shifts, zone="Europe/Rome", as_of="2026-05-05T00:00+02:00")
/// >>> policy = fw.AccessPolicy("payroll", "contract of work", "person")
/// >>> row = book.days(policy).to_dicts()[0]
/// >>> row["class"], row["late"], row["worked"]
/// ('late', datetime.timedelta(seconds=1200), datetime.timedelta(seconds=13200))
#[pyfunction]
#[pyo3(signature = (
    punches, shifts, *, zone, as_of, states = None, absences = None, corrections = None, rules = None,
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn presence(
    py: Python<'_>,
    punches: Given<'_, Records>,
    shifts: Given<'_, Records>,
    zone: Given<'_, ZoneName>,
    as_of: Given<'_, Instant>,
    states: Option<GivenTable<'_>>,
    absences: Option<Given<'_, Records>>,
    corrections: Option<Given<'_, Records>>,
    rules: Option<Given<'_, Timed>>,
) -> PyResult<PyAttendance> {
    let (ZoneName(zone), Instant(as_of)) = (zone.read("zone")?, as_of.read("as_of")?);
    let told = Told {
        punches: Some(&punches),
        shifts: Some(&shifts),
        states: states.as_ref(),
        absences: absences.as_ref(),
        corrections: corrections.as_ref(),
        rules: rules.as_ref(),
    };
    let lists = Lists::read(&told, &zone)?;
    let book = compute(py, || {
        Ok(AttendanceBook::build(lists.input(), &lists.rules, as_of)?)
    })?;
    Ok(PyAttendance { book, zone })
}

/// Who is here this minute. Made by ``who_is_here``.
#[pyclass(frozen, name = "PresenceBoard", module = "floorwalker")]
pub(crate) struct PyPresenceBoard {
    board: PresenceBoard,
    zone: Zone,
}

#[pymethods]
impl PyPresenceBoard {
    /// One row for each operator: where they stand (``working``, ``late``, ``missing``,
    /// ``authorised`` ..), what is planned, what they do, since when, and whether they are
    /// ``here``. Needs a policy that permits looking at single people; for ``absence_kinds`` see ``Attendance.days``.
    #[pyo3(signature = (policy, *, absence_kinds = None))]
    fn rows(&self, policy: Policy<'_>, absence_kinds: Option<Given<'_, Words>>) -> PyResult<Table> {
        let access = access(&policy, absence_kinds.as_ref())?;
        let found = self.board.rows(&access).map_err(Failure::from)?;
        let told = |row: &_| record::value(row);
        let mut rows = found.iter().map(told).collect::<Result<Vec<Value>>>()?;
        for (row, found) in rows.iter_mut().zip(&found) {
            row["here"] = found.standing.is_here().into();
        }
        let columns = [
            ("agent", "agent", As::Text),
            ("standing", "standing", As::Text),
            ("planned", "planned", As::Text),
            ("actual", "actual", As::Text),
            ("since", "since", As::Instant),
            ("absence", "absence", As::Text),
            ("here", "here", As::Flag),
        ];
        Ok(table(self.zone.name(), &rows, &columns)?)
    }

    /// How many stand where, and how many are ``here``; the group must be large enough for the
    /// policy.
    #[pyo3(signature = (policy, /))]
    fn counts(&self, policy: Policy<'_>) -> PyResult<BTreeMap<&'static str, u64>> {
        let access = access(&policy, None)?;
        let counts = self.board.counts(access.policy()).map_err(Failure::from)?;
        let standings = Standing::ALL.iter();
        let mut told: BTreeMap<&'static str, u64> = standings
            .map(|standing| (standing.name(), counts.of(*standing)))
            .filter(|(_, count)| *count > 0)
            .collect();
        told.insert("here", counts.here());
        Ok(told)
    }
}

/// Where everybody stands at an instant: who works, who is late or missing, who is excused.
///
/// The arguments are those of ``presence``.
///
/// >>> import floorwalker as fw
/// >>> shifts = [{"agent": name, "start": "2026-05-04T09:00:00+02:00", "end": "2026-05-04T13:00:00+02:00"}
/// ...           for name in ("anna", "bruno")]
/// >>> punches = [{"agent": "anna", "at": "2026-05-04T08:58:00+02:00", "kind": "in"}]
/// >>> board = fw.who_is_here("2026-05-04T09:20+02:00", shifts, punches, zone="Europe/Rome")
/// >>> policy = fw.AccessPolicy("the floor this minute", "works agreement", "person", min_group=2)
/// >>> {row["agent"]: row["standing"] for row in board.rows(policy).to_dicts()}
/// {'anna': 'working', 'bruno': 'missing'}
/// >>> board.counts(policy)["here"]
/// 1
#[pyfunction]
#[pyo3(signature = (
    now, shifts, punches = None, states = None, *, zone, absences = None, corrections = None, rules = None,
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn who_is_here(
    py: Python<'_>,
    now: Given<'_, Instant>,
    shifts: Given<'_, Records>,
    punches: Option<Given<'_, Records>>,
    states: Option<GivenTable<'_>>,
    zone: Given<'_, ZoneName>,
    absences: Option<Given<'_, Records>>,
    corrections: Option<Given<'_, Records>>,
    rules: Option<Given<'_, Timed>>,
) -> PyResult<PyPresenceBoard> {
    let (Instant(now), ZoneName(zone)) = (now.read("now")?, zone.read("zone")?);
    let told = Told {
        punches: punches.as_ref(),
        shifts: Some(&shifts),
        states: states.as_ref(),
        absences: absences.as_ref(),
        corrections: corrections.as_ref(),
        rules: rules.as_ref(),
    };
    let lists = Lists::read(&told, &zone)?;
    let board = compute(py, || {
        Ok(PresenceBoard::at(now, lists.input(), &lists.rules)?)
    })?;
    Ok(PyPresenceBoard { board, zone })
}

/// Punches as sessions: a table of sessions and a table of what was mended.
///
/// ``rules`` are plain objects that differ from the usual: ``pairing`` (``strict`` or
/// ``alternating``), ``duplicates``, ``second_in``, ``duplicate_within_secs``,
/// ``max_shift_minutes`` and so on. Read it for single people only where a basis permits it.
///
/// >>> import floorwalker as fw
/// >>> punches = [{"agent": "anna", "at": "2026-05-04T09:00:00Z", "kind": "in"},
/// ...            {"agent": "anna", "at": "2026-05-04T13:00:00Z", "kind": "out"},
/// ...            {"agent": "anna", "at": "2026-05-04T13:00:20Z", "kind": "out"}]
/// >>> sessions, repairs = fw.sessions(punches)
/// >>> [row["worked"].seconds // 3600 for row in sessions.to_dicts()], [row["rule"] for row in repairs.to_dicts()]
/// ([4], ['duplicate_dropped'])
#[pyfunction]
#[pyo3(signature = (punches, *, rules = None, corrections = None))]
pub(crate) fn sessions(
    py: Python<'_>,
    punches: Given<'_, Records>,
    rules: Option<Given<'_, Timed>>,
    corrections: Option<Given<'_, Records>>,
) -> PyResult<(Table, Table)> {
    let punches: Vec<Punch> = punches.read("punches")?.read("punches")?;
    let rules = optional("rules", rules.as_ref())?;
    let rules = rules.map(|rules| rules.record("rules")).transpose()?;
    let rules: PunchRules = rules.unwrap_or_default();
    let corrections = optional("corrections", corrections.as_ref())?.unwrap_or_default();
    let corrections: Vec<Correction> = corrections.read("corrections")?;
    compute(py, || {
        let paired = pair(&punches, &corrections, &rules);
        let mut rows = Vec::new();
        for (number, day) in paired.days().iter().enumerate() {
            for session in day.sessions() {
                rows.push(json!({
                    "agent": day.agent(), "day": number,
                    "start": session.from().map(|edge| edge.at.to_rfc3339()),
                    "end": session.to().map(|edge| edge.at.to_rfc3339()),
                    "worked_ms": session.worked_ms(),
                    "breaks_ms": session.breaks().iter().map(|rest| rest.millis()).sum::<i64>(),
                }));
            }
        }
        let columns = [
            ("agent", "agent", As::Text),
            ("day", "day", As::Whole),
            ("start", "start", As::Instant),
            ("end", "end", As::Instant),
            ("worked", "worked_ms", As::Duration),
            ("breaks", "breaks_ms", As::Duration),
        ];
        let sessions = table("UTC", &rows, &columns)?;
        Ok((sessions, repair_table("UTC", paired.repairs())?))
    })
}
