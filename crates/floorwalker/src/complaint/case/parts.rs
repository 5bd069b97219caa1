//! Parts of the state of a complaint.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::stage::Stage;
use super::step::Step;
use crate::complaint::money::Money;
use crate::complaint::words::{Outcome, Party};
use crate::id::{ActorId, Label};
use crate::terms::terms;

/// A step that was taken, and where it led.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The step.
    pub step: Step,
    /// The state after it.
    pub state: Label,
    /// The stage of that state.
    pub stage: Stage,
}

/// One issue of a complaint (motivo).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Its number or name within the complaint.
    pub issue: Label,
    /// Its topic.
    pub topic: Label,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// Whether a reply has answered it.
    pub answered: bool,
}

terms! {
    /// The region of the remedy (rimedio): how far making good has come.
    RemedyState ("state of a remedy") {
        /// None is proposed (nessuno).
        None = "none",
        /// One is proposed (proposto).
        Proposed = "proposed",
        /// It is approved (approvato).
        Approved = "approved",
        /// It is carried out (eseguito).
        Executed = "executed",
        /// It is refused (rifiutato).
        Refused = "refused",
    }
}

terms! {
    /// The region of the root cause (causa radice): how far learning has come.
    CauseState ("state of a cause") {
        /// It is not named (aperta).
        Open = "open",
        /// It is named (codificata).
        Coded = "coded",
        /// An action against it is planned (azione pianificata).
        ActionPlanned = "action_planned",
        /// The action was checked (azione verificata).
        ActionVerified = "action_verified",
    }
}

/// The remedy: its state and its particulars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remedy {
    pub(super) state: RemedyState,
    pub(super) amount: Option<Money>,
    pub(super) kind: Option<Label>,
    pub(super) by: Option<ActorId>,
}

/// The root cause: its state and its particulars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RootCause {
    pub(super) state: CauseState,
    pub(super) code: Option<Label>,
    pub(super) party: Option<Party>,
    pub(super) action_due: Option<NaiveDate>,
}

/// A holding reply that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) at_ms: i64,
    pub(super) until: NaiveDate,
}

/// A payment of an indemnity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Paid {
    pub(super) policy: Label,
    pub(super) amount: Money,
}
