//! What one interval leaves to the next: the exact course of the queue over a day.

use super::columns::{DayWork, IntervalFigures, same_length};
use crate::error::{Error, Result};
use crate::service::ServiceLevel;
use crate::staffing::goal::{Happened, RuleShares};
use crate::staffing::model::{Tail, ln_poisson};
use crate::staffing::workload::Workload;

/// A queue over a day, with what each interval leaves to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct CarryOver {
    figures: IntervalFigures,
    abandons: Vec<f64>,
    in_system_at_end: Vec<f64>,
}

impl CarryOver {
    /// The figures of the intervals: means over the time of each.
    #[must_use]
    pub fn figures(&self) -> &IntervalFigures {
        &self.figures
    }

    /// The expected number of callers who give up in each interval.
    #[must_use]
    pub fn abandons(&self) -> &[f64] {
        &self.abandons
    }

    /// The expected number of calls, waiting or talking, at the end of each interval.
    #[must_use]
    pub fn in_system_at_end(&self) -> &[f64] {
        &self.in_system_at_end
    }
}

/// The most calls at once.
const MOST_STATES: usize = 200_000;
/// Probability at the highest state that calls for more of them.
const EDGE: f64 = 1e-13;
/// Patience of those who never give up: beyond any day.
const ENDLESS_SECS: f64 = 1e12;

/// The exact course of the queue, from empty at the start, each interval starting as the
/// one before ended.
///
/// The forward equations of the birth-death chain are solved by uniformisation, to about
/// 1e-11. When agents leave, the calls beyond those who stay go back to the head of the
/// queue. The service level counts the calls that arrive in an interval, and takes its
/// agents as staying until these are answered; for a threshold of seconds in intervals
/// of minutes that is nearly exact. Redials are not followed: the workload's part of
/// them is not looked at.
///
/// Costs about (arrivals + completions) times calls at once, for each interval: some
/// milliseconds for a hundred agents.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::service::ServiceLevel;
/// use floorwalker::staffing::{DayWork, carry_over};
///
/// // Half an hour of overload, and the one after, which would be calm.
/// let day = DayWork::new(1800.0, &[150.0, 80.0], &[180.0, 180.0])?.with_patience(300.0)?;
/// let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let course = carry_over(&day, &[12, 12], &rule)?;
/// assert!(course.in_system_at_end()[0] > 14.0);
/// assert!(course.figures().service_level[1] < Some(0.93)); // what a steady state would have
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `columns.length_mismatch` if there is not one number of agents for each interval;
/// `value.out_of_range` if more than 200,000 calls would have to be followed at once.
pub fn carry_over(day: &DayWork<'_>, agents: &[u32], rule: &ServiceLevel) -> Result<CarryOver> {
    same_length("agents", agents.len(), day.len())?;
    let shares = RuleShares::new(rule);
    let mut course = CarryOver {
        figures: IntervalFigures::default(),
        abandons: Vec::new(),
        in_system_at_end: Vec::new(),
    };
    let mut states = vec![1.0];
    for (row, &agents) in agents.iter().enumerate() {
        let work = day.work(row)?;
        let chain = Chain {
            arrivals: work.load_erlangs() / work.aht_secs(),
            completions: 1.0 / work.aht_secs(),
            giving_up: day.patience_secs().map_or(0.0, |patience| 1.0 / patience),
            agents: agents as usize,
        };
        let (end, mean) = chain.over(states, day.interval_secs())?;
        course.add(&chain, &shares, &mean, &work);
        course
            .in_system_at_end
            .push(mean_of(&end, |calls| calls as f64));
        states = end;
    }
    Ok(course)
}

fn mean_of(states: &[f64], value: impl Fn(usize) -> f64) -> f64 {
    states
        .iter()
        .enumerate()
        .map(|(calls, &part)| part * value(calls))
        .sum()
}

impl CarryOver {
    fn add(&mut self, chain: &Chain, shares: &RuleShares, mean: &[f64], work: &Workload) {
        let (agents, calls) = (chain.agents, work.calls());
        let figures = &mut self.figures;
        figures
            .waiting_probability
            .push(mean[agents.min(mean.len())..].iter().sum::<f64>().min(1.0));
        let queue = mean_of(mean, |calls| calls.saturating_sub(agents) as f64);
        let abandons = queue * chain.giving_up * work.interval_secs();
        figures
            .abandonment
            .push((calls > 0.0).then(|| abandons / calls));
        figures.mean_queue.push(Some(queue));
        figures
            .mean_busy
            .push(mean_of(mean, |calls| calls.min(agents) as f64));
        figures.service_level.push(if calls > 0.0 {
            chain.level(shares, mean)
        } else {
            None
        });
        self.abandons.push(abandons);
    }
}

/// The rates of one interval, per second.
struct Chain {
    arrivals: f64,
    completions: f64,
    giving_up: f64,
    agents: usize,
}

impl Chain {
    fn leaving(&self, calls: usize) -> f64 {
        let served = calls.min(self.agents) as f64 * self.completions;
        served + calls.saturating_sub(self.agents) as f64 * self.giving_up
    }

    /// The states at the end of `secs`, and their mean over that time.
    fn over(&self, start: Vec<f64>, secs: f64) -> Result<(Vec<f64>, Vec<f64>)> {
        let load = self.arrivals / self.completions;
        let room = self.agents as f64 + load + 8.0 * load.sqrt() + 20.0;
        let mut size = start.len().max(room.min(MOST_STATES as f64) as usize);
        loop {
            let mut states = start.clone();
            states.resize(size, 0.0);
            let (mut end, mean) = self.uniformise(states, secs);
            if end[size - 1] < EDGE && mean[size - 1] < EDGE {
                let used = end
                    .iter()
                    .rposition(|&part| part > 1e-16)
                    .map_or(1, |last| last + 1);
                end.truncate(used);
                return Ok((end, mean));
            }
            size += size / 2;
            if size > MOST_STATES {
                return Err(Error::range("calls at once", 0, MOST_STATES, size));
            }
        }
    }

    fn uniformise(&self, mut states: Vec<f64>, secs: f64) -> (Vec<f64>, Vec<f64>) {
        let size = states.len();
        let rate = (self.arrivals
            + self
                .leaving(size - 1)
                .max(self.leaving(self.agents.min(size - 1))))
        .max(1e-12);
        let steps = (rate * secs / 400.0).ceil().max(1.0);
        let jumps = rate * secs / steps;
        let up = self.arrivals / rate;
        let down: Vec<f64> = (0..size).map(|calls| self.leaving(calls) / rate).collect();
        let weights = poisson_weights(jumps);
        let mut mean = vec![0.0; size];
        for _ in 0..steps as usize {
            let mut next = vec![0.0; size];
            let mut beyond = 1.0;
            for &weight in &weights {
                beyond -= weight;
                let of_time = beyond.max(0.0) / jumps / steps;
                for ((next, mean), &state) in next.iter_mut().zip(&mut mean).zip(&states) {
                    *next += weight * state;
                    *mean += of_time * state;
                }
                jump(&mut states, up, &down);
            }
            states = next;
        }
        (states, mean)
    }

    /// The service level of calls that find the states `mean`.
    fn level(&self, shares: &RuleShares, mean: &[f64]) -> Option<f64> {
        let patience = if self.giving_up > 0.0 {
            1.0 / self.giving_up
        } else {
            ENDLESS_SECS
        };
        let c = self.agents as f64 * self.completions * patience;
        if self.agents == 0 || mean.len() <= self.agents {
            let served: f64 = mean[..self.agents.min(mean.len())].iter().sum();
            let lost = if self.giving_up > 0.0 {
                1.0 - served
            } else {
                0.0
            };
            let by = |limit: f64| lost * -(-limit / patience).exp_m1();
            let (within, short) = (
                by(shares.within_secs()),
                by(shares.short_secs().unwrap_or(0.0)),
            );
            let lost = [within, lost];
            return shares.level(&Happened {
                answered: [served, 1.0 - lost[1]],
                lost,
                short,
                short_within: short.min(within),
            });
        }
        let limits = [shares.within_secs(), shares.short_secs().unwrap_or(0.0)];
        let mut tails = limits.map(|limit| Tail::new(c, limit / patience));
        let stays = limits.map(|limit| (-limit / patience).exp());
        let at_once: f64 = mean[..self.agents].iter().sum();
        let (mut answered, mut served) = (at_once, at_once);
        let mut lost = [0.0; 2];
        for (ahead, &part) in mean[self.agents..].iter().enumerate() {
            let k = ahead as f64;
            let stays_on = c / (c + k + 1.0);
            answered += part * stays_on;
            for (place, tail) in tails.iter_mut().enumerate() {
                let (late, late_served) = tail.advance(c, k, 1.0 / k);
                let by_limit = stays_on * (1.0 - late_served).max(0.0);
                lost[place] += part * (1.0 - late * stays[place] - by_limit).max(0.0);
                if place == 0 {
                    served += part * by_limit;
                }
            }
        }
        let all_lost = (1.0 - answered).max(0.0);
        let lost = lost.map(|lost| lost.min(all_lost));
        shares.level(&Happened {
            answered: [served, answered],
            lost: [lost[0], all_lost],
            short: lost[1],
            short_within: lost[1].min(lost[0]),
        })
    }
}

/// One jump of the uniformised chain.
fn jump(states: &mut [f64], up: f64, down: &[f64]) {
    let last = states.len() - 1;
    let mut below = 0.0;
    for calls in 0..last {
        let here = states[calls];
        let stays = here * (1.0 - up - down[calls]);
        states[calls] = below * up + stays + states[calls + 1] * down[calls + 1];
        below = here;
    }
    // At the edge arrivals stay outside: their probability is watched.
    states[last] = below * up + states[last] * (1.0 - down[last]);
}

/// Poisson probabilities from 0 on, until nothing is left.
fn poisson_weights(mean: f64) -> Vec<f64> {
    let most = (mean + 9.0 * mean.sqrt() + 25.0) as usize;
    (0..=most)
        .map(|count| ln_poisson(count as f64, mean).exp())
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::columns::steady_by_interval;
    use super::*;

    /// A long calm interval ends in the steady state.
    #[test]
    fn long_intervals_are_steady() {
        let rules = [
            ServiceLevel::offered(TimeDelta::seconds(20)).unwrap(),
            ServiceLevel::excl_short(TimeDelta::seconds(20), TimeDelta::seconds(5)).unwrap(),
            ServiceLevel::answered_only(TimeDelta::seconds(20)).unwrap(),
        ];
        let (calls, aht, agents) = ([900.0; 2], [200.0; 2], [11, 11]);
        for patience in [None, Some(90.0)] {
            let day = DayWork::new(18_000.0, &calls, &aht).unwrap();
            let day = patience.map_or(day, |patience| day.with_patience(patience).unwrap());
            for rule in &rules {
                let steady = steady_by_interval(&day, &agents, rule).unwrap();
                let course = carry_over(&day, &agents, rule).unwrap();
                let gap = |a: Option<f64>, b: Option<f64>| (a.unwrap() - b.unwrap()).abs();
                let tolerance = if patience.is_some() { 1e-7 } else { 0.02 };
                assert!(gap(steady.service_level[1], course.figures.service_level[1]) < tolerance);
                assert!(gap(steady.abandonment[1], course.figures.abandonment[1]) < tolerance);
            }
        }
    }

    #[test]
    fn nights_without_calls_or_agents() {
        let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
        let day = DayWork::new(900.0, &[0.0, 20.0, 0.0], &[300.0; 3])
            .unwrap()
            .with_patience(60.0)
            .unwrap();
        let course = carry_over(&day, &[0, 0, 2], &rule).unwrap();
        assert_eq!(course.figures.service_level, [None, Some(0.0), None]);
        assert!((course.in_system_at_end[1] - 20.0 / 15.0).abs() < 1e-6);
        assert!(course.in_system_at_end[2] < 0.2);
        assert!(carry_over(&day, &[0], &rule).unwrap_err().is_column());
    }
}
