//! How many agents meet the goals, and which goal asks for the last of them.

use std::fmt;

use super::exact;
use super::goals::{Goal, Goals, ReadyGoals};
use crate::error::{ErrorKind, Result};
use crate::staffing::input::{self, MOST_AGENTS, MOST_LOAD};
use crate::staffing::model::{blocking_excess, greatest_real, least};
use crate::staffing::performance::Performance;
use crate::staffing::workload::Workload;

/// What would be broken with a little less.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Binding {
    /// This goal.
    Goal(Goal),
    /// Without patience there must be more agents than traffic.
    Traffic,
    /// Calls need at least one agent.
    OneAgent,
    /// Nothing: a limit of this library was reached first.
    Range,
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Goal(goal) => goal.fmt(f),
            Self::Traffic => f.write_str("more agents than traffic"),
            Self::OneAgent => f.write_str("at least one agent"),
            Self::Range => f.write_str("the range of the model"),
        }
    }
}

/// How many agents meet the goals.
#[derive(Clone, Debug)]
pub struct Sizing {
    agents: u32,
    performance: Performance,
    binding: Vec<Binding>,
}

impl Sizing {
    /// The least number of agents that meets all goals; 0 without calls.
    #[must_use]
    pub fn agents(&self) -> u32 {
        self.agents
    }

    /// How the queue performs with them.
    #[must_use]
    pub fn performance(&self) -> &Performance {
        &self.performance
    }

    /// What would be broken with one agent less, in the order of the goals.
    #[must_use]
    pub fn binding(&self) -> &[Binding] {
        &self.binding
    }
}

/// The least number of agents that meets all goals at once; 0 without calls.
///
/// Costs one Erlang B and a few steps without patience, a few evaluations of Erlang A
/// with it.
///
/// ```
/// use floorwalker::staffing::{Goal, Goals, Workload, required_agents};
///
/// let work = Workload::new(100.0, 1800.0, 180.0)?;
/// let goals = Goals::new([Goal::answered_in(0.8, 20)?, Goal::Occupancy(0.7)])?;
/// let sizing = required_agents(&work, &goals)?;
/// assert_eq!(sizing.agents(), 15);
/// assert_eq!(sizing.binding()[0].to_string(), "occupancy at most 70 %");
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `goal.unattainable` if ten million agents do not meet them.
pub fn required_agents(work: &Workload, goals: &Goals) -> Result<Sizing> {
    let ready = ReadyGoals::new(goals);
    let agents = least_agents(work, goals, &ready)?;
    let performance = Performance::checked(work, f64::from(agents));
    Ok(Sizing {
        agents,
        performance,
        binding: binding_of(work, goals, &ready, agents),
    })
}

/// The least number of agents alone, with goals made ready by the caller.
pub(crate) fn least_agents(work: &Workload, goals: &Goals, ready: &ReadyGoals) -> Result<u32> {
    if work.calls() == 0.0 {
        return Ok(0);
    }
    let cap = goals
        .occupancy_cap()
        .map_or(0.0, |cap| exact::least_for_cap(work, cap));
    let most = f64::from(MOST_AGENTS);
    let found = if work.patience_secs().is_none() {
        let floor = exact::least_above_load(work).max(cap).max(1.0);
        (floor <= most)
            .then(|| walk(work, ready, floor as u32))
            .flatten()
    } else {
        let seed = work.load_erlangs().ceil().min(most) as u32;
        least(1, seed, MOST_AGENTS, |agents| {
            ready.met(work, agents.into())
        })
    };
    found.ok_or_else(|| unattainable(goals))
}

pub(crate) fn unattainable(goals: &Goals) -> crate::error::Error {
    let goals = goals
        .list()
        .iter()
        .map(Goal::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    ErrorKind::Unattainable { goals }.into()
}

/// Erlang C: one Erlang B near the answer, then steps of its recursion up or down.
fn walk(work: &Workload, ready: &ReadyGoals, floor: u32) -> Option<u32> {
    let load = work.load_erlangs();
    let met = |agents: f64, before: f64| ready.met_by(&work.line(load, agents, before), agents);
    let mut agents = f64::from(floor).max((load + 0.5 * load.sqrt()).ceil());
    let mut before = blocking_excess(agents, load);
    if met(agents, before) {
        while agents > f64::from(floor) {
            // 1/B(n - 1) = (1/B(n) - 1) a / n.
            let fewer = before * load / agents - 1.0;
            let fewer = if fewer.is_finite() {
                fewer
            } else {
                blocking_excess(agents - 1.0, load)
            };
            if !met(agents - 1.0, fewer) {
                break;
            }
            (agents, before) = (agents - 1.0, fewer);
        }
        return Some(agents as u32);
    }
    while agents < f64::from(MOST_AGENTS) {
        agents += 1.0;
        before = (before + 1.0) * agents / load;
        if met(agents, before) {
            return Some(agents as u32);
        }
    }
    None
}

fn binding_of(work: &Workload, goals: &Goals, ready: &ReadyGoals, agents: u32) -> Vec<Binding> {
    if agents == 0 {
        return Vec::new();
    }
    if agents == 1 {
        return vec![Binding::OneAgent];
    }
    let fewer = f64::from(agents - 1);
    if work.patience_secs().is_none() && fewer < exact::least_above_load(work) {
        return vec![Binding::Traffic];
    }
    named(goals, ready, &Performance::checked(work, fewer))
}

fn named(goals: &Goals, ready: &ReadyGoals, performance: &Performance) -> Vec<Binding> {
    let failed = ready.failed(performance);
    failed
        .into_iter()
        .map(|place| Binding::Goal(goals.list()[place].clone()))
        .collect()
}

/// A number found for an unknown, and what would be broken beyond it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The number.
    pub value: f64,
    /// What would be broken just beyond it.
    pub binding: Vec<Binding>,
}

/// The least number of agents, also between whole ones: how much part-time is needed.
///
/// # Errors
/// `goal.unattainable` if ten million agents do not meet the goals.
pub fn required_agents_real(work: &Workload, goals: &Goals) -> Result<Found> {
    let ready = ReadyGoals::new(goals);
    let enough = least_agents(work, goals, &ready)?;
    if enough == 0 {
        return Ok(Found {
            value: 0.0,
            binding: Vec::new(),
        });
    }
    let low = f64::from(enough) - 1.0;
    let short = |agents: f64| !ready.met(work, agents);
    let value = greatest_real(low, f64::from(enough), short).unwrap_or(low);
    // The greatest that is too few; the next number is enough.
    let value = value + 4e-15 * value.max(1.0);
    let below = Performance::checked(work, value * (1.0 - 1e-9));
    Ok(Found {
        value,
        binding: named(goals, &ready, &below),
    })
}

/// The most calls per interval with which `agents` meet the goals.
///
/// ```
/// use floorwalker::staffing::{Goals, Workload, most_calls};
///
/// let work = Workload::new(0.0, 1800.0, 180.0)?;
/// let found = most_calls(&work, &Goals::answered_in(0.8, 20)?, 14.0)?;
/// assert!((found.value - 108.0).abs() < 1.0);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` for agents out of range; `goal.unattainable` if not even one
/// call in a million intervals could be served so.
pub fn most_calls(work: &Workload, goals: &Goals, agents: f64) -> Result<Found> {
    let high = MOST_LOAD * work.interval_secs() / work.aht_secs();
    let with = |calls: f64| work.with_calls(calls.min(high * (1.0 - 1e-15))).ok();
    greatest(goals, agents, (1e-6, high), with)
}

/// The longest mean handling time in seconds with which `agents` meet the goals.
///
/// # Errors
/// `value.out_of_range` for agents out of range; `goal.unattainable` if not even calls
/// of a microsecond could be served so.
pub fn longest_aht_secs(work: &Workload, goals: &Goals, agents: f64) -> Result<Found> {
    let high = if work.calls() > 0.0 {
        (MOST_LOAD * work.interval_secs() / work.calls()).min(input::MOST_SECS)
    } else {
        input::MOST_SECS
    };
    let with = |aht: f64| work.with_aht(aht.min(high * (1.0 - 1e-15))).ok();
    greatest(goals, agents, (input::LEAST_SECS, high), with)
}

fn greatest(
    goals: &Goals,
    agents: f64,
    (low, high): (f64, f64),
    with: impl Fn(f64) -> Option<Workload>,
) -> Result<Found> {
    let agents = input::agents(agents)?;
    let ready = ReadyGoals::new(goals);
    let met = |value: f64| with(value).is_some_and(|work| ready.met(&work, agents));
    let value = greatest_real(low, high, met).ok_or_else(|| unattainable(goals))?;
    let beyond = with((value * (1.0 + 1e-9)).min(high));
    let mut binding = beyond.map_or_else(Vec::new, |work| {
        named(goals, &ready, &Performance::checked(&work, agents))
    });
    if binding.is_empty() {
        binding.push(Binding::Range);
    }
    Ok(Found { value, binding })
}

/// The ranges of mean patience, in seconds, in which `agents` meet the goals.
///
/// Patience works both ways: patient callers abandon less and wait longer. So the
/// answer is a list of ranges, looked for between a tenth of a second and a million
/// seconds on a grid of 280 points and refined where the answer changes; a range
/// narrower than a twelfth of an octave may be missed. Empty if no patience will do.
///
/// # Errors
/// `value.out_of_range` for agents out of range.
pub fn patience_ranges_secs(
    work: &Workload,
    goals: &Goals,
    agents: f64,
) -> Result<Vec<(f64, f64)>> {
    const STEPS: i32 = 280;
    let agents = input::agents(agents)?;
    let ready = ReadyGoals::new(goals);
    let met = |patience: f64| {
        work.with_patience(patience)
            .is_ok_and(|work| ready.met(&work, agents))
    };
    let point = |step: i32| 0.1 * 10_f64.powf(7.0 * f64::from(step) / f64::from(STEPS));
    let edge = |from: f64, to: f64| {
        let first = met(from);
        greatest_real(from, to, |patience| met(patience) == first).unwrap_or(from)
    };
    let mut ranges = Vec::new();
    let mut open = met(point(0)).then(|| point(0));
    for step in 1..=STEPS {
        let (last, here) = (point(step - 1), point(step));
        match (open, met(here)) {
            (None, true) => open = Some(edge(last, here)),
            (Some(start), false) => {
                ranges.push((start, edge(last, here)));
                open = None;
            }
            _ => {}
        }
    }
    ranges.extend(open.map(|start| (start, point(STEPS))));
    Ok(ranges)
}

/// The least threshold, in seconds, at which a rule's service level reaches `at_least`:
/// the promise that these agents can keep. `None` if no threshold up to 400 days does.
///
/// The rule's own threshold is not looked at; its limit for short abandons is.
///
/// # Errors
/// `value.out_of_range` for agents or a level out of range.
pub fn least_threshold_secs(
    work: &Workload,
    rule: &crate::service::ServiceLevel,
    at_least: f64,
    agents: f64,
) -> Result<Option<f64>> {
    let at_least = input::share("service level", at_least)?;
    let performance = Performance::of(work, agents)?;
    let shares = super::RuleShares::new(rule);
    let short = |secs: f64| {
        let level = performance.level(&shares.with_within(secs));
        level.is_none_or(|level| level < at_least)
    };
    Ok(match greatest_real(0.0, input::MOST_SECS, short) {
        None => Some(0.0),
        Some(secs) if secs >= input::MOST_SECS => None,
        Some(secs) => Some(secs),
    })
}
