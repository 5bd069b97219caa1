//! The promise of speed, by counting what is looked at.

use std::cell::Cell;

use super::*;
use crate::roster::{Activity, ActivityKind, Assignment, Piece, Roster, RulePacks};
use crate::team::Staff;
use crate::time::Span;

thread_local! {
    /// How many rows the rules looked at in this thread.
    pub(super) static VISITED: Cell<u64> = const { Cell::new(0) };
}

/// Early shifts of eight hours with a meal and two pauses, five days a week.
fn roster(operators: usize, days: u64, pack: &str) -> (Staff, Roster, u64) {
    let names: Vec<String> = (0..operators)
        .map(|number| format!("a{number:03}"))
        .collect();
    let one = |name: &String| {
        format!(r#"{{"id":"{name}","zone":"Europe/Rome","contracts":[{{"contract":"c"}}]}}"#)
    };
    let list: Vec<String> = names.iter().map(one).collect();
    let contract = format!(r#"{{"id":"c","rule_pack":"{pack}","week_minutes":2400}}"#);
    let json = format!(
        r#"{{"contracts":[{contract}],"operators":[{}]}}"#,
        list.join(",")
    );
    let staff: Staff = serde_json::from_str(&json).unwrap();
    let activity = |kind: ActivityKind| Activity::new(kind.name().parse().unwrap(), kind);
    let phone = activity(ActivityKind::Contact);
    let breaks = [
        (activity(ActivityKind::ScreenBreak), 105, 120),
        (activity(ActivityKind::Meal), 240, 270),
        (activity(ActivityKind::ScreenBreak), 375, 390),
    ];
    let first: chrono::NaiveDate = "2026-03-02".parse().unwrap();
    let mut shifts = Vec::new();
    for name in &names {
        for day in (0..days).filter(|day| day % 7 < 5) {
            let date = first + chrono::Days::new(day);
            let eight = date
                .and_hms_opt(8, 0, 0)
                .unwrap()
                .and_utc()
                .timestamp_millis();
            let span = |from: i64, until: i64| {
                Span::from_millis(eight + from * 60_000, eight + until * 60_000).unwrap()
            };
            let mut pieces = vec![Piece::productive(phone.clone(), span(0, 510))];
            for (activity, from, until) in &breaks {
                pieces.push(Piece::auxiliary(activity.clone(), span(*from, *until)));
            }
            shifts.push(Assignment::new(name.parse().unwrap(), date, pieces).unwrap());
        }
    }
    let segments = shifts.iter().map(|one| one.segments().len() as u64).sum();
    (staff, Roster::new(shifts).unwrap(), segments)
}

/// What is looked at, and how many segments there are.
fn visited(operators: usize, days: u64, pack: &str) -> (u64, u64) {
    let (staff, roster, segments) = roster(operators, days, pack);
    let first: chrono::NaiveDate = "2026-03-02".parse().unwrap();
    let window = CheckWindow::new(first, first + chrono::Days::new(days)).unwrap();
    let checker = Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
    VISITED.set(0);
    let report = checker.plan(&roster);
    assert!(report.is_lawful(), "{:?}", report.findings.first());
    (VISITED.get(), segments)
}

#[test]
fn a_check_looks_at_each_segment_a_few_times() {
    for pack in ["eu", "it", "ccnl_tlc", "uk", "de", "us"] {
        let (looked_at, segments) = visited(200, 28, pack);
        assert!(looked_at > segments / 10, "{pack}: nothing was counted");
        assert!(
            looked_at <= 12 * segments,
            "{pack}: {looked_at} of {segments}"
        );
    }
}

#[test]
fn twice_the_roster_is_twice_the_work() {
    let (once, _) = visited(20, 28, "it");
    assert_eq!(visited(40, 28, "it").0, 2 * once);
    assert!(visited(20, 56, "it").0 <= 2 * once + 100);
}
