//! The tests that working-time rules are made of.
//!
//! A rule of a pack names one of these tests and gives its numbers. A number that is
//! left out is blank: an agreement has to fill it in, and until then the rule is
//! named among those not judged. Durations are in minutes of elapsed time.

mod average;
mod breaks;
mod clock;
mod days;
mod entitlements;
mod fitness;
mod hours;
mod leave;
mod night;
mod notice;
mod overtime;
mod part_time;
mod rest;
mod screen;
mod split;
mod sundays;
mod test;
mod weekly_rest;

pub use average::{AverageWeek, Reference};
pub use breaks::{BreakInDay, PaidShortBreak, RestPerHours};
pub use days::{DaysPerWeek, WorkingDaysRun};
pub use entitlements::{AbsenceAllowance, BreastfeedingRests, Period};
pub use fitness::{AbsenceConflict, NotEmployed, Overlap, SkillMissing};
pub use hours::{DailyHours, WeeklyHours};
pub use leave::{AnnualLeave, LeaveBlock};
pub use night::{NightAverage, NightProtection, NightShiftHours};
pub use notice::{Notice, NoticeLength, WhoIsTold};
pub use overtime::{OvertimeConsent, OvertimeYear};
pub use part_time::{Disconnect, PartTimeBands, PartTimeMinimum, SupplementaryWork};
pub use rest::DailyRest;
pub use screen::ScreenTime;
pub use split::SplitShift;
pub use sundays::{FreeSundays, SundayCompensation, SundayShare};
pub use test::RuleTest;
pub use weekly_rest::{WeeklyRest, WindowStep};

use super::check::{Facts, Out};

/// A test that a rule can be made of.
pub(super) trait Judge {
    /// Looks at one operator and writes down what is broken.
    fn judge(&self, facts: &Facts<'_>, out: &mut Out);
}

/// Minutes as milliseconds.
fn ms(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}
