//! Whether a shift fits the operator at all.

use serde::{Deserialize, Serialize};

use super::Judge;
use crate::roster::check::{Bound, Breach, Facts, Out};
use crate::time::Span;

/// Two shifts of one operator at one time. Measured: the shared time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlap {}

impl Judge for Overlap {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let mut before: Option<Span> = None;
        for assignment in facts.assignments() {
            let span = assignment.span();
            let shared = before.and_then(|before| before.overlap(span));
            let day = facts.days.number(assignment.work_day());
            if let (Some(shared), Some(day)) = (shared, day) {
                let ends = (shared.start_ms(), shared.end_ms());
                out.breach(Breach::time(day, ends, shared.millis(), 0, Bound::AtMost));
            }
            let reaches_further = |before: &Span| before.end_ms() > span.end_ms();
            before = before.filter(reaches_further).or(Some(span));
        }
    }
}

/// Duty during an approved absence. Measured: the shared time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceConflict {}

impl Judge for AbsenceConflict {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let absences = || facts.absences.iter().filter(|one| one.holds());
        if absences().next().is_none() {
            return;
        }
        for shift in facts.shifts() {
            let bits = || facts.bits_of(shift).iter().filter(|bit| bit.duty);
            let shared: i64 = absences()
                .map(|absence| {
                    let (start, end) = (absence.span().start_ms(), absence.span().end_ms());
                    bits().map(|bit| bit.overlap_ms(start, end)).sum::<i64>()
                })
                .sum();
            if shared > 0 {
                let span = (shift.start, shift.end);
                out.breach(Breach::time(shift.day, span, shared, 0, Bound::AtMost));
            }
        }
    }
}

/// An activity for skills of which the operator has none on that day. Measured: its
/// time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillMissing {}

impl Judge for SkillMissing {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        for shift in facts.shifts() {
            let date = shift.assignment.work_day();
            let segments = shift.assignment.segments().iter();
            let lacks = |skills: &[crate::id::SkillId]| {
                let mut skills = skills.iter();
                !skills.any(|skill| facts.operator.skill_on(date, skill).is_some())
            };
            let beyond = segments.filter(|one| !one.activity.skills().is_empty());
            let beyond = beyond.filter(|one| lacks(one.activity.skills()));
            let measured: i64 = beyond.map(|one| one.span.millis()).sum();
            if measured > 0 {
                let span = (shift.start, shift.end);
                out.breach(Breach::time(shift.day, span, measured, 0, Bound::AtMost));
            }
        }
    }
}

/// Work on a day on which the operator is not employed. Measured: its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotEmployed {}

impl Judge for NotEmployed {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let employed = facts.operator.employed();
        for day in facts.checked_work_days() {
            if !employed.contains(facts.days.date_of(day.day)) {
                let span = (day.start, day.end);
                out.breach(Breach::time(day.day, span, day.work_ms, 0, Bound::AtMost));
            }
        }
    }
}
