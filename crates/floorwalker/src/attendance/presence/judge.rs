//! The class of a shift: what was asked, who was there, what is forgiven.

use super::class::{Flag, PresenceClass};
use super::rules::Grace;
use crate::attendance::planned::PlannedShift;
use crate::attendance::spans::SpanSet;
use crate::team::{Absence, AbsenceKind};
use crate::time::Span;

/// What is known about the presence at a shift.
pub(super) struct Presence<'a> {
    /// Where somebody was there, breaks included.
    pub(super) there: &'a SpanSet,
    /// Whether there is any punch or state, even without a pair.
    pub(super) seen: bool,
    pub(super) incomplete: bool,
    pub(super) as_of_ms: i64,
}

/// The class of a shift and its measures.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) class: PresenceClass,
    pub(super) absence: Option<AbsenceKind>,
    pub(super) flags: Vec<Flag>,
    pub(super) late_ms: u64,
    pub(super) early_ms: u64,
    pub(super) gaps: Vec<Span>,
}

impl Judged {
    /// Work without a shift: nothing was asked, so nothing can be late.
    pub(super) fn without_shift(class: PresenceClass) -> Self {
        Self {
            class,
            absence: None,
            flags: Vec::new(),
            late_ms: 0,
            early_ms: 0,
            gaps: Vec::new(),
        }
    }
}

/// Judges a shift on raw time.
pub(super) fn judge(
    shift: &PlannedShift,
    absences: &[&Absence],
    presence: &Presence<'_>,
    grace: Grace,
) -> Judged {
    let work = shift
        .segments()
        .iter()
        .filter(|one| !one.activity.is_pause());
    let planned = SpanSet::of(work.map(|one| one.span));
    let excused = SpanSet::of(absences.iter().map(|absence| absence.span()));
    let required = planned.minus(&excused);
    let mut judged = Judged {
        absence: main_reason(absences, shift.span()),
        ..Judged::without_shift(PresenceClass::Expected)
    };
    if required != planned && !required.is_empty() {
        judged.flags.push(Flag::PartlyAuthorised);
    }
    judged.class = match (required.hull(), presence.seen) {
        (None, false) if planned.is_empty() => PresenceClass::Expected,
        (None, false) => PresenceClass::Authorised,
        (None, true) => {
            judged.flags.push(Flag::WorkedThroughAbsence);
            PresenceClass::UnplannedWork
        }
        (Some(asked), false) => never_came(asked, presence.as_of_ms, grace),
        (Some(asked), true) => {
            measure(&mut judged, &required, asked, presence);
            class_of(&judged, presence, grace, shift.is_remote())
        }
    };
    judged
        .gaps
        .retain(|gap| gap.millis() > secs(grace.gap_secs));
    judged
}

fn never_came(asked: Span, as_of_ms: i64, grace: Grace) -> PresenceClass {
    let missed = asked.start_ms() + i64::from(grace.no_show_after_minutes) * 60_000;
    if as_of_ms < missed {
        PresenceClass::Expected
    } else {
        PresenceClass::NoShow
    }
}

/// Lateness, leaving early and gaps, ungraced. What lies after `as_of` is open.
fn measure(judged: &mut Judged, required: &SpanSet, asked: Span, presence: &Presence<'_>) {
    let Some(there) = presence.there.hull() else {
        return;
    };
    judged.late_ms = positive(there.start_ms() - asked.start_ms());
    if presence.as_of_ms >= asked.end_ms() {
        judged.early_ms = positive(asked.end_ms() - there.end_ms());
    }
    judged.gaps = required
        .within(there)
        .minus(presence.there)
        .spans()
        .collect();
}

fn class_of(judged: &Judged, presence: &Presence<'_>, grace: Grace, remote: bool) -> PresenceClass {
    let late = judged.late_ms > secs(grace.late_secs).unsigned_abs();
    let early = judged.early_ms > secs(grace.early_secs).unsigned_abs();
    let away = judged
        .gaps
        .iter()
        .any(|gap| gap.millis() > secs(grace.gap_secs));
    match (late, early) {
        _ if presence.incomplete => PresenceClass::Incomplete,
        _ if away => PresenceClass::PartialAbsence,
        (true, true) => PresenceClass::LateAndEarly,
        (true, false) => PresenceClass::Late,
        (false, true) => PresenceClass::EarlyLeave,
        (false, false) if remote => PresenceClass::Remote,
        (false, false) => PresenceClass::OnTime,
    }
}

/// The kind of the longest absence in a shift; of two as long, the first of the list of kinds.
fn main_reason(absences: &[&Absence], shift: Span) -> Option<AbsenceKind> {
    absences
        .iter()
        .filter(|absence| absence.span().overlap(shift).is_some())
        .max_by_key(|absence| {
            (
                absence.span().overlap_ms(shift),
                std::cmp::Reverse(absence.kind()),
            )
        })
        .map(|absence| absence.kind())
}

fn positive(ms: i64) -> u64 {
    ms.max(0).unsigned_abs()
}

fn secs(secs: u32) -> i64 {
    i64::from(secs) * 1000
}
