//! What has happened, chained so that a later change is seen.

use serde::{Deserialize, Serialize};

use super::act::Act;
use super::command::{Attempt, NewEvent};
use super::step::Step;
use crate::complaint::digest::Digest;
use crate::id::{ActorId, CaseId, Label};

/// The version of the form of events.
pub(super) const SCHEMA: u32 = 1;

/// What an event says. The fields stand in order of their names: that is the order of
/// the text over which its checksum is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecord {
    /// What was done.
    pub act: Act,
    /// Who did it.
    pub actor: ActorId,
    /// The complaint.
    pub case: CaseId,
    /// The number of the event that caused it.
    pub cause: Option<u64>,
    /// When it happened, in milliseconds since 1970.
    pub occurred_ms: i64,
    /// For whom, if not for the actor.
    pub on_behalf_of: Option<ActorId>,
    /// The checksum of the event before it; zeros for the first.
    pub previous: Digest,
    /// When it was recorded, in milliseconds since 1970.
    pub recorded_ms: i64,
    /// In which role.
    pub role: Option<Label>,
    /// The version of this form: 1.
    pub schema: u32,
    /// Its number, from 0.
    pub seq: u64,
    /// The state to which it led, if it moved.
    pub to: Option<Label>,
}

/// One thing that has happened to a complaint (evento), with its checksum.
///
/// The checksum is SHA-256 over the canonical JSON (RFC 8785) of its [`EventRecord`],
/// which holds the checksum of the event before it. So nothing in the middle can be
/// changed, left out or put in without being seen, and whoever has noted the last
/// checksum sees a cut-off end too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    hash: Digest,
    record: EventRecord,
}

impl Event {
    /// The event that follows `previous` in a complaint.
    pub(super) fn seal(
        case: &CaseId,
        new: NewEvent,
        place: (u64, Digest),
        first: u64,
        recorded_ms: i64,
    ) -> Self {
        let (seq, previous) = place;
        let command = new.command;
        let record = EventRecord {
            act: command.act,
            actor: command.actor,
            case: case.clone(),
            cause: new.cause.map(|place| first + place as u64),
            occurred_ms: command.occurred_ms,
            on_behalf_of: command.on_behalf_of,
            previous,
            recorded_ms,
            role: command.role,
            schema: SCHEMA,
            seq,
            to: command.to,
        };
        Self {
            hash: checksum(&record),
            record,
        }
    }

    /// What it says.
    #[must_use]
    pub fn record(&self) -> &EventRecord {
        &self.record
    }

    /// Its checksum, as it was recorded.
    #[must_use]
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// Its number, from 0.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.record.seq
    }

    /// What was done.
    #[must_use]
    pub fn act(&self) -> &Act {
        &self.record.act
    }

    /// The kind of what was done.
    #[must_use]
    pub fn step(&self) -> Step {
        self.record.act.step()
    }

    /// Whether its checksum is that of what it says.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        checksum(&self.record) == self.hash
    }

    /// The event as it would be checked, with another act and another instant where it
    /// was put right.
    pub(super) fn attempt<'a>(&'a self, act: &'a Act, occurred_ms: i64) -> Attempt<'a> {
        Attempt {
            act,
            actor: &self.record.actor,
            occurred_ms,
            role: self.record.role.as_ref(),
            to: self.record.to.as_ref(),
            recorded: true,
            caused: self.record.cause.is_some(),
        }
    }
}

/// The fields are in order, so writing them down is the canonical form.
fn checksum(record: &EventRecord) -> Digest {
    let text = serde_json::to_vec(record).expect("an event has a JSON form");
    Digest::of(&text)
}
