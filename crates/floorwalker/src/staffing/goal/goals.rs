//! What a queue must achieve: one goal or several at once.

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::rule_shares::RuleShares;
use crate::error::{Error, ErrorKind, Result};
use crate::service::ServiceLevel;
use crate::staffing::input;
use crate::staffing::model::{ByLimit, Line};
use crate::staffing::performance::{Performance, happened};
use crate::staffing::workload::Workload;

/// One thing that a queue must achieve.
///
/// ```
/// use floorwalker::staffing::Goal;
///
/// assert_eq!(Goal::answered_in(0.8, 20)?.to_string(), "offered(20s) at least 80 %");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Goal {
    /// A service level by a named rule, at least this part of what the rule counts.
    ServiceLevel {
        /// The rule.
        rule: ServiceLevel,
        /// 0 to 1.
        at_least: f64,
    },
    /// The part of callers whose offered wait V is within the limit: as seen by somebody
    /// who never gives up.
    VirtualWait {
        /// The limit in seconds.
        within_secs: f64,
        /// 0 to 1.
        at_least: f64,
    },
    /// The mean wait of the answered (ASA), at most this many seconds.
    Asa(f64),
    /// The mean time in the queue over all calls, at most this many seconds.
    MeanWait(f64),
    /// The part of offered calls that give up, at most this.
    Abandonment(f64),
    /// The part of calls that wait at all, at most this.
    Waiting(f64),
    /// The part of their time in which agents handle calls, at most this: a cap that keeps
    /// work bearable.
    Occupancy(f64),
}

impl Goal {
    /// "80/20": at least this part of the offered calls answered within so many seconds.
    ///
    /// # Errors
    /// `value.out_of_range` if the part is not between 0 and 1 or the limit negative.
    pub fn answered_in(at_least: f64, seconds: i64) -> Result<Self> {
        let limit = TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX);
        let rule = ServiceLevel::offered(limit)?;
        Self::ServiceLevel { rule, at_least }.checked()
    }

    fn checked(self) -> Result<Self> {
        match self {
            Self::ServiceLevel { at_least, .. } => input::share("service level", at_least)?,
            Self::VirtualWait {
                within_secs,
                at_least,
            } => {
                input::limit_secs("limit in seconds", within_secs)?;
                input::share("service level", at_least)?
            }
            Self::Asa(secs) | Self::MeanWait(secs) => {
                input::limit_secs("mean wait in seconds", secs)?
            }
            Self::Abandonment(part) => input::share("abandonment", part)?,
            Self::Waiting(part) => input::share("waiting probability", part)?,
            Self::Occupancy(part) => input::within("occupancy", 1e-6, 1.0, part)?,
        };
        Ok(self)
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |part: f64| (part * 1e6).round() / 1e4;
        match self {
            Self::ServiceLevel { rule, at_least } => {
                write!(f, "{rule} at least {} %", percent(*at_least))
            }
            Self::VirtualWait {
                within_secs,
                at_least,
            } => {
                write!(
                    f,
                    "virtual wait within {within_secs}s at least {} %",
                    percent(*at_least)
                )
            }
            Self::Asa(secs) => write!(f, "ASA at most {secs}s"),
            Self::MeanWait(secs) => write!(f, "mean wait at most {secs}s"),
            Self::Abandonment(part) => write!(f, "abandonment at most {} %", percent(*part)),
            Self::Waiting(part) => write!(f, "waiting at most {} %", percent(*part)),
            Self::Occupancy(part) => write!(f, "occupancy at most {} %", percent(*part)),
        }
    }
}

/// Goals to be met all at once.
///
/// Invariant: at least one goal; all numbers within their ranges.
///
/// ```
/// use floorwalker::staffing::{Goal, Goals};
///
/// let goals = Goals::new([Goal::answered_in(0.8, 20)?, Goal::Occupancy(0.85)])?;
/// assert_eq!(goals.list().len(), 2);
/// assert!(Goals::new([Goal::Occupancy(1.2)]).unwrap_err().is_range());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Goal>", into = "Vec<Goal>")]
pub struct Goals(Vec<Goal>);

impl Goals {
    /// These goals together.
    ///
    /// # Errors
    /// `value.out_of_range` for a number outside its range; `options.conflict` without a goal.
    pub fn new(goals: impl IntoIterator<Item = Goal>) -> Result<Self> {
        let goals = goals
            .into_iter()
            .map(Goal::checked)
            .collect::<Result<Vec<_>>>()?;
        if goals.is_empty() {
            let why = "there must be at least one".to_owned();
            return Err(ErrorKind::Conflict { what: "goals", why }.into());
        }
        Ok(Self(goals))
    }

    /// "80/20" alone.
    ///
    /// # Errors
    /// As for [`Goal::answered_in`].
    pub fn answered_in(at_least: f64, seconds: i64) -> Result<Self> {
        Self::new([Goal::answered_in(at_least, seconds)?])
    }

    /// The goals, in the order given.
    #[must_use]
    pub fn list(&self) -> &[Goal] {
        &self.0
    }

    /// The lowest cap on occupancy.
    pub(super) fn occupancy_cap(&self) -> Option<f64> {
        let caps = self.0.iter().filter_map(|goal| match goal {
            Goal::Occupancy(cap) => Some(*cap),
            _ => None,
        });
        caps.reduce(f64::min)
    }
}

impl TryFrom<Vec<Goal>> for Goals {
    type Error = Error;
    fn try_from(goals: Vec<Goal>) -> Result<Self> {
        Self::new(goals)
    }
}

impl From<Goals> for Vec<Goal> {
    fn from(goals: Goals) -> Self {
        goals.0
    }
}

/// A goal made ready to be asked many times.
#[derive(Clone, Copy, Debug)]
enum Ready {
    Level(RuleShares, f64),
    Virtual(f64, f64),
    Asa(f64),
    MeanWait(f64),
    Abandonment(f64),
    Waiting(f64),
    Occupancy(f64),
}

/// Goals made ready to be asked many times.
#[derive(Clone, Debug)]
pub(crate) struct ReadyGoals(Vec<Ready>);

impl ReadyGoals {
    pub(crate) fn new(goals: &Goals) -> Self {
        let ready = |goal: &Goal| match goal {
            Goal::ServiceLevel { rule, at_least } => Ready::Level(RuleShares::new(rule), *at_least),
            Goal::VirtualWait {
                within_secs,
                at_least,
            } => Ready::Virtual(*within_secs, *at_least),
            Goal::Asa(secs) => Ready::Asa(*secs),
            Goal::MeanWait(secs) => Ready::MeanWait(*secs),
            Goal::Abandonment(part) => Ready::Abandonment(*part),
            Goal::Waiting(part) => Ready::Waiting(*part),
            Goal::Occupancy(part) => Ready::Occupancy(*part),
        };
        Self(goals.0.iter().map(ready).collect())
    }

    /// Whether all goals are met with so many agents.
    pub(crate) fn met(&self, work: &Workload, agents: f64) -> bool {
        let limit = self.0.iter().find_map(Ready::limit).unwrap_or(0.0);
        let (performance, [by]) = if limit > 0.0 {
            Performance::with_limits(work, agents, [limit])
        } else {
            let (performance, []) = Performance::with_limits(work, agents, []);
            (performance, [performance.by(0.0)])
        };
        self.0
            .iter()
            .all(|ready| ready.met(&performance, (limit, by)))
    }

    /// The same for a line whose `before` is known.
    pub(crate) fn met_by(&self, line: &Line, agents: f64) -> bool {
        let limit = self.0.iter().find_map(Ready::limit).unwrap_or(0.0);
        let (performance, by) = Performance::of_line_by(*line, agents, limit);
        self.0
            .iter()
            .all(|ready| ready.met(&performance, (limit, by)))
    }

    /// The places of the goals that a performance fails.
    pub(crate) fn failed(&self, performance: &Performance) -> Vec<usize> {
        let known = (0.0, performance.by(0.0));
        let failed = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, ready)| !ready.met(performance, known));
        failed.map(|(place, _)| place).collect()
    }
}

impl Ready {
    fn limit(&self) -> Option<f64> {
        match self {
            Self::Level(shares, _) => Some(shares.within_secs()),
            Self::Virtual(within, _) => Some(*within),
            _ => None,
        }
    }

    /// Whether the goal is met; `known` is what has happened by one limit.
    fn met(&self, performance: &Performance, known: (f64, ByLimit)) -> bool {
        let by = |limit: f64| {
            if limit == known.0 {
                known.1
            } else {
                performance.by(limit)
            }
        };
        let at_most = |value: Option<f64>, limit: f64| value.is_some_and(|value| value <= limit);
        match self {
            Self::Level(shares, at_least) => {
                let short = shares.short_secs().map(by);
                let happened = happened(&performance.fate(), by(shares.within_secs()), short);
                shares
                    .level(&happened)
                    .is_some_and(|level| level >= *at_least)
            }
            Self::Virtual(within, at_least) => 1.0 - by(*within).virtual_late >= *at_least,
            Self::Asa(secs) => at_most(performance.asa_secs(), *secs),
            Self::MeanWait(secs) => at_most(performance.mean_wait_secs(), *secs),
            Self::Abandonment(part) => performance.abandonment() <= *part,
            Self::Waiting(part) => performance.waiting_probability() <= *part,
            // What is offered is at least what is carried: an offered traffic that keeps
            // the cap exactly is decided in decimals, before.
            Self::Occupancy(part) => {
                let exact =
                    performance.load_erlangs() / performance.agents() * (1.0 - 1e-12) <= *part;
                exact || at_most(performance.occupancy(), *part)
            }
        }
    }
}
