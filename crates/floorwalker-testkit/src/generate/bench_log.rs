//! A log of any length, for measuring readers.

use std::io::{self, Write};

use chrono::NaiveDate;

use super::engine::play;
use super::names::agent_name;
use super::plan::names_of;
use super::queue_log::LogWriter;
use super::{
    AgentSpec, CentreSpec, OpenHours, PauseSpec, QueueSpec, ShiftSpec, TransferSpec, ZoneTable,
};

const QUEUES: usize = 20;
const AGENTS: usize = 200;

/// Volume by local hour, following the three shifts.
const PROFILE: [f64; 24] = [
    0.4, 0.3, 0.25, 0.2, 0.25, 0.3, 0.6, 0.8, 1.1, 1.3, 1.35, 1.3, 1.15, 1.0, 1.0, 1.1, 1.15, 1.15,
    1.1, 1.0, 0.9, 0.75, 0.6, 0.5,
];

/// Plays a centre of 20 queues and 200 agents that never closes until exactly `calls`
/// callers have dialled, writes the log as it goes and returns the number of lines,
/// about six a call.
///
/// Memory stays bounded by one day of calls, whatever the length. The days begin on
/// 2026-01-05 in Europe/Rome and hold about 17,000 calls each; after 2026 the offset
/// stays at +01:00, which a log in epoch seconds does not show.
///
/// # Errors
/// Those of `out`.
///
/// ```
/// use floorwalker_testkit::generate::bench_log;
///
/// let mut text = Vec::new();
/// let lines = bench_log(500, 1, &mut text)?;
/// assert_eq!(lines as usize, text.split(|&byte| byte == b'\n').count() - 1);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn bench_log(calls: u64, seed: u64, out: impl Write) -> io::Result<u64> {
    let spec = bench_centre();
    let writer = LogWriter::new(out, names_of(&spec));
    let writer = play(&spec, seed, calls, writer).expect("the centre of the benches is sound");
    writer.finish()
}

pub(super) fn bench_centre() -> CentreSpec {
    CentreSpec {
        zone: ZoneTable::rome_2026(),
        first_day: NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day of January"),
        days: 3_660,
        queues: (0..QUEUES).map(queue).collect(),
        agents: (0..AGENTS).map(agent).collect(),
        incidents: Vec::new(),
        customers: 400_000,
        absence: 0.02,
        day_spread: 0.05,
    }
}

fn queue(number: usize) -> QueueSpec {
    let weekday = 22.0 + (number % 5) as f64 * 5.0;
    QueueSpec {
        name: format!("queue-{:02}", number + 1),
        hours: std::array::from_fn(|_| vec![OpenHours { from: 0, to: 1440 }]),
        calls_per_hour: [1.08, 1.0, 1.0, 1.0, 1.0, 0.9, 0.8].map(|factor| factor * weekday),
        profile: PROFILE,
        patience_secs: 240.0,
        talk_secs: 180.0 + (number % 4) as f64 * 20.0,
        talk_sigma: 0.7,
        wrap_up_secs: 15,
        max_wait_secs: 300,
        overflow: Some((number + 1) % QUEUES),
        key_exit: 0.02,
        redial: 0.2,
        transfers: vec![TransferSpec {
            to: (number + 7) % QUEUES,
            chance: 0.12,
        }],
    }
}

/// Three shifts, every day of the week; three neighbouring queues each.
fn agent(number: usize) -> AgentSpec {
    let from = match number % 5 {
        0 | 1 => 360,
        2 | 3 => 840,
        _ => 1320,
    };
    let pause = |reason: &str, after, minutes| PauseSpec {
        reason: reason.to_owned(),
        after,
        minutes,
    };
    let shift = ShiftSpec {
        from,
        to: from + 495,
        pauses: vec![
            pause("Break", 110, 15),
            pause("Meal", 230, 30),
            pause("Break", 380, 15),
        ],
    };
    let group = number / 5;
    AgentSpec {
        name: agent_name(number),
        skills: (0..3).map(|step| (group + step * 3) % QUEUES).collect(),
        shifts: std::array::from_fn(|_| Some(shift.clone())),
        pace: 0.9 + 0.02 * (number % 11) as f64,
        no_answer: 0.5,
    }
}
