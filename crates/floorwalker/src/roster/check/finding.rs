//! Findings: a rule that is broken, where, by how much, and what would help.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::out::{Bound, Unit};
use crate::id::{AgentId, RuleId};
use crate::roster::{Certainty, Severity};
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// What kind of change would keep a rule.
    Remedy ("remedy") {
        /// Start later, end earlier, or work on fewer days.
        MoreRest = "more_rest",
        /// Work less.
        LessWork = "less_work",
        /// Another break, or a longer one.
        AddBreak = "add_break",
        /// Work at another time, or give the shift to somebody else.
        MoveOrReassign = "move_or_reassign",
        /// Ask for consent, or record it.
        Agree = "agree",
        /// Publish earlier.
        PublishEarlier = "publish_earlier",
        /// Plan leave.
        PlanLeave = "plan_leave",
        /// Pay the break.
        PayBreak = "pay_break",
        /// Change the contract.
        ChangeContract = "change_contract",
        /// Check the absences.
        ReviewAbsences = "review_absences",
    }
}

/// A rule that is broken once.
///
/// [`measured`](Self::measured) and [`limit`](Self::limit) are in
/// [`unit`](Self::unit); [`bound`](Self::bound) says on which side of the limit a value
/// is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// Whom it is about.
    pub operator: AgentId,
    /// The local day on which it comes to it.
    pub day: NaiveDate,
    /// The time it is about.
    pub span: Span,
    /// What was measured.
    pub measured: i64,
    /// What is allowed.
    pub limit: i64,
    /// In what.
    pub unit: Unit,
    /// On which side of the limit a value is allowed.
    pub bound: Bound,
    /// The article of the rule.
    pub source: String,
    /// How certain the rule is.
    pub certainty: Certainty,
    /// Whether a derogation allows it; rest may then be owed.
    pub derogated: bool,
    /// What kinds of change would help.
    pub remedies: &'static [Remedy],
}

impl Finding {
    /// By how much the limit is missed, in the unit of the finding.
    #[must_use]
    pub fn excess(&self) -> i64 {
        match self.bound {
            Bound::AtLeast => self.limit - self.measured,
            Bound::AtMost => self.measured - self.limit,
        }
    }
}

/// A value in words: `10 h 59 min`, `13 days`.
fn words(value: i64, unit: Unit) -> String {
    match unit {
        Unit::Milliseconds => {
            let (sign, ms) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
            let (hours, minutes) = (ms / 3_600_000, ms / 60_000 % 60);
            let seconds = ms / 1000 % 60;
            match (hours, minutes, seconds) {
                (0, minutes, 0) => format!("{sign}{minutes} min"),
                (0, minutes, seconds) => format!("{sign}{minutes} min {seconds} s"),
                (hours, 0, 0) => format!("{sign}{hours} h"),
                (hours, minutes, 0) => format!("{sign}{hours} h {minutes} min"),
                (hours, minutes, seconds) => format!("{sign}{hours} h {minutes} min {seconds} s"),
            }
        }
        Unit::Days => format!("{value} days"),
        Unit::Percent => format!("{value} %"),
        Unit::Count => value.to_string(),
    }
}

impl fmt::Display for Finding {
    /// In one line: `2026-03-03 anna it.daily_rest: 10 h, at least 11 h (D.Lgs. ...)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match self.bound {
            Bound::AtLeast => "at least",
            Bound::AtMost => "at most",
        };
        let (measured, limit) = (
            words(self.measured, self.unit),
            words(self.limit, self.unit),
        );
        write!(
            f,
            "{} {} {}: {measured}, {bound} {limit} ({})",
            self.day, self.operator, self.rule, self.source
        )?;
        f.write_str(if self.derogated { ", derogated" } else { "" })
    }
}

/// What kinds of change would keep a test, by its name.
// flat table
pub(super) fn remedies(kind: &str) -> &'static [Remedy] {
    use Remedy as R;
    match kind {
        "daily_rest" | "weekly_rest" | "working_days_run" | "days_per_week" => &[R::MoreRest],
        "sunday_share" | "sunday_compensation" | "free_sundays" => &[R::MoreRest],
        "daily_hours" | "weekly_hours" | "average_week" | "overtime_year" => &[R::LessWork],
        "night_average" | "night_shift_hours" => &[R::LessWork],
        "supplementary_work" => &[R::LessWork, R::ChangeContract],
        "overtime_consent" => &[R::Agree, R::LessWork],
        "break_in_day" | "rest_per_hours" | "screen_time" => &[R::AddBreak],
        "breastfeeding_rests" => &[R::AddBreak],
        "paid_short_break" => &[R::PayBreak],
        "night_protection" => &[R::MoveOrReassign, R::Agree],
        "part_time_bands" => &[R::MoveOrReassign, R::Agree, R::PublishEarlier],
        "notice" => &[R::PublishEarlier, R::Agree],
        "part_time_minimum" => &[R::ChangeContract],
        "absence_allowance" => &[R::ReviewAbsences],
        "annual_leave" | "leave_block" => &[R::PlanLeave],
        _ => &[R::MoveOrReassign],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::rules::RuleTest;

    #[test]
    fn values_are_worded() {
        assert_eq!(words(46_860_000, Unit::Milliseconds), "13 h 1 min");
        assert_eq!(words(39_600_000, Unit::Milliseconds), "11 h");
        assert_eq!(words(-90_000, Unit::Milliseconds), "-1 min 30 s");
        assert_eq!(words(13, Unit::Days), "13 days");
    }

    #[test]
    fn every_test_has_a_remedy() {
        for kind in RuleTest::KINDS {
            assert!(!remedies(kind).is_empty(), "{kind}");
        }
    }
}
