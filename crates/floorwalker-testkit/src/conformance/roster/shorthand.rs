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

/// A date, as `2026-03-02`.
///
/// # Errors
/// If it is none.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| format!("{text} is no date"))
}

/// The dates of `2026-03-02` or `2026-03-02..2026-03-06`, the last included.
///
/// # Errors
/// If one of the two is no date.
pub fn dates(text: &str) -> Result<Vec<NaiveDate>, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let last = date(last)?;
    let days = date(first)?.iter_days();
    Ok(days.take_while(|day| *day <= last).collect())
}

/// The activity that the cases call by `name`.
///
/// # Errors
/// If none is called so.
pub fn activity(name: &str) -> Result<Activity, String> {
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
        other => return Err(format!("no such activity: {other}")),
    };
    let made = Activity::new(name.parse().map_err(told)?, kind);
    Ok(match name {
        "tech" => made.with_skills(["tech".parse().map_err(told)?]),
        "paper" => made.with_screen(false),
        "paid_meal" => made.with_paid(true),
        "unpaid_rest" => made.with_paid(false),
        _ => made,
    })
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn times(text: &str) -> Result<(NaiveTime, NaiveTime), String> {
    let (from, until) = text
        .split_once('-')
        .ok_or_else(|| format!("{text} is no span of times"))?;
    let time = |text: &str| text.parse().map_err(|_| format!("{text} is no time"));
    Ok((time(from)?, time(until)?))
}

/// The local times `09:00-17:30` on `day`, those before `start` on the next.
fn span(text: &str, day: NaiveDate, start: NaiveTime, zone: &Zone) -> Result<Span, String> {
    let (from, until) = times(text)?;
    let at = |time: NaiveTime, is_end: bool| {
        let is_next_day = time < start || (is_end && time <= from && time == start);
        let day = if is_next_day {
            day.succ_opt()
        } else {
            Some(day)
        };
        let day = day.ok_or("the last of all days")?;
        zone.resolve(day.and_time(time), POLICY).map_err(told)
    };
    Span::new(at(from, false)?, at(until, true)?).map_err(told)
}

/// The shifts of `text`, one for each of its days.
///
/// # Errors
/// If a word of it cannot be read.
pub fn shifts(text: &str, operator: &AgentId, zone: &Zone) -> Result<Vec<Assignment>, String> {
    let mut words = text.split(' ');
    let (Some(days), Some(whole)) = (words.next(), words.next()) else {
        return Err(format!("{text} has no days and times"));
    };
    let (start, _) = times(whole)?;
    let mut base = "phone";
    let mut above = Vec::new();
    for word in words {
        match word.split_once('=') {
            Some(("as", name)) => base = name,
            Some(layer) => above.push(layer),
            None => return Err(format!("{word} is no activity with times")),
        }
    }
    let shift = |day: NaiveDate| {
        let mut pieces = vec![Piece::productive(
            activity(base)?,
            span(whole, day, start, zone)?,
        )];
        for (name, times) in &above {
            pieces.push(Piece {
                activity: activity(name)?,
                span: span(times, day, start, zone)?,
                layer: Layer::Auxiliary,
            });
        }
        Assignment::new(operator.clone(), day, pieces).map_err(told)
    };
    dates(days)?.into_iter().map(shift).collect()
}
