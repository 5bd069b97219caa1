//! The live board takes a million events of a day with a thousand operators.
//!
//! The promise is less than a second of processor time; that the work for an event grows
//! with the logarithm of what is there is held by a test that counts it.

use std::hint::black_box;

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use floorwalker::Result;
use floorwalker::attendance::{Activity, AdherencePlan, PlannedSegment, PlannedShift};
use floorwalker::contact::{LegKind, Outcome, StateKind};
use floorwalker::floor::{Board, BoardEvent, BoardRules, Happening, LiveState};
use floorwalker::id::{AgentId, LegId, QueueId};
use floorwalker::service::ServiceLevel;
use floorwalker::time::{Every, Grid, Span, Zone, instant};

const EVENTS: usize = 1_000_000;
const OPERATORS: usize = 1000;
const QUEUES: usize = 20;
/// 2026-03-02T07:00:00Z.
const START: i64 = 1_772_434_800_000;
/// A contact every 190 ms: a quarter of a million in about 13 hours.
const GAP: i64 = 190;

fn at(ms: i64) -> DateTime<Utc> {
    instant(START + ms).expect("the day lies in this century")
}

/// A number that looks drawn, the same on every run.
fn drawn(number: usize, below: u64) -> i64 {
    let mixed = (number as u64 ^ 0x9e37_79b9).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed >> 33) % below) as i64
}

/// Each contact: entry, answer, release, and the state of the operator; one in ten is given up.
fn events() -> Result<Vec<BoardEvent>> {
    let agents: Vec<AgentId> = (0..OPERATORS)
        .map(|number| AgentId::new(format!("operator {number}")))
        .collect::<Result<_>>()?;
    let queues: Vec<QueueId> = (0..QUEUES)
        .map(|number| QueueId::new(format!("queue {number}")))
        .collect::<Result<_>>()?;
    let mut events = Vec::with_capacity(EVENTS + 4);
    let mut number = 0;
    while events.len() < EVENTS {
        let leg = || LegId::new(format!("{number:x}-{:x}", number * 7919));
        let entered = number as i64 * GAP;
        let left = entered + drawn(number, 40_000);
        let released = left + 60_000 + drawn(number + 1, 240_000);
        let (queue, kind) = (queues[number % QUEUES].clone(), LegKind::Inbound);
        let mut tell = |ms, what| BoardEvent::new(at(ms), what).map(|event| events.push(event));
        tell(
            entered,
            Happening::Entered {
                leg: leg()?,
                queue,
                kind,
            },
        )?;
        if number % 10 == 0 {
            let outcome = Outcome::Abandoned;
            tell(
                left,
                Happening::Left {
                    leg: leg()?,
                    outcome,
                },
            )?;
        } else {
            let agent = agents[number % OPERATORS].clone();
            let state = match number % 50 {
                7 => LiveState::In(StateKind::Break),
                _ => LiveState::In(StateKind::Ready),
            };
            tell(
                left,
                Happening::Answered {
                    leg: leg()?,
                    agent: agent.clone(),
                },
            )?;
            tell(released, Happening::Released { leg: leg()? })?;
            tell(released, Happening::State { agent, state })?;
        }
        number += 1;
    }
    events.sort();
    events.truncate(EVENTS);
    Ok(events)
}

/// Everybody works all day with a break each two hours.
fn plan() -> Result<AdherencePlan> {
    let minutes = |from: i64, to: i64| Span::new(at(from * 60_000), at(to * 60_000));
    let shift = |number: usize| {
        let work = PlannedSegment {
            span: minutes(0, 840)?,
            activity: Activity::Work,
        };
        let agent = AgentId::new(format!("operator {number}"))?;
        let mut shift = PlannedShift::new(agent, at(0).date_naive(), vec![work])?;
        for block in 0..6 {
            let start = 100 + 120 * block + number as i64 % 20;
            shift = shift.with(Activity::Break, minutes(start, start + 15)?)?;
        }
        Ok(shift)
    };
    let shifts = (0..OPERATORS).map(shift).collect::<Result<Vec<_>>>()?;
    AdherencePlan::new(&shifts)
}

fn rules() -> Result<BoardRules> {
    let level = ServiceLevel::offered(TimeDelta::seconds(20))?;
    let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
    let rules = BoardRules::new(grid, level)?.with_usual_alarms(800)?;
    rules.with(|rules| rules.lateness_secs = 2)
}

fn board(criterion: &mut Criterion) {
    let events = events().expect("names and instants are valid");
    let empty = Board::new(
        rules().expect("the numbers are in range"),
        at(0),
        &plan().expect("the shifts are in order"),
    );
    let mut group = criterion.benchmark_group("board");
    group.sample_size(10);
    group.throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function("a million events, 1000 operators, all alarms", |bencher| {
        let start = || (empty.clone(), events.clone());
        let take = |(mut board, events): (Board, Vec<BoardEvent>)| {
            board.extend(events);
            black_box(board.queues());
            board
        };
        bencher.iter_batched(start, take, BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, board);
criterion_main!(benches);
