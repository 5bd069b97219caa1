//! Time off that there is a right to: no less, and no more.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Judge, ms};
use crate::roster::ActivityKind;
use crate::roster::check::{Bound, Breach, Facts, Out, Unit};
use crate::team::{AbsenceKind, ProtectionKind};

/// Breast-feeding rests (riposi giornalieri): `long_minutes` on a day of `long_day_minutes` or
/// more of working time, `short_minutes` on a shorter one.
///
/// They are activities of the shift, or absences of their kind. Measured: the rests of
/// the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreastfeedingRests {
    /// From how much working time on a day is a long one; the rests are working time.
    pub long_day_minutes: u32,
    /// The rests of a long day.
    pub long_minutes: u32,
    /// The rests of a shorter day.
    pub short_minutes: u32,
}

impl Judge for BreastfeedingRests {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if facts.operator.record().protections.is_empty() {
            return;
        }
        for day in facts.checked_work_days() {
            let date = facts.days.date_of(day.day);
            let kind = ProtectionKind::Breastfeeding;
            let has_right = facts.operator.protection_on(date, kind);
            if has_right.is_none_or(|right| right.waived) {
                continue;
            }
            let in_shift = facts.bits(day).iter();
            let in_shift = in_shift.filter(|bit| bit.kind == ActivityKind::BreastfeedingRest);
            let today = (facts.days.start(day.day), facts.days.start(day.day + 1));
            let away = absent_ms(facts, AbsenceKind::Breastfeeding, today);
            let given = in_shift.map(|bit| bit.millis()).sum::<i64>() + away;
            let is_long = day.work_ms >= ms(self.long_day_minutes);
            let due = ms(if is_long {
                self.long_minutes
            } else {
                self.short_minutes
            });
            if given < due {
                let span = (day.start, day.end);
                out.breach(Breach::time(day.day, span, given, due, Bound::AtLeast));
            }
        }
    }
}

/// The time of an approved absence within a stretch.
fn absent_ms(facts: &Facts<'_>, kind: AbsenceKind, within: (i64, i64)) -> i64 {
    let absences = facts
        .absences
        .iter()
        .filter(|one| one.holds() && one.kind() == kind);
    absences
        .map(|one| {
            let span = one.span();
            (span.end_ms().min(within.1) - span.start_ms().max(within.0)).max(0)
        })
        .sum()
}

/// How long a right to time off lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Period {
    /// The first days of this period and of the next.
    fn around(self, date: NaiveDate) -> Option<Range<NaiveDate>> {
        let first = match self {
            Self::Month => date.with_day(1)?,
            Self::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1)?,
        };
        let months = chrono::Months::new(if self == Self::Month { 1 } else { 12 });
        Some(first..first.checked_add_months(months)?)
    }
}

/// Time off of one kind in a calendar month or year: at most so many days, or so much
/// time.
///
/// Measured: the local days on which there is such an absence, or its time. Absences
/// outside the known days are counted if the calendar holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceAllowance {
    /// Which time off.
    pub kind: AbsenceKind,
    /// In which time.
    pub per: Period,
    /// The most days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_days: Option<u32>,
    /// The most time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_minutes: Option<u32>,
}

impl Judge for AbsenceAllowance {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if self.max_days.is_none() && self.max_minutes.is_none() {
            out.filled(self.max_days, "max_days");
            return;
        }
        let zone = facts.operator.zone();
        let window = facts.days.window();
        let mut date = facts.days.date_of(window.start);
        let end = facts.days.date_of(window.end);
        while let Some(period) = self.per.around(date).filter(|_| date < end) {
            let start_of = |date| zone.start_of_day(date).unwrap_or_default();
            let span = (start_of(period.start), start_of(period.end));
            let last = (period.end.min(end) - facts.days.date(0)).num_days() - 1;
            let day = usize::try_from(last).unwrap_or(0);
            if let Some(max) = self.max_minutes.map(ms) {
                let used = absent_ms(facts, self.kind, span);
                if used > max {
                    out.breach(Breach::time(day, span, used, max, Bound::AtMost));
                }
            }
            if let Some(max) = self.max_days.map(i64::from) {
                let used = absent_days(facts, self.kind, span);
                if used > max {
                    let breach = Breach::time(day, span, used, max, Bound::AtMost);
                    out.breach(breach.with_unit(Unit::Days));
                }
            }
            date = period.end;
        }
    }
}

/// The local days within a stretch on which there is an approved absence.
fn absent_days(facts: &Facts<'_>, kind: AbsenceKind, within: (i64, i64)) -> i64 {
    let zone = facts.operator.zone();
    let absences = facts
        .absences
        .iter()
        .filter(|one| one.holds() && one.kind() == kind);
    let mut days: Vec<NaiveDate> = Vec::new();
    for absence in absences {
        let start = absence.span().start_ms().max(within.0);
        let end = absence.span().end_ms().min(within.1);
        if start < end {
            let last = zone.day_of_ms(end - 1);
            let first = zone.day_of_ms(start);
            days.extend(first.iter_days().take_while(|day| *day <= last));
        }
    }
    days.sort_unstable();
    days.dedup();
    days.len() as i64
}
