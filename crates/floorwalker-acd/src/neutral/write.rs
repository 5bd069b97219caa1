//! Writing neutral tables.

use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use floorwalker::contact::{AgentState, Leg};
use serde_json::{Map, Value, json};

use super::map::{CONTACT, Format, STATE};
use crate::error::{Error, ErrorKind, Result};

/// Writes a table of contacts; [`read_contacts`](super::read_contacts) reads the same
/// legs back.
///
/// # Errors
/// `write.failed` if the output takes no more.
///
/// ```
/// use floorwalker_acd::neutral::{FieldMap, Format, read_contacts, write_contacts};
/// use floorwalker_acd::{queue_log::Options, read_bytes};
///
/// let log = read_bytes(
///     b"1700000000|a.1|sales|NONE|ENTERQUEUE||0611|3\n1700000031|a.1|sales|NONE|ABANDON|2|3|31\n",
///     &Options::default(),
/// );
/// let legs: Vec<_> = log.legs().collect();
/// let mut table = Vec::new();
/// write_contacts(&mut table, Format::JsonLines, &legs)?;
/// let back = read_contacts(&table[..], Format::JsonLines, &FieldMap::contacts())?;
/// assert_eq!(back.legs, legs);
/// # Ok::<(), floorwalker_acd::Error>(())
/// ```
pub fn write_contacts<'a>(
    out: impl Write,
    format: Format,
    legs: impl IntoIterator<Item = &'a Leg>,
) -> Result<()> {
    write(out, format, CONTACT, legs.into_iter().map(contact))
}

/// Writes a table of states of operators; [`read_states`](super::read_states) reads
/// the same states back.
///
/// # Errors
/// `write.failed` if the output takes no more.
pub fn write_states<'a>(
    out: impl Write,
    format: Format,
    states: impl IntoIterator<Item = &'a AgentState>,
) -> Result<()> {
    write(out, format, STATE, states.into_iter().map(state))
}

fn write(
    mut out: impl Write,
    format: Format,
    fields: &[&str],
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<()> {
    let failed = |why: &dyn std::fmt::Display| Error::from(ErrorKind::Write(why.to_string()));
    match format {
        Format::Csv => {
            let mut table = csv::Writer::from_writer(out);
            table.write_record(fields).map_err(|why| failed(&why))?;
            for row in rows {
                let cells = row.iter().map(cell);
                table.write_record(cells).map_err(|why| failed(&why))?;
            }
            table.flush().map_err(|why| failed(&why))
        }
        Format::JsonLines => {
            for row in rows {
                let names = fields.iter().map(|field| (*field).to_owned());
                let object: Map<String, Value> = names
                    .zip(row)
                    .filter(|(_, value)| !value.is_null())
                    .collect();
                serde_json::to_writer(&mut out, &object).map_err(|why| failed(&why))?;
                out.write_all(b"\n").map_err(|why| failed(&why))?;
            }
            out.flush().map_err(|why| failed(&why))
        }
    }
}

/// A value as the text of a cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn instant(at: DateTime<Utc>) -> Value {
    json!(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn optional_instant(at: Option<DateTime<Utc>>) -> Value {
    at.map_or(Value::Null, instant)
}

fn text<T: AsRef<str>>(text: Option<&T>) -> Value {
    json!(text.map(AsRef::as_ref))
}

/// The values of a leg in the order of the fields.
fn contact(leg: &Leg) -> Vec<Value> {
    let attributes = if leg.attributes.is_empty() {
        Value::Null
    } else {
        json!(leg.attributes)
    };
    vec![
        json!(leg.queue.as_str()),
        instant(leg.arrived),
        json!(leg.outcome.name()),
        json!(leg.kind.name()),
        json!(leg.channel.name()),
        optional_instant(leg.left_queue),
        optional_instant(leg.answered),
        optional_instant(leg.released),
        optional_instant(leg.wrapped_up),
        json!(leg.hold_ms),
        optional_instant(leg.reached),
        optional_instant(leg.asked),
        text(leg.agent.as_ref()),
        json!(leg.transferred_out),
        json!(leg.callback_done),
        json!(leg.ring_no_answers),
        json!(leg.released_by.map(|by| by.name())),
        text(leg.id.as_ref()),
        text(leg.conversation.as_ref()),
        text(leg.parent.as_ref()),
        text(leg.customer.as_ref()),
        text(leg.caller.as_ref()),
        text(leg.called.as_ref()),
        attributes,
    ]
}

fn state(state: &AgentState) -> Vec<Value> {
    vec![
        json!(state.agent().as_str()),
        json!(state.state().name()),
        instant(state.from()),
        optional_instant(state.to()),
        json!(state.reason()),
    ]
}
