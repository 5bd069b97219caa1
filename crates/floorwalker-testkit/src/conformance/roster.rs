//! The suite `roster`: each rule of each pack, kept and broken.
//!
//! A folder has a file of cases for each rule pack, named for it, and one named `plan` for the
//! rules that every pack has. Times are in minutes, other values as they are.

pub mod shorthand;

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use floorwalker::id::{AgentId, PackId, RuleId};
use floorwalker::roster::rules::RuleTest;
use floorwalker::roster::{
    Assignment, CheckReport, CheckWindow, Checker, Finding, Opening, Reason, Roster, RulePacks,
    Unit,
};
use floorwalker::team::{Absence, AbsenceCalendar, AbsenceStatus, Staff};
use floorwalker::time::{Span, Zone};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::Case;
use shorthand::{date, dates, shifts};

/// The file of the rules that every pack has.
const PLAN: &str = "plan";

/// What a case gives, read.
#[derive(Debug)]
pub struct Given {
    staff: Staff,
    packs: RulePacks,
    window: CheckWindow,
    absences: AbsenceCalendar,
    holidays: Vec<NaiveDate>,
    openings: Vec<(AgentId, Opening)>,
    /// The shifts.
    pub roster: Roster,
}

/// Runs the suite on a folder.
#[must_use]
pub fn run(folder: &Path) -> Vec<Case> {
    let cases = match all(folder) {
        Ok(cases) => cases,
        Err(error) => return vec![(folder.display().to_string(), Err(error))],
    };
    cases
        .iter()
        .map(|(pack, case)| (name(pack, case), check(pack, case)))
        .collect()
}

/// All cases of a folder, each with the pack that it is about.
///
/// # Errors
/// If the folder or one of its files cannot be read.
pub fn all(folder: &Path) -> Result<Vec<(String, Value)>, String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        files.push(entry.map_err(told)?.path());
    }
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let pack = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).map_err(told)?;
        let read: Vec<Value> =
            serde_json::from_str(&text).map_err(|error| format!("{pack}.json: {error}"))?;
        cases.extend(read.into_iter().map(|case| (pack.to_string(), case)));
    }
    Ok(cases)
}

fn name(pack: &str, case: &Value) -> String {
    let text = |key: &str| case[key].as_str().unwrap_or("?");
    format!("{pack}: {}, {}", text("rule"), text("name"))
}

fn check(pack: &str, case: &Value) -> Result<(), String> {
    let report = Given::read(pack, case)?.report()?;
    let rule: RuleId = parsed(&case["rule"])?;
    let found: Vec<Value> = report.of_rule(&rule).map(plain).collect();
    if json!(found) != case["expect"] {
        return Err(format!(
            "expected {}, found {}; not judged: {:?}",
            case["expect"],
            json!(found),
            report.not_judged
        ));
    }
    let is_blank = report
        .not_judged
        .iter()
        .any(|one| one.rule.as_ref() == Some(&rule) && matches!(one.reason, Reason::Blank { .. }));
    if is_blank {
        return Err("the rule is blank".to_owned());
    }
    Ok(())
}

/// A finding as a case writes it.
fn plain(finding: &Finding) -> Value {
    let scale = if finding.unit == Unit::Milliseconds {
        60_000
    } else {
        1
    };
    json!([finding.day, finding.measured / scale, finding.limit / scale])
}

impl Given {
    /// Reads what `case` gives to the rules of `pack`.
    ///
    /// # Errors
    /// If a field is missing or cannot be read.
    pub fn read(pack: &str, case: &Value) -> Result<Self, String> {
        let given = &case["given"];
        let zone: Zone = parsed(&given["zone"])?;
        // The rules of the plan are in every pack.
        let rule_pack = if pack == PLAN { "eu" } else { pack };
        let contract = json!({"id": "c", "rule_pack": rule_pack, "week_minutes": 2400});
        let operator = json!({"id": "anna", "zone": zone, "contracts": [{"contract": "c"}]});
        let staff = json!({
            "contracts": [merged(contract, &given["contract"])],
            "operators": [merged(operator, &given["operator"])],
        });
        let anna: AgentId = parsed(&json!("anna"))?;
        let opening: Option<Opening> = parsed(&given["opening"])?;
        let holidays: Option<Vec<NaiveDate>> = parsed(&given["holidays"])?;
        Ok(Self {
            staff: parsed(&staff)?,
            packs: packs(pack, case)?,
            window: parsed(&given["window"])?,
            absences: absences(&given["absences"], &anna, &zone)?,
            holidays: holidays.unwrap_or_default(),
            openings: opening.into_iter().map(|one| (anna.clone(), one)).collect(),
            roster: roster(&given["shifts"], &anna, &zone)?,
        })
    }

    /// What the rules find.
    ///
    /// # Errors
    /// If the staff does not fit the packs.
    pub fn report(&self) -> Result<CheckReport, String> {
        let checker = Checker::new(&self.staff, &self.packs, self.window).map_err(told)?;
        let checker = checker.with_absences(&self.absences);
        let checker = checker.with_holidays(self.holidays.clone());
        Ok(checker
            .with_openings(self.openings.clone())
            .plan(&self.roster))
    }
}

fn merged(mut base: Value, more: &Value) -> Value {
    if let (Some(members), Some(more)) = (base.as_object_mut(), more.as_object()) {
        members.extend(more.clone());
    }
    base
}

fn packs(pack: &str, case: &Value) -> Result<RulePacks, String> {
    let packs = RulePacks::builtin();
    let Some(test) = parsed::<Option<RuleTest>>(&case["given"]["fill"])? else {
        return Ok(packs);
    };
    let id: PackId = pack.parse().map_err(told)?;
    let known = packs
        .pack(&id)
        .ok_or_else(|| format!("no pack is called {pack}"))?;
    let filled = known
        .clone()
        .filled(&parsed(&case["rule"])?, test)
        .map_err(told)?;
    Ok(packs.with(filled))
}

fn absences(given: &Value, operator: &AgentId, zone: &Zone) -> Result<AbsenceCalendar, String> {
    let absence = |one: &Value| {
        let span = match one["days"].as_str() {
            Some(days) => days_of(days, zone)?,
            None => parsed(&json!({"start": one["from"], "end": one["until"]}))?,
        };
        let status: Option<AbsenceStatus> = parsed(&one["status"])?;
        let status = status.unwrap_or(AbsenceStatus::Approved);
        Ok(Absence::new(
            operator.clone(),
            parsed(&one["kind"])?,
            span,
            status,
        ))
    };
    given
        .as_array()
        .into_iter()
        .flatten()
        .map(absence)
        .collect()
}

fn days_of(days: &str, zone: &Zone) -> Result<Span, String> {
    let days = dates(days)?;
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Err("an absence of no day".to_owned());
    };
    let day = |day: NaiveDate| zone.day(day).ok_or_else(|| format!("{day} cannot be"));
    Ok(day(*first)?.hull(day(*last)?))
}

fn roster(given: &Value, operator: &AgentId, zone: &Zone) -> Result<Roster, String> {
    let mut all = Vec::new();
    for one in given.as_array().ok_or("shifts are a list")? {
        let none = Map::new();
        let details = one.as_object().unwrap_or(&none);
        let text = one
            .as_str()
            .or(details.get("at").and_then(Value::as_str))
            .ok_or("a shift has no times")?;
        for shift in shifts(text, operator, zone)? {
            all.push(detailed(shift, details)?);
        }
    }
    Roster::new(all).map_err(told)
}

/// The shift with what a case says of it besides its times.
fn detailed(shift: Assignment, details: &Map<String, Value>) -> Result<Assignment, String> {
    let text = |key: &str| details.get(key).and_then(Value::as_str);
    let shift = match text("work_day") {
        Some(day) => {
            let (operator, pieces) = (shift.operator().clone(), shift.pieces().to_vec());
            Assignment::new(operator, date(day)?, pieces).map_err(told)?
        }
        None => shift,
    };
    let published = text("published")
        .map(str::parse)
        .transpose()
        .map_err(told)?;
    let agreed_by = text("agreed_by")
        .map(str::parse)
        .transpose()
        .map_err(told)?;
    Ok(shift.with(|known| {
        known.published_at = published;
        known.agreed_by = agreed_by;
        known.remote = details.contains_key("remote");
    }))
}

fn parsed<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| format!("{value}: {error}"))
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
