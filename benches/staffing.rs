//! Staffing: models, requirements and simulation, in processor time.
//!
//! The time is that of the thread on a processor, as the Linux kernel counts it, so other
//! programs on the machine disturb little; where it is not to be had, the wall clock is used.
//! Each line is the best of five rounds of at least a fifth of a second, beside its goal.

#![allow(clippy::print_stdout, reason = "a bench talks to a terminal")]
#![allow(clippy::disallowed_methods, reason = "a bench reads a clock")]

use std::hint::black_box;
use std::time::Instant;

use chrono::TimeDelta;
use floorwalker::service::ServiceLevel;
use floorwalker::staffing::{
    AgentGroup, CallType, DayWork, Duration, Goals, OneQueue, Performance, Route, ScenarioRecord,
    Workload, carry_over, required_by_interval, simulate,
};

type Outcome = Result<(), floorwalker::Error>;

/// Nanoseconds of this thread on a processor.
fn processor_nanos() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The best time of one turn, in nanoseconds.
fn best(mut turn: impl FnMut()) -> f64 {
    let started = Instant::now();
    let now = || processor_nanos().unwrap_or_else(|| started.elapsed().as_nanos() as u64);
    let mut turns = 1_u64;
    let mut best = f64::INFINITY;
    let mut rounds = 0;
    while rounds < 5 {
        let before = now();
        for _ in 0..turns {
            turn();
        }
        let nanos = now().saturating_sub(before) as f64;
        if nanos < 2e8 {
            turns *= if nanos < 2e7 { 8 } else { 2 };
        } else {
            rounds += 1;
            best = best.min(nanos / turns as f64);
        }
    }
    best
}

fn show(what: &str, nanos: f64, goal: f64, unit: (&str, f64)) {
    let (name, size) = unit;
    println!(
        "{what:<58} {:>9.3} {name} (goal {:.3})",
        nanos / size,
        goal / size
    );
}

const NS: (&str, f64) = ("ns", 1.0);
const US: (&str, f64) = ("us", 1e3);
const MS: (&str, f64) = ("ms", 1e6);

fn main() -> Outcome {
    models()?;
    requirements()?;
    simulations()
}

fn models() -> Outcome {
    for (agents, load, goal) in [
        (14.0, 10.0, 100.0),
        (100.0, 90.0, 500.0),
        (5000.0, 4950.0, 1500.0),
    ] {
        let work = Workload::of_load(load, 180.0)?;
        let time = best(|| drop(black_box(Performance::of(black_box(&work), agents))));
        show(&format!("Erlang C, {agents} agents"), time, goal, NS);
    }
    let limit = TimeDelta::seconds(20);
    let rules = [
        ServiceLevel::offered(limit)?,
        ServiceLevel::positive(limit)?,
        ServiceLevel::ignore_within(limit)?,
        ServiceLevel::excl_short(limit, TimeDelta::seconds(5))?,
        ServiceLevel::answered_only(limit)?,
    ];
    for (agents, load, goal) in [
        (14.0, 12.0, 1e3),
        (450.0, 440.0, 3e3),
        (5000.0, 4950.0, 1e4),
    ] {
        let work = Workload::of_load(load, 180.0)?.with_patience(120.0)?;
        let time = best(|| {
            let queue = Performance::of(black_box(&work), agents);
            black_box(queue.map(|queue| queue.service_levels(&rules))).ok();
        });
        show(
            &format!("Erlang A with 5 service levels, {agents} agents"),
            time,
            goal,
            US,
        );
    }
    Ok(())
}

/// Ten thousand half-hours, their traffic lognormal about 36 erlangs and at most 400.
fn loads() -> Vec<f64> {
    let mut seed = 1_u64;
    let mut unit = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 11) as f64 + 1.0) / (1_u64 << 53) as f64
    };
    (0..10_000)
        .map(|_| {
            let normal = (-2.0 * unit().ln()).sqrt() * (std::f64::consts::TAU * unit()).cos();
            (36.0 * (0.8 * normal - 0.32).exp()).min(400.0)
        })
        .collect()
}

fn requirements() -> Outcome {
    let calls: Vec<f64> = loads().iter().map(|load| load * 10.0).collect();
    let aht = vec![180.0; calls.len()];
    let goals = Goals::answered_in(0.8, 20)?;
    let patient = DayWork::new(1800.0, &calls, &aht)?;
    let time = best(|| drop(black_box(required_by_interval(black_box(&patient), &goals))));
    show("Erlang C agents for 80/20, 10,000 intervals", time, 3e6, MS);
    let impatient = patient.with_patience(120.0)?;
    let time = best(|| {
        drop(black_box(required_by_interval(
            black_box(&impatient),
            &goals,
        )))
    });
    show("Erlang A agents for 80/20, 10,000 intervals", time, 3e7, MS);

    let calls: Vec<f64> = (0..48)
        .map(|row| 500.0 + 400.0 * (f64::from(row) * 0.13).sin())
        .collect();
    let agents: Vec<u32> = calls
        .iter()
        .map(|calls| (calls / 10.0) as u32 + 3)
        .collect();
    let day = DayWork::new(1800.0, &calls, &[180.0; 48])?.with_patience(120.0)?;
    let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
    let time = best(|| drop(black_box(carry_over(black_box(&day), &agents, &rule))));
    show(
        "exact carry-over, a day of 48 intervals, about 50 agents",
        time,
        f64::NAN,
        MS,
    );
    Ok(())
}

fn simulations() -> Outcome {
    let (handling, patience) = (Duration::exponential(60.0)?, Duration::exponential(120.0)?);
    let queue = OneQueue {
        mean_gap_secs: 1.25,
        handling,
        patience,
        agents: 50,
    };
    let time = best(|| drop(black_box(queue.simulate(20.0, (0, 1_000_000), 1)))) / 1e6;
    show(
        "one queue first come first served, a call",
        time,
        1e3 / 15.0,
        NS,
    );

    let calls = |name: &str, per_hour| {
        let (handling, patience) = (Duration::exponential(180.0)?, Duration::exponential(120.0)?);
        Ok::<_, floorwalker::Error>(CallType::new(
            name.parse()?,
            vec![per_hour; 100],
            handling,
            patience,
        ))
    };
    let mut late = Route::new(0, 1);
    late.after_secs = 20.0;
    let groups = vec![
        AgentGroup::new(vec![Route::new(0, 0)], vec![50; 100]),
        AgentGroup::new(vec![Route::new(1, 0), late], vec![72; 100]),
    ];
    let record = ScenarioRecord::new(
        0,
        3600.0,
        vec![calls("a", 1100.0)?, calls("b", 1300.0)?],
        groups,
    );
    let scenario = record.check()?;
    let count = simulate(&scenario, 1).len() as f64;
    let time = best(|| drop(black_box(simulate(black_box(&scenario), 1)))) / count;
    show(
        "two skills, overflow, giving up, 122 agents, a call",
        time,
        200.0,
        NS,
    );
    Ok(())
}
