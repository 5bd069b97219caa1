//! Which visit of a call an event belongs to.
//!
//! A call has one open visit nearly always, and then that is the one: within a call
//! the order of lines is worth more than the stamps. Only if there are several, the
//! entry that the fields of the event imply decides.

use super::clock::WINDOW;
use super::memory::Past;
use super::slots::{How, Slots};

/// The serial of the visit that an answer belongs to.
pub(crate) fn for_answer(visits: &[Slots], queue: u32, at: i64, begun: Option<i64>) -> Option<u32> {
    let fits = |slots: &&Slots| {
        slots.queue == queue
            && slots.answer.is_none()
            && slots.refused.is_none()
            && slots.end.is_none_or(|end| end.how.is_answered())
    };
    nearest(visits.iter().filter(fits), at, begun)
}

/// The serial of the visit that an end belongs to: an open one, or one that ended a
/// moment ago and fits better.
pub(crate) fn for_end(
    visits: &[Slots],
    queue: u32,
    at: i64,
    how: How,
    begun: Option<i64>,
) -> Option<u32> {
    let of_queue = |slots: &&Slots| slots.queue == queue && slots.refused.is_none();
    let mut open = visits
        .iter()
        .filter(of_queue)
        .filter(|slots| slots.end.is_none());
    let (first, second) = (open.next(), open.next());
    let ended = visits
        .iter()
        .filter(of_queue)
        .any(|slots| slots.end.is_some());
    match (first, second, ended) {
        (Some(only), None, false) => Some(only.serial),
        (None, None, _) => None,
        _ => {
            // An end with a talk ends a visit that was answered, if there is one.
            let fits = |slots: &&Slots| !how.is_answered() || slots.is_answered();
            let all = || visits.iter().filter(of_queue);
            nearest(all().filter(fits), at, begun).or_else(|| nearest(all(), at, begun))
        }
    }
}

/// The serial of the visit that was going on at `at`.
pub(crate) fn going_on(visits: &[Slots], queue: u32, at: i64) -> Option<u32> {
    let of_queue = |slots: &&Slots| slots.queue == queue && slots.refused.is_none();
    let going_on = |slots: &&Slots| {
        slots.arrived().is_none_or(|arrived| arrived <= at)
            && slots.end.is_none_or(|end| end.at >= at)
    };
    let latest = |slots: &&Slots| slots.arrived();
    let all = || visits.iter().filter(of_queue);
    let best = all().filter(going_on).max_by_key(latest);
    best.or_else(|| all().find(|slots| slots.is_open()))
        .or_else(|| all().max_by_key(latest))
        .map(|slots| slots.serial)
}

/// The visit whose entry is nearest to what the event implies; without that, the
/// one that entered last before the event.
fn nearest<'a>(
    visits: impl Iterator<Item = &'a Slots>,
    at: i64,
    begun: Option<i64>,
) -> Option<u32> {
    let far = |slots: &&Slots| {
        let arrived = slots.arrived().unwrap_or(slots.last);
        let distance = match begun {
            Some(begun) => (arrived - begun).abs(),
            None if arrived > at => i64::MAX,
            None => at - arrived,
        };
        (distance, slots.end.is_some(), slots.serial)
    };
    visits.min_by_key(far).map(|slots| slots.serial)
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
