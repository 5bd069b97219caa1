//! What is promised on the cases of a kind.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::metric::{Metric, Target};
use crate::id::CaseStateId;

/// What a change of priority does to clocks whose targets go by priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnPriorityChange {
    /// The new target counts from the original start; pauses before it stay.
    #[default]
    Retroactive,
    /// A new clock starts at the change.
    Restart,
    /// The target of the start stays.
    Keep,
}

/// What reopening a resolved case does to its resolution clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnReopen {
    /// The same clock goes on; the time between resolution and reopening does not
    /// count. A met target may still be missed.
    #[default]
    Continue,
    /// A new cycle starts at the reopening; the old one stays as it was.
    Restart,
    /// The first resolution stays.
    Ignore,
}

/// The promises on the cases of a kind: which metrics, how much time, what pauses them
/// and what changes do.
///
/// ```
/// use floorwalker::time::clock::{Metric, OnReopen, SlaPolicy, Target};
///
/// let policy = SlaPolicy::new()
///     .with_metric(Metric::FirstResponse, Target::same(3_600_000)?)
///     .with_metric(Metric::Resolution, Target::same(8 * 3_600_000)?)
///     .with_pause_state("waiting_customer".parse()?)
///     .with_on_reopen(OnReopen::Restart);
/// assert_eq!(policy.metrics().count(), 2);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlaPolicy {
    metrics: BTreeMap<Metric, Target>,
    pause_states: BTreeSet<CaseStateId>,
    on_priority_change: OnPriorityChange,
    on_reopen: OnReopen,
}

impl SlaPolicy {
    /// A policy that promises nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same policy with this target for a metric.
    #[must_use]
    pub fn with_metric(mut self, metric: Metric, target: Target) -> Self {
        self.metrics.insert(metric, target);
        self
    }

    /// The same policy, where this state holds the clocks of a case, except legal ones.
    #[must_use]
    pub fn with_pause_state(mut self, state: CaseStateId) -> Self {
        self.pause_states.insert(state);
        self
    }

    /// The same policy with another effect of a change of priority.
    #[must_use]
    pub fn with_on_priority_change(self, on_priority_change: OnPriorityChange) -> Self {
        Self {
            on_priority_change,
            ..self
        }
    }

    /// The same policy with another effect of reopening.
    #[must_use]
    pub fn with_on_reopen(self, on_reopen: OnReopen) -> Self {
        Self { on_reopen, ..self }
    }

    /// The metrics with their targets, in the order of [`Metric::ALL`].
    pub fn metrics(&self) -> impl Iterator<Item = (Metric, &Target)> {
        self.metrics
            .iter()
            .map(|(metric, target)| (*metric, target))
    }

    /// Whether a state holds the clocks of a case.
    #[must_use]
    pub fn is_pause_state(&self, state: &CaseStateId) -> bool {
        self.pause_states.contains(state)
    }

    /// The effect of a change of priority.
    #[must_use]
    pub fn on_priority_change(&self) -> OnPriorityChange {
        self.on_priority_change
    }

    /// The effect of reopening.
    #[must_use]
    pub fn on_reopen(&self) -> OnReopen {
        self.on_reopen
    }
}
