//! What happened on a case, as far as its clocks are concerned.

use serde::{Deserialize, Serialize};

use super::metric::Metric;
use super::waiver::WaiverCause;
use crate::id::{CalendarId, CaseStateId, PriorityId};

/// Something that happened on a case at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CaseEvent {
    /// When it happened, in milliseconds since 1970; not when it was recorded.
    pub at_ms: i64,
    /// What happened.
    pub what: CaseChange,
}

/// What happened on a case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CaseChange {
    /// It was opened: the first event of every case.
    Created {
        /// Its first state, if it matters to the policy.
        state: Option<CaseStateId>,
        /// Its first priority, if it has one.
        priority: Option<PriorityId>,
    },
    /// It went into another state.
    State(CaseStateId),
    /// The customer wrote or called.
    CustomerMessage,
    /// An agent answered the customer.
    AgentReply,
    /// It was resolved. Once resolved, further resolutions change nothing.
    Resolved,
    /// It was taken up again after its resolution.
    Reopened,
    /// It got another priority.
    Priority(PriorityId),
    /// From now on another calendar holds; the past keeps the old one.
    Calendar(CalendarId),
    /// A metric is not counted: its cycles begun so far are waived.
    Waived {
        /// Which metric.
        metric: Metric,
        /// Why.
        cause: WaiverCause,
        /// The document or fact that proves it.
        evidence: String,
    },
}

impl CaseEvent {
    /// `what` happened at an instant.
    #[must_use]
    pub fn new(at_ms: i64, what: CaseChange) -> Self {
        Self { at_ms, what }
    }
}
