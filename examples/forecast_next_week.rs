//! Calls of next week by interval, from what past weeks brought.
//!
//! Sixteen made-up weeks with a holiday; runs without arguments.

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::error::Error;

use chrono::{Datelike, Days, NaiveDate};
use floorwalker::forecast::{DayClass, DayModel, History, PastDay, backtest};
use floorwalker::time::business::Holidays;

/// How the calls of a day lie over its ten hours.
const PROFILE: [f64; 10] = [0.05, 0.09, 0.13, 0.14, 0.12, 0.08, 0.09, 0.12, 0.11, 0.07];

fn main() -> Result<(), Box<dyn Error>> {
    let first = NaiveDate::from_ymd_opt(2026, 2, 2).ok_or("no date")?;
    let holidays = Holidays::on([NaiveDate::from_ymd_opt(2026, 4, 6).ok_or("no date")?])?;
    let history = History::new(made_up_days(first, 112, &holidays)?)?;
    let model = DayModel::best(&history, 7)?;
    let settings = model.settings();
    let wape = backtest(&history, settings, 7, 4)?.and_then(|accuracy| accuracy.wape());
    println!(
        "chosen by backtest: half-life {} days, classes {}",
        settings.half_life_days, settings.class_weight
    );
    println!(
        "WAPE over the last weeks, by hour: {:.1} %\n",
        wape.unwrap_or(f64::NAN) * 100.0
    );

    println!("day           calls   9 to 10 (90 %)      busiest hour");
    let monday = first + Days::new(112);
    for date in (0..7).map(|day| monday + Days::new(day)) {
        let day = model.day(date, &DayClass::of(date, &holidays)?);
        let bands = day.prediction_intervals(0.9)?;
        let busiest = day.calls().iter().copied().fold(0.0, f64::max);
        println!(
            "{date} {:>8.0} {:>7.0} to {:<7.0} {busiest:>12.0}",
            day.total(),
            bands[1].0,
            bands[1].1
        );
    }
    let monday = model.day(monday, &DayClass::of(monday, &holidays)?);
    let noon = monday.reforecast(&[28, 51, 70, 74])?;
    println!(
        "\nMonday at noon, after 223 calls where {:.0} were expected: {:.0} in all",
        monday.calls()[..4].iter().sum::<f64>(),
        noon.total()
    );
    Ok(())
}

/// Days with a weekly pattern, a slow rise and some chance.
fn made_up_days(
    first: NaiveDate,
    count: u64,
    holidays: &Holidays,
) -> Result<Vec<PastDay>, Box<dyn Error>> {
    let mut days = Vec::new();
    for number in 0..count {
        let date = first + Days::new(number);
        let class = DayClass::of(date, holidays)?;
        let of_week =
            [1.3, 1.1, 1.0, 1.0, 1.05, 0.5, 0.2][date.weekday().num_days_from_monday() as usize];
        let factor = if holidays.contains(date) {
            0.3
        } else {
            of_week
        };
        let level = 400.0 * factor * (1.0 + number as f64 / 1000.0);
        let wave = |hour: u64| 1.0 + 0.12 * ((number * 7 + hour * 13) as f64 * 0.7).sin();
        let calls = PROFILE
            .iter()
            .zip(0..)
            .map(|(part, hour)| (level * part * wave(hour)).round() as u32);
        days.push(PastDay {
            class,
            ..PastDay::new(date, calls.collect())
        });
    }
    Ok(days)
}
