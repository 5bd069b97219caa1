//! Business days, compiled: runs of dates that keep one set of weekdays.

use chrono::{Datelike, NaiveDate};

/// The seven weekdays, Monday first, as bits.
pub(super) type Weekdays = u8;

pub(super) const NO_DAY: Weekdays = 0;
pub(super) const EVERY_DAY: Weekdays = 0b111_1111;

/// A date as a number; 1 was a Monday (0001-01-01).
pub(super) fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce()
}

pub(super) fn weekday_bit(day: i32) -> Weekdays {
    1 << (day - 1).rem_euclid(7)
}

/// Runs of dates: from each on, the weekdays that are business days.
///
/// Invariant: the days increase, the first is the start of the range; neighbours
/// differ.
#[derive(Clone, Debug)]
pub(super) struct DayRuns {
    runs: Vec<Run>,
    /// The day after the last.
    end: i32,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    start: i32,
    weekdays: Weekdays,
    /// Business days of the range before the start.
    before: i32,
}

impl DayRuns {
    /// The weekdays from each day on, in order; the first day is the start of the range
    /// and `end` comes after the last. Of two entries for one day the later counts.
    pub(super) fn new(entries: impl IntoIterator<Item = (i32, Weekdays)>, end: i32) -> Self {
        let mut runs: Vec<Run> = Vec::new();
        for (start, weekdays) in entries {
            runs.pop_if(|last| last.start == start);
            if runs.last().is_none_or(|last| last.weekdays != weekdays) {
                runs.push(Run {
                    start,
                    weekdays,
                    before: 0,
                });
            }
        }
        let mut before = 0;
        for place in 0..runs.len() {
            runs[place].before = before;
            let next = runs.get(place + 1).map_or(end, |next| next.start);
            before += runs[place].count(next);
        }
        Self { runs, end }
    }

    pub(super) fn start(&self) -> i32 {
        self.runs[0].start
    }

    pub(super) fn end(&self) -> i32 {
        self.end
    }

    fn run(&self, day: i32) -> &Run {
        &self.runs[self.runs.partition_point(|run| run.start <= day) - 1]
    }

    /// Whether `day`, which must lie in the range, is a business day.
    pub(super) fn contains(&self, day: i32) -> bool {
        self.run(day).weekdays & weekday_bit(day) != 0
    }

    /// The business days of the range before `day`, which must lie in it or be its end.
    pub(super) fn count_before(&self, day: i32) -> i32 {
        let run = self.run(day);
        run.before + run.count(day)
    }

    /// The business day with exactly `count` business days of the range before it.
    pub(super) fn nth(&self, count: i32) -> Option<i32> {
        if count < 0 || count >= self.count_before(self.end) {
            return None;
        }
        let run = &self.runs[self.runs.partition_point(|run| run.before <= count) - 1];
        Some(run.nth(count - run.before))
    }

    /// From each day on at which either changes: the weekdays of both.
    pub(super) fn walk<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (i32, Weekdays, Weekdays)> + 'a {
        let mut days: Vec<i32> = self
            .runs
            .iter()
            .chain(&other.runs)
            .map(|run| run.start)
            .collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter()
            .map(|day| (day, self.run(day).weekdays, other.run(day).weekdays))
    }

    /// The entries of the days in `[from, until)`.
    pub(super) fn between(&self, from: i32, until: i32) -> impl Iterator<Item = (i32, Weekdays)> {
        let first = (from, self.run(from).weekdays);
        let later = self
            .runs
            .iter()
            .filter(move |run| run.start > from && run.start < until);
        std::iter::once(first).chain(later.map(|run| (run.start, run.weekdays)))
    }
}

impl Run {
    /// Its business days before `day`.
    fn count(&self, day: i32) -> i32 {
        let days = day - self.start;
        let each_week = self.weekdays.count_ones().cast_signed();
        let rest = (day - days % 7..day).filter(|&day| self.weekdays & weekday_bit(day) != 0);
        days / 7 * each_week + i32::try_from(rest.count()).expect("less than a week")
    }

    /// Its business day with `count` business days of the run before it. It must have
    /// one.
    fn nth(&self, count: i32) -> i32 {
        let each_week = self.weekdays.count_ones().cast_signed();
        let (weeks, rest) = (count / each_week, count % each_week);
        let week = self.start + weeks * 7;
        let mut of_week = (week..week + 7).filter(|&day| self.weekdays & weekday_bit(day) != 0);
        let rest = usize::try_from(rest).expect("a rest is not negative");
        of_week
            .nth(rest)
            .expect("a week has as many business days as it has")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn runs() -> impl Strategy<Value = (Vec<(i32, Weekdays)>, i32)> {
        let starts = proptest::collection::btree_map(1i32..120, 0u8..128, 0..8);
        (starts, 0u8..128).prop_map(|(starts, first)| {
            let entries = std::iter::once((0, first)).chain(starts).collect();
            (entries, 150)
        })
    }

    proptest! {
        #[test]
        fn counting_and_finding_agree_with_looking_at_each_day((entries, end) in runs()) {
            let compiled = DayRuns::new(entries.clone(), end);
            let is_open = |day: i32| {
                let entry = entries.iter().rfind(|entry| entry.0 <= day).unwrap();
                entry.1 & weekday_bit(day) != 0
            };
            let open: Vec<i32> = (0..end).filter(|&day| is_open(day)).collect();
            for day in 0..end {
                prop_assert_eq!(compiled.contains(day), is_open(day));
                let before = open.iter().filter(|&&other| other < day).count();
                prop_assert_eq!(compiled.count_before(day), before as i32);
            }
            for (count, day) in (0..).zip(&open) {
                prop_assert_eq!(compiled.nth(count), Some(*day));
            }
            prop_assert_eq!(compiled.nth(open.len() as i32), None);
            prop_assert_eq!(compiled.nth(-1), None);
        }
    }
}
