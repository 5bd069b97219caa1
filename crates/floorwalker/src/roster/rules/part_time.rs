//! Part-time work and agreed hours.

use serde::{Deserialize, Serialize};

use super::clock::parts_of_day;
use super::hours::Week;
use super::notice::{NoticeLength, is_told_in_time};
use super::{Judge, ms};
use crate::roster::Reason;
use crate::roster::check::{Bound, Breach, Facts, Out, Shift};
use crate::team::Band;

/// The duty of a shift that lies outside `bands`, in milliseconds.
fn duty_outside(facts: &Facts<'_>, shift: &Shift<'_>, bands: &[Band]) -> i64 {
    let duty = || facts.bits_of(shift).iter().filter(|bit| bit.duty);
    let all: i64 = duty().map(|bit| bit.millis()).sum();
    let (first, last) = (
        facts.days.of_ms(shift.start),
        facts.days.of_ms(shift.end - 1),
    );
    let parts = (first..=last).flat_map(|day| parts_of_day(facts.days, day, bands));
    let inside: i64 = parts
        .map(|(from, until)| duty().map(|bit| bit.overlap_ms(from, until)).sum::<i64>())
        .sum();
    all - inside
}

/// Part-time work outside the agreed hours (fasce orarie).
///
/// An elastic clause allows it if the operator is told in time.
///
/// Measured: the duty outside the agreed hours; the limit is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartTimeBands {
    /// How long before an elastic change the operator is told, in working days.
    pub elastic_working_days: u32,
}

impl Judge for PartTimeBands {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let contract = facts.contract.record();
        if !facts.contract.is_part_time() {
            return;
        }
        if contract.bands.is_empty() {
            return out.not_judged(Reason::NoHoursAgreed);
        }
        let notice = NoticeLength::WorkingDays(self.elastic_working_days);
        for shift in facts.shifts() {
            let outside = duty_outside(facts, shift, &contract.bands);
            let is_elastic =
                contract.elastic_clause && is_told_in_time(facts, shift, notice) == Some(true);
            if outside > 0 && !is_elastic {
                let span = (shift.start, shift.end);
                out.breach(Breach::time(shift.day, span, outside, 0, Bound::AtMost));
            }
        }
    }
}

/// Part-time hours above the agreed week (lavoro supplementare), up to the full week
/// from which on they are overtime.
///
/// Measured: those hours of the ISO week; the limit is a share of the agreed week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplementaryWork {
    /// The most, in percent of the agreed week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_percent: Option<u32>,
    /// The full week.
    pub full_week_minutes: u32,
}

impl Judge for SupplementaryWork {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if !facts.contract.is_part_time() {
            return;
        }
        let Some(percent) = out.filled(self.max_percent, "max_percent") else {
            return;
        };
        let agreed = facts.contract.week_ms();
        let max = agreed * i64::from(percent) / 100;
        for week in Week::all(facts) {
            let more = week.work_ms.min(ms(self.full_week_minutes)) - agreed;
            if more > max {
                out.breach(week.breach(facts, more, max, Bound::AtMost));
            }
        }
    }
}

/// The smallest week that a part-time contract may have.
///
/// Measured: the agreed week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartTimeMinimum {
    /// The least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_week_minutes: Option<u32>,
}

impl Judge for PartTimeMinimum {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if !facts.contract.is_part_time() {
            return;
        }
        let Some(min) = out
            .filled(self.min_week_minutes, "min_week_minutes")
            .map(ms)
        else {
            return;
        };
        let agreed = facts.contract.week_ms();
        if agreed < min {
            let window = facts.days.window();
            let span = (facts.days.start(window.start), facts.days.start(window.end));
            out.breach(Breach::time(
                window.start,
                span,
                agreed,
                min,
                Bound::AtLeast,
            ));
        }
    }
}

/// Remote work outside the hours in which the operator may be contacted (diritto alla
/// disconnessione).
///
/// Measured: the duty outside those hours; the limit is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disconnect {}

impl Judge for Disconnect {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let bands = &facts.contract.record().contact_bands;
        for shift in facts.shifts() {
            if !shift.assignment.details().remote {
                continue;
            }
            if bands.is_empty() {
                return out.not_judged(Reason::NoHoursAgreed);
            }
            let outside = duty_outside(facts, shift, bands);
            if outside > 0 {
                let span = (shift.start, shift.end);
                out.breach(Breach::time(shift.day, span, outside, 0, Bound::AtMost));
            }
        }
    }
}
