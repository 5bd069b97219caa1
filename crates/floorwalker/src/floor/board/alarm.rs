//! Alarms as data: what is out of order, since when, and what it does to the floor.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Feed;
use crate::attendance::Activity;
use crate::id::{AgentId, LegId, QueueId};
use crate::terms::terms;
use crate::time::instant;

terms! {
    /// What is out of order.
    AlarmKind ("alarm") {
        /// A contact waits longer than it may.
        WaitOverLimit = "wait_over_limit",
        /// The service level will be missed if the rest of the period goes like the last
        /// contacts did.
        SlaAtRisk = "sla_at_risk",
        /// The service level cannot be reached any more, even if all that is expected is
        /// served in time.
        SlaOutOfReach = "sla_out_of_reach",
        /// A conversation lasts longer than it may.
        LongCall = "long_call",
        /// A break, or another state, lasts longer than it may.
        OverlongBreak = "overlong_break",
        /// An operator does not do what is planned.
        OutOfAdherence = "out_of_adherence",
        /// A state that the host cannot map: it is unknown what the operator does.
        UnmappedState = "unmapped_state",
        /// A feed has told nothing for too long: what the board shows may be stale.
        Silence = "silence",
    }
}

terms! {
    /// How much an alarm asks for.
    Urgency ("urgency") {
        /// Have a look when there is time.
        Notice = "notice",
        /// Act soon.
        Warning = "warning",
        /// Act now.
        Critical = "critical",
    }
}

impl AlarmKind {
    /// How much it asks for.
    #[must_use]
    pub fn urgency(self) -> Urgency {
        match self {
            Self::UnmappedState | Self::LongCall => Urgency::Notice,
            Self::WaitOverLimit | Self::SlaAtRisk | Self::OverlongBreak | Self::OutOfAdherence => {
                Urgency::Warning
            }
            Self::SlaOutOfReach | Self::Silence => Urgency::Critical,
        }
    }

    /// Whether it is about an operator, so that nobody sees it without a policy.
    #[must_use]
    pub fn is_personal(self) -> bool {
        matches!(
            self,
            Self::LongCall | Self::OverlongBreak | Self::OutOfAdherence | Self::UnmappedState
        )
    }
}

terms! {
    /// What somebody out of adherence does to the floor.
    Impact ("impact") {
        /// More operators take contacts than planned.
        Positive = "positive",
        /// Fewer operators take contacts than planned.
        Negative = "negative",
        /// As many as planned.
        Neutral = "neutral",
        /// What the operator does is not known.
        Unknown = "unknown",
    }
}

/// Which alarm: no two of the same are raised at once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlarmKey {
    /// What is out of order.
    pub kind: AlarmKind,
    /// The queue it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// The operator it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// The contact it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<LegId>,
    /// The feed it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<Feed>,
}

impl AlarmKey {
    pub(super) fn of(kind: AlarmKind) -> Self {
        Self {
            kind,
            queue: None,
            agent: None,
            leg: None,
            feed: None,
        }
    }
}

/// An alarm that is raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// Which.
    pub key: AlarmKey,
    /// Since when things are as they are: the entry of the contact, the begin of the
    /// break, the last event of the feed.
    pub since: DateTime<Utc>,
    /// When it was raised.
    pub raised: DateTime<Utc>,
    /// The limit that was passed, in milliseconds, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_ms: Option<i64>,
    /// What it does to the floor, for operators out of adherence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// What was planned, for operators out of adherence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Activity>,
}

/// An alarm that was raised or cleared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmChange {
    /// Raised.
    Raised(Alarm),
    /// Cleared.
    Cleared {
        /// The alarm as it was raised.
        alarm: Alarm,
        /// When.
        at: DateTime<Utc>,
    },
}

impl AlarmChange {
    /// The alarm.
    #[must_use]
    pub fn alarm(&self) -> &Alarm {
        match self {
            Self::Raised(alarm) | Self::Cleared { alarm, .. } => alarm,
        }
    }
}

/// What is known when an alarm is raised.
pub(super) struct Cause {
    pub(super) since_ms: i64,
    pub(super) limit_ms: Option<i64>,
    pub(super) impact: Option<Impact>,
    pub(super) planned: Option<Activity>,
}

impl Cause {
    pub(super) fn since(since_ms: i64) -> Self {
        Self {
            since_ms,
            limit_ms: None,
            impact: None,
            planned: None,
        }
    }

    pub(super) fn limit(self, limit_ms: i64) -> Self {
        let limit_ms = Some(limit_ms);
        Self { limit_ms, ..self }
    }
}

/// A list of changes that forgets the oldest when it is full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Changes {
    kept: VecDeque<AlarmChange>,
    forgotten: u64,
}

impl Changes {
    fn push(&mut self, change: AlarmChange, most: usize) {
        if self.kept.len() >= most.max(1) {
            self.kept.pop_front();
            self.forgotten += 1;
        }
        self.kept.push_back(change);
    }
}

/// The alarms that are raised, and the changes nobody has taken yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alarms {
    raised: BTreeMap<AlarmKey, Alarm>,
    of_floor: Changes,
    of_people: Changes,
}

impl Alarms {
    fn changes(&mut self, kind: AlarmKind) -> &mut Changes {
        if kind.is_personal() {
            &mut self.of_people
        } else {
            &mut self.of_floor
        }
    }

    /// Raises an alarm that is not raised.
    pub(super) fn raise(&mut self, key: AlarmKey, at_ms: i64, cause: Cause, most: usize) {
        let (Some(since), Some(raised)) = (instant(cause.since_ms), instant(at_ms)) else {
            return;
        };
        if self.raised.contains_key(&key) {
            return;
        }
        let alarm = Alarm {
            key: key.clone(),
            since,
            raised,
            limit_ms: cause.limit_ms,
            impact: cause.impact,
            planned: cause.planned,
        };
        let change = AlarmChange::Raised(alarm.clone());
        self.changes(key.kind).push(change, most);
        self.raised.insert(key, alarm);
    }

    /// Clears an alarm, if it is raised.
    pub(super) fn clear(&mut self, key: &AlarmKey, at_ms: i64, most: usize) {
        let Some(at) = instant(at_ms) else { return };
        if let Some(alarm) = self.raised.remove(key) {
            let change = AlarmChange::Cleared { alarm, at };
            self.changes(key.kind).push(change, most);
        }
    }

    pub(super) fn get(&self, key: &AlarmKey) -> Option<&Alarm> {
        self.raised.get(key)
    }

    pub(super) fn is_raised(&self, key: &AlarmKey) -> bool {
        self.raised.contains_key(key)
    }

    /// Those about people, or the others, by kind.
    pub(super) fn raised(&self, personal: bool) -> impl Iterator<Item = &Alarm> {
        let raised = self.raised.values();
        raised.filter(move |alarm| alarm.key.kind.is_personal() == personal)
    }

    pub(super) fn take(&mut self, personal: bool) -> Vec<AlarmChange> {
        let changes = if personal {
            &mut self.of_people
        } else {
            &mut self.of_floor
        };
        std::mem::take(&mut changes.kept).into()
    }

    pub(super) fn forgotten(&self) -> u64 {
        self.of_floor.forgotten + self.of_people.forgotten
    }
}
