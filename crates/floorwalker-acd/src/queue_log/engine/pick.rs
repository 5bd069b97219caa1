//! Which visit of a call an event belongs to.
//!
//! A call has one open visit nearly always, and then that is the one: within a call
//! the order of lines is worth more than the stamps. Only if there are several, the
//! entry that the fields of the event imply decides.

use super::calls::{VisitRef, Visits};
use super::clock::WINDOW;
use super::memory::Past;
use super::slots::{How, Slots};

/// The visit that an answer belongs to.
pub(crate) fn for_answer(
    visits: Visits<'_>,
    queue: u32,
    at: i64,
    begun: Option<i64>,
) -> Option<VisitRef> {
    let fits = |slots: &Slots| {
        slots.queue == queue
            && slots.answer.is_none()
            && slots.refused.is_none()
            && slots.end.is_none_or(|end| end.how.is_answered())
    };
    nearest(visits.filter(|(_, slots)| fits(slots)), at, begun)
}

/// The visit that an end belongs to: an open one, or one that ended a moment ago and
/// fits better.
pub(crate) fn for_end(
    visits: Visits<'_>,
    queue: u32,
    at: i64,
    how: How,
    begun: Option<i64>,
) -> Option<VisitRef> {
    let here = || visits.filter(|(_, slots)| slots.queue == queue && slots.refused.is_none());
    let mut open = here().filter(|(_, slots)| slots.end.is_none());
    match (open.next(), open.next()) {
        (None, _) => None,
        (Some((only, _)), None) if here().nth(1).is_none() => Some(only),
        _ => {
            // An end with a talk ends a visit that was answered, if there is one.
            let fits = |slots: &Slots| !how.is_answered() || slots.is_answered();
            let fitting = here().filter(|(_, slots)| fits(slots));
            nearest(fitting, at, begun).or_else(|| nearest(here(), at, begun))
        }
    }
}

/// The visit that was going on at `at`.
pub(crate) fn going_on(visits: Visits<'_>, queue: u32, at: i64) -> Option<VisitRef> {
    let here = || visits.filter(|(_, slots)| slots.queue == queue && slots.refused.is_none());
    let mut all = here();
    if let (Some((only, _)), None) = (all.next(), all.next()) {
        return Some(only);
    }
    let going_on = |slots: &Slots| {
        slots.arrived().is_none_or(|arrived| arrived <= at)
            && slots.end.is_none_or(|end| end.at >= at)
    };
    here()
        .filter(|(_, slots)| going_on(slots))
        .max_by_key(|(_, slots)| slots.arrived())
        .or_else(|| here().find(|(_, slots)| slots.is_open()))
        .or_else(|| here().max_by_key(|(_, slots)| slots.arrived()))
        .map(|(visit, _)| visit)
}

/// The visit whose entry is nearest to what the event implies; without that, the
/// one that entered last before the event.
fn nearest<'a>(
    mut visits: impl Iterator<Item = (VisitRef, &'a Slots)>,
    at: i64,
    begun: Option<i64>,
) -> Option<VisitRef> {
    let first = visits.next()?;
    let far = |(_, slots): &(VisitRef, &Slots)| {
        let arrived = slots.arrived().unwrap_or(slots.last);
        let distance = match begun {
            Some(begun) => (arrived - begun).abs(),
            None if arrived > at => i64::MAX,
            None => at - arrived,
        };
        (distance, slots.end.is_some())
    };
    let best = visits.fold(first, |best, other| {
        if far(&other) < far(&best) {
            other
        } else {
            best
        }
    });
    Some(best.0)
}

/// Whether an event belongs to a visit that is over and was handed over already.
pub(crate) fn is_past<'a>(
    mut past: impl Iterator<Item = &'a Past>,
    queue: u32,
    begun: Option<i64>,
) -> bool {
    past.any(|past| {
        past.queue == queue
            && begun.is_none_or(|begun| {
                (past.arrived - begun).abs() <= WINDOW || begun < past.ended - WINDOW / 2
            })
    })
}
