//! Contacts from a table.

use std::collections::BTreeMap;
use std::io::Read;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::contact::{ContactTable, Leg, LegRecord, Outcome};
use floorwalker::id::QueueId;

use super::map::{FieldMap, Format};
use super::rows::{Row, each_row};
use crate::error::Result;
use crate::finding::Findings;
use crate::queue_log::at;
use crate::table::Times;

/// Contacts of a table, and what was odd about its rows.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    /// The legs, in the order of rows.
    pub legs: Vec<Leg>,
    /// Rows that were left out.
    pub findings: Findings,
}

impl Contacts {
    /// The legs in columns, ready to be tallied.
    #[must_use]
    pub fn table(&self) -> ContactTable {
        self.legs.iter().collect()
    }
}

/// Reads a table of contacts.
///
/// # Errors
/// `table.missing_column` if a column is missing that is needed or was named;
/// `map.invalid` if the map is about states; `read.failed` if the input cannot be read.
///
/// ```
/// use floorwalker_acd::neutral::{FieldMap, Format, read_contacts};
///
/// let rows = "\
/// queue,arrived,outcome,left_queue,answered,released,wrapped_up,agent
/// sales,2026-03-02T09:00:00Z,answered,2026-03-02T09:00:12Z,2026-03-02T09:00:12Z,2026-03-02T09:03:12Z,2026-03-02T09:03:32Z,Anna
/// sales,2026-03-02T09:01:00Z,abandoned,2026-03-02T09:00:59Z,,,,
/// ";
/// let contacts = read_contacts(rows.as_bytes(), Format::Csv, &FieldMap::contacts())?;
/// assert_eq!(contacts.legs[0].handle_time().unwrap().num_seconds(), 200);
/// assert_eq!(contacts.findings.list()[0].line, 3); // it left before it arrived
/// # Ok::<(), floorwalker_acd::Error>(())
/// ```
pub fn read_contacts(input: impl Read, format: Format, map: &FieldMap) -> Result<Contacts> {
    map.check_is_for("outcome")?;
    let mut contacts = Contacts::default();
    let mut times = Times::new(map.zone().clone(), map.local_time());
    let Contacts { legs, findings } = &mut contacts;
    each_row(input, format, map, findings, |row| {
        legs.push(leg(row, map, &mut times)?);
        Ok(())
    })?;
    Ok(contacts)
}

/// What a row says: a record, and durations that are still to be added up.
struct Draft {
    record: LegRecord,
    wait: Option<i64>,
    talk: Option<i64>,
    wrap_up: Option<i64>,
}

fn leg(row: &Row<'_>, map: &FieldMap, times: &mut Times) -> Result<Leg, String> {
    let needed = |name: &str| {
        let found = row.fields.iter().find(|(field, _)| *field == name);
        found.ok_or_else(|| format!("{name} is empty"))
    };
    let queue = QueueId::new(&needed("queue")?.1).map_err(|error| error.to_string())?;
    let arrived = instant(times, &needed("arrived")?.1)?;
    needed("outcome")?;
    let mut draft = Draft {
        record: LegRecord::waiting(queue, arrived),
        wait: None,
        talk: None,
        wrap_up: None,
    };
    for (field, text) in &row.fields {
        let text = map.term(field, text);
        draft
            .set(field, text, times)
            .map_err(|why| format!("{field}: {why}"))?;
    }
    let rest = row
        .rest
        .iter()
        .map(|(name, text)| (name.clone(), text.clone()));
    draft.record.attributes.extend(rest);
    draft.finish().check().map_err(|error| error.to_string())
}

fn instant(times: &mut Times, text: &str) -> Result<DateTime<Utc>, String> {
    times.read_any(text).map(at)
}

/// A term, a number or an identifier. Blanks around a term or number do not matter,
/// but a name is as it is.
fn parsed<T: FromStr>(text: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.trim() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(format!("{other:?} is neither true nor false, 1 nor 0")),
    }
}

/// A duration in milliseconds; `unit` is how many of them one of the given is.
fn duration(text: &str, unit: i64) -> Result<i64, String> {
    let number: i64 = parsed(text.trim())?;
    let millis = number.checked_mul(unit).filter(|millis| *millis >= 0);
    millis.ok_or_else(|| format!("{number} is no duration"))
}

impl Draft {
    // flat table
    fn set(&mut self, field: &str, text: &str, times: &mut Times) -> Result<(), String> {
        let record = &mut self.record;
        match field {
            "queue" | "arrived" => {}
            "outcome" => record.outcome = parsed(text.trim())?,
            "kind" => record.kind = parsed(text.trim())?,
            "channel" => record.channel = parsed(text.trim())?,
            "left_queue" => record.left_queue = Some(instant(times, text)?),
            "answered" => record.answered = Some(instant(times, text)?),
            "released" => record.released = Some(instant(times, text)?),
            "wrapped_up" => record.wrapped_up = Some(instant(times, text)?),
            "reached" => record.reached = Some(instant(times, text)?),
            "asked" => record.asked = Some(instant(times, text)?),
            "hold_ms" => record.hold_ms = duration(text, 1)?,
            "hold_secs" => record.hold_ms = duration(text, 1000)?,
            "wait_ms" => self.wait = Some(duration(text, 1)?),
            "wait_secs" => self.wait = Some(duration(text, 1000)?),
            "talk_ms" => self.talk = Some(duration(text, 1)?),
            "talk_secs" => self.talk = Some(duration(text, 1000)?),
            "wrap_up_ms" => self.wrap_up = Some(duration(text, 1)?),
            "wrap_up_secs" => self.wrap_up = Some(duration(text, 1000)?),
            "agent" => record.agent = Some(parsed(text)?),
            "transferred_out" => record.transferred_out = yes_or_no(text)?,
            "callback_done" => record.callback_done = yes_or_no(text)?,
            "ring_no_answers" => record.ring_no_answers = parsed(text.trim())?,
            "released_by" => record.released_by = Some(parsed(text.trim())?),
            "id" => record.id = Some(parsed(text)?),
            "conversation" => record.conversation = Some(parsed(text)?),
            "parent" => record.parent = Some(parsed(text)?),
            "customer" => record.customer = Some(parsed(text)?),
            "caller" => record.caller = Some(text.to_owned()),
            "called" => record.called = Some(text.to_owned()),
            "attributes" => record.attributes = attributes(text)?,
            other => return Err(format!("no field is called {other}")),
        }
        Ok(())
    }

    /// Adds durations to the milestones before them, where the next is not given.
    fn finish(self) -> LegRecord {
        let mut record = self.record;
        let after = |at: Option<DateTime<Utc>>, millis: Option<i64>| {
            at?.checked_add_signed(TimeDelta::try_milliseconds(millis?)?)
        };
        let waited = after(Some(record.arrived), self.wait);
        let answered = record.outcome == Outcome::Answered;
        record.left_queue = record.left_queue.or(waited);
        if answered {
            record.answered = record.answered.or(record.left_queue);
            record.left_queue = record.left_queue.or(record.answered);
        }
        let spoken = self.talk.map(|talk| talk.saturating_add(record.hold_ms));
        record.released = record.released.or_else(|| after(record.answered, spoken));
        let wrapped_up = after(record.released, self.wrap_up);
        record.wrapped_up = record.wrapped_up.or(wrapped_up);
        record
    }
}

fn attributes(text: &str) -> Result<BTreeMap<String, String>, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}
