//! What is done to a complaint, with its particulars.
//!
//! The fields of each struct stand in order of their names, because the text over
//! which events are chained is written in that order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::step::Step;
use crate::complaint::digest::Digest;
use crate::complaint::money::Money;
use crate::complaint::personal::Sealed;
use crate::complaint::words::{
    Channel, Complexity, Outcome, Party, ReferReason, RejectReason, ReopenReason, Severity,
};
use crate::id::{ActorId, CaseId, CustomerId, Label};
use crate::time::clock::WaiverCause;

/// What a command asks for and an event records (atto).
///
/// Personal data appears only [`Sealed`]. In JSON an act is
/// `{"step": "assign", "with": {"to": "anna"}}`; one without particulars has no `with`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", content = "with", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Act {
    /// It comes in.
    Receive(Receipt),
    /// It gets its complainant and its issues.
    Register(Registration),
    /// The customer is told that it came in.
    Acknowledge(Message),
    /// Severity is judged, policies are bound.
    Assess(Assessment),
    /// Severity is judged again.
    Reassess(Reassessment),
    /// It is solved in the first conversation.
    ResolveAtContact(Resolution),
    /// Someone gets it to work on.
    Assign(Assignment),
    /// Looking into it begins.
    Investigate,
    /// The customer is asked for something.
    AskCustomer(Message),
    /// Someone else is asked for something.
    AskThirdParty(Message),
    /// What was asked for has come.
    InfoReceived(Document),
    /// A document is put into the file.
    AttachEvidence(Document),
    /// A decision is written: an outcome for each issue.
    DraftDecision(Decision),
    /// A second person agrees with the decision.
    Approve,
    /// The reasoned reply is sent.
    Respond(Reply),
    /// The customer is told why the reply takes longer, and until when.
    HoldingReply(Holding),
    /// The customer accepts.
    Accept,
    /// The customer does not accept.
    Contest,
    /// The customer did not react.
    Silence,
    /// A body outside gets it.
    Refer(Referral),
    /// The body outside has decided.
    ExternalOutcome(ExternalDecision),
    /// It goes on in another complaint.
    Merge(Merger),
    /// The customer takes it back.
    Withdraw(Withdrawal),
    /// It is not handled as a complaint.
    Reject(Rejection),
    /// It is opened again.
    Reopen(Reopening),
    /// It moves between the company's own states of investigating, or back to one.
    Advance,
    /// A clock is not counted, for a reason outside the company.
    Waive(Waiving),
    /// It goes up a level.
    Escalate(Escalation),
    /// A remedy is proposed.
    ProposeRemedy(Proposal),
    /// The remedy is approved.
    ApproveRemedy,
    /// The remedy is carried out.
    ExecuteRemedy(Document),
    /// The remedy is refused.
    RefuseRemedy,
    /// An indemnity is paid.
    PayIndemnity(Payment),
    /// The root cause is named.
    CodeCause(Cause),
    /// An action against the cause is planned.
    PlanAction(Action),
    /// It is checked whether the action worked.
    VerifyAction(Verification),
    /// An earlier event is put right; the event itself stays.
    Correct(Correction),
}

/// Defines the particulars of an act; every field is written, absent ones as null.
macro_rules! particulars {
    ($($(#[$docs:meta])* $name:ident { $($(#[$fdocs:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$fdocs])* pub $field: $type,)*
        }
    )*};
}

particulars! {
    /// How a complaint came in (ricezione).
    Receipt {
        /// By which way.
        channel: Channel,
        /// Who complains, if it is known.
        complainant: Option<Sealed>,
        /// The customer, by a number or a pseudonym.
        customer: Option<CustomerId>,
        /// The procedure by which it is handled.
        procedure: ProcedureRef,
        /// The person complained about, if it is one. That person may not handle it.
        subject: Option<ActorId>,
        /// The raw text, or the transcript.
        text: Sealed,
    }

    /// Which procedure, in which version.
    ProcedureRef {
        /// The checksum of the procedure, so that a change under the same name is seen.
        digest: Digest,
        /// Its name.
        name: Label,
        /// Its version.
        version: Label,
    }

    /// What is registered (protocollazione).
    Registration {
        /// Whether nobody can be identified; then it cannot be answered.
        anonymous: bool,
        /// How many customers signed: one complaint of many customers is one case.
        customers: u32,
        /// What it is about, one entry for each issue.
        issues: Vec<NewIssue>,
        /// What the customer wants, in a word.
        remedy_sought: Option<Label>,
    }

    /// One issue of a complaint (motivo di reclamo).
    NewIssue {
        /// Its number or name within the complaint.
        issue: Label,
        /// Its topic.
        topic: Label,
    }

    /// A message to someone.
    Message {
        /// Whether a program sent it.
        automatic: bool,
        /// By which way.
        channel: Channel,
        /// What it said.
        text: Option<Sealed>,
    }

    /// The first assessment (valutazione).
    Assessment {
        /// How hard it is.
        complexity: Complexity,
        /// Facts on which variants of policies depend, such as `four_monthly_bills`.
        facts: Vec<Label>,
        /// The policies that apply.
        policies: Vec<PolicyRef>,
        /// Whether somebody's safety is at stake.
        safety: bool,
        /// How bad it is.
        severity: Severity,
    }

    /// Which policy, in which version.
    PolicyRef {
        /// The checksum of the policy, so that a change under the same id is seen.
        digest: Digest,
        /// The first day on which the version holds, if it has one.
        from: Option<NaiveDate>,
        /// Its id, such as `it.arera.tiqv.complaint`.
        id: Label,
    }

    /// Another severity.
    Reassessment {
        /// How bad it is.
        severity: Severity,
    }

    /// A solution in the first conversation.
    Resolution {
        /// Whether the customer accepted, on the record.
        accepted: bool,
        /// The outcome of each issue.
        outcomes: Vec<IssueOutcome>,
        /// By which way a summary was sent, if one was.
        summary: Option<Channel>,
    }

    /// The outcome of one issue.
    IssueOutcome {
        /// The issue.
        issue: Label,
        /// What was decided.
        outcome: Outcome,
    }

    /// Who works on it.
    Assignment {
        /// The person.
        to: ActorId,
    }

    /// A document in the file, by its reference.
    Document {
        /// Where it is kept.
        document: Label,
    }

    /// A decision that is not sent yet.
    Decision {
        /// The outcome of each issue.
        outcomes: Vec<IssueOutcome>,
    }

    /// The reasoned reply (risposta motivata).
    Reply {
        /// The issues that it answers.
        answered: Vec<Label>,
        /// By which way it was sent.
        channel: Channel,
        /// The bodies to which the customer may go, as named in it.
        recourse: Vec<Label>,
        /// What it said.
        text: Option<Sealed>,
    }

    /// A holding reply (risposta interlocutoria).
    Holding {
        /// By which way it was sent.
        channel: Channel,
        /// Why it takes longer.
        reason: Label,
        /// Until when the customer is promised the reply.
        until: NaiveDate,
    }

    /// The way to a body outside.
    Referral {
        /// The body.
        body: Label,
        /// Why.
        reason: ReferReason,
    }

    /// What a body outside decided.
    ExternalDecision {
        /// The body.
        body: Label,
        /// What it decided.
        outcome: Outcome,
    }

    /// The complaint in which this one goes on.
    Merger {
        /// That complaint.
        into: CaseId,
    }

    /// The customer's explicit statement.
    Withdrawal {
        /// The statement.
        statement: Sealed,
    }

    /// Why it is not handled as a complaint.
    Rejection {
        /// The reason.
        reason: RejectReason,
    }

    /// Why it is opened again.
    Reopening {
        /// Whether there is new evidence; then the time to reopen does not matter.
        new_evidence: bool,
        /// The reason.
        reason: ReopenReason,
    }

    /// Why a clock is not counted.
    Waiving {
        /// What or who kept the target from being met.
        cause: WaiverCause,
        /// The clock, by its name.
        clock: Label,
        /// The document or fact that proves it.
        evidence: Label,
    }

    /// The way up to a level.
    Escalation {
        /// The level, from 1.
        level: u8,
        /// The role that takes it: that of the level, or one of its deputies.
        role: Label,
        /// The person, if it is known.
        to: Option<ActorId>,
        /// What caused it, such as the name of a clock.
        trigger: Label,
    }

    /// A remedy that is proposed.
    Proposal {
        /// How much money, if any.
        amount: Option<Money>,
        /// What it is, such as `refund`.
        kind: Label,
    }

    /// A payment of an indemnity.
    Payment {
        /// How much.
        amount: Money,
        /// The policy by which it is due.
        policy: Label,
        /// Where the payment is booked, such as the number of a bill.
        reference: Label,
    }

    /// The root cause (causa radice).
    Cause {
        /// The cause, in the company's list.
        code: Label,
        /// On whose side it lies.
        party: Party,
    }

    /// An action against the cause.
    Action {
        /// What is done.
        action: Label,
        /// By when.
        due: NaiveDate,
        /// Who answers for it.
        owner: ActorId,
    }

    /// Whether the action worked.
    Verification {
        /// Whether it did.
        effective: bool,
    }

    /// What puts an earlier event right.
    Correction {
        /// The number of the event.
        event: u64,
        /// What should have been recorded; nothing if the event never happened.
        with: Option<Corrected>,
    }

    /// What should have been recorded.
    Corrected {
        /// The act, of the same kind as the event's.
        act: Box<Act>,
        /// When it happened, in milliseconds since 1970.
        occurred_ms: i64,
    }
}

impl Act {
    /// Its kind.
    // flat table
    #[must_use]
    pub fn step(&self) -> Step {
        match self {
            Self::Receive(_) => Step::Receive,
            Self::Register(_) => Step::Register,
            Self::Acknowledge(_) => Step::Acknowledge,
            Self::Assess(_) => Step::Assess,
            Self::Reassess(_) => Step::Reassess,
            Self::ResolveAtContact(_) => Step::ResolveAtContact,
            Self::Assign(_) => Step::Assign,
            Self::Investigate => Step::Investigate,
            Self::AskCustomer(_) => Step::AskCustomer,
            Self::AskThirdParty(_) => Step::AskThirdParty,
            Self::InfoReceived(_) => Step::InfoReceived,
            Self::AttachEvidence(_) => Step::AttachEvidence,
            Self::DraftDecision(_) => Step::DraftDecision,
            Self::Approve => Step::Approve,
            Self::Respond(_) => Step::Respond,
            Self::HoldingReply(_) => Step::HoldingReply,
            Self::Accept => Step::Accept,
            Self::Contest => Step::Contest,
            Self::Silence => Step::Silence,
            Self::Refer(_) => Step::Refer,
            Self::ExternalOutcome(_) => Step::ExternalOutcome,
            Self::Merge(_) => Step::Merge,
            Self::Withdraw(_) => Step::Withdraw,
            Self::Reject(_) => Step::Reject,
            Self::Reopen(_) => Step::Reopen,
            Self::Advance => Step::Advance,
            Self::Waive(_) => Step::Waive,
            Self::Escalate(_) => Step::Escalate,
            Self::ProposeRemedy(_) => Step::ProposeRemedy,
            Self::ApproveRemedy => Step::ApproveRemedy,
            Self::ExecuteRemedy(_) => Step::ExecuteRemedy,
            Self::RefuseRemedy => Step::RefuseRemedy,
            Self::PayIndemnity(_) => Step::PayIndemnity,
            Self::CodeCause(_) => Step::CodeCause,
            Self::PlanAction(_) => Step::PlanAction,
            Self::VerifyAction(_) => Step::VerifyAction,
            Self::Correct(_) => Step::Correct,
        }
    }
}
