//! The conditions of steps, one function for each.

use std::collections::BTreeSet;

use super::act::{Act, IssueOutcome, PolicyRef};
use super::apply::channel_of;
use super::check::Target;
use super::command::Attempt;
use super::docket::Others;
use super::guard_regions::{
    cause_in_order, level_above, merge_target, policy_of_payment, remedy_in_order,
};
use super::obligations::ObligationState;
use super::parts::CauseState;
use super::refusal::Refusal;
use super::rules::Rules;
use super::stage::Stage;
use super::state::Case;
use crate::complaint::procedure::Guard;
use crate::complaint::words::{Channel, ReferReason};
use crate::id::Label;

/// A day of 24 hours, in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// Everything on which a condition may depend.
pub(super) struct Place<'a> {
    pub(super) rules: &'a Rules,
    pub(super) case: &'a Case,
    pub(super) attempt: &'a Attempt<'a>,
    pub(super) target: Target<'a>,
    pub(super) others: &'a dyn Others,
}

/// `None` if a condition holds, else why it does not.
type Answer = Result<Option<String>, Refusal>;

/// Whether a condition holds.
// flat table
pub(super) fn holds(guard: Guard, place: &Place<'_>) -> Answer {
    match guard {
        Guard::PolicyBound => return policy_bound(place),
        Guard::SummarySent => return summary_sent(place),
        Guard::ExtensionExists => return extension_exists(place),
        Guard::DeadlockOrLimit => return deadlock_or_limit(place),
        Guard::ClockKnown => return clock_known(place),
        _ => {}
    }
    Ok(match guard {
        Guard::Identified => identified(place),
        Guard::IssuesGiven => issues_given(place),
        Guard::DurableChannel => durable_channel(place),
        Guard::EvidenceAttached => {
            unless(place.case.documents > 0, "there is no document in the file")
        }
        Guard::OutcomesComplete => outcomes_complete(place),
        Guard::AnswersComplete => answers_complete(place),
        Guard::RecourseStated => recourse_stated(place),
        Guard::FourEyes => four_eyes(place),
        Guard::ApproverDiffers => approver_differs(place),
        Guard::CauseCoded => cause_coded(place),
        Guard::AcceptanceRecorded => acceptance_recorded(place),
        Guard::WithinContestWindow => contest_window(place),
        Guard::SilenceOver => silence_over(place),
        Guard::WithinReopenWindow => reopen_window(place),
        Guard::NotTheSubject => not_the_subject(place),
        Guard::HoldingOnce => unless(place.case.held.is_none(), "there was one before"),
        Guard::LevelAbove => level_above(place),
        Guard::RemedyInOrder => remedy_in_order(place),
        Guard::CauseInOrder => cause_in_order(place),
        Guard::MergeTarget => merge_target(place),
        Guard::PolicyOfPayment => policy_of_payment(place),
        _ => None,
    })
}

pub(super) fn unless(holds: bool, why: impl Into<String>) -> Option<String> {
    (!holds).then(|| why.into())
}

fn identified(place: &Place<'_>) -> Option<String> {
    let Act::Register(registration) = place.attempt.act else {
        return None;
    };
    unless(
        place.case.identified || registration.anonymous,
        "the complainant is not known, and it is not marked as anonymous",
    )
}

fn issues_given(place: &Place<'_>) -> Option<String> {
    let Act::Register(registration) = place.attempt.act else {
        return None;
    };
    let names: BTreeSet<&Label> = registration.issues.iter().map(|new| &new.issue).collect();
    if names.is_empty() {
        return Some("there is no issue".to_owned());
    }
    if registration.customers == 0 {
        return Some("nobody signed it".to_owned());
    }
    unless(
        names.len() == registration.issues.len(),
        "an issue is given twice",
    )
}

fn durable_channel(place: &Place<'_>) -> Option<String> {
    let channel = channel_of(place.attempt.act)?;
    unless(
        channel.is_durable(),
        format!("{channel} is nothing that the customer can keep"),
    )
}

fn policy_bound(place: &Place<'_>) -> Answer {
    let Act::Assess(assessment) = place.attempt.act else {
        return Ok(unless(
            !place.case.policies.is_empty(),
            "no policy is bound",
        ));
    };
    if assessment.policies.is_empty() {
        return Ok(Some("no policy is named".to_owned()));
    }
    for reference in &assessment.policies {
        if let Some(why) = can_be_bound(place, reference)? {
            return Ok(Some(why));
        }
    }
    Ok(None)
}

fn can_be_bound(place: &Place<'_>, reference: &PolicyRef) -> Answer {
    let policy = place.rules.bound(reference)?;
    let received = policy.zone().local_date_of_ms(place.case.received_ms());
    if !policy.is_in_force_on(received) {
        return Ok(Some(format!(
            "{} does not apply to what was received on {received}",
            policy.id()
        )));
    }
    Ok(unless(
        place.rules.hours_of(policy).is_some(),
        format!("the calendar of {} is not here", policy.id()),
    ))
}

/// Whether outcomes name every issue, and nothing else.
fn complete(case: &Case, outcomes: &[IssueOutcome]) -> Option<String> {
    let given: BTreeSet<&Label> = outcomes.iter().map(|decided| &decided.issue).collect();
    same_issues(case, &given, given.len() == outcomes.len())
}

fn same_issues(case: &Case, given: &BTreeSet<&Label>, once: bool) -> Option<String> {
    let issues: BTreeSet<&Label> = case.issues.iter().map(|issue| &issue.issue).collect();
    if let Some(missing) = issues.difference(given).next() {
        return Some(format!("the issue {missing} is left out"));
    }
    if let Some(unknown) = given.difference(&issues).next() {
        return Some(format!("there is no issue {unknown}"));
    }
    unless(once, "an issue is given twice")
}

fn outcomes_complete(place: &Place<'_>) -> Option<String> {
    match place.attempt.act {
        Act::DraftDecision(decision) => complete(place.case, &decision.outcomes),
        Act::ResolveAtContact(resolution) => complete(place.case, &resolution.outcomes),
        Act::ExternalOutcome(_) => unless(!place.case.issues.is_empty(), "there is no issue"),
        _ => {
            let decided = place
                .case
                .issues
                .iter()
                .all(|issue| issue.outcome.is_some());
            unless(
                decided && !place.case.issues.is_empty(),
                "an issue has no outcome",
            )
        }
    }
}

fn answers_complete(place: &Place<'_>) -> Option<String> {
    let Act::Respond(reply) = place.attempt.act else {
        return None;
    };
    let given: BTreeSet<&Label> = reply.answered.iter().collect();
    same_issues(place.case, &given, given.len() == reply.answered.len())
}

fn recourse_stated(place: &Place<'_>) -> Option<String> {
    let Act::Respond(reply) = place.attempt.act else {
        return None;
    };
    unless(
        !reply.recourse.is_empty(),
        "no body is named to which the customer may go",
    )
}

fn four_eyes(place: &Place<'_>) -> Option<String> {
    let limits = place.rules.procedure().record().four_eyes;
    let case = place.case;
    let severe = limits
        .severity
        .is_some_and(|limit| case.severity() >= Some(limit));
    let above = |(limit, amount): (crate::complaint::Money, crate::complaint::Money)| {
        limit.currency() != amount.currency() || amount.amount() >= limit.amount()
    };
    let costly = limits.amount.zip(case.remedy.amount).is_some_and(above);
    unless(
        case.approver.is_some() || !(severe || costly),
        "nobody but the author has seen the decision",
    )
}

fn approver_differs(place: &Place<'_>) -> Option<String> {
    unless(
        place.case.author.as_ref() != Some(place.attempt.actor),
        "the author cannot approve",
    )
}

fn cause_coded(place: &Place<'_>) -> Option<String> {
    let closes = place.target.is_none_or(|(_, stage)| stage == Stage::Closed);
    unless(
        !closes || place.case.cause.state > CauseState::Open,
        "the root cause is not named",
    )
}

fn acceptance_recorded(place: &Place<'_>) -> Option<String> {
    let Act::ResolveAtContact(resolution) = place.attempt.act else {
        return None;
    };
    unless(resolution.accepted, "the customer has not accepted")
}

fn summary_sent(place: &Place<'_>) -> Answer {
    let Act::ResolveAtContact(resolution) = place.attempt.act else {
        return Ok(None);
    };
    let policies = place.rules.bound_policies(place.case)?;
    let asked = policies.iter().any(|policy| {
        policy
            .record()
            .answer
            .as_ref()
            .is_some_and(|answer| answer.summary)
    });
    let sent = resolution.summary.is_some_and(Channel::is_durable);
    Ok(unless(
        sent || !asked,
        "a policy asks for a summary that the customer can keep",
    ))
}

fn contest_window(place: &Place<'_>) -> Option<String> {
    let days = place.rules.procedure().record().windows.contest_days;
    unless(
        place.is_within(place.case.responded_ms, days),
        format!("the {days} days to contest are over"),
    )
}

fn silence_over(place: &Place<'_>) -> Option<String> {
    let days = place.rules.procedure().record().windows.silence_days;
    unless(
        !place.is_within(place.case.responded_ms, days),
        format!("the customer has {days} days to react"),
    )
}

fn reopen_window(place: &Place<'_>) -> Option<String> {
    let Act::Reopen(reopening) = place.attempt.act else {
        return None;
    };
    let days = place.rules.procedure().record().windows.reopen_days;
    let open = reopening.new_evidence || place.is_within(place.case.closed_ms, days);
    unless(
        open,
        format!("the {days} days to reopen are over, and there is no new evidence"),
    )
}

impl Place<'_> {
    /// Whether less than so many days have passed since an instant.
    fn is_within(&self, since_ms: Option<i64>, days: u32) -> bool {
        since_ms.is_some_and(|since| self.attempt.occurred_ms - since < i64::from(days) * DAY_MS)
    }
}

fn not_the_subject(place: &Place<'_>) -> Option<String> {
    let to = match place.attempt.act {
        Act::Assign(assignment) => Some(&assignment.to),
        Act::Escalate(escalation) => escalation.to.as_ref(),
        _ => None,
    };
    unless(
        to.is_none() || place.case.subject.as_ref() != to,
        "the complaint is about that person",
    )
}

fn extension_exists(place: &Place<'_>) -> Answer {
    let policies = place.rules.bound_policies(place.case)?;
    let known = policies.iter().any(|policy| {
        policy
            .record()
            .answer
            .as_ref()
            .is_some_and(|answer| answer.holding.is_some())
    });
    Ok(unless(known, "no bound policy knows a holding reply"))
}

fn deadlock_or_limit(place: &Place<'_>) -> Answer {
    let Act::Refer(referral) = place.attempt.act else {
        return Ok(None);
    };
    match referral.reason {
        ReferReason::CustomerChoice => Ok(None),
        ReferReason::Deadlock => Ok(unless(
            place.case.responded_ms.is_some(),
            "there was no reply to disagree with",
        )),
        ReferReason::TimeLimit => {
            let readings = place
                .rules
                .obligations(place.case, place.attempt.occurred_ms)?;
            let over = readings
                .iter()
                .any(|reading| reading.is_legal() && reading.state == ObligationState::Breached);
            Ok(unless(over, "no limit of a policy is over"))
        }
    }
}

fn clock_known(place: &Place<'_>) -> Answer {
    let Act::Waive(waiving) = place.attempt.act else {
        return Ok(None);
    };
    if place.case.waivers.contains_key(&waiving.clock) {
        return Ok(Some(format!("{} is waived already", waiving.clock)));
    }
    let readings = place
        .rules
        .obligations(place.case, place.attempt.occurred_ms)?;
    let found = readings
        .iter()
        .find(|reading| reading.name == waiving.clock);
    Ok(match found {
        None => Some(format!("there is no clock {}", waiving.clock)),
        Some(reading) if reading.state == ObligationState::Met => {
            Some(format!("{} was met", waiving.clock))
        }
        Some(_) => None,
    })
}
