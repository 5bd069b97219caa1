//! The input files of the suite, as the library's own types.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use floorwalker::attendance::{AdherencePlan, PlannedSegment, PlannedShift};
use floorwalker::contact::{AgentState, ContactTable, Leg, LegRecord};
use floorwalker::id::{AgentId, ConversationId, CustomerId, LegId, QueueId};
use floorwalker::service::Limit;
use floorwalker::time::{Span, Zone};

use super::super::table::{Row, Table};

/// A centre: its legs, its operators' states, its queues and the window they are about.
pub(super) struct Input {
    pub(super) zone: Zone,
    pub(super) window: Span,
    pub(super) cutoff: DateTime<Utc>,
    pub(super) days: Vec<NaiveDate>,
    pub(super) queues: Vec<QueueId>,
    pub(super) within: Limit,
    pub(super) short: Limit,
    pub(super) legs: ContactTable,
    pub(super) states: Vec<AgentState>,
    pub(super) plan: AdherencePlan,
}

impl Input {
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let meta: HashMap<String, String> = Table::read(&folder.join("meta.csv"))?
            .rows()
            .map(|row| (row.get("key").to_owned(), row.get("value").to_owned()))
            .collect();
        let of = |key: &str| {
            meta.get(key)
                .map(String::as_str)
                .ok_or_else(|| format!("meta.csv has no {key}"))
        };
        let days = of("days")?
            .split(';')
            .map(|day| day.parse().map_err(|error| format!("{day}: {error}")));
        let (queues, within, short) = read_queues(&folder.join("queues.csv"))?;
        let legs: Vec<Leg> = Table::read(&folder.join("contacts.csv"))?
            .rows()
            .map(|row| {
                leg(row)
                    .map_err(|error| format!("contacts.csv, {}: {error}", row.get("contact_id")))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            zone: Zone::get(of("timezone")?).map_err(|error| error.to_string())?,
            window: Span::new(needed(of("from")?)?, needed(of("to")?)?)
                .map_err(|error| error.to_string())?,
            cutoff: needed(of("cutoff")?)?,
            days: days.collect::<Result<_, String>>()?,
            queues,
            within,
            short,
            legs: legs.iter().collect(),
            states: read_states(&folder.join("agent_states.csv"))?,
            plan: read_plan(&folder.join("schedule.csv"))?,
        })
    }
}

impl Input {
    /// The time that a row of a day, or of the total, is about.
    pub(super) fn span_of(&self, day: &str) -> Result<Span, String> {
        if day == "TOTAL" {
            return Ok(self.window);
        }
        let date = self.days.iter().find(|date| date.to_string() == day);
        date.and_then(|&date| self.zone.day(date))
            .ok_or_else(|| format!("{day} is not in the window"))
    }
}

fn read_queues(path: &Path) -> Result<(Vec<QueueId>, Limit, Limit), String> {
    let table = Table::read(path)?;
    let mut queues = Vec::new();
    let mut limits = [("sl_threshold_s", None), ("short_abandon_s", None)];
    for row in table.rows() {
        let queue = QueueId::new(row.get("queue")).map_err(|error| error.to_string())?;
        for (column, limit) in &mut limits {
            let seconds: i64 = row
                .get(column)
                .parse()
                .map_err(|error| format!("{column}: {error}"))?;
            let this = TimeDelta::seconds(seconds);
            let made = match limit.take() {
                None => {
                    Limit::new(this).and_then(|limit: Limit| limit.for_queue(queue.clone(), this))
                }
                Some(limit) => Limit::for_queue(limit, queue.clone(), this),
            };
            *limit = Some(made.map_err(|error| error.to_string())?);
        }
        queues.push(queue);
    }
    let [(_, within), (_, short)] = limits;
    Ok((
        queues,
        within.ok_or("no queues")?,
        short.ok_or("no queues")?,
    ))
}

fn read_states(path: &Path) -> Result<Vec<AgentState>, String> {
    let table = Table::read(path)?;
    let state = |row: Row<'_>| {
        let agent = AgentId::new(row.get("agent_id")).map_err(|error| error.to_string())?;
        let state = row
            .get("state")
            .parse()
            .map_err(|error: floorwalker::Error| error.to_string())?;
        AgentState::new(
            agent,
            state,
            needed(row.get("from"))?,
            optional(row.get("to"))?,
        )
        .map_err(|error| error.to_string())
    };
    table.rows().map(state).collect()
}

/// Each planned segment as a shift of its own: only the segments matter here.
fn read_plan(path: &Path) -> Result<AdherencePlan, String> {
    let table = Table::read(path)?;
    let text = |error: floorwalker::Error| error.to_string();
    let shift = |row: Row<'_>| {
        let (from, to) = (needed(row.get("from"))?, needed(row.get("to"))?);
        let segment = PlannedSegment {
            span: Span::new(from, to).map_err(text)?,
            activity: row.get("activity").parse().map_err(text)?,
        };
        let agent = AgentId::new(row.get("agent_id")).map_err(text)?;
        PlannedShift::new(agent, from.date_naive(), vec![segment]).map_err(text)
    };
    let shifts: Vec<PlannedShift> = table.rows().map(shift).collect::<Result<_, String>>()?;
    AdherencePlan::new(&shifts).map_err(text)
}

fn leg(row: Row<'_>) -> Result<Leg, String> {
    let text = |error: floorwalker::Error| error.to_string();
    let queue = QueueId::new(row.get("queue")).map_err(text)?;
    let mut record = LegRecord::waiting(queue, needed(row.get("arrived_at"))?);
    record.outcome = row.get("outcome").parse().map_err(text)?;
    record.kind = row.get("kind").parse().map_err(text)?;
    record.left_queue = optional(row.get("queue_left_at"))?;
    record.answered = optional(row.get("answered_at"))?;
    record.released = optional(row.get("released_at"))?;
    record.wrapped_up = optional(row.get("wrapup_ended_at"))?;
    record.hold_ms = row
        .get("hold_ms")
        .parse()
        .map_err(|error| format!("hold_ms: {error}"))?;
    record.transferred_out = row.get("transferred_out") == "1";
    let named = |column: &str| Some(row.get(column)).filter(|name| !name.is_empty());
    record.agent = named("agent_id")
        .map(AgentId::new)
        .transpose()
        .map_err(text)?;
    record.id = named("contact_id")
        .map(LegId::new)
        .transpose()
        .map_err(text)?;
    record.parent = named("parent_id")
        .map(LegId::new)
        .transpose()
        .map_err(text)?;
    record.conversation = named("conversation_id")
        .map(ConversationId::new)
        .transpose()
        .map_err(text)?;
    record.customer = named("customer_id")
        .map(CustomerId::new)
        .transpose()
        .map_err(text)?;
    record.check().map_err(text)
}

fn optional(cell: &str) -> Result<Option<DateTime<Utc>>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    needed(cell).map(Some)
}

fn needed(cell: &str) -> Result<DateTime<Utc>, String> {
    cell.parse()
        .map_err(|error| format!("instant {cell:?}: {error}"))
}
