//! The events of a case, sorted into what its clocks need.

use super::event::{CaseChange, CaseEvent};
use super::metric::Metric;
use super::pauses::Pauses;
use super::policy::SlaPolicy;
use super::waiver::Waiver;
use crate::error::{ErrorKind, Result};
use crate::id::{CalendarId, CaseStateId, PriorityId};
use crate::time::instant::text;

/// From an instant to another; without an end it goes on.
pub(super) type Stretch = (i64, Option<i64>);

/// What happened on a case up to an instant, by kind and in order.
#[derive(Debug)]
pub(super) struct History {
    pub(super) created_ms: i64,
    /// When it was in a state that pauses.
    pub(super) pauses: Pauses,
    /// From each customer message that waited for a reply, after a reply, to that reply.
    pub(super) waits: Vec<Stretch>,
    pub(super) first_reply_ms: Option<i64>,
    /// From creation and from each reopening to the resolution.
    pub(super) work: Vec<Stretch>,
    pub(super) priorities: Vec<(i64, PriorityId)>,
    pub(super) calendars: Vec<(i64, CalendarId)>,
    pub(super) waivers: Vec<(Metric, Waiver)>,
    held_since_ms: Option<i64>,
    held: Vec<Stretch>,
}

impl History {
    /// Reads the events that happened up to `as_of_ms`, in order of time; of those at
    /// one instant the given order counts.
    pub(super) fn read(policy: &SlaPolicy, events: &[CaseEvent], as_of_ms: i64) -> Result<Self> {
        let mut events: Vec<&CaseEvent> = events
            .iter()
            .filter(|event| event.at_ms <= as_of_ms)
            .collect();
        events.sort_by_key(|event| event.at_ms);
        let first = events
            .first()
            .filter(|event| matches!(event.what, CaseChange::Created { .. }));
        let Some(created) = first else {
            return Err(not_created(as_of_ms));
        };
        let mut history = Self::begin(created.at_ms);
        for event in events {
            history.take(policy, event)?;
        }
        let open = history.held_since_ms.map(|since| (since, None));
        history.pauses = Pauses::new(history.held.drain(..).chain(open))?;
        Ok(history)
    }

    fn begin(created_ms: i64) -> Self {
        Self {
            created_ms,
            pauses: Pauses::none(),
            waits: Vec::new(),
            first_reply_ms: None,
            work: vec![(created_ms, None)],
            priorities: Vec::new(),
            calendars: Vec::new(),
            waivers: Vec::new(),
            held_since_ms: None,
            held: Vec::new(),
        }
    }

    fn take(&mut self, policy: &SlaPolicy, event: &CaseEvent) -> Result<()> {
        let at_ms = event.at_ms;
        match &event.what {
            CaseChange::Created { state, priority } => {
                self.priorities
                    .extend(priority.clone().map(|priority| (at_ms, priority)));
                if let Some(state) = state {
                    self.enter(policy, state, at_ms);
                }
            }
            CaseChange::State(state) => self.enter(policy, state, at_ms),
            CaseChange::CustomerMessage => self.message(at_ms),
            CaseChange::AgentReply => self.reply(at_ms),
            CaseChange::Resolved => end(&mut self.work, at_ms),
            CaseChange::Reopened => {
                if self.work.last().is_some_and(|last| last.1.is_some()) {
                    self.work.push((at_ms, None));
                }
            }
            CaseChange::Priority(priority) => {
                if self
                    .priorities
                    .last()
                    .is_none_or(|last| last.1 != *priority)
                {
                    self.priorities.push((at_ms, priority.clone()));
                }
            }
            CaseChange::Calendar(calendar) => self.calendars.push((at_ms, calendar.clone())),
            CaseChange::Waived {
                metric,
                cause,
                evidence,
            } => {
                self.waivers
                    .push((*metric, Waiver::new(at_ms, *cause, evidence)?));
            }
        }
        Ok(())
    }

    fn enter(&mut self, policy: &SlaPolicy, state: &CaseStateId, at_ms: i64) {
        match (policy.is_pause_state(state), self.held_since_ms) {
            (true, None) => self.held_since_ms = Some(at_ms),
            (false, Some(since)) => {
                self.held.push((since, Some(at_ms)));
                self.held_since_ms = None;
            }
            _ => {}
        }
    }

    fn message(&mut self, at_ms: i64) {
        let answered = self.waits.last().is_none_or(|last| last.1.is_some());
        if self.first_reply_ms.is_some() && answered {
            self.waits.push((at_ms, None));
        }
    }

    fn reply(&mut self, at_ms: i64) {
        self.first_reply_ms = self.first_reply_ms.or(Some(at_ms));
        end(&mut self.waits, at_ms);
    }

    /// The priority in force at an instant.
    pub(super) fn priority_at(&self, at_ms: i64) -> Option<&PriorityId> {
        let priority = self
            .priorities
            .iter()
            .rfind(|(from_ms, _)| *from_ms <= at_ms);
        priority.map(|(_, priority)| priority)
    }

    /// The last change of priority after an instant, up to and including another.
    pub(super) fn last_priority_change(&self, after_ms: i64, last_ms: i64) -> Option<i64> {
        let mut changes = self.priorities.iter().map(|(at_ms, _)| *at_ms).rev();
        changes
            .find(|&at_ms| at_ms <= last_ms)
            .filter(|&at_ms| at_ms > after_ms)
    }
}

/// Ends the last stretch, if it has no end yet.
fn end(stretches: &mut [Stretch], at_ms: i64) {
    if let Some(last) = stretches.last_mut() {
        last.1 = last.1.or(Some(at_ms));
    }
}

fn not_created(as_of_ms: i64) -> crate::Error {
    let what = "events of a case";
    let given = format!("none or another event first, up to {}", text(as_of_ms));
    let why = "the first event is its creation";
    ErrorKind::Name { what, given, why }.into()
}
