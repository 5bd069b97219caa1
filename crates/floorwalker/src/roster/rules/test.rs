//! The closed list of tests, by name.

use serde::{Deserialize, Serialize};

use super::*;

macro_rules! tests {
    ($($(#[$docs:meta])* $name:ident = $text:literal,)*) => {
        /// A test with its numbers, such as `{"daily_rest": {"min_minutes": 660}}`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum RuleTest {
            $($(#[$docs])* #[serde(rename = $text)] $name($name),)*
        }

        impl RuleTest {
            /// The names of all tests, in alphabetical order.
            pub const KINDS: &'static [&'static str] = &[$($text,)*];

            /// The name of the test, such as `daily_rest`.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$name(_) => $text,)* }
            }

            pub(in crate::roster) fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
                match self { $(Self::$name(test) => test.judge(facts, out),)* }
            }
        }

        $(impl From<$name> for RuleTest {
            fn from(test: $name) -> Self {
                Self::$name(test)
            }
        })*
    };
}

tests! {
    /// Time off that was used beyond what there is a right to.
    AbsenceAllowance = "absence_allowance",
    /// A shift during an absence.
    AbsenceConflict = "absence_conflict",
    /// Annual leave taken by a date.
    AnnualLeave = "annual_leave",
    /// The average week over a longer time.
    AverageWeek = "average_week",
    /// Breaks of a work day.
    BreakInDay = "break_in_day",
    /// Rests of a mother or father who has the right to them.
    BreastfeedingRests = "breastfeeding_rests",
    /// The longest working time of a day.
    DailyHours = "daily_hours",
    /// Rest between two work days.
    DailyRest = "daily_rest",
    /// Work days of a week.
    DaysPerWeek = "days_per_week",
    /// Remote work outside the agreed hours.
    Disconnect = "disconnect",
    /// Free Sundays of a year.
    FreeSundays = "free_sundays",
    /// An unbroken block of annual leave.
    LeaveBlock = "leave_block",
    /// Hours of night workers, on average.
    NightAverage = "night_average",
    /// Who may not, or need not, work at night.
    NightProtection = "night_protection",
    /// Hours of a shift with night work.
    NightShiftHours = "night_shift_hours",
    /// Work outside the time of employment.
    NotEmployed = "not_employed",
    /// How long before a shift the operator is told.
    Notice = "notice",
    /// Two shifts at one time.
    Overlap = "overlap",
    /// Overtime without consent.
    OvertimeConsent = "overtime_consent",
    /// Overtime of a year.
    OvertimeYear = "overtime_year",
    /// Short breaks that are not paid.
    PaidShortBreak = "paid_short_break",
    /// Part-time work outside the agreed hours.
    PartTimeBands = "part_time_bands",
    /// The smallest part-time week.
    PartTimeMinimum = "part_time_minimum",
    /// Short rests in proportion to the hours.
    RestPerHours = "rest_per_hours",
    /// Screen work without a pause.
    ScreenTime = "screen_time",
    /// A skill that the operator does not have.
    SkillMissing = "skill_missing",
    /// Parts of a work day, and what lies between.
    SplitShift = "split_shift",
    /// A free day for a worked Sunday.
    SundayCompensation = "sunday_compensation",
    /// How many of the Sundays are worked.
    SundayShare = "sunday_share",
    /// Part-time hours above the agreed ones.
    SupplementaryWork = "supplementary_work",
    /// The longest working time of a week.
    WeeklyHours = "weekly_hours",
    /// The rest of a week, or its average.
    WeeklyRest = "weekly_rest",
    /// Work days in a row.
    WorkingDaysRun = "working_days_run",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_strict() {
        assert!(RuleTest::KINDS.is_sorted());
        let test: RuleTest = serde_json::from_str(r#"{"daily_rest":{"min_minutes":660}}"#).unwrap();
        assert_eq!(test.kind(), "daily_rest");
        assert!(serde_json::from_str::<RuleTest>(r#"{"daily_rest":{"minimum":660}}"#).is_err());
    }
}
