//! Laws of the rules, and a second, slow way to the same answers: minute by minute.

use chrono::{Datelike, NaiveDate, TimeDelta};
use floorwalker::id::AgentId;
use floorwalker::roster::{Assignment, CheckReport, Checker, Piece, Roster, RulePacks};
use floorwalker::team::Staff;
use floorwalker::time::{Span, Zone};
use proptest::prelude::*;

use super::golden::{staff, window};
use super::plan::{activity, date};

const DAYS: usize = 21;
const MINUTE: i64 = 60_000;

/// For each of three weeks' days a shift or none: start and length in quarters of an hour.
fn weeks() -> impl Strategy<Value = Vec<Option<(i64, i64)>>> {
    let shift = prop_oneof![
        1 => Just(None),
        3 => (20i64..72, 12i64..52).prop_map(Some),
    ];
    proptest::collection::vec(shift, DAYS)
}

fn first() -> NaiveDate {
    date("2026-03-16")
}

/// The shifts; on 29 March the clock is put forward.
fn plan(weeks: &[Option<(i64, i64)>]) -> Vec<Assignment> {
    let anna: AgentId = "anna".parse().unwrap();
    let rome = Zone::get("Europe/Rome").unwrap();
    let mut made: Vec<Assignment> = Vec::new();
    for (day, shift) in first().iter_days().zip(weeks) {
        let Some((start, length)) = shift else {
            continue;
        };
        let start = rome.start_of_day(day).unwrap() + start * 15 * MINUTE;
        let start = made
            .last()
            .map_or(start, |last| start.max(last.span().end_ms() + 15 * MINUTE));
        let span = Span::from_millis(start, start + length * 15 * MINUTE).unwrap();
        let pieces = vec![Piece::productive(activity("phone"), span)];
        made.push(Assignment::new(anna.clone(), day, pieces).unwrap());
    }
    made
}

fn check(staff: &Staff, roster: &Roster) -> CheckReport {
    let window = window("2026-03-16", "2026-04-06");
    Checker::new(staff, &RulePacks::builtin(), window)
        .unwrap()
        .plan(roster)
}

fn days_of(report: &CheckReport, rule: &str) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = report
        .of_rule(&rule.parse().unwrap())
        .map(|one| one.day)
        .collect();
    days.dedup();
    days
}

/// Whether each minute of the window is worked.
fn minutes(shifts: &[Assignment]) -> (i64, Vec<bool>) {
    let rome = Zone::get("Europe/Rome").unwrap();
    let start = rome.start_of_day(first()).unwrap();
    let end = rome
        .start_of_day(first() + TimeDelta::days(DAYS as i64 + 2))
        .unwrap();
    let mut worked = vec![false; ((end - start) / MINUTE) as usize];
    for shift in shifts {
        let (from, until) = (
            shift.span().start_ms() - start,
            shift.span().end_ms() - start,
        );
        worked[(from / MINUTE) as usize..(until / MINUTE) as usize].fill(true);
    }
    (start, worked)
}

/// Days whose shift begins after too short a rest, or lasts too long for one.
fn short_rests(shifts: &[Assignment]) -> Vec<NaiveDate> {
    let (start, worked) = minutes(shifts);
    let mut days = Vec::new();
    for (place, shift) in shifts.iter().enumerate() {
        let begin = ((shift.span().start_ms() - start) / MINUTE) as usize;
        let free = worked[..begin]
            .iter()
            .rev()
            .take_while(|worked| !**worked)
            .count();
        let length = worked[begin..].iter().take_while(|worked| **worked).count();
        if (place > 0 && free < 11 * 60) || length > 13 * 60 {
            days.push(shift.work_day());
        }
    }
    days
}

/// ISO weeks with more than 40 hours, by their last day.
fn long_weeks(shifts: &[Assignment]) -> Vec<NaiveDate> {
    let (start, worked) = minutes(shifts);
    let rome = Zone::get("Europe/Rome").unwrap();
    let sundays = first()
        .iter_days()
        .take(DAYS)
        .filter(|day| day.num_days_from_ce() % 7 == 0);
    let is_long = |sunday: &NaiveDate| {
        let monday = *sunday - TimeDelta::days(6);
        let minute = |day: NaiveDate| ((rome.start_of_day(day).unwrap() - start) / MINUTE) as usize;
        let week = &worked[minute(monday)..minute(*sunday + TimeDelta::days(1))];
        week.iter().filter(|worked| **worked).count() > 40 * 60
    };
    sundays.filter(is_long).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rests_and_weeks_are_those_counted_minute_by_minute(weeks in weeks()) {
        let shifts = plan(&weeks);
        let report = check(&staff(&["anna"], "it"), &Roster::new(shifts.clone()).unwrap());
        prop_assert_eq!(days_of(&report, "it.daily_rest"), short_rests(&shifts));
        prop_assert_eq!(days_of(&report, "it.normal_week"), long_weeks(&shifts));
    }

    #[test]
    fn order_and_company_change_nothing(weeks in weeks()) {
        let mut shifts = plan(&weeks);
        let alone = check(&staff(&["anna"], "de"), &Roster::new(shifts.clone()).unwrap());
        shifts.reverse();
        let others = shifts.clone().into_iter().map(|one| one.for_operator("bea".parse().unwrap()));
        let both: Vec<Assignment> = others.chain(shifts.clone()).collect();
        let report = check(&staff(&["anna", "bea"], "de"), &Roster::new(both).unwrap());
        let half = alone.findings.len();
        prop_assert_eq!(&report.findings[..half], &alone.findings[..]);
        prop_assert_eq!(report.findings.len(), 2 * half);
    }

    #[test]
    fn a_free_day_more_breaks_no_rule_on_rest(weeks in weeks(), day in 0..DAYS) {
        let staff = staff(&["anna"], "it");
        let before = check(&staff, &Roster::new(plan(&weeks)).unwrap());
        let mut shifts = plan(&weeks);
        shifts.retain(|one| one.work_day() != first() + TimeDelta::days(day as i64));
        let after = check(&staff, &Roster::new(shifts).unwrap());
        for rule in ["it.daily_rest", "it.normal_week", "it.break"] {
            let (before, after) = (days_of(&before, rule), days_of(&after, rule));
            prop_assert!(after.iter().all(|day| before.contains(day)), "{}", rule);
        }
    }

    #[test]
    fn a_change_is_judged_as_the_whole_roster_would_be(weeks in weeks(), place in 0usize..DAYS) {
        let staff = staff(&["anna", "bea"], "it");
        let roster = Roster::new(plan(&weeks)).unwrap();
        prop_assume!(place < roster.assignments().len());
        let key = roster.assignments()[place].key();
        let change = [floorwalker::roster::Change::Reassign(key, "bea".parse().unwrap())];
        let window = window("2026-03-16", "2026-04-06");
        let checker = Checker::new(&staff, &RulePacks::builtin(), window).unwrap();
        let difference = checker.difference(&roster, &change).unwrap();
        let after = checker.plan(&roster.with_changes(&change).unwrap());
        let harm = difference.harm().count();
        prop_assert_eq!(harm + difference.kept.len(), after.findings.len());
        let before = checker.plan(&roster);
        prop_assert!(difference.solved.iter().all(|one| before.findings.contains(one)));
    }
}
