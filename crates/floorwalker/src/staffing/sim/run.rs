//! Runs of a scenario: one, many, and two side by side.

use serde::Serialize;

use super::agents::Seat;
use super::engine::{Engine, Follow, Rules, Taken, Taker};
use super::log::{SimLog, micros};
use super::scenario::{AgentGroup, Routing, Scenario};
use super::source::Source;
use crate::error::Result;
use crate::staffing::input;

/// Plays a scenario once, from empty, until the last call has ended.
///
/// The same seed gives the same run. A caller's arrival, patience and handling time
/// depend on the seed and the type of call alone, so runs of two scenarios with one seed
/// have the same callers (common random numbers), as long as nobody calls again.
///
/// ```
/// use floorwalker::staffing::{AgentGroup, CallType, Duration, Route, ScenarioRecord, simulate};
///
/// let calls = CallType::new(
///     "sales".parse()?,
///     vec![100.0; 16],
///     Duration::lognormal(180.0, 0.8)?,
///     Duration::exponential(120.0)?,
/// );
/// let group = AgentGroup::new(vec![Route::new(0, 0)], vec![11; 16]);
/// let day = ScenarioRecord::new(1_772_438_400_000, 1800.0, vec![calls], vec![group]).check()?;
/// let log = simulate(&day, 1);
/// assert!((1400..1800).contains(&log.len()));
/// assert_eq!(log.contacts()?.len(), log.len());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[must_use]
pub fn simulate(scenario: &Scenario, seed: u64) -> SimLog {
    let record = scenario.record();
    let rules = rules(scenario);
    let seats: Vec<Seat> = record
        .groups
        .iter()
        .enumerate()
        .flat_map(|(place, group)| seats(place, group, record.interval_secs))
        .collect();
    let agents = seats.len();
    let calls = Engine::new(&rules, Source::poisson(scenario, seed), seats).run();
    SimLog {
        calls,
        queues: record
            .types
            .iter()
            .map(|call_type| call_type.queue.clone())
            .collect(),
        agents,
        start_ms: record.start_ms,
    }
}

fn rules(scenario: &Scenario) -> Rules {
    let record = scenario.record();
    let follow = |call_type: &super::scenario::CallType| Follow {
        redials: call_type.redial.is_some(),
        callback_after: call_type
            .callback
            .map(|callback| micros(callback.after_secs)),
    };
    Rules {
        takers: takers(record.types.len(), &record.groups),
        taken: record.groups.iter().map(taken).collect(),
        follow: record.types.iter().map(follow).collect(),
        at_once: record
            .groups
            .iter()
            .map(|group| group.at_once.clone())
            .collect(),
        most_specialised: record.routing == Routing::MostSpecialised,
    }
}

fn takers(types: usize, groups: &[AgentGroup]) -> Vec<Vec<Taker>> {
    let of_type = |call_type: usize| {
        let routes = groups.iter().enumerate().flat_map(|(place, group)| {
            group
                .routes
                .iter()
                .map(move |route| (place, group.routes.len(), route))
        });
        let wanted = routes.filter(move |(_, _, route)| route.call_type == call_type);
        wanted
            .map(|(group, skills, route)| Taker {
                group,
                priority: route.priority,
                after: micros(route.after_secs),
                pace: route.pace,
                skills,
            })
            .collect()
    };
    (0..types).map(of_type).collect()
}

fn taken(group: &AgentGroup) -> Vec<Taken> {
    let mut taken: Vec<Taken> = group
        .routes
        .iter()
        .map(|route| Taken {
            call_type: route.call_type,
            priority: route.priority,
            after: micros(route.after_secs),
            pace: route.pace,
        })
        .collect();
    taken.sort_by_key(|taken| taken.priority);
    taken
}

/// One seat for each agent of the busiest interval: the seat `j` is taken in every
/// interval with more than `j` agents, less its breaks.
fn seats(place: usize, group: &AgentGroup, interval_secs: f64) -> Vec<Seat> {
    let most = group.agents.iter().copied().max().unwrap_or(0);
    let seat = |number: u32| {
        let mut spans: Vec<(u64, u64)> = Vec::new();
        for (row, &agents) in group.agents.iter().enumerate() {
            if agents > number {
                let edge = |row: usize| micros(interval_secs * row as f64);
                match spans.last_mut() {
                    Some(last) if last.1 == edge(row) => last.1 = edge(row + 1),
                    _ => spans.push((edge(row), edge(row + 1))),
                }
            }
        }
        for pause in group.breaks.iter().filter(|pause| pause.agent == number) {
            let from = micros(pause.start_secs);
            spans = without(&spans, from, from + micros(pause.secs));
        }
        Seat {
            group: place,
            spans,
            full_breaks: true,
        }
    };
    (0..most).map(seat).collect()
}

/// The spans less what lies in `from..until`.
pub(super) fn without(spans: &[(u64, u64)], from: u64, until: u64) -> Vec<(u64, u64)> {
    let pieces = spans
        .iter()
        .flat_map(|&(start, end)| [(start, end.min(from)), (start.max(until), end)]);
    let mut pieces: Vec<(u64, u64)> = pieces.filter(|(start, end)| start < end).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// A mean over runs, with its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean over the runs that have a figure.
    pub mean: f64,
    /// The standard error of the mean.
    pub standard_error: f64,
    /// Half the width of the 95 % confidence interval (Student's t, by its expansion of
    /// Cornish and Fisher).
    pub half_width: f64,
    /// How many runs had a figure.
    pub runs: u32,
}

impl Estimate {
    /// The estimate over these figures, one for each run; `None` of fewer than two.
    #[must_use]
    pub fn of(figures: &[f64]) -> Option<Self> {
        let runs = u32::try_from(figures.len()).ok().filter(|&runs| runs > 1)?;
        let n = f64::from(runs);
        let mean = figures.iter().sum::<f64>() / n;
        let squares: f64 = figures.iter().map(|figure| (figure - mean).powi(2)).sum();
        let standard_error = (squares / (n - 1.0) / n).sqrt();
        Some(Self {
            mean,
            standard_error,
            half_width: student(n - 1.0) * standard_error,
            runs,
        })
    }

    /// Whether a value lies in the confidence interval.
    #[must_use]
    pub fn covers(&self, value: f64) -> bool {
        (value - self.mean).abs() <= self.half_width
    }
}

/// The 97.5 % quantile of Student's t.
fn student(freedom: f64) -> f64 {
    if freedom < 3.0 {
        return if freedom < 2.0 { 12.706 } else { 4.303 };
    }
    let z = 1.959_963_984_540_054_f64;
    let (third, fifth, seventh) = (z.powi(3), z.powi(5), z.powi(7));
    z + (third + z) / (4.0 * freedom)
        + (5.0 * fifth + 16.0 * third + 3.0 * z) / (96.0 * freedom.powi(2))
        + (3.0 * seventh + 19.0 * fifth + 17.0 * third - 15.0 * z) / (384.0 * freedom.powi(3))
}

fn seeds(first: u64, runs: u32) -> Result<std::ops::Range<u64>> {
    let runs = input::within("runs", 2, 1_000_000, runs)?;
    Ok(first..first.saturating_add(runs.into()))
}

/// A figure over many runs of a scenario, one seed each, from `first_seed` on. `None` if
/// fewer than two runs have a figure.
///
/// # Errors
/// `value.out_of_range` for fewer than 2 runs or more than a million.
pub fn replicate(
    scenario: &Scenario,
    first_seed: u64,
    runs: u32,
    mut figure: impl FnMut(&SimLog) -> Option<f64>,
) -> Result<Option<Estimate>> {
    let seeds = seeds(first_seed, runs)?;
    let figures: Vec<f64> = seeds
        .filter_map(|seed| figure(&simulate(scenario, seed)))
        .collect();
    Ok(Estimate::of(&figures))
}

/// By how much a figure of `changed` is above that of `base`, run by run with the same
/// callers: far fewer runs are needed than for the two by themselves.
///
/// # Errors
/// As for [`replicate`].
pub fn compare(
    base: &Scenario,
    changed: &Scenario,
    first_seed: u64,
    runs: u32,
    mut figure: impl FnMut(&SimLog) -> Option<f64>,
) -> Result<Option<Estimate>> {
    let mut difference = |seed| {
        let before = figure(&simulate(base, seed))?;
        Some(figure(&simulate(changed, seed))? - before)
    };
    let figures: Vec<f64> = seeds(first_seed, runs)?
        .filter_map(&mut difference)
        .collect();
    Ok(Estimate::of(&figures))
}
