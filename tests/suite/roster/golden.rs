//! Golden values: clock changes, grids, derogations, what would fix a finding.

use floorwalker::id::AgentId;
use floorwalker::roster::{
    Assignment, Bound, CheckReport, CheckWindow, Checker, Compensation, Coverage, Demand,
    Derogation, Level, Requirement, Roster, RulePacks, Severity, ShiftTemplate,
};
use floorwalker::team::{Staff, Validity};
use floorwalker::time::{Every, Grid, LocalTimePolicy, Zone};
use serde_json::json;

use super::plan::{date, shifts};

const HOUR: i64 = 3_600_000;

pub(crate) fn staff(names: &[&str], pack: &str) -> Staff {
    let operator = |name: &&str| {
        let contracts = [json!({"contract": "c"})];
        json!({"id": name, "zone": "Europe/Rome", "contracts": contracts})
    };
    let operators: Vec<_> = names.iter().map(operator).collect();
    let contract = json!({"id": "c", "rule_pack": pack, "week_minutes": 2400});
    serde_json::from_value(json!({"contracts": [contract], "operators": operators})).unwrap()
}

pub(crate) fn roster(plans: &[(&str, &str)]) -> Roster {
    let rome = Zone::get("Europe/Rome").unwrap();
    let of = |(name, text): &(&str, &str)| shifts(text, &name.parse().unwrap(), &rome);
    Roster::new(plans.iter().flat_map(of)).unwrap()
}

pub(crate) fn window(from: &str, until: &str) -> CheckWindow {
    CheckWindow::new(date(from), date(until)).unwrap()
}

fn night() -> ShiftTemplate {
    serde_json::from_value(json!({
        "id": "night", "activity": {"id": "phone", "kind": "contact"},
        "earliest_start": "22:00:00", "latest_start": "22:00:00", "step_minutes": 15,
        "min_minutes": 480, "max_minutes": 480, "length_by": "clock", "midnight": "start_day",
    }))
    .unwrap()
}

fn placed(template: &ShiftTemplate, day: &str) -> Vec<Assignment> {
    let rome = Zone::get("Europe/Rome").unwrap();
    let anna: AgentId = "anna".parse().unwrap();
    template
        .place(anna, date(day), &rome, LocalTimePolicy::EARLIER)
        .unwrap()
}

#[test]
fn the_night_shift_has_7_8_or_9_hours() {
    let hours = |day: &str| placed(&night(), day)[0].work_ms() / HOUR;
    assert_eq!(
        [
            hours("2026-03-28"),
            hours("2026-03-29"),
            hours("2026-10-24")
        ],
        [7, 8, 9]
    );
    let elapsed = json!({"length_by": "elapsed"});
    let mut template = serde_json::to_value(night()).unwrap();
    template
        .as_object_mut()
        .unwrap()
        .extend(elapsed.as_object().unwrap().clone());
    let elapsed: ShiftTemplate = serde_json::from_value(template).unwrap();
    assert_eq!(placed(&elapsed, "2026-03-28")[0].work_ms(), 8 * HOUR);
}

#[test]
fn coverage_has_92_96_or_100_quarters() {
    for (day, quarters, on_duty) in [
        ("2026-03-29", 92, 20),
        ("2026-03-30", 96, 24),
        ("2026-10-25", 100, 28),
    ] {
        let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Minutes15);
        let intervals = grid.days(date(day), date(day)).unwrap();
        let requirement =
            Requirement::new(intervals, vec![Demand::new(None, vec![1; quarters])]).unwrap();
        let evening_before = date(day).pred_opt().unwrap().to_string();
        let plan = Roster::new(placed(&night(), &evening_before)).unwrap();
        let coverage = Coverage::of(&plan, &staff(&["anna"], "it"), &requirement);
        let row = &coverage.rows[0];
        assert_eq!(row.required_ms.len(), quarters);
        let full = row.met_ms.iter().filter(|&&met| met == HOUR / 4).count();
        assert_eq!(full, on_duty, "{day}: from midnight to 06:00");
        assert_eq!(row.met_ms.iter().filter(|&&met| met > 0).count(), on_duty);
    }
}

/// Nine hours and a half of rest are allowed, if what is missing of eleven is given in a week.
fn short_rest() -> Derogation {
    Derogation {
        rule: "it.daily_rest".parse().unwrap(),
        by: Level::Agreement,
        test: serde_json::from_value(json!({"daily_rest": {"min_minutes": 570}})).unwrap(),
        source: "agreement of 12 May 2026".to_owned(),
        valid: Validity::ALWAYS,
        operators: Vec::new(),
        compensation: Some(Compensation {
            within_days: 7,
            weekly_rest_minutes: 35 * 60,
        }),
    }
}

fn derogated(plan: &[(&str, &str)]) -> CheckReport {
    let staff = staff(&["anna"], "it");
    let window = window("2026-03-02", "2026-03-23");
    let checker = Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
    let checker = checker.with_derogation(short_rest()).unwrap();
    let mut report = checker.plan(&roster(plan));
    report
        .findings
        .retain(|one| one.rule.as_str() == "it.daily_rest");
    report
}

#[test]
fn a_derogation_owes_the_rest_that_was_cut() {
    // Ten hours on Monday night: one hour is owed until 10 March.
    let short = [
        ("anna", "2026-03-02 14:00-22:00"),
        ("anna", "2026-03-03 08:00-16:00"),
    ];
    let paid = [short[0], short[1], ("anna", "2026-03-04 09:00-17:00")];
    let report = derogated(&paid);
    assert!(report.is_lawful() && report.findings[0].derogated);
    assert_eq!(report.owed[0].owed_ms, HOUR);
    assert_eq!(report.owed[0].due, date("2026-03-10"));
    // From 16:00 to 09:00 are 17 hours, six more than are due.
    assert_eq!(report.owed[0].paid_by.unwrap().millis(), 17 * HOUR);
}

#[test]
fn rest_that_is_not_given_in_time_is_a_finding() {
    // Eleven hours each night, and never one more; the free day is a weekly rest of 35 hours.
    let unpaid = [
        ("anna", "2026-03-02 14:00-22:00"),
        ("anna", "2026-03-03..2026-03-07 08:00-21:00"),
        ("anna", "2026-03-09..2026-03-12 08:00-21:00"),
    ];
    let report = derogated(&unpaid);
    assert_eq!(report.owed[0].paid_by, None);
    let overdue: Vec<_> = report.at_least(Severity::Breach).collect();
    assert_eq!(overdue.len(), 1);
    assert_eq!(
        (overdue[0].day, overdue[0].limit),
        (date("2026-03-10"), HOUR)
    );
    assert_eq!(overdue[0].bound, Bound::AtLeast);
}

#[test]
fn a_derogation_does_not_allow_more_than_it_says() {
    let report = derogated(&[
        ("anna", "2026-03-02 14:00-22:00"),
        ("anna", "2026-03-03 07:00-15:00"),
    ]);
    assert!(!report.is_lawful() && !report.findings[0].derogated);
    assert!(report.owed.is_empty());
}

#[test]
fn a_derogation_must_be_allowed_by_the_rule() {
    let staff = staff(&["anna"], "it");
    let window = window("2026-03-02", "2026-03-09");
    let checker = || Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
    let with = |change: &dyn Fn(&mut Derogation)| {
        let mut derogation = short_rest();
        change(&mut derogation);
        checker().with_derogation(derogation).unwrap_err()
    };
    assert!(with(&|one| one.rule = "it.daily_res".parse().unwrap()).is_name());
    assert!(with(&|one| one.by = Level::Law).is_policy());
    assert_eq!(
        with(&|one| one.rule = "it.break".parse().unwrap()).code(),
        "options.conflict"
    );
}

#[test]
fn what_would_fix_a_finding_does() {
    let staff = staff(&["anna", "leo"], "it");
    let window = window("2026-03-02", "2026-03-16");
    let checker = Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
    for (rule, plan) in [
        (
            "it.daily_rest",
            vec![
                "2026-03-02 14:00-22:00",
                "2026-03-03 08:30-16:30 meal=12:00-13:00",
            ],
        ),
        (
            "it.daily_rest",
            vec!["2026-03-02 08:00-21:30 meal=12:00-13:00 pause=15:00-15:15"],
        ),
        ("it.weekly_rest", vec!["2026-03-02..2026-03-14 09:00-15:00"]),
        (
            "it.working_days",
            vec!["2026-03-02..2026-03-14 09:00-15:00"],
        ),
        ("it.break", vec!["2026-03-02 09:00-16:00"]),
        ("it.screen", vec!["2026-03-02..2026-03-06 09:00-14:00"]),
        ("it.normal_week", vec!["2026-03-02..2026-03-06 09:00-17:30"]),
        (
            "plan.overlap",
            vec!["2026-03-02 09:00-13:00", "2026-03-02 12:30-15:00"],
        ),
    ] {
        let plan: Vec<_> = plan.into_iter().map(|text| ("anna", text)).collect();
        let roster = roster(&plan);
        let report = checker.plan(&roster);
        let finding = report
            .findings
            .iter()
            .find(|one| one.rule.as_str() == rule)
            .unwrap();
        let fixes = checker.fixes(&roster, finding);
        assert!(!fixes.is_empty(), "{finding}");
        assert!(fixes.is_sorted_by_key(|fix| fix.disturbed_ms));
        for fix in fixes {
            let fixed = roster
                .with_changes(std::slice::from_ref(&fix.change))
                .unwrap();
            let after = checker.plan(&fixed);
            let same = |one: &&floorwalker::roster::Finding| {
                (&one.rule, one.day) == (&finding.rule, finding.day)
            };
            assert_eq!(after.findings.iter().find(same), None, "{fix:?}");
        }
    }
}

#[test]
fn the_least_fix_for_ten_hours_and_a_half_moves_half_an_hour() {
    let staff = staff(&["anna"], "it");
    let window = window("2026-03-02", "2026-03-16");
    let checker = Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
    let roster = roster(&[
        ("anna", "2026-03-02 16:00-22:00"),
        ("anna", "2026-03-03 08:30-14:30"),
    ]);
    let report = checker.plan(&roster);
    let fixes = checker.fixes(&roster, &report.findings[0]);
    assert_eq!(fixes[0].disturbed_ms, HOUR / 2);
}

#[test]
fn a_new_contract_brings_its_own_rules() {
    let staff: Staff = serde_json::from_value(json!({
        "contracts": [{"id": "old", "rule_pack": "uk", "week_minutes": 2400},
                      {"id": "new", "rule_pack": "fr", "week_minutes": 2100}],
        "operators": [{"id": "anna", "zone": "Europe/Paris", "contracts": [
            {"contract": "old", "valid": {"until": "2026-03-09"}},
            {"contract": "new", "valid": {"from": "2026-03-09"}}]}],
    }))
    .unwrap();
    let window = window("2026-03-02", "2026-03-16");
    let checker = Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
    let long_days = roster(&[
        ("anna", "2026-03-03 08:00-19:00"),
        ("anna", "2026-03-10 08:00-19:00"),
    ]);
    let report = checker.plan(&long_days);
    let days: Vec<_> = report
        .of_rule(&"fr.day".parse().unwrap())
        .map(|one| one.day)
        .collect();
    assert_eq!(days, [date("2026-03-10")]);
    let days: Vec<_> = report
        .of_rule(&"uk.break".parse().unwrap())
        .map(|one| one.day)
        .collect();
    assert_eq!(days, [date("2026-03-03")]);
}

#[test]
fn unknown_operators_and_missing_contracts_are_said() {
    let staff: Staff = serde_json::from_value(json!({
        "operators": [{"id": "anna", "zone": "Europe/Rome", "contracts": []}],
    }))
    .unwrap();
    let checker = Checker::new(
        &staff,
        &RulePacks::builtin(),
        window("2026-03-02", "2026-03-09"),
    )
    .unwrap();
    let plan = roster(&[
        ("anna", "2026-03-02 09:00-17:00"),
        ("ugo", "2026-03-02 09:00-17:00"),
    ]);
    let report = checker.plan(&plan);
    let reasons: Vec<_> = report.not_judged.iter().map(|one| &one.reason).collect();
    let reasons = serde_json::to_value(reasons).unwrap();
    assert_eq!(
        reasons,
        json!([{"reason": "unknown_operator"}, {"reason": "no_contract"}])
    );
}

#[test]
fn a_rule_holds_while_it_is_in_force() {
    let rule = |id: &str, valid: serde_json::Value, minutes: u32| {
        json!({"id": id, "title": "x", "level": "law", "severity": "breach", "source": "x",
               "certainty": "read", "valid": valid,
               "test": {"daily_hours": {"max_minutes": minutes}}})
    };
    let reform = date("2026-03-04");
    let pack = json!({"id": "p", "title": "x", "rules": [
        rule("p.old", json!({"until": reform}), 480), rule("p.new", json!({"from": reform}), 420)]});
    let packs = RulePacks::builtin().with(serde_json::from_value(pack).unwrap());
    let staff = staff(&["anna"], "p");
    let checker = Checker::new(&staff, &packs, window("2026-03-02", "2026-03-09")).unwrap();
    let report = checker.plan(&roster(&[("anna", "2026-03-02..2026-03-05 09:00-16:30")]));
    let days: Vec<_> = report.findings.iter().map(|one| one.day).collect();
    assert_eq!(days, [date("2026-03-04"), date("2026-03-05")]);
    let names: Vec<_> = checker.rules().map(|rule| rule.id.as_str()).collect();
    assert!(names.ends_with(&["p.old", "p.new"]));
}
