//! Where the reader hands over what is finished.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use floorwalker::contact::{AgentState, StateKind};
use floorwalker::id::{AgentId, QueueId};
use serde::{Deserialize, Serialize};

use super::visit::Visit;
use crate::error::Result;
use crate::finding::FindingRef;

/// Takes what the reader has finished, one thing at a time.
///
/// Nothing is kept by the reader afterwards, so memory is that of the sink. Visits
/// come in the order of their ends, everything about one operator in the order of
/// time. Only [`visit`](Self::visit) has to be written; the rest is ignored unless
/// it is.
pub trait Sink {
    /// A visit to a queue that is over, or that the data leaves open.
    fn visit(&mut self, visit: &Visit<'_>);

    /// A telephone rang at an operator who did not take the call.
    fn ring(&mut self, _ring: &Ring<'_>) {}

    /// A session of an operator: from login to logoff.
    fn session(&mut self, _session: AgentSession) {}

    /// A pause of an operator.
    fn pause(&mut self, _pause: AgentPause) {}

    /// A stretch of an operator's time in one state.
    fn stretch(&mut self, _stretch: &Stretch<'_>) {}

    /// Something odd.
    fn finding(&mut self, _finding: &FindingRef<'_>) {}

    /// At the end: events that are not interpreted, and how often each came.
    fn other_events(&mut self, _events: &BTreeMap<String, u64>) {}

    /// At the end: the latest stamp, in milliseconds since 1970.
    fn last_stamp(&mut self, _at_ms: i64) {}
}

impl<S: Sink> Sink for &mut S {
    fn visit(&mut self, visit: &Visit<'_>) {
        (**self).visit(visit);
    }
    fn ring(&mut self, ring: &Ring<'_>) {
        (**self).ring(ring);
    }
    fn session(&mut self, session: AgentSession) {
        (**self).session(session);
    }
    fn pause(&mut self, pause: AgentPause) {
        (**self).pause(pause);
    }
    fn stretch(&mut self, stretch: &Stretch<'_>) {
        (**self).stretch(stretch);
    }
    fn finding(&mut self, finding: &FindingRef<'_>) {
        (**self).finding(finding);
    }
    fn other_events(&mut self, events: &BTreeMap<String, u64>) {
        (**self).other_events(events);
    }
    fn last_stamp(&mut self, at_ms: i64) {
        (**self).last_stamp(at_ms);
    }
}

/// A ring that was not taken (`RINGNOANSWER`), or that ended because the caller
/// left (`RINGCANCELED`).
#[derive(Clone, Copy, Debug)]
pub struct Ring<'a> {
    /// The queue of the call.
    pub queue: &'a QueueId,
    /// Where it rang.
    pub agent: Option<&'a AgentId>,
    /// When it stopped, in milliseconds since 1970.
    pub at_ms: i64,
    /// How long it rang. 0 ms is mostly a device that cannot be reached.
    pub rang_ms: i64,
    /// Whether the caller left while it rang, which is not the operator's doing.
    pub canceled: bool,
}

/// A session of an operator (sessione): logged in, or member of at least one queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentSession {
    /// Who.
    pub agent: AgentId,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; `None` if the data ends before.
    pub to: Option<DateTime<Utc>>,
}

/// A pause of an operator (pausa), in whichever queues it was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentPause {
    /// Who.
    pub agent: AgentId,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; `None` if the data ends before.
    pub to: Option<DateTime<Utc>>,
    /// The reason given, empty if there was none.
    pub reason: String,
}

/// An unbroken stretch of an operator's time in one state. Those of one operator
/// do not overlap; time with a contact comes before a pause that began during it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// Who.
    pub agent: &'a AgentId,
    /// What they did.
    pub state: StateKind,
    /// Since when, in milliseconds since 1970.
    pub from_ms: i64,
    /// Until when; `None` if the data ends before.
    pub to_ms: Option<i64>,
    /// The reason given for a pause.
    pub reason: Option<&'a str>,
}

impl Stretch<'_> {
    /// The stretch as a record of its own.
    ///
    /// # Errors
    /// None for a stretch from the reader, whose instants are in order and in range.
    pub fn to_state(&self) -> Result<AgentState> {
        let to = self.to_ms.map(at);
        let state = AgentState::new(self.agent.clone(), self.state, at(self.from_ms), to)?;
        Ok(match self.reason {
            Some(reason) => state.with_reason(reason),
            None => state,
        })
    }
}

/// An instant of the reader, which lies within years 1 to 9999.
pub(crate) fn at(ms: i64) -> DateTime<Utc> {
    let clamped = ms.clamp(floorwalker::time::MIN_MS, floorwalker::time::MAX_MS);
    floorwalker::time::instant(clamped).expect("clamped to the years 1 to 9999")
}
