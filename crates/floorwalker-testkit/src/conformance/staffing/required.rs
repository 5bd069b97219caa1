//! Agents and headcount: every row must be equal.

use chrono::TimeDelta;
use floorwalker::service::ServiceLevel;
use floorwalker::staffing::{Goal, Goals, Workload, required_agents, scheduled_agents};
use rust_decimal::Decimal;

use super::super::table::Row;
use super::near::{number, said};

pub(super) fn check(row: Row<'_>) -> Result<(), String> {
    let work = Workload::new(
        number(row, "calls_per_interval")?,
        number(row, "interval_s")?,
        number(row, "aht_s")?,
    )
    .map_err(said)?;
    let work = match row.get("patience_s") {
        "" => work,
        _ => work
            .with_patience(number(row, "patience_s")?)
            .map_err(said)?,
    };
    let mut goals = vec![goal(row)?];
    if !row.get("max_occupancy").is_empty() {
        goals.push(Goal::Occupancy(number(row, "max_occupancy")?));
    }
    let goals = Goals::new(goals).map_err(said)?;
    let agents = required_agents(&work, &goals).map_err(said)?.agents();
    if agents.to_string() != row.get("agents") {
        return Err(format!(
            "agents: expected {}, got {agents}",
            row.get("agents")
        ));
    }
    let shrinkage = row.get("shrinkage");
    let shrinkage: Decimal = shrinkage
        .parse()
        .map_err(|error| format!("{shrinkage}: {error}"))?;
    let scheduled = scheduled_agents(agents, shrinkage).map_err(said)?;
    if scheduled.to_string() != row.get("scheduled_agents") {
        let wanted = row.get("scheduled_agents");
        return Err(format!(
            "scheduled_agents: expected {wanted}, got {scheduled}"
        ));
    }
    Ok(())
}

fn goal(row: Row<'_>) -> Result<Goal, String> {
    let value = number(row, "target_value")?;
    match row.get("criterion") {
        "asa" => Ok(Goal::Asa(value)),
        "mean_wait_all" => Ok(Goal::MeanWait(value)),
        "p_abandon" => Ok(Goal::Abandonment(value)),
        "p_wait" => Ok(Goal::Waiting(value)),
        "service_level" => level(row, value),
        other => Err(format!("the criterion {other:?} is not known")),
    }
}

fn level(row: Row<'_>, at_least: f64) -> Result<Goal, String> {
    let secs = number(row, "target_s")?;
    let limit = TimeDelta::milliseconds((secs * 1000.0).round() as i64);
    let rule = match row.get("sl_definition") {
        "" | "served_of_offered" => ServiceLevel::offered(limit),
        "wait_le_t_of_offered" => ServiceLevel::positive(limit),
        "excl_short_abandons" => ServiceLevel::ignore_within(limit),
        "served_of_answered" => ServiceLevel::answered_only(limit),
        "virtual" => {
            return Ok(Goal::VirtualWait {
                within_secs: secs,
                at_least,
            });
        }
        other => return Err(format!("the definition {other:?} is not known")),
    };
    Ok(Goal::ServiceLevel {
        rule: rule.map_err(said)?,
        at_least,
    })
}
