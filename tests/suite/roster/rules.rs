//! The cases of `tests/conformance/roster/`: each rule of each pack, kept and broken.
//!
//! Their numbers were worked out by hand from the text of each rule.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use floorwalker::roster::rules::RuleTest;
use floorwalker::roster::{Assignment, CheckReport, Finding, Reason, Roster, RulePacks};
use floorwalker_testkit::conformance::roster::Given;
use floorwalker_testkit::conformance::{self, roster};
use serde_json::{Value, json};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/conformance/roster"))
}

fn all_cases() -> Vec<(String, Value)> {
    roster::all(folder()).unwrap()
}

#[test]
fn all_cases_hold() {
    let cases = conformance::run("roster", folder()).unwrap();
    assert_eq!(cases.len(), all_cases().len());
    let failures: Vec<_> = cases.iter().filter(|case| case.1.is_err()).collect();
    assert!(failures.is_empty(), "{failures:?}");
}

/// The cases can fail: one that expects more than there is, does.
#[test]
fn a_wrong_expectation_is_a_failure() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong-roster");
    std::fs::create_dir_all(&path).unwrap();
    let mut cases = all_cases();
    cases.retain(|(pack, _)| pack == "eu");
    let mut cases: Vec<Value> = cases.into_iter().map(|case| case.1).collect();
    for case in &mut cases {
        let expect = case["expect"].as_array_mut().unwrap();
        expect.push(json!(["2026-03-02", 1, 2]));
    }
    let text = serde_json::to_string(&cases).unwrap();
    std::fs::write(path.join("eu.json"), text).unwrap();
    let answers = conformance::run("roster", &path).unwrap();
    assert!(answers.iter().all(|case| case.1.is_err()));
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
        for one in Given::read(pack, &given)
            .unwrap()
            .report()
            .unwrap()
            .not_judged
        {
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
        let mut given = Given::read(&pack, &case).unwrap();
        let observed = |shift: &Assignment| {
            let origin = floorwalker::roster::Origin::Observed;
            shift.clone().with(|known| known.origin = origin)
        };
        let planned = given.report().unwrap();
        given.roster = Roster::new(given.roster.assignments().iter().map(observed)).unwrap();
        let worked = given.report().unwrap();
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
