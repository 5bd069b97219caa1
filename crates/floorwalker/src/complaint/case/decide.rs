//! Deciding on a command: events, or a refusal.

use super::act::{Act, Escalation};
use super::command::{Attempt, Command, NewEvent};
use super::docket::Others;
use super::refusal::Refusal;
use super::rules::Rules;
use super::state::Case;
use super::step::Step;
use crate::id::Label;
use crate::time::{MAX_MS, MIN_MS};

impl Rules {
    /// What a command leads to: events, or a typed refusal. Nothing is changed.
    ///
    /// `case` is the state in which the command is given, `None` for a complaint that
    /// has not come in; `others` says how other complaints stand, for mergers. A command
    /// that puts an event right, or is backdated, is decided by
    /// [`History::decide`](super::History::decide), which knows what came later.
    ///
    /// # Errors
    /// A [`Refusal`] that says what is wrong.
    pub fn decide(
        &self,
        case: Option<&Case>,
        command: &Command,
        others: &dyn Others,
    ) -> Result<Vec<NewEvent>, Refusal> {
        let attempt = Attempt::from(command);
        let Some(case) = case else {
            return self.decide_receipt(command);
        };
        if attempt.step() == Step::Correct {
            let why = "its history is needed";
            return Err(Refusal::Correction { event: 0, why });
        }
        in_order(
            "nothing may be put before what has happened",
            case.last_ms(),
            command.occurred_ms,
        )?;
        let target = self.check(case, &attempt, others)?;
        let to = target.map(|(state, _)| state.clone());
        let raised = match (attempt.step(), &to) {
            (Step::Contest, Some(state)) => self.raised(case, command, state),
            _ => None,
        };
        let command = Command {
            to,
            ..command.clone()
        };
        let mut events = vec![NewEvent {
            command,
            cause: None,
        }];
        events.extend(raised);
        Ok(events)
    }

    fn decide_receipt(&self, command: &Command) -> Result<Vec<NewEvent>, Refusal> {
        let Act::Receive(receipt) = &command.act else {
            return Err(Refusal::Receipt {
                step: command.act.step(),
            });
        };
        self.check_procedure(&receipt.procedure)?;
        Ok(vec![NewEvent {
            command: command.clone(),
            cause: None,
        }])
    }

    /// A contested reply goes up a level, if there is one and the state after it allows it.
    fn raised(&self, case: &Case, command: &Command, state: &Label) -> Option<NewEvent> {
        self.procedure().find(state, Step::Escalate)?;
        let level = self.procedure().level(case.level().checked_add(1)?)?;
        let trigger = Label::new("contest").ok()?;
        let escalation = Escalation {
            level: level.level,
            role: level.role.clone(),
            to: None,
            trigger,
        };
        let act = Act::Escalate(escalation);
        let raised = Command {
            act,
            to: None,
            ..command.clone()
        };
        Some(NewEvent {
            command: raised,
            cause: Some(0),
        })
    }
}

/// Refuses instants that are not in order, or outside years 1 to 9999.
pub(super) fn in_order(why: &'static str, earlier_ms: i64, later_ms: i64) -> Result<(), Refusal> {
    let in_years = (MIN_MS..=MAX_MS).contains(&later_ms);
    if earlier_ms <= later_ms && in_years {
        Ok(())
    } else {
        Err(Refusal::Time {
            why,
            earlier_ms,
            later_ms,
        })
    }
}
