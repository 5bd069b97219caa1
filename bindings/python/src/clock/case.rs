//! All clocks of a case, by the policy of a service desk.

use std::collections::BTreeMap;

use floorwalker::id::CalendarId;
use floorwalker::time::business::{Hours, Timeline};
use floorwalker::time::clock::{CaseClocks, CaseEvent, Clock, Metric, Reading, SlaPolicy};
use floorwalker_arrow::TableBuilder;
use pyo3::prelude::*;

use super::timeline;
use crate::calendar::{Calendars, PyCalendar};
use crate::errors::{Result, compute};
use crate::given::{Given, Instance, Instant, optional};
use crate::record::Plain;
use crate::table::Table;

/// The clocks of one case as a table, one row for each metric and cycle, from its events.
///
/// ``policy`` and ``events`` are plain objects. A policy has ``metrics``, each with its
/// ``target``; the states that pause (``pause_states``); and what ``on_reopen``
/// (``continue``, ``restart``, ``ignore``) and ``on_priority_change`` (``retroactive``,
/// ``restart``, ``keep``) do. An event has ``at`` and ``what``: ``{"created": {}}``,
/// ``"customer_message"``, ``"agent_reply"``, ``"resolved"``, ``"reopened"``, ``{"state": ..}``,
/// ``{"priority": ..}``, ``{"calendar": ..}`` with a name of ``calendars``. Events after
/// ``as_of`` do not count.
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timedelta, timezone
/// >>> office = fw.Calendar("UTC", {"mon-fri": "09:00-17:00"})
/// >>> nine = datetime(2026, 6, 5, 9, tzinfo=timezone.utc)
/// >>> policy = {"metrics": {"first_response": {"same_ms": timedelta(hours=1)}}}
/// >>> events = [{"at": nine, "what": {"created": {"state": None, "priority": None}}},
/// ...           {"at": nine.replace(minute=40), "what": "agent_reply"}]
/// >>> row = fw.case_clocks(policy, events, office, nine.replace(hour=12)).to_dicts()[0]
/// >>> row["metric"], row["elapsed"], row["state"]
/// ('first_response', datetime.timedelta(seconds=2400), 'met')
#[pyfunction]
#[pyo3(signature = (policy, events, calendar, as_of, *, calendars = None))]
pub(crate) fn case_clocks(
    py: Python<'_>,
    policy: Given<'_, Plain>,
    events: Given<'_, Plain>,
    calendar: Given<'_, Instance<PyCalendar>>,
    as_of: Given<'_, Instant>,
    calendars: Option<Given<'_, Calendars>>,
) -> PyResult<Table> {
    let policy: SlaPolicy = policy.read("policy")?.record("policy")?;
    let events: Vec<CaseEvent> = events.read("events")?.record("events")?;
    let (hours, Instant(as_of)) = (timeline(&calendar)?, as_of.read("as_of")?);
    let calendars = optional("calendars", calendars.as_ref())?;
    let calendars = calendars.map_or_else(Vec::new, |Calendars(calendars)| calendars);
    compute(py, || {
        let as_of = as_of.timestamp_millis();
        let clocks = CaseClocks::fold(&policy, &events, as_of)?;
        let hours = in_force(&clocks, hours, &calendars)?;
        table(&clocks, &hours, as_of)
    })
}

/// The hours of the case, with the calendars it was changed to.
fn in_force(
    clocks: &CaseClocks,
    first: Timeline,
    calendars: &[(CalendarId, Timeline)],
) -> Result<Timeline> {
    if clocks.calendar_changes().is_empty() {
        return Ok(first);
    }
    let named: BTreeMap<&CalendarId, &Hours> = calendars
        .iter()
        .map(|(name, timeline)| (name, timeline.hours()))
        .collect();
    let hours = clocks.hours(first.hours(), |name| named.get(name).copied())?;
    Ok(Timeline::new(hours))
}

struct Row<'a> {
    metric: Metric,
    cycle: i64,
    clock: &'a Clock,
    reading: Reading,
}

fn table(clocks: &CaseClocks, hours: &Timeline, as_of: i64) -> Result<Table> {
    let rows: Vec<Row<'_>> = clocks
        .metrics()
        .iter()
        .flat_map(|metric| {
            let readings = metric.readings(hours, as_of).into_iter();
            let cycles = (1..).zip(metric.cycles()).zip(readings);
            cycles.map(|((cycle, clock), reading)| Row {
                metric: metric.metric(),
                cycle,
                clock,
                reading,
            })
        })
        .collect();
    let zone = hours.hours().zone().name();
    let due = |row: &Row<'_>| row.reading.due();
    let table = TableBuilder::new()
        .text("metric", rows.iter().map(|row| Some(row.metric.as_str())))
        .whole("cycle", rows.iter().map(|row| Some(row.cycle)))
        .text(
            "state",
            rows.iter().map(|row| Some(row.reading.state().as_str())),
        )
        .instants(
            "start",
            zone,
            rows.iter().map(|row| Some(row.clock.start_ms())),
        )
        .durations(
            "target",
            rows.iter().map(|row| Some(row.reading.target_ms())),
        )
        .durations(
            "elapsed",
            rows.iter().map(|row| Some(row.reading.elapsed_ms())),
        )
        .durations(
            "remaining",
            rows.iter().map(|row| Some(row.reading.remaining_ms())),
        )
        .instants(
            "due",
            zone,
            rows.iter().map(|row| due(row).map(|due| due.at_ms)),
        )
        .instants(
            "due_reopen",
            zone,
            rows.iter().map(|row| due(row)?.reopen_ms),
        );
    Ok(Table::from(table.finish()?))
}
