//! The suite `sla`: business time, clocks, tickets and deadlines, in the schema
//! `sla-conformance/1` (its README lies beside the cases).
//!
//! Each case is answered by the library and compared with `expect`. Where a case has
//! an `alt`, it is answered once more under the policy that `alt_rule` (or the `rule`
//! inside) names. Members of an answer that a case does not expect are not compared.

mod calendars;
mod clocks;
mod dates;
mod instants;
mod tickets;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use floorwalker::time::business::Boundaries;
use serde::Deserialize;
use serde_json::Value;

use super::Case;
use calendars::{Calendars, RawCalendar};

/// How an answer is to be given where the trade has two ways.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Policy {
    boundaries: Boundaries,
    /// Move an origin that is no business day before counting business days.
    roll_first: bool,
}

impl Policy {
    const DOCUMENTED: Self = Self {
        boundaries: Boundaries::Compatible,
        roll_first: false,
    };

    fn named(rule: &str) -> Result<Self, String> {
        match rule {
            "wall_clock" => Ok(Self {
                boundaries: Boundaries::WallClock,
                ..Self::DOCUMENTED
            }),
            "roll_then_add" => Ok(Self {
                roll_first: true,
                ..Self::DOCUMENTED
            }),
            other => Err(format!("no policy is called {other:?}")),
        }
    }
}

#[derive(Deserialize)]
struct CaseFile {
    schema: String,
    calendars: BTreeMap<String, RawCalendar>,
    cases: Vec<RawCase>,
}

#[derive(Deserialize)]
struct RawCase {
    id: String,
    op: String,
    calendar: Option<String>,
    #[serde(default)]
    calendars: Vec<String>,
    input: Value,
    expect: Value,
    alt: Option<Value>,
    alt_rule: Option<String>,
}

/// Runs every case of every `.json` file in a folder, in order of file name.
pub fn run(folder: &Path) -> Vec<Case> {
    let mut paths: Vec<_> = match fs::read_dir(folder) {
        Ok(entries) => entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect(),
        Err(error) => return vec![(folder.display().to_string(), Err(error.to_string()))],
    };
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort_unstable();
    paths.iter().flat_map(|path| run_file(path)).collect()
}

fn run_file(path: &Path) -> Vec<Case> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    match read(path) {
        Ok(file) => {
            let calendars = Calendars::new(&file.calendars);
            file.cases
                .iter()
                .flat_map(|case| run_case(&name, &calendars, case))
                .collect()
        }
        Err(error) => vec![(name.into_owned(), Err(error))],
    }
}

fn read(path: &Path) -> Result<CaseFile, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let file: CaseFile = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    if file.schema == "sla-conformance/1" {
        Ok(file)
    } else {
        Err(format!(
            "the schema is {:?}, not sla-conformance/1",
            file.schema
        ))
    }
}

fn run_case(file: &str, calendars: &Calendars<'_>, case: &RawCase) -> Vec<Case> {
    let name = format!("{file}/{}", case.id);
    let canonical = check(calendars, case, Policy::DOCUMENTED, &case.expect);
    let mut results = vec![(name.clone(), canonical)];
    if let Some(alt) = &case.alt {
        let rule = case
            .alt_rule
            .as_deref()
            .or_else(|| alt["rule"].as_str())
            .unwrap_or_default();
        let result = Policy::named(rule).and_then(|policy| check(calendars, case, policy, alt));
        results.push((format!("{name} by {rule}"), result));
    }
    results
}

fn check(
    calendars: &Calendars<'_>,
    case: &RawCase,
    policy: Policy,
    expect: &Value,
) -> Result<(), String> {
    let answer = answer(calendars, case, policy)?;
    if case.op == "windows_intersection" {
        return agree_from_the_start(expect, answer);
    }
    agree(expect, &answer)
}

/// The answer of the library, as a case would write it.
// flat table
fn answer(calendars: &Calendars<'_>, case: &RawCase, policy: Policy) -> Result<Value, String> {
    let input = &case.input;
    let name = || {
        case.calendar
            .as_deref()
            .ok_or("the case names no calendar".to_owned())
    };
    let calendar = || calendars.calendar(name()?, policy.boundaries);
    let timeline = || calendars.timeline(name()?, policy.boundaries);
    match case.op.as_str() {
        "reject_calendar" => calendars.refusal(name()?),
        "status" => instants::status(&calendar()?, input),
        "resolve_local" => instants::resolve_local(&calendar()?, input),
        "is_open" => instants::is_open(&timeline()?, input),
        "next_open" => instants::next_open(&timeline()?, input),
        "prev_open" => instants::prev_open(&timeline()?, input),
        "next_close" => instants::next_close(&timeline()?, input),
        "elapsed" => instants::elapsed(&timeline()?, input),
        "add" => instants::add(&timeline()?, input),
        "sub" => instants::sub(&timeline()?, input),
        "windows" => instants::windows(&timeline()?, input),
        "windows_intersection" => instants::windows(
            &calendars.common(&case.calendars, policy.boundaries)?,
            input,
        ),
        "is_business_day" => dates::is_business_day(&timeline()?, input),
        "add_business_days" => dates::add_business_days(&timeline()?, input, policy.roll_first),
        "business_days_between" => dates::business_days_between(&timeline()?, input),
        "business_dates" => dates::business_dates(&timeline()?, input),
        "add_days_time" => dates::add_days_time(&timeline()?, input),
        "add_days_close" => dates::add_days_close(&timeline()?, input),
        "deadline" => dates::deadline(&timeline()?, input),
        "indemnity" => dates::indemnity(input),
        "sla" => clocks::sla(&timeline()?, input),
        "ticket" => tickets::ticket(calendars, input, policy.boundaries),
        other => Err(format!("no operation is called {other:?}")),
    }
}

/// Whether the answer holds everything that is expected.
fn agree(expect: &Value, answer: &Value) -> Result<(), String> {
    if holds(expect, answer) {
        Ok(())
    } else {
        Err(format!("expected {expect}, got {answer}"))
    }
}

/// The same, where windows may have been searched for over a short time only: those
/// expected must be the first.
fn agree_from_the_start(expect: &Value, mut answer: Value) -> Result<(), String> {
    let expected = expect["windows"].as_array().map_or(0, Vec::len);
    if let Some(windows) = answer["windows"].as_array_mut() {
        windows.truncate(expected);
    }
    agree(expect, &answer)
}

fn holds(expect: &Value, answer: &Value) -> bool {
    match (expect, answer) {
        (Value::Object(expected), Value::Object(given)) => expected
            .iter()
            .all(|(key, value)| given.get(key).is_some_and(|given| holds(value, given))),
        (Value::Array(expected), Value::Array(given)) => {
            expected.len() == given.len()
                && expected
                    .iter()
                    .zip(given)
                    .all(|(value, given)| holds(value, given))
        }
        (Value::Number(expected), Value::Number(given)) => expected.as_f64() == given.as_f64(),
        _ => expect == answer,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_may_hold_more_but_not_differ() {
        let answer = json!({ "due": "x", "cycles": [{ "elapsed_s": 3.0, "state": "met" }] });
        assert!(holds(&json!({ "cycles": [{ "elapsed_s": 3 }] }), &answer));
        for wrong in [
            json!({ "due": "y" }),
            json!({ "missing": null }),
            json!({ "cycles": [] }),
            json!({ "cycles": [{ "elapsed_s": 4 }] }),
        ] {
            assert!(!holds(&wrong, &answer), "{wrong}");
        }
    }
}
