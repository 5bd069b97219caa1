//! A visit as the reader hands it over.

use std::borrow::Cow;
use std::collections::BTreeMap;

use floorwalker::contact::{Leg, LegKind, LegRecord, Outcome, ReleasedBy};
use floorwalker::id::{AgentId, ConversationId, LegId, QueueId};
use serde::{Deserialize, Serialize};

use super::engine::{Text, Texts};
use super::sink::at;
use crate::decode;
use crate::error::Result;

/// Who ended a conversation, as the log says.
///
/// An operator who leaves by a feature code is logged as the caller (known
/// limitation of Asterisk), so this is what the log says and not always the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The operator hung up.
    Agent,
    /// The caller hung up.
    Caller,
}

/// How an operator passed a caller on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    /// Without asking first.
    Blind,
    /// After speaking to the target.
    Attended,
    /// Up to Asterisk 11 the log does not say which.
    Unknown,
}

/// The visit that came before this one in the same conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Previous<'a> {
    /// Its queue.
    pub queue: &'a QueueId,
    /// When it entered that queue, in milliseconds since 1970.
    pub arrived_ms: i64,
}

/// One visit to a queue, or one dial: a leg with everything the log tells of it.
///
/// A visit is one `ENTERQUEUE` of one call id in one queue. Its milestones come
/// from the fields of the log and not from its stamps: answered = arrived + hold,
/// released = answered + talk, wrapped up = released + the configured work after
/// the call. Instants are milliseconds since 1970.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Visit<'a> {
    pub(crate) callid: &'a [u8],
    pub(crate) conversation: &'a [u8],
    pub(crate) texts: &'a Texts,
    /// The queue.
    pub queue: &'a QueueId,
    /// Its number, which the reader gives each queue once, from 0.
    pub queue_code: u32,
    /// The operator who was connected.
    pub agent: Option<&'a AgentId>,
    /// Their number, which the reader gives each operator once, from 0.
    pub agent_code: Option<u32>,
    /// What began it.
    pub kind: LegKind,
    /// How it ended.
    pub outcome: Outcome,
    /// When it entered the queue, or the dial began.
    pub arrived_ms: i64,
    /// When it stopped waiting.
    pub left_queue_ms: Option<i64>,
    /// When an operator was connected.
    pub answered_ms: Option<i64>,
    /// When the conversation ended.
    pub released_ms: Option<i64>,
    /// When the work after it ended.
    pub wrapped_up_ms: Option<i64>,
    /// How the operator passed the caller on.
    pub transfer: Option<Transfer>,
    /// Who hung up.
    pub ended_by: Option<EndedBy>,
    /// The place in the queue on entry, from 1.
    pub original_position: Option<u32>,
    /// The place in the queue on leaving it unanswered, from 1.
    pub position: Option<u32>,
    /// How long it rang at the operator who took it.
    pub ring_secs: Option<u32>,
    /// How often it rang without being taken.
    pub ring_no_answers: u32,
    /// Of these, how often for more than one second; shorter rings are mostly devices
    /// that cannot be reached.
    pub ring_no_answers_over_1s: u32,
    /// How often ringing stopped because the caller left.
    pub rings_canceled: u32,
    /// How often an operator hung up while hearing the announcement.
    pub agent_dumps: u32,
    /// The visit before this one in the conversation.
    pub previous: Option<Previous<'a>>,
    /// Whether the entry was missing and was calculated.
    pub rebuilt: bool,
}

impl<'a> Visit<'a> {
    /// The call id: the unique id of the caller's channel.
    #[must_use]
    pub fn callid(&self) -> Cow<'a, str> {
        decode::text(self.callid)
    }

    /// The call id of the conversation: mostly the same; the first caller's where an
    /// attended transfer swapped ids.
    #[must_use]
    pub fn conversation(&self) -> Cow<'a, str> {
        decode::text(self.conversation)
    }

    /// The URL given with the call.
    #[must_use]
    pub fn url(&self) -> Option<Cow<'a, str>> {
        self.text(Text::Url)
    }

    /// The caller's number.
    #[must_use]
    pub fn caller(&self) -> Option<Cow<'a, str>> {
        self.text(Text::Caller)
    }

    /// The caller's name.
    #[must_use]
    pub fn caller_name(&self) -> Option<Cow<'a, str>> {
        self.text(Text::CallerName)
    }

    /// The number that was called, or dialled.
    #[must_use]
    pub fn called(&self) -> Option<Cow<'a, str>> {
        self.text(Text::Called)
    }

    /// The key with which the caller left.
    #[must_use]
    pub fn key(&self) -> Option<Cow<'a, str>> {
        self.text(Text::Key)
    }

    /// Where the caller was passed on to: `extension@context`, or what the log has of
    /// an attended transfer.
    #[must_use]
    pub fn transferred_to(&self) -> Option<Cow<'a, str>> {
        match (self.text(Text::To), self.text(Text::Context)) {
            (Some(to), Some(context)) => Some(format!("{to}@{context}").into()),
            (to, _) => to,
        }
    }

    fn text(&self, text: Text) -> Option<Cow<'a, str>> {
        let bytes = self.texts.get(text);
        (!bytes.is_empty()).then(|| decode::text(bytes))
    }
}

impl Visit<'_> {
    /// Whether the operator passed the caller on.
    #[must_use]
    pub fn is_transferred(&self) -> bool {
        self.transfer.is_some()
    }

    /// Whether it was answered and its end is not known.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.answered_ms.is_some() && self.released_ms.is_none()
    }

    /// The time in the queue in milliseconds, if it is known.
    #[must_use]
    pub fn wait_ms(&self) -> Option<i64> {
        Some(self.left_queue_ms? - self.arrived_ms)
    }

    /// The conversation in milliseconds, if it is over.
    #[must_use]
    pub fn talk_ms(&self) -> Option<i64> {
        Some(self.released_ms? - self.answered_ms?)
    }

    /// The visit as the plain record of a leg. What a leg has no field for is in its
    /// attributes: `url`, `caller_name`, `position`, `original_position`, `ring_secs`,
    /// `key`, `transfer`, `transferred_to`, `ring_no_answers_over_1s`,
    /// `rings_canceled`, `agent_dumps`, `rebuilt`.
    ///
    /// Its identifier is `callid/queue/second of entry`; it is left out where that
    /// would be too long for an identifier.
    #[must_use]
    pub fn to_record(&self) -> LegRecord {
        let mut record = LegRecord::waiting(self.queue.clone(), at(self.arrived_ms));
        record.outcome = self.outcome;
        record.kind = self.kind;
        record.left_queue = self.left_queue_ms.map(at);
        record.answered = self.answered_ms.map(at);
        record.released = self.released_ms.map(at);
        record.wrapped_up = self.wrapped_up_ms.map(at);
        record.agent = self.agent.cloned();
        record.ring_no_answers = self.ring_no_answers;
        self.details().complete(record)
    }

    /// The visit as a leg.
    ///
    /// # Errors
    /// None for a visit from the reader, whose milestones are in order and in range.
    pub fn to_leg(&self) -> Result<Leg> {
        Ok(self.to_record().check()?)
    }

    /// A copy that owns its texts, to be kept.
    #[must_use]
    pub fn details(&self) -> VisitDetails {
        let boxed = |text: Option<Cow<'_, str>>| text.map(|text| text.into());
        VisitDetails {
            callid: self.callid().into(),
            conversation: self.conversation().into(),
            previous: self.previous.map(|one| (one.queue.clone(), one.arrived_ms)),
            transfer: self.transfer,
            transferred_to: boxed(self.transferred_to()),
            ended_by: self.ended_by,
            key: boxed(self.key()),
            original_position: self.original_position,
            position: self.position,
            ring_secs: self.ring_secs,
            ring_no_answers_over_1s: self.ring_no_answers_over_1s,
            rings_canceled: self.rings_canceled,
            agent_dumps: self.agent_dumps,
            url: boxed(self.url()),
            caller: boxed(self.caller()),
            caller_name: boxed(self.caller_name()),
            called: boxed(self.called()),
            rebuilt: self.rebuilt,
        }
    }
}

/// The identifier of the leg of a visit.
fn leg_id(callid: &str, queue: &QueueId, arrived_ms: i64) -> Option<LegId> {
    let second = arrived_ms.div_euclid(1000);
    LegId::new(format!("{callid}/{queue}/{second}")).ok()
}

/// What the log tells of a visit beside the milestones that a leg's columns keep.
/// The fields mean what those of [`Visit`] mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are explained at `Visit`")]
pub struct VisitDetails {
    pub callid: Box<str>,
    pub conversation: Box<str>,
    /// Queue and entry of the visit before.
    pub previous: Option<(QueueId, i64)>,
    pub transfer: Option<Transfer>,
    pub transferred_to: Option<Box<str>>,
    pub ended_by: Option<EndedBy>,
    pub key: Option<Box<str>>,
    pub original_position: Option<u32>,
    pub position: Option<u32>,
    pub ring_secs: Option<u32>,
    pub ring_no_answers_over_1s: u32,
    pub rings_canceled: u32,
    pub agent_dumps: u32,
    pub url: Option<Box<str>>,
    pub caller: Option<Box<str>>,
    pub caller_name: Option<Box<str>>,
    pub called: Option<Box<str>>,
    pub rebuilt: bool,
}

impl VisitDetails {
    /// The record of the same visit with everything that is told here.
    #[must_use]
    pub fn complete(&self, mut record: LegRecord) -> LegRecord {
        let arrived_ms = record.arrived.timestamp_millis();
        let owned = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        record.transferred_out = record.answered.is_some() && self.transfer.is_some();
        record.released_by = self.released_by(record.outcome);
        record.id = leg_id(&self.callid, &record.queue, arrived_ms);
        record.conversation = ConversationId::new(&self.conversation).ok();
        let previous = self.previous.as_ref();
        record.parent = previous.and_then(|(queue, at)| leg_id(&self.conversation, queue, *at));
        record.caller = owned(&self.caller);
        record.called = owned(&self.called);
        record.attributes = self.attributes();
        record
    }

    /// Who ended the conversation, in the words of a leg.
    fn released_by(&self, outcome: Outcome) -> Option<ReleasedBy> {
        match (self.transfer, self.ended_by) {
            (Some(_), _) => Some(ReleasedBy::Transfer),
            (None, Some(EndedBy::Agent)) => Some(ReleasedBy::Agent),
            (None, Some(EndedBy::Caller)) => Some(ReleasedBy::Customer),
            (None, None) => match outcome {
                Outcome::Abandoned => Some(ReleasedBy::Customer),
                Outcome::TimedOut | Outcome::LeftEmpty | Outcome::Withdrawn | Outcome::Failed => {
                    Some(ReleasedBy::System)
                }
                _ => None,
            },
        }
    }

    fn attributes(&self) -> BTreeMap<String, String> {
        let transfer = self.transfer.map(|transfer| match transfer {
            Transfer::Blind => "blind",
            Transfer::Attended => "attended",
            Transfer::Unknown => "unknown",
        });
        let count = |count: u32| (count > 0).then(|| count.to_string());
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        let pairs = [
            ("url", text(&self.url)),
            ("caller_name", text(&self.caller_name)),
            ("position", self.position.map(|one| one.to_string())),
            (
                "original_position",
                self.original_position.map(|one| one.to_string()),
            ),
            ("ring_secs", self.ring_secs.map(|one| one.to_string())),
            ("key", text(&self.key)),
            ("transfer", transfer.map(str::to_owned)),
            ("transferred_to", text(&self.transferred_to)),
            (
                "ring_no_answers_over_1s",
                count(self.ring_no_answers_over_1s),
            ),
            ("rings_canceled", count(self.rings_canceled)),
            ("agent_dumps", count(self.agent_dumps)),
            ("rebuilt", self.rebuilt.then(|| "true".to_owned())),
        ];
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }
}
