//! The cases of `tests/conformance/roster/`: each rule of each pack, kept and broken.
//!
//! Their numbers were worked out by hand from the text of each rule. Times are in minutes, other
//! values as they are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use floorwalker::id::{AgentId, PackId, RuleId};
use floorwalker::roster::rules::RuleTest;
use floorwalker::roster::{
    Assignment, CheckReport, CheckWindow, Checker, Finding, Opening, Reason, Roster, RulePacks,
    Unit,
};
use floorwalker::team::{Absence, AbsenceCalendar, AbsenceStatus, Staff};
use floorwalker::time::{Span, Zone};
use serde_json::{Map, Value, json};

use super::plan::{date, dates, shifts};

const CASES: [(&str, &str); 8] = [
    ("plan", include_str!("../../conformance/roster/plan.json")),
    ("eu", include_str!("../../conformance/roster/eu.json")),
    ("it", include_str!("../../conformance/roster/it.json")),
    (
        "ccnl_tlc",
        include_str!("../../conformance/roster/ccnl_tlc.json"),
    ),
    ("uk", include_str!("../../conformance/roster/uk.json")),
    ("fr", include_str!("../../conformance/roster/fr.json")),
    ("de", include_str!("../../conformance/roster/de.json")),
    ("us", include_str!("../../conformance/roster/us.json")),
];

fn cases(pack: &str) -> Vec<Value> {
    let (_, json) = CASES.iter().find(|one| one.0 == pack).unwrap();
    serde_json::from_str(json).unwrap()
}

fn all_cases() -> impl Iterator<Item = (&'static str, Value)> {
    let of_pack = |pack: &'static str| cases(pack).into_iter().map(move |case| (pack, case));
    CASES.iter().flat_map(move |one| of_pack(one.0))
}

fn merged(mut base: Value, more: &Value) -> Value {
    let none = Map::new();
    let base_map = base.as_object_mut().unwrap();
    base_map.extend(more.as_object().unwrap_or(&none).clone());
    base
}

/// What a case gives, read.
struct Given {
    staff: Staff,
    packs: RulePacks,
    window: CheckWindow,
    absences: AbsenceCalendar,
    holidays: Vec<NaiveDate>,
    openings: Vec<(AgentId, Opening)>,
    roster: Roster,
}

impl Given {
    fn read(pack: &str, case: &Value) -> Self {
        let given = &case["given"];
        let zone = Zone::get(given["zone"].as_str().unwrap()).unwrap();
        // The rules of the plan are in every pack.
        let rule_pack = if pack == "plan" { "eu" } else { pack };
        let contract = json!({"id": "c", "rule_pack": rule_pack, "week_minutes": 2400});
        let operator = json!({"id": "anna", "zone": zone, "contracts": [{"contract": "c"}]});
        let staff = json!({
            "contracts": [merged(contract, &given["contract"])],
            "operators": [merged(operator, &given["operator"])],
        });
        let anna: AgentId = "anna".parse().unwrap();
        let opening = serde_json::from_value(given["opening"].clone());
        let holidays = given["holidays"].as_array().cloned().unwrap_or_default();
        Self {
            staff: serde_json::from_value(staff).unwrap(),
            packs: packs(pack, case),
            window: serde_json::from_value(given["window"].clone()).unwrap(),
            absences: absences(&given["absences"], &anna, &zone),
            holidays: holidays
                .iter()
                .map(|day| date(day.as_str().unwrap()))
                .collect(),
            openings: opening.into_iter().map(|one| (anna.clone(), one)).collect(),
            roster: roster(&given["shifts"], &anna, &zone),
        }
    }

    fn report(&self) -> CheckReport {
        let checker = Checker::new(&self.staff, &self.packs, self.window).unwrap();
        let checker = checker.with_absences(&self.absences);
        let checker = checker.with_holidays(self.holidays.clone());
        checker
            .with_openings(self.openings.clone())
            .plan(&self.roster)
    }
}

fn packs(pack: &str, case: &Value) -> RulePacks {
    let packs = RulePacks::builtin();
    let fill = &case["given"]["fill"];
    if fill.is_null() {
        return packs;
    }
    let test: RuleTest = serde_json::from_value(fill.clone()).unwrap();
    let id: PackId = pack.parse().unwrap();
    let rule: RuleId = case["rule"].as_str().unwrap().parse().unwrap();
    let filled = packs
        .pack(&id)
        .unwrap()
        .clone()
        .filled(&rule, test)
        .unwrap();
    packs.with(filled)
}

fn absences(given: &Value, operator: &AgentId, zone: &Zone) -> AbsenceCalendar {
    let absence = |one: &Value| {
        let kind = serde_json::from_value(one["kind"].clone()).unwrap();
        let status = serde_json::from_value(one["status"].clone());
        let span = match one["days"].as_str() {
            Some(days) => {
                let days = dates(days);
                let (first, last) = (days[0], days[days.len() - 1]);
                zone.day(first).unwrap().hull(zone.day(last).unwrap())
            }
            None => {
                let ends = json!({"start": one["from"], "end": one["until"]});
                serde_json::from_value::<Span>(ends).unwrap()
            }
        };
        let status = status.unwrap_or(AbsenceStatus::Approved);
        Absence::new(operator.clone(), kind, span, status)
    };
    given
        .as_array()
        .into_iter()
        .flatten()
        .map(absence)
        .collect()
}

fn roster(given: &Value, operator: &AgentId, zone: &Zone) -> Roster {
    let read = |one: &Value| -> Vec<Assignment> {
        let Some(details) = one.as_object() else {
            return shifts(one.as_str().unwrap(), operator, zone);
        };
        let made = shifts(details["at"].as_str().unwrap(), operator, zone);
        let change = |shift: Assignment| {
            let shift = match details.get("work_day") {
                Some(day) => {
                    let pieces = shift.pieces().to_vec();
                    let day = date(day.as_str().unwrap());
                    Assignment::new(operator.clone(), day, pieces).unwrap()
                }
                None => shift,
            };
            shift.with(|known| {
                let text = |key: &str| details.get(key).and_then(Value::as_str);
                known.published_at = text("published").map(|at| at.parse().unwrap());
                known.agreed_by = text("agreed_by").map(|who| who.parse().unwrap());
                known.remote = details.contains_key("remote");
            })
        };
        made.into_iter().map(change).collect()
    };
    let given = given.as_array().unwrap();
    Roster::new(given.iter().flat_map(read)).unwrap()
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

#[test]
fn all_cases_hold() {
    for (pack, case) in all_cases() {
        let report = Given::read(pack, &case).report();
        let rule: RuleId = case["rule"].as_str().unwrap().parse().unwrap();
        let found: Vec<Value> = report.of_rule(&rule).map(plain).collect();
        let name = format!("{rule}, {}", case["name"]);
        assert_eq!(
            json!(found),
            case["expect"],
            "{name}: {:?}",
            report.not_judged
        );
        let open = report.not_judged.iter();
        let open: Vec<_> = open
            .filter(|one| one.rule.as_ref() == Some(&rule))
            .collect();
        let is_open = |reason: &Reason| matches!(reason, Reason::Blank { .. });
        assert!(
            !open.iter().any(|one| is_open(&one.reason)),
            "{name} is blank"
        );
    }
}

#[test]
fn every_rule_of_every_pack_is_kept_and_broken_by_a_case() {
    let mut kept: BTreeSet<String> = BTreeSet::new();
    let mut broken: BTreeSet<String> = BTreeSet::new();
    for (_, case) in all_cases() {
        let rule = case["rule"].as_str().unwrap().to_owned();
        let passes = case["expect"].as_array().unwrap().is_empty();
        if passes {
            kept.insert(rule)
        } else {
            broken.insert(rule)
        };
    }
    let packs = RulePacks::builtin();
    let rules: BTreeSet<String> = packs
        .all()
        .flat_map(|pack| pack.rules())
        .map(|rule| rule.id.to_string())
        .collect();
    let without = |some: &BTreeSet<String>| rules.difference(some).cloned().collect::<Vec<_>>();
    assert_eq!(without(&kept), [""; 0], "rules that no case keeps");
    assert_eq!(without(&broken), [""; 0], "rules that no case breaks");
    assert!(
        kept.is_subset(&rules) && broken.is_subset(&rules),
        "a case names no rule"
    );
}

#[test]
fn every_test_is_used_by_a_pack() {
    let packs = RulePacks::builtin();
    let used = packs
        .all()
        .flat_map(|pack| pack.rules())
        .map(|rule| rule.test.kind());
    let used: BTreeSet<&str> = used.collect();
    let known: BTreeSet<&str> = RuleTest::KINDS.iter().copied().collect();
    assert_eq!(used, known);
}

#[test]
fn blanks_are_said_and_not_judged() {
    let mut blanks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pack in ["eu", "it", "ccnl_tlc"] {
        let given = json!({"rule": "x", "given": {
            "zone": "Europe/Rome", "window": {"from": "2026-03-02", "until": "2026-03-09"},
            "contract": {"part_time": "horizontal", "on_call": true}, "shifts": ["2026-03-02 09:00-17:00"],
        }});
        for one in Given::read(pack, &given).report().not_judged {
            if matches!(one.reason, Reason::Blank { .. }) {
                blanks
                    .entry(pack.to_owned())
                    .or_default()
                    .push(one.rule.unwrap().to_string());
            }
        }
    }
    let expected = json!({
        "eu": ["eu.break", "eu.night", "eu.notice"],
        "it": ["it.notice", "it.sunday"],
        "ccnl_tlc": ["ccnl_tlc.notice", "ccnl_tlc.part_time_minimum", "ccnl_tlc.split", "it.sunday"],
    });
    assert_eq!(json!(blanks), expected);
}

#[test]
fn what_was_worked_is_judged_by_the_same_rules() {
    for (pack, case) in all_cases() {
        let mut given = Given::read(pack, &case);
        let observed = |shift: &Assignment| {
            let origin = floorwalker::roster::Origin::Observed;
            shift.clone().with(|known| known.origin = origin)
        };
        let planned = given.report();
        given.roster = Roster::new(given.roster.assignments().iter().map(observed)).unwrap();
        let worked = given.report();
        let is_notice = |one: &&Finding| one.rule.as_str().ends_with("notice");
        let findings = |report: &CheckReport| -> Vec<Finding> {
            report
                .findings
                .iter()
                .filter(|one| !is_notice(one))
                .cloned()
                .collect()
        };
        assert_eq!(findings(&planned), findings(&worked), "{}", case["name"]);
        assert!(!worked.findings.iter().any(|one| is_notice(&one)));
    }
}
