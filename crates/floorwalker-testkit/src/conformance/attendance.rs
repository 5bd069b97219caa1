//! The suite `attendance`: a folder of cases (`.json`) and of punches (`.dat`).
//!
//! A case file is a list of objects with `name`, `rule`, `holds` (whether the rule
//! is kept or broken), `ask` (what is asked), `given`, `expect` and `source`. Of an
//! answer only what `expect` names is compared; an answer that is an error is
//! `{"error": code}`.
//!
//! Punches come in the format of a common fingerprint terminal (tab separated: id,
//! local time, verify, code, work code, reserved; codes 0 in, 1 out, 2 break out, 3
//! break in, anything else unknown; the local clock is taken as UTC). Beside
//! `NAME.dat` may lie session rules `NAME.RULE.rule.json` with what they come to in
//! `NAME.RULE.expected.csv`: lines `session,ID,IN,OUT,BREAKS,SECONDS` and
//! `repair,RULE,COUNT`, as `tests/oracle/attendance_sessions.py` prints them.
//! Without any, laws are checked that hold for all punches.

mod adherence;
mod given;
mod laws;
mod planning;
mod presence;
mod punches;
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::Case;

/// A case as it is written.
#[derive(Deserialize)]
struct RawCase {
    name: String,
    rule: String,
    /// Whether the rule is kept or broken; the tests see to it that both occur.
    #[allow(dead_code, reason = "said for the reader, and asked for by the tests")]
    holds: bool,
    ask: String,
    given: Value,
    expect: Value,
    #[allow(dead_code, reason = "said for the reader")]
    source: String,
}

/// Runs every case of every file in a folder, in order of file name, or of one file.
#[must_use]
pub fn run(path: &Path) -> Vec<Case> {
    match files(path) {
        Ok(files) => files.iter().flat_map(|file| run_file(file)).collect(),
        Err(error) => vec![(path.display().to_string(), Err(error))],
    }
}

fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = fs::read_dir(path).map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    Ok(files)
}

fn run_file(path: &Path) -> Vec<Case> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.ends_with(".dat") {
        punches::run(path, &name)
    } else if name.ends_with(".json") && !name.ends_with(".rule.json") {
        run_cases(path, &name)
    } else {
        Vec::new()
    }
}

fn run_cases(path: &Path, file: &str) -> Vec<Case> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string());
    let cases = text.and_then(|text| {
        serde_json::from_str::<Vec<RawCase>>(&text).map_err(|error| error.to_string())
    });
    match cases {
        Ok(cases) => cases.iter().map(|case| check(file, case)).collect(),
        Err(error) => vec![(file.to_owned(), Err(error))],
    }
}

fn check(file: &str, case: &RawCase) -> Case {
    let name = format!("{file} {}: {}", case.rule, case.name);
    let answer = match answer(&case.ask, &case.given) {
        Ok(answer) => answer,
        Err(Failure::Refused(error)) => json!({ "error": error.code() }),
        Err(Failure::BadCase(why)) => return (name, Err(why)),
    };
    let result = if holds(&case.expect, &answer) {
        Ok(())
    } else {
        Err(format!("expected {}, got {answer}", case.expect))
    };
    (name, result)
}

/// Why there is no answer.
enum Failure {
    /// The library refused.
    Refused(floorwalker::Error),
    /// The case cannot be read.
    BadCase(String),
}

impl From<floorwalker::Error> for Failure {
    fn from(error: floorwalker::Error) -> Self {
        Self::Refused(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::BadCase(error.to_string())
    }
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Self::BadCase(why)
    }
}

fn answer(ask: &str, given: &Value) -> Result<Value, Failure> {
    match ask {
        "sessions" => punches::sessions(given),
        "days" => presence::days(given),
        "board" => presence::board(given),
        "adherence" => adherence::adherence(given),
        "occupancy" => adherence::occupancy(given),
        "shift" => planning::shift(given),
        "work_days" => planning::work_days(given),
        "round" => planning::round(given),
        "shrinkage" => planning::shrinkage(given),
        "ledger" => planning::ledger(given),
        other => Err(Failure::BadCase(format!("nobody can be asked {other:?}"))),
    }
}

/// Whether an answer has everything that is expected.
fn holds(expect: &Value, answer: &Value) -> bool {
    match (expect, answer) {
        (Value::Object(expect), Value::Object(answer)) => expect
            .iter()
            .all(|(key, value)| answer.get(key).is_some_and(|answer| holds(value, answer))),
        (Value::Array(expect), Value::Array(answer)) => {
            expect.len() == answer.len() && expect.iter().zip(answer).all(|(e, a)| holds(e, a))
        }
        (expect, answer) => expect == answer,
    }
}
