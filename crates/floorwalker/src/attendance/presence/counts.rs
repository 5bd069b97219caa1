//! Presence of a group: how many days of each class, and sums of time.

use serde::{Deserialize, Serialize};

use super::class::{CLASSES, PresenceClass};
use super::day::AttendanceDay;

/// Work days of a group by class, and their times in milliseconds: a mergeable count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceCounts {
    days: [u64; CLASSES],
    /// Planned, pauses included.
    pub planned_ms: u64,
    /// Worked, raw, without breaks.
    pub worked_ms: u64,
    /// Time for which nothing but a rule speaks.
    pub assumed_ms: u64,
    /// Paid.
    pub paid_ms: u64,
    /// Late.
    pub late_ms: u64,
    /// Left early.
    pub early_ms: u64,
    /// Away in between.
    pub gap_ms: u64,
    /// At night.
    pub night_ms: u64,
    /// On Sundays.
    pub sunday_ms: u64,
    /// On public holidays.
    pub holiday_ms: u64,
    /// Overtime.
    pub overtime_ms: u64,
    /// Supplementary.
    pub supplementary_ms: u64,
}

impl AttendanceCounts {
    /// How many work days are of a class.
    #[must_use]
    pub fn days(&self, class: PresenceClass) -> u64 {
        self.days[class as usize]
    }

    /// How many work days there are.
    #[must_use]
    pub fn all_days(&self) -> u64 {
        self.days.iter().sum()
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        let more = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        let mut other = *other;
        self.days
            .iter_mut()
            .zip(other.days)
            .for_each(|(mine, theirs)| more(mine, theirs));
        self.times()
            .zip(other.times())
            .for_each(|(mine, theirs)| more(mine, *theirs));
    }

    fn times(&mut self) -> impl Iterator<Item = &mut u64> {
        [
            &mut self.planned_ms,
            &mut self.worked_ms,
            &mut self.assumed_ms,
            &mut self.paid_ms,
            &mut self.late_ms,
            &mut self.early_ms,
            &mut self.gap_ms,
            &mut self.night_ms,
            &mut self.sunday_ms,
            &mut self.holiday_ms,
            &mut self.overtime_ms,
            &mut self.supplementary_ms,
        ]
        .into_iter()
    }

    pub(super) fn of(day: &AttendanceDay) -> Self {
        let mut counts = Self {
            planned_ms: day.planned_ms,
            worked_ms: day.worked_ms,
            assumed_ms: day.assumed_ms,
            paid_ms: day.paid_ms,
            late_ms: day.late_ms,
            early_ms: day.early_ms,
            gap_ms: day.gaps.iter().map(|gap| gap.millis().unsigned_abs()).sum(),
            night_ms: day.night_ms,
            sunday_ms: day.sunday_ms,
            holiday_ms: day.holiday_ms,
            overtime_ms: day.overtime_ms,
            supplementary_ms: day.supplementary_ms,
            ..Self::default()
        };
        counts.days[day.class as usize] = 1;
        counts
    }
}
