//! Erlang C, A and X: probabilities absolute 1e-12, waits relative 1e-9, C relative 1e-12.

use chrono::TimeDelta;
use floorwalker::service::ServiceLevel;
use floorwalker::staffing::{Performance, Workload};

use super::super::table::Row;
use super::near::{Within, compare, near, number, said};

const PROBABILITY: Within = Within::Absolute(1e-12);

pub(super) fn erlang_c(row: Row<'_>) -> Result<(), String> {
    let load = number(row, "offered_load_erlangs")?;
    let work = Workload::of_load(load, number(row, "aht_s")?).map_err(said)?;
    let queue = Performance::of(&work, number(row, "servers")?).map_err(said)?;
    let target = number(row, "target_s")?;
    if queue.is_stable() != (row.get("stable") == "1") {
        return Err("stable: it is the other way".to_owned());
    }
    compare(
        row,
        "p_wait",
        Within::Relative(1e-12),
        queue.waiting_probability(),
    )?;
    let infinite = |value: Option<f64>| value.unwrap_or(f64::INFINITY);
    compare(
        row,
        "asa_s",
        Within::Relative(1e-12),
        infinite(queue.asa_secs()),
    )?;
    compare(
        row,
        "mean_queue_length",
        Within::Relative(1e-12),
        infinite(queue.mean_queue()),
    )?;
    compare(
        row,
        "occupancy",
        PROBABILITY,
        queue.occupancy().unwrap_or(0.0),
    )?;
    let within = queue.virtual_within(target).map_err(said)?;
    compare(row, "service_level", PROBABILITY, within)?;
    let beyond = queue.waiting_beyond(target).map_err(said)?;
    compare(row, "one_minus_service_level", PROBABILITY, beyond)?;
    if (target * 1000.0).fract() == 0.0 {
        let rule = ServiceLevel::offered(millis(target)).map_err(said)?;
        compare(
            row,
            "service_level",
            PROBABILITY,
            queue.service_level(&rule).unwrap_or(0.0),
        )?;
    }
    Ok(())
}

fn millis(secs: f64) -> TimeDelta {
    TimeDelta::milliseconds((secs * 1000.0).round() as i64)
}

fn work(row: Row<'_>, calls_per_hour: f64) -> Result<Workload, String> {
    Workload::new(calls_per_hour, 3600.0, number(row, "aht_s")?)
        .and_then(|work| work.with_patience(row.get("patience_s").parse().unwrap_or(f64::NAN)))
        .map_err(said)
}

/// The service levels of the set by the names of this library.
fn levels(row: Row<'_>, queue: &Performance, names: &[(&str, Rule)]) -> Result<(), String> {
    let target = number(row, "target_s")?;
    let rules = names
        .iter()
        .map(|(_, rule)| rule(millis(target)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(said)?;
    let together = queue.service_levels(&rules);
    for (((name, _), rule), level) in names.iter().zip(&rules).zip(together) {
        let level = level.ok_or_else(|| format!("{name}: none"))?;
        compare(row, name, PROBABILITY, level)?;
        near(
            "alone",
            level,
            PROBABILITY,
            queue.service_level(rule).unwrap_or(f64::NAN),
        )?;
    }
    compare(
        row,
        "sl_virtual",
        PROBABILITY,
        queue.virtual_within(target).map_err(said)?,
    )
}

type Rule = fn(TimeDelta) -> Result<ServiceLevel, floorwalker::Error>;

pub(super) fn erlang_a(row: Row<'_>) -> Result<(), String> {
    let work = work(row, number(row, "lambda_per_hour")?)?;
    let queue = Performance::of(&work, number(row, "agents")?).map_err(said)?;
    compare(row, "p_wait", PROBABILITY, queue.waiting_probability())?;
    compare(row, "p_abandon", PROBABILITY, queue.abandonment())?;
    compare(
        row,
        "occupancy",
        PROBABILITY,
        queue.occupancy().unwrap_or(0.0),
    )?;
    let waits = [
        ("mean_wait_all_s", queue.mean_wait_secs()),
        ("mean_wait_served_s", queue.asa_secs()),
        ("mean_wait_abandoned_s", queue.mean_wait_of_abandoned_secs()),
        ("mean_virtual_wait_s", queue.mean_virtual_wait_secs()),
        ("mean_queue", queue.mean_queue()),
    ];
    for (column, wait) in waits {
        compare(
            row,
            column,
            Within::Wait,
            wait.ok_or_else(|| format!("{column}: none"))?,
        )?;
    }
    // Short abandons are those that are out of the one rule and not out of the other.
    let target = millis(number(row, "target_s")?);
    let none_short = ServiceLevel::positive(target).map_err(said)?;
    let offered = ServiceLevel::offered(target).map_err(said)?;
    let level = |rule| queue.service_level(rule).ok_or("no level");
    compare(
        row,
        "p_abandon_within_t",
        PROBABILITY,
        level(&none_short)? - level(&offered)?,
    )?;
    levels(
        row,
        &queue,
        &[
            ("sl_served_of_offered", ServiceLevel::offered),
            ("sl_wait_le_t_of_offered", ServiceLevel::positive),
            ("sl_excl_short_abandons", ServiceLevel::ignore_within),
            ("sl_excl_short_abandons", |limit| {
                ServiceLevel::excl_short(limit, limit)
            }),
            ("sl_served_of_answered", ServiceLevel::answered_only),
        ],
    )
}

pub(super) fn erlang_x(row: Row<'_>) -> Result<(), String> {
    let fresh = number(row, "fresh_lambda_per_hour")?;
    let work = work(row, fresh)?
        .with_redials(number(row, "redial_probability")?)
        .map_err(said)?;
    let queue = Performance::of(&work, number(row, "agents")?).map_err(said)?;
    let total = fresh * queue.attempts_per_caller();
    compare(row, "total_lambda_per_hour", Within::Relative(1e-12), total)?;
    compare(row, "p_wait", PROBABILITY, queue.waiting_probability())?;
    compare(
        row,
        "p_abandon_per_attempt",
        PROBABILITY,
        queue.abandonment(),
    )?;
    compare(
        row,
        "p_lost_per_fresh_caller",
        PROBABILITY,
        queue.lost_callers(),
    )?;
    compare(
        row,
        "mean_wait_all_s",
        Within::Wait,
        queue.mean_wait_secs().unwrap_or(f64::NAN),
    )?;
    compare(
        row,
        "mean_wait_served_s",
        Within::Wait,
        queue.asa_secs().unwrap_or(f64::NAN),
    )?;
    compare(
        row,
        "occupancy",
        PROBABILITY,
        queue.occupancy().unwrap_or(0.0),
    )?;
    levels(
        row,
        &queue,
        &[
            ("sl_served_of_offered", ServiceLevel::offered),
            ("sl_served_of_answered", ServiceLevel::answered_only),
        ],
    )
}
