//! The local days of a check in one zone, looked up once for all operators.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::CheckWindow;
use crate::roster::midnight::days_after;
use crate::time::{Double, LocalTimePolicy, Missing, Zone};

pub(crate) const DAY_MS: i64 = 86_400_000;

/// A planned time takes the first of two, and the first that exists.
const POLICY: LocalTimePolicy = LocalTimePolicy {
    missing: Missing::NextValid,
    double: Double::Earlier,
};

/// The first instants of the local days from the first known day on, numbered from 0.
///
/// Invariant: the starts do not decrease; there are two more than there are days in
/// the window, so that the end of a shift over midnight is among them.
#[derive(Debug)]
pub(crate) struct Days {
    zone: Zone,
    first: NaiveDate,
    starts: Vec<i64>,
    window: Range<usize>,
}

impl Days {
    pub(super) fn new(zone: &Zone, window: CheckWindow) -> Self {
        let number = |date: NaiveDate| {
            let days = (date - window.known).num_days();
            usize::try_from(days).expect("a window is in order")
        };
        let count = number(window.until) + 3;
        let dates = window.known.iter_days().take(count);
        let mut starts: Vec<i64> = Vec::with_capacity(count);
        for date in dates {
            // A day that the zone skipped has no length.
            let next = || zone.start_of_day(date.succ_opt()?);
            let last = starts.last().copied();
            let start = zone.start_of_day(date).or_else(next).or(last);
            starts.push(start.unwrap_or_default());
        }
        Self {
            zone: zone.clone(),
            first: window.known,
            starts,
            window: number(window.from)..number(window.until),
        }
    }

    /// The days that findings are given for; those from 0 on are known.
    pub(crate) fn window(&self) -> Range<usize> {
        self.window.clone()
    }

    /// The number of `date`, if it is among them.
    pub(crate) fn number(&self, date: NaiveDate) -> Option<usize> {
        let days = usize::try_from((date - self.first).num_days()).ok()?;
        (days + 1 < self.starts.len()).then_some(days)
    }

    /// The date with the number `day`, which may lie before or after.
    pub(crate) fn date(&self, day: i64) -> NaiveDate {
        days_after(self.first, day)
    }

    pub(crate) fn date_of(&self, day: usize) -> NaiveDate {
        self.date(i64::try_from(day).unwrap_or(i64::MAX))
    }

    pub(crate) fn weekday(&self, day: usize) -> Weekday {
        self.date_of(day).weekday()
    }

    /// The first instant of a day; of the last one that is known for those after.
    pub(crate) fn start(&self, day: usize) -> i64 {
        self.starts[day.min(self.starts.len() - 1)]
    }

    /// The day that holds the instant `ms`, kept among those known.
    pub(crate) fn of_ms(&self, ms: i64) -> usize {
        let last = self.starts.len() - 1;
        let guess = (ms - self.starts[0]).div_euclid(DAY_MS).max(0);
        let mut day = usize::try_from(guess).unwrap_or(last).min(last);
        while day < last && self.starts[day + 1] <= ms {
            day += 1;
        }
        while day > 0 && self.starts[day] > ms {
            day -= 1;
        }
        day
    }

    /// The instant at which the clock shows `secs` after the midnight of `day`; above a
    /// day's length it is on the next. Without a look at the zone where the day has 24
    /// hours.
    pub(crate) fn clock(&self, day: usize, secs: u32) -> i64 {
        let (day, secs) = (day + (secs / 86_400) as usize, secs % 86_400);
        let usual = self.start(day) + i64::from(secs) * 1000;
        if self.start(day + 1) - self.start(day) == DAY_MS {
            return usual;
        }
        let midnight = self.date_of(day).and_time(NaiveTime::MIN);
        let local = midnight + TimeDelta::seconds(i64::from(secs));
        let at = self.zone.resolve(local, POLICY);
        at.map_or(usual, |at| at.timestamp_millis())
    }

    /// The Mondays of the weeks that share a day with the window, as day numbers; the
    /// first may lie before the first known day.
    pub(crate) fn weeks(&self) -> impl Iterator<Item = i64> {
        let (from, until) = (self.window.start, self.window.end);
        self.mondays(from, until)
    }

    /// The Mondays of the weeks that share a day with `from..until`.
    pub(crate) fn mondays(&self, from: usize, until: usize) -> impl Iterator<Item = i64> + use<> {
        let back = i64::from(self.weekday(from).num_days_from_monday());
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let until = i64::try_from(until).unwrap_or(i64::MAX);
        (0..)
            .map(move |week| from - back + week * 7)
            .take_while(move |&monday| monday < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rome(from: &str, until: &str) -> Days {
        let date = |text: &str| text.parse().unwrap();
        let window = CheckWindow::new(date(from), date(until)).unwrap();
        Days::new(&Zone::get("Europe/Rome").unwrap(), window)
    }

    #[test]
    fn the_clock_is_right_on_days_of_a_change() {
        let days = rome("2026-03-28", "2026-03-30");
        let hours = |day, secs| (days.clock(day, secs) - days.start(day)) / 3_600_000;
        assert_eq!(hours(0, 22 * 3600), 22);
        assert_eq!(hours(1, 5 * 3600), 4);
        assert_eq!(hours(0, 29 * 3600), 24 + 4);
        assert_eq!(days.start(2) - days.start(1), 23 * 3_600_000);
    }

    #[test]
    fn instants_find_their_day() {
        let days = rome("2026-10-20", "2026-10-30");
        for day in 0..10 {
            assert_eq!(days.of_ms(days.start(day)), day);
            assert_eq!(days.of_ms(days.start(day + 1) - 1), day);
        }
        assert_eq!(days.of_ms(0), 0);
    }

    #[test]
    fn weeks_begin_on_monday() {
        // 28 March 2026 is a Saturday.
        let days = rome("2026-03-28", "2026-03-31");
        assert_eq!(days.weeks().collect::<Vec<_>>(), [-5, 2]);
        assert_eq!(days.weekday(2), Weekday::Mon);
    }
}
