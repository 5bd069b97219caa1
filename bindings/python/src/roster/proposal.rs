//! Wishes of operators and offers to them, as plain objects.

use chrono::{DateTime, Utc};
use floorwalker::id::AgentId;
use floorwalker::roster::{
    AssignmentKey, Bid, Change, Judged, OpenShift, Proposal, Roster, Settled,
};
use floorwalker::time::Span;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::change::{self, Known, Written};
use crate::errors::{Failure, Result};
use crate::record;
use crate::records::Records;

/// What is wished, as it is written.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Wish {
    Swap {
        shifts: Vec<AssignmentKey>,
    },
    TimeOff {
        shift: AssignmentKey,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    },
    Overtime {
        shift: Value,
    },
    Bid {
        shift: Value,
    },
    Edit {
        changes: Vec<Written>,
    },
}

/// What every wish may say.
#[derive(Deserialize)]
struct Terms {
    #[serde(default)]
    agreed: Vec<AgentId>,
    expires: Option<DateTime<Utc>>,
    group: Option<String>,
}

const TERMS: [&str; 3] = ["agreed", "expires", "group"];

/// The proposals that are written as plain objects.
pub(super) fn read(proposals: Records, roster: &Roster) -> Result<Vec<Proposal>> {
    let known = Known::of(roster)?;
    let rows = proposals.rows().into_iter().enumerate();
    rows.map(|(at, row)| {
        let made = one(row, roster, &known);
        made.map_err(|failure| failure.about(&format!("proposals[{at}]")))
    })
    .collect()
}

fn one(mut row: Map<String, Value>, roster: &Roster, known: &Known) -> Result<Proposal> {
    let terms: Map<String, Value> = TERMS
        .iter()
        .filter_map(|name| row.remove_entry(*name))
        .collect();
    let terms: Terms = record::read(Value::Object(terms))?;
    let made = match record::read(Value::Object(row))? {
        Wish::Swap { shifts } => Proposal::swap(roster, &shifts)?,
        Wish::TimeOff { shift, start, end } => {
            Proposal::time_off(roster, &shift, Span::new(start, end)?)?
        }
        Wish::Overtime { shift } => Proposal::overtime(known.assignment(shift)?),
        Wish::Bid { shift } => Proposal::bid(known.assignment(shift)?),
        Wish::Edit { changes } => {
            let changes = changes.into_iter().map(|change| change.made(known));
            Proposal::edit(changes.collect::<Result<Vec<Change>>>()?)
        }
    };
    let made = terms.agreed.into_iter().fold(made, Proposal::agreed_by);
    let made = terms.expires.into_iter().fold(made, Proposal::expires);
    Ok(terms.group.into_iter().fold(made, Proposal::in_group))
}

/// The shifts that nobody has yet: as a shift without an operator, with a name.
pub(super) fn open_shifts(open: Records, roster: &Roster) -> Result<Vec<OpenShift>> {
    let known = Known::of(roster)?;
    let rows = open.rows().into_iter().enumerate();
    rows.map(|(at, mut row)| {
        let id = match row.remove("id") {
            Some(Value::String(id)) => id,
            _ => {
                return Err(Failure::new(
                    "data.invalid",
                    format!("open[{at}] has no id"),
                ));
            }
        };
        // A shift is read as somebody's, and then nobody's.
        row.insert("operator".to_owned(), json!("nobody"));
        let shift = known.assignment(Value::Object(row));
        let shift = shift.map_err(|failure| failure.about(&format!("open[{at}]")))?;
        Ok(OpenShift {
            id,
            work_day: shift.work_day(),
            pieces: shift.pieces().to_vec(),
            details: shift.details().clone(),
        })
    })
    .collect()
}

pub(super) fn bids(bids: Records) -> Result<Vec<Bid>> {
    bids.read("bids")
}

/// What became of each proposal: whether it is accepted, and all that stands against it.
pub(super) fn answers(settled: &Settled) -> Result<Vec<Value>> {
    let answer = |judged: &Judged| {
        let changes = judged.proposal().changes().iter().map(change::written);
        Ok(json!({
            "kind": judged.proposal().kind().name(),
            "changes": changes.collect::<Result<Vec<Value>>>()?,
            "accepted": judged.is_accepted(),
            "refusals": record::value(&judged.refusals())?,
        }))
    };
    settled.judged.iter().map(answer).collect()
}
