//! Short writing for plans, as the cases of `tests/conformance/roster/` use it.
//!
//! `2026-03-02..2026-03-06 09:00-17:30 meal=13:00-13:30` is a shift on each of five days with a
//! meal above it; `as=tech` says what is done instead of the telephone. Times are local; a time
//! before the start of the shift lies on the next day.

use chrono::{NaiveDate, NaiveTime};
use floorwalker::id::AgentId;
use floorwalker::roster::{Activity, ActivityKind, Assignment, Layer, Piece};
use floorwalker::time::{LocalTimePolicy, Span, Zone};

/// A planned time takes the first of two.
const POLICY: LocalTimePolicy = LocalTimePolicy {
    missing: floorwalker::time::Missing::NextValid,
    double: floorwalker::time::Double::Earlier,
};

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is no date"))
}

/// The dates of `2026-03-02` or `2026-03-02..2026-03-06`, the last included.
pub(crate) fn dates(text: &str) -> Vec<NaiveDate> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let last = date(last);
    date(first)
        .iter_days()
        .take_while(|day| *day <= last)
        .collect()
}

pub(crate) fn activity(name: &str) -> Activity {
    use ActivityKind as K;
    let kind = match name {
        "phone" | "tech" => K::Contact,
        "paper" => K::BackOffice,
        "meeting" => K::Meeting,
        "meal" | "paid_meal" => K::Meal,
        "rest" | "unpaid_rest" => K::Rest,
        "pause" => K::ScreenBreak,
        "nursing" => K::BreastfeedingRest,
        "on_call" => K::OnCall,
        "off" => K::TimeOff,
        other => panic!("no such activity: {other}"),
    };
    let made = Activity::new(name.parse().unwrap(), kind);
    match name {
        "tech" => made.with_skills(["tech".parse().unwrap()]),
        "paper" => made.with_screen(false),
        "paid_meal" => made.with_paid(true),
        "unpaid_rest" => made.with_paid(false),
        _ => made,
    }
}

/// The local times `09:00-17:30` on `day`, those before `start` on the next.
fn span(times: &str, day: NaiveDate, start: Option<NaiveTime>, zone: &Zone) -> Span {
    let (from, until) = times.split_once('-').unwrap();
    let time = |text: &str| -> NaiveTime { text.parse().unwrap() };
    let (from, until) = (time(from), time(until));
    let shift_start = start.unwrap_or(from);
    let at = |time: NaiveTime, is_end: bool| {
        let is_next_day = time < shift_start || (is_end && time <= from && time == shift_start);
        let day = if is_next_day {
            day.succ_opt().unwrap()
        } else {
            day
        };
        zone.resolve(day.and_time(time), POLICY).unwrap()
    };
    Span::new(at(from, false), at(until, true)).unwrap()
}

/// The shifts of `text`, one for each of its days.
pub(crate) fn shifts(text: &str, operator: &AgentId, zone: &Zone) -> Vec<Assignment> {
    let mut words = text.split(' ');
    let (days, times) = (dates(words.next().unwrap()), words.next().unwrap());
    let words: Vec<(&str, &str)> = words.map(|word| word.split_once('=').unwrap()).collect();
    let shift = |day: NaiveDate| {
        let base = words
            .iter()
            .find(|word| word.0 == "as")
            .map_or("phone", |word| word.1);
        let whole = span(times, day, None, zone);
        let start: NaiveTime = times.split_once('-').unwrap().0.parse().unwrap();
        let mut pieces = vec![Piece::productive(activity(base), whole)];
        for (name, times) in words.iter().filter(|word| word.0 != "as") {
            pieces.push(Piece {
                activity: activity(name),
                span: span(times, day, Some(start), zone),
                layer: Layer::Auxiliary,
            });
        }
        Assignment::new(operator.clone(), day, pieces).unwrap()
    };
    days.into_iter().map(shift).collect()
}
