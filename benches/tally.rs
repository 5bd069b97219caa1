//! Ten million legs of one year: 20 queues in quarter-hours, 200 operators by day.
//!
//! The promises, on one thread, columns checked and operators counted as well: 0.25 s
//! in the order of arrival, 0.35 s with exact waits, 0.6 s in any order. That the work
//! is linear is held by a test that counts it.

use std::hint::black_box;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use floorwalker::Result;
use floorwalker::contact::{ContactBatch, ContactColumns};
use floorwalker::service::{AgentTally, IntervalTally, KeepWaits};
use floorwalker::time::{Every, Grid, Zone};
use floorwalker_benches::{CpuTime, SEED, columns, settings};
use floorwalker_testkit::generate::bench_legs;

const LEGS: usize = 10_000_000;

fn by_day(columns: &ContactColumns<'_>) -> Result<AgentTally> {
    let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Day);
    AgentTally::count(std::slice::from_ref(columns), grid, None)
}

/// Everything: the check, the tally of queues, the tally of operators.
fn everything(batch: &ContactBatch<'_>, keep: KeepWaits) -> Result<(IntervalTally, AgentTally)> {
    let columns = batch.clone().check()?;
    Ok((
        IntervalTally::count(&columns, settings(keep)?)?,
        by_day(&columns)?,
    ))
}

fn tally(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("tally");
    group.throughput(Throughput::Elements(LEGS as u64));
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    for (order, sorted) in [("sorted", true), ("shuffled", false)] {
        let legs = bench_legs(LEGS, SEED, sorted);
        let batch = columns(&legs).expect("the names are valid");
        let checked = batch.clone().check().expect("made-up legs are possible");
        group.bench_function(format!("{order}, check"), |bench| {
            bench.iter(|| black_box(&batch).clone().check());
        });
        group.bench_function(format!("{order}, queues without waits"), |bench| {
            bench.iter(|| IntervalTally::count(black_box(&checked), settings(KeepWaits::Nothing)?));
        });
        group.bench_function(format!("{order}, operators"), |bench| {
            bench.iter(|| by_day(black_box(&checked)));
        });
        group.bench_function(format!("{order}, all with histogram"), |bench| {
            bench.iter(|| everything(black_box(&batch), KeepWaits::Histogram));
        });
        group.bench_function(format!("{order}, all with exact waits"), |bench| {
            bench.iter(|| everything(black_box(&batch), KeepWaits::Exact));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = tally
}
criterion_main!(benches);
