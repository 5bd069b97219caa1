//! Changes of a roster as plain objects.

use floorwalker::roster::{Activity, Assignment, AssignmentKey, Change, Roster};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::errors::{Failure, Result};
use crate::record;
use crate::records::Records;

/// A change as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Written {
    Add(Value),
    Remove(AssignmentKey),
    Replace {
        operator: Value,
        start: Value,
        with: Value,
    },
    Reassign {
        operator: Value,
        start: Value,
        to: floorwalker::id::AgentId,
    },
}

/// The changes of a roster.
pub(super) fn read(changes: Records, roster: &Roster) -> Result<Vec<Change>> {
    let written: Vec<Written> = changes.read("changes")?;
    let activities = activities(roster)?;
    let key = |operator: Value, start: Value| -> Result<AssignmentKey> {
        record::read(json!({"operator": operator, "start": start}))
    };
    let made = written.into_iter().map(|change| {
        Ok(match change {
            Written::Add(shift) => Change::Add(assignment(shift, &activities)?),
            Written::Remove(key) => Change::Remove(key),
            Written::Replace {
                operator,
                start,
                with,
            } => Change::Replace(key(operator, start)?, assignment(with, &activities)?),
            Written::Reassign {
                operator,
                start,
                to,
            } => Change::Reassign(key(operator, start)?, to),
        })
    });
    let made: Result<Vec<Change>> = made.collect();
    made.map_err(|failure| failure.about("changes"))
}

/// A change as a plain object.
pub(super) fn written(change: &Change) -> Result<Value> {
    let shift = |assignment: &Assignment| -> Result<Value> {
        let mut roster = record::value(&Roster::new([assignment.clone()])?)?;
        Ok(roster["assignments"][0].take())
    };
    Ok(match change {
        Change::Add(new) => json!({"add": shift(new)?}),
        Change::Remove(key) => json!({"remove": record::value(key)?}),
        Change::Replace(key, new) => json!({"replace": {
            "operator": key.operator, "start": key.start, "with": shift(new)?,
        }}),
        Change::Reassign(key, to) => json!({"reassign": {
            "operator": key.operator, "start": key.start, "to": to,
        }}),
        other => {
            let message = format!("the change {other:?} has no written form");
            return Err(Failure::new("data.invalid", message));
        }
    })
}

fn activities(roster: &Roster) -> Result<Value> {
    let mut record = record::value(roster)?;
    Ok(record["activities"].take())
}

/// An assignment whose activities occur in the roster, or are the usual breaks.
fn assignment(shift: Value, known: &Value) -> Result<Assignment> {
    let mut activities: Vec<Activity> = record::read(known.clone())?;
    for kind in floorwalker::roster::ActivityKind::ALL {
        let usual = Activity::new(kind.name().parse()?, *kind);
        if activities.iter().all(|one| one.id() != usual.id()) {
            activities.push(usual);
        }
    }
    let record = json!({"activities": activities, "assignments": [shift]});
    let roster: Roster = record::read(record)?;
    let first = roster.assignments().first().cloned();
    first.ok_or_else(|| Failure::new("data.invalid", "a shift has no time"))
}
