//! Civil time from a small table of offset changes.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

/// The offsets of one zone for the period played. At least one row; instants rise;
/// offsets are less than a day and whole quarters of an hour. The first row also
/// holds before its instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneTable {
    changes: Vec<(i64, i32)>,
}

impl ZoneTable {
    /// A table of (UTC instant in epoch seconds, offset from there on in seconds).
    /// `None` if it is empty, out of order, or an offset is a day or more or not a
    /// whole number of quarters of an hour.
    pub fn new(changes: Vec<(i64, i32)>) -> Option<Self> {
        let rising = changes.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let usable = |offset: i32| offset.abs() < 86_400 && offset % 900 == 0;
        let fits = !changes.is_empty() && rising && changes.iter().all(|row| usable(row.1));
        fits.then_some(Self { changes })
    }

    /// Europe/Rome in 2026: +01:00, from 2026-03-29 01:00 UTC +02:00, from 2026-10-25
    /// 01:00 UTC +01:00. The days of the changes have 23 and 25 hours.
    pub fn rome_2026() -> Self {
        Self {
            changes: vec![
                (1_761_440_400, 3_600),
                (1_774_746_000, 7_200),
                (1_792_890_000, 3_600),
            ],
        }
    }

    /// The offset from UTC in seconds at an instant (epoch milliseconds).
    pub fn offset_secs(&self, utc_ms: i64) -> i32 {
        let utc_secs = utc_ms.div_euclid(1000);
        let later = self.changes.partition_point(|row| row.0 <= utc_secs);
        self.changes[later.saturating_sub(1)].1
    }

    /// The wall clock at an instant (epoch milliseconds).
    pub fn wall_clock(&self, utc_ms: i64) -> NaiveDateTime {
        let shifted = utc_ms + i64::from(self.offset_secs(utc_ms)) * 1000;
        DateTime::from_timestamp_millis(shifted)
            .expect("an instant of a played centre lies in chrono's range of years")
            .naive_utc()
    }

    /// The local day of an instant (epoch milliseconds).
    pub fn day(&self, utc_ms: i64) -> NaiveDate {
        self.wall_clock(utc_ms).date()
    }

    /// The instant (epoch milliseconds) when the wall clock shows `minutes` after
    /// midnight of `day`; more than 1440 reaches into the next day. A time that exists
    /// twice is the first one; a time that is skipped moves later by the gap.
    pub fn instant(&self, day: NaiveDate, minutes: u32) -> i64 {
        let wall = day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes.into());
        let wall_ms = wall.and_utc().timestamp_millis();
        let before = self.offset_secs(wall_ms - 86_400_000);
        let after = self.offset_secs(wall_ms + 86_400_000);
        let at = |offset: i32| wall_ms - i64::from(offset) * 1000;
        let holds = |offset: i32| self.offset_secs(at(offset)) == offset;
        if holds(before) || !holds(after) {
            at(before)
        } else {
            at(after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .timestamp_millis()
    }

    #[test]
    fn rome_changes_where_it_should() {
        let rome = ZoneTable::rome_2026();
        assert_eq!(rome.offset_secs(utc("2026-03-29T00:59:59Z")), 3600);
        assert_eq!(rome.offset_secs(utc("2026-03-29T01:00:00Z")), 7200);
        assert_eq!(rome.offset_secs(utc("2026-10-25T00:59:59Z")), 7200);
        assert_eq!(rome.offset_secs(utc("2026-10-25T01:00:00Z")), 3600);
        assert_eq!(rome.day(utc("2026-03-28T23:00:00Z")), day("2026-03-29"));
    }

    #[test]
    fn days_have_23_24_and_25_hours() {
        let rome = ZoneTable::rome_2026();
        let hours = |text: &str| {
            let start = rome.instant(day(text), 0);
            (rome.instant(day(text).succ_opt().unwrap(), 0) - start) / 3_600_000
        };
        assert_eq!(hours("2026-03-28"), 24);
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
    }

    #[test]
    fn skipped_and_doubled_times() {
        let rome = ZoneTable::rome_2026();
        let skipped = rome.instant(day("2026-03-29"), 150);
        assert_eq!(skipped, utc("2026-03-29T01:30:00Z"));
        let doubled = rome.instant(day("2026-10-25"), 150);
        assert_eq!(doubled, utc("2026-10-25T00:30:00Z"));
        let next_day = rome.instant(day("2026-03-28"), 1440 + 360);
        assert_eq!(next_day, utc("2026-03-29T04:00:00Z"));
    }

    #[test]
    fn unusable_tables_are_refused() {
        assert_eq!(ZoneTable::new(vec![]), None);
        assert_eq!(ZoneTable::new(vec![(5, 0), (5, 900)]), None);
        assert_eq!(ZoneTable::new(vec![(0, 86_400)]), None);
        assert_eq!(ZoneTable::new(vec![(0, 100)]), None);
        assert!(ZoneTable::new(vec![(0, -12_600)]).is_some());
    }
}
