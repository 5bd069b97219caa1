//! The cases of `tests/conformance/time.json`: local days, local times, intervals.
//!
//! Their answers come from outside: `tests/oracle/time_cases.py` made them with
//! Python's zoneinfo, or they are the interval starts of the data set kpi-oracle.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use floorwalker::time::{Every, Grid, LocalTimePolicy, Zone};
use serde_json::{Value, json};

const CASES: &str = include_str!("../conformance/time.json");

#[test]
fn all_cases_hold() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let mut seen = BTreeMap::new();
    for case in &cases {
        let rule = case["rule"].as_str().unwrap();
        let given = &case["given"];
        let answer = match rule {
            "time.day" => day(given),
            "time.days" => days(given),
            "time.offset" => offset(given),
            "time.resolve" => resolve(given),
            other => panic!("no such rule: {other}"),
        };
        assert_eq!(answer, case["expect"], "{}", case["name"]);
        *seen.entry(rule).or_insert(0) += 1;
    }
    assert_eq!(seen.len(), 4, "a rule has no case: {seen:?}");
}

fn text<'a>(given: &'a Value, key: &str) -> &'a str {
    given[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is missing in {given}"))
}

fn zone(given: &Value) -> Zone {
    Zone::get(text(given, "zone")).unwrap()
}

fn day(given: &Value) -> Value {
    serde_json::to_value(zone(given).day(text(given, "date").parse().unwrap())).unwrap()
}

fn days(given: &Value) -> Value {
    let every: Every = text(given, "every").parse().unwrap();
    let date = |key| text(given, key).parse().unwrap();
    let intervals = Grid::new(zone(given), every)
        .days(date("first"), date("last"))
        .unwrap();
    let mut per_day: BTreeMap<String, usize> = BTreeMap::new();
    for interval in intervals.iter() {
        *per_day
            .entry(interval.local_date().to_string())
            .or_default() += 1;
    }
    let starts: Vec<String> = intervals.iter().map(|interval| interval.label()).collect();
    json!({ "per_day": per_day, "starts": starts })
}

fn offset(given: &Value) -> Value {
    let at: DateTime<Utc> = text(given, "at").parse().unwrap();
    json!(zone(given).offset_secs_at_ms(at.timestamp_millis()))
}

fn resolve(given: &Value) -> Value {
    let policy: LocalTimePolicy = serde_json::from_value(json!({
        "missing": given["missing"],
        "double": given["double"],
    }))
    .unwrap();
    match zone(given).resolve(text(given, "local").parse().unwrap(), policy) {
        Ok(at) => json!(at.to_rfc3339_opts(SecondsFormat::Millis, true)),
        Err(error) => json!({ "error": error.code() }),
    }
}
