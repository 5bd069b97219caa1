//! Why figures about people may be seen, and how shifts are written.

use floorwalker::attendance::{AttendanceAccess, PlannedShift};
use floorwalker::contact::AgentState;
use floorwalker::time::Zone;
use floorwalker_arrow::{ColumnMap, Row, StateReader};
use serde_json::{Value, json};

use crate::agents::PyAccessPolicy;
use crate::errors::{Failure, Result};
use crate::given::{Given, Instance, Words, optional};
use crate::input::GivenTable;
use crate::record;
use crate::records::{Records, record_of};

/// The policy, and whether kinds of absence may be seen: not at all, those that are not
/// confidential (`"open"`), or all on the basis that is stated.
pub(super) fn access(
    policy: &Given<'_, Instance<PyAccessPolicy>>,
    kinds: Option<&Given<'_, Words>>,
) -> Result<AttendanceAccess> {
    let Instance(policy) = policy.read("policy")?;
    let access = AttendanceAccess::from(policy.get().0.clone());
    Ok(match optional("absence_kinds", kinds)? {
        None => access,
        Some(Words(kinds)) if kinds == "open" => access.with_open_kinds(),
        Some(Words(basis)) => access.with_all_kinds(basis)?,
    })
}

/// Planned shifts: records as in JSON, or rows with `start` and `end`, an `activity` if it is
/// not `work`, and a `work_day` if it is not the local day of the start. Rows of an operator on
/// one work day are one shift.
pub(super) fn shifts(rows: Records, zone: &Zone) -> Result<Vec<PlannedShift>> {
    let mut shifts: Vec<Value> = Vec::new();
    for (at, mut row) in rows.rows().into_iter().enumerate() {
        if row.contains_key("segments") {
            shifts.push(Value::Object(row));
            continue;
        }
        let place = format!("shifts[{at}]");
        let (agent, day, remote) = head(&mut row, zone, &place)?;
        let segment = segment(row, &place)?;
        let mine = |shift: &&mut Value| shift["agent"] == agent && shift["work_day"] == day;
        match shifts.iter_mut().rfind(mine) {
            Some(shift) => {
                if let Some(segments) = shift["segments"].as_array_mut() {
                    segments.push(segment);
                }
            }
            None => shifts.push(json!({
                "agent": agent, "work_day": day, "remote": remote, "segments": [segment],
            })),
        }
    }
    record::read(shifts.into()).map_err(|failure| failure.about("shifts"))
}

fn head(row: &mut Row, zone: &Zone, place: &str) -> Result<(Value, Value, bool)> {
    let missing = |name: &str| {
        let message = format!("argument {place} has no {name}");
        Failure::new("data.invalid", message)
    };
    let agent = row.remove("agent").ok_or_else(|| missing("agent"))?;
    let start = row.get("start").and_then(Value::as_str);
    let start = start.map(str::to_owned);
    let local = || {
        let at = chrono::DateTime::parse_from_rfc3339(start.as_deref()?).ok()?;
        Some(zone.local_date_of_ms(at.timestamp_millis()).to_string())
    };
    let day = match row.remove("work_day") {
        Some(day) => day,
        None => local()
            .ok_or_else(|| missing("start with an offset"))?
            .into(),
    };
    let remote = row.remove("remote").and_then(|remote| remote.as_bool());
    Ok((agent, day, remote.unwrap_or(false)))
}

fn segment(mut row: Row, place: &str) -> Result<Value> {
    let mut need = |name: &str| {
        let message = format!("argument {place} has no {name}");
        row.remove(name)
            .ok_or_else(|| Failure::new("data.invalid", message))
    };
    let span = record_of([("start", need("start")?), ("end", need("end")?)]);
    let activity = row.remove("activity").unwrap_or_else(|| "work".into());
    match row.keys().next() {
        None => Ok(record_of([("span", span), ("activity", activity)])),
        Some(name) => Err(Failure::new(
            "data.invalid",
            format!("argument {place} has an unknown field {name}"),
        )),
    }
}

/// States of operators, as a table with the columns `agent`, `state`, `from`, `to`.
pub(super) fn states(given: Option<&GivenTable<'_>>) -> Result<Vec<AgentState>> {
    let Some(given) = given else {
        return Ok(Vec::new());
    };
    let reader = StateReader::new(ColumnMap::states());
    let mut states = Vec::new();
    for batch in given.batches("states")? {
        states.extend(reader.read(&batch)?);
    }
    Ok(states)
}
