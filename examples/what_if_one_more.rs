//! What would the service level have been with one operator more from 11 to 12?
//!
//! A made-up log of a day is replayed: as it was, and with somebody more for an hour.
//! Runs without arguments.

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::error::Error;

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::contact::Leg;
use floorwalker::service::ServiceLevel;
use floorwalker::staffing::{
    AgentGroup, CallType, Duration, Estimate, Presence, Replay, Route, ScenarioRecord, SimLog,
    simulate,
};
use floorwalker::time::Span;

/// Calls by half-hour from 8 to 14, and operators.
const CALLS: [f64; 12] = [
    30.0, 42.0, 55.0, 60.0, 64.0, 62.0, 78.0, 80.0, 60.0, 52.0, 45.0, 40.0,
];
const OPERATORS: [u32; 12] = [5, 6, 8, 8, 9, 9, 9, 9, 9, 8, 7, 6];

fn main() -> Result<(), Box<dyn Error>> {
    let eight: DateTime<Utc> = "2026-03-02T07:00:00Z".parse()?; // 8 in Rome
    let log = made_up_log(eight)?;
    let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;

    let replay = Replay::of(&log, Presence::default())?;
    let eleven = eight + TimeDelta::hours(3);
    let hour = Span::new(eleven, eleven + TimeDelta::hours(1))?;
    let with_one_more = replay.clone().with_more(&[hour], 1)?;

    let patience = replay.patience(0).and_then(|curve| curve.mean_secs());
    println!(
        "{} calls; mean patience {:.0} s",
        log.len(),
        patience.unwrap_or(f64::NAN)
    );
    println!("{rule}, mean of 20 replays and its 95 % interval\n");
    println!("                        11 to 12            all day");
    for (name, replay) in [("as it was", &replay), ("with one more", &with_one_more)] {
        let runs: Vec<SimLog> = (1..=20).map(|seed| replay.run(seed)).collect();
        let level = |runs: &mut dyn Iterator<Item = SimLog>| {
            let figures: Vec<f64> = runs
                .filter_map(|log| Some(log.service_level(&rule, None)?.to_f64()))
                .collect();
            Estimate::of(&figures).map_or("-".to_owned(), |level| {
                format!(
                    "{:.1} +- {:.1} %",
                    level.mean * 100.0,
                    level.half_width * 100.0
                )
            })
        };
        // Seconds are counted from the first call of the log.
        let first = (eleven - log[0].arrived).num_seconds() as f64;
        let inside = level(
            &mut runs
                .iter()
                .map(|log| log.arrived_between(first, first + 3600.0)),
        );
        println!(
            "{name:<16} {inside:>15} {:>18}",
            level(&mut runs.iter().cloned())
        );
    }
    Ok(())
}

/// A day as a telephone system would have logged it.
fn made_up_log(start: DateTime<Utc>) -> Result<Vec<Leg>, Box<dyn Error>> {
    let handling = Duration::lognormal(240.0, 0.7)?;
    let calls = CallType::new(
        "care".parse()?,
        CALLS.to_vec(),
        handling,
        Duration::exponential(180.0)?,
    );
    let group = AgentGroup::new(vec![Route::new(0, 0)], OPERATORS.to_vec());
    let day = ScenarioRecord::new(start.timestamp_millis(), 1800.0, vec![calls], vec![group]);
    let contacts = simulate(&day.check()?, 7).contacts()?;
    Ok((0..contacts.len())
        .filter_map(|row| contacts.leg(row))
        .collect())
}
