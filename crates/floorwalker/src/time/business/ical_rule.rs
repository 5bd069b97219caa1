//! Yearly recurrence of iCalendar (RFC 5545, section 3.3.10), as far as holidays use it.

use chrono::{Datelike, NaiveDate, Weekday};

use super::holidays::nth_weekday;

/// `FREQ=YEARLY` with `INTERVAL`, `COUNT`, `UNTIL`, `BYMONTH`, `BYMONTHDAY` and `BYDAY`.
///
/// Invariant: the interval and the count are above 0; months, days and weekdays exist.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct YearlyRule {
    interval: i32,
    count: Option<usize>,
    until: Option<NaiveDate>,
    months: Vec<u32>,
    month_days: Vec<i32>,
    /// The weekday from Monday, 0, on. With a number, the first, second or last one of
    /// the month; without, every one.
    weekdays: Vec<(Option<i32>, u8)>,
}

impl YearlyRule {
    /// Reads the value of an `RRULE`, or says what in it is not understood.
    pub(super) fn read(value: &str) -> Result<Self, String> {
        let mut rule = Self {
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
        };
        let mut is_yearly = false;
        for part in value
            .to_ascii_uppercase()
            .split(';')
            .filter(|part| !part.is_empty())
        {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let read = match key {
                "FREQ" => {
                    is_yearly = value == "YEARLY";
                    is_yearly.then_some(())
                }
                "INTERVAL" => number(value, 1..=1000).map(|given| rule.interval = given),
                "COUNT" => value
                    .parse()
                    .ok()
                    .filter(|&given| given > 0)
                    .map(|given| rule.count = Some(given)),
                "UNTIL" => date(value).map(|given| rule.until = Some(given)),
                "BYMONTH" => list(value, |month| u32::try_from(number(month, 1..=12)?).ok())
                    .map(|given| rule.months = given),
                "BYMONTHDAY" => list(value, |day| number(day, -31..=31).filter(|&day| day != 0))
                    .map(|given| rule.month_days = given),
                "BYDAY" => list(value, weekday).map(|given| rule.weekdays = given),
                "WKST" => Some(()),
                _ => None,
            };
            read.ok_or_else(|| format!("the recurrence {part} is not understood"))?;
        }
        match (
            is_yearly,
            rule.months.is_empty() && !rule.weekdays.is_empty(),
        ) {
            (false, _) => Err("only yearly recurrence is read".to_owned()),
            (_, true) => Err("weekdays of a whole year are not read".to_owned()),
            _ => Ok(rule),
        }
    }

    /// The dates from `start` to the end of `last_year`, in order; those before
    /// `first_year` may be left out. The start counts as the first whether or not it
    /// fits the rule.
    pub(super) fn dates(
        &self,
        start: NaiveDate,
        first_year: i32,
        last_year: i32,
    ) -> Vec<NaiveDate> {
        let until = self.until.unwrap_or(NaiveDate::MAX);
        // What is counted must be counted from the start.
        let passed = if self.count.is_some() {
            0
        } else {
            (first_year - start.year()).max(0)
        };
        let first = start.year() + passed / self.interval * self.interval;
        let years = (first..=last_year).step_by(self.interval.unsigned_abs() as usize);
        let repeated = years
            .flat_map(|year| self.in_year(start, year))
            .filter(|date| *date > start && *date <= until);
        let all = std::iter::once(start).chain(repeated);
        all.take(self.count.unwrap_or(usize::MAX)).collect()
    }

    fn in_year(&self, start: NaiveDate, year: i32) -> Vec<NaiveDate> {
        let month_of_start = [start.month()];
        let months = if self.months.is_empty() {
            &month_of_start[..]
        } else {
            &self.months
        };
        let mut dates: Vec<NaiveDate> = Vec::new();
        for &month in months {
            if self.weekdays.is_empty() {
                let day_of_start = [start.day().cast_signed()];
                let none = self.month_days.is_empty();
                let days = if none {
                    &day_of_start[..]
                } else {
                    &self.month_days
                };
                dates.extend(
                    days.iter()
                        .filter_map(|&day| day_of_month(year, month, day)),
                );
            } else {
                let of_weekdays = self
                    .weekdays
                    .iter()
                    .flat_map(|&day| weekdays_of_month(year, month, day));
                dates.extend(of_weekdays.filter(|date| self.allows_day(*date)));
            }
        }
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// With weekdays, days of the month narrow them down: Monday the 8th to the 14th.
    fn allows_day(&self, date: NaiveDate) -> bool {
        let is_that = |&day: &i32| day_of_month(date.year(), date.month(), day) == Some(date);
        self.month_days.is_empty() || self.month_days.iter().any(is_that)
    }
}

fn day_of_month(year: i32, month: u32, day: i32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let day = if day < 0 {
        i32::from(first.num_days_in_month()) + 1 + day
    } else {
        day
    };
    first.with_day(u32::try_from(day).ok()?)
}

/// The weekday is a number from Monday, 0, on.
fn weekdays_of_month(year: i32, month: u32, (nth, weekday): (Option<i32>, u8)) -> Vec<NaiveDate> {
    let Ok(weekday) = Weekday::try_from(weekday) else {
        return Vec::new();
    };
    let all = || {
        (1..=5)
            .filter_map(|nth| nth_weekday(year, month, weekday, nth))
            .collect()
    };
    nth.map_or_else(all, |nth| {
        nth_weekday(year, month, weekday, nth).into_iter().collect()
    })
}

fn number(value: &str, range: std::ops::RangeInclusive<i32>) -> Option<i32> {
    value.parse().ok().filter(|number| range.contains(number))
}

fn list<T: Ord>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let mut list: Vec<T> = value.split(',').map(read).collect::<Option<_>>()?;
    list.sort_unstable();
    list.dedup();
    Some(list)
}

/// `MO`, `1MO` or `-1MO`.
fn weekday(value: &str) -> Option<(Option<i32>, u8)> {
    let (nth, day) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let weekday = (0..).zip(days).find(|(_, name)| *name == day)?.0;
    if nth.is_empty() {
        return Some((None, weekday));
    }
    let nth = number(nth, -5..=5).filter(|&nth| nth != 0)?;
    Some((Some(nth), weekday))
}

/// `20301231`, with or without a time of day.
fn date(value: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(rule: &str, start: &str, last_year: i32) -> Vec<String> {
        let rule = YearlyRule::read(rule).unwrap();
        let start: NaiveDate = start.parse().unwrap();
        let dates = rule.dates(start, start.year(), last_year);
        dates.into_iter().map(|date| date.to_string()).collect()
    }

    #[test]
    fn the_same_day_every_year() {
        assert_eq!(
            dates("FREQ=YEARLY", "2026-07-14", 2028),
            ["2026-07-14", "2027-07-14", "2028-07-14"]
        );
        assert_eq!(
            dates("FREQ=YEARLY;INTERVAL=2;COUNT=2", "2026-07-14", 2099),
            ["2026-07-14", "2028-07-14"]
        );
        assert_eq!(
            dates("FREQ=YEARLY;UNTIL=20271231T000000Z", "2026-07-14", 2099).len(),
            2
        );
        assert_eq!(
            dates("FREQ=YEARLY", "2024-02-29", 2030),
            ["2024-02-29", "2028-02-29"]
        );
    }

    #[test]
    fn years_before_those_asked_for_are_left_out() {
        let start = "1000-07-14".parse().unwrap();
        let every_third = YearlyRule::read("FREQ=YEARLY;INTERVAL=3").unwrap();
        let dates = every_third.dates(start, 2026, 2030);
        let dates: Vec<i32> = dates.into_iter().map(|date| date.year()).collect();
        assert_eq!(dates, [1000, 2026, 2029]);
        let counted = YearlyRule::read("FREQ=YEARLY;COUNT=1027").unwrap();
        assert_eq!(
            counted.dates(start, 2026, 2030).last().unwrap().year(),
            2026
        );
    }

    #[test]
    fn weekdays_of_a_month() {
        let thanksgiving = "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH";
        assert_eq!(
            dates(thanksgiving, "2026-11-26", 2028),
            ["2026-11-26", "2027-11-25", "2028-11-23"]
        );
        let last_monday = "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO";
        assert_eq!(
            dates(last_monday, "2026-05-25", 2027),
            ["2026-05-25", "2027-05-31"]
        );
        let election = "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8";
        assert_eq!(
            dates(election, "1996-11-05", 2005),
            ["1996-11-05", "2000-11-07", "2004-11-02"]
        );
        assert_eq!(
            dates("FREQ=YEARLY;BYMONTHDAY=-1", "2026-02-28", 2028),
            ["2026-02-28", "2027-02-28", "2028-02-29"]
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (rule, why) in [
            ("FREQ=MONTHLY", "FREQ=MONTHLY"),
            ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO=20"),
            ("FREQ=YEARLY;BYDAY=20MO", "BYDAY=20MO"),
            ("FREQ=YEARLY;BYDAY=1MO", "whole year"),
            ("FREQ=YEARLY;INTERVAL=0", "INTERVAL=0"),
            ("FREQ=YEARLY;BYMONTHDAY=0", "BYMONTHDAY=0"),
            ("", "yearly"),
        ] {
            let error = YearlyRule::read(rule).unwrap_err();
            assert!(error.contains(why), "{rule}: {error}");
        }
    }
}
