//! What is paid: rounded times, then the breaks that are deducted anyway.

use serde::{Deserialize, Serialize};

use super::rules::AttendanceRules;
use crate::attendance::punch::Session;
use crate::attendance::spans::{SpanSet, between};
use crate::time::Span;

/// A break that is deducted from long work even if nobody punched it.
///
/// Breaks that were taken count towards it, gaps between two sessions too. Of
/// several rules that apply, the one that deducts most holds.
///
/// | law | worked over | minimum |
/// |---|---|---|
/// | Italy, D.Lgs. 66/2003 art. 8 | 6 h | 10 min |
/// | Germany, ArbZG s. 4 | 6 h and 9 h | 30 min and 45 min |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakDeduction {
    /// For work of more than so many minutes.
    pub worked_over_minutes: u32,
    /// So many minutes of break are taken out at least.
    pub minimum_minutes: u32,
    /// Whether work is never brought below the threshold: 6 h 05 min with a
    /// minimum of 30 then count as 6 h 00 min, not 5 h 35 min.
    #[serde(default)]
    pub down_to_threshold: bool,
}

impl BreakDeduction {
    /// What is deducted from `worked` with `taken` of break, in milliseconds.
    fn of(self, worked: u64, taken: u64) -> u64 {
        let (over, minimum) = (ms(self.worked_over_minutes), ms(self.minimum_minutes));
        if worked <= over {
            return 0;
        }
        let missing = minimum.saturating_sub(taken);
        if self.down_to_threshold {
            missing.min(worked - over)
        } else {
            missing.min(worked)
        }
    }
}

/// The rounded times of one work day and what is paid for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pay {
    /// Rounded, without breaks.
    pub(super) worked: SpanSet,
    /// From the first rounded coming to the last rounded going.
    pub(super) hull: Option<Span>,
    pub(super) deducted_ms: u64,
    pub(super) paid_ms: u64,
}

/// Rounds the sessions of a work day and deducts what is to be deducted.
pub(super) fn pay(sessions: &[Session], planned: Option<Span>, rules: &AttendanceRules) -> Pay {
    let last = sessions.len().saturating_sub(1);
    let rounded: Vec<(Option<Span>, SpanSet)> = sessions
        .iter()
        .enumerate()
        .filter_map(|(at, session)| {
            let start = planned.filter(|_| at == 0).map(|span| span.start_ms());
            let end = planned.filter(|_| at == last).map(|span| span.end_ms());
            round(session, (start, end), rules)
        })
        .collect();
    let there = SpanSet::of(rounded.iter().filter_map(|(span, _)| *span));
    let breaks = SpanSet::of(rounded.iter().flat_map(|(_, breaks)| breaks.spans()));
    let worked = there.minus(&breaks);
    let hull = there.hull();
    let away = hull.map_or(0, |hull| hull.millis().unsigned_abs()) - worked.millis();
    let total = rules
        .rounding
        .total
        .round_ms(i64::try_from(worked.millis()).unwrap_or(i64::MAX));
    let total = total.unsigned_abs();
    let deducted_ms = rules
        .deductions
        .iter()
        .map(|deduction| deduction.of(total, away))
        .max()
        .unwrap_or(0);
    let paid_breaks = ms(rules.paid_break_minutes).min(there.and(&breaks).millis());
    Pay {
        worked,
        hull,
        deducted_ms,
        paid_ms: total - deducted_ms + paid_breaks,
    }
}

/// The rounded span of a session and its rounded breaks.
fn round(
    session: &Session,
    (start, end): (Option<i64>, Option<i64>),
    rules: &AttendanceRules,
) -> Option<(Option<Span>, SpanSet)> {
    let (rounding, zone) = (&rules.rounding, &rules.zone);
    let span = session.span()?;
    let go = match session.assumed {
        Some(assumed) if !rules.mending.pay_assumed => assumed.start_ms(),
        _ => span.end_ms(),
    };
    let come = rounding.toward(span.start_ms(), start);
    let go = rounding.toward(go, end);
    let come = rounding.come.round_local_ms(come, zone);
    let go = rounding.go.round_local_ms(go, zone);
    let breaks = session.break_set();
    let breaks = breaks.spans().filter_map(|one| {
        let from = rounding.break_start.round_local_ms(one.start_ms(), zone);
        let to = rounding.break_end.round_local_ms(one.end_ms(), zone);
        between(from, to)
    });
    Some((between(come, go), SpanSet::of(breaks)))
}

fn ms(minutes: u32) -> u64 {
    u64::from(minutes) * 60_000
}
