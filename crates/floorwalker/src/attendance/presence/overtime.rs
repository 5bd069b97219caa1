//! Overtime and supplementary work, by day and by ISO week.

use std::collections::BTreeMap;

use chrono::{Datelike, IsoWeek, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::team::Contract;

/// The plain fields of [`WorkingHours`], before they are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingHoursRecord {
    /// Ordinary minutes a day; `None` where only the week counts.
    #[serde(default)]
    pub day_minutes: Option<u32>,
    /// Ordinary minutes a week: 2400 for 40 hours.
    pub week_minutes: u32,
    /// Minutes a week of full-time staff; above `week_minutes` for part time.
    pub full_time_week_minutes: u32,
}

/// Ordinary working time, beyond which work is supplementary or overtime.
///
/// Invariant: the week is not longer than that of full-time staff.
///
/// Whatever exceeds the day, or with the rest of the ISO week exceeds the week,
/// is extra. The extra of part-time staff is *supplementary*
/// (lavoro supplementare) until the week reaches that of full-time staff, and
/// *overtime* (straordinario) beyond; the extra of full-time staff is overtime.
/// By default 40 hours a week and no limit by day (D.Lgs. 66/2003 art. 3).
/// Averages over several weeks, which contracts may allow, are not computed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WorkingHoursRecord", into = "WorkingHoursRecord")]
pub struct WorkingHours(WorkingHoursRecord);

impl WorkingHours {
    /// Full time: so many minutes a week, and a day if there is such a limit.
    #[must_use]
    pub fn full_time(week_minutes: u32, day_minutes: Option<u32>) -> Self {
        Self(WorkingHoursRecord {
            day_minutes,
            week_minutes,
            full_time_week_minutes: week_minutes,
        })
    }

    /// Part time beside full-time staff with a longer week.
    ///
    /// # Errors
    /// `options.conflict` if their week is shorter.
    pub fn part_time(
        week_minutes: u32,
        full_time_week_minutes: u32,
        day_minutes: Option<u32>,
    ) -> Result<Self, Error> {
        WorkingHoursRecord {
            day_minutes,
            week_minutes,
            full_time_week_minutes,
        }
        .try_into()
    }

    /// The hours of a contract, beside full-time staff with so many minutes a week.
    ///
    /// # Errors
    /// As for [`part_time`](Self::part_time), if it is part time.
    pub fn of_contract(contract: &Contract, full_time_week_minutes: u32) -> Result<Self, Error> {
        let week_minutes = contract.record().week_minutes;
        if contract.is_part_time() {
            Self::part_time(week_minutes, full_time_week_minutes, None)
        } else {
            Ok(Self::full_time(week_minutes, None))
        }
    }

    fn is_part_time(self) -> bool {
        self.0.week_minutes < self.0.full_time_week_minutes
    }
}

impl Default for WorkingHours {
    fn default() -> Self {
        Self::full_time(2400, None)
    }
}

impl TryFrom<WorkingHoursRecord> for WorkingHours {
    type Error = Error;
    fn try_from(record: WorkingHoursRecord) -> Result<Self, Error> {
        let (week, full) = (record.week_minutes, record.full_time_week_minutes);
        if week > full {
            let why = format!("the week has {week} minutes and that of full-time staff {full}");
            return Err(ErrorKind::Conflict {
                what: "working hours",
                why,
            }
            .into());
        }
        Ok(Self(record))
    }
}

impl From<WorkingHours> for WorkingHoursRecord {
    fn from(hours: WorkingHours) -> Self {
        hours.0
    }
}

/// Work of one operator beyond ordinary time, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extra {
    pub(super) supplementary: u64,
    pub(super) overtime: u64,
}

/// The weeks of one operator so far.
#[derive(Debug, Default)]
pub(super) struct Weeks(BTreeMap<IsoWeek, (u64, u64)>);

impl Weeks {
    /// Adds the work of a day, in order of time, and says what of it was extra.
    pub(super) fn add(&mut self, date: NaiveDate, worked: u64, hours: WorkingHours) -> Extra {
        let (ordinary, total) = self.0.entry(date.iso_week()).or_default();
        let ms = |minutes: u32| u64::from(minutes) * 60_000;
        let over_day = hours
            .0
            .day_minutes
            .map_or(0, |limit| worked.saturating_sub(ms(limit)));
        let rest = worked - over_day;
        let room = ms(hours.0.week_minutes).saturating_sub(*ordinary);
        let over_week = rest.saturating_sub(room);
        let extra = over_day + over_week;
        let regular = worked - extra;
        *ordinary += regular;
        *total += regular;
        let room = ms(hours.0.full_time_week_minutes).saturating_sub(*total);
        let supplementary = if hours.is_part_time() {
            extra.min(room)
        } else {
            0
        };
        *total += extra;
        Extra {
            supplementary,
            overtime: extra - supplementary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;

    fn week(hours: WorkingHours, days: &[u64]) -> Vec<(u64, u64)> {
        let monday: NaiveDate = "2026-03-02".parse().unwrap();
        let mut weeks = Weeks::default();
        let days = monday.iter_days().zip(days);
        days.map(|(date, &worked)| {
            let extra = weeks.add(date, worked * HOUR, hours);
            (extra.supplementary / HOUR, extra.overtime / HOUR)
        })
        .collect()
    }

    #[test]
    fn the_week_counts_for_full_time() {
        let extra = week(WorkingHours::default(), &[8, 8, 8, 8, 10, 0, 3]);
        assert_eq!(
            extra,
            [(0, 0), (0, 0), (0, 0), (0, 0), (0, 2), (0, 0), (0, 3)]
        );
        // The next ISO week begins anew.
        let next = week(WorkingHours::default(), &[8, 8, 8, 8, 8, 0, 0, 8]);
        assert_eq!(next[7], (0, 0));
    }

    #[test]
    fn a_long_day_is_extra_in_a_short_week() {
        let hours = WorkingHours::full_time(2400, Some(480));
        assert_eq!(week(hours, &[10, 8]), [(0, 2), (0, 0)]);
    }

    #[test]
    fn part_time_is_supplementary_up_to_full_time() {
        let hours = WorkingHours::part_time(20 * 60, 40 * 60, None).unwrap();
        assert_eq!(
            week(hours, &[10, 10, 8, 8, 8]),
            [(0, 0), (0, 0), (8, 0), (8, 0), (4, 4)]
        );
        assert!(WorkingHours::part_time(41, 40, None).is_err());
    }
}
