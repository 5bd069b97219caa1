//! Work days in parts.

use serde::{Deserialize, Serialize};

use super::{Judge, ms};
use crate::roster::Reason;
use crate::roster::check::{Bound, Breach, Facts, Out, Unit};

/// Work days in parts (turno spezzato): how many, and how long between them.
///
/// Each number may be blank; if all are, the rule is not judged. Measured: the parts of
/// the day, or the longest time between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitShift {
    /// The most parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_parts: Option<u32>,
    /// The longest time between two parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_gap_minutes: Option<u32>,
}

impl Judge for SplitShift {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if self.max_parts.is_none() && self.max_gap_minutes.is_none() {
            let parameter = "max_parts";
            return out.not_judged(Reason::Blank { parameter });
        }
        for day in facts.checked_work_days() {
            let shifts = facts.shifts_of(day);
            let gaps = shifts.windows(2).map(|pair| pair[1].start - pair[0].end);
            let gaps: Vec<i64> = gaps.filter(|&gap| gap > 0).collect();
            let (parts, longest) = (gaps.len() as i64 + 1, gaps.iter().copied().max());
            let span = (day.start, day.end);
            if let Some(max) = self.max_parts.map(i64::from).filter(|&max| parts > max) {
                let breach = Breach::time(day.day, span, parts, max, Bound::AtMost);
                out.breach(breach.with_unit(Unit::Count));
            }
            let max_gap = self.max_gap_minutes.map(ms);
            if let (Some(gap), Some(max)) = (longest, max_gap)
                && gap > max
            {
                out.breach(Breach::time(day.day, span, gap, max, Bound::AtMost));
            }
        }
    }
}
