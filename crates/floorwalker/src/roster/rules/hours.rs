//! The longest working time of a day and of a week.

use serde::{Deserialize, Serialize};

use super::{Judge, ms};
use crate::roster::check::{Bound, Breach, Facts, Out};

/// Working time of a work day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DailyHours {
    /// The most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_minutes: Option<u32>,
}

impl Judge for DailyHours {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(max) = out.filled(self.max_minutes, "max_minutes").map(ms) else {
            return;
        };
        for day in facts.checked_work_days() {
            if day.work_ms > max {
                let span = (day.start, day.end);
                out.breach(Breach::time(day.day, span, day.work_ms, max, Bound::AtMost));
            }
        }
    }
}

/// Working time of an ISO week, Monday to Sunday, cut at local midnight.
///
/// As a notice it says what is overtime; as a breach it is a limit. Days outside the
/// known ones count as free, so a week at the edge may be judged too kindly, never too
/// harshly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeeklyHours {
    /// The most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_minutes: Option<u32>,
    /// Whether the ordinary week of a full-time contract is the limit where it is
    /// shorter. Part-time work above its hours is another rule's matter.
    #[serde(default)]
    pub or_contract: bool,
}

impl Judge for WeeklyHours {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(max) = out.filled(self.max_minutes, "max_minutes").map(ms) else {
            return;
        };
        let by_contract = self.or_contract && !facts.contract.is_part_time();
        let max = if by_contract {
            max.min(facts.contract.week_ms())
        } else {
            max
        };
        for week in Week::all(facts) {
            if week.work_ms > max {
                out.breach(week.breach(facts, week.work_ms, max, Bound::AtMost));
            }
        }
    }
}

/// The working time of one ISO week.
pub(super) struct Week {
    /// The number of its Monday.
    pub(super) monday: i64,
    pub(super) work_ms: i64,
}

impl Week {
    /// The weeks that share a day with the window.
    pub(super) fn all<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = Self> + 'a {
        facts.days.weeks().map(move |monday| Self {
            monday,
            work_ms: facts.work_between(monday, monday + 7),
        })
    }

    /// The last of its days that findings are given for.
    pub(super) fn last_day(&self, facts: &Facts<'_>) -> usize {
        let sunday = usize::try_from(self.monday + 6).unwrap_or(0);
        sunday.min(facts.days.window().end - 1)
    }

    pub(super) fn breach(
        &self,
        facts: &Facts<'_>,
        measured: i64,
        limit: i64,
        bound: Bound,
    ) -> Breach {
        let first = usize::try_from(self.monday.max(0)).unwrap_or(0);
        let last = self.last_day(facts);
        let span = (facts.days.start(first), facts.days.start(last + 1));
        Breach::time(last, span, measured, limit, bound)
    }
}
