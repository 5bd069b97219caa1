//! Benchmarks of floorwalker: what they share.
//!
//! The benches measure CPU time, because the machine they run on may be shared.

use std::fs;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use floorwalker::Result;
use floorwalker::contact::{Codes, Column, ContactBatch, Exit, Outcome, Release, WrapUp};
use floorwalker::id::{AgentId, QueueId};
use floorwalker::service::{KeepWaits, Limit, ServiceLevel, TallySettings};
use floorwalker::time::{Every, Grid, Zone};
use floorwalker_testkit::generate::BenchLegs;

/// The seed of everything that benches draw.
pub const SEED: u64 = 7;

/// The time that this thread ran on a processor, from the accounts of the Linux scheduler;
/// where there are none, the time that passed.
#[derive(Clone, Copy, Debug, Default)]
pub struct CpuTime;

/// A reading of [`CpuTime`].
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    cpu: Option<Duration>,
    wall: Instant,
}

impl Reading {
    #[allow(clippy::disallowed_methods, reason = "a bench measures time")]
    fn now() -> Self {
        let ran = fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanos = ran.and_then(|line| line.split(' ').next()?.parse().ok());
        Self {
            cpu: nanos.map(Duration::from_nanos),
            wall: Instant::now(),
        }
    }

    fn since(&self, earlier: &Self) -> Duration {
        let cpu = self.cpu.zip(earlier.cpu);
        cpu.map_or(self.wall - earlier.wall, |(now, earlier)| now - earlier)
    }
}

impl Measurement for CpuTime {
    type Intermediate = Reading;
    type Value = Duration;

    fn start(&self) -> Reading {
        Reading::now()
    }

    fn end(&self, earlier: Reading) -> Duration {
        Reading::now().since(&earlier)
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        const WALL: &WallTime = &WallTime;
        WALL.formatter()
    }
}

/// The columns of made-up legs, not yet checked.
///
/// # Errors
/// None that can occur with legs of the generator.
pub fn columns(legs: &BenchLegs) -> Result<ContactBatch<'_>> {
    let queues = (0..20).map(|queue| QueueId::new(format!("q{queue:02}")));
    let agents = (0..200).map(|agent| AgentId::new(format!("a{agent:03}")));
    let queues: Vec<QueueId> = queues.collect::<Result<_>>()?;
    let agents: Vec<AgentId> = agents.collect::<Result<_>>()?;
    let outcomes = [Outcome::Answered, Outcome::Abandoned, Outcome::Overflowed];
    let nobody = i64::from(u16::MAX);
    let queue = Codes::new(Column::new(&legs.queue), queues);
    let mut batch = ContactBatch::new(queue, Column::new(&legs.arrived_ms));
    batch.agent = Some(Codes::new(
        Column::new(&legs.agent).with_null_value(nobody),
        agents,
    ));
    batch.exit = Some(Exit::Wait(Column::new(&legs.wait_ms)));
    batch.outcome = Some(Codes::new(Column::new(&legs.outcome), outcomes.to_vec()));
    batch.release = Some(Release::Talk(Column::new(&legs.talk_ms)));
    batch.hold = Some(Column::new(&legs.hold_ms));
    batch.wrap_up = Some(WrapUp::Lasting(Column::new(&legs.wrap_ms)));
    Ok(batch)
}

/// Quarter-hours in Rome, 80/20 with short abandons of five seconds.
///
/// # Errors
/// None that can occur.
pub fn settings(keep: KeepWaits) -> Result<TallySettings> {
    let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes15);
    let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
    let short = Limit::new(TimeDelta::seconds(5))?;
    Ok(TallySettings::new(grid, rule)
        .with_short_abandons(short)
        .with_waits(keep))
}
