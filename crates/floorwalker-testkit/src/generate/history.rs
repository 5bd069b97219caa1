//! What happened in a played centre.

use std::fmt;

use chrono::NaiveDate;

use super::ZoneTable;

/// The identity of a telephone channel: when it began and its number since the
/// telephone system started, written `epoch.number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId {
    /// Epoch second in which the channel began.
    pub epoch_secs: i64,
    /// Rises by one with every channel.
    pub number: u64,
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch_secs, self.number)
    }
}

/// A customer, who always calls from the same made-up number.
///
/// The number looks Italian (area code, 555, digits) but has twelve digits, more than a
/// landline number in Italy has, so that it can belong to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(pub u32);

const AREA_CODES: [&str; 6] = ["02", "06", "011", "051", "081", "091"];

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let area = AREA_CODES[self.0 as usize % AREA_CODES.len()];
        let width = 12 - 3 - area.len();
        write!(f, "{area}555{:0width$}", self.0 % 1_000_000)
    }
}

/// The names that events refer to by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Queues in the order of the specification.
    pub queues: Vec<String>,
    /// Agents in the order of the specification.
    pub agents: Vec<String>,
    /// Reasons of pauses.
    pub reasons: Vec<String>,
}

/// Who or what an event is about: the second field of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nobody: the system itself, or an agent's pause.
    None,
    /// The management interface, through which agents sign on and off.
    Manager,
    /// A caller.
    Call(CallId),
}

/// An event that the telephone system logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, in epoch milliseconds.
    pub at_ms: i64,
    /// About whom.
    pub subject: Subject,
    /// The queue, where one is concerned.
    pub queue: Option<u16>,
    /// The agent, where one is concerned.
    pub agent: Option<u16>,
    /// What happened.
    pub what: What,
}

/// What happened, with all that the log tells about it. Times are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The telephone system started.
    QueueStart,
    /// The log was opened anew; nothing is lost.
    ConfigReload,
    /// An agent signed on to a queue.
    AddMember,
    /// An agent signed off from a queue.
    RemoveMember,
    /// An agent paused in all queues, for a reason.
    PauseAll(u16),
    /// An agent paused in one queue, for a reason.
    Pause(u16),
    /// An agent is back in all queues, after a pause with this reason.
    UnpauseAll(u16),
    /// An agent is back in one queue, after a pause with this reason.
    Unpause(u16),
    /// A caller entered; `None` hides the number.
    Enter {
        /// Who calls.
        caller: Option<Person>,
        /// Place in the queue, from 1.
        position: u32,
    },
    /// An agent's telephone rang and was not taken.
    RingNoAnswer {
        /// How long it rang.
        ring_ms: i64,
    },
    /// The caller left while an agent's telephone rang.
    RingCancelled {
        /// How long it rang.
        ring_ms: i64,
    },
    /// An agent took the call.
    Connect {
        /// When the caller entered.
        entered_ms: i64,
        /// How long it rang.
        ring_ms: i64,
        /// The channel to the agent.
        peer: CallId,
    },
    /// The conversation ended.
    Complete {
        /// When the caller entered.
        entered_ms: i64,
        /// When the agent answered.
        connected_ms: i64,
        /// Place in the queue on entry.
        position: u32,
        /// Whether the caller hung up, otherwise the agent did.
        by_caller: bool,
    },
    /// The agent handed the caller to another queue.
    BlindTransfer {
        /// When the caller entered.
        entered_ms: i64,
        /// When the agent answered.
        connected_ms: i64,
        /// Place in the queue on entry.
        position: u32,
        /// The queue handed to.
        to: u16,
    },
    /// After-call work of a fixed length began.
    WrapUpStart {
        /// Its length.
        secs: u32,
    },
    /// The caller hung up while waiting.
    Abandon(Departure),
    /// The caller waited too long.
    ExitWithTimeout(Departure),
    /// The caller pressed the key offered.
    ExitWithKey(Departure),
}

/// How a caller stood in the queue when leaving it unanswered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// When the caller entered, in epoch milliseconds.
    pub entered_ms: i64,
    /// Place in the queue on leaving.
    pub position: u32,
    /// Place in the queue on entry.
    pub original_position: u32,
}

/// One stay of a caller in one queue. A transferred caller makes several visits
/// under the same call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The call.
    pub call: CallId,
    /// Who calls; `None` hides the number.
    pub caller: Option<Person>,
    /// The queue.
    pub queue: u16,
    /// Rises with every entry into any queue.
    pub serial: u32,
    /// When the caller entered, in epoch milliseconds.
    pub entered_ms: i64,
    /// Place in the queue on entry, from 1.
    pub position: u32,
    /// The agents tried, in order.
    pub rings: Vec<Ring>,
    /// How it ended.
    pub end: VisitEnd,
}

/// An attempt to reach an agent, in epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring {
    /// Whose telephone rang.
    pub agent: u16,
    /// When it began to ring.
    pub from_ms: i64,
    /// When it stopped.
    pub to_ms: i64,
    /// Why it stopped.
    pub end: RingEnd,
}

/// Why a telephone stopped ringing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RingEnd {
    /// The agent took the call.
    Answered,
    /// The agent did not.
    NoAnswer,
    /// The caller left.
    Cancelled,
}

/// How a visit ended, in epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitEnd {
    /// An agent answered.
    Answered {
        /// Who.
        agent: u16,
        /// When.
        connected_ms: i64,
        /// When the conversation ended.
        ended_ms: i64,
        /// Who ended it.
        ending: Ending,
    },
    /// The caller hung up while waiting.
    Abandoned {
        /// When.
        at_ms: i64,
    },
    /// The caller waited too long.
    TimedOut {
        /// When.
        at_ms: i64,
    },
    /// The caller pressed the key offered.
    LeftByKey {
        /// When.
        at_ms: i64,
    },
}

/// Who ended a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The agent hung up.
    ByAgent,
    /// The caller hung up.
    ByCaller,
    /// The agent handed the caller to this queue.
    Transferred(u16),
}

/// A stay of an agent at work, in epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkedShift {
    /// Who.
    pub agent: u16,
    /// Signed on.
    pub from_ms: i64,
    /// Signed off.
    pub to_ms: i64,
    /// The pauses taken, in order.
    pub pauses: Vec<TakenPause>,
}

/// A pause taken, in epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenPause {
    /// Number of the reason in [`Names::reasons`].
    pub reason: u16,
    /// Begin.
    pub from_ms: i64,
    /// End.
    pub to_ms: i64,
}

/// A played centre. Events in the order logged, visits in the order entered, shifts in
/// the order signed off; every visit and shift is closed.
#[derive(Clone, Debug)]
pub struct CentreHistory {
    pub(super) zone: ZoneTable,
    pub(super) names: Names,
    pub(super) events: Vec<Event>,
    pub(super) visits: Vec<Visit>,
    pub(super) shifts: Vec<WorkedShift>,
}

impl CentreHistory {
    /// The names that the numbers in events, visits and shifts stand for.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What was logged.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The stays of callers in queues.
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// The stays of agents at work.
    pub fn shifts(&self) -> &[WorkedShift] {
        &self.shifts
    }

    /// The local day of an instant (epoch milliseconds).
    pub fn day(&self, at_ms: i64) -> NaiveDate {
        self.zone.day(at_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_too_long_to_exist() {
        for person in [0, 1, 2, 3, 4, 5, 4711, 999_999] {
            let number = Person(person).to_string();
            assert_eq!(number.len(), 12, "{number}");
            assert!(number.contains("555"));
        }
        assert_eq!(Person(14).to_string(), "011555000014");
        assert_eq!(Person(6).to_string(), "025550000006");
    }

    #[test]
    fn a_call_is_written_as_epoch_and_number() {
        let call = CallId {
            epoch_secs: 1_774_746_000,
            number: 12,
        };
        assert_eq!(call.to_string(), "1774746000.12");
    }
}
