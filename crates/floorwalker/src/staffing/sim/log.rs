//! What a run leaves: every call, in the columns that real calls come in.

use super::draw::NEVER_SECS;
use crate::contact::{ContactTable, LegKind, LegRow, Outcome};
use crate::error::Result;
use crate::id::{AgentId, QueueId};
use crate::service::{Category, ServiceLevel, Verdict};
use crate::units::Fraction;

/// Microseconds in a second.
pub(super) const SECOND: f64 = 1e6;

pub(super) fn micros(secs: f64) -> u64 {
    (secs.min(NEVER_SECS) * SECOND) as u64
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Answered,
    Abandoned,
    CallbackRequested,
}

/// A call: while it waits, `left` is when it would give up and `released` how long it
/// would be handled.
#[derive(Clone, Copy, Debug)]
pub(super) struct SimCall {
    pub(super) arrived: u64,
    pub(super) left: u64,
    pub(super) released: u64,
    pub(super) agent: u32,
    /// The call that this one calls back, or none.
    pub(super) origin: u32,
    pub(super) call_type: u16,
    pub(super) state: State,
}

pub(super) const NOBODY: u32 = u32::MAX;

impl SimCall {
    pub(super) fn new(call_type: u16, arrived: u64, patience: u64, handling: u64) -> Self {
        Self {
            arrived,
            left: arrived.saturating_add(patience),
            released: handling,
            agent: NOBODY,
            origin: NOBODY,
            call_type,
            state: State::Waiting,
        }
    }

    /// The dial that keeps the promise of `origin`, now.
    pub(super) fn call_back(&self, origin: u32, now: u64) -> Self {
        let handling = self.released;
        Self {
            origin,
            ..Self::new(self.call_type, now, micros(NEVER_SECS), handling)
        }
    }

    /// Who still waits gives up when patience ends.
    pub(super) fn close(&mut self) {
        if self.state == State::Waiting && self.left - self.arrived < micros(NEVER_SECS) {
            self.state = State::Abandoned;
        }
    }

    fn outcome(&self) -> Outcome {
        match self.state {
            State::Waiting => Outcome::Open,
            State::Answered => Outcome::Answered,
            State::Abandoned => Outcome::Abandoned,
            State::CallbackRequested => Outcome::CallbackRequested,
        }
    }
}

/// The calls of one run.
#[derive(Clone, Debug)]
pub struct SimLog {
    pub(super) calls: Vec<SimCall>,
    pub(super) queues: Vec<QueueId>,
    pub(super) agents: usize,
    pub(super) start_ms: i64,
}

impl SimLog {
    /// How many calls there were, redials and call-backs among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.calls.len()
    }

    /// Whether there were none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// The calls as contacts, in the order in which they arrived: what the tallies of
    /// the room [`service`](crate::service) count. Agents are called `sim-0` and so on;
    /// instants are cut to milliseconds.
    ///
    /// # Errors
    /// `value.out_of_range` if the run goes beyond the year 9999 or a call lasts above 400 days.
    pub fn contacts(&self) -> Result<ContactTable> {
        let mut table = ContactTable::new();
        let queues: Vec<u32> = self
            .queues
            .iter()
            .map(|queue| table.queue_code(queue))
            .collect();
        let agents = (0..self.agents)
            .map(|agent| Ok(table.agent_code(&AgentId::new(format!("sim-{agent}"))?)))
            .collect::<Result<Vec<u32>>>()?;
        for call in &self.calls {
            let at = |micros: u64| self.start_ms.saturating_add((micros / 1000) as i64);
            let mut row = LegRow::waiting(queues[usize::from(call.call_type)], at(call.arrived));
            row.outcome = call.outcome();
            if call.origin != NOBODY {
                row.kind = LegKind::Callback;
            }
            if call.state != State::Waiting {
                row.left_queue_ms = Some(at(call.left));
            }
            if call.state == State::Answered {
                row.answered_ms = Some(at(call.left));
                row.released_ms = Some(at(call.released));
                row.wrapped_up_ms = Some(at(call.released));
                row.agent = agents.get(call.agent as usize).copied();
            }
            table.push_row(&row)?;
        }
        Ok(table)
    }

    /// The service level of all calls, or of one type, by the rule and the judgement of the
    /// room [`service`](crate::service); whole milliseconds are compared, as there. `None`
    /// if no call counts.
    #[must_use]
    pub fn service_level(&self, rule: &ServiceLevel, call_type: Option<usize>) -> Option<Fraction> {
        let strict = i64::from(rule.comparison() == crate::service::Comparison::Below);
        let limits: Vec<(i64, i64)> = self
            .queues
            .iter()
            .map(|queue| {
                let within = rule.within().of(queue).num_milliseconds() - strict;
                (
                    within,
                    rule.short()
                        .map_or(-1, |short| short.of(queue).num_milliseconds()),
                )
            })
            .collect();
        let (mut counts_for, mut counts) = (0_i128, 0_u64);
        for call in self.of_type(call_type).filter(|call| call.origin == NOBODY) {
            let (within, short) = limits[usize::from(call.call_type)];
            let wait = (call.left / 1000) as i64 - (call.arrived / 1000) as i64;
            let wait = if call.state == State::Waiting {
                crate::contact::NONE
            } else {
                wait
            };
            let category = Category::of(call.outcome(), false, wait, within, short);
            match rule.judge(category) {
                Verdict::For => (counts_for, counts) = (counts_for + 1, counts + 1),
                Verdict::Against => counts += 1,
                Verdict::LeftOut => {}
            }
        }
        Fraction::new(counts_for, counts)
    }

    /// The part of offered calls that gave up, of all or of one type.
    #[must_use]
    pub fn abandonment(&self, call_type: Option<usize>) -> Option<Fraction> {
        let offered = self.of_type(call_type).filter(|call| call.origin == NOBODY);
        let (mut lost, mut all) = (0_i128, 0);
        for call in offered {
            all += 1;
            lost += i128::from(call.state == State::Abandoned);
        }
        Fraction::new(lost, all)
    }

    /// The mean wait of the answered in seconds (ASA), of all or of one type.
    #[must_use]
    pub fn asa_secs(&self, call_type: Option<usize>) -> Option<f64> {
        let (mut sum, mut count) = (0.0, 0.0);
        let answered = |call: &&SimCall| call.origin == NOBODY && call.state == State::Answered;
        for call in self.of_type(call_type).filter(answered) {
            sum += (call.left - call.arrived) as f64 / SECOND;
            count += 1.0;
        }
        (count > 0.0).then(|| sum / count)
    }

    fn of_type(&self, call_type: Option<usize>) -> impl Iterator<Item = &SimCall> {
        let wanted = move |call: &&SimCall| {
            call_type.is_none_or(|wanted| usize::from(call.call_type) == wanted)
        };
        self.calls.iter().filter(wanted)
    }

    /// The calls of the half-open span of seconds from the start, by arrival.
    #[must_use]
    pub fn arrived_between(&self, from_secs: f64, until_secs: f64) -> Self {
        let (from, until) = (micros(from_secs), micros(until_secs));
        let inside = |call: &&SimCall| (from..until).contains(&call.arrived);
        Self {
            calls: self.calls.iter().filter(inside).copied().collect(),
            queues: self.queues.clone(),
            ..*self
        }
    }
}
