//! One leg of a contact: a visit to a queue, or a dial.

use std::collections::BTreeMap;
use std::ops::Deref;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::check::MAX_DURATION_MS;
use super::outcome::{Channel, LegKind, Outcome, ReleasedBy};
use crate::error::{Error, ErrorKind};
use crate::id::{AgentId, ConversationId, CustomerId, LegId, QueueId};
use crate::time::{MAX_MS, MIN_MS};

/// The plain fields of a [`Leg`], before they are checked.
///
/// A contact is a *conversation* of legs: the first visit to a queue, then one
/// more leg for each transfer, overflow or call-back, all with the same
/// `conversation`. Milestones are UTC instants; what has not happened yet is
/// `None`, so unfinished contacts are ordinary records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegRecord {
    /// The queue that was visited.
    pub queue: QueueId,
    /// When the contact entered the queue, or the dial began.
    pub arrived: DateTime<Utc>,
    /// How it ended.
    pub outcome: Outcome,
    /// What began it.
    #[serde(default = "inbound")]
    pub kind: LegKind,
    /// The medium.
    #[serde(default = "voice")]
    pub channel: Channel,
    /// When it stopped waiting: answered, abandoned or routed away.
    #[serde(default)]
    pub left_queue: Option<DateTime<Utc>>,
    /// When an operator was connected.
    #[serde(default)]
    pub answered: Option<DateTime<Utc>>,
    /// When the conversation ended.
    #[serde(default)]
    pub released: Option<DateTime<Utc>>,
    /// When the operator had finished the work after the call.
    #[serde(default)]
    pub wrapped_up: Option<DateTime<Utc>>,
    /// Customer's time on hold during the conversation, in milliseconds.
    #[serde(default)]
    pub hold_ms: i64,
    /// When the contact reached the centre, before menus and routing.
    #[serde(default)]
    pub reached: Option<DateTime<Utc>>,
    /// When the customer chose to speak to an operator in the menu.
    #[serde(default)]
    pub asked: Option<DateTime<Utc>>,
    /// The operator who was connected or dialled.
    #[serde(default)]
    pub agent: Option<AgentId>,
    /// Whether the answered leg ended in a transfer.
    #[serde(default)]
    pub transferred_out: bool,
    /// Whether a requested call-back was later answered.
    #[serde(default)]
    pub callback_done: bool,
    /// How many times it rang at an operator who did not take it.
    #[serde(default)]
    pub ring_no_answers: u32,
    /// Who ended the conversation.
    #[serde(default)]
    pub released_by: Option<ReleasedBy>,
    /// This leg's own identifier.
    #[serde(default)]
    pub id: Option<LegId>,
    /// What joins the legs of one contact.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    /// The leg this one follows from.
    #[serde(default)]
    pub parent: Option<LegId>,
    /// The customer, where known.
    #[serde(default)]
    pub customer: Option<CustomerId>,
    /// The number or address that contacted the centre.
    #[serde(default)]
    pub caller: Option<String>,
    /// The number or address that was contacted.
    #[serde(default)]
    pub called: Option<String>,
    /// Anything else the host wants to keep.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

fn inbound() -> LegKind {
    LegKind::Inbound
}

fn voice() -> Channel {
    Channel::Voice
}

impl LegRecord {
    /// A leg that entered `queue` at `arrived` and is still waiting there.
    #[must_use]
    pub fn waiting(queue: QueueId, arrived: DateTime<Utc>) -> Self {
        Self {
            queue,
            arrived,
            outcome: Outcome::Open,
            kind: LegKind::Inbound,
            channel: Channel::Voice,
            left_queue: None,
            answered: None,
            released: None,
            wrapped_up: None,
            hold_ms: 0,
            reached: None,
            asked: None,
            agent: None,
            transferred_out: false,
            callback_done: false,
            ring_no_answers: 0,
            released_by: None,
            id: None,
            conversation: None,
            parent: None,
            customer: None,
            caller: None,
            called: None,
            attributes: BTreeMap::new(),
        }
    }

    /// The same leg, out of the queue at `at` without an answer.
    #[must_use]
    pub fn left(self, outcome: Outcome, at: DateTime<Utc>) -> Self {
        Self {
            outcome,
            left_queue: Some(at),
            ..self
        }
    }

    /// The same leg, answered at `at`.
    #[must_use]
    pub fn answered(self, agent: Option<AgentId>, at: DateTime<Utc>) -> Self {
        Self {
            outcome: Outcome::Answered,
            left_queue: Some(at),
            answered: Some(at),
            agent,
            ..self
        }
    }

    /// The same leg, its conversation over at `released` and the work after it at `wrapped_up`.
    #[must_use]
    pub fn finished(self, released: DateTime<Utc>, wrapped_up: DateTime<Utc>) -> Self {
        Self {
            released: Some(released),
            wrapped_up: Some(wrapped_up),
            ..self
        }
    }

    /// Checks the record and seals it as a [`Leg`].
    ///
    /// # Errors
    /// `time.out_of_order` if a milestone comes before an earlier one or the
    /// hold is longer than the conversation; `value.out_of_range` if one lies
    /// outside the years 1 to 9999 or more than 400 days from another;
    /// `options.conflict` if the outcome and the milestones contradict each other.
    pub fn check(self) -> Result<Leg, Error> {
        self.check_order()?;
        self.check_range()?;
        self.check_outcome()?;
        Ok(Leg(self))
    }

    fn check_order(&self) -> Result<(), Error> {
        let begun = Some(self.arrived);
        let pairs = [
            ("reached", self.reached, "arrived", begun),
            ("asked", self.asked, "arrived", begun),
            ("arrived", begun, "left_queue", self.left_queue),
            ("arrived", begun, "answered", self.answered),
            ("answered", self.answered, "released", self.released),
            ("arrived", begun, "released", self.released),
            ("released", self.released, "wrapped_up", self.wrapped_up),
        ];
        for (earlier, first, later, second) in pairs {
            if let (Some(first), Some(second)) = (first, second)
                && second < first
            {
                return Err(self.out_of_order(earlier, later, format!("{first} and {second}")));
            }
        }
        let talk = self
            .answered
            .zip(self.released)
            .map(|(from, to)| (to - from).num_milliseconds());
        if self.hold_ms < 0 || talk.is_some_and(|talk| self.hold_ms > talk) {
            return Err(self.out_of_order(
                "hold",
                "end of the conversation",
                format!("{} ms", self.hold_ms),
            ));
        }
        Ok(())
    }

    fn check_range(&self) -> Result<(), Error> {
        let milestones = [
            ("arrived", Some(self.arrived)),
            ("reached", self.reached),
            ("asked", self.asked),
            ("left_queue", self.left_queue),
            ("answered", self.answered),
            ("released", self.released),
            ("wrapped_up", self.wrapped_up),
        ];
        let days = MAX_DURATION_MS / 86_400_000;
        for (name, at) in milestones {
            let Some(at) = at else { continue };
            if !(MIN_MS..=MAX_MS).contains(&at.timestamp_millis()) {
                return Err(Error::range(name, "year 1", "year 9999", at));
            }
            if (at - self.arrived).num_milliseconds().abs() > MAX_DURATION_MS {
                let near = TimeDelta::days(days);
                let (from, to) = (self.arrived - near, self.arrived + near);
                return Err(Error::range(name, from, to, at));
            }
        }
        if self.hold_ms > MAX_DURATION_MS {
            return Err(Error::range("hold_ms", 0, MAX_DURATION_MS, self.hold_ms));
        }
        Ok(())
    }

    fn out_of_order(&self, earlier: &'static str, later: &'static str, given: String) -> Error {
        let given = format!(
            "{given} in the leg that arrived at {} in queue {}",
            self.arrived, self.queue
        );
        ErrorKind::Order {
            what: "leg",
            earlier,
            later,
            given,
        }
        .into()
    }

    fn check_outcome(&self) -> Result<(), Error> {
        let answered = self.outcome == Outcome::Answered;
        let why = if answered != self.answered.is_some() {
            "an answered leg, and only that, has the instant of its answer"
        } else if answered && self.left_queue.is_none() {
            "an answered leg has left the queue"
        } else if self.outcome == Outcome::Open && self.left_queue.is_some() {
            "an open leg is still in the queue"
        } else if self.outcome == Outcome::NoAnswer && !self.kind.is_dial() {
            "only a dial can stay without answer"
        } else if self.wrapped_up.is_some() && self.released.is_none() {
            "wrap-up ends after the release, which is missing"
        } else {
            return Ok(());
        };
        let why = format!(
            "{why} (queue {}, arrived {}, outcome {})",
            self.queue, self.arrived, self.outcome
        );
        Err(ErrorKind::Conflict {
            what: "outcome and milestones",
            why,
        }
        .into())
    }
}

/// One leg of a contact, checked.
///
/// Invariants: milestones in order (arrived, left queue, released, wrapped
/// up); answered exactly if the outcome says so; hold within the conversation.
/// It reads like the [`LegRecord`] it was made from.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::LegRecord;
/// use floorwalker::id::QueueId;
///
/// let arrived = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let answered = arrived + TimeDelta::seconds(12);
/// let leg = LegRecord::waiting(QueueId::new("sales")?, arrived)
///     .answered(None, answered)
///     .finished(answered + TimeDelta::seconds(180), answered + TimeDelta::seconds(200))
///     .check()?;
/// assert_eq!(leg.wait(), Some(TimeDelta::seconds(12)));
/// assert_eq!(leg.talk(), Some(TimeDelta::seconds(180)));
/// assert_eq!(leg.handle_time(), Some(TimeDelta::seconds(200)));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "LegRecord", into = "LegRecord")]
pub struct Leg(LegRecord);

impl Leg {
    /// Time in the queue: left minus arrived. `None` while it waits.
    #[must_use]
    pub fn wait(&self) -> Option<TimeDelta> {
        self.left_queue.map(|left| left - self.arrived)
    }

    /// Conversation without hold: released minus answered minus hold.
    #[must_use]
    pub fn talk(&self) -> Option<TimeDelta> {
        let spoken = self.released? - self.answered?;
        Some(spoken - TimeDelta::milliseconds(self.hold_ms))
    }

    /// Work after the call: wrapped up minus released.
    #[must_use]
    pub fn wrap_up(&self) -> Option<TimeDelta> {
        Some(self.wrapped_up? - self.released?)
    }

    /// Talk, hold and wrap-up together. `None` until the leg is finished.
    #[must_use]
    pub fn handle_time(&self) -> Option<TimeDelta> {
        Some(self.wrapped_up? - self.answered?)
    }

    /// Whether it was answered and the work after it is done.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.answered.is_some() && self.wrapped_up.is_some()
    }

    /// Whether it counts as offered: it entered a queue and was no dial.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        self.outcome.is_queued() && !self.kind.is_dial()
    }

    /// The plain record, to change and check again.
    #[must_use]
    pub fn into_record(self) -> LegRecord {
        self.0
    }
}

impl Deref for Leg {
    type Target = LegRecord;
    fn deref(&self) -> &LegRecord {
        &self.0
    }
}

impl TryFrom<LegRecord> for Leg {
    type Error = Error;
    fn try_from(record: LegRecord) -> Result<Self, Error> {
        record.check()
    }
}

impl From<Leg> for LegRecord {
    fn from(leg: Leg) -> Self {
        leg.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactTable;
    use chrono::TimeZone;

    #[test]
    fn what_columns_refuse_is_no_leg() {
        let arrived = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
        let queue = QueueId::new("sales").unwrap();
        let waited = |days| {
            LegRecord::waiting(queue.clone(), arrived)
                .left(Outcome::Abandoned, arrived + TimeDelta::days(days))
                .check()
        };
        let longest = waited(400).unwrap();
        assert_eq!(ContactTable::from_iter([&longest]).columns().len(), 1);
        assert_eq!(waited(401).unwrap_err().code(), "value.out_of_range");

        let after_all_years = Utc.timestamp_millis_opt(MAX_MS + 1).unwrap();
        let leg = LegRecord::waiting(queue, after_all_years).check();
        assert_eq!(leg.unwrap_err().code(), "value.out_of_range");
    }
}
