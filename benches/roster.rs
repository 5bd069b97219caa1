//! The full rule check of 200 operators over 28 days, and of one swap.

use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use floorwalker::roster::{
    Activity, ActivityKind, Assignment, Change, CheckWindow, Checker, Piece, Roster, RulePacks,
};
use floorwalker::team::{Contract, Operator, Staff, StaffRecord};
use floorwalker::time::{Span, Zone};

const OPERATORS: u32 = 200;
const DAYS: u64 = 28;

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date of the calendar")
}

fn staff() -> Result<Staff, floorwalker::Error> {
    let rome = Zone::get("Europe/Rome")?;
    let operator = |number| {
        Ok(Operator::new(
            name(number).parse()?,
            rome.clone(),
            "full".parse()?,
        ))
    };
    let operators = (0..OPERATORS)
        .map(operator)
        .collect::<Result<_, floorwalker::Error>>()?;
    Staff::try_from(StaffRecord {
        contracts: vec![Contract::full_time("full".parse()?, "it".parse()?)],
        operators,
        ..StaffRecord::default()
    })
}

fn name(number: u32) -> String {
    format!("a{number:03}")
}

/// Five shifts a week, early, late or at night, with a meal and two pauses.
fn roster() -> Result<Roster, floorwalker::Error> {
    let activity =
        |kind: ActivityKind| Ok::<_, floorwalker::Error>(Activity::new(kind.name().parse()?, kind));
    let phone = activity(ActivityKind::Contact)?;
    let pause = activity(ActivityKind::ScreenBreak)?;
    let meal = activity(ActivityKind::Meal)?;
    let mut shifts = Vec::new();
    for number in 0..OPERATORS {
        for day in (0..DAYS).filter(|day| (day + u64::from(number)) % 7 < 5) {
            let date = first() + Days::new(day);
            let start = date
                .and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_millis();
            let start = start + i64::from(6 + 8 * (number % 3)) * 3_600_000;
            let at = |from: i64, until: i64| {
                Span::from_millis(start + from * 60_000, start + until * 60_000)
            };
            let pieces = vec![
                Piece::productive(phone.clone(), at(0, 510)?),
                Piece::auxiliary(pause.clone(), at(105, 120)?),
                Piece::auxiliary(meal.clone(), at(240, 270)?),
                Piece::auxiliary(pause.clone(), at(375, 390)?),
            ];
            shifts.push(Assignment::new(name(number).parse()?, date, pieces)?);
        }
    }
    Roster::new(shifts)
}

fn check(criterion: &mut Criterion) {
    let (staff, roster) = (
        staff().expect("names are valid"),
        roster().expect("shifts are apart"),
    );
    let window = CheckWindow::new(first(), first() + Days::new(DAYS)).expect("days in order");
    let checker =
        Checker::new(&staff, &RulePacks::builtin(), window).expect("the pack is built in");
    criterion.bench_function("roster/check 200 operators x 28 days, it", |bench| {
        bench.iter(|| black_box(checker.plan(black_box(&roster))));
    });
    let key = roster.assignments()[0].key();
    let change = [Change::Reassign(
        key,
        name(7).parse().expect("a valid name"),
    )];
    criterion.bench_function("roster/judge one change", |bench| {
        bench.iter(|| black_box(checker.difference(black_box(&roster), &change)));
    });
}

criterion_group!(benches, check);
criterion_main!(benches);
