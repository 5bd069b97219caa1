//! Suite `queue-log`: small logs of a telephone system with what must come out.
//!
//! A case is `NAME.expected.json` with a log beside it: `NAME.log`, `NAME.csv` for a
//! table, or several files whose names begin with `NAME.`, which are read together.
//!
//! | key | meaning |
//! |---|---|
//! | `tz` | zone of days, intervals and stamps without a zone |
//! | `level` | `must` or `stretch` |
//! | `calls` | one for each visit to a queue, in any order |
//! | `totals` | sums over all visits |
//! | `agents` | by name: logins, pauses, rings, calls, in seconds |
//! | `unique_callers` | different conversations |
//! | `offered_interval` | the half-hour in which the only call was offered |
//! | `findings` | how many findings of a kind, by its name |
//! | `aliases`, `wrapup`, `give_up_after` | what the reader is told |
//!
//! Every field that is there is checked; a field that is not known fails, because
//! what is not checked has not passed.

mod agents;
mod calls;
mod totals;

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use floorwalker::id::{AgentId, QueueId};
use floorwalker::time::Zone;
use floorwalker_acd::queue_log::{Options, QueueLog};
use floorwalker_acd::{read_files, table};
use serde_json::{Map, Value};

use super::Case;

/// Runs every case of a folder.
#[must_use]
pub fn run(folder: &Path) -> Vec<Case> {
    let names = match case_names(folder) {
        Ok(names) => names,
        Err(error) => return vec![("input".to_owned(), Err(error))],
    };
    names
        .into_iter()
        .map(|name| {
            let result = run_case(folder, &name);
            (name, result)
        })
        .collect()
}

const EXPECTED: &str = ".expected.json";

fn case_names(folder: &Path) -> Result<Vec<String>, String> {
    let names = file_names(folder)?;
    let cases = names.iter().filter_map(|name| name.strip_suffix(EXPECTED));
    let mut cases: Vec<String> = cases.map(str::to_owned).collect();
    cases.sort();
    Ok(cases)
}

fn file_names(folder: &Path) -> Result<Vec<String>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn run_case(folder: &Path, name: &str) -> Result<(), String> {
    let path = folder.join(format!("{name}{EXPECTED}"));
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let expected: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let expected = expected.as_object().ok_or("the expectation is no object")?;
    let (options, zone) = options(expected)?;
    let log = read(folder, name, &options)?;
    let mut wrong = Vec::new();
    for (key, value) in expected {
        let checked = match key.as_str() {
            "why" | "level" | "format" | "source" | "note" | "tz" | "options" => Ok(()),
            "aliases" | "alias" | "wrapup" | "wrap_up" | "give_up_after" => Ok(()),
            "calls" => calls::check(&log, value),
            "totals" => totals::check(&log, value),
            "agents" => agents::check(&log, value),
            "unique_callers" => totals::unique_callers(&log, value),
            "offered_interval" => totals::offered_interval(&log, &zone, value),
            "findings" => totals::findings(&log, value),
            other => Err(format!("the key {other} is not known")),
        };
        wrong.extend(checked.err());
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("; "))
    }
}

fn read(folder: &Path, name: &str, options: &Options) -> Result<QueueLog, String> {
    let prefix = format!("{name}.");
    let is_input = |file: &String| file.starts_with(&prefix) && !file.ends_with(EXPECTED);
    let files = file_names(folder)?.into_iter().filter(is_input);
    let files: Vec<PathBuf> = files.map(|file| folder.join(file)).collect();
    match files.as_slice() {
        [] => Err(format!("there is no log beside {name}{EXPECTED}")),
        [only] if only.extension().is_some_and(|end| end == "csv") => {
            let file = std::fs::File::open(only).map_err(|error| error.to_string())?;
            table::read_queue_log(file, options).map_err(|error| error.to_string())
        }
        files => read_files(files, options).map_err(|error| error.to_string()),
    }
}

/// What the reader is told in a case.
fn options(expected: &Map<String, Value>) -> Result<(Options, Zone), String> {
    let told = match expected.get("options") {
        Some(options) => options.as_object().ok_or("options is no object")?,
        None => expected,
    };
    let find = |name: &str| told.get(name).or_else(|| expected.get(name));
    let zone = expected.get("tz").and_then(Value::as_str).unwrap_or("UTC");
    let zone = Zone::get(zone).map_err(|error| error.to_string())?;
    let mut options = Options::default().with_zone(zone.clone());
    if let Some(aliases) = find("aliases").or_else(|| find("alias")) {
        for (in_log, agent) in aliases.as_object().ok_or("aliases is no object")? {
            let agent = agent.as_str().ok_or("an alias is no text")?;
            let agent = AgentId::new(agent).map_err(|error| error.to_string())?;
            options = options.with_alias(in_log, agent);
        }
    }
    if let Some(wrap_up) = find("wrapup").or_else(|| find("wrap_up")) {
        options = with_wrap_up(options, wrap_up).map_err(|error| error.to_string())?;
    }
    if let Some(limit) = find("give_up_after") {
        let secs = limit.as_i64().ok_or("give_up_after is no number")?;
        let limit = TimeDelta::seconds(secs);
        options = options
            .with_give_up_after(limit)
            .map_err(|error| error.to_string())?;
    }
    Ok((options, zone))
}

fn with_wrap_up(options: Options, wrap_up: &Value) -> floorwalker_acd::Result<Options> {
    let secs = |value: &Value| TimeDelta::seconds(value.as_i64().unwrap_or(-1));
    let Some(queues) = wrap_up.as_object() else {
        return options.with_wrap_up(secs(wrap_up));
    };
    queues.iter().try_fold(options, |options, (queue, value)| {
        options.with_queue_wrap_up(QueueId::new(queue)?, secs(value))
    })
}

/// Compares a value with what came out.
fn same(what: &str, expected: &Value, actual: &Value) -> Result<(), String> {
    if expected == actual {
        Ok(())
    } else {
        Err(format!("{what}: expected {expected}, got {actual}"))
    }
}
