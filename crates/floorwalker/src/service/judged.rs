//! Which legs counted for a service level, one by one.

use crate::contact::{ContactColumns, LegKind, NONE, Needs};
use crate::id::QueueId;
use crate::service::rule::{Category, ClockStart, ServiceLevel, Verdict};
use crate::service::tally::{Attribution, Cut};
use crate::time::Span;

/// One leg, and what a service-level rule makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedLeg {
    /// The row of the leg in its columns.
    pub row: usize,
    /// What kind of leg it is to the rule.
    pub category: Category,
    /// Whether it counts for, against, or not at all.
    pub verdict: Verdict,
}

/// Judges every leg of a queue (or of all) that is counted inside `span`, one by one.
///
/// The same judgement that a tally counts: as many legs come out for, against
/// and left out as [`Tally::explain`](super::Tally::explain) lists. Dials, and
/// legs that came from another queue where the rule leaves those out, do not occur.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{ContactTable, LegRecord};
/// use floorwalker::id::QueueId;
/// use floorwalker::service::{Attribution, ServiceLevel, Verdict, judge_legs};
///
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let leg = |wait| {
///     let answered = nine + TimeDelta::seconds(wait);
///     LegRecord::waiting(QueueId::new("sales")?, nine).answered(None, answered).check()
/// };
/// let table = ContactTable::from_iter(&[leg(12)?, leg(45)?]);
/// let columns = table.columns();
/// let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let judged = judge_legs(&columns, &rule, Attribution::Arrival, None, columns.span().unwrap());
/// assert_eq!(judged[0].verdict, Verdict::For);
/// assert_eq!(judged[1].verdict, Verdict::Against);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[must_use]
pub fn judge_legs(
    columns: &ContactColumns<'_>,
    rule: &ServiceLevel,
    attribution: Attribution,
    queue: Option<&QueueId>,
    span: Span,
) -> Vec<JudgedLeg> {
    let cut = Cut::of(rule, None);
    let limits: Vec<(i64, i64)> = columns
        .queues()
        .iter()
        .map(|queue| cut.limits_of(queue))
        .collect();
    let wanted: Vec<bool> = columns
        .queues()
        .iter()
        .map(|one| queue.is_none_or(|queue| queue == one))
        .collect();
    let mut judged = Vec::new();
    let mut start = 0;
    columns.for_each_block(Needs::ALL, |block| {
        for row in 0..block.len() {
            let code = block.queue[row] as usize;
            let (threshold, short) = limits[code];
            let leg = block.milestones(row);
            let at = attribution.instant(leg, threshold);
            let facts = block.facts[row];
            let is_in = facts.kind() == LegKind::Inbound
                || (rule.counts_transfers_in() && !facts.is_dial());
            if !wanted[code] || !is_in || at == NONE || !span.contains_ms(at) {
                continue;
            }
            let begun = match rule.clock() {
                ClockStart::QueueEntry => leg.arrived,
                ClockStart::CentreEntry => block.reached[row],
                ClockStart::OperatorChoice => block.asked[row],
            };
            let wait = if leg.left == NONE || begun == NONE {
                NONE
            } else {
                leg.left - begun
            };
            let (outcome, done) = (facts.outcome(), facts.is_callback_done());
            let category = Category::of(outcome, done, wait, threshold, short);
            judged.push(JudgedLeg {
                row: start + row,
                category,
                verdict: rule.judge(category),
            });
        }
        start += block.len();
    });
    judged
}
