//! The live board: what happens now, what is out of order.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use floorwalker::attendance::AdherencePlan;
use floorwalker::floor::{Alarm, AlarmChange, Board, BoardRules, QueueNow, planned_shifts};
use floorwalker::id::AgentId;
use floorwalker::time::{Every, Grid, Zone};
use floorwalker::units::Fraction;
use floorwalker_arrow::TableBuilder;
use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use serde_json::{Value, json};

use super::{Policy, access, events};
use crate::errors::{Failure, Result, compute};
use crate::given::{
    Choice, Given, Instance, Instant, Named, Ratio, ZoneName, local_datetime, optional,
};
use crate::output::AnyDict;
use crate::record;
use crate::records::{As, Records, Timed, table};
use crate::roster::PyRoster;
use crate::rule::Rule;
use crate::table::Table;

/// The live board: fed with the events of a telephone system, it tells what happens now in each
/// queue and at each operator, where the service level is going, and what is out of order.
///
/// ``level`` is what the service level counts over each interval of ``every``. ``usual_alarms``
/// is a target such as ``"0.8"``: with it, alarms are raised at usual limits. ``rules`` are plain
/// objects that differ: ``wait`` and ``call`` (timedeltas, how long they may last),
/// ``state_secs`` (by state), ``risk`` (``target_permille``, ``min_contacts``,
/// ``pace_contacts``, ``expected``), ``out_secs``, ``silence_secs`` (by feed),
/// ``lateness_secs``, ``wrap_up``, ``forget_secs``, ``keep``. A ``roster`` is the plan that
/// operators are compared with.
///
/// An event is a dict with ``at``, ``what`` and, by what happened, ``leg``, ``queue``, ``kind``,
/// ``agent``, ``outcome``, ``state``, ``feed``; a ``number`` of the source orders events at one
/// instant. ``what`` is ``entered``, ``answered``, ``left``, ``released``, ``wrapped_up``,
/// ``state`` or ``alive``; a state is one of the library's such as ``ready``, ``logged_out``, or
/// any other word, which is then one that nobody can map.
///
/// The board changes as it is fed, so it is neither compared nor pickled: keep the events, which
/// make the same board again. Threads may share it.
///
/// >>> import floorwalker as fw
/// >>> board = fw.Board("2026-03-02T08:00Z", zone="UTC", level="offered(20s)")
/// >>> board.push({"at": "2026-03-02T08:00:00Z", "what": "entered", "leg": "1", "queue": "sales"})
/// >>> board.push({"at": "2026-03-02T08:00:10Z", "what": "entered", "leg": "2", "queue": "sales"})
/// >>> board.push({"at": "2026-03-02T08:00:15Z", "what": "answered", "leg": "1", "agent": "anna"})
/// >>> board.advance("2026-03-02T08:00:40Z")
/// >>> [(row["queue"], row["waiting"], row["longest_wait"].seconds, row["so_far"]) for row in board.queues().to_dicts()]
/// [('sales', 1, 30, 1.0)]
#[pyclass(frozen, name = "Board", module = "floorwalker")]
pub(crate) struct PyBoard {
    board: Mutex<Board>,
    zone: Zone,
}

#[pymethods]
impl PyBoard {
    #[new]
    #[pyo3(
        signature = (
            start, *, zone, level, every = Choice::or("30m"), usual_alarms = None, rules = None, roster = None,
        ),
        text_signature = "(start, *, zone, level, every='30m', usual_alarms=None, rules=None, roster=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn new(
        py: Python<'_>,
        start: Given<'_, Instant>,
        zone: Given<'_, ZoneName>,
        level: Given<'_, Rule>,
        every: Choice<'_, Named<Every>>,
        usual_alarms: Option<Given<'_, Ratio>>,
        rules: Option<Given<'_, Timed>>,
        roster: Option<Given<'_, Instance<PyRoster>>>,
    ) -> PyResult<Self> {
        let (Instant(start), ZoneName(zone)) = (start.read("start")?, zone.read("zone")?);
        let (Rule(level), Named(every)) = (level.read("level")?, every.read("every")?);
        let usual = optional("usual_alarms", usual_alarms.as_ref())?;
        let usual = usual.map(|Ratio(share)| permille(share)).transpose()?;
        let rules = optional("rules", rules.as_ref())?;
        let usual_rules = BoardRules::new(Grid::new(zone.clone(), every), level);
        let usual_rules = usual_rules.map_err(Failure::from)?;
        let chosen = chosen(usual_rules, usual, rules)?;
        let plan = plan(roster.as_ref())?;
        compute(py, || {
            let board = Mutex::new(Board::new(chosen, start, &plan));
            Ok(Self { board, zone })
        })
    }

    /// Takes an event.
    #[pyo3(signature = (event, /))]
    fn push(&self, py: Python<'_>, event: Given<'_, Timed>) -> PyResult<()> {
        let value = event.read("event")?.0;
        let Value::Object(row) = value else {
            let message = "argument event must be a dict";
            return Err(Failure::new("argument.type", message).into());
        };
        let events = events::read(Records(vec![row]), "event")?;
        self.with(py, |board| {
            board.extend(events);
            Ok(())
        })
    }

    /// Takes many events in their order: a list of dicts or a table, such as ``board_events``
    /// makes of a log.
    #[pyo3(signature = (events, /))]
    fn extend(&self, py: Python<'_>, events: Given<'_, Records>) -> PyResult<()> {
        let events = events.read("events")?;
        self.with(py, |board| {
            board.extend(events::read(events, "events")?);
            Ok(())
        })
    }

    /// It is ``now``: settles what nothing is expected to precede any more. Call it once a
    /// second or so; between calls only events move the board.
    #[pyo3(signature = (now, /))]
    fn advance(&self, py: Python<'_>, now: Given<'_, Instant>) -> PyResult<()> {
        let Instant(now) = now.read("now")?;
        self.with(py, |board| {
            board.advance(now);
            Ok(())
        })
    }

    /// Takes another plan, from the instant that is settled on.
    #[pyo3(signature = (roster, /))]
    fn replan(&self, py: Python<'_>, roster: Given<'_, Instance<PyRoster>>) -> PyResult<()> {
        let plan = plan(Some(&roster))?;
        self.with(py, |board| {
            board.replan(&plan);
            Ok(())
        })
    }

    /// A board that shows what is not settled yet as if nothing else came; this one stays as it
    /// is.
    fn provisional(&self, py: Python<'_>) -> PyResult<Self> {
        let board = self.with(py, |board| Ok(board.provisional()))?;
        Ok(Self {
            board: Mutex::new(board),
            zone: self.zone.clone(),
        })
    }

    /// The instant that is settled: what came before it counts.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        let at = self.with(py, |board| Ok(board.at()))?;
        local_datetime(py, at.timestamp_millis(), &self.zone)
    }

    /// How many events wait to be settled.
    #[getter]
    fn pending(&self, py: Python<'_>) -> PyResult<usize> {
        self.with(py, |board| Ok(board.pending()))
    }

    /// The rules as plain objects.
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        let rules = self.with(py, |board| Ok(board.rules().clone()))?;
        record::dict(py, &rules)
    }

    /// One row for each queue: who waits and for how long, who talks, what entered, was answered
    /// and given up in the running interval, and its service level: ``so_far``, ``expected`` if
    /// it goes on like the last contacts, and the ``best`` that is still possible where
    /// contacts are forecast.
    fn queues(&self, py: Python<'_>) -> PyResult<Table> {
        self.with(py, |board| queues(&board.queues(), &self.zone))
    }

    /// What a group of operators does now, in heads: ``people``, ``here``, ``ready``, ``busy``,
    /// ``elsewhere``, ``unknown``, ``planned``, and ``net_staffing``, which is below 0 where
    /// people are missing. The group must be large enough for the policy; without ``members``
    /// it is all operators.
    #[pyo3(signature = (policy, *, members = None))]
    fn team<'py>(
        &self,
        py: Python<'py>,
        policy: Policy<'py>,
        members: Option<Given<'py, Timed>>,
    ) -> PyResult<AnyDict<'py>> {
        let policy = access(&policy)?;
        let members = optional("members", members.as_ref())?;
        let members = members.map(|members| members.record("members"));
        let members: Option<Vec<AgentId>> = members.transpose()?;
        let team = self.with(py, |board| Ok(board.team(members.as_deref(), &policy)?))?;
        let mut told = record::value(&team)?;
        told["net_staffing"] = team.net_staffing().into();
        Ok(AnyDict(record::object(py, &told)?))
    }

    /// One row for each operator: what they do and since when, what is planned, how they stand
    /// to it and what that does to the floor. Needs a policy that permits looking at single
    /// people.
    #[pyo3(signature = (policy, /))]
    fn agents(&self, py: Python<'_>, policy: Policy<'_>) -> PyResult<Table> {
        let policy = access(&policy)?;
        let columns = [
            ("agent", "agent", As::Text),
            ("doing", "doing", As::Text),
            ("unmapped", "unmapped", As::Text),
            ("since", "since", As::Instant),
            ("talking", "talking", As::Whole),
            ("planned", "planned", As::Text),
            ("verdict", "verdict", As::Text),
            ("out_since", "out_since", As::Instant),
            ("impact", "impact", As::Text),
        ];
        self.with(py, |board| {
            table(self.zone.name(), &board.agents(&policy)?, &columns)
        })
    }

    /// The alarms that are raised about queues and feeds, and, with a policy that permits
    /// looking at single people, those about operators.
    #[pyo3(signature = (policy = None))]
    fn alarms(&self, py: Python<'_>, policy: Option<Policy<'_>>) -> PyResult<Table> {
        let policy = policy.as_ref().map(access).transpose()?;
        self.with(py, |board| {
            let mut alarms = board.alarms();
            if let Some(policy) = &policy {
                alarms.extend(board.agent_alarms(policy)?);
            }
            let rows = alarms.iter().map(alarm).collect::<Result<Vec<_>>>()?;
            table(self.zone.name(), &rows, &ALARM)
        })
    }

    /// The alarms that were raised and cleared since this was last asked, in order: about queues
    /// and feeds, or, with a policy, about operators instead.
    #[pyo3(signature = (policy = None))]
    fn changes(&self, py: Python<'_>, policy: Option<Policy<'_>>) -> PyResult<Table> {
        let policy = policy.as_ref().map(access).transpose()?;
        self.with(py, |board| {
            let changes = match &policy {
                Some(policy) => board.take_agent_changes(policy)?,
                None => board.take_changes(),
            };
            let rows = changes.iter().map(change).collect::<Result<Vec<_>>>()?;
            let own = [("change", "change", As::Text), ("at", "at", As::Instant)];
            table(self.zone.name(), &rows, &[&own[..], &ALARM].concat())
        })
    }

    /// How many changes were forgotten before anybody asked for them.
    #[getter]
    fn forgotten_changes(&self, py: Python<'_>) -> PyResult<u64> {
        self.with(py, |board| Ok(board.forgotten_changes()))
    }

    /// What was odd about the events, the latest: ``late``, ``duplicate``, ``unknown_contact``,
    /// ``out_of_step``, ``answered_logged_out``, ``given_up``. ``finding_counts`` has all.
    fn findings(&self, py: Python<'_>) -> PyResult<Table> {
        let columns = [
            ("kind", "kind", As::Text),
            ("at", "at", As::Instant),
            ("leg", "leg", As::Text),
            ("late", "late_ms", As::Duration),
        ];
        self.with(py, |board| {
            let findings: Vec<_> = board.findings().collect();
            table(self.zone.name(), &findings, &columns)
        })
    }

    /// How often each kind of finding came.
    #[getter]
    fn finding_counts(&self, py: Python<'_>) -> PyResult<BTreeMap<&'static str, u64>> {
        self.with(py, |board| {
            let counts = board.finding_counts().iter();
            Ok(counts.map(|(kind, count)| (kind.name(), *count)).collect())
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.with(py, |board| {
            let at = self.zone.at_ms(board.at().timestamp_millis()).to_rfc3339();
            let (queues, alarms) = (board.queues().len(), board.alarms().len());
            Ok(format!(
                "<Board of {queues} queues at {at}, {alarms} alarms>"
            ))
        })
    }
}

impl PyBoard {
    /// Works on the board, without the interpreter's lock.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Board) -> Result<T> + Send,
    ) -> PyResult<T> {
        compute(py, || work(&mut self.lock()))
    }

    /// The board. No call leaves it half changed, so that one which failed does no harm.
    fn lock(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A share in thousandths, if it is a whole number of them.
fn permille(share: Fraction) -> Result<u16> {
    let thousandths = share.times(1000).to_decimal(3).normalize();
    let whole = thousandths.to_string().parse::<u16>();
    whole.map_err(|_| {
        let message = format!(
            "argument usual_alarms must be a whole number of thousandths from 0 to 1, \
             given {thousandths} thousandths"
        );
        Failure::new("value.out_of_range", message)
    })
}

/// The rules: usual ones where a target is given, and what differs.
fn chosen(rules: BoardRules, usual: Option<u16>, own: Option<Timed>) -> Result<BoardRules> {
    let rules = match usual {
        Some(target) => rules.with_usual_alarms(target)?,
        None => rules,
    };
    let Some(Timed(own)) = own else {
        return Ok(rules);
    };
    let mut merged = record::value(&rules)?;
    let (Value::Object(fields), Value::Object(mut own)) = (&mut merged, own) else {
        let message = "argument rules must be a dict";
        return Err(Failure::new("argument.type", message));
    };
    for limit in ["wait", "call"] {
        if let Some(long) = own.remove(&format!("{limit}_ms")) {
            own.insert(limit.to_owned(), json!({"default_ms": long}));
        }
    }
    fields.extend(own);
    record::read(merged).map_err(|failure| failure.about("rules"))
}

fn plan(roster: Option<&Given<'_, Instance<PyRoster>>>) -> Result<AdherencePlan> {
    let Some(roster) = roster else {
        return Ok(AdherencePlan::default());
    };
    let roster = PyRoster::of(roster, "roster")?;
    Ok(AdherencePlan::new(&planned_shifts(&roster)?)?)
}

/// A member of what happens in a queue.
type Of<T> = fn(&QueueNow) -> T;

fn queues(queues: &[QueueNow], zone: &Zone) -> Result<Table> {
    let wholes: [(&str, Of<u64>); 6] = [
        ("waiting", |row| row.waiting),
        ("talking", |row| row.talking),
        ("wrapping_up", |row| row.wrapping_up),
        ("offered", |row| row.offered),
        ("answered", |row| row.answered),
        ("abandoned", |row| row.abandoned),
    ];
    let levels: [(&str, Of<Option<Fraction>>); 3] = [
        ("so_far", |row| row.projection.so_far()),
        ("expected", |row| row.projection.expected()),
        ("best", |row| row.projection.best()),
    ];
    let ends = |end: fn(&QueueNow) -> i64| queues.iter().map(move |row| Some(end(row)));
    let mut table = TableBuilder::new()
        .text("queue", queues.iter().map(|row| Some(row.queue.as_str())))
        .instants("start", zone.name(), ends(|row| row.period.start_ms()))
        .instants("end", zone.name(), ends(|row| row.period.end_ms()))
        .durations("longest_wait", queues.iter().map(|row| row.longest_wait_ms));
    for (name, of) in wholes {
        table = table.whole(name, queues.iter().map(|row| i64::try_from(of(row)).ok()));
    }
    for (name, of) in levels {
        table = table.float(name, queues.iter().map(|row| of(row).map(Fraction::to_f64)));
    }
    Ok(Table::from(table.finish()?))
}

/// The columns of alarms.
const ALARM: [(&str, &str, As); 12] = [
    ("alarm", "key.kind", As::Text),
    ("urgency", "urgency", As::Text),
    ("queue", "key.queue", As::Text),
    ("agent", "key.agent", As::Text),
    ("leg", "key.leg", As::Text),
    ("feed", "key.feed", As::Text),
    ("since", "since", As::Instant),
    ("raised", "raised", As::Instant),
    ("limit", "limit_ms", As::Duration),
    ("impact", "impact", As::Text),
    ("planned", "planned", As::Text),
    ("personal", "personal", As::Flag),
];

fn alarm(alarm: &Alarm) -> Result<Value> {
    let mut told = record::value(alarm)?;
    told["urgency"] = alarm.key.kind.urgency().name().into();
    told["personal"] = alarm.key.kind.is_personal().into();
    Ok(told)
}

fn change(change: &AlarmChange) -> Result<Value> {
    let mut told = alarm(change.alarm())?;
    let (name, at) = match change {
        AlarmChange::Raised(alarm) => ("raised", alarm.raised),
        AlarmChange::Cleared { at, .. } => ("cleared", *at),
    };
    told["change"] = name.into();
    told["at"] = at.to_rfc3339().into();
    Ok(told)
}
