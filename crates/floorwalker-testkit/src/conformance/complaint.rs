//! The suite `complaint`: what policies ask for, and which procedures are impossible.
//!
//! `policies.json`: `given` is a question to a policy, with the name of a calendar (Monday
//! to Friday without the holidays that the file lists under the name); members of the answer that a case does not expect are not
//! compared. `procedures.json`: `given` is a list of changes to the default procedure,
//! `expect` the kinds of faults, each once, in their order.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use floorwalker::Error;
use floorwalker::complaint::{
    FaultKind, PolicyAnswer, PolicyBook, Procedure, ProcedureRecord, Question,
};
use floorwalker::id::Label;
use floorwalker::time::Zone;
use floorwalker::time::business::{Calendar, DayWindow, Holidays, Timeline, WeekHours};
use floorwalker::time::clock::WaiverCause;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Case;

#[derive(Deserialize)]
struct RawFile {
    #[serde(default)]
    calendars: BTreeMap<String, Vec<NaiveDate>>,
    cases: Vec<RawCase>,
}

#[derive(Deserialize)]
struct RawCase {
    name: String,
    rule: String,
    given: Value,
    expect: Value,
}

/// Runs the suite on a folder.
#[must_use]
pub fn run(folder: &Path) -> Vec<Case> {
    let book = PolicyBook::built_in();
    let mut cases = Vec::new();
    for file in ["policies.json", "procedures.json"] {
        match read(&folder.join(file)) {
            Ok(raw) => cases.extend(
                raw.cases
                    .iter()
                    .map(|case| (case.name.clone(), check(&book, &raw, case))),
            ),
            Err(error) => cases.push((file.to_owned(), Err(error))),
        }
    }
    cases
}

fn read(path: &Path) -> Result<RawFile, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

fn check(book: &PolicyBook, file: &RawFile, case: &RawCase) -> Result<(), String> {
    let answer = match case.rule.as_str() {
        "policy.answer" => policy(book, &file.calendars, &case.given)?,
        "procedure.faults" => faults(&case.given)?,
        other => return Err(format!("no rule is called {other:?}")),
    };
    compare(&case.expect, &answer)
}

/// Compares the members that are expected, or the whole list.
fn compare(expect: &Value, answer: &Value) -> Result<(), String> {
    let wrong = match expect.as_object() {
        Some(members) => members
            .iter()
            .any(|(name, value)| answer.get(name).unwrap_or(&Value::Null) != value),
        None => expect != answer,
    };
    if wrong {
        Err(format!("expected {expect}, got {answer}"))
    } else {
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    policy: String,
    received: NaiveDate,
    today: NaiveDate,
    #[serde(default)]
    acknowledged: Option<NaiveDate>,
    #[serde(default)]
    answered: Option<NaiveDate>,
    #[serde(default)]
    holding: Option<NaiveDate>,
    #[serde(default)]
    facts: Vec<Label>,
    #[serde(default)]
    cause: Option<WaiverCause>,
    #[serde(default)]
    paid: bool,
    calendar: String,
}

fn policy(
    book: &PolicyBook,
    calendars: &BTreeMap<String, Vec<NaiveDate>>,
    given: &Value,
) -> Result<Value, String> {
    let raw: RawQuestion =
        serde_json::from_value(given.clone()).map_err(|error| error.to_string())?;
    let holidays = calendars
        .get(&raw.calendar)
        .ok_or_else(|| format!("no calendar is called {}", raw.calendar))?;
    let hours = hours(holidays).map_err(|error| error.to_string())?;
    let question = Question {
        acknowledged: raw.acknowledged,
        answered: raw.answered,
        holding: raw.holding,
        facts: &raw.facts,
        cause: raw.cause,
        paid: raw.paid,
        ..Question::new(&raw.policy, raw.received, raw.today)
    };
    Ok(match book.answer(&question, &hours) {
        Ok(answer) => written(&answer),
        Err(error) => json!({ "error": error.code() }),
    })
}

fn hours(holidays: &[NaiveDate]) -> Result<Timeline, Error> {
    let week = WeekHours::monday_to_friday(&[DayWindow::WHOLE_DAY])?;
    let calendar = Calendar::new(Zone::get("Europe/Rome")?, week)?;
    Ok(Timeline::new(
        calendar.with_holidays(Holidays::on(holidays.iter().copied())?),
    ))
}

fn written(answer: &PolicyAnswer<'_>) -> Value {
    json!({
        "last_day": answer.deadline.map(|deadline| deadline.last_day()),
        "extended": answer.extended,
        "standing": answer.standing,
        "days": answer.days,
        "indemnity": answer.indemnity.map(|money| money.to_string()),
        "next": answer.next.map(|duty| duty.kind),
        "recourse": answer.recourse,
    })
}

/// One change to the default procedure.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
struct Change {
    /// Put a value at a place.
    put: Option<String>,
    /// Add a value to a list; the place ends with `/-`.
    add: Option<String>,
    /// Take out of a list what has this step.
    drop: Option<String>,
    step: Option<String>,
    #[serde(default)]
    value: Value,
}

fn faults(given: &Value) -> Result<Value, String> {
    let changes: Vec<Change> =
        serde_json::from_value(given.clone()).map_err(|error| error.to_string())?;
    let mut procedure =
        serde_json::to_value(Procedure::iso_10002().record()).map_err(|error| error.to_string())?;
    for change in changes {
        apply(&mut procedure, change)?;
    }
    let record: ProcedureRecord =
        serde_json::from_value(procedure).map_err(|error| error.to_string())?;
    let faults = Procedure::faults(&record);
    if faults.is_empty() != Procedure::new(record).is_ok() {
        return Err("a procedure is taken if and only if it has no faults".to_owned());
    }
    let mut kinds: Vec<FaultKind> = Vec::new();
    for fault in faults {
        if !kinds.contains(&fault.kind) {
            kinds.push(fault.kind);
        }
    }
    Ok(json!(kinds))
}

fn apply(procedure: &mut Value, change: Change) -> Result<(), String> {
    let missing = |place: &str| format!("there is no {place}");
    if let Some(place) = change.put {
        *procedure
            .pointer_mut(&place)
            .ok_or_else(|| missing(&place))? = change.value;
    } else if let Some(place) = change.add {
        let list = procedure
            .pointer_mut(place.trim_end_matches("/-"))
            .and_then(Value::as_array_mut);
        list.ok_or_else(|| missing(&place))?.push(change.value);
    } else if let Some(place) = change.drop {
        let list = procedure.pointer_mut(&place).and_then(Value::as_array_mut);
        let step = json!(change.step);
        list.ok_or_else(|| missing(&place))?
            .retain(|item| item["step"] != step);
    }
    Ok(())
}
