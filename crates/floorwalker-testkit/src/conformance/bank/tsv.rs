//! The table of calls: one line for each, tab separated.
//!
//! Counting rules: lines with the outcome PHANTOM are no calls. A call reached the
//! queue unless both `q_start` and `q_exit` are 0:00:00, which stands for "never"; one
//! of them alone can be midnight. An AGENT line is answered whoever served it; a HANG
//! line that reached the queue is abandoned; one that did not left in the menu and was
//! never offered. The wait is `q_time`, the talk `ser_time`; a call counts on its date
//! at `vru_entry`. Clocks differ between the systems, so only these durations are used.

use std::io::{BufRead, BufReader};
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};
use floorwalker::contact::{ContactTable, LegRow, Outcome};
use floorwalker::id::{AgentId, QueueId};
use floorwalker::time::{LocalTimePolicy, Zone};

use super::Month;

/// The columns that are used, by place.
const FIELDS: usize = 17;
const TYPE: usize = 4;
const DATE: usize = 5;
const VRU_ENTRY: usize = 6;
const Q_START: usize = 9;
const Q_EXIT: usize = 10;
const Q_TIME: usize = 11;
const OUTCOME: usize = 12;
const SER_TIME: usize = 15;
const SERVER: usize = 16;

const NEVER: &str = "0:00:00";

pub(super) fn read(path: &Path, zone: &Zone) -> Result<Month, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = std::fs::File::open(path).map_err(failed)?;
    let unpacked = flate2::read::MultiGzDecoder::new(file);
    let mut month = Month {
        legs: ContactTable::new(),
        odd: Vec::new(),
    };
    for (number, line) in BufReader::new(unpacked).lines().enumerate().skip(1) {
        let line = line.map_err(failed)?;
        if let Err(why) = take(&line, zone, &mut month.legs) {
            month.odd.push(format!("line {}: {why}", number + 1));
        }
    }
    Ok(month)
}

fn take(line: &str, zone: &Zone, legs: &mut ContactTable) -> Result<(), String> {
    let fields: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
    if fields.len() != FIELDS {
        return Err(format!("{} fields, not {FIELDS}", fields.len()));
    }
    let reached = (fields[Q_START], fields[Q_EXIT]) != (NEVER, NEVER);
    let outcome = match fields[OUTCOME] {
        "AGENT" => Outcome::Answered,
        "HANG" if reached => Outcome::Abandoned,
        "HANG" | "PHANTOM" => return Ok(()),
        other => return Err(format!("outcome {other:?}")),
    };
    let text = |error: floorwalker::Error| error.to_string();
    let queue = legs.queue_code(&QueueId::new(fields[TYPE]).map_err(text)?);
    let arrived = arrived(fields[DATE], fields[VRU_ENTRY], zone)?;
    let left = arrived + seconds(fields[Q_TIME])? * 1000;
    let mut row = LegRow::waiting(queue, arrived);
    row.outcome = outcome;
    row.left_queue_ms = Some(left);
    if outcome == Outcome::Answered {
        let released = left + seconds(fields[SER_TIME])? * 1000;
        row.answered_ms = Some(left);
        row.released_ms = Some(released);
        row.wrapped_up_ms = Some(released);
        if fields[SERVER] != "NO_SERVER" {
            let agent = AgentId::new(fields[SERVER]).map_err(text)?;
            row.agent = Some(legs.agent_code(&agent));
        }
    }
    legs.push_row(&row).map_err(text)
}

fn arrived(date: &str, time: &str, zone: &Zone) -> Result<i64, String> {
    let date = NaiveDate::parse_from_str(date, "%y%m%d").map_err(|why| format!("{date}: {why}"))?;
    let time =
        NaiveTime::parse_from_str(time, "%H:%M:%S").map_err(|why| format!("{time}: {why}"))?;
    let at = zone.resolve(date.and_time(time), LocalTimePolicy::EARLIER);
    at.map(|at| at.timestamp_millis())
        .map_err(|error| error.to_string())
}

fn seconds(field: &str) -> Result<i64, String> {
    let seconds: i64 = field.parse().map_err(|why| format!("{field:?}: {why}"))?;
    if seconds < 0 {
        return Err(format!("{seconds} s"));
    }
    Ok(seconds)
}
