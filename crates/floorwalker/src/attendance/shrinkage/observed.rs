//! Shrinkage as the plan and the telephone system show it.

use crate::attendance::activity::Activity;
use crate::attendance::adherence::AdherenceTimes;
use crate::attendance::measure::{Measure, Measured, Undefined};
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// Which part of planned time is counted as lost.
    ShrinkageRule ("shrinkage rule") {
        /// What was not planned as work: `(scheduled - scheduled work) / scheduled`.
        Planned = "planned_shrinkage",
        /// What was not worked: `(scheduled - work inside the schedule) / scheduled`.
        Actual = "actual_shrinkage",
        /// Where nobody was logged in: `not logged in / scheduled`.
        Absence = "absence_shrinkage",
    }
}

impl AdherenceTimes {
    /// Shrinkage of planned time by a rule.
    #[must_use]
    pub fn shrinkage(&self, rule: ShrinkageRule, window: Span) -> Measure {
        let scheduled = self.scheduled();
        let lost = match rule {
            ShrinkageRule::Planned => scheduled - self.scheduled_for(Activity::Work),
            ShrinkageRule::Actual => scheduled - self.work_inside_schedule(),
            ShrinkageRule::Absence => self.not_logged_in(),
        };
        let measured = Measured::of(lost.into(), scheduled, Undefined::NothingPlanned);
        Measure::new(rule.name(), (lost.into(), scheduled), measured, window)
    }
}
