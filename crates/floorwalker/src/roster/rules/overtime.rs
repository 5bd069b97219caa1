//! Overtime: how much in a year, and whether it is agreed to.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::hours::Week;
use super::{Judge, ms};
use crate::roster::Reason;
use crate::roster::check::{Bound, Facts, Out};

/// Overtime of a calendar year (straordinario): what ISO weeks hold above
/// `above_week_minutes`. A week belongs to the year of its Thursday (ISO 8601).
///
/// Measured: the overtime of the year up to the end of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OvertimeYear {
    /// The most in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_minutes: Option<u32>,
    /// What a week holds without overtime.
    pub above_week_minutes: u32,
}

impl Judge for OvertimeYear {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(max) = out.filled(self.max_minutes, "max_minutes").map(ms) else {
            return;
        };
        let window = facts.days.window();
        let opening_year = facts.year(0);
        let mut year = opening_year;
        let mut sum = ms(facts.opening.map_or(0, |opening| opening.overtime_minutes));
        let mut is_broken = false;
        for monday in facts.days.mondays(0, window.end) {
            let week = Week {
                monday,
                work_ms: facts.work_between(monday, monday + 7),
            };
            let of_week = facts.days.date(monday + 3).year();
            if of_week > year {
                (year, sum) = (of_week, 0);
            }
            let overtime = (week.work_ms - ms(self.above_week_minutes)).max(0);
            sum += overtime;
            let is_checked = monday + 7 > window.start as i64;
            if overtime > 0 && sum > max && is_checked {
                is_broken = true;
                out.breach(week.breach(facts, sum, max, Bound::AtMost));
            }
        }
        let begins_with_year = facts.new_year(opening_year) == 0;
        if !is_broken && facts.opening.is_none() && !begins_with_year {
            out.not_judged(Reason::HistoryTooShort);
        }
    }
}

/// Overtime of an operator whose contract does not agree to it.
///
/// Measured: the overtime of the ISO week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OvertimeConsent {
    /// What a week holds without overtime.
    pub above_week_minutes: u32,
}

impl Judge for OvertimeConsent {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if facts.contract.record().overtime_consent {
            return;
        }
        for week in Week::all(facts) {
            let overtime = week.work_ms - ms(self.above_week_minutes);
            if overtime > 0 {
                out.breach(week.breach(facts, overtime, 0, Bound::AtMost));
            }
        }
    }
}
