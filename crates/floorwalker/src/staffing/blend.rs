//! Blending: outbound calls by agents whom nobody is calling.

use super::goal::{Goals, ReadyGoals};
use super::input;
use super::model::{Line, blocking_excess, least};
use super::performance::Performance;
use super::workload::Workload;
use crate::error::{ErrorKind, Result};

/// Inbound calls and outbound ones in the same team, with a threshold.
///
/// An outbound call is started whenever more than `reserve` agents would be idle, so up
/// to `reserve` are kept free for those who call. Outbound calls are as long as inbound
/// ones and there is always another to make. With these assumptions the number of busy
/// agents is a birth-death chain that never falls below agents less reserve.
#[derive(Clone, Copy, Debug)]
pub struct Blend {
    inbound: Performance,
    outbound_per_hour: f64,
}

impl Blend {
    /// `agents` who keep up to `reserve` of them idle for inbound calls.
    ///
    /// ```
    /// use floorwalker::staffing::{Blend, Workload};
    ///
    /// let work = Workload::new(100.0, 1800.0, 180.0)?.with_patience(120.0)?;
    /// let all_idle = Blend::new(&work, 16, 16)?; // no outbound calls at all
    /// let blended = Blend::new(&work, 16, 2)?;
    /// assert_eq!(all_idle.outbound_per_hour(), 0.0);
    /// assert!(blended.outbound_per_hour() > 50.0);
    /// assert!(blended.inbound().asa_secs() > all_idle.inbound().asa_secs());
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// `value.out_of_range` for more than a million agents, or a reserve above the
    /// agents; `options.conflict` for a workload with redials, which this model has not.
    pub fn new(work: &Workload, agents: u32, reserve: u32) -> Result<Self> {
        let agents = input::within("agents", 0, 1_000_000, agents)?;
        let reserve = input::within("reserve", 0, agents, reserve)?;
        if work.redials() > 0.0 {
            let why = "the model of blending has no redials".to_owned();
            return Err(ErrorKind::Conflict {
                what: "redials and blending",
                why,
            }
            .into());
        }
        let (n, load) = (f64::from(agents), work.load_erlangs());
        // 1/B - 1 over the states from agents - reserve on, and the weight of the lowest.
        let (mut before, mut term) = (0.0, 1.0);
        if load > 0.0 {
            for idle in 0..reserve {
                term *= (n - f64::from(idle)) / load;
                before += term;
            }
        } else {
            before = blocking_excess(f64::from(reserve), 0.0);
        }
        let line: Line = work.line(load, n, before);
        let inbound = Performance::of_line(line, n);
        // The lowest state completes (agents - reserve) calls in a handling time, and
        // each is followed by an outbound one.
        let lowest = lowest_share(&inbound, before, term, reserve);
        let floor = n - f64::from(reserve);
        Ok(Self {
            inbound,
            outbound_per_hour: floor * lowest * 3600.0 / work.aht_secs(),
        })
    }

    /// What inbound callers see.
    #[must_use]
    pub fn inbound(&self) -> &Performance {
        &self.inbound
    }

    /// Outbound calls started in an hour; 0 where inbound calls take everything.
    #[must_use]
    pub fn outbound_per_hour(&self) -> f64 {
        self.outbound_per_hour
    }
}

/// The probability that just agents - reserve are busy: the states before the line weigh
/// `before` against 1 for all busy, and together they are 1 - P(V > 0).
fn lowest_share(inbound: &Performance, before: f64, lowest: f64, reserve: u32) -> f64 {
    if inbound.agents() == 0.0 {
        return 0.0;
    }
    if inbound.load_erlangs() == 0.0 {
        return 1.0;
    }
    if !inbound.is_stable() {
        return 0.0;
    }
    if reserve == 0 {
        return 1.0 - inbound.load_erlangs() * (1.0 - inbound.abandonment()) / inbound.agents();
    }
    if before.is_infinite() {
        return 0.0;
    }
    (1.0 - inbound.waiting_probability()) * lowest / before
}

/// The least reserve with which inbound calls meet the goals, and the outbound calls that
/// it leaves; `None` if they are not even met without outbound calls.
///
/// # Errors
/// As for [`Blend::new`].
pub fn least_reserve(work: &Workload, agents: u32, goals: &Goals) -> Result<Option<(u32, Blend)>> {
    let ready = ReadyGoals::new(goals);
    Blend::new(work, agents, agents)?;
    let met = |reserve: u32| {
        Blend::new(work, agents, reserve)
            .is_ok_and(|blend| blend.inbound.is_stable() && ready.failed(&blend.inbound).is_empty())
    };
    match least(0, 1, agents, met) {
        Some(reserve) => Ok(Some((reserve, Blend::new(work, agents, reserve)?))),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_the_threshold() {
        let work = Workload::new(60.0, 1800.0, 240.0).unwrap();
        let pure = Performance::of(&work, 11.0).unwrap();
        let none = Blend::new(&work, 11, 11).unwrap();
        assert!((pure.waiting_probability() - none.inbound().waiting_probability()).abs() < 1e-14);
        assert_eq!(none.outbound_per_hour(), 0.0);
        // Without reserve nobody is ever idle: outbound takes what inbound leaves.
        let all = Blend::new(&work, 11, 0).unwrap();
        assert_eq!(all.inbound().waiting_probability(), 1.0);
        assert!((all.outbound_per_hour() - 3.0 * 15.0).abs() < 1e-9);
        // Without inbound calls, all above the reserve call out.
        let quiet = Blend::new(&Workload::new(0.0, 1800.0, 240.0).unwrap(), 11, 3).unwrap();
        assert!((quiet.outbound_per_hour() - 8.0 * 15.0).abs() < 1e-9);
    }

    /// What is completed is what arrives and is served, and what goes out.
    #[test]
    fn flows_balance() {
        let work = Workload::new(60.0, 1800.0, 240.0)
            .unwrap()
            .with_patience(100.0)
            .unwrap();
        for reserve in [1, 2, 5] {
            let blend = Blend::new(&work, 9, reserve).unwrap();
            // Busy agents by the chain, state by state.
            let mut weights = vec![1.0];
            for busy in (9 - reserve)..9 {
                weights.push(weights[weights.len() - 1] * 8.0 / f64::from(busy + 1));
            }
            let (mut busy_sum, mut all) = (0.0, 0.0);
            for (more, weight) in (0..).zip(&weights) {
                busy_sum += f64::from(9 - reserve + more) * weight;
                all += weight;
            }
            let mut weight = weights[weights.len() - 1];
            for waiting in 1..400 {
                weight *= 8.0 / (9.0 + f64::from(waiting) * 2.4);
                busy_sum += 9.0 * weight;
                all += weight;
            }
            let completed = busy_sum / all * 15.0;
            let served = 120.0 * (1.0 - blend.inbound().abandonment());
            assert!(
                (completed - served - blend.outbound_per_hour()).abs() < 1e-9,
                "{reserve}"
            );
        }
    }
}
