//! How many operators tomorrow needs, half-hour by half-hour, and how sure that is.
//!
//! A made-up day; runs without arguments.

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::error::Error;

use chrono::TimeDelta;
use floorwalker::service::ServiceLevel;
use floorwalker::staffing::{
    DayWork, ForecastError, Goal, Goals, attainment, carry_over, required_by_interval,
    scheduled_agents, steady_by_interval,
};
use rust_decimal::Decimal;

const CALLS: [f64; 20] = [
    22.0, 41.0, 68.0, 95.0, 112.0, 121.0, 118.0, 104.0, 88.0, 74.0, 70.0, 81.0, 93.0, 99.0, 96.0,
    84.0, 66.0, 49.0, 33.0, 20.0,
];

fn main() -> Result<(), Box<dyn Error>> {
    let aht = [260.0; CALLS.len()];
    let day = DayWork::new(1800.0, &CALLS, &aht)?.with_patience(150.0)?;
    let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
    let goals = Goals::new([Goal::answered_in(0.8, 20)?, Goal::Occupancy(0.88)])?;
    let agents = required_by_interval(&day, &goals)?;
    let steady = steady_by_interval(&day, &agents, &rule)?;
    let course = carry_over(&day, &agents, &rule)?;
    let error = ForecastError::new(0.08, 0.05)?;
    let sure = attainment(&day, &agents, &rule, 0.8, error)?;
    let shrinkage = Decimal::new(31, 2);

    println!("{rule}, 80 %, occupancy at most 88 %; patience 150 s, shrinkage 31 %\n");
    println!("from   calls  agents  planned  steady  carried over  probability of 80 %");
    let percent =
        |part: Option<f64>| part.map_or("-".to_owned(), |part| format!("{:.1} %", part * 100.0));
    for (row, &calls) in CALLS.iter().enumerate() {
        println!(
            "{:02}:{:02} {calls:>6.0} {:>7} {:>8} {:>7} {:>13} {:>20}",
            8 + row / 2,
            row % 2 * 30,
            agents[row],
            scheduled_agents(agents[row], shrinkage)?,
            percent(steady.service_level[row]),
            percent(course.figures().service_level[row]),
            percent(Some(sure.intervals[row].probability)),
        );
    }
    println!(
        "\nthe day: expected {}, 80 % with a probability of {} if the forecast is 8 % off",
        percent(sure.day.expected_level),
        percent(Some(sure.day.probability))
    );
    Ok(())
}
