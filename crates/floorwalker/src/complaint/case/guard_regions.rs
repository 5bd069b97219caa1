//! The conditions of steps in the regions beside handling, and of mergers.

use super::act::Act;
use super::docket::OtherStanding;
use super::guards::{Place, unless};
use super::parts::{CauseState, RemedyState};
use super::step::Step;

pub(super) fn level_above(place: &Place<'_>) -> Option<String> {
    let Act::Escalate(escalation) = place.attempt.act else {
        return None;
    };
    let Some(level) = place.rules.procedure().level(escalation.level) else {
        return Some(format!("there is no level {}", escalation.level));
    };
    if escalation.level <= place.case.level {
        return Some(format!("level {} is reached already", place.case.level));
    }
    let may = escalation.role == level.role || level.deputies.contains(&escalation.role);
    unless(
        may,
        format!("{} does not stand in for {}", escalation.role, level.role),
    )
}

pub(super) fn remedy_in_order(place: &Place<'_>) -> Option<String> {
    let (state, remedy) = (place.case.remedy.state, &place.case.remedy);
    let limit = place.rules.procedure().record().four_eyes.amount;
    let fits = match place.attempt.step() {
        Step::ProposeRemedy => matches!(
            state,
            RemedyState::None | RemedyState::Refused | RemedyState::Executed
        ),
        Step::ApproveRemedy => state == RemedyState::Proposed,
        Step::RefuseRemedy => matches!(state, RemedyState::Proposed | RemedyState::Approved),
        _ => state == RemedyState::Approved,
    };
    if fits
        && place.attempt.step() == Step::ApproveRemedy
        && remedy.by.as_ref() == Some(place.attempt.actor)
    {
        let costly = limit
            .zip(remedy.amount)
            .is_some_and(|(limit, amount)| amount.amount() >= limit.amount());
        return unless(
            !costly,
            "the proposer cannot approve an amount of this size",
        );
    }
    unless(fits, format!("the remedy is {state}"))
}

pub(super) fn cause_in_order(place: &Place<'_>) -> Option<String> {
    let state = place.case.cause.state;
    let fits = match place.attempt.step() {
        Step::VerifyAction => state == CauseState::ActionPlanned,
        _ => state > CauseState::Open,
    };
    unless(fits, format!("the cause is {state}"))
}

pub(super) fn merge_target(place: &Place<'_>) -> Option<String> {
    let Act::Merge(merger) = place.attempt.act else {
        return None;
    };
    if merger.into == place.case.id {
        return Some("a complaint cannot go on in itself".to_owned());
    }
    match place.others.standing(&merger.into) {
        None => Some(format!("there is no complaint {}", merger.into)),
        Some(OtherStanding::Open) => None,
        Some(OtherStanding::Over) => Some(format!("{} is over", merger.into)),
        Some(OtherStanding::MergedInto(into)) => {
            Some(format!("{} itself goes on in {into}", merger.into))
        }
    }
}

pub(super) fn policy_of_payment(place: &Place<'_>) -> Option<String> {
    let Act::PayIndemnity(payment) = place.attempt.act else {
        return None;
    };
    let bound = place
        .case
        .policies
        .iter()
        .any(|reference| reference.id == payment.policy);
    unless(bound, format!("the policy {} is not bound", payment.policy))
}
