//! Annual leave.

use serde::{Deserialize, Serialize};

use super::Judge;
use crate::roster::Reason;
use crate::roster::check::{Bound, Breach, Facts, Out, Unit};
use crate::team::AbsenceKind;

/// Annual leave taken by a date (ferie): of each calendar year so many weeks, at the
/// latest `months_after` months after its end.
///
/// A week of leave has as many days as the contract's week has working days; a leave is
/// recorded from its first to its last day, and of the days it covers in an ISO week no
/// more count than that. Older leave is taken first. The rule is judged when the date
/// lies in the window, and needs the year from its beginning or an opening balance.
///
/// Measured: the days of leave; the limit is rounded up to a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnualLeave {
    /// How many weeks, in tenths: 40 are four weeks.
    pub tenths_of_weeks: u32,
    /// How many months after the end of the year.
    #[serde(default)]
    pub months_after: u32,
}

impl AnnualLeave {
    /// The first day after the time in which the leave of `year` may be taken.
    fn due(&self, facts: &Facts<'_>, year: i32) -> i64 {
        let next_year = facts.days.date(facts.new_year(year + 1));
        let due = next_year.checked_add_months(chrono::Months::new(self.months_after));
        (due.unwrap_or(next_year) - facts.days.date(0)).num_days()
    }
}

impl Judge for AnnualLeave {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let window = facts.days.window();
        let first_year = facts.year(0);
        let per_week = i64::from(facts.contract.record().days_per_week);
        let due_days = (i64::from(self.tenths_of_weeks) * per_week + 9) / 10;
        let is_known = facts.new_year(first_year) == 0 || facts.opening.is_some();
        for year in first_year..=facts.year(window.end as i64) {
            let due = self.due(facts, year);
            let is_checked = (window.start as i64) < due && due <= window.end as i64;
            if !is_checked {
                continue;
            }
            if !is_known {
                return out.not_judged(Reason::HistoryTooShort);
            }
            let end = usize::try_from(due).unwrap_or(0);
            let before = facts
                .opening
                .map_or(0, |opening| i64::from(opening.leave_days));
            let taken = before + leave_days(facts, end, per_week);
            let measured = taken - due_days * i64::from(year - first_year);
            if measured < due_days {
                let span = (facts.days.start(0), facts.days.start(end));
                let breach = Breach::time(end - 1, span, measured, due_days, Bound::AtLeast);
                out.breach(breach.with_unit(Unit::Days));
            }
        }
    }
}

/// Whether a known day lies wholly within annual leave.
fn is_leave(facts: &Facts<'_>, day: usize) -> bool {
    let (start, end) = (facts.days.start(day), facts.days.start(day + 1));
    let leave = facts.absences.iter().filter(|one| one.holds());
    let mut leave = leave.filter(|one| one.kind() == AbsenceKind::Holiday);
    leave.any(|one| one.span().start_ms() <= start && end <= one.span().end_ms())
}

/// The days of leave up to day `end`, in each ISO week at most `per_week`.
fn leave_days(facts: &Facts<'_>, end: usize, per_week: i64) -> i64 {
    let mondays = facts.days.mondays(0, end);
    mondays
        .map(|monday| {
            let from = usize::try_from(monday.max(0)).unwrap_or(0);
            let until = usize::try_from(monday + 7).unwrap_or(0).min(end);
            let days = (from..until).filter(|&day| is_leave(facts, day)).count();
            per_week.min(days as i64)
        })
        .sum()
}

/// An unbroken block of annual leave in each calendar year: so many days in a row on
/// leave or free, with leave among them.
///
/// Judged when the end of the year lies in the window and its beginning is known.
/// Measured: the longest block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveBlock {
    /// The least, in days.
    pub days: u32,
}

impl Judge for LeaveBlock {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let window = facts.days.window();
        for year in facts.year(0)..=facts.year(window.end as i64) {
            let (first, end) = (facts.new_year(year), facts.new_year(year + 1));
            let is_checked = (window.start as i64) < end && end <= window.end as i64;
            if !is_checked {
                continue;
            }
            let (Ok(first), Ok(end)) = (usize::try_from(first), usize::try_from(end)) else {
                out.not_judged(Reason::HistoryTooShort);
                continue;
            };
            let measured = longest_block(facts, first, end);
            if measured < i64::from(self.days) {
                let span = (facts.days.start(first), facts.days.start(end));
                let limit = self.days.into();
                let breach = Breach::time(end - 1, span, measured, limit, Bound::AtLeast);
                out.breach(breach.with_unit(Unit::Days));
            }
        }
    }
}

fn longest_block(facts: &Facts<'_>, first: usize, end: usize) -> i64 {
    let (mut longest, mut run, mut has_leave) = (0, 0, false);
    for day in first..end {
        let leave = is_leave(facts, day);
        if leave || !facts.is_worked(day) {
            run += 1;
            has_leave |= leave;
        } else {
            (run, has_leave) = (0, false);
        }
        if has_leave {
            longest = longest.max(run);
        }
    }
    longest
}
