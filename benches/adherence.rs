//! Adherence of a thousand operators over one day of states.
//!
//! The promise is less than 20 ms; that the work is linear is held by a test of the
//! library that counts it.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use floorwalker::Result;
use floorwalker::attendance::{
    Activity, AdherencePlan, AdherenceRules, AdherenceSettings, AdherenceTally, PlannedSegment,
    PlannedShift,
};
use floorwalker::contact::{AgentState, StateKind};
use floorwalker::id::AgentId;
use floorwalker::time::{Every, Grid, Span, Zone, instant};

const PEOPLE: i64 = 1000;
const HOUR: i64 = 3_600_000;

/// Eight hours with a break and a meal, from a start that differs by operator.
fn shift(zone: &Zone, agent: &AgentId, start: i64) -> Result<PlannedShift> {
    let minutes =
        |from: i64, to: i64| Span::from_millis(start + from * 60_000, start + to * 60_000);
    let span = minutes(0, 480)?;
    let work = PlannedSegment {
        span,
        activity: Activity::Work,
    };
    PlannedShift::new(agent.clone(), zone.day_of_ms(start), vec![work])?
        .with(Activity::Break, minutes(120, 135)?)?
        .with(Activity::Lunch, minutes(240, 270)?)?
        .with(Activity::Break, minutes(390, 405)?)
}

/// Ready and contact in turn, three minutes and two, with pauses a little late.
fn states(agent: &AgentId, start: i64) -> Result<Vec<AgentState>> {
    let (mut at, mut states) = (start + 40_000, Vec::new());
    let end = start + 8 * HOUR + 20_000;
    while at < end {
        let minute = (at - start) / 60_000;
        let (state, seconds) = match minute {
            121..=134 | 391..=404 => (StateKind::Break, 900),
            242..=268 => (StateKind::Lunch, 1800),
            _ if states.len() % 2 == 0 => (StateKind::Ready, 61),
            _ => (StateKind::Contact, 119),
        };
        let to = (at + seconds * 1000).min(end);
        let (from, to) = (instant(at), instant(to));
        let from = from.expect("the day lies in this century");
        states.push(AgentState::new(agent.clone(), state, from, to)?);
        at += seconds * 1000;
    }
    Ok(states)
}

fn day() -> Result<(AdherencePlan, Vec<AgentState>, AdherenceSettings)> {
    let zone = Zone::get("Europe/Rome")?;
    let midnight = 1_772_406_000_000; // 2026-03-02 in Rome
    let (mut shifts, mut all) = (Vec::new(), Vec::new());
    for person in 0..PEOPLE {
        let agent = AgentId::new(format!("operator {person}"))?;
        let start = midnight + (7 + person % 8) * HOUR;
        shifts.push(shift(&zone, &agent, start)?);
        all.extend(states(&agent, start)?);
    }
    let window = Span::from_millis(midnight, midnight + 24 * HOUR)?;
    let rules = AdherenceRules {
        grace_after_secs: 60,
        grace_before_secs: 60,
        ..AdherenceRules::default()
    };
    let settings = AdherenceSettings::new(Grid::new(zone, Every::Minutes30), window);
    Ok((
        AdherencePlan::new(&shifts)?,
        all,
        settings.with_rules(rules),
    ))
}

fn adherence(criterion: &mut Criterion) {
    let (plan, states, settings) = day().expect("the made-up day is in order");
    let mut group = criterion.benchmark_group("adherence");
    group.throughput(Throughput::Elements(states.len() as u64));
    group.bench_function("1000 operators, one day, half-hours", |bencher| {
        bencher.iter(|| AdherenceTally::count(black_box(&plan), black_box(&states), &settings));
    });
    group.finish();
}

criterion_group!(benches, adherence);
criterion_main!(benches);
