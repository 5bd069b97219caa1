//! What a queue does with so many agents: every figure of one state.

use serde::Serialize;

use super::goal::{Happened, RuleShares};
use super::input;
use super::model::{ByLimit, Fate, Line, blocking_excess};
use super::workload::Workload;
use crate::error::Result;
use crate::service::ServiceLevel;

/// How a queue performs in steady state, with a given number of agents.
///
/// Invariant: all probabilities are between 0 and 1; no figure is NaN.
///
/// Waits are those of the theory: V is the wait that a caller of endless patience would
/// have, R the patience, W = min(V, R) the time spent in the queue. Figures that no
/// caller could have, and means that grow without end, are `None`: an Erlang C queue
/// whose traffic reaches its agents has a waiting probability of 1, a service level of
/// 0 and no mean wait.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::service::ServiceLevel;
/// use floorwalker::staffing::{Performance, Workload};
///
/// let work = Workload::new(100.0, 1800.0, 180.0)?; // 10 erlangs
/// let with_14 = Performance::of(&work, 14.0)?;
/// assert!((with_14.waiting_probability() - 0.174_13).abs() < 1e-5);
/// let within_20 = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// assert!((with_14.service_level(&within_20).unwrap() - 0.888_35).abs() < 1e-5);
///
/// // With callers who give up, the rule makes a difference.
/// let impatient = Performance::of(&work.with_patience(120.0)?, 10.0)?;
/// let answered = ServiceLevel::answered_only(TimeDelta::seconds(20))?;
/// let gap = impatient.service_level(&answered).unwrap() - impatient.service_level(&within_20).unwrap();
/// assert!(gap > 0.05);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Performance {
    line: Line,
    fate: Fate,
    agents: f64,
    fresh_load: f64,
}

/// The figures of a [`Performance`], to be kept or sent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PerformanceFigures {
    /// Agents.
    pub agents: f64,
    /// See [`Performance::load_erlangs`].
    pub load_erlangs: f64,
    /// See [`Performance::waiting_probability`].
    pub waiting_probability: f64,
    /// See [`Performance::abandonment`].
    pub abandonment: f64,
    /// See [`Performance::asa_secs`].
    pub asa_secs: Option<f64>,
    /// See [`Performance::mean_wait_secs`].
    pub mean_wait_secs: Option<f64>,
    /// See [`Performance::mean_queue`].
    pub mean_queue: Option<f64>,
    /// See [`Performance::occupancy`].
    pub occupancy: Option<f64>,
}

impl Performance {
    /// The performance of a queue with `agents`, which need not be a whole number: half
    /// an agent is the analytic continuation, not an average.
    ///
    /// # Errors
    /// `value.out_of_range` if there are less than 0 agents or more than ten million.
    pub fn of(work: &Workload, agents: f64) -> Result<Self> {
        Ok(Self::checked(work, input::agents(agents)?))
    }

    /// The same, for agents that are known to be in range.
    pub(super) fn checked(work: &Workload, agents: f64) -> Self {
        Self::with_limits(work, agents, []).0
    }

    /// The same together with what has happened by each limit, in one go.
    pub(super) fn with_limits<const N: usize>(
        work: &Workload,
        agents: f64,
        limits: [f64; N],
    ) -> (Self, [ByLimit; N]) {
        let fresh = work.load_erlangs();
        let load = if work.redials() > 0.0 && work.patience_secs().is_some() {
            load_with_redials(work, agents)
        } else {
            fresh
        };
        let line = work.line(load, agents, blocking_excess(agents, load));
        let (fate, by_limit) = line.fate(limits);
        (
            Self {
                line,
                fate,
                agents,
                fresh_load: fresh,
            },
            by_limit,
        )
    }

    /// The performance of a line made by another model, with `agents` behind it.
    pub(super) fn of_line(line: Line, agents: f64) -> Self {
        let (fate, []) = line.fate([]);
        Self {
            line,
            fate,
            agents,
            fresh_load: line.load,
        }
    }

    /// The same together with what has happened by a limit.
    pub(super) fn of_line_by(line: Line, agents: f64, limit: f64) -> (Self, ByLimit) {
        let (fate, [by]) = line.fate([limit]);
        (
            Self {
                line,
                fate,
                agents,
                fresh_load: line.load,
            },
            by,
        )
    }

    /// Agents.
    #[must_use]
    pub fn agents(&self) -> f64 {
        self.agents
    }

    /// The offered traffic in erlangs, redials included.
    #[must_use]
    pub fn load_erlangs(&self) -> f64 {
        self.line.load
    }

    /// Calls offered for each fresh caller: 1 without redials.
    #[must_use]
    pub fn attempts_per_caller(&self) -> f64 {
        if self.fresh_load > 0.0 {
            self.line.load / self.fresh_load
        } else {
            1.0
        }
    }

    /// The part of fresh callers who give up for good: of all attempts, those that are
    /// abandoned and not repeated. Equal to [`abandonment`](Self::abandonment) without redials.
    #[must_use]
    pub fn lost_callers(&self) -> f64 {
        // Fresh callers are served at some attempt or lost: x (1 - p) = fresh - lost.
        let served = self.attempts_per_caller() * (1.0 - self.fate.gives_up);
        if self.line.load == self.fresh_load {
            self.fate.gives_up
        } else {
            (1.0 - served).clamp(0.0, 1.0)
        }
    }

    /// Whether the queue settles: without patience, only if the agents are above the traffic.
    #[must_use]
    pub fn is_stable(&self) -> bool {
        self.line.is_stable()
    }

    /// P(V > 0), the part of calls that find all agents busy.
    #[must_use]
    pub fn waiting_probability(&self) -> f64 {
        self.fate.waits
    }

    /// P(R < V), the part of offered calls that give up, short ones included.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        self.fate.gives_up
    }

    /// E[V | R > V] in seconds: the mean wait of the answered, those without a wait
    /// included, which is the average speed of answer (ASA, tempo medio di attesa) as
    /// telephone systems report it. `None` if nobody is answered or the queue grows without end.
    #[must_use]
    pub fn asa_secs(&self) -> Option<f64> {
        let answered = 1.0 - self.fate.gives_up;
        finite(self.fate.served_wait_secs / answered)
    }

    /// `E[W]` in seconds: the mean time in the queue over all calls.
    #[must_use]
    pub fn mean_wait_secs(&self) -> Option<f64> {
        finite(self.wait_of_all())
    }

    /// E[R | R < V] in seconds: how long those waited who gave up. `None` if nobody does.
    #[must_use]
    pub fn mean_wait_of_abandoned_secs(&self) -> Option<f64> {
        finite(self.fate.wait_if_lost_secs)
    }

    /// `E[V]` in seconds: the mean wait that callers of endless patience would have among
    /// the others.
    #[must_use]
    pub fn mean_virtual_wait_secs(&self) -> Option<f64> {
        finite(self.fate.virtual_wait_secs)
    }

    /// The mean number of callers in the queue. `None` if it grows without end.
    #[must_use]
    pub fn mean_queue(&self) -> Option<f64> {
        if self.line.load == 0.0 {
            return Some(0.0);
        }
        finite(self.line.load / self.line.unit_secs * self.wait_of_all())
    }

    /// The part of their time in which agents handle calls: carried traffic by agents,
    /// 1 in an overloaded queue without patience. `None` without agents.
    #[must_use]
    pub fn occupancy(&self) -> Option<f64> {
        let carried = if self.is_stable() {
            self.line.load * (1.0 - self.fate.gives_up)
        } else {
            self.line.capacity
        };
        (self.agents > 0.0).then(|| (carried / self.line.capacity).min(1.0))
    }

    /// Mean number of lines in use, by callers in the queue and with agents. `None` if it
    /// grows without end.
    #[must_use]
    pub fn lines_in_use(&self) -> Option<f64> {
        let talking = self.line.load * (1.0 - self.fate.gives_up);
        self.mean_queue().map(|queue| queue + talking)
    }

    /// The service level by a rule of the room [`service`](crate::service), the same
    /// that counts real calls; limits of single queues are not looked at. `None` if no
    /// call would count.
    ///
    /// Every call of the model is answered or gives up, and waits from its entry into
    /// the queue; what a rule says of flow-outs, call-backs and menus does not matter.
    #[must_use]
    pub fn service_level(&self, rule: &ServiceLevel) -> Option<f64> {
        self.level(&RuleShares::new(rule))
    }

    /// The service levels by several rules, each distinct limit being computed once.
    #[must_use]
    pub fn service_levels(&self, rules: &[ServiceLevel]) -> Vec<Option<f64>> {
        let shares: Vec<RuleShares> = rules.iter().map(RuleShares::new).collect();
        let mut limits: Vec<f64> = Vec::new();
        for limit in shares.iter().flat_map(RuleShares::limits) {
            if !limits.contains(&limit) {
                limits.push(limit);
            }
        }
        let known = self.by_all(&limits);
        let by = |limit: f64| {
            let place = limits.iter().position(|&seen| seen == limit);
            known[place.expect("the limits of all rules were collected")]
        };
        let level = |shares: &RuleShares| {
            let short = shares.short_secs().map(by);
            shares.level(&happened(&self.fate, by(shares.within_secs()), short))
        };
        shares.iter().map(level).collect()
    }

    /// What has happened by each limit; two are computed in one go.
    fn by_all(&self, limits: &[f64]) -> Vec<ByLimit> {
        let mut known = Vec::with_capacity(limits.len());
        for pair in limits.chunks(2) {
            match *pair {
                [first, second] => known.extend(self.line.fate([first, second]).1),
                _ => known.extend(pair.iter().map(|&limit| self.by(limit))),
            }
        }
        known
    }

    pub(super) fn fate(&self) -> Fate {
        self.fate
    }

    /// What has happened to a call by a limit in seconds.
    pub(super) fn by(&self, limit: f64) -> ByLimit {
        let [by] = self.line.fate([limit]).1;
        by
    }

    pub(super) fn level(&self, shares: &RuleShares) -> Option<f64> {
        let limits = [shares.within_secs(), shares.short_secs().unwrap_or(0.0)];
        let happened = match shares.short_secs() {
            Some(_) => {
                let [within, short] = self.line.fate(limits).1;
                happened(&self.fate, within, Some(short))
            }
            None => happened(&self.fate, self.line.fate([limits[0]]).1[0], None),
        };
        shares.level(&happened)
    }

    /// P(V <= T), the part of calls whose offered wait is within `secs`: what a caller
    /// of endless patience would see, "virtual" in some products.
    ///
    /// # Errors
    /// `value.out_of_range` if the limit is negative or above 400 days.
    pub fn virtual_within(&self, secs: f64) -> Result<f64> {
        let secs = input::limit_secs("limit in seconds", secs)?;
        Ok(1.0 - self.line.fate([secs]).1[0].virtual_late)
    }

    /// P(W > T): the part of calls that are still in the queue after `secs`.
    ///
    /// # Errors
    /// `value.out_of_range` if the limit is negative or above 400 days.
    pub fn waiting_beyond(&self, secs: f64) -> Result<f64> {
        let secs = input::limit_secs("limit in seconds", secs)?;
        Ok(self.beyond(secs))
    }

    fn beyond(&self, secs: f64) -> f64 {
        let patience = self.line.patience_secs;
        let stays = patience.map_or(1.0, |patience| (-secs / patience).exp());
        self.line.fate([secs]).1[0].virtual_late * stays
    }

    /// The time in the queue within which this part of all calls leave it, answered or
    /// not: 0.9 gives the 90th percentile. `None` if it takes more than 400 days.
    ///
    /// # Errors
    /// `value.out_of_range` if the part is not between 0 and 1.
    pub fn wait_percentile_secs(&self, part: f64) -> Result<Option<f64>> {
        let left = 1.0 - input::share("part of calls", part)?;
        if self.fate.waits <= left {
            return Ok(Some(0.0));
        }
        let longer = |secs: f64| self.beyond(secs) > left;
        let found = super::model::greatest_real(0.0, input::MOST_SECS, longer);
        Ok(found.filter(|&secs| secs < input::MOST_SECS))
    }

    /// The main figures as a record.
    #[must_use]
    pub fn figures(&self) -> PerformanceFigures {
        PerformanceFigures {
            agents: self.agents,
            load_erlangs: self.load_erlangs(),
            waiting_probability: self.waiting_probability(),
            abandonment: self.abandonment(),
            asa_secs: self.asa_secs(),
            mean_wait_secs: self.mean_wait_secs(),
            mean_queue: self.mean_queue(),
            occupancy: self.occupancy(),
        }
    }

    fn wait_of_all(&self) -> f64 {
        self.fate.served_wait_secs + self.fate.lost_wait_secs
    }
}

/// The probabilities a rule needs, from those by its limits.
pub(super) fn happened(fate: &Fate, within: ByLimit, short: Option<ByLimit>) -> Happened {
    let short = short.map_or(0.0, |short| short.lost);
    let answered = 1.0 - fate.gives_up;
    Happened {
        answered: [within.served.min(answered), answered],
        lost: [within.lost.min(fate.gives_up), fate.gives_up],
        short: short.min(fate.gives_up),
        short_within: short.min(within.lost).min(fate.gives_up),
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// The traffic with redials: the `x` with `x (1 - r p(x)) = fresh`, `p` the abandonment
/// at traffic `x`. The left side grows with `x`, so there is one; it is enclosed by
/// false position after Illinois.
fn load_with_redials(work: &Workload, agents: f64) -> f64 {
    let (fresh, part) = (work.load_erlangs(), work.redials());
    let gap = |load: f64| {
        let line = work.line(load, agents, blocking_excess(agents, load));
        load * (1.0 - part * line.fate([]).0.gives_up) - fresh
    };
    let (mut low, mut high) = (fresh, fresh / (1.0 - part));
    let (mut at_low, mut at_high) = (gap(low), gap(high));
    let mut last_side = 0;
    for _ in 0..200 {
        if at_low >= 0.0 || high - low <= 4e-16 * high {
            return low;
        }
        if at_high <= 0.0 {
            return high;
        }
        let middle = (low * at_high - high * at_low) / (at_high - at_low);
        let middle = if middle > low && middle < high {
            middle
        } else {
            0.5 * (low + high)
        };
        if middle <= low || middle >= high {
            break;
        }
        let here = gap(middle);
        if here.abs() <= 1e-16 * fresh {
            return middle;
        }
        if here < 0.0 {
            (low, at_low) = (middle, here);
            if last_side == -1 {
                at_high *= 0.5;
            }
            last_side = -1;
        } else {
            (high, at_high) = (middle, here);
            if last_side == 1 {
                at_low *= 0.5;
            }
            last_side = 1;
        }
    }
    0.5 * (low + high)
}
