//! States of operators from a table.

use std::io::Read;

use floorwalker::contact::{AgentState, StateKind};
use floorwalker::id::AgentId;

use super::map::{FieldMap, Format};
use super::rows::{Row, each_row};
use crate::error::Result;
use crate::finding::Findings;
use crate::queue_log::at;
use crate::table::Times;

/// States of a table, and what was odd about its rows.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// The states, in the order of rows.
    pub states: Vec<AgentState>,
    /// Rows that were left out.
    pub findings: Findings,
}

/// Reads a table of states of operators.
///
/// # Errors
/// `table.missing_column` if a column is missing that is needed or was named;
/// `map.invalid` if the map is about contacts; `read.failed` if the input cannot be read.
///
/// ```
/// use floorwalker_acd::neutral::{FieldMap, Format, read_states};
///
/// let rows = r#"{"agent":"Anna","state":"lunch","from":"2026-03-02T12:00:00Z","to":null}"#;
/// let states = read_states(rows.as_bytes(), Format::JsonLines, &FieldMap::states())?;
/// assert_eq!(states.states[0].to(), None);
/// # Ok::<(), floorwalker_acd::Error>(())
/// ```
pub fn read_states(input: impl Read, format: Format, map: &FieldMap) -> Result<States> {
    map.check_is_for("state")?;
    let mut read = States::default();
    let mut times = Times::new(map.zone().clone(), map.local_time());
    let States { states, findings } = &mut read;
    each_row(input, format, map, findings, |row| {
        states.push(state(row, map, &mut times)?);
        Ok(())
    })?;
    Ok(read)
}

fn state(row: &Row<'_>, map: &FieldMap, times: &mut Times) -> Result<AgentState, String> {
    let text = |name: &str| {
        let found = row.fields.iter().find(|(field, _)| *field == name);
        found.map(|(_, text)| map.term(name, text))
    };
    let needed = |name: &str| text(name).ok_or_else(|| format!("{name} is empty"));
    let agent = AgentId::new(needed("agent")?).map_err(|error| error.to_string())?;
    let kind: StateKind = needed("state")?
        .trim()
        .parse()
        .map_err(|error: floorwalker::Error| error.to_string())?;
    let from = at(times.read_any(needed("from")?)?);
    let to = text("to").map(|to| times.read_any(to)).transpose()?.map(at);
    let state = AgentState::new(agent, kind, from, to).map_err(|error| error.to_string())?;
    Ok(match text("reason") {
        Some(reason) => state.with_reason(reason),
        None => state,
    })
}
