//! Night work.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::average::running_sums;
use super::clock::Night;
use super::{Judge, ms};
use crate::roster::Reason;
use crate::roster::check::{Bound, Breach, Facts, Out};
use crate::team::ProtectionKind;

/// Hours of night workers per 24 hours, on average (lavoratore notturno).
///
/// An operator is a night worker over a reference time if at least half of the work
/// days in it hold `worker_minutes` of night work, or if so many days of the calendar
/// year do as `worker_days` says. The average is over all days of the reference time
/// less one rest day in seven: 48 hours in 7 days are 8 hours.
///
/// Measured: the average day in milliseconds, rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightAverage {
    /// When the night begins, by the local clock.
    pub from: NaiveTime,
    /// When it ends.
    pub until: NaiveTime,
    /// How much night work makes a day a night day.
    pub worker_minutes: u32,
    /// How many night days of a year make a night worker, whatever the rule is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker_days: Option<u32>,
    /// The most on average.
    pub max_minutes: u32,
    /// Over how many days the average is; blank where an agreement must say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_days: Option<u16>,
}

impl NightAverage {
    /// For each known day: how many work days, and night days, there are up to it.
    fn count(&self, facts: &Facts<'_>) -> (Vec<i64>, Vec<i64>) {
        let night = Night {
            from: self.from,
            until: self.until,
        };
        let known = facts.days.window().end;
        let (mut work, mut nights) = (vec![0; known], vec![0; known]);
        for day in facts.work_days().iter().filter(|day| day.day < known) {
            work[day.day] = 1;
            if night.work_ms(facts, day) >= ms(self.worker_minutes) {
                nights[day.day] = 1;
            }
        }
        (running_sums(&work), running_sums(&nights))
    }

    /// Whether the night days of the calendar year, up to `day`, are many enough.
    fn is_worker_by_year(&self, facts: &Facts<'_>, nights: &[i64], day: usize) -> bool {
        let Some(limit) = self.worker_days else {
            return false;
        };
        let year = facts.year(day as i64);
        let first = usize::try_from(facts.new_year(year).max(0)).unwrap_or(0);
        let is_first_year = year == facts.year(0);
        let before = facts.opening.filter(|_| is_first_year);
        let before = before.map_or(0, |opening| i64::from(opening.night_days));
        before + nights[day + 1] - nights[first.min(day)] >= i64::from(limit)
    }
}

impl Judge for NightAverage {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(over) = out.filled(self.over_days.filter(|&days| days > 0), "over_days") else {
            return;
        };
        let over = usize::from(over);
        let (max, length) = (ms(self.max_minutes), over as i64);
        let (work, nights) = self.count(facts);
        let sums = running_sums(facts.work_by_day());
        let mut reaches_back = false;
        let broken: Vec<Breach> = facts
            .days
            .window()
            .filter_map(|day| {
                reaches_back |= day + 1 < over;
                let first = (day + 1).saturating_sub(over);
                let of = |sums: &[i64]| sums[day + 1] - sums[first];
                let as_a_rule = of(&work) > 0 && 2 * of(&nights) >= of(&work);
                if !as_a_rule && !self.is_worker_by_year(facts, &nights, day) {
                    return None;
                }
                let worked = of(&sums);
                let span = (facts.days.start(first), facts.days.start(day + 1));
                let average = worked * 7 / (6 * length);
                let breach = Breach::time(day, span, average, max, Bound::AtMost);
                (worked * 7 > max * 6 * length).then_some(breach)
            })
            .collect();
        if broken.is_empty() && reaches_back && nights.last().is_some_and(|&nights| nights > 0) {
            out.not_judged(Reason::HistoryTooShort);
        }
        out.breach_runs(broken);
    }
}

/// Working time of a work day with night work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightShiftHours {
    /// When the night begins, by the local clock.
    pub from: NaiveTime,
    /// When it ends.
    pub until: NaiveTime,
    /// How much night work makes a day a night day.
    pub worker_minutes: u32,
    /// The most on such a day.
    pub max_minutes: u32,
}

impl Judge for NightShiftHours {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let (max, night) = (
            ms(self.max_minutes),
            Night {
                from: self.from,
                until: self.until,
            },
        );
        for day in facts.checked_work_days() {
            let is_long = day.work_ms > max;
            if is_long && night.work_ms(facts, day) >= ms(self.worker_minutes) {
                let span = (day.start, day.end);
                out.breach(Breach::time(day.day, span, day.work_ms, max, Bound::AtMost));
            }
        }
    }
}

/// Who may not work at night, or need not.
///
/// Measured: the night work of the day; the limit is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightProtection {
    /// When the night begins, by the local clock.
    pub from: NaiveTime,
    /// When it ends.
    pub until: NaiveTime,
    /// Which circumstances protect.
    pub protections: Vec<ProtectionKind>,
    /// Whether it is a right that the operator can waive, and not a ban.
    #[serde(default)]
    pub can_be_waived: bool,
}

impl Judge for NightProtection {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if facts.operator.record().protections.is_empty() {
            return;
        }
        let night = Night {
            from: self.from,
            until: self.until,
        };
        for day in facts.checked_work_days() {
            let date = facts.days.date_of(day.day);
            let is_protected = self.protections.iter().any(|&kind| {
                let protection = facts.operator.protection_on(date, kind);
                protection.is_some_and(|one| !(self.can_be_waived && one.waived))
            });
            if !is_protected {
                continue;
            }
            let measured = night.work_ms(facts, day);
            if measured > 0 {
                let span = (day.start, day.end);
                out.breach(Breach::time(day.day, span, measured, 0, Bound::AtMost));
            }
        }
    }
}
