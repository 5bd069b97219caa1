//! The milestones of a visit, from its slots.
//!
//! Waits and talks come from the fields of the events, because the telephone system
//! took them with its own clock; the difference of stamps stands in where a field is
//! missing, and is compared where both are there.

use floorwalker::contact::Outcome;

use super::finish::Closing;
use super::slots::{End, How, Slots};
use crate::finding::FindingKind;

/// When what happened, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Milestones {
    pub(crate) outcome: Outcome,
    pub(crate) arrived: i64,
    pub(crate) left: Option<i64>,
    pub(crate) answered: Option<i64>,
    pub(crate) released: Option<i64>,
}

/// What was odd about them; at most five things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Oddities {
    kinds: [Option<FindingKind>; 6],
}

impl Oddities {
    fn add(&mut self, kind: FindingKind) {
        if let Some(free) = self.kinds.iter_mut().find(|one| one.is_none()) {
            *free = Some(kind);
        }
    }

    fn add_if(&mut self, odd: bool, kind: FindingKind) {
        if odd {
            self.add(kind);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = FindingKind> {
        self.kinds.iter().copied().flatten()
    }
}

/// The milestones of a visit that is over for the reason `closing`.
pub(crate) fn milestones(slots: &Slots, closing: Closing) -> (Milestones, Oddities) {
    let mut odd = Oddities::default();
    let arrived = arrival(slots, &mut odd);
    let milestones = if slots.is_answered() {
        answered(slots, arrived, &mut odd)
    } else {
        unanswered(slots, arrived, closing, &mut odd)
    };
    (milestones, odd)
}

fn arrival(slots: &Slots, odd: &mut Oddities) -> i64 {
    if let Some(entered) = slots.entered {
        return entered;
    }
    let whole_call = slots.end.is_some_and(|end| end.how.is_whole_call());
    odd.add_if(!whole_call, FindingKind::RebuiltVisit);
    let earliest_event = || {
        let answer = slots.answer.map(|answer| answer.at);
        answer.or(slots.end.map(|end| end.at)).unwrap_or(slots.last)
    };
    slots.calculated_entry().unwrap_or_else(earliest_event)
}

fn answered(slots: &Slots, arrived: i64, odd: &mut Oddities) -> Milestones {
    let end = slots.end;
    let hold = slots.answer.and_then(|answer| answer.hold);
    let hold = hold.or_else(|| end.filter(|end| end.how.is_answered())?.wait);
    let is_dial = slots.is_dial;
    odd.add_if(
        slots.answer.is_none() && !is_dial,
        FindingKind::MissingAnswer,
    );
    let answered = match (hold, slots.answer, end) {
        (Some(hold), ..) => arrived + i64::from(hold) * 1000,
        (None, Some(answer), _) => {
            odd.add(FindingKind::WaitFromStamps);
            answer.at.max(arrived)
        }
        (None, None, Some(end)) => {
            odd.add(FindingKind::WaitFromStamps);
            (end.at - i64::from(end.talk.unwrap_or(0)) * 1000).max(arrived)
        }
        (None, None, None) => arrived,
    };
    compare_answer(slots, end, odd);
    let released = end.map(|end| match end.talk {
        Some(talk) if end.how.is_answered() => answered + i64::from(talk) * 1000,
        _ => {
            let kind = if end.how.is_answered() {
                FindingKind::TalkFromStamps
            } else {
                FindingKind::EndAfterAnswer
            };
            odd.add(kind);
            end.at.max(answered)
        }
    });
    Milestones {
        outcome: Outcome::Answered,
        arrived,
        left: Some(answered),
        answered: Some(answered),
        released,
    }
}

/// Compares fields and stamps of an answered visit; more than a second is odd.
fn compare_answer(slots: &Slots, end: Option<End>, odd: &mut Oddities) {
    let apart = |from: i64, to: i64, secs: u32| {
        (to.div_euclid(1000) - from.div_euclid(1000) - i64::from(secs)).abs() > 1
    };
    let hold_differs = match (slots.entered, slots.answer) {
        (Some(entered), Some(answer)) => answer
            .hold
            .is_some_and(|hold| apart(entered, answer.at, hold)),
        _ => false,
    };
    let Some(end) = end.filter(|end| end.how.is_answered()) else {
        return odd.add_if(hold_differs, FindingKind::FieldContradiction);
    };
    let talk_differs = match (slots.answer, end.talk) {
        (Some(answer), Some(talk)) => apart(answer.at, end.at, talk),
        _ => false,
    };
    let waits_differ = match (slots.answer.and_then(|answer| answer.hold), end.wait) {
        (Some(hold), Some(wait)) => hold.abs_diff(wait) > 1,
        _ => false,
    };
    let whole = hold_differs || talk_differs || waits_differ;
    odd.add_if(whole, FindingKind::FieldContradiction);
    let other = match (slots.answer.and_then(|answer| answer.agent), end.agent) {
        (Some(one), Some(two)) => one != two,
        _ => false,
    };
    odd.add_if(other, FindingKind::OtherAgent);
}

fn unanswered(slots: &Slots, arrived: i64, closing: Closing, odd: &mut Oddities) -> Milestones {
    let (outcome, left) = match (slots.refused, slots.end, slots.failed) {
        (Some(true), ..) => (Outcome::Closed, None),
        (Some(false), ..) => (Outcome::Blocked, None),
        (None, Some(end), failed) => {
            let outcome = match failed {
                Some(_) => Outcome::Failed,
                None => outcome_of(end.how),
            };
            (outcome, left_at(slots, &end, arrived, odd))
        }
        (None, None, Some(failed)) => {
            odd.add(FindingKind::WaitFromStamps);
            (Outcome::Failed, Some(failed.max(arrived)))
        }
        (None, None, None) => (unfinished(closing), None),
    };
    Milestones {
        outcome,
        arrived,
        left,
        answered: None,
        released: None,
    }
}

/// When a visit without an answer left the queue; unknown if neither its entry nor
/// its wait is.
fn left_at(slots: &Slots, end: &End, arrived: i64, odd: &mut Oddities) -> Option<i64> {
    match (end.wait, slots.entered) {
        (Some(wait), entered) => {
            let wait = i64::from(wait);
            let stamps = entered.map(|entered| end.at.div_euclid(1000) - entered.div_euclid(1000));
            let apart = stamps.is_some_and(|stamps| (stamps - wait).abs() > 1);
            odd.add_if(apart, FindingKind::FieldContradiction);
            Some(arrived + wait * 1000)
        }
        (None, Some(entered)) => {
            odd.add(FindingKind::WaitFromStamps);
            Some(end.at.max(entered))
        }
        (None, None) => None,
    }
}

fn outcome_of(how: How) -> Outcome {
    match how {
        How::Abandon => Outcome::Abandoned,
        How::Timeout => Outcome::TimedOut,
        How::Key => Outcome::LeftByKey,
        How::Empty => Outcome::LeftEmpty,
        How::Withdrawn => Outcome::Withdrawn,
        How::DialFailed | How::OutCallFailed => Outcome::NoAnswer,
        _ => Outcome::Answered,
    }
}

/// What became of a caller who was still waiting.
fn unfinished(closing: Closing) -> Outcome {
    match closing {
        Closing::Restart(_) | Closing::GivenUp => Outcome::Lost,
        Closing::Over | Closing::EndOfData => Outcome::Open,
    }
}
