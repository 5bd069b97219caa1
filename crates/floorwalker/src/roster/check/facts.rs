//! What the rules ask about one operator, worked out once.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

use super::days::Days;
use super::opening::Opening;
use crate::roster::{Activity, ActivityKind, Assignment};
use crate::team::{Absence, Contract, Operator};
use crate::time::Span;

/// A stretch of one activity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bit {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) kind: ActivityKind,
    pub(crate) work: bool,
    pub(crate) paid: bool,
    pub(crate) screen: bool,
    pub(crate) duty: bool,
}

impl Bit {
    fn new(activity: &Activity, span: Span) -> Self {
        Self {
            start: span.start_ms(),
            end: span.end_ms(),
            kind: activity.kind(),
            work: activity.is_work(),
            paid: activity.is_paid(),
            screen: activity.is_screen(),
            duty: activity.is_duty(),
        }
    }

    pub(crate) fn millis(&self) -> i64 {
        self.end - self.start
    }

    pub(crate) fn overlap_ms(&self, start: i64, end: i64) -> i64 {
        (self.end.min(end) - self.start.max(start)).max(0)
    }
}

/// One assignment that holds working time.
#[derive(Clone, Debug)]
pub(crate) struct Shift<'a> {
    pub(crate) assignment: &'a Assignment,
    /// The number of its work day.
    pub(crate) day: usize,
    /// First and last instant of working time.
    pub(crate) start: i64,
    pub(crate) end: i64,
    bits: Range<usize>,
}

/// The assignments that count to one local day.
#[derive(Clone, Debug)]
pub(crate) struct WorkDay {
    pub(crate) day: usize,
    /// First and last instant of working time.
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) work_ms: i64,
    shifts: Range<usize>,
    bits: Range<usize>,
}

/// One operator under one contract.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) operator: &'a Operator,
    pub(crate) contract: &'a Contract,
    pub(crate) days: &'a Days,
    pub(crate) absences: &'a [Absence],
    pub(crate) holidays: &'a BTreeSet<NaiveDate>,
    pub(crate) opening: Option<&'a Opening>,
    timeline: &'a Timeline<'a>,
}

/// The assignments of one operator as the rules look at them.
#[derive(Debug, Default)]
pub(crate) struct Timeline<'a> {
    /// All assignments, those without working time included.
    assignments: Vec<&'a Assignment>,
    bits: Vec<Bit>,
    shifts: Vec<Shift<'a>>,
    work_days: Vec<WorkDay>,
    /// Working time of each local day, cut at midnight.
    work_ms: Vec<i64>,
    #[cfg(test)]
    visited: std::cell::Cell<u64>,
}

impl<'a> Timeline<'a> {
    /// Looks at each segment once. Assignments of other days are left out.
    pub(super) fn new(assignments: &'a [Assignment], days: &Days) -> Self {
        let mut made = Self {
            work_ms: vec![0; days.window().end + 2],
            ..Self::default()
        };
        for assignment in assignments {
            let day = days.number(assignment.work_day());
            if let Some(day) = day.filter(|&day| day < days.window().end) {
                made.add(assignment, day, days);
            }
        }
        made.group();
        made
    }

    fn add(&mut self, assignment: &'a Assignment, day: usize, days: &Days) {
        self.assignments.push(assignment);
        let first = self.bits.len();
        let mut work: Option<(i64, i64)> = None;
        for segment in assignment.segments() {
            let bit = Bit::new(&segment.activity, segment.span);
            if bit.work {
                work = Some((work.map_or(bit.start, |work| work.0), bit.end));
                self.count(&bit, days);
            }
            self.bits.push(bit);
        }
        if let Some((start, end)) = work {
            self.shifts.push(Shift {
                assignment,
                day,
                start,
                end,
                bits: first..self.bits.len(),
            });
        }
    }

    /// Adds working time to the local days it lies on.
    fn count(&mut self, bit: &Bit, days: &Days) {
        let mut day = days.of_ms(bit.start);
        let mut start = bit.start;
        while start < bit.end {
            let end = match days.start(day + 1) {
                midnight if midnight > start => bit.end.min(midnight),
                _ => bit.end,
            };
            if let Some(work_ms) = self.work_ms.get_mut(day) {
                *work_ms += end - start;
            }
            (day, start) = (day + 1, end);
        }
    }

    fn group(&mut self) {
        for (place, shift) in self.shifts.iter().enumerate() {
            let bits = &self.bits[shift.bits.clone()];
            let work = bits.iter().filter(|bit| bit.work);
            let work_ms: i64 = work.map(Bit::millis).sum();
            match self.work_days.last_mut() {
                Some(last) if last.day == shift.day => {
                    last.end = last.end.max(shift.end);
                    last.work_ms += work_ms;
                    last.shifts.end = place + 1;
                    last.bits.end = shift.bits.end;
                }
                _ => self.work_days.push(WorkDay {
                    day: shift.day,
                    start: shift.start,
                    end: shift.end,
                    work_ms,
                    shifts: place..place + 1,
                    bits: shift.bits.clone(),
                }),
            }
        }
    }
}

impl<'a> Facts<'a> {
    pub(super) fn new(
        known: Known<'a>,
        timeline: &'a Timeline<'a>,
        contract: &'a Contract,
    ) -> Self {
        Self {
            operator: known.operator,
            contract,
            days: known.days,
            absences: known.absences,
            holidays: known.holidays,
            opening: known.opening,
            timeline,
        }
    }

    /// Hands out a slice, and counts what is looked at when tests measure it.
    fn look<T>(&self, slice: &'a [T]) -> &'a [T] {
        #[cfg(test)]
        {
            let visited = &self.timeline.visited;
            visited.set(visited.get() + slice.len() as u64);
        }
        slice
    }

    /// All assignments, those without working time included.
    pub(crate) fn assignments(&self) -> &'a [&'a Assignment] {
        self.look(&self.timeline.assignments)
    }

    /// The assignments with working time, by start.
    pub(crate) fn shifts(&self) -> &'a [Shift<'a>] {
        self.look(&self.timeline.shifts)
    }

    /// The work days, by time.
    pub(crate) fn work_days(&self) -> &'a [WorkDay] {
        self.look(&self.timeline.work_days)
    }

    /// The work days that findings are given for.
    pub(crate) fn checked_work_days(&self) -> &'a [WorkDay] {
        let (all, window) = (&self.timeline.work_days, self.days.window());
        let first = all.partition_point(|one| one.day < window.start);
        self.look(&all[first..])
    }

    /// The activities of a work day, by time.
    pub(crate) fn bits(&self, day: &WorkDay) -> &'a [Bit] {
        self.look(&self.timeline.bits[day.bits.clone()])
    }

    /// The activities of a shift, by time.
    pub(crate) fn bits_of(&self, shift: &Shift<'_>) -> &'a [Bit] {
        self.look(&self.timeline.bits[shift.bits.clone()])
    }

    /// The shifts of a work day.
    pub(crate) fn shifts_of(&self, day: &WorkDay) -> &'a [Shift<'a>] {
        self.look(&self.timeline.shifts[day.shifts.clone()])
    }

    /// The working time of each known local day, cut at midnight.
    pub(crate) fn work_by_day(&self) -> &'a [i64] {
        let known = self.days.window().end;
        self.look(&self.timeline.work_ms[..known])
    }

    /// The working time of the days `from..until`, those outside the known ones taken as
    /// none.
    pub(crate) fn work_between(&self, from: i64, until: i64) -> i64 {
        let known = self.days.window().end;
        let number = |day: i64| usize::try_from(day.max(0)).unwrap_or(0).min(known);
        let (from, until) = (number(from), number(until));
        self.look(&self.timeline.work_ms[from..until.max(from)])
            .iter()
            .sum()
    }

    /// Whether anything is worked on a known day.
    pub(crate) fn is_worked(&self, day: usize) -> bool {
        self.timeline.work_ms.get(day).is_some_and(|&ms| ms > 0)
    }

    /// The known Sundays.
    pub(crate) fn sundays(&self, from: usize, until: usize) -> impl Iterator<Item = usize> + use<> {
        let ahead = Weekday::Sun.days_since(self.days.weekday(from)) as usize;
        (from + ahead..until).step_by(7)
    }

    /// The calendar year of a day.
    pub(crate) fn year(&self, day: i64) -> i32 {
        self.days.date(day).year()
    }

    /// The first day of a year as a day number; negative before the first known day.
    pub(crate) fn new_year(&self, year: i32) -> i64 {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
        (first - self.days.date(0)).num_days()
    }
}

#[cfg(test)]
impl Timeline<'_> {
    /// How many rows the rules have looked at.
    pub(super) fn visited(&self) -> u64 {
        self.visited.get()
    }
}

/// What is known of an operator besides the assignments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) operator: &'a Operator,
    pub(super) days: &'a Days,
    pub(super) absences: &'a [Absence],
    pub(super) holidays: &'a BTreeSet<NaiveDate>,
    pub(super) opening: Option<&'a Opening>,
}
