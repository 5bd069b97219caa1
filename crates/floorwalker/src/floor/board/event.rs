//! What a telephone system tells while the lines are open.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contact::{LegKind, Outcome, StateKind};
use crate::error::{Error, Result};
use crate::id::{AgentId, Label, LegId, QueueId};
use crate::terms::terms;
use crate::time::{MAX_MS, MIN_MS, instant};

terms! {
    /// Where events come from. Each may fall silent on its own.
    Feed ("feed") {
        /// Contacts: entries into queues, answers, ends.
        Contacts = "contacts",
        /// States of operators.
        States = "states",
    }
}

/// The state of an operator as the feed has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveState {
    /// Logged out.
    LoggedOut,
    /// Logged in, in this state.
    In(StateKind),
    /// A word that the host cannot map to a state. It is unknown what the operator does,
    /// which is never taken for a breach of the plan.
    Unmapped(Label),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Happening {
    /// A contact entered a queue, or a dial began.
    Entered {
        /// The leg.
        leg: LegId,
        /// Where.
        queue: QueueId,
        /// What began it. Dials never wait and are never offered.
        #[serde(default = "inbound")]
        kind: LegKind,
    },
    /// An operator was connected.
    Answered {
        /// The leg.
        leg: LegId,
        /// Who.
        agent: AgentId,
    },
    /// The contact left the queue without an answer.
    Left {
        /// The leg.
        leg: LegId,
        /// How.
        outcome: Outcome,
    },
    /// The conversation ended.
    Released {
        /// The leg.
        leg: LegId,
    },
    /// The work after the conversation ended.
    WrappedUp {
        /// The leg.
        leg: LegId,
    },
    /// An operator changed state.
    State {
        /// Who.
        agent: AgentId,
        /// Into which state.
        state: LiveState,
    },
    /// The feed lives, and has nothing else to tell (heartbeat).
    Alive {
        /// Which.
        feed: Feed,
    },
}

fn inbound() -> LegKind {
    LegKind::Inbound
}

impl Happening {
    /// The feed it belongs to.
    #[must_use]
    pub fn feed(&self) -> Feed {
        match self {
            Self::State { .. } => Feed::States,
            Self::Alive { feed } => *feed,
            _ => Feed::Contacts,
        }
    }

    /// The leg it is about.
    #[must_use]
    pub fn leg(&self) -> Option<&LegId> {
        match self {
            Self::Entered { leg, .. }
            | Self::Answered { leg, .. }
            | Self::Left { leg, .. }
            | Self::Released { leg }
            | Self::WrappedUp { leg } => Some(leg),
            Self::State { .. } | Self::Alive { .. } => None,
        }
    }
}

/// An event of the live feed.
///
/// Invariant: the instant lies within years 1 to 9999.
///
/// Events are ordered by instant, then by the number of the source, then by what
/// happened: entry, answer, leaving, release, wrap-up, state. Give numbers where the
/// source stamps whole seconds, so that its own order counts within one.
///
/// ```
/// use floorwalker::floor::BoardEvent;
///
/// let event: BoardEvent = serde_json::from_str(
///     r#"{"at": "2026-03-02T08:00:12Z", "what": "answered", "leg": "17", "agent": "anna"}"#,
/// ).unwrap();
/// assert_eq!(event.what().leg().unwrap().as_str(), "17");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "EventRecord", into = "EventRecord")]
pub struct BoardEvent {
    at_ms: i64,
    number: u64,
    what: Happening,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "BoardEvent")]
struct EventRecord {
    at: DateTime<Utc>,
    #[serde(default)]
    number: u64,
    #[serde(flatten)]
    what: Happening,
}

impl BoardEvent {
    /// Something that happened at an instant. Parts of a millisecond are cut off.
    ///
    /// # Errors
    /// `value.out_of_range` if the instant lies outside years 1 to 9999.
    pub fn new(at: DateTime<Utc>, what: Happening) -> Result<Self> {
        let at_ms = at.timestamp_millis();
        if instant(at_ms).is_none() {
            let (min, max) = (format!("{MIN_MS} ms"), format!("{MAX_MS} ms"));
            return Err(Error::range("instant of an event", min, max, at));
        }
        let number = 0;
        Ok(Self {
            at_ms,
            number,
            what,
        })
    }

    /// The same event with the number that its source gave it.
    #[must_use]
    pub fn numbered(self, number: u64) -> Self {
        Self { number, ..self }
    }

    /// When, in milliseconds since 1970.
    #[must_use]
    pub fn at_ms(&self) -> i64 {
        self.at_ms
    }

    /// The number that its source gave it, 0 if none.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What happened.
    #[must_use]
    pub fn what(&self) -> &Happening {
        &self.what
    }

    pub(super) fn into_what(self) -> Happening {
        self.what
    }
}

impl TryFrom<EventRecord> for BoardEvent {
    type Error = Error;
    fn try_from(record: EventRecord) -> Result<Self> {
        Ok(Self::new(record.at, record.what)?.numbered(record.number))
    }
}

impl From<BoardEvent> for EventRecord {
    fn from(event: BoardEvent) -> Self {
        let at = instant(event.at_ms).unwrap_or_default();
        Self {
            at,
            number: event.number,
            what: event.what,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_round_trips() {
        for json in [
            r#"{"at":"2026-03-02T08:00:00Z","number":3,"what":"entered","leg":"1","queue":"sales","kind":"transfer"}"#,
            r#"{"at":"2026-03-02T08:00:00Z","number":0,"what":"state","agent":"anna","state":{"in":"ready"}}"#,
            r#"{"at":"2026-03-02T08:00:00Z","number":0,"what":"state","agent":"anna","state":{"unmapped":"XY"}}"#,
            r#"{"at":"2026-03-02T08:00:00Z","number":0,"what":"state","agent":"anna","state":"logged_out"}"#,
            r#"{"at":"2026-03-02T08:00:00Z","number":0,"what":"alive","feed":"states"}"#,
        ] {
            let event: BoardEvent = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&event).unwrap(), json);
        }
        assert!(
            BoardEvent::new(
                DateTime::<Utc>::MAX_UTC,
                Happening::Alive { feed: Feed::States }
            )
            .is_err()
        );
    }
}
