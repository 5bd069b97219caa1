//! Adherence, conformance, occupancy: each by the name of its rule.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use floorwalker::attendance::{
    AdherenceConvention, AdherencePlan, AdherenceRules, AdherenceSettings, AdherenceTally,
    AdherenceTimes, BusyTimes, ConformanceRule, PlanChange, ShrinkageRule, Silence,
};
use floorwalker::id::AgentId;
use floorwalker::team::Absence;
use floorwalker::time::{Every, Grid, Span};
use pyo3::prelude::*;
use pyo3::types::PyDelta;
use serde::Deserialize;

use super::access::{shifts, states};
use super::measure::PyMeasure;
use crate::agents::PyAccessPolicy;
use crate::errors::{Failure, Result, compute};
use crate::given::{
    Argument, Choice, Duration, Given, Instance, Instant, Named, Window, Words, ZoneName, convert,
    hint, optional,
};
use crate::input::GivenTable;
use crate::records::{Records, Timed, spanned};
use crate::rule::timedelta;

type Policy<'py> = Given<'py, Instance<PyAccessPolicy>>;

/// How the plan was followed minute by minute. Made by ``adherence``.
///
/// "Adherence" has several definitions in the trade, and so has conformance: each is asked for
/// by name. With ``agent`` an answer is about one operator, which the policy must permit;
/// without it, about all together, who must be enough for the policy.
#[pyclass(frozen, name = "AdherenceTally", module = "floorwalker")]
pub(crate) struct PyAdherenceTally {
    tally: AdherenceTally,
    window: Span,
}

#[pymethods]
impl PyAdherenceTally {
    /// Adherence by a convention: ``exception_based`` (1 - exceptions / scheduled),
    /// ``exception_based_outside_work`` (work outside the schedule is added to both),
    /// ``neutral_aware`` (in adherence / (scheduled - neutral)), ``in_plan`` (in adherence /
    /// scheduled) or ``in_plan_outside_logged_in`` (.. / (scheduled + logged in outside)).
    #[pyo3(signature = (convention, policy, *, agent = None))]
    fn adherence(
        &self,
        convention: Given<'_, Named<AdherenceConvention>>,
        policy: Policy<'_>,
        agent: Option<Given<'_, Words>>,
    ) -> PyResult<PyMeasure> {
        let Named(convention) = convention.read("convention")?;
        let times = self.of(&policy, agent.as_ref())?;
        Ok(PyMeasure(times.adherence(convention, self.window)))
    }

    /// Conformance: actual / scheduled time, more than the whole if more was worked.
    ///
    /// ``rule`` is ``total`` (logged in / scheduled) or ``work`` (ready or in contact /
    /// scheduled work); ``silence`` says what no state at all means: ``is_unknown`` or
    /// ``is_absence``.
    #[pyo3(signature = (rule, policy, *, agent = None, silence = Choice::or("is_unknown")),
           text_signature = "($self, rule, policy, *, agent=None, silence='is_unknown')")]
    fn conformance(
        &self,
        rule: Given<'_, Named<ConformanceRule>>,
        policy: Policy<'_>,
        agent: Option<Given<'_, Words>>,
        silence: Choice<'_, Named<Silence>>,
    ) -> PyResult<PyMeasure> {
        let (Named(rule), Named(silence)) = (rule.read("rule")?, silence.read("silence")?);
        let times = self.of(&policy, agent.as_ref())?;
        Ok(PyMeasure(times.conformance(rule, silence, self.window)))
    }

    /// Observed shrinkage: ``planned_shrinkage``, ``actual_shrinkage`` or
    /// ``absence_shrinkage``.
    #[pyo3(signature = (rule, policy, *, agent = None))]
    fn shrinkage(
        &self,
        rule: Given<'_, Named<ShrinkageRule>>,
        policy: Policy<'_>,
        agent: Option<Given<'_, Words>>,
    ) -> PyResult<PyMeasure> {
        let Named(rule) = rule.read("rule")?;
        let times = self.of(&policy, agent.as_ref())?;
        Ok(PyMeasure(times.shrinkage(rule, self.window)))
    }

    /// The times behind the shares: scheduled, in adherence, neutral, out, and so on.
    #[pyo3(signature = (policy, *, agent = None))]
    fn times<'py>(
        &self,
        py: Python<'py>,
        policy: Policy<'py>,
        agent: Option<Given<'py, Words>>,
    ) -> PyResult<BTreeMap<&'static str, Bound<'py, PyDelta>>> {
        let times = self.of(&policy, agent.as_ref())?;
        let parts = [
            ("scheduled", times.scheduled()),
            ("in_adherence", times.in_adherence()),
            ("neutral", times.neutral()),
            ("out_of_adherence", times.out_of_adherence()),
            ("excused", times.excused()),
            ("logged_in", times.logged_in()),
            ("not_logged_in", times.not_logged_in()),
            ("productive", times.productive()),
            ("unscheduled", times.unscheduled()),
            ("unscheduled_work", times.unscheduled_work()),
        ];
        let shown = parts.into_iter().map(|(name, ms)| {
            let ms = i64::try_from(ms).unwrap_or(i64::MAX);
            Ok((name, timedelta(py, TimeDelta::milliseconds(ms))?))
        });
        shown.collect()
    }

    fn __len__(&self) -> usize {
        self.tally.headcount()
    }

    fn __repr__(&self) -> String {
        format!("<AdherenceTally of {} operators>", self.tally.headcount())
    }
}

impl PyAdherenceTally {
    fn of(&self, policy: &Policy<'_>, agent: Option<&Given<'_, Words>>) -> Result<AdherenceTimes> {
        let Instance(policy) = policy.read("policy")?;
        let policy = &policy.get().0;
        Ok(match optional("agent", agent)? {
            Some(Words(agent)) => {
                let agent = AgentId::new(&agent)?;
                self.tally.agent_over(&agent, self.window, policy)?
            }
            None => self.tally.team_over(self.window, policy)?,
        })
    }
}

/// A published change of the plan, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    agent: AgentId,
    span: Span,
    #[serde(default)]
    activity: Option<floorwalker::attendance::Activity>,
    effective: chrono::DateTime<chrono::Utc>,
}

impl From<Published> for PlanChange {
    fn from(change: Published) -> Self {
        Self {
            agent: change.agent,
            span: change.span,
            activity: change.activity,
            effective: change.effective,
        }
    }
}

/// Compares what was planned with what the telephone system saw, on raw times.
///
/// * ``shifts``, ``states``, ``absences``: as for ``presence``
/// * ``window``: a pair of instants or dates; the second is not part of it
/// * ``changes``: records with ``agent``, ``start``, ``end``, ``effective`` and, unless the
///   time is off, ``activity``: they replace the plan from when they took effect
/// * ``rules``: which state keeps which activity (``map``), ``grace_after_secs`` and
///   ``grace_before_secs``, as far as they differ from the usual
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> nine = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
/// >>> shifts = [{"agent": "anna", "start": nine, "end": nine.replace(hour=10)}]
/// >>> states = {"agent": ["anna"], "state": ["contact"], "from": [nine.replace(minute=10)],
/// ...           "to": [nine.replace(hour=10, minute=10)]}
/// >>> tally = fw.adherence(shifts, states, zone="UTC", window=(nine, nine.replace(hour=11)))
/// >>> policy = fw.AccessPolicy("coaching", "agreement of 12 May 2026", "person")
/// >>> tally.adherence("exception_based", policy, agent="anna").percent()
/// Decimal('83.33')
/// >>> tally.adherence("exception_based_outside_work", policy, agent="anna").percent()
/// Decimal('71.43')
/// >>> tally.conformance("total", policy, agent="anna").percent()
/// Decimal('100.00')
#[pyfunction]
#[pyo3(
    signature = (
        shifts, states, *, zone, window, every = Choice::or("15m"), absences = None,
        changes = None, rules = None, as_of = None,
    ),
    text_signature = "(shifts, states, *, zone, window, every='15m', absences=None, changes=None, \
                      rules=None, as_of=None)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn adherence(
    py: Python<'_>,
    shifts: Given<'_, Records>,
    states: GivenTable<'_>,
    zone: Given<'_, ZoneName>,
    window: Given<'_, Window>,
    every: Choice<'_, Named<Every>>,
    absences: Option<Given<'_, Records>>,
    changes: Option<Given<'_, Records>>,
    rules: Option<Given<'_, Timed>>,
    as_of: Option<Given<'_, Instant>>,
) -> PyResult<PyAdherenceTally> {
    let (ZoneName(zone), Named(every)) = (zone.read("zone")?, every.read("every")?);
    let window = window.read("window")?.span(&zone)?;
    let shifts = self::shifts(shifts.read("shifts")?, &zone)?;
    let states = self::states(Some(&states))?;
    let absences = optional("absences", absences.as_ref())?.unwrap_or_default();
    let absences: Vec<Absence> = absences.read_as("absences", spanned)?;
    let changes = optional("changes", changes.as_ref())?.unwrap_or_default();
    let changes: Vec<Published> = changes.read_as("changes", spanned)?;
    let rules = optional("rules", rules.as_ref())?;
    let rules: Option<AdherenceRules> = rules.map(|rules| rules.record("rules")).transpose()?;
    let mut settings = AdherenceSettings::new(Grid::new(zone, every), window)
        .with_rules(rules.unwrap_or_default());
    if let Some(Instant(as_of)) = optional("as_of", as_of.as_ref())? {
        settings = settings.as_of(as_of);
    }
    let tally = compute(py, || {
        let changes: Vec<PlanChange> = changes.into_iter().map(PlanChange::from).collect();
        let plan = AdherencePlan::new(&shifts)?
            .without_absences(&absences)
            .with_changes(&changes);
        Ok(AdherenceTally::count(&plan, &states, &settings)?)
    })?;
    Ok(PyAdherenceTally { tally, window })
}

/// How busy one operator was: ``occupancy`` (handling / (handling + waiting)) and
/// ``utilisation`` (productive / paid time).
///
/// ``handling`` are pairs of instants of contacts, such as chats at the same time, which count
/// once; ``states`` is a table as for ``agent_figures``, of one operator. ``off_phone`` is
/// other productive work, ``paid`` the paid time.
///
/// >>> import floorwalker as fw
/// >>> nine, ten = "2026-03-02T09:00Z", "2026-03-02T10:00Z"
/// >>> busy = fw.busy_times(window=(nine, ten), handling=[(nine, "2026-03-02T09:40Z"), ("2026-03-02T09:20Z", "2026-03-02T09:45Z")],
/// ...                      paid="1h")
/// >>> busy["occupancy"].percent(), busy["utilisation"].percent()
/// (Decimal('100.00'), Decimal('75.00'))
#[pyfunction]
#[pyo3(signature = (states = None, *, window, handling = None, off_phone = None, paid = None))]
pub(crate) fn busy_times(
    states: Option<GivenTable<'_>>,
    window: Given<'_, Window>,
    handling: Option<Given<'_, Handled>>,
    off_phone: Option<Given<'_, Duration>>,
    paid: Option<Given<'_, Duration>>,
) -> PyResult<BTreeMap<&'static str, PyMeasure>> {
    let window = window
        .read("window")?
        .span(&floorwalker::time::Zone::utc())?;
    let Handled(handling) = optional("handling", handling.as_ref())?.unwrap_or_default();
    let states = self::states(states.as_ref())?;
    let amount = |name: &str, given: Option<&Given<'_, Duration>>| -> Result<u64> {
        let Some(Duration(long)) = optional(name, given)? else {
            return Ok(0);
        };
        u64::try_from(long.num_milliseconds()).map_err(|_| {
            let message = format!("argument {name} must not be negative, given {long}");
            Failure::new("value.out_of_range", message)
        })
    };
    let mut times = BusyTimes::of(&handling, &states, window);
    times.off_phone = amount("off_phone", off_phone.as_ref())?;
    times.paid = amount("paid", paid.as_ref())?;
    Ok(BTreeMap::from([
        ("occupancy", PyMeasure(times.occupancy(window))),
        ("utilisation", PyMeasure(times.utilisation(window))),
    ]))
}

/// Stretches in which something was handled.
#[derive(Default)]
pub(crate) struct Handled(Vec<Span>);

impl Argument for Handled {
    hint!("Stretches");

    const ALLOWED: &'static str = "a list of pairs of instants";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.extract::<Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)>>() else {
            return Ok(None);
        };
        let spans = pairs.iter().map(|(start, end)| {
            let Instant(start) = convert("handling", start)?;
            let Instant(end) = convert("handling", end)?;
            Ok(Span::new(start, end)?)
        });
        Ok(Some(Self(spans.collect::<Result<_>>()?)))
    }
}
