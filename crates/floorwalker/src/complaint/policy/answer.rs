//! One call that tells what a policy asks for in a case.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::book::PolicyBook;
use super::limit::HoldingRule;
use super::policy_rule::Policy;
use crate::complaint::money::Money;
use crate::complaint::words::Certainty;
use crate::error::Result;
use crate::id::Label;
use crate::time::business::Timeline;
use crate::time::clock::{Deadline, WaiverCause};

/// What is known about a complaint, by days of the policy's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// The policy.
    pub policy: &'a str,
    /// When it was received.
    pub received: NaiveDate,
    /// The day for which the question is asked.
    pub today: NaiveDate,
    /// When receipt was acknowledged.
    pub acknowledged: Option<NaiveDate>,
    /// When a holding reply was sent.
    pub holding: Option<NaiveDate>,
    /// When the reply was sent.
    pub answered: Option<NaiveDate>,
    /// Facts on which variants depend.
    pub facts: &'a [Label],
    /// What kept the company from replying in time, if anything outside it did.
    pub cause: Option<WaiverCause>,
    /// Whether the indemnity was paid.
    pub paid: bool,
}

impl<'a> Question<'a> {
    /// A complaint of which only the day of receipt is known.
    #[must_use]
    pub fn new(policy: &'a str, received: NaiveDate, today: NaiveDate) -> Self {
        Self {
            policy,
            received,
            today,
            acknowledged: None,
            holding: None,
            answered: None,
            facts: &[],
            cause: None,
            paid: false,
        }
    }
}

/// Whether the limit of the reply is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The reply is not sent, and there is time.
    Open,
    /// The reply was sent in time, or what the policy takes for it.
    InTime,
    /// The limit is over without a reply, or the reply was late.
    Late,
    /// Something outside the company kept it from replying in time.
    Excused,
    /// The policy sets no limit for the reply.
    NoLimit,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// Tell the customer that the complaint came in.
    Acknowledge,
    /// Send the reasoned reply.
    Answer,
    /// Send the reply, or a holding reply that extends or keeps the limit.
    AnswerOrHold,
    /// Pay the indemnity.
    PayIndemnity,
    /// Keep the file.
    KeepRecords,
}

/// What is to be done next, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NextDuty {
    /// What.
    pub kind: DutyKind,
    /// The last day on which it is in time; `None` where the policy does not say.
    pub by: Option<NaiveDate>,
    /// Whether that day is over.
    pub overdue: bool,
}

/// What a policy asks for in a case.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyAnswer<'a> {
    /// The version of the policy that applies.
    pub policy: &'a Policy,
    /// When the reply is due; `None` if the policy sets no limit.
    pub deadline: Option<Deadline>,
    /// Whether a holding reply has extended the limit.
    pub extended: bool,
    /// Whether the limit is kept.
    pub standing: Standing,
    /// The days from receipt to the reply, or to today if there is none.
    pub days: i64,
    /// What has become due; `None` if the policy knows no indemnity.
    pub indemnity: Option<Money>,
    /// How sure the rule about the indemnity is.
    pub indemnity_certainty: Certainty,
    /// What is to be done next.
    pub next: Option<NextDuty>,
    /// From when to when the customer may go to the body outside, if it is known:
    /// the first day, and the last.
    pub recourse: Option<(NaiveDate, Option<NaiveDate>)>,
}

impl PolicyBook {
    /// Which version of a policy applies, when the reply is due, what indemnity has
    /// become due, and what is to be done next.
    ///
    /// `hours` is the calendar that the policy names; it matters only where the policy
    /// counts business days.
    ///
    /// ```
    /// use floorwalker::complaint::{DutyKind, PolicyBook, Question, Standing};
    /// use floorwalker::time::Zone;
    /// use floorwalker::time::business::{Calendar, Timeline};
    ///
    /// let book = PolicyBook::built_in();
    /// let day = |text: &str| text.parse().unwrap();
    /// let hours = Timeline::new(Calendar::always_open(Zone::get("Europe/Rome")?));
    /// let question = Question {
    ///     answered: Some(day("2026-05-05")),
    ///     ..Question::new("it.arera.tiqv.complaint", day("2026-03-04"), day("2026-05-05"))
    /// };
    /// let answer = book.answer(&question, &hours)?;
    /// assert_eq!(answer.deadline.unwrap().last_day(), day("2026-04-03"));
    /// assert_eq!(answer.standing, Standing::Late);
    /// assert_eq!(answer.indemnity.unwrap().to_string(), "60.00 EUR"); // 62 days: beyond twice
    /// assert_eq!(answer.next.unwrap().kind, DutyKind::PayIndemnity);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`get`](Self::get); `time.out_of_order` if a day comes before receipt; as
    /// for [`Deadline::new`].
    pub fn answer(&self, question: &Question<'_>, hours: &Timeline) -> Result<PolicyAnswer<'_>> {
        let policy = self.get(question.policy, question.received)?;
        check_order(question)?;
        let limit = policy.record().answer.as_ref();
        let limit = limit.map(|answer| {
            answer.deadline(question.received, question.facts, question.holding, hours)
        });
        let (deadline, extended) = limit
            .transpose()?
            .map_or((None, false), |(deadline, extended)| {
                (Some(deadline), extended)
            });
        let until = question.answered.unwrap_or(question.today);
        let days = (until - question.received).num_days();
        let standing = standing(policy, question, deadline);
        let mut answer = PolicyAnswer {
            policy,
            deadline,
            extended,
            standing,
            days,
            indemnity: indemnity(policy, question, deadline, days)?,
            indemnity_certainty: policy.certainty_of("indemnity"),
            next: None,
            recourse: recourse(policy, question, deadline, hours)?,
        };
        answer.next = next_duty(question, &answer, hours)?;
        Ok(answer)
    }
}

fn check_order(question: &Question<'_>) -> Result<()> {
    let days = [
        Some(question.today),
        question.acknowledged,
        question.holding,
        question.answered,
    ];
    let early = days
        .into_iter()
        .flatten()
        .find(|day| *day < question.received);
    early.map_or(Ok(()), |day| {
        let given = format!("{} and {day}", question.received);
        let (what, earlier, later) = ("question about a policy", "receipt", "every other day");
        Err(crate::error::ErrorKind::Order {
            what,
            earlier,
            later,
            given,
        }
        .into())
    })
}

fn standing(policy: &Policy, question: &Question<'_>, deadline: Option<Deadline>) -> Standing {
    let Some(deadline) = deadline else {
        return Standing::NoLimit;
    };
    let in_time = |day: Option<NaiveDate>| day.is_some_and(|day| deadline.is_met_on(day));
    let holding = policy
        .record()
        .answer
        .as_ref()
        .and_then(|answer| answer.holding);
    let held = holding == Some(HoldingRule::Satisfies) && in_time(question.holding);
    if in_time(question.answered) || held {
        Standing::InTime
    } else if question.answered.is_none() && deadline.is_met_on(question.today) {
        Standing::Open
    } else if question.cause.is_some() {
        Standing::Excused
    } else {
        Standing::Late
    }
}

/// What has become due: nothing while the limit is kept, or for a cause outside the
/// company. The standard is the limit of the case, in days of the calendar.
fn indemnity(
    policy: &Policy,
    question: &Question<'_>,
    deadline: Option<Deadline>,
    days: i64,
) -> Result<Option<Money>> {
    let (Some(rule), Some(deadline)) = (policy.record().indemnity, deadline) else {
        return Ok(None);
    };
    let standard = u32::try_from((deadline.last_day() - question.received).num_days()).unwrap_or(0);
    let actual = u32::try_from(days).unwrap_or(u32::MAX);
    if question.cause.is_some() {
        return Money::zero(rule.currency()).map(Some);
    }
    rule.amount(standard, actual).map(Some)
}

fn recourse(
    policy: &Policy,
    question: &Question<'_>,
    deadline: Option<Deadline>,
    hours: &Timeline,
) -> Result<Option<(NaiveDate, Option<NaiveDate>)>> {
    let Some(recourse) = &policy.record().recourse else {
        return Ok(None);
    };
    let after = recourse
        .after
        .map(|limit| limit.deadline(question.received, hours))
        .transpose()?;
    let unanswered = after
        .or(deadline)
        .and_then(|limit| limit.last_day().succ_opt());
    let Some(first) = question.answered.into_iter().chain(unanswered).min() else {
        return Ok(None);
    };
    let counted_from = if recourse.within_from_answer {
        question.answered
    } else {
        Some(question.received)
    };
    let last = recourse
        .within
        .zip(counted_from)
        .map(|(limit, from)| limit.deadline(from, hours))
        .transpose()?;
    Ok(Some((first, last.map(|limit| limit.last_day()))))
}

fn next_duty(
    question: &Question<'_>,
    answer: &PolicyAnswer<'_>,
    hours: &Timeline,
) -> Result<Option<NextDuty>> {
    let record = answer.policy.record();
    let duty = |kind, by: Option<NaiveDate>| {
        Some(NextDuty {
            kind,
            by,
            overdue: by.is_some_and(|by| question.today > by),
        })
    };
    if let (Some(limit), None, None) =
        (record.acknowledge, question.acknowledged, question.answered)
    {
        let by = limit.deadline(question.received, hours)?.last_day();
        return Ok(duty(DutyKind::Acknowledge, Some(by)));
    }
    if question.answered.is_none() && answer.deadline.is_some() {
        let may_hold = record
            .answer
            .as_ref()
            .is_some_and(|rule| rule.holding.is_some())
            && question.holding.is_none();
        let in_time = answer
            .deadline
            .is_some_and(|deadline| deadline.is_met_on(question.today));
        let kind = if may_hold && in_time {
            DutyKind::AnswerOrHold
        } else {
            DutyKind::Answer
        };
        return Ok(duty(
            kind,
            answer.deadline.map(|deadline| deadline.last_day()),
        ));
    }
    if answer
        .indemnity
        .is_some_and(|money| !money.amount().is_zero())
        && !question.paid
    {
        return Ok(duty(DutyKind::PayIndemnity, None));
    }
    let until = record.records_years.and_then(|years| {
        question
            .received
            .checked_add_months(Months::new(years * 12))
    });
    Ok(until
        .and_then(|until| duty(DutyKind::KeepRecords, Some(until)))
        .map(|duty| NextDuty {
            overdue: false,
            ..duty
        }))
}
