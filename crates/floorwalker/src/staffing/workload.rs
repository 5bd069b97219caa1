//! The work that reaches a queue: how many calls, how long, how patient.

use serde::{Deserialize, Serialize};

use super::input;
use super::model::Line;
use crate::error::Result;

/// The work that reaches one queue in one interval (carico di lavoro).
///
/// Invariants: calls are 0 or more; the interval and the mean handling time (AHT: talk,
/// hold and after-call work) are between a microsecond and 400 days; the traffic is at
/// most ten million erlangs; the mean patience, where there is one, is between a
/// microsecond and 1e9 seconds; the part of redials is 0 or more and below 1.
///
/// Without a patience nobody ever gives up: the Erlang C model, which asks for more
/// agents than are needed in busy centres and has no steady state once the traffic
/// reaches the agents. With one it is Erlang A, whose patience is exponential; with
/// redials as well, Erlang X, which takes the repeated calls for independent ones.
///
/// ```
/// use floorwalker::staffing::Workload;
///
/// // 100 calls in half an hour of 3 minutes each keep 10 people busy without a pause.
/// let work = Workload::new(100.0, 1800.0, 180.0)?.with_patience(120.0)?;
/// assert_eq!(work.load_erlangs(), 10.0);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "WorkloadRecord", into = "WorkloadRecord")]
pub struct Workload {
    calls: f64,
    interval_secs: f64,
    aht_secs: f64,
    load: f64,
    patience_secs: Option<f64>,
    redials: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkloadRecord {
    calls: f64,
    interval_secs: f64,
    aht_secs: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    patience_secs: Option<f64>,
    #[serde(default)]
    redials: f64,
}

impl Workload {
    /// So many calls in an interval, each handled for `aht_secs` on average.
    ///
    /// # Errors
    /// `value.out_of_range` for a number outside its range; see the type.
    pub fn new(calls: f64, interval_secs: f64, aht_secs: f64) -> Result<Self> {
        let calls = input::within("calls", 0.0, 1e15, calls)?;
        let interval_secs = input::secs("interval in seconds", interval_secs)?;
        let aht_secs = input::secs("mean handling time in seconds", aht_secs)?;
        // A traffic given as such is kept to the last digit.
        let load = if interval_secs == aht_secs {
            calls
        } else {
            calls * aht_secs / interval_secs
        };
        Ok(Self {
            calls,
            interval_secs,
            aht_secs,
            load: input::load(load)?,
            patience_secs: None,
            redials: 0.0,
        })
    }

    /// A traffic of so many erlangs: calls in one mean handling time.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn of_load(load_erlangs: f64, aht_secs: f64) -> Result<Self> {
        Self::new(input::load(load_erlangs)?, aht_secs, aht_secs)
    }

    /// The same work with callers who give up after an exponential time of this mean.
    ///
    /// # Errors
    /// `value.out_of_range` if it is not between a microsecond and 1e9 seconds.
    pub fn with_patience(self, patience_secs: f64) -> Result<Self> {
        let patience_secs = Some(input::patience_secs(patience_secs)?);
        Ok(Self {
            patience_secs,
            ..self
        })
    }

    /// The same work where this part of those who give up call again.
    ///
    /// # Errors
    /// `value.out_of_range` if it is below 0 or above 0.999: from 1 on, calls of an
    /// overloaded queue would multiply without end.
    pub fn with_redials(self, part: f64) -> Result<Self> {
        let redials = input::within("part of redials", 0.0, 0.999, part)?;
        Ok(Self { redials, ..self })
    }

    /// The same work with another number of calls.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with_calls(self, calls: f64) -> Result<Self> {
        Self::new(calls, self.interval_secs, self.aht_secs).map(|work| work.like(&self))
    }

    /// The same work with another mean handling time.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with_aht(self, aht_secs: f64) -> Result<Self> {
        Self::new(self.calls, self.interval_secs, aht_secs).map(|work| work.like(&self))
    }

    fn like(self, other: &Self) -> Self {
        Self {
            patience_secs: other.patience_secs,
            redials: other.redials,
            ..self
        }
    }

    /// Calls in the interval.
    #[must_use]
    pub fn calls(&self) -> f64 {
        self.calls
    }

    /// The length of the interval in seconds.
    #[must_use]
    pub fn interval_secs(&self) -> f64 {
        self.interval_secs
    }

    /// The mean handling time (AHT) in seconds.
    #[must_use]
    pub fn aht_secs(&self) -> f64 {
        self.aht_secs
    }

    /// The offered traffic in erlangs: calls times handling time by interval.
    #[must_use]
    pub fn load_erlangs(&self) -> f64 {
        self.load
    }

    /// Calls in an hour at the same rate.
    #[must_use]
    pub fn calls_per_hour(&self) -> f64 {
        self.calls * 3600.0 / self.interval_secs
    }

    /// The mean patience in seconds; `None` if nobody gives up.
    #[must_use]
    pub fn patience_secs(&self) -> Option<f64> {
        self.patience_secs
    }

    /// The part of those who give up that call again.
    #[must_use]
    pub fn redials(&self) -> f64 {
        self.redials
    }

    /// The line of this work, at `load` erlangs instead of its own, before so many agents.
    pub(super) fn line(&self, load: f64, agents: f64, before: f64) -> Line {
        Line {
            load,
            capacity: agents,
            unit_secs: self.aht_secs,
            patience_secs: self.patience_secs,
            before,
        }
    }
}

impl TryFrom<WorkloadRecord> for Workload {
    type Error = crate::error::Error;
    fn try_from(record: WorkloadRecord) -> Result<Self> {
        let work = Self::new(record.calls, record.interval_secs, record.aht_secs)?;
        let work = match record.patience_secs {
            Some(patience) => work.with_patience(patience)?,
            None => work,
        };
        work.with_redials(record.redials)
    }
}

impl From<Workload> for WorkloadRecord {
    fn from(work: Workload) -> Self {
        Self {
            calls: work.calls,
            interval_secs: work.interval_secs,
            aht_secs: work.aht_secs,
            patience_secs: work.patience_secs,
            redials: work.redials,
        }
    }
}
