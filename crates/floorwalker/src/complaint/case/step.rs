//! The steps by which a complaint goes on.

use super::stage::Stage;
use crate::terms::terms;

terms! {
    /// What can be done to a complaint (passo): the kinds of commands and of events.
    Step ("step") {
        /// It comes in.
        Receive = "receive",
        /// It gets its complainant and its issues.
        Register = "register",
        /// The customer is told that it came in.
        Acknowledge = "acknowledge",
        /// Severity is judged, policies are bound.
        Assess = "assess",
        /// Severity is judged again.
        Reassess = "reassess",
        /// It is solved in the first conversation.
        ResolveAtContact = "resolve_at_contact",
        /// Someone gets it to work on.
        Assign = "assign",
        /// Looking into it begins.
        Investigate = "investigate",
        /// The customer is asked for something.
        AskCustomer = "ask_customer",
        /// Someone else is asked for something.
        AskThirdParty = "ask_third_party",
        /// What was asked for has come.
        InfoReceived = "info_received",
        /// A document is put into the file.
        AttachEvidence = "attach_evidence",
        /// A decision is written.
        DraftDecision = "draft_decision",
        /// A second person agrees with the decision.
        Approve = "approve",
        /// The reasoned reply is sent.
        Respond = "respond",
        /// The customer is told why the reply takes longer, and until when.
        HoldingReply = "holding_reply",
        /// The customer accepts.
        Accept = "accept",
        /// The customer does not accept.
        Contest = "contest",
        /// The customer did not react.
        Silence = "silence",
        /// A body outside gets it.
        Refer = "refer",
        /// The body outside has decided.
        ExternalOutcome = "external_outcome",
        /// It goes on in another complaint.
        Merge = "merge",
        /// The customer takes it back.
        Withdraw = "withdraw",
        /// It is not handled as a complaint.
        Reject = "reject",
        /// It is opened again.
        Reopen = "reopen",
        /// It moves between the company's own states of investigating, or back to one.
        Advance = "advance",
        /// A clock is not counted, for a reason outside the company.
        Waive = "waive",
        /// It goes up a level.
        Escalate = "escalate",
        /// A remedy is proposed.
        ProposeRemedy = "propose_remedy",
        /// The remedy is approved.
        ApproveRemedy = "approve_remedy",
        /// The remedy is carried out.
        ExecuteRemedy = "execute_remedy",
        /// The remedy is refused.
        RefuseRemedy = "refuse_remedy",
        /// An indemnity is paid.
        PayIndemnity = "pay_indemnity",
        /// The root cause is named.
        CodeCause = "code_cause",
        /// An action against the cause is planned.
        PlanAction = "plan_action",
        /// It is checked whether the action worked.
        VerifyAction = "verify_action",
        /// An earlier event is put right.
        Correct = "correct",
    }
}

/// Where a step leads in the region of handling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lands {
    /// It stays in its state.
    Stays,
    /// It moves to a state of one of these stages.
    In(&'static [Stage]),
    /// It moves to a state of one of these stages, or stays.
    MayStay(&'static [Stage]),
}

impl Step {
    /// Where the step may lead. Steps that only concern clocks, escalation, remedy and
    /// cause stay: those regions go on beside handling.
    // flat table
    pub(crate) fn lands(self) -> Lands {
        match self {
            Self::Receive => Lands::In(&[Stage::Received]),
            Self::Register => Lands::In(&[Stage::Registered]),
            Self::Acknowledge => Lands::MayStay(&[Stage::Acknowledged]),
            Self::Assess => Lands::In(&[Stage::Assessed]),
            Self::Investigate | Self::InfoReceived | Self::Contest | Self::Advance => {
                Lands::In(&[Stage::Investigating])
            }
            Self::AskCustomer => Lands::In(&[Stage::AwaitingCustomer]),
            Self::AskThirdParty => Lands::In(&[Stage::AwaitingThirdParty]),
            Self::DraftDecision => Lands::In(&[Stage::DecisionDrafted]),
            Self::Respond => Lands::In(&[Stage::Responded]),
            Self::ResolveAtContact | Self::Accept | Self::Silence => Lands::In(&[Stage::Closed]),
            Self::Refer => Lands::In(&[Stage::Referred]),
            Self::ExternalOutcome => Lands::MayStay(&[Stage::Investigating, Stage::Closed]),
            Self::Merge => Lands::In(&[Stage::Merged]),
            Self::Withdraw => Lands::In(&[Stage::Withdrawn]),
            Self::Reject => Lands::In(&[Stage::Rejected]),
            Self::Reopen => Lands::In(&[Stage::Reopened]),
            _ => Lands::Stays,
        }
    }

    /// Whether it may be taken in a terminal stage: opening again and an outcome from
    /// outside; and, once closed, what concerns remedy and cause, because a payment in
    /// the next bill or the check of an action comes after the end of handling.
    pub(crate) fn is_allowed_after(self, stage: Stage) -> bool {
        match self {
            Self::Reopen | Self::ExternalOutcome => stage == Stage::Closed,
            Self::ExecuteRemedy | Self::PayIndemnity | Self::PlanAction | Self::VerifyAction => {
                stage == Stage::Closed
            }
            _ => false,
        }
    }

    fn bit(self) -> u64 {
        1 << self as u8
    }
}

/// A set of steps.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub(crate) struct StepSet(u64);

impl StepSet {
    pub(crate) fn insert(&mut self, step: Step) {
        self.0 |= step.bit();
    }

    pub(crate) fn contains(self, step: Step) -> bool {
        self.0 & step.bit() != 0
    }
}
