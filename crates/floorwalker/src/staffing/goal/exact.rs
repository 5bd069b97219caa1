//! Whole numbers of agents where binary fractions would decide wrongly.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::error::{Error, Result};
use crate::staffing::input::MOST_AGENTS;
use crate::staffing::workload::Workload;

/// A quotient this near a whole number is decided in decimals.
const NEAR: f64 = 1e-9;

/// The least whole number of agents whose occupancy by offered traffic is at most `cap`.
///
/// With `cap` 0.85 and 8.5 erlangs that is 10; in binary fractions 8.5 / 0.85 may come
/// out above 10. The numbers are read as the decimals they print as.
pub(super) fn least_for_cap(work: &Workload, cap: f64) -> f64 {
    let quotient = work.load_erlangs() / cap;
    let whole = quotient.round();
    if (quotient - whole).abs() > NEAR * quotient.max(1.0) {
        return quotient.ceil();
    }
    match is_within(work, whole, cap) {
        Some(true) => whole,
        Some(false) => whole + 1.0,
        None => quotient.ceil(),
    }
}

/// The least whole number of agents above the offered traffic.
pub(super) fn least_above_load(work: &Workload) -> f64 {
    let load = work.load_erlangs();
    let whole = load.round();
    if (load - whole).abs() > NEAR * load.max(1.0) {
        return load.ceil();
    }
    // calls x AHT against whole x interval: equal is not above.
    match order(work, whole, 1.0) {
        Some(std::cmp::Ordering::Less) => whole,
        Some(_) => whole + 1.0,
        None => load.floor() + 1.0,
    }
}

fn is_within(work: &Workload, agents: f64, cap: f64) -> Option<bool> {
    order(work, agents, cap).map(std::cmp::Ordering::is_le)
}

/// How calls x AHT compares with agents x interval x cap.
fn order(work: &Workload, agents: f64, cap: f64) -> Option<std::cmp::Ordering> {
    let offered = decimal(work.calls())?.checked_mul(decimal(work.aht_secs())?)?;
    let room = decimal(agents)?
        .checked_mul(decimal(work.interval_secs())?)?
        .checked_mul(decimal(cap)?)?;
    Some(offered.cmp(&room))
}

fn decimal(value: f64) -> Option<Decimal> {
    Decimal::from_str(&value.to_string()).ok()
}

/// How many must be planned so that `agents` are there, when the part `shrinkage` of
/// paid time is lost: agents / (1 - shrinkage), rounded up in exact decimals.
///
/// In binary fractions 21 / (1 - 0.3) is above 30 and gives one person too many.
///
/// ```
/// use floorwalker::staffing::scheduled_agents;
/// use rust_decimal::Decimal;
///
/// assert_eq!(scheduled_agents(21, Decimal::new(3, 1))?, 30);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if the shrinkage is below 0 or from 1 on, if there are more than
/// ten million agents, or if the result does not fit.
pub fn scheduled_agents(agents: u32, shrinkage: Decimal) -> Result<u32> {
    if agents > MOST_AGENTS {
        return Err(Error::range("agents", 0, MOST_AGENTS, agents));
    }
    if shrinkage < Decimal::ZERO || shrinkage >= Decimal::ONE {
        return Err(Error::range("shrinkage", 0, "below 1", shrinkage));
    }
    // Whole numbers over a power of ten: at most 10^7 x 10^28, which fits.
    let scale = 10_i128.pow(shrinkage.scale());
    let there = scale - shrinkage.mantissa();
    let needed = i128::from(agents) * scale;
    let heads = (needed + there - 1) / there;
    u32::try_from(heads).map_err(|_| Error::range("scheduled agents", 0, u32::MAX, heads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_decided_in_decimals() {
        for (agents, shrinkage, wanted) in [
            (21, "0.3", 30),
            (42, "0.3", 60),
            (33, "0.34", 50),
            (14, "0.3", 20),
            (0, "0.9", 0),
            (1, "0.9999999999999999999999999999", u64::MAX),
        ] {
            let shrinkage = Decimal::from_str(shrinkage).unwrap();
            match scheduled_agents(agents, shrinkage) {
                Ok(heads) => assert_eq!(u64::from(heads), wanted),
                Err(error) => assert!(error.is_range() && wanted == u64::MAX),
            }
        }
        let work = Workload::new(85.0, 1800.0, 180.0).unwrap();
        assert_eq!(least_for_cap(&work, 0.85), 10.0);
        assert_eq!(
            least_above_load(&Workload::new(100.0, 1800.0, 180.0).unwrap()),
            11.0
        );
        assert_eq!(
            least_above_load(&Workload::new(0.3, 0.9, 3.0).unwrap()),
            2.0
        );
    }
}
