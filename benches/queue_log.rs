//! A log of a million calls, about six million lines, to legs, states and findings.
//!
//! The promise is 0.6 s of CPU time for all rules of the dialects, which is about 100 ns
//! a line. That each line is looked up once, and that memory does not grow with the log,
//! is held by tests that count it.

use std::hint::black_box;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use floorwalker_acd::queue_log::{Columns, Options, QueueLog, Reader, Sink};
use floorwalker_benches::{CpuTime, SEED};
use floorwalker_testkit::generate::bench_log;

const CALLS: u64 = 1_000_000;
/// As much as a file is read at once.
const CHUNK: usize = 1 << 16;

fn read<S: Sink>(bytes: &[u8], sink: S) -> S {
    let mut reader = Reader::new(Options::default(), sink);
    bytes.chunks(CHUNK).for_each(|chunk| reader.feed(chunk));
    reader.finish()
}

fn queue_log(criterion: &mut Criterion<CpuTime>) {
    let mut bytes = Vec::new();
    let lines = bench_log(CALLS, SEED, &mut bytes).expect("a vector takes every byte");
    let mut group = criterion.benchmark_group("queue_log");
    group.throughput(Throughput::Elements(lines));
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.bench_function("columns", |bench| {
        bench.iter(|| read(black_box(&bytes), Columns::new()));
    });
    group.bench_function("legs with details", |bench| {
        bench.iter(|| read(black_box(&bytes), QueueLog::new()));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = queue_log
}
criterion_main!(benches);
