//! What has become due for late replies.

use super::refusal::Refusal;
use super::rules::Rules;
use super::state::Case;
use super::step::Step;
use crate::complaint::money::Money;
use crate::complaint::policy::{LimitKind, Policy};
use crate::id::Label;

impl Rules {
    /// The indemnities that have become due by an instant, for each bound policy that
    /// knows one: the policy, and the amount for one customer. Derived from the events;
    /// payments are events.
    ///
    /// The delay is counted from the day of receipt to the day of the first reply, or to
    /// the day of `as_of_ms` while there is none. Nothing is due where the clock of the
    /// policy was waived, nor after handling ended without an answer.
    ///
    /// Uncertain: whether a complaint of several signatories earns one indemnity or one
    /// for each was not read; multiply by [`Case::customers`] where it does.
    ///
    /// # Errors
    /// As for [`obligations`](Self::obligations).
    pub fn indemnities(&self, case: &Case, as_of_ms: i64) -> Result<Vec<(Label, Money)>, Refusal> {
        let mut due = Vec::new();
        for policy in self.bound_policies(case)? {
            if let Some(amount) = self.indemnity(case, policy, as_of_ms)? {
                due.push((policy.id().clone(), amount));
            }
        }
        Ok(due)
    }

    fn indemnity(
        &self,
        case: &Case,
        policy: &Policy,
        as_of_ms: i64,
    ) -> Result<Option<Money>, Refusal> {
        let record = policy.record();
        let answer = record
            .answer
            .as_ref()
            .filter(|answer| answer.kind == LimitKind::Duty);
        let (Some(rule), Some(answer)) = (record.indemnity, answer) else {
            return Ok(None);
        };
        let missing = || Refusal::Version {
            what: "calendar of the policy",
            id: record.id.clone(),
        };
        let hours = self.hours_of(policy).ok_or_else(missing)?;
        let zone = policy.zone();
        let marks = case
            .marks()
            .iter()
            .take_while(|mark| mark.at_ms <= as_of_ms);
        let ended = |step| matches!(step, Step::Respond | Step::ResolveAtContact);
        let end = marks
            .clone()
            .find(|mark| ended(mark.step) || mark.stage.is_without_answer());
        let cut_off = end.is_some_and(|mark| mark.stage.is_without_answer());
        let waived = case
            .waiver(&format!("{}/answer", record.id))
            .is_some_and(|waiver| waiver.at_ms() <= as_of_ms);
        if waived || cut_off {
            return Ok(Some(Money::zero(rule.currency())?));
        }
        let held = marks.clone().find(|mark| mark.step == Step::HoldingReply);
        let held = held.map(|mark| zone.local_date_of_ms(mark.at_ms));
        let received = zone.local_date_of_ms(case.received_ms());
        let until = zone.local_date_of_ms(end.map_or(as_of_ms, |mark| mark.at_ms));
        let (deadline, _) = answer.deadline(received, case.facts(), held, hours)?;
        let days =
            |date: chrono::NaiveDate| u32::try_from((date - received).num_days()).unwrap_or(0);
        Ok(Some(rule.amount(days(deadline.last_day()), days(until))?))
    }
}
