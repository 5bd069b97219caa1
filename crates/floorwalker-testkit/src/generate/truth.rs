//! What a reader of the log must find, taken from the play and not from the log.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::history::{Ending, RingEnd};
use super::queue_log::logged_secs;
use super::{CentreHistory, Visit, VisitEnd};

/// A queue on a local day; a visit belongs to the day on which the caller entered.
/// `offered` is the sum of `answered`, `abandoned`, `timed_out` and `left_by_key`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueDay {
    /// Visits.
    pub offered: u64,
    /// Visits answered by an agent, also those transferred afterwards.
    pub answered: u64,
    /// Visits answered within 20 logged seconds (20 included).
    pub answered_within_20: u64,
    /// Answered visits handed to another queue.
    pub transferred: u64,
    /// Visits in which the caller hung up while waiting.
    pub abandoned: u64,
    /// Visits that lasted too long.
    pub timed_out: u64,
    /// Visits ended by the key offered.
    pub left_by_key: u64,
    /// Sum of the waits of answered visits, in seconds as logged.
    pub answered_wait_secs: i64,
    /// Sum of the conversations, in seconds as logged.
    pub talk_secs: i64,
}

/// An agent over the whole period, in seconds as logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgentTruth {
    /// Conversations.
    pub answered: u64,
    /// Calls that rang and were not taken.
    pub no_answer: u64,
    /// Sum of the conversations.
    pub talk_secs: i64,
    /// Time signed on.
    pub signed_on_secs: i64,
    /// Time in pauses.
    pub paused_secs: i64,
}

/// The true figures of every queue on every local day with visits.
///
/// ```
/// use floorwalker_testkit::generate::{generate, sample_centre, truth};
///
/// let mut spec = sample_centre();
/// spec.days = 1;
/// let history = generate(&spec, 1)?;
/// let offered: u64 = truth(&history).values().map(|day| day.offered).sum();
/// assert_eq!(offered, history.visits().len() as u64);
/// # Ok::<(), floorwalker_testkit::generate::SpecError>(())
/// ```
pub fn truth(history: &CentreHistory) -> BTreeMap<(String, NaiveDate), QueueDay> {
    let mut days: BTreeMap<(String, NaiveDate), QueueDay> = BTreeMap::new();
    for visit in history.visits() {
        let queue = history.names().queues[usize::from(visit.queue)].clone();
        let day = history.day(visit.entered_ms);
        days.entry((queue, day)).or_default().count(visit);
    }
    days
}

/// The true figures of every agent who signed on.
pub fn agent_truth(history: &CentreHistory) -> BTreeMap<String, AgentTruth> {
    let mut agents: BTreeMap<u16, AgentTruth> = BTreeMap::new();
    for shift in history.shifts() {
        let agent = agents.entry(shift.agent).or_default();
        agent.signed_on_secs += logged_secs(shift.from_ms, shift.to_ms);
        let pauses = shift.pauses.iter();
        agent.paused_secs += pauses.map(|p| logged_secs(p.from_ms, p.to_ms)).sum::<i64>();
    }
    for visit in history.visits() {
        for ring in visit.rings.iter().filter(|r| r.end == RingEnd::NoAnswer) {
            agents.entry(ring.agent).or_default().no_answer += 1;
        }
        if let VisitEnd::Answered {
            agent,
            connected_ms,
            ended_ms,
            ..
        } = visit.end
        {
            let agent = agents.entry(agent).or_default();
            agent.answered += 1;
            agent.talk_secs += logged_secs(connected_ms, ended_ms);
        }
    }
    let name = |agent: u16| history.names().agents[usize::from(agent)].clone();
    agents
        .into_iter()
        .map(|(agent, found)| (name(agent), found))
        .collect()
}

impl QueueDay {
    fn count(&mut self, visit: &Visit) {
        self.offered += 1;
        match visit.end {
            VisitEnd::Abandoned { .. } => self.abandoned += 1,
            VisitEnd::TimedOut { .. } => self.timed_out += 1,
            VisitEnd::LeftByKey { .. } => self.left_by_key += 1,
            VisitEnd::Answered {
                connected_ms,
                ended_ms,
                ending,
                ..
            } => {
                let wait = logged_secs(visit.entered_ms, connected_ms);
                self.answered += 1;
                self.answered_within_20 += u64::from(wait <= 20);
                self.transferred += u64::from(matches!(ending, Ending::Transferred(_)));
                self.answered_wait_secs += wait;
                self.talk_secs += logged_secs(connected_ms, ended_ms);
            }
        }
    }
}
