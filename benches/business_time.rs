//! Business time: questions to a compiled timeline, and compiling one.
//!
//! Monday to Friday 9 to 13 and 14 to 18 in Rome with the Italian holidays; pairs of
//! instants spread evenly over two years.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use floorwalker::time::business::{Calendar, DayWindow, Hours, Timeline, WeekHours, italy};
use floorwalker::time::{MAX_MS, MIN_MS, Span, Zone};

/// 2026-01-01 and 2028-01-01 in milliseconds since 1970.
const YEARS: (i64, i64) = (1_767_225_600_000, 1_830_297_600_000);
const ROWS: usize = 100_000;

fn calendar() -> Calendar {
    let window = |start, end| DayWindow::new(start, end).expect("a time of day");
    let office = [window("09:00", "13:00"), window("14:00", "18:00")];
    let week = WeekHours::monday_to_friday(&office).expect("windows do not overlap");
    let rome = Zone::get("Europe/Rome").expect("a zone");
    Calendar::new(rome, week)
        .expect("a week with windows")
        .with_holidays(italy::national())
}

/// Instants spread over the years, always the same (a multiplicative generator).
fn instants(seed: u64) -> Vec<i64> {
    let mut state = seed;
    let span = YEARS.1.abs_diff(YEARS.0);
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        YEARS.0 + i64::try_from((state >> 16) % span).expect("below the span")
    };
    (0..ROWS).map(|_| next()).collect()
}

fn questions(c: &mut Criterion) {
    let timeline = Timeline::new(calendar());
    let (from, to) = (instants(1), instants(2));
    let mut group = c.benchmark_group("business_time");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("elapsed", |b| {
        b.iter(|| {
            let pairs = from.iter().zip(&to);
            pairs.fold(0, |sum: i64, (&from, &to)| {
                sum + timeline.elapsed_ms(from, to)
            })
        });
    });
    group.bench_function("due in 8 hours", |b| {
        b.iter(|| {
            let due = |&from: &i64| {
                timeline
                    .add_ms(black_box(from), 8 * 3_600_000)
                    .map_or(0, |due| due.at_ms)
            };
            from.iter().map(due).fold(0_i64, i64::wrapping_add)
        });
    });
    group.bench_function("due in 1 to 200 hours", |b| {
        b.iter(|| {
            let due = |(&from, &to): (&i64, &i64)| {
                let amount = 3_600_000 + to % (199 * 3_600_000);
                timeline.add_ms(from, amount).map_or(0, |due| due.at_ms)
            };
            from.iter().zip(&to).map(due).fold(0_i64, i64::wrapping_add)
        });
    });
    group.bench_function("is open", |b| {
        b.iter(|| from.iter().filter(|&&at| timeline.is_open_ms(at)).count());
    });
    group.finish();
}

fn compiling(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    let year = Span::from_millis(YEARS.0, YEARS.0 + 365 * 86_400_000).expect("a year");
    let all = Span::from_millis(MIN_MS, MAX_MS).expect("all years");
    let hours = Hours::from(calendar());
    group.bench_function("a year", |b| b.iter(|| Timeline::over(hours.clone(), year)));
    group.bench_function("64 years", |b| b.iter(|| Timeline::new(hours.clone())));
    group.sample_size(10);
    group.bench_function("all years", |b| {
        b.iter(|| Timeline::over(hours.clone(), all))
    });
    group.finish();
}

criterion_group!(benches, questions, compiling);
criterion_main!(benches);
