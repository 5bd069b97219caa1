//! Changes of a roster as plain objects.

use floorwalker::roster::{Activity, ActivityKind, Assignment, AssignmentKey, Change, Roster};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::errors::{Failure, Result};
use crate::record;
use crate::records::Records;

/// A change as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Written {
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

impl Written {
    /// The change, of a roster with these activities.
    pub(super) fn made(self, known: &Known) -> Result<Change> {
        let key = |operator: Value, start: Value| -> Result<AssignmentKey> {
            record::read(json!({"operator": operator, "start": start}))
        };
        Ok(match self {
            Self::Add(shift) => Change::Add(known.assignment(shift)?),
            Self::Remove(key) => Change::Remove(key),
            Self::Replace {
                operator,
                start,
                with,
            } => Change::Replace(key(operator, start)?, known.assignment(with)?),
            Self::Reassign {
                operator,
                start,
                to,
            } => Change::Reassign(key(operator, start)?, to),
        })
    }
}

/// The changes of a roster.
pub(super) fn read(changes: Records, roster: &Roster) -> Result<Vec<Change>> {
    let written: Vec<Written> = changes.read("changes")?;
    let known = Known::of(roster)?;
    let made = written.into_iter().map(|change| change.made(&known));
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

/// The activities that shifts may name: those of a roster, and the usual ones.
pub(super) struct Known(Vec<Activity>);

impl Known {
    pub(super) fn of(roster: &Roster) -> Result<Self> {
        let mut record = record::value(roster)?;
        let mut activities: Vec<Activity> = record::read(record["activities"].take())?;
        for kind in ActivityKind::ALL {
            let usual = Activity::new(kind.name().parse()?, *kind);
            if activities.iter().all(|one| one.id() != usual.id()) {
                activities.push(usual);
            }
        }
        Ok(Self(activities))
    }

    /// A shift that is written as in a roster.
    pub(super) fn assignment(&self, shift: Value) -> Result<Assignment> {
        let record = json!({"activities": self.0, "assignments": [shift]});
        let roster: Roster = record::read(record)?;
        let first = roster.assignments().first().cloned();
        first.ok_or_else(|| Failure::new("data.invalid", "a shift has no time"))
    }
}
