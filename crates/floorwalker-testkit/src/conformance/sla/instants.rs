//! Operations on instants.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use floorwalker::Error;
use floorwalker::time::business::{Calendar, Due, Timeline};
use floorwalker::time::{Double, LocalTimePolicy, Missing, Span};
use serde_json::{Value, json};

use super::calendars::refused;

type Answer = Result<Value, String>;

/// Milliseconds of an instant in the input.
pub(super) fn instant(input: &Value, key: &str) -> Result<i64, String> {
    parse_instant(&input[key]).map_err(|error| format!("{key}: {error}"))
}

pub(super) fn parse_instant(value: &Value) -> Result<i64, String> {
    let text = value
        .as_str()
        .ok_or_else(|| format!("{value} is no instant"))?;
    let at: DateTime<Utc> = text.parse().map_err(|error| format!("{text}: {error}"))?;
    Ok(at.timestamp_millis())
}

/// A whole number in the input.
pub(super) fn whole(input: &Value, key: &str) -> Result<i64, String> {
    input[key]
        .as_i64()
        .ok_or_else(|| format!("{key} is no whole number in {input}"))
}

/// An instant as the schema writes it.
pub(super) fn text(ms: i64) -> Value {
    let at = DateTime::from_timestamp_millis(ms).unwrap_or_default();
    json!(at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

pub(super) fn text_or_null(ms: Option<i64>) -> Value {
    ms.map_or(Value::Null, text)
}

/// Milliseconds as seconds, whole where they are.
pub(super) fn seconds(ms: i64) -> Value {
    if ms % 1000 == 0 {
        json!(ms / 1000)
    } else {
        #[allow(clippy::cast_precision_loss, reason = "for a message only")]
        let seconds = ms as f64 / 1000.0;
        json!(seconds)
    }
}

pub(super) fn due(due: Result<Due, Error>) -> Value {
    match due {
        Ok(due) => json!({ "due": text(due.at_ms), "due_reopen": text_or_null(due.reopen_ms) }),
        Err(error) => refused(&error),
    }
}

fn at_or_refused(at: Option<i64>) -> Value {
    at.map_or(
        json!({ "at": null, "error": "never_opens" }),
        |at| json!({ "at": text(at) }),
    )
}

pub(super) fn status(calendar: &Calendar, input: &Value) -> Answer {
    let at = instant(input, "at")?;
    Ok(json!({ "holiday": calendar.is_holiday_ms(at), "on_break": calendar.is_break_ms(at) }))
}

pub(super) fn resolve_local(calendar: &Calendar, input: &Value) -> Answer {
    let date: NaiveDate = super::dates::date(input, "date")?;
    let time = input["time"].as_str().ok_or("time is no text")?;
    let local = match time {
        "24:00" => date.succ_opt().unwrap_or(date).and_time(NaiveTime::MIN),
        _ => date.and_time(time.parse().map_err(|error| format!("{time}: {error}"))?),
    };
    let compatible = LocalTimePolicy {
        missing: Missing::ShiftForward,
        double: Double::Earlier,
    };
    let at = calendar
        .zone()
        .resolve(local, compatible)
        .map_err(|error| error.to_string())?;
    Ok(json!({ "at": text(at.timestamp_millis()) }))
}

pub(super) fn is_open(timeline: &Timeline, input: &Value) -> Answer {
    Ok(json!({ "open": timeline.is_open_ms(instant(input, "at")?) }))
}

pub(super) fn next_open(timeline: &Timeline, input: &Value) -> Answer {
    Ok(at_or_refused(timeline.next_open_ms(instant(input, "at")?)))
}

pub(super) fn prev_open(timeline: &Timeline, input: &Value) -> Answer {
    Ok(at_or_refused(timeline.prev_open_ms(instant(input, "at")?)))
}

pub(super) fn next_close(timeline: &Timeline, input: &Value) -> Answer {
    let at = instant(input, "at")?;
    let never = timeline.next_open_ms(at).is_none();
    let close = text_or_null(timeline.next_close_ms(at));
    Ok(if never {
        json!({ "at": close, "error": "never_opens" })
    } else {
        json!({ "at": close })
    })
}

pub(super) fn elapsed(timeline: &Timeline, input: &Value) -> Answer {
    let (from, to) = (instant(input, "from")?, instant(input, "to")?);
    Ok(json!({ "seconds": seconds(timeline.elapsed_ms(from, to)) }))
}

pub(super) fn add(timeline: &Timeline, input: &Value) -> Answer {
    let (from, amount) = (instant(input, "from")?, whole(input, "seconds")?);
    Ok(due(timeline.add_ms(from, amount.saturating_mul(1000))))
}

pub(super) fn sub(timeline: &Timeline, input: &Value) -> Answer {
    let (from, amount) = (instant(input, "from")?, whole(input, "seconds")?);
    Ok(match timeline.sub_ms(from, amount.saturating_mul(1000)) {
        Ok(start) => json!({ "start": text(start) }),
        Err(error) => refused(&error),
    })
}

pub(super) fn windows(timeline: &Timeline, input: &Value) -> Answer {
    let from = instant(input, "from")?;
    let windows: Vec<Span> = if input["until"].is_null() {
        let count = usize::try_from(whole(input, "count")?).map_err(|error| error.to_string())?;
        match input["direction"].as_str().unwrap_or("forward") {
            "forward" => timeline.windows_from_ms(from).take(count).collect(),
            "backward" => timeline.windows_before_ms(from).take(count).collect(),
            other => return Err(format!("no direction is called {other:?}")),
        }
    } else {
        let span = Span::from_millis(from, instant(input, "until")?);
        timeline
            .windows(span.map_err(|error| error.to_string())?)
            .collect()
    };
    let pair = |window: &Span| json!([text(window.start_ms()), text(window.end_ms())]);
    Ok(json!({ "windows": windows.iter().map(pair).collect::<Vec<_>>() }))
}
