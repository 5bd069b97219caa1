//! A roster that a solver without law calls optimal, and what our rules say of it.
//!
//! `optimal_roster.txt` is the output of the Python package pyworkforce 0.5.1, class
//! `MinHoursRoster`, for a made-up requirement: 40 operators, 28 days, early (06-14), late (14-22)
//! and night (22-06) shifts with 12, 10 and 6 operators a day, at least 152 hours and at most 9
//! free days each, and no early shift after a night. Its status was `OPTIMAL`.
//! `tests/oracle/optimal_roster.py` made it.

use std::collections::BTreeMap;

use floorwalker::roster::{CheckReport, Checker, Roster, RulePacks};
use floorwalker::team::Staff;
use floorwalker::time::Zone;

use super::golden::{staff, window};
use super::plan::{date, shifts};

const ROSTER: &str = include_str!("../../conformance/roster/optimal_roster.txt");

fn rows() -> Vec<(&'static str, &'static str)> {
    ROSTER
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .collect()
}

fn plan() -> Roster {
    let rome = Zone::get("Europe/Rome").unwrap();
    let mut all = Vec::new();
    for (name, row) in rows() {
        let days = date("2026-02-02").iter_days();
        for (letter, day) in row.chars().zip(days) {
            let times = match letter {
                'E' => "06:00-14:00",
                'L' => "14:00-22:00",
                'N' => "22:00-06:00",
                _ => continue,
            };
            all.extend(shifts(
                &format!("{day} {times}"),
                &name.parse().unwrap(),
                &rome,
            ));
        }
    }
    Roster::new(all).unwrap()
}

fn report(pack: &str) -> CheckReport {
    let names: Vec<&str> = rows().iter().map(|row| row.0).collect();
    let staff: Staff = staff(&names, pack);
    let window = window("2026-02-02", "2026-03-02");
    let checker = Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
    checker.plan(&plan())
}

/// How often a rule is broken, and by how much at worst, in its own unit.
fn broken(report: &CheckReport) -> BTreeMap<String, (usize, i64)> {
    let mut found: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    for finding in &report.findings {
        let (count, worst) = found.entry(finding.rule.to_string()).or_default();
        *count += 1;
        *worst = (*worst).max(finding.excess());
    }
    found
}

/// Counts late shifts that an early one follows, straight from the letters.
fn late_to_early() -> usize {
    let pairs = |row: &str| {
        row.as_bytes()
            .windows(2)
            .filter(|pair| *pair == b"LE")
            .count()
    };
    rows().iter().map(|row| pairs(row.1)).sum()
}

/// The longest run of work days, straight from the letters.
fn longest_run(row: &str) -> usize {
    row.split('-').map(str::len).max().unwrap()
}

#[test]
fn it_is_what_it_says() {
    assert_eq!(rows().len(), 40);
    for day in 0..28 {
        let on = |letter| {
            rows()
                .iter()
                .filter(|row| row.1.as_bytes()[day] == letter)
                .count()
        };
        assert_eq!([on(b'E'), on(b'L'), on(b'N')], [12, 10, 6], "day {day}");
    }
    assert_eq!(rows().iter().map(|row| longest_run(row.1)).max(), Some(10));
}

#[test]
fn its_breaches_are_named_by_the_italian_rules() {
    let report = report("it");
    assert!(!report.is_lawful());
    let found = broken(&report);
    // After a late shift an early one: 8 hours of rest instead of 11.
    assert_eq!(found["it.daily_rest"], (late_to_early(), 3 * 3_600_000));
    // Shifts of 8 hours without a break.
    assert_eq!(found["it.break"].0, 784);
    assert!(found.contains_key("it.weekly_rest"));
    // Seven shifts in an ISO week are 56 hours: 16 above the ordinary week.
    assert_eq!(found["it.normal_week"].1, 16 * 3_600_000);
    assert!(
        !found.contains_key("it.working_days"),
        "no run is above 12 days"
    );
}

#[test]
fn seven_days_and_56_hours_a_week_break_the_french_rules() {
    let report = report("fr");
    let weeks_of_seven: usize = rows()
        .iter()
        .map(|row| {
            row.1
                .as_bytes()
                .chunks(7)
                .filter(|week| !week.contains(&b'-'))
                .count()
        })
        .sum();
    assert!(weeks_of_seven > 0);
    let found = broken(&report);
    assert_eq!(found["fr.six_days"], (weeks_of_seven, 1));
    assert!(found["fr.week"].1 > 0 && found.contains_key("fr.weekly_rest"));
}
