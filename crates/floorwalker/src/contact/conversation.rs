//! A conversation: all the legs of one contact, in order.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};

use super::leg::Leg;
use crate::id::{AgentId, ConversationId};

/// All the legs of one contact with one customer, in order of arrival.
///
/// Invariant: there is at least one leg; all name the same conversation, or
/// there is exactly one that names none.
///
/// Queue figures count legs; what the customer lived through is the
/// conversation: a caller who waited 60 s in one queue and 30 s in the next
/// waited 90 s.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{Conversation, LegKind, LegRecord, Outcome};
/// use floorwalker::id::{ConversationId, QueueId};
///
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let at = |seconds| nine + TimeDelta::seconds(seconds);
/// let mut first = LegRecord::waiting(QueueId::new("sales")?, at(0)).left(Outcome::TimedOut, at(60));
/// let mut second = LegRecord::waiting(QueueId::new("care")?, at(60)).answered(None, at(90));
/// first.conversation = Some(ConversationId::new("a.1")?);
/// second.conversation = first.conversation.clone();
/// second.kind = LegKind::Overflow;
///
/// let conversations = Conversation::group([second.check()?, first.check()?]);
/// assert_eq!(conversations.len(), 1);
/// assert_eq!(conversations[0].wait(), TimeDelta::seconds(90));
/// assert!(conversations[0].is_answered());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    legs: Vec<Leg>,
}

impl Conversation {
    /// Groups legs by the conversation they name. A leg that names none is one
    /// of its own. In order of first arrival.
    #[must_use]
    pub fn group(legs: impl IntoIterator<Item = Leg>) -> Vec<Self> {
        let mut places: HashMap<ConversationId, usize> = HashMap::new();
        let mut groups: Vec<Vec<Leg>> = Vec::new();
        for leg in legs {
            let next = groups.len();
            let place = match &leg.conversation {
                Some(name) => *places.entry(name.clone()).or_insert(next),
                None => next,
            };
            if place == next {
                groups.push(Vec::new());
            }
            groups[place].push(leg);
        }
        let mut conversations: Vec<Self> = groups.into_iter().map(Self::of).collect();
        conversations.sort_by_key(Self::arrived);
        conversations
    }

    /// The legs in order of arrival; of two that arrived together, the one that left first.
    fn of(mut legs: Vec<Leg>) -> Self {
        legs.sort_by_key(|leg| (leg.arrived, leg.left_queue.is_none(), leg.left_queue));
        Self { legs }
    }

    /// The legs, in order of arrival.
    #[must_use]
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// The name that the legs share.
    #[must_use]
    pub fn id(&self) -> Option<&ConversationId> {
        self.first().conversation.as_ref()
    }

    /// The first leg.
    #[must_use]
    pub fn first(&self) -> &Leg {
        self.legs
            .first()
            .expect("a conversation has at least one leg")
    }

    /// The last leg: how it ended for the customer.
    #[must_use]
    pub fn last(&self) -> &Leg {
        self.legs
            .last()
            .expect("a conversation has at least one leg")
    }

    /// When the customer arrived.
    #[must_use]
    pub fn arrived(&self) -> DateTime<Utc> {
        self.first().arrived
    }

    /// When the last conversation with an operator ended; `None` while one lasts or without any.
    #[must_use]
    pub fn released(&self) -> Option<DateTime<Utc>> {
        let answered = self.legs.iter().filter(|leg| leg.answered.is_some());
        answered
            .map(|leg| leg.released)
            .try_fold(None, |last, released| Some(Some(released?).max(last)))?
    }

    /// Whether any operator was connected.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.legs.iter().any(|leg| leg.answered.is_some())
    }

    /// Time in queues over all legs that left theirs; dials are no waits.
    #[must_use]
    pub fn wait(&self) -> TimeDelta {
        self.legs
            .iter()
            .filter(|leg| leg.is_offered())
            .filter_map(Leg::wait)
            .sum()
    }

    /// The operators who spoke to the customer.
    #[must_use]
    pub fn agents(&self) -> BTreeSet<&AgentId> {
        self.legs
            .iter()
            .filter(|leg| leg.answered.is_some())
            .filter_map(|leg| leg.agent.as_ref())
            .collect()
    }
}
