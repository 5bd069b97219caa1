//! What the working-time rules find in a roster.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use floorwalker::id::AgentId;
use floorwalker::roster::{
    Basis, Bidding, CheckReport, CheckWindow, Checker, Derogation, Finding, JudgePolicy, Opening,
    PackRecord, Ranking, Roster, RulePack, RulePacks, Settled,
};
use floorwalker::team::{AbsenceCalendar, Staff};
use floorwalker::time::Zone;
use pyo3::prelude::*;
use pyo3::types::PyDelta;
use serde_json::{Value, json};

use super::{PyRoster, change, proposal};
use crate::errors::{Failure, Result, compute};
use crate::given::{Choice, Day, Given, Instance, Instant, JudgedBy, Named, convert, optional};
use crate::holidays::AsHolidays;
use crate::output::AnyDict;
use crate::record;
use crate::records::{As, Records, Timed, spanned, table};
use crate::rule::timedelta;
use crate::table::Table;

/// What the rules found in a roster. Made by ``check_roster``.
#[pyclass(frozen, name = "RosterReport", module = "floorwalker")]
pub(crate) struct PyRosterReport {
    asked: Arc<Asked>,
    report: CheckReport,
}

/// What a check was about, to ask more about it.
struct Asked {
    roster: Roster,
    staff: Staff,
    packs: RulePacks,
    window: CheckWindow,
    absences: AbsenceCalendar,
    holidays: Vec<NaiveDate>,
    openings: BTreeMap<AgentId, Opening>,
    derogations: Vec<Derogation>,
}

impl Asked {
    fn checker(&self) -> Result<Checker<'_>> {
        let checker = Checker::new(&self.staff, &self.packs, self.window)?
            .with_absences(&self.absences)
            .with_holidays(self.holidays.iter().copied())
            .with_openings(self.openings.clone());
        let mut derogations = self.derogations.iter().cloned();
        Ok(derogations.try_fold(checker, Checker::with_derogation)?)
    }
}

#[pymethods]
impl PyRosterReport {
    /// Whether no rule of law or contract is broken: no finding of the severity ``breach`` or
    /// worse, derogated ones aside.
    #[getter]
    fn is_lawful(&self) -> bool {
        self.report.is_lawful()
    }

    /// One row for each finding: which rule, how bad, who, when, what was measured, the limit,
    /// its source and how sure that is, whether a derogation covers it, and what would help.
    fn findings(&self) -> PyResult<Table> {
        Ok(findings(&self.report.findings)?)
    }

    /// The findings in words, one line each.
    fn lines(&self) -> Vec<String> {
        self.report
            .findings
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// What could not be judged and why: the past is not known, a number is blank, nobody
    /// published the shift.
    fn not_judged(&self) -> PyResult<Table> {
        let columns = [
            ("rule", "rule", As::Text),
            ("reason", "reason", As::Text),
            ("operators", "operators", As::Words),
        ];
        Ok(table("UTC", &self.report.not_judged, &columns)?)
    }

    /// Rest that is owed because a derogation was used.
    fn owed(&self) -> PyResult<Table> {
        let columns = [
            ("operator", "operator", As::Text),
            ("rule", "rule", As::Text),
            ("day", "day", As::Text),
            ("owed", "owed_ms", As::Duration),
            ("due", "due", As::Text),
        ];
        Ok(table("UTC", &self.report.owed, &columns)?)
    }

    /// Changes that would solve a finding without breaking another rule, least disturbing
    /// first: pairs of a change, as for ``Roster.with_changes``, and how much work it moves.
    #[pyo3(signature = (row, /))]
    fn fixes<'py>(
        &self,
        py: Python<'py>,
        row: usize,
    ) -> PyResult<Vec<(AnyDict<'py>, Bound<'py, PyDelta>)>> {
        let count = self.report.findings.len();
        let finding = self.report.findings.get(row).ok_or_else(|| {
            let message = format!("argument row must be below {count}, given {row}");
            Failure::new("value.out_of_range", message)
        })?;
        let fixes = compute(py, || {
            let fixes = self.asked.checker()?.fixes(&self.asked.roster, finding);
            let written = fixes
                .iter()
                .map(|fix| Ok((change::written(&fix.change)?, fix.disturbed_ms)));
            written.collect::<Result<Vec<(Value, i64)>>>()
        })?;
        let shown = fixes.iter().map(|(change, moved)| {
            let moved = timedelta(py, TimeDelta::milliseconds(*moved))?;
            Ok((AnyDict(record::object(py, change)?), moved))
        });
        shown.collect()
    }

    /// What changes would do to the findings, without making them: tables of the findings that
    /// are ``new``, ``worse``, ``solved`` and ``kept``. Only those concerned are looked at.
    #[pyo3(signature = (changes, /))]
    fn what_if(
        &self,
        py: Python<'_>,
        changes: Given<'_, Records>,
    ) -> PyResult<BTreeMap<&'static str, Table>> {
        let roster = &self.asked.roster;
        let changes = change::read(changes.read("changes")?, roster)?;
        compute(py, || {
            let difference = self.asked.checker()?.difference(roster, &changes)?;
            let groups = [
                ("new", &difference.new),
                ("worse", &difference.worse),
                ("solved", &difference.solved),
                ("kept", &difference.kept),
            ];
            let tables = groups
                .into_iter()
                .map(|(name, group)| Ok((name, findings(group)?)));
            tables.collect()
        })
    }

    /// Judges proposals one after the other, each on the roster as those accepted before leave
    /// it, until ``most`` are accepted: the new roster, and for each proposal whether it is
    /// ``accepted``, and all ``refusals``: who has not agreed, which rule would be broken or
    /// broken worse. A rule that is broken already refuses nothing.
    ///
    /// A proposal has a ``kind`` with what it needs: ``swap`` with ``shifts`` (each gets the next
    /// one's operator, the last the first's), ``time_off`` with ``shift``, ``start`` and ``end``,
    /// ``overtime`` or ``bid`` with a whole ``shift`` as in ``to_dict``, ``edit`` with
    /// ``changes``. It may say who has ``agreed``, when it ``expires``, and a ``group`` of which
    /// one is accepted. A shift that exists is named by ``operator`` and ``start``.
    #[pyo3(signature = (proposals, /, *, now, most = None))]
    fn settle<'py>(
        &self,
        py: Python<'py>,
        proposals: Given<'py, Records>,
        now: Given<'py, Instant>,
        most: Option<usize>,
    ) -> PyResult<(PyRoster, Vec<AnyDict<'py>>)> {
        let proposals = proposals.read("proposals")?;
        let (Instant(now), most) = (now.read("now")?, most.unwrap_or(usize::MAX));
        let settled = compute(py, || {
            let roster = &self.asked.roster;
            let proposals = proposal::read(proposals, roster)?;
            let (checker, policy) = (self.asked.checker()?, JudgePolicy::default());
            Ok(checker.settle(roster, proposals, most, now, policy)?)
        })?;
        shown(py, settled)
    }

    /// Gives open shifts to those who bid for them, as ``settle`` does: the best bid first, by
    /// ``points``, ``seniority`` or ``first_come``.
    ///
    /// An open shift is a shift as in ``to_dict`` with an ``id`` and without an operator. A bid
    /// has ``operator``, ``shift`` (that id), ``points`` and ``at``.
    #[pyo3(signature = (open, bids, /, *, now, ranking = Choice::or("points")),
           text_signature = "($self, open, bids, /, *, now, ranking='points')")]
    fn award<'py>(
        &self,
        py: Python<'py>,
        open: Given<'py, Records>,
        bids: Given<'py, Records>,
        now: Given<'py, Instant>,
        ranking: Choice<'py, Named<Ranking>>,
    ) -> PyResult<(PyRoster, Vec<AnyDict<'py>>)> {
        let (open, bids) = (open.read("open")?, bids.read("bids")?);
        let (Instant(now), Named(ranking)) = (now.read("now")?, ranking.read("ranking")?);
        let settled = compute(py, || {
            let roster = &self.asked.roster;
            let (open, bids) = (proposal::open_shifts(open, roster)?, proposal::bids(bids)?);
            let bidding = Bidding {
                open: &open,
                bids: &bids,
                ranking,
            };
            let (checker, policy) = (self.asked.checker()?, JudgePolicy::default());
            Ok(checker.award(roster, bidding, now, policy)?)
        })?;
        shown(py, settled)
    }

    /// The whole answer as plain objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.report)
    }

    fn __len__(&self) -> usize {
        self.report.findings.len()
    }

    fn __repr__(&self) -> String {
        let (found, open) = (self.report.findings.len(), self.report.not_judged.len());
        format!("<RosterReport of {found} findings, {open} rules not judged>")
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().report == self.report)
    }

    fn __hash__(&self) -> u64 {
        self.report.findings.len() as u64
    }
}

fn shown(py: Python<'_>, settled: Settled) -> PyResult<(PyRoster, Vec<AnyDict<'_>>)> {
    let answers = proposal::answers(&settled)?;
    let answers = answers
        .iter()
        .map(|answer| Ok(AnyDict(record::object(py, answer)?)));
    let answers = answers.collect::<PyResult<_>>()?;
    Ok((PyRoster(settled.roster), answers))
}

fn findings(findings: &[Finding]) -> Result<Table> {
    let columns = [
        ("rule", "rule", As::Text),
        ("severity", "severity", As::Text),
        ("operator", "operator", As::Text),
        ("day", "day", As::Text),
        ("start", "span.start", As::Instant),
        ("end", "span.end", As::Instant),
        ("measured", "measured", As::Whole),
        ("limit", "limit", As::Whole),
        ("unit", "unit", As::Text),
        ("bound", "bound", As::Text),
        ("source", "source", As::Text),
        ("certainty", "certainty", As::Text),
        ("derogated", "derogated", As::Flag),
        ("remedies", "remedies", As::Words),
    ];
    table(Zone::utc().name(), findings, &columns)
}

/// Judges a roster by the working-time rules of its operators' contracts.
///
/// * ``staff``: plain objects with ``contracts`` (each with ``id``, ``rule_pack``,
///   ``week_minutes`` ..) and ``operators`` (``id``, ``zone``, ``contracts`` ..)
/// * ``window``: a pair of dates; the second is not part of it
/// * ``known_from``: since when the roster is complete, for rules that look back
/// * ``packs``: packs of your own beside those of ``rule_packs``, such as a company agreement
/// * ``absences``: records with ``operator``, ``kind``, ``start``, ``end``, ``status``
/// * ``holidays``: as for ``Calendar``
/// * ``openings``: what happened earlier in the year, by operator; ``derogations``: records
/// * ``basis``: whether the roster is a ``plan`` or what was worked (``actuals``)
///
/// Nothing here is legal advice; each rule says where it was read and how sure it is.
///
/// >>> import floorwalker as fw
/// >>> staff = {"contracts": [{"id": "full", "rule_pack": "eu", "week_minutes": 2400}],
/// ...          "operators": [{"id": "anna", "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}]}
/// >>> roster = fw.Roster([
/// ...     {"operator": "anna", "start": "2026-05-04T14:00+02:00", "end": "2026-05-04T22:00+02:00"},
/// ...     {"operator": "anna", "start": "2026-05-05T06:00+02:00", "end": "2026-05-05T12:00+02:00"}], zone="Europe/Rome")
/// >>> report = fw.check_roster(roster, staff, ("2026-05-04", "2026-05-11"))
/// >>> [(row["rule"], row["measured"] // 3_600_000, row["limit"] // 3_600_000) for row in report.findings().to_dicts()][:1]
/// [('eu.daily_rest', 8, 11)]
#[pyfunction]
#[pyo3(
    signature = (
        roster, staff, window, *, known_from = None, packs = None, absences = None,
        holidays = None, openings = None, derogations = None, basis = Choice::or("plan"),
    ),
    text_signature = "(roster, staff, window, *, known_from=None, packs=None, absences=None, \
                      holidays=None, openings=None, derogations=None, basis='plan')"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn check_roster(
    py: Python<'_>,
    roster: Given<'_, Instance<PyRoster>>,
    staff: Given<'_, Timed>,
    window: (Bound<'_, PyAny>, Bound<'_, PyAny>),
    known_from: Option<Given<'_, Day>>,
    packs: Option<Given<'_, Records>>,
    absences: Option<Given<'_, Records>>,
    holidays: Option<Given<'_, AsHolidays>>,
    openings: Option<Given<'_, Timed>>,
    derogations: Option<Given<'_, Records>>,
    basis: Choice<'_, JudgedBy>,
) -> PyResult<PyRosterReport> {
    let [Day(from), Day(until)] = [convert("window", &window.0)?, convert("window", &window.1)?];
    let mut checked = CheckWindow::new(from, until).map_err(Failure::from)?;
    if let Some(Day(known)) = optional("known_from", known_from.as_ref())? {
        checked = checked.known_from(known).map_err(Failure::from)?;
    }
    let packs = known_packs(optional("packs", packs.as_ref())?.unwrap_or_default())?;
    let absences = optional("absences", absences.as_ref())?.unwrap_or_default();
    let absences = absences.read_as("absences", spanned)?;
    let first = from.min(checked.first_known());
    let holidays =
        optional("holidays", holidays.as_ref())?.map_or_else(Vec::new, |AsHolidays(set)| {
            let days = set.between(first, until).into_iter();
            days.map(|(day, _)| day).collect()
        });
    let openings = optional("openings", openings.as_ref())?;
    let openings = openings
        .map(|openings| openings.record("openings"))
        .transpose()?;
    let derogations = optional("derogations", derogations.as_ref())?.unwrap_or_default();
    let asked = Asked {
        roster: PyRoster::of(&roster, "roster")?,
        staff: staff.read("staff")?.record("staff")?,
        packs,
        window: checked,
        absences: AbsenceCalendar::from(absences),
        holidays,
        openings: openings.unwrap_or_default(),
        derogations: derogations.read("derogations")?,
    };
    let JudgedBy(basis) = basis.read("basis")?;
    compute(py, || {
        let report = {
            let checker = asked.checker()?;
            match basis {
                Basis::Actuals => checker.actuals(&asked.roster),
                _ => checker.plan(&asked.roster),
            }
        };
        Ok(PyRosterReport {
            asked: Arc::new(asked),
            report,
        })
    })
}

/// The packs of the library, and own ones.
fn known_packs(own: Records) -> Result<RulePacks> {
    let own: Vec<PackRecord> = own.read("packs")?;
    own.into_iter()
        .try_fold(RulePacks::builtin(), |known, record| {
            let pack = RulePack::try_from(record);
            Ok(known.with(pack.map_err(|error| Failure::from(error).about("packs"))?))
        })
}

/// The rules of the packs of this package, one row for each: pack, rule, what it says, how
/// bad a breach is, where it was read and how sure that is.
///
/// >>> import floorwalker as fw
/// >>> sorted({row["pack"] for row in fw.rule_packs().to_dicts()})[:3]
/// ['ccnl_tlc', 'de', 'eu']
#[pyfunction]
pub(crate) fn rule_packs() -> PyResult<Table> {
    let packs = RulePacks::builtin();
    let rules = packs.all().flat_map(|pack| {
        pack.rules().iter().map(move |rule| {
            json!({
                "pack": pack.id(), "rule": rule.id, "title": rule.title, "level": rule.level.name(),
                "severity": rule.severity.name(), "source": rule.source,
                "certainty": rule.certainty.name(),
            })
        })
    });
    let rules: Vec<Value> = rules.collect();
    let names = [
        "pack",
        "rule",
        "title",
        "level",
        "severity",
        "source",
        "certainty",
    ];
    Ok(table(
        "UTC",
        &rules,
        &names.map(|name| (name, name, As::Text)),
    )?)
}
