//! Operations on dates: business days, deadlines, indemnities.

use chrono::NaiveDate;
use floorwalker::Error;
use floorwalker::time::business::Timeline;
use floorwalker::time::clock::{Deadline, DeadlineUnit, Roll, overrun_steps};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::calendars::refused;
use super::instants::{instant, text, text_or_null, whole};

type Answer = Result<Value, String>;

pub(super) fn date(input: &Value, key: &str) -> Result<NaiveDate, String> {
    word(input, key)
}

/// A member of the input in a type of the library.
fn word<T: DeserializeOwned>(input: &Value, key: &str) -> Result<T, String> {
    serde_json::from_value(input[key].clone()).map_err(|error| format!("{key}: {error}"))
}

/// `key: value`, or the refusal.
fn member(key: &str, value: Result<Value, Error>) -> Value {
    value.map_or_else(|error| refused(&error), |value| json!({ key: value }))
}

pub(super) fn is_business_day(timeline: &Timeline, input: &Value) -> Answer {
    Ok(json!({ "business_day": timeline.is_business_day(date(input, "date")?) }))
}

pub(super) fn add_business_days(timeline: &Timeline, input: &Value, roll_first: bool) -> Answer {
    let (origin, days) = (date(input, "date")?, whole(input, "days")?);
    let rolled = match (roll_first, days < 0) {
        (false, _) => Ok(origin),
        (true, false) => timeline.next_business_day(origin),
        (true, true) => timeline.prev_business_day(origin),
    };
    let found = rolled.and_then(|origin| timeline.add_business_days(origin, days));
    let mut answer = member("date", found.map(|date| json!(date)));
    if roll_first {
        answer["rule"] = json!("roll_then_add");
    }
    Ok(answer)
}

pub(super) fn business_days_between(timeline: &Timeline, input: &Value) -> Answer {
    let (from, to) = (date(input, "from")?, date(input, "to")?);
    Ok(json!({ "days": timeline.business_days_between(from, to) }))
}

pub(super) fn business_dates(timeline: &Timeline, input: &Value) -> Answer {
    let (after, count) = (date(input, "after")?, whole(input, "count")?);
    let dates = (1..=count).map(|nth| timeline.add_business_days(after, nth));
    let dates = dates.collect::<Result<Vec<NaiveDate>, Error>>();
    Ok(member("dates", dates.map(|dates| json!(dates))))
}

pub(super) fn add_days_time(timeline: &Timeline, input: &Value) -> Answer {
    let at = timeline.add_days_ms(instant(input, "from")?, whole(input, "days")?);
    Ok(member("at", at.map(text)))
}

pub(super) fn add_days_close(timeline: &Timeline, input: &Value) -> Answer {
    let (from, days) = (instant(input, "from")?, whole(input, "days")?);
    let origin = timeline.hours().zone().local_date_of_ms(from);
    let date = timeline.add_business_days(origin, days);
    Ok(member(
        "at",
        date.map(|date| text_or_null(timeline.closing_ms(date))),
    ))
}

pub(super) fn deadline(timeline: &Timeline, input: &Value) -> Answer {
    let (unit, roll): (DeadlineUnit, Roll) = (word(input, "unit")?, word(input, "roll")?);
    let (received, amount) = (date(input, "received")?, word(input, "amount")?);
    let deadline = Deadline::new(received, amount, unit, roll, timeline);
    Ok(member(
        "last_day",
        deadline.map(|deadline| json!(deadline.last_day())),
    ))
}

pub(super) fn indemnity(input: &Value) -> Answer {
    let rule = input["rule"].as_str().unwrap_or_default();
    if rule != "step_1_2_3" {
        return Err(format!("no rule is called {rule:?}"));
    }
    let (standard, actual) = (word(input, "standard_days")?, word(input, "actual_days")?);
    let base: f64 = word(input, "base_eur")?;
    let steps = if input["cause"] == "supplier" {
        overrun_steps(standard, actual, 3)
    } else {
        0
    };
    Ok(json!({ "eur": base * f64::from(steps) }))
}
