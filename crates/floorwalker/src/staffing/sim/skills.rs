//! Staffing of groups with several skills, in which nobody is counted twice.

use serde::Serialize;

use super::draw::Duration;
use super::run::{Estimate, replicate};
use super::scenario::{AgentGroup, CallType, Route, Scenario, ScenarioRecord};
use crate::error::{ErrorKind, Result};
use crate::id::QueueId;
use crate::service::ServiceLevel;
use crate::staffing::goal::{Goal, Goals, required_agents};
use crate::staffing::input;
use crate::staffing::workload::Workload;

/// A type of calls to be staffed for, at a steady rate.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillDemand {
    /// Its queue.
    pub queue: QueueId,
    /// Calls an hour, their handling time and patience. Redials are not looked at.
    pub work: Workload,
    /// The service level it must have, 0 to 1.
    pub at_least: f64,
}

/// A group that may be staffed.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillGroup {
    /// What its agents serve; types are counted as in the demands.
    pub routes: Vec<Route>,
    /// What one of its agents costs, in any unit above 0.
    pub cost: f64,
}

/// How the search is checked by simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkillSearch {
    /// Hours in each run, of which the first tenth is not counted.
    pub hours: u32,
    /// Runs for each trial, at least 2: always the same callers.
    pub runs: u32,
    /// The seed of the first run.
    pub seed: u64,
}

impl Default for SkillSearch {
    /// Ten runs of 40 hours.
    fn default() -> Self {
        Self {
            hours: 40,
            runs: 10,
            seed: 1,
        }
    }
}

/// The least number of agents for a set of call types, whoever they are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PoolBound {
    /// The types, by place.
    pub call_types: Vec<usize>,
    /// Agents that these calls would need if everybody served all of them.
    pub required: u32,
    /// Agents of the plan who serve at least one of the types.
    pub able: u32,
}

/// Agents by group, and what speaks for them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SkillPlan {
    /// Agents of each group.
    pub agents: Vec<u32>,
    /// The simulated service level of each type.
    pub levels: Vec<Estimate>,
    /// What each set of types needs at the least: a plan below one of these cannot do.
    pub bounds: Vec<PoolBound>,
    /// How many plans were simulated.
    pub trials: u32,
}

/// The most types: every set of them is looked at.
const MOST_TYPES: usize = 10;
/// The most plans that are tried.
const MOST_TRIALS: u32 = 5_000;

/// Agents for each group so that every type of calls has its service level by `rule`, at
/// little cost.
///
/// It begins with what no plan can be without: for every set of types, all agents able to
/// serve one of them must be at least as many as one pool for those calls would need.
/// Adding up what each skill needs by itself would count too many; counting a person for
/// each of their skills too few. From there agents are added where a simulation gains most
/// for the cost, until the simulated level of each type is reached, and then taken away
/// again one by one where it stays so. The result is a plan from which no single agent can
/// be spared; it need not be the cheapest of all.
///
/// A level is reached when its mean over the runs is; its confidence interval is in the
/// plan. Handling times are exponential.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::service::ServiceLevel;
/// use floorwalker::staffing::{Route, SkillDemand, SkillGroup, SkillSearch, Workload, staff_by_skill};
///
/// let demand = |queue: &str| {
///     let work = Workload::new(160.0, 3600.0, 180.0)?.with_patience(180.0)?; // 8 erlangs
///     Ok::<_, floorwalker::Error>(SkillDemand { queue: queue.parse()?, work, at_least: 0.8 })
/// };
/// let both = SkillGroup { routes: vec![Route::new(0, 0), Route::new(1, 0)], cost: 1.0 };
/// let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let search = SkillSearch { hours: 20, runs: 4, seed: 1 };
/// let plan = staff_by_skill(&[demand("a")?, demand("b")?], &[both], &rule, search)?;
/// // 16 erlangs of work: eleven people who can do both would be far too few.
/// assert!(plan.agents[0] >= 16);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` for more than 10 types, costs not above 0 or levels not from 0 to
/// 1; `goal.unattainable` if a type is served by no group or 5,000 trials do not reach
/// the levels.
pub fn staff_by_skill(
    demands: &[SkillDemand],
    groups: &[SkillGroup],
    rule: &ServiceLevel,
    search: SkillSearch,
) -> Result<SkillPlan> {
    input::within("types of calls", 1, MOST_TYPES, demands.len())?;
    input::within("hours of a run", 1, 10_000, search.hours)?;
    for group in groups {
        input::within("cost of an agent", 1e-9, 1e9, group.cost)?;
    }
    for (place, demand) in demands.iter().enumerate() {
        input::share("service level", demand.at_least)?;
        if !groups.iter().any(|group| group.serves(1 << place)) {
            return Err(unattainable(format!(
                "{}, which no group serves",
                demand.queue
            )));
        }
    }
    let bounds = bounds(demands, rule)?;
    let agents = cover(&bounds, groups);
    let mut trial = Trial {
        scenario: scenario(demands, groups, &agents, search)?,
        demands,
        rule,
        search,
        trials: 0,
    };
    let (agents, levels) = trial.add(agents, groups)?;
    let (agents, levels) = trial.remove(agents, levels, groups)?;
    let able = |set: u32| able(&agents, groups, set);
    let bounds = bounds.iter().map(|&(set, required)| PoolBound {
        call_types: (0..demands.len())
            .filter(|place| set >> place & 1 == 1)
            .collect(),
        required,
        able: able(set),
    });
    Ok(SkillPlan {
        bounds: bounds.collect(),
        agents,
        levels,
        trials: trial.trials,
    })
}

fn unattainable(goals: String) -> crate::error::Error {
    ErrorKind::Unattainable { goals }.into()
}

impl SkillGroup {
    /// Whether it serves a type of the set.
    fn serves(&self, set: u32) -> bool {
        self.routes
            .iter()
            .any(|route| set >> route.call_type & 1 == 1)
    }
}

fn able(agents: &[u32], groups: &[SkillGroup], set: u32) -> u32 {
    let serving = agents
        .iter()
        .zip(groups)
        .filter(|(_, group)| group.serves(set));
    serving.map(|(agents, _)| agents).sum()
}

/// For every set of types the agents that one pool for them would need, at the lowest of
/// their levels and the longest of their patiences.
fn bounds(demands: &[SkillDemand], rule: &ServiceLevel) -> Result<Vec<(u32, u32)>> {
    let mut bounds = Vec::new();
    for set in 1_u32..1 << demands.len() {
        let inside = || {
            demands
                .iter()
                .enumerate()
                .filter(|(place, _)| set >> place & 1 == 1)
                .map(|(_, demand)| demand)
        };
        let calls: f64 = inside().map(|demand| demand.work.calls_per_hour()).sum();
        let load: f64 = inside().map(|demand| demand.work.load_erlangs()).sum();
        if calls == 0.0 {
            bounds.push((set, 0));
            continue;
        }
        let mut work = Workload::new(calls, 3600.0, load * 3600.0 / calls)?;
        let patience = inside().map(|demand| demand.work.patience_secs());
        if let Some(longest) = patience.reduce(|a, b| Some(a?.max(b?))).flatten() {
            work = work.with_patience(longest)?;
        }
        let at_least = inside().map(|demand| demand.at_least).fold(1.0, f64::min);
        let goals = Goals::new([Goal::ServiceLevel {
            rule: rule.clone(),
            at_least,
        }])?;
        bounds.push((set, required_agents(&work, &goals)?.agents()));
    }
    Ok(bounds)
}

/// Agents that keep all bounds: one after the other, where they help most sets for the cost.
fn cover(bounds: &[(u32, u32)], groups: &[SkillGroup]) -> Vec<u32> {
    let mut agents = vec![0; groups.len()];
    loop {
        let short: Vec<u32> = bounds
            .iter()
            .filter(|&&(set, required)| able(&agents, groups, set) < required)
            .map(|&(set, _)| set)
            .collect();
        let gain = |group: &SkillGroup| {
            short.iter().filter(|&&set| group.serves(set)).count() as f64 / group.cost
        };
        let best = (0..groups.len()).max_by(|&a, &b| {
            gain(&groups[a])
                .total_cmp(&gain(&groups[b]))
                .then(b.cmp(&a))
        });
        match best.filter(|&best| gain(&groups[best]) > 0.0) {
            Some(best) => agents[best] += 1,
            None => return agents,
        }
    }
}

fn scenario(
    demands: &[SkillDemand],
    groups: &[SkillGroup],
    agents: &[u32],
    search: SkillSearch,
) -> Result<Scenario> {
    let hours = search.hours as usize;
    let types = demands
        .iter()
        .map(|demand| {
            let handling = Duration::exponential(demand.work.aht_secs())?;
            let patience = demand
                .work
                .patience_secs()
                .map_or(Ok(Duration::never()), Duration::exponential)?;
            Ok(CallType::new(
                demand.queue.clone(),
                vec![demand.work.calls_per_hour(); hours],
                handling,
                patience,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    let groups = groups.iter().zip(agents);
    let groups =
        groups.map(|(group, &agents)| AgentGroup::new(group.routes.clone(), vec![agents; hours]));
    ScenarioRecord::new(0, 3600.0, types, groups.collect()).check()
}

/// Plans tried by simulation, always with the same callers.
struct Trial<'a> {
    scenario: Scenario,
    demands: &'a [SkillDemand],
    rule: &'a ServiceLevel,
    search: SkillSearch,
    trials: u32,
}

type Tried = (Vec<u32>, Vec<Estimate>);

impl Trial<'_> {
    fn levels(&mut self, agents: &[u32]) -> Result<Vec<Estimate>> {
        self.trials += 1;
        if self.trials > MOST_TRIALS {
            return Err(unattainable(format!(
                "service levels, after {MOST_TRIALS} trials"
            )));
        }
        let mut scenario = self.scenario.clone();
        for (group, &agents) in agents.iter().enumerate() {
            scenario = scenario.with_agents(group, vec![agents; self.search.hours as usize])?;
        }
        let end = f64::from(self.search.hours) * 3600.0;
        let mut by_type: Vec<Vec<f64>> = vec![Vec::new(); self.demands.len()];
        replicate(&scenario, self.search.seed, self.search.runs, |log| {
            let counted = log.arrived_between(end / 10.0, end);
            for (place, levels) in by_type.iter_mut().enumerate() {
                levels.extend(
                    counted
                        .service_level(self.rule, Some(place))
                        .map(crate::units::Fraction::to_f64),
                );
            }
            None
        })?;
        // A type without calls misses nothing.
        let nothing = Estimate {
            mean: 1.0,
            standard_error: 0.0,
            half_width: 0.0,
            runs: 0,
        };
        Ok(by_type
            .iter()
            .map(|levels| Estimate::of(levels).unwrap_or(nothing))
            .collect())
    }

    fn shortfall(&self, levels: &[Estimate]) -> f64 {
        let short = self
            .demands
            .iter()
            .zip(levels)
            .map(|(demand, level)| (demand.at_least - level.mean).max(0.0));
        short.sum()
    }

    fn add(&mut self, mut agents: Vec<u32>, groups: &[SkillGroup]) -> Result<Tried> {
        let mut levels = self.levels(&agents)?;
        while self.shortfall(&levels) > 0.0 {
            let before = self.shortfall(&levels);
            let short = self.demands.iter().zip(&levels).enumerate();
            let set: u32 = short
                .filter(|(_, (demand, level))| level.mean < demand.at_least)
                .map(|(place, _)| 1_u32 << place)
                .sum();
            let mut best: Option<(f64, Tried)> = None;
            for (place, group) in groups
                .iter()
                .enumerate()
                .filter(|(_, group)| group.serves(set))
            {
                let mut more = agents.clone();
                more[place] += 1;
                let tried = self.levels(&more)?;
                let gain = (before - self.shortfall(&tried)) / group.cost;
                if best.as_ref().is_none_or(|(known, _)| gain > *known) {
                    best = Some((gain, (more, tried)));
                }
            }
            let Some((_, tried)) = best else { break };
            (agents, levels) = tried;
        }
        Ok((agents, levels))
    }

    fn remove(
        &mut self,
        mut agents: Vec<u32>,
        mut levels: Vec<Estimate>,
        groups: &[SkillGroup],
    ) -> Result<Tried> {
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by(|&a, &b| groups[b].cost.total_cmp(&groups[a].cost));
        let mut again = true;
        while again {
            again = false;
            for &place in &order {
                if agents[place] == 0 {
                    continue;
                }
                let mut fewer = agents.clone();
                fewer[place] -= 1;
                let tried = self.levels(&fewer)?;
                if self.shortfall(&tried) == 0.0 {
                    (agents, levels) = (fewer, tried);
                    again = true;
                }
            }
        }
        Ok((agents, levels))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn demand(queue: &str, per_hour: f64) -> SkillDemand {
        let work = Workload::new(per_hour, 3600.0, 180.0)
            .unwrap()
            .with_patience(180.0)
            .unwrap();
        SkillDemand {
            queue: queue.parse().unwrap(),
            work,
            at_least: 0.8,
        }
    }

    /// Specialists and a few who do both: fewer than two separate teams, no fewer than one pool.
    #[test]
    fn nobody_is_counted_twice() {
        let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
        let demands = [demand("a", 160.0), demand("b", 100.0)];
        let groups = [
            SkillGroup {
                routes: vec![Route::new(0, 0)],
                cost: 1.0,
            },
            SkillGroup {
                routes: vec![Route::new(1, 0)],
                cost: 1.0,
            },
            SkillGroup {
                routes: vec![Route::new(0, 0), Route::new(1, 0)],
                cost: 1.1,
            },
        ];
        let search = SkillSearch {
            hours: 20,
            runs: 4,
            seed: 1,
        };
        let plan = staff_by_skill(&demands, &groups, &rule, search).unwrap();
        let all: u32 = plan.agents.iter().sum();
        let needed = |calls: f64| {
            let goals = Goals::answered_in(0.8, 20).unwrap();
            required_agents(&demand("x", calls).work, &goals)
                .unwrap()
                .agents()
        };
        assert!(all >= needed(260.0).saturating_sub(1), "{plan:?}");
        assert!(all <= needed(160.0) + needed(100.0), "{plan:?}");
        assert!(
            plan.levels.iter().all(|level| level.mean >= 0.8),
            "{plan:?}"
        );
        assert_eq!(plan.bounds.len(), 3);
        let alone = staff_by_skill(&demands, &groups[..1], &rule, search).unwrap_err();
        assert_eq!(alone.code(), "goal.unattainable");
    }
}
