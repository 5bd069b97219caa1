//! One complaint: commands, events, and the state that is folded from them.

mod act;
mod apply;
mod automatic;
mod check;
mod command;
mod cycles;
mod decide;
mod docket;
mod event;
mod guard_regions;
mod guards;
mod history;
mod indemnity;
mod obligations;
mod order;
mod parts;
mod refusal;
mod rules;
mod snapshot;
mod stage;
mod state;
mod step;

#[cfg(test)]
mod tests;

pub use act::{
    Act, Action, Assessment, Assignment, Cause, Corrected, Correction, Decision, Document,
    Escalation, ExternalDecision, Holding, IssueOutcome, Merger, Message, NewIssue, Payment,
    PolicyRef, ProcedureRef, Proposal, Reassessment, Receipt, Referral, Registration, Rejection,
    Reopening, Reply, Resolution, Verification, Waiving, Withdrawal,
};
pub use command::{Command, NewEvent};
pub use docket::{Docket, NoOthers, OtherStanding, Others};
pub use event::{Event, EventRecord};
pub use history::{ChainFault, History, HistoryFault};
pub use obligations::{Nature, ObligationReading, ObligationState};
pub use parts::{CauseState, Issue, Mark, RemedyState};
pub use refusal::Refusal;
pub use rules::Rules;
pub use snapshot::Snapshot;
pub use stage::Stage;
pub use state::Case;
pub use step::Step;

pub(crate) use step::Lands;
