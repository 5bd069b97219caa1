//! What time alone brings about: escalation, and closing when the customer is silent.

use std::collections::BTreeMap;

use super::act::{Act, Escalation};
use super::command::Command;
use super::obligations::{Kept, Nature};
use super::refusal::Refusal;
use super::rules::Rules;
use super::stage::Stage;
use super::state::Case;
use super::step::Step;
use crate::complaint::procedure::{LEGAL, LevelRecord, Trigger};
use crate::id::{ActorId, Label};
use crate::units::Fraction;

/// A day of 24 hours, in milliseconds.
const DAY_MS: i64 = 86_400_000;

impl Rules {
    /// The commands that are due at an instant by time alone, for the host's timer to
    /// carry out in their order: the levels of escalation that are reached, and closing
    /// after the customer's silence.
    ///
    /// # Errors
    /// As for [`obligations`](Self::obligations).
    pub fn due_commands(
        &self,
        case: &Case,
        now_ms: i64,
        timer: &ActorId,
    ) -> Result<Vec<Command>, Refusal> {
        if case.stage().is_terminal() {
            return Ok(Vec::new());
        }
        let command = |act| Command {
            act,
            actor: timer.clone(),
            occurred_ms: now_ms,
            on_behalf_of: None,
            role: None,
            to: None,
        };
        let mut due: Vec<Command> = Vec::new();
        for (level, at_ms, trigger) in self.levels_ahead(case, now_ms)? {
            if at_ms <= now_ms
                && self
                    .procedure()
                    .find(case.state(), Step::Escalate)
                    .is_some()
            {
                let role = level.role.clone();
                due.push(command(Act::Escalate(Escalation {
                    level: level.level,
                    role,
                    to: None,
                    trigger,
                })));
            }
        }
        let silence = self
            .silence_ends_ms(case)
            .is_some_and(|at_ms| at_ms <= now_ms);
        if silence && self.procedure().find(case.state(), Step::Silence).is_some() {
            due.push(command(Act::Silence));
        }
        Ok(due)
    }

    /// When the host's timer should look at a complaint again: the next instant at which
    /// a level is reached or the customer's time to react is over, if nothing else
    /// happens before. `None` if nothing will come about by time alone.
    ///
    /// # Errors
    /// As for [`obligations`](Self::obligations).
    pub fn next_wake_ms(&self, case: &Case, now_ms: i64) -> Result<Option<i64>, Refusal> {
        if case.stage().is_terminal() {
            return Ok(None);
        }
        let levels = self.levels_ahead(case, now_ms)?;
        let levels = levels.into_iter().map(|(_, at_ms, _)| at_ms);
        Ok(levels
            .chain(self.silence_ends_ms(case))
            .filter(|&at_ms| at_ms > now_ms)
            .min())
    }

    /// Who takes a level: the first of its role and its deputies, in this order, who is
    /// on duty and is not the person complained about. `None` if there is no such level
    /// or nobody is there.
    pub fn taker<'a>(
        &self,
        case: &Case,
        level: u8,
        on_duty: &'a BTreeMap<Label, ActorId>,
    ) -> Option<(&'a Label, &'a ActorId)> {
        let level = self.procedure().level(level)?;
        let roles = std::iter::once(&level.role).chain(&level.deputies);
        let present = roles.filter_map(|role| on_duty.get_key_value(role));
        let mut free = present.filter(|(_, person)| case.subject() != Some(*person));
        free.next()
    }

    fn silence_ends_ms(&self, case: &Case) -> Option<i64> {
        let since = case
            .responded_ms()
            .filter(|_| case.stage() == Stage::Responded)?;
        Some(since + i64::from(self.procedure().record().windows.silence_days) * DAY_MS)
    }

    /// The levels above the present one, with the instant at which each is reached
    /// first, and by what.
    fn levels_ahead(
        &self,
        case: &Case,
        now_ms: i64,
    ) -> Result<Vec<(&LevelRecord, i64, Label)>, Refusal> {
        let levels = self.procedure().record().escalation.iter();
        let levels: Vec<&LevelRecord> = levels.filter(|level| level.level > case.level()).collect();
        if levels.iter().all(|level| level.when.is_empty()) {
            return Ok(Vec::new());
        }
        let kept = self.kept(case, now_ms)?;
        let ahead = levels.into_iter().filter_map(|level| {
            let reached = level
                .when
                .iter()
                .flat_map(|trigger| reached(trigger, case, &kept));
            let (at_ms, by) = reached.min()?;
            Some((level, at_ms, by))
        });
        Ok(ahead.collect())
    }
}

/// When a level is reached by a trigger, and the name of what reaches it.
fn reached(trigger: &Trigger, case: &Case, kept: &[Kept<'_>]) -> Vec<(i64, Label)> {
    match trigger {
        Trigger::AgeDays(days) => {
            let at_ms = case.cycle_started_ms + i64::from(*days) * DAY_MS;
            Label::new("age")
                .map(|age| (at_ms, age))
                .into_iter()
                .collect()
        }
        Trigger::Clock {
            clock,
            used_percent,
        } => {
            let is_meant = |kept: &&Kept<'_>| match clock.as_str() {
                LEGAL => kept.nature == Nature::Legal,
                _ => kept.name == *clock,
            };
            let meant = kept.iter().filter(is_meant);
            meant
                .filter_map(|kept| Some((runs_to(kept, *used_percent)?, kept.name.clone())))
                .collect()
        }
    }
}

/// When so much of the target of a running clock is used.
fn runs_to(kept: &Kept<'_>, used_percent: u32) -> Option<i64> {
    let run = kept
        .runs
        .last()
        .filter(|run| run.stop_ms().is_none() && run.waiver().is_none())?;
    if kept.is_cancelled() {
        return None;
    }
    run.time_at(kept.hours, Fraction::new(used_percent, 100)?)
        .ok()
}
