//! Sundays.

use serde::{Deserialize, Serialize};

use super::Judge;
use crate::roster::Reason;
use crate::roster::check::{Bound, Breach, Facts, Out, Unit};

/// How many of the Sundays are worked: those of the last `over_days` known days.
///
/// Measured: the share in percent, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SundayShare {
    /// The largest share in percent; what the contract says goes before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_percent: Option<u8>,
    /// Over how many days up to the end of the window.
    pub over_days: u16,
}

impl Judge for SundayShare {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let agreed = facts.contract.record().max_sunday_percent;
        let Some(max) = out.filled(agreed.or(self.max_percent), "max_percent") else {
            return;
        };
        let end = facts.days.window().end;
        let first = end.saturating_sub(self.over_days.into());
        let sundays: Vec<usize> = facts.sundays(first, end).collect();
        let worked = sundays.iter().filter(|&&day| facts.is_worked(day));
        let (worked, all) = (worked.count() as i64, sundays.len() as i64);
        if worked * 100 > i64::from(max) * all {
            let measured = (worked * 100 + all - 1) / all;
            let span = (facts.days.start(first), facts.days.start(end));
            let breach = Breach::time(end - 1, span, measured, max.into(), Bound::AtMost);
            out.breach(breach.with_unit(Unit::Percent));
        }
    }
}

/// A free working day for a worked Sunday (riposo compensativo): a day from Monday to
/// Saturday without work or leave, within `within_days` that include the Sunday. Each
/// free day makes up for one Sunday.
///
/// Measured: the free days for that Sunday, 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SundayCompensation {
    /// In how many days, the Sunday included.
    pub within_days: u16,
}

impl SundayCompensation {
    /// Whether a day can make up for a Sunday.
    fn is_free(facts: &Facts<'_>, day: usize) -> bool {
        let (start, end) = (facts.days.start(day), facts.days.start(day + 1));
        let is_away = facts.absences.iter().filter(|one| one.holds()).any(|one| {
            let span = one.span();
            span.start_ms() < end && start < span.end_ms()
        });
        facts.days.weekday(day) != chrono::Weekday::Sun && !facts.is_worked(day) && !is_away
    }
}

impl Judge for SundayCompensation {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let window = facts.days.window();
        let reach = usize::from(self.within_days).saturating_sub(1);
        let mut next_free = 0;
        for sunday in facts
            .sundays(0, window.end)
            .filter(|&day| facts.is_worked(day))
        {
            let first = sunday.saturating_sub(reach).max(next_free);
            let last = (sunday + reach + 1).min(window.end);
            let mut days = first..last;
            if let Some(free) = days.find(|&day| Self::is_free(facts, day)) {
                next_free = free + 1;
            } else if sunday < reach {
                out.not_judged(Reason::HistoryTooShort);
            } else if sunday + reach < window.end {
                let span = (facts.days.start(sunday), facts.days.start(sunday + 1));
                let breach = Breach::time(sunday, span, 0, 1, Bound::AtLeast);
                out.breach(breach.with_unit(Unit::Days));
            } else {
                out.not_judged(Reason::StillOpen);
            }
        }
    }
}

/// Free Sundays of a calendar year. It is broken as soon as the Sundays that are left
/// are too few.
///
/// Measured: the free Sundays so far and all those still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeSundays {
    /// The least in a year.
    pub min: u32,
}

impl Judge for FreeSundays {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let window = facts.days.window();
        let last = window.end - 1;
        let year = facts.year(last as i64);
        let first = facts.new_year(year);
        if first < 0 && facts.opening.is_none() {
            return out.not_judged(Reason::HistoryTooShort);
        }
        let from = usize::try_from(first.max(0)).unwrap_or(0);
        let known = facts.sundays(from, window.end);
        let free = known.filter(|&day| !facts.is_worked(day)).count() as i64;
        let before = facts.opening.filter(|_| first < 0);
        let before = before.map_or(0, |opening| i64::from(opening.free_sundays));
        let next_year = facts.new_year(year + 1);
        let ahead = sundays_between(facts, window.end as i64, next_year);
        let measured = before + free + ahead;
        if measured < i64::from(self.min) {
            let span = (facts.days.start(from), facts.days.start(window.end));
            let breach = Breach::time(last, span, measured, self.min.into(), Bound::AtLeast);
            out.breach(breach.with_unit(Unit::Count));
        }
    }
}

/// The Sundays of the days `from..until`, which may lie after the known ones.
fn sundays_between(facts: &Facts<'_>, from: i64, until: i64) -> i64 {
    use chrono::Datelike;
    let days = (from..until).map(|day| facts.days.date(day));
    days.filter(|date| date.weekday() == chrono::Weekday::Sun)
        .count() as i64
}
