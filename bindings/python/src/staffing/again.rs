//! A real day played again with other operators.

use std::collections::BTreeSet;

use floorwalker::contact::{Leg, LegRecord};
use floorwalker::staffing::{Presence, Replay};
use floorwalker::time::{Span, Zone};
use floorwalker_arrow::rows;
use pyo3::prelude::*;
use serde_json::Value;

use crate::errors::{Failure, Result, compute};
use crate::given::{Duration, Given, Window, optional};
use crate::input::GivenTable;
use crate::record;
use crate::records::{As, table};
use crate::table::Table;

/// The members of a leg that are looked at; others stay aside.
const LEG: [&str; 10] = [
    "queue",
    "arrived",
    "outcome",
    "kind",
    "left_queue",
    "answered",
    "released",
    "wrapped_up",
    "agent",
    "transferred_out",
];

/// A real stretch of calls played again, with operators more or fewer: a table of contacts, as
/// ``service_levels`` takes it.
///
/// Arrivals, handling times and the patience of those who gave up are kept; what the log does not
/// say is drawn, as ``seed`` decides. When operators were present is read from their calls: up
/// to ``gap`` between two calls they were, and nobody is taken to be idle for more than
/// ``idle_limit``. Play it unchanged first: the gap between that and the log is what this
/// reconstruction costs, and a change should be read against it. It names operators ``sim-0``
/// and so on.
///
/// * ``legs``: a ``QueueLog``, or a table with ``queue``, ``arrived``, ``outcome``,
///   ``left_queue``, ``answered``, ``released``, ``wrapped_up``, ``agent``
/// * ``more``: a stretch of time in which ``operators`` more serve every queue
/// * ``fewer``: one in which so many are missing of those who were there longest
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timedelta, timezone
/// >>> nine = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
/// >>> answered = [nine + timedelta(seconds=90 * n + 1) for n in range(10)]
/// >>> released = [at + timedelta(seconds=89) for at in answered]
/// >>> legs = {"queue": ["sales"] * 10, "arrived": [nine + timedelta(minutes=n) for n in range(10)],
/// ...         "outcome": ["answered"] * 10, "left_queue": answered, "answered": answered, "released": released,
/// ...         "wrapped_up": released, "agent": ["ann"] * 10}
/// >>> as_it_was = fw.staffing.replay(legs, seed=1)
/// >>> one_more = fw.staffing.replay(legs, seed=1, more=(nine, nine + timedelta(hours=1)))
/// >>> [str(fw.service_level(played, rule="offered(20s)")) for played in (as_it_was, one_more)]
/// ['1/10 = 10.0 %', '10/10 = 100.0 %']
#[pyfunction]
#[pyo3(signature = (
    legs, *, seed, more = None, fewer = None, operators = 1, gap = None, idle_limit = None,
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn replay(
    py: Python<'_>,
    legs: GivenTable<'_>,
    seed: u64,
    more: Option<Given<'_, Window>>,
    fewer: Option<Given<'_, Window>>,
    operators: u32,
    gap: Option<Given<'_, Duration>>,
    idle_limit: Option<Given<'_, Duration>>,
) -> PyResult<Table> {
    let zone = match legs.log() {
        Some(log) => Zone::get(log.get().zone_name()).map_err(Failure::from)?,
        None => Zone::utc(),
    };
    let span = |name: &str, given: Option<&Given<'_, Window>>| -> Result<Option<Span>> {
        let window = optional(name, given)?;
        window.map(|window| window.span(&zone)).transpose()
    };
    let (more, fewer) = (span("more", more.as_ref())?, span("fewer", fewer.as_ref())?);
    let secs = |name: &str, given: Option<&Given<'_, Duration>>, usual: f64| {
        let long = optional(name, given)?;
        Ok::<f64, Failure>(long.map_or(usual, |Duration(long)| long.as_seconds_f64()))
    };
    let usual = Presence::default();
    let presence = Presence {
        gap_secs: secs("gap", gap.as_ref(), usual.gap_secs)?,
        idle_limit_secs: secs("idle_limit", idle_limit.as_ref(), usual.idle_limit_secs)?,
    };
    let batches = legs.batches("legs")?;
    compute(py, || {
        let known: BTreeSet<&str> = LEG.into();
        let mut legs: Vec<Leg> = Vec::new();
        for batch in &batches {
            for mut row in rows(batch)? {
                row.retain(|name, _| known.contains(name.as_str()));
                let leg = record::read(Value::Object(row));
                legs.push(leg.map_err(|error| error.about(&format!("legs[{}]", legs.len())))?);
            }
        }
        let mut stretch = Replay::of(&legs, presence)?;
        if let Some(span) = more {
            stretch = stretch.with_more(&[span], operators)?;
        }
        if let Some(span) = fewer {
            stretch = stretch.with_fewer(span, operators);
        }
        let played = stretch.run(seed).contacts()?;
        let legs = (0..played.len()).filter_map(|row| played.leg(row));
        let records: Vec<LegRecord> = legs.map(Leg::into_record).collect();
        contacts(&records, &zone)
    })
}

fn contacts(legs: &[LegRecord], zone: &Zone) -> Result<Table> {
    let columns = [
        ("queue", "queue", As::Text),
        ("arrived", "arrived", As::Instant),
        ("outcome", "outcome", As::Text),
        ("kind", "kind", As::Text),
        ("left_queue", "left_queue", As::Instant),
        ("answered", "answered", As::Instant),
        ("released", "released", As::Instant),
        ("wrapped_up", "wrapped_up", As::Instant),
        ("agent", "agent", As::Text),
    ];
    table(zone.name(), legs, &columns)
}
