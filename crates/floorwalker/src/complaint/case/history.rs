//! All that has happened to a complaint, in two times: when it happened, and when it was
//! recorded.

use serde::Serialize;

use super::act::{Act, Correction};
use super::command::{Command, NewEvent};
use super::decide::in_order;
use super::docket::Others;
use super::event::{Event, SCHEMA};
use super::order::{Closely, in_order_of_time};
use super::refusal::Refusal;
use super::rules::Rules;
use super::state::Case;
use super::step::Step;
use crate::complaint::digest::Digest;
use crate::id::CaseId;
use crate::time::MIN_MS;

/// The events of one complaint (storia del reclamo), append-only, and the state that
/// they add up to.
///
/// Invariant: events are numbered from 0 without gaps, each holds the checksum of the
/// one before it, each was recorded not before the one before it and not before it
/// happened; the state is what they add up to.
///
/// Two times: what was the state at an instant ([`as_of`](Self::as_of)), and what was
/// known of it then ([`as_known`](Self::as_known)). A letter that is opened late is
/// recorded late with the instant at which it came; everything after it is then judged
/// anew. Nothing is ever edited: an event that was wrong is put right by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct History {
    events: Vec<Event>,
    #[serde(skip)]
    case: Case,
}

/// Why a list of events is no unbroken chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {why}")]
pub struct ChainFault {
    /// The place in the list, from 0.
    pub seq: u64,
    /// What is wrong.
    pub why: &'static str,
}

/// Why events cannot be replayed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryFault {
    /// They were changed, left out or put in.
    #[error("the chain of events is broken: {0}")]
    Chain(#[from] ChainFault),
    /// One cannot have happened by the procedure.
    #[error("event {event} cannot have happened: {why}")]
    Event {
        /// The number of the event.
        event: u64,
        /// Why.
        why: Refusal,
    },
    /// A snapshot cannot be continued, because an event happened before it was taken or
    /// puts an earlier one right: replay all events.
    #[error("the snapshot cannot be continued with event {event}: replay all events")]
    NeedsAll {
        /// The number of the event.
        event: u64,
    },
}

impl History {
    /// Opens the history of a complaint with its receipt.
    ///
    /// # Errors
    /// [`Refusal`] if the command is no receipt, names another procedure, or was
    /// recorded before it happened.
    pub fn open(
        rules: &Rules,
        id: CaseId,
        receipt: &Command,
        recorded_ms: i64,
    ) -> Result<Self, Refusal> {
        let new = rules.decide(None, receipt, &super::docket::NoOthers)?;
        in_order(
            "instants lie within years 1 to 9999",
            MIN_MS,
            receipt.occurred_ms,
        )?;
        in_order(
            "nothing is recorded before it happens",
            receipt.occurred_ms,
            recorded_ms,
        )?;
        let events: Vec<Event> = new
            .into_iter()
            .map(|new| Event::seal(&id, new, (0, Digest::ZERO), 0, recorded_ms))
            .collect();
        Self::folded(rules, events).map_err(|(_, why)| why)
    }

    /// The history that recorded events add up to, after proving their chain.
    ///
    /// # Errors
    /// [`HistoryFault`] that names the event.
    pub fn replay(rules: &Rules, events: Vec<Event>) -> Result<Self, HistoryFault> {
        verify(&events)?;
        Self::folded(rules, events).map_err(|(event, why)| HistoryFault::Event { event, why })
    }

    fn folded(rules: &Rules, events: Vec<Event>) -> Result<Self, (u64, Refusal)> {
        let case = rules.fold(&in_order_of_time(&events, i64::MAX), Closely::Moves)?;
        let case = case.ok_or((
            0,
            Refusal::Receipt {
                step: Step::Correct,
            },
        ))?;
        Ok(Self { events, case })
    }

    /// The events, in the order in which they were recorded.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The state with all that is known.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The checksum of the last event: who has noted it can prove that nothing was cut
    /// off.
    #[must_use]
    pub fn tip(&self) -> Digest {
        self.events.last().map_or(Digest::ZERO, Event::hash)
    }

    /// When the last event was recorded.
    #[must_use]
    pub fn last_recorded_ms(&self) -> i64 {
        self.events
            .last()
            .map_or(i64::MIN, |event| event.record().recorded_ms)
    }

    /// The state at an instant, with all that is known now; `None` before receipt.
    ///
    /// # Errors
    /// [`Refusal`] if the rules are not those of the complaint.
    pub fn as_of(&self, rules: &Rules, occurred_ms: i64) -> Result<Option<Case>, Refusal> {
        self.view(rules, occurred_ms, i64::MAX)
    }

    /// The state as it was known at an instant; `None` before anything was recorded.
    ///
    /// # Errors
    /// As for [`as_of`](Self::as_of).
    pub fn as_known(&self, rules: &Rules, recorded_ms: i64) -> Result<Option<Case>, Refusal> {
        self.view(rules, i64::MAX, recorded_ms)
    }

    /// The state at an instant, as it was known at another.
    ///
    /// # Errors
    /// As for [`as_of`](Self::as_of).
    pub fn view(
        &self,
        rules: &Rules,
        occurred_ms: i64,
        recorded_ms: i64,
    ) -> Result<Option<Case>, Refusal> {
        let happened = in_order_of_time(&self.events, recorded_ms);
        let until = happened.partition_point(|one| one.at_ms <= occurred_ms);
        rules
            .fold(&happened[..until], Closely::Moves)
            .map_err(|(_, why)| why)
    }

    /// What a command leads to now, also one that is backdated or puts an event right:
    /// events, or a typed refusal. Nothing is changed.
    ///
    /// # Errors
    /// [`Refusal`]; of what is backdated [`Refusal::Contradicts`] if a later event would
    /// become impossible.
    pub fn decide(
        &self,
        rules: &Rules,
        command: &Command,
        recorded_ms: i64,
        others: &dyn Others,
    ) -> Result<Vec<NewEvent>, Refusal> {
        in_order(
            "instants lie within years 1 to 9999",
            MIN_MS,
            command.occurred_ms,
        )?;
        in_order(
            "nothing is recorded before it happens",
            command.occurred_ms,
            recorded_ms,
        )?;
        in_order(
            "events are recorded one after the other",
            self.last_recorded_ms(),
            recorded_ms,
        )?;
        if let Act::Correct(correction) = &command.act {
            self.check_correction(rules, correction, recorded_ms)?;
            let new = vec![NewEvent {
                command: command.clone(),
                cause: None,
            }];
            self.trial(rules, new.clone(), recorded_ms)?;
            return Ok(new);
        }
        if command.occurred_ms >= self.case.last_ms() {
            return rules.decide(Some(&self.case), command, others);
        }
        in_order(
            "nothing happens before receipt",
            self.case.received_ms(),
            command.occurred_ms,
        )?;
        let then = self.as_of(rules, command.occurred_ms)?;
        let new = rules.decide(then.as_ref(), command, others)?;
        self.trial(rules, new.clone(), recorded_ms)?;
        Ok(new)
    }

    /// Decides on a command and records what it leads to; the new events are handed
    /// back, for the host's store.
    ///
    /// # Errors
    /// As for [`decide`](Self::decide).
    pub fn carry_out(
        &mut self,
        rules: &Rules,
        command: &Command,
        recorded_ms: i64,
        others: &dyn Others,
    ) -> Result<&[Event], Refusal> {
        let new = self.decide(rules, command, recorded_ms, others)?;
        let before = self.events.len();
        let on_time =
            command.occurred_ms >= self.case.last_ms() && command.act.step() != Step::Correct;
        if on_time {
            self.push(new, recorded_ms);
            for event in &self.events[before..] {
                let attempt = event.attempt(event.act(), event.record().occurred_ms);
                rules.fold_one(&mut self.case, &attempt, Closely::Moves)?;
            }
        } else {
            *self = self.trial(rules, new, recorded_ms)?;
        }
        Ok(&self.events[before..])
    }

    /// Proves that no event was changed, left out or put in, and that each was possible
    /// with all its conditions, mergers apart.
    ///
    /// # Errors
    /// [`HistoryFault`] that names the first wrong event.
    pub fn prove(&self, rules: &Rules) -> Result<(), HistoryFault> {
        verify(&self.events)?;
        let happened = in_order_of_time(&self.events, i64::MAX);
        let proved = rules.fold(&happened, Closely::Conditions);
        proved
            .map(|_| ())
            .map_err(|(event, why)| HistoryFault::Event { event, why })
    }

    /// The history with new events, if everything after them is still possible.
    fn trial(&self, rules: &Rules, new: Vec<NewEvent>, recorded_ms: i64) -> Result<Self, Refusal> {
        let mut trial = self.clone();
        let first = trial.events.len() as u64;
        trial.push(new, recorded_ms);
        let happened = in_order_of_time(&trial.events, i64::MAX);
        let folded = rules.fold(&happened, Closely::Conditions);
        let folded = folded.map_err(|(event, why)| {
            if event >= first {
                why
            } else {
                Refusal::Contradicts {
                    event,
                    why: Box::new(why),
                }
            }
        });
        trial.case = folded?.ok_or(Refusal::Receipt {
            step: Step::Correct,
        })?;
        Ok(trial)
    }

    fn push(&mut self, new: Vec<NewEvent>, recorded_ms: i64) {
        let first = self.events.len() as u64;
        for new in new {
            let place = (self.events.len() as u64, self.tip());
            let event = Event::seal(&self.case.id, new, place, first, recorded_ms);
            self.events.push(event);
        }
    }

    fn check_correction(
        &self,
        rules: &Rules,
        correction: &Correction,
        recorded_ms: i64,
    ) -> Result<(), Refusal> {
        let refuse = |why| {
            Err(Refusal::Correction {
                event: correction.event,
                why,
            })
        };
        let found = usize::try_from(correction.event)
            .ok()
            .and_then(|place| self.events.get(place));
        let Some(event) = found else {
            return refuse("there is no such event");
        };
        if event.step() == Step::Correct {
            return refuse("put the event right that it was about");
        }
        if event.record().cause.is_some() {
            return refuse("put the event right that caused it");
        }
        let Some(with) = &correction.with else {
            return if event.seq() == 0 {
                refuse("a complaint that never came in has no history")
            } else {
                Ok(())
            };
        };
        if with.act.step() != event.step() {
            return refuse("what should have been recorded is of another kind");
        }
        if let Act::Receive(receipt) = &*with.act {
            rules.check_procedure(&receipt.procedure)?;
        }
        in_order(
            "instants lie within years 1 to 9999",
            MIN_MS,
            with.occurred_ms,
        )?;
        in_order(
            "nothing is recorded before it happens",
            with.occurred_ms,
            recorded_ms,
        )
    }
}

/// Whether events are an unbroken chain.
pub(super) fn verify(events: &[Event]) -> Result<(), ChainFault> {
    verify_after(events, 0, Digest::ZERO, i64::MIN)
}

/// Whether events continue a chain.
pub(super) fn verify_after(
    events: &[Event],
    first: u64,
    tip: Digest,
    recorded_ms: i64,
) -> Result<(), ChainFault> {
    let (mut previous, mut recorded_ms) = (tip, recorded_ms);
    for (seq, event) in (first..).zip(events) {
        let record = event.record();
        let why = if record.schema != SCHEMA {
            "its form is not known"
        } else if record.seq != seq {
            "its number does not follow"
        } else if record.previous != previous {
            "it does not follow the event before it"
        } else if !event.is_intact() {
            "it was changed"
        } else if record.case != events[0].record().case {
            "it belongs to another complaint"
        } else if record.recorded_ms < recorded_ms || record.recorded_ms < record.occurred_ms {
            "it was recorded before it happened, or before the event before it"
        } else {
            (previous, recorded_ms) = (event.hash(), record.recorded_ms);
            continue;
        };
        return Err(ChainFault { seq, why });
    }
    Ok(())
}
