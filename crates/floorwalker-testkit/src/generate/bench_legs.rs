//! Columns of any length, for measuring tallies.

use chrono::{Datelike, NaiveDate, Timelike};

use super::{Rng, ZoneTable};

const QUEUES: usize = 20;
const AGENTS: u32 = 200;
const HOUR_MS: i64 = 3_600_000;
const OVERFLOW_MS: i32 = 240_000;

/// Contact legs as columns of equal length, a leg per place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BenchLegs {
    /// Queue, 0 to 19.
    pub queue: Vec<u16>,
    /// Agent, 0 to 199; `u16::MAX` where nobody answered.
    pub agent: Vec<u16>,
    /// Arrival in epoch milliseconds, within 2026 in Europe/Rome.
    pub arrived_ms: Vec<i64>,
    /// Wait until the outcome, in milliseconds.
    pub wait_ms: Vec<i32>,
    /// 0 answered, 1 abandoned, 2 overflowed.
    pub outcome: Vec<u8>,
    /// Conversation without hold, in milliseconds; 0 where nobody answered.
    pub talk_ms: Vec<i32>,
    /// Hold, in milliseconds; 0 where nobody answered.
    pub hold_ms: Vec<i32>,
    /// After-call work, in milliseconds; 0 where nobody answered.
    pub wrap_ms: Vec<i32>,
}

/// Volume by weekday from Monday.
const WEEK: [f64; 7] = [1.2, 1.05, 1.0, 1.0, 1.05, 0.6, 0.3];

/// Volume by local hour; the lines are open from 6 to 23.
const DAY: [f64; 24] = [
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.5, 0.9, 1.3, 1.4, 1.35, 1.2, 1.0, 1.0, 1.1, 1.15, 1.1,
    1.0, 0.8, 0.6, 0.4, 0.25, 0.0,
];

/// Draws `count` legs over the local year 2026, in the order of arrival or shuffled.
///
/// The shuffled columns hold the same legs as the sorted ones. Unlike the logs, nothing
/// is played here: waits, patience and conversations are drawn leg by leg, with waits
/// that grow in busy hours, because ten million legs are wanted within seconds.
///
/// # Panics
/// If `count` does not fit in 32 bits.
///
/// ```
/// use floorwalker_testkit::generate::bench_legs;
///
/// let legs = bench_legs(1_000, 1, true);
/// assert_eq!(legs.queue.len(), 1_000);
/// assert!(legs.arrived_ms.is_sorted());
/// ```
pub fn bench_legs(count: usize, seed: u64, sorted: bool) -> BenchLegs {
    let places = u32::try_from(count).expect("a bench asks for less than 2^32 legs");
    let mut legs = BenchLegs::with_capacity(count);
    let mut rng = Rng::new(seed, 1);
    let hours = busy_hours();
    let whole: f64 = hours.iter().map(|hour| hour.1).sum();
    let (mut passed, mut drawn) = (0.0, 0_usize);
    let mut arrivals = Vec::new();
    for (start_ms, weight) in hours {
        passed += weight;
        let target = (count as f64 * (passed / whole)).round() as usize;
        arrivals.clear();
        arrivals.extend((drawn..target).map(|_| start_ms + i64::from(rng.below(HOUR_MS as u32))));
        arrivals.sort_unstable();
        drawn = target;
        for &arrived_ms in &arrivals {
            legs.draw(arrived_ms, weight, &mut rng);
        }
    }
    if sorted {
        return legs;
    }
    let mut order: Vec<u32> = (0..places).collect();
    Rng::new(seed, 2).shuffle(&mut order);
    legs.in_order(&order)
}

/// The hours of the local year 2026 with their volumes; the clock changes fall into
/// closed hours.
fn busy_hours() -> Vec<(i64, f64)> {
    let rome = ZoneTable::rome_2026();
    let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a first of January");
    let mut start_ms = rome.instant(new_year(2026), 0);
    let mut hours = Vec::with_capacity(8_760);
    while start_ms < rome.instant(new_year(2027), 0) {
        let wall = rome.wall_clock(start_ms);
        let weekday = wall.weekday().num_days_from_monday() as usize;
        hours.push((start_ms, WEEK[weekday] * DAY[wall.hour() as usize]));
        start_ms += HOUR_MS;
    }
    hours
}

impl BenchLegs {
    fn with_capacity(count: usize) -> Self {
        Self {
            queue: Vec::with_capacity(count),
            agent: Vec::with_capacity(count),
            arrived_ms: Vec::with_capacity(count),
            wait_ms: Vec::with_capacity(count),
            outcome: Vec::with_capacity(count),
            talk_ms: Vec::with_capacity(count),
            hold_ms: Vec::with_capacity(count),
            wrap_ms: Vec::with_capacity(count),
        }
    }

    /// Appends a leg of an hour with the given volume.
    fn draw(&mut self, arrived_ms: i64, weight: f64, rng: &mut Rng) {
        let queue = draw_queue(rng);
        let (wait_ms, outcome) = draw_wait(weight, rng);
        self.arrived_ms.push(arrived_ms);
        self.queue.push(queue);
        self.wait_ms.push(wait_ms);
        self.outcome.push(outcome);
        if outcome != 0 {
            self.agent.push(u16::MAX);
            self.talk_ms.push(0);
            self.hold_ms.push(0);
            self.wrap_ms.push(0);
            return;
        }
        let agent = (u32::from(queue) * 10 + rng.below(30)) % AGENTS;
        self.agent.push(agent as u16);
        self.talk_ms.push(millis(rng.lognormal(240.0, 0.7)));
        let held = rng.chance(0.25);
        self.hold_ms.push(if held {
            millis(rng.exponential(35.0))
        } else {
            0
        });
        self.wrap_ms.push(millis(rng.lognormal(25.0, 0.5)));
    }

    /// The same legs in the given order of places.
    fn in_order(&self, order: &[u32]) -> Self {
        Self {
            queue: gather(&self.queue, order),
            agent: gather(&self.agent, order),
            arrived_ms: gather(&self.arrived_ms, order),
            wait_ms: gather(&self.wait_ms, order),
            outcome: gather(&self.outcome, order),
            talk_ms: gather(&self.talk_ms, order),
            hold_ms: gather(&self.hold_ms, order),
            wrap_ms: gather(&self.wrap_ms, order),
        }
    }
}

fn gather<T: Copy>(column: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|&place| column[place as usize]).collect()
}

/// Of two queues the lower number, so that the first queue gets most calls and the last
/// few.
fn draw_queue(rng: &mut Rng) -> u16 {
    let queues = QUEUES as u32;
    rng.below(queues).min(rng.below(queues)) as u16
}

/// The wait and its outcome: the wait for an agent, the caller's patience or the limit,
/// whichever ends first.
fn draw_wait(weight: f64, rng: &mut Rng) -> (i32, u8) {
    let ring = rng.between(2.0, 8.0);
    let queued = rng.chance(0.25 + 0.25 * weight);
    let served = if queued {
        ring + rng.exponential(50.0 * weight)
    } else {
        ring
    };
    let (served_ms, patience_ms) = (millis(served), millis(rng.exponential(240.0)));
    if patience_ms < served_ms.min(OVERFLOW_MS) {
        (patience_ms, 1)
    } else if served_ms > OVERFLOW_MS {
        (OVERFLOW_MS, 2)
    } else {
        (served_ms, 0)
    }
}

fn millis(secs: f64) -> i32 {
    (secs * 1000.0) as i32
}
