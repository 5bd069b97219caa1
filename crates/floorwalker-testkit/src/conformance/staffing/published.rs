//! Values printed elsewhere: compared with the printed digits where the set says that the
//! exact value agrees with them, and with the exact value where it does not.

use floorwalker::staffing::{Performance, Workload, erlang_b, load_for_blocking};
use serde::Deserialize;

use super::super::table::Row;
use super::near::{Within, near, number, said};

#[derive(Deserialize)]
struct Inputs {
    servers: Option<f64>,
    agents: Option<f64>,
    load: Option<f64>,
    rho: Option<f64>,
    blocking: Option<f64>,
    aht_s: Option<f64>,
    target_s: Option<f64>,
    patience_s: Option<f64>,
    calls: Option<f64>,
    interval_s: Option<f64>,
    calls_per_min: Option<f64>,
    p_wait: Option<f64>,
}

pub(super) fn check(row: Row<'_>) -> Result<(), String> {
    let inputs: Inputs = serde_json::from_str(row.get("inputs_json")).map_err(said)?;
    let quantity = row.get("quantity");
    let given = match row.get("model") {
        "erlang_b" => erlang_b(need(inputs.servers)?, need(inputs.load)?).map_err(said)?,
        "erlang_b_inverse" => {
            load_for_blocking(need(inputs.servers)?, need(inputs.blocking)?).map_err(said)?
        }
        "erlang_c" | "erlang_a" => queueing(&inputs, row.get("model"), quantity)?,
        other => return Err(format!("the model {other:?} is not known")),
    };
    near(
        quantity,
        number(row, "oracle_value")?,
        Within::Relative(1e-9),
        given,
    )?;
    if row.get("agrees") == "1" {
        let tolerance = Within::Absolute(number(row, "tolerance")?);
        near(
            "published",
            printed(row.get("published_value"))?,
            tolerance,
            given,
        )?;
    }
    Ok(())
}

/// A printed number, which may be a fraction.
fn printed(text: &str) -> Result<f64, String> {
    let read = |text: &str| {
        text.parse::<f64>()
            .map_err(|error| format!("{text}: {error}"))
    };
    match text.split_once('/') {
        Some((upper, lower)) => Ok(read(upper)? / read(lower)?),
        None => read(text),
    }
}

fn need(value: Option<f64>) -> Result<f64, String> {
    value.ok_or_else(|| "an input is missing".to_owned())
}

fn queueing(inputs: &Inputs, model: &str, quantity: &str) -> Result<f64, String> {
    let agents = need(inputs.servers.or(inputs.agents))?;
    let aht = inputs.aht_s.unwrap_or(60.0);
    let work = match (inputs.load, inputs.rho, inputs.calls_per_min) {
        (Some(load), _, _) => Workload::of_load(load, aht),
        (_, Some(rho), _) => Workload::of_load(rho * agents, aht),
        (_, _, Some(calls)) => Workload::new(calls, 60.0, aht),
        _ => Workload::new(need(inputs.calls)?, need(inputs.interval_s)?, aht),
    };
    let work = work.and_then(|work| match inputs.patience_s {
        Some(patience) if model == "erlang_a" => work.with_patience(patience),
        _ => Ok(work),
    });
    let queue = Performance::of(&work.map_err(said)?, agents).map_err(said)?;
    let beyond = || queue.waiting_beyond(need(inputs.target_s)?).map_err(said);
    match quantity {
        // The source gives its own waiting probability; the rest is the exponent.
        "service_level" => match inputs.p_wait {
            Some(waits) => Ok(1.0 - waits * beyond()? / queue.waiting_probability()),
            None => Ok(1.0 - beyond()?),
        },
        "service_level_pct" => Ok(100.0 * (1.0 - beyond()?)),
        "100*P(W>T)" => Ok(100.0 * beyond()?),
        "p_wait" | "waiting_probability" => Ok(queue.waiting_probability()),
        "p_wait_pct" => Ok(100.0 * queue.waiting_probability()),
        "mean_wait_s" => need(queue.asa_secs()),
        "mean_queue" => need(queue.mean_queue()),
        "p_abandon_pct" => Ok(100.0 * queue.abandonment()),
        _ if quantity.starts_with("wait_90th") => {
            need(queue.wait_percentile_secs(0.9).map_err(said)?)
        }
        other => Err(format!("the quantity {other:?} is not known")),
    }
}
