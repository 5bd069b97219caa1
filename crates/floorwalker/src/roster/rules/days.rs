//! How many days are worked, in a row and in a week.

use serde::{Deserialize, Serialize};

use super::Judge;
use crate::roster::check::{Bound, Breach, Facts, Out, Unit};

/// Work days in a row. A shift over midnight is worked on the day it counts to.
///
/// Measured: the days of the run up to the end of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingDaysRun {
    /// The most days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days: Option<u32>,
}

impl Judge for WorkingDaysRun {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(max) = out.filled(self.max_days, "max_days") else {
            return;
        };
        let work_days = facts.work_days();
        let mut first = 0;
        for place in 0..work_days.len() {
            let day = work_days[place].day;
            let goes_on = work_days
                .get(place + 1)
                .is_some_and(|next| next.day == day + 1);
            if goes_on {
                continue;
            }
            let length = (day + 1 - work_days[first].day) as i64;
            if length > i64::from(max) {
                let span = (work_days[first].start, work_days[place].end);
                let breach = Breach::time(day, span, length, max.into(), Bound::AtMost);
                out.breach(breach.with_unit(Unit::Days));
            }
            first = place + 1;
        }
    }
}

/// Work days of an ISO week, Monday to Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaysPerWeek {
    /// The most days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days: Option<u32>,
}

impl Judge for DaysPerWeek {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(max) = out.filled(self.max_days, "max_days") else {
            return;
        };
        let work_days = facts.work_days();
        for monday in facts.days.weeks() {
            let place = |day: i64| {
                work_days.partition_point(|one| i64::try_from(one.day).unwrap_or(i64::MAX) < day)
            };
            let week = &work_days[place(monday)..place(monday + 7)];
            if let (Some(first), Some(last)) = (week.first(), week.last()) {
                let mut days: Vec<usize> = week.iter().map(|one| one.day).collect();
                days.dedup();
                let span = (first.start, last.end);
                let measured = days.len() as i64;
                if measured > i64::from(max) {
                    let breach = Breach::time(last.day, span, measured, max.into(), Bound::AtMost);
                    out.breach(breach.with_unit(Unit::Days));
                }
            }
        }
    }
}
