//! Why a command was not carried out.

use crate::complaint::procedure::Guard;
use crate::id::{CaseId, Label};

use super::step::Step;

/// Why a command is refused, or an event cannot have happened (rifiuto).
///
/// Nothing was changed. The code is the same in every language.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The first thing that happens to a complaint is that it comes in, and only once.
    #[error(
        "a complaint comes in once, as the first thing that happens to it, given the step {step}"
    )]
    Receipt {
        /// The step that was asked for.
        step: Step,
    },
    /// The procedure does not allow the step in this state.
    #[error("the step {step} cannot be taken in the state {state}")]
    WrongStep {
        /// The step.
        step: Step,
        /// The state.
        state: Label,
    },
    /// The step can lead to several states, or not to the one that was named.
    #[error("the step {step} can lead to {}, given {}", names(.possible), .given.as_ref().map_or("none", Label::as_str))]
    Target {
        /// The step.
        step: Step,
        /// Where it can lead.
        possible: Vec<Label>,
        /// Where it was to lead.
        given: Option<Label>,
    },
    /// The actor has none of the roles that may take the step.
    #[error("the step {step} may be taken by {}, given the role {}", names(.allowed), .given.as_ref().map_or("none", Label::as_str))]
    NoRight {
        /// The step.
        step: Step,
        /// The roles that may take it.
        allowed: Vec<Label>,
        /// The actor's role.
        given: Option<Label>,
    },
    /// A step that the procedure requires before was not taken.
    #[error("the step {step} needs the step {missing} before it")]
    Required {
        /// The step.
        step: Step,
        /// What is missing.
        missing: Step,
    },
    /// A condition does not hold.
    #[error("the condition {guard} of the step {step} does not hold: {why}")]
    Guard {
        /// The step.
        step: Step,
        /// The condition.
        guard: Guard,
        /// What is wrong.
        why: String,
    },
    /// Instants are not in order.
    #[error("{why}: {earlier_ms} ms and {later_ms} ms since 1970")]
    Time {
        /// What should be in order.
        why: &'static str,
        /// What was given as the earlier instant.
        earlier_ms: i64,
        /// What was given as the later instant.
        later_ms: i64,
    },
    /// What is backdated, or put right, makes a later event impossible.
    #[error("event {event} could not have happened then: {why}")]
    Contradicts {
        /// The number of the later event.
        event: u64,
        /// Why it could not have happened.
        why: Box<Refusal>,
    },
    /// An event cannot be put right in this way.
    #[error("event {event} cannot be put right so: {why}")]
    Correction {
        /// The number of the event.
        event: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// The procedure or a policy is not the one by which the complaint is handled.
    #[error("{what} {id} is not here in the version that is bound to the complaint")]
    Version {
        /// What is missing: the procedure, or a policy.
        what: &'static str,
        /// Its name or id.
        id: Label,
    },
    /// There is no such complaint.
    #[error("there is no complaint {id}")]
    UnknownCase {
        /// The complaint.
        id: CaseId,
    },
    /// Something that is calculated for a condition has no answer.
    #[error("a clock cannot be read: {why}")]
    Calculation {
        /// The error.
        why: crate::error::Error,
    },
}

fn names(labels: &[Label]) -> String {
    match labels {
        [] => "no state".to_owned(),
        _ => labels
            .iter()
            .map(Label::as_str)
            .collect::<Vec<_>>()
            .join(" or "),
    }
}

impl From<crate::error::Error> for Refusal {
    fn from(why: crate::error::Error) -> Self {
        Self::Calculation { why }
    }
}

impl Refusal {
    /// A stable code for programs, such as `complaint.wrong_step`.
    // flat table
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Receipt { .. } => "complaint.receipt",
            Self::WrongStep { .. } => "complaint.wrong_step",
            Self::Target { .. } => "complaint.target",
            Self::NoRight { .. } => "complaint.no_right",
            Self::Required { .. } => "complaint.required",
            Self::Guard { .. } => "complaint.guard",
            Self::Time { .. } => "complaint.time",
            Self::Contradicts { .. } => "complaint.contradicts",
            Self::Correction { .. } => "complaint.correction",
            Self::Version { .. } => "complaint.version",
            Self::UnknownCase { .. } => "complaint.unknown_case",
            Self::Calculation { .. } => "complaint.calculation",
        }
    }

    /// The condition that does not hold, if it is that.
    #[must_use]
    pub fn guard(&self) -> Option<Guard> {
        match self {
            Self::Guard { guard, .. } => Some(*guard),
            _ => None,
        }
    }
}
