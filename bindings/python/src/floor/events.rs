//! Events of the live board: as they are written, and what a log would have told.

use chrono::{DateTime, Utc};
use floorwalker::contact::{LegKind, Outcome, StateKind};
use floorwalker::floor::{BoardEvent, Happening, LiveState};
use floorwalker::id::{AgentId, QueueId};
use floorwalker::time::{Span, Zone};
use floorwalker_arrow::{Row, rows};
use pyo3::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::errors::{Failure, Result, compute};
use crate::given::{Described, Given, Instance, Window, optional};
use crate::log::PyQueueLog;
use crate::record;
use crate::records::{As, Records, table};
use crate::table::Table;

/// Events of records: members without a value do not matter, and a state may be one word.
pub(super) fn read(records: Records, argument: &str) -> Result<Vec<BoardEvent>> {
    records.read_as(argument, |mut row: Row| {
        row.retain(|_, value| !value.is_null());
        let told = row.get("state").and_then(Value::as_str).map(live_state);
        if let Some(state) = told {
            row.insert("state".to_owned(), state);
        }
        row
    })
}

/// A state in one word; one that is none of the library's is one that nobody can map.
fn live_state(word: &str) -> Value {
    match word.parse::<StateKind>() {
        _ if word == LOGGED_OUT => word.into(),
        Ok(_) => serde_json::json!({"in": word}),
        Err(_) => serde_json::json!({"unmapped": word}),
    }
}

const LOGGED_OUT: &str = "logged_out";

impl Described for PyQueueLog {
    const ALLOWED: &'static str = "a QueueLog";
}

/// The members of a leg that a live feed would have told.
#[derive(Deserialize)]
struct Visit {
    queue: QueueId,
    arrived: DateTime<Utc>,
    outcome: Outcome,
    kind: LegKind,
    #[serde(default)]
    left_queue: Option<DateTime<Utc>>,
    #[serde(default)]
    answered: Option<DateTime<Utc>>,
    #[serde(default)]
    released: Option<DateTime<Utc>>,
    #[serde(default)]
    agent: Option<AgentId>,
}

/// A state of an operator in a log.
#[derive(Deserialize)]
struct Stretch {
    agent: AgentId,
    state: StateKind,
    from: DateTime<Utc>,
    #[serde(default)]
    to: Option<DateTime<Utc>>,
}

fn all<T: DeserializeOwned>(table: &Table) -> Result<Vec<T>> {
    let mut found = Vec::with_capacity(table.rows());
    for batch in table.batches() {
        for row in rows(batch)? {
            found.push(record::read(Value::Object(row))?);
        }
    }
    Ok(found)
}

impl Visit {
    /// The events of one contact; none of one that never entered its queue.
    fn tell(self, number: usize, events: &mut Vec<BoardEvent>) -> Result<()> {
        if !self.outcome.is_queued() && !self.kind.is_dial() {
            return Ok(());
        }
        let leg = || number.to_string().parse();
        let mut tell = |at, what| -> Result<()> {
            events.push(BoardEvent::new(at, what)?);
            Ok(())
        };
        let (queue, kind, outcome) = (self.queue, self.kind, self.outcome);
        let entered = Happening::Entered {
            leg: leg()?,
            queue,
            kind,
        };
        tell(self.arrived, entered)?;
        match (self.answered, self.agent, self.left_queue) {
            (Some(answered), Some(agent), _) => {
                tell(answered, Happening::Answered { leg: leg()?, agent })?;
                if let Some(released) = self.released {
                    tell(released, Happening::Released { leg: leg()? })?;
                }
            }
            (_, _, Some(left)) => tell(
                left,
                Happening::Left {
                    leg: leg()?,
                    outcome,
                },
            )?,
            _ => {}
        }
        Ok(())
    }
}

impl Stretch {
    /// The events of one state within a window. A state that ends is a logout, unless another
    /// begins at the same instant: that one has a higher number.
    fn tell(self, window: Span, events: &mut Vec<BoardEvent>) -> Result<()> {
        let from = self.from.max(window.start());
        let until = self.to.unwrap_or(window.end());
        if from >= until || from >= window.end() {
            return Ok(());
        }
        let mut tell = |at, number, state| -> Result<()> {
            let agent = self.agent.clone();
            let event = BoardEvent::new(at, Happening::State { agent, state })?;
            events.push(event.numbered(number));
            Ok(())
        };
        tell(from, 2, LiveState::In(self.state))?;
        if self.to.is_some() {
            tell(until, 1, LiveState::LoggedOut)?;
        }
        Ok(())
    }
}

/// The time that the visits and states of a log cover.
fn covered(visits: &[Visit], states: &[Stretch]) -> Result<Span> {
    let ends = |one: &Visit| one.released.or(one.left_queue).unwrap_or(one.arrived);
    let of_visits = visits.iter().map(|one| (one.arrived, ends(one)));
    let of_states = states
        .iter()
        .map(|one| (one.from, one.to.unwrap_or(one.from)));
    let hull = of_visits
        .chain(of_states)
        .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    match hull {
        Some((start, end)) => Ok(Span::new(start, end + chrono::TimeDelta::milliseconds(1))?),
        None => Ok(Span::from_millis(0, 0)?),
    }
}

/// What a telephone system would have told a live board while a log was written, one row for
/// each event and in order: ``at``, ``number``, ``what`` (``entered``, ``answered``, ``left``,
/// ``released``, ``state``), ``leg``, ``queue``, ``kind``, ``agent``, ``outcome``, ``state``.
///
/// With a ``window``, contacts that entered in it, with all that became of them, and states that
/// lasted in it; one that began earlier is told at its start. The table names operators: read it only where that is
/// permitted.
///
/// >>> import floorwalker as fw
/// >>> log = fw.read_queue_log("examples/data/sample.queue_log.gz", zone="Europe/Rome")
/// >>> events = fw.board_events(log, window=("2026-03-16", "2026-03-17"))
/// >>> sorted({row["what"] for row in events.to_dicts()})
/// ['answered', 'entered', 'left', 'released', 'state']
#[pyfunction]
#[pyo3(signature = (log, *, window = None))]
pub(crate) fn board_events(
    py: Python<'_>,
    log: Given<'_, Instance<PyQueueLog>>,
    window: Option<Given<'_, Window>>,
) -> PyResult<Table> {
    let Instance(log) = log.read("log")?;
    let log = log.get();
    let zone = Zone::get(log.zone_name()).map_err(Failure::from)?;
    let window = optional("window", window.as_ref())?;
    let window = window.map(|window| window.span(&zone)).transpose()?;
    let (legs, states) = (log.table(py, "legs")?, log.table(py, "states")?);
    compute(py, || {
        let (visits, states): (Vec<Visit>, Vec<Stretch>) = (all(legs.get())?, all(states.get())?);
        let window = window.map_or_else(|| covered(&visits, &states), Ok)?;
        let mut events = Vec::new();
        for (number, visit) in visits.into_iter().enumerate() {
            if window.contains(visit.arrived) {
                visit.tell(number, &mut events)?;
            }
        }
        for state in states {
            state.tell(window, &mut events)?;
        }
        events.sort();
        written(&events, &zone)
    })
}

fn written(events: &[BoardEvent], zone: &Zone) -> Result<Table> {
    let columns = [
        ("at", "at", As::Instant),
        ("number", "number", As::Whole),
        ("what", "what", As::Text),
        ("leg", "leg", As::Text),
        ("queue", "queue", As::Text),
        ("kind", "kind", As::Text),
        ("agent", "agent", As::Text),
        ("outcome", "outcome", As::Text),
        ("state", "state", As::Text),
    ];
    table(zone.name(), events, &columns)
}
