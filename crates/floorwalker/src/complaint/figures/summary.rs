//! What figures need to know of one complaint.

use super::super::case::{Case, ObligationState, Refusal, Rules, Step};
use crate::complaint::money::Money;
use crate::id::{CustomerId, Label};
use crate::time::business::Timeline;

/// What figures need to know of one complaint: from its state
/// ([`Rules::summary`]), or from a line of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseSummary {
    /// When it was received, in milliseconds since 1970.
    pub received_ms: i64,
    /// When handling ended; `None` while it is open.
    pub closed_ms: Option<i64>,
    /// The customer, by a number or a pseudonym.
    pub customer: Option<CustomerId>,
    /// Its topics.
    pub topics: Vec<Label>,
    /// The root cause.
    pub cause: Option<Label>,
    /// How long its steps took, by name, in milliseconds of business time.
    pub steps: Vec<(Label, i64)>,
    /// How each standard stands, by name.
    pub standards: Vec<(Label, ObligationState)>,
    /// How long a standard has been missed while it is open, the longest, in
    /// milliseconds.
    pub overdue_ms: Option<i64>,
    /// How often it was opened again.
    pub reopened: u32,
    /// How often a reply was contested.
    pub contested: u32,
    /// How many levels it was escalated.
    pub levels: u32,
    /// Whether a body outside got it.
    pub referred: bool,
    /// Whether it is upheld, for at least one issue; `None` if nothing was decided.
    pub upheld: Option<bool>,
    /// Whether it was solved in the first conversation.
    pub at_first_contact: bool,
    /// The time for which it waited for somebody outside, in milliseconds.
    pub waiting_ms: i64,
    /// The indemnities that have become due.
    pub accrued: Vec<Money>,
    /// The indemnities that were paid.
    pub paid: Vec<Money>,
}

impl CaseSummary {
    /// A complaint of which only the receipt is known.
    #[must_use]
    pub fn received(received_ms: i64) -> Self {
        Self {
            received_ms,
            ..Self::default()
        }
    }
}

/// The times from receipt that are measured besides the time in each state.
const MILESTONES: [(&str, &[Step]); 2] = [
    (
        "to_acknowledgement",
        &[Step::Acknowledge, Step::ResolveAtContact, Step::Respond],
    ),
    ("to_reply", &[Step::Respond, Step::ResolveAtContact]),
];

impl Rules {
    /// What figures need to know of a complaint, as it stands at an instant. Steps are
    /// measured by `hours`: the time in each state, by its name, and from receipt
    /// `to_acknowledgement`, `to_reply` and `to_close`.
    ///
    /// # Errors
    /// As for [`obligations`](Self::obligations).
    pub fn summary(
        &self,
        case: &Case,
        as_of_ms: i64,
        hours: &Timeline,
    ) -> Result<CaseSummary, Refusal> {
        let readings = self.obligations(case, as_of_ms)?;
        let overdue = readings
            .iter()
            .filter(|reading| reading.state == ObligationState::Breached);
        let overdue = overdue
            .filter_map(|reading| reading.due_ms)
            .map(|due_ms| as_of_ms - due_ms);
        let accrued = self.indemnities(case, as_of_ms)?;
        let open = case.closed_ms().is_none();
        Ok(CaseSummary {
            received_ms: case.received_ms(),
            closed_ms: case.closed_ms(),
            customer: case.customer().cloned(),
            topics: case
                .issues()
                .iter()
                .map(|issue| issue.topic.clone())
                .collect(),
            cause: case.cause_code().map(|(code, _)| code.clone()),
            steps: steps(case, as_of_ms, hours)?,
            standards: readings
                .iter()
                .map(|reading| (reading.name.clone(), reading.state))
                .collect(),
            overdue_ms: overdue.max().filter(|_| open),
            reopened: case.times_reopened(),
            contested: case.times_contested(),
            levels: case.levels_taken(),
            referred: case.has_done(Step::Refer),
            upheld: case.is_upheld(),
            at_first_contact: case.has_done(Step::ResolveAtContact),
            waiting_ms: waiting_ms(case, as_of_ms),
            accrued: accrued.into_iter().map(|(_, amount)| amount).collect(),
            paid: case.payments().map(|(_, amount)| amount).collect(),
        })
    }
}

/// The stretches between marks: from, to, and the mark at the beginning.
fn stretches(
    case: &Case,
    as_of_ms: i64,
) -> impl Iterator<Item = (i64, i64, &super::super::case::Mark)> {
    let ends = case
        .marks()
        .iter()
        .skip(1)
        .map(|mark| mark.at_ms)
        .chain([i64::MAX]);
    let marks = case.marks().iter().zip(ends);
    marks
        .filter(move |(mark, _)| mark.at_ms <= as_of_ms && !mark.stage.is_terminal())
        .map(move |(mark, end_ms)| (mark.at_ms, end_ms.min(as_of_ms), mark))
}

fn steps(case: &Case, as_of_ms: i64, hours: &Timeline) -> Result<Vec<(Label, i64)>, Refusal> {
    let mut steps: Vec<(Label, i64)> = Vec::new();
    for (from_ms, to_ms, mark) in stretches(case, as_of_ms) {
        let taken_ms = hours.elapsed_ms(from_ms, to_ms);
        match steps.iter_mut().find(|(state, _)| *state == mark.state) {
            Some((_, total_ms)) => *total_ms += taken_ms,
            None => steps.push((mark.state.clone(), taken_ms)),
        }
    }
    let until = |end_ms| hours.elapsed_ms(case.received_ms(), end_ms);
    for (name, ends) in MILESTONES {
        let end = case
            .marks()
            .iter()
            .find(|mark| ends.contains(&mark.step) && mark.at_ms <= as_of_ms);
        if let Some(end) = end {
            steps.push((Label::new(name)?, until(end.at_ms)));
        }
    }
    if let Some(closed_ms) = case.closed_ms().filter(|&closed_ms| closed_ms <= as_of_ms) {
        steps.push((Label::new("to_close")?, until(closed_ms)));
    }
    Ok(steps)
}

fn waiting_ms(case: &Case, as_of_ms: i64) -> i64 {
    let waits = stretches(case, as_of_ms).filter(|(.., mark)| mark.stage.is_awaiting());
    waits.map(|(from_ms, to_ms, _)| to_ms - from_ms).sum()
}
