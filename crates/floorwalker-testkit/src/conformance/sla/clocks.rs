//! One clock with pauses.

use floorwalker::Error;
use floorwalker::time::business::Timeline;
use floorwalker::time::clock::{Clock, Pauses};
use serde_json::{Value, json};

use super::instants::{due, instant, parse_instant, seconds, whole};

pub(super) fn sla(timeline: &Timeline, input: &Value) -> Result<Value, String> {
    let clock = clock(input)?;
    let mut answer = match clock.due(timeline) {
        Err(error) if error.code() == "clock.open_pause" => {
            json!({ "due": null, "due_reopen": null })
        }
        other => due(other),
    };
    let as_of = match (&input["as_of"], clock.stop_ms()) {
        (Value::Null, stop) => stop,
        (as_of, _) => Some(parse_instant(as_of)?),
    };
    if let Some(as_of) = as_of {
        let reading = clock.reading(timeline, as_of);
        answer["elapsed_s"] = seconds(reading.elapsed_ms());
        answer["remaining_s"] = seconds(reading.remaining_ms());
        answer["breached"] = json!(reading.is_over());
    }
    Ok(answer)
}

fn clock(input: &Value) -> Result<Clock, String> {
    let say = |error: Error| error.to_string();
    let (start, target) = (instant(input, "start")?, whole(input, "target_s")?);
    let clock = Clock::new(start, target.saturating_mul(1000)).map_err(say)?;
    let pauses = input["pauses"].as_array().map_or(&[][..], Vec::as_slice);
    let pauses = pauses.iter().map(|pause| {
        let to = Some(&pause[1])
            .filter(|to| !to.is_null())
            .map(parse_instant);
        Ok((parse_instant(&pause[0])?, to.transpose()?))
    });
    let pauses = pauses.collect::<Result<Vec<_>, String>>()?;
    let clock = clock.with_pauses(Pauses::new(pauses).map_err(say)?);
    match &input["stop"] {
        Value::Null => Ok(clock),
        stop => clock.with_stop(parse_instant(stop)?).map_err(say),
    }
}
