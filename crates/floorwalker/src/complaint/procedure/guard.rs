//! The conditions under which a step may be taken.

use crate::complaint::case::Step;
use crate::terms::terms;

terms! {
    /// A condition of a step (condizione). A procedure adds conditions to its
    /// transitions; those of [`Guard::always`] hold in every procedure.
    Guard ("guard") {
        /// The complainant is known, or the complaint is marked as anonymous.
        Identified = "identified",
        /// There is at least one issue, and no issue twice.
        IssuesGiven = "issues_given",
        /// The message goes by a way that the customer can keep.
        DurableChannel = "durable_channel",
        /// At least one policy is bound, each of them known and in force on the day of
        /// receipt, with the hours that it counts by.
        PolicyBound = "policy_bound",
        /// There is a document in the file.
        EvidenceAttached = "evidence_attached",
        /// Every issue has an outcome.
        OutcomesComplete = "outcomes_complete",
        /// The reply answers every issue.
        AnswersComplete = "answers_complete",
        /// The reply names a body to which the customer may go.
        RecourseStated = "recourse_stated",
        /// A second person has approved the decision, where severity or amount ask for it.
        FourEyes = "four_eyes",
        /// The approver is not the author.
        ApproverDiffers = "approver_differs",
        /// The root cause is named.
        CauseCoded = "cause_coded",
        /// The customer has accepted, on the record.
        AcceptanceRecorded = "acceptance_recorded",
        /// A summary was sent by a durable way, where a bound policy asks for it.
        SummarySent = "summary_sent",
        /// The customer contests within the time for it.
        WithinContestWindow = "within_contest_window",
        /// The customer has had the time to react.
        SilenceOver = "silence_over",
        /// It is reopened within the time for it, or there is new evidence.
        WithinReopenWindow = "within_reopen_window",
        /// It is not given to the person complained about.
        NotTheSubject = "not_the_subject",
        /// A bound policy knows a holding reply.
        ExtensionExists = "extension_exists",
        /// There was no holding reply before.
        HoldingOnce = "holding_once",
        /// There is a deadlock, or the time limit is over, as the reason says.
        DeadlockOrLimit = "deadlock_or_limit",
        /// The clock exists, is not waived, and has not been met.
        ClockKnown = "clock_known",
        /// The level exists, lies above the present one, and is taken by its role or one
        /// of its deputies.
        LevelAbove = "level_above",
        /// The remedy is where the step takes it from.
        RemedyInOrder = "remedy_in_order",
        /// The cause is where the step takes it from.
        CauseInOrder = "cause_in_order",
        /// The complaint into which it goes is another one, open, and does not lead back.
        MergeTarget = "merge_target",
        /// The policy of the payment is bound.
        PolicyOfPayment = "policy_of_payment",
    }
}

impl Guard {
    /// The conditions of a step that no procedure can take away. They are what makes
    /// the record of a complaint worth something.
    // flat table
    #[must_use]
    pub fn always(step: Step) -> &'static [Self] {
        match step {
            Step::Register => &[Self::Identified, Self::IssuesGiven],
            Step::Assess => &[Self::PolicyBound],
            Step::ResolveAtContact => &[
                Self::PolicyBound,
                Self::OutcomesComplete,
                Self::AcceptanceRecorded,
                Self::CauseCoded,
                Self::SummarySent,
            ],
            Step::Assign => &[Self::NotTheSubject],
            Step::DraftDecision => &[Self::OutcomesComplete],
            Step::Approve => &[Self::ApproverDiffers],
            Step::Respond => &[Self::PolicyBound, Self::AnswersComplete, Self::FourEyes],
            Step::HoldingReply => &[Self::ExtensionExists, Self::HoldingOnce],
            Step::Accept => &[Self::OutcomesComplete, Self::CauseCoded],
            Step::Contest => &[Self::WithinContestWindow],
            Step::Silence => &[Self::SilenceOver, Self::OutcomesComplete, Self::CauseCoded],
            Step::Refer => &[Self::DeadlockOrLimit],
            Step::ExternalOutcome => &[Self::OutcomesComplete, Self::CauseCoded],
            Step::Merge => &[Self::MergeTarget],
            Step::Reopen => &[Self::WithinReopenWindow],
            Step::Waive => &[Self::ClockKnown],
            Step::Escalate => &[Self::LevelAbove, Self::NotTheSubject],
            Step::ProposeRemedy
            | Step::ApproveRemedy
            | Step::ExecuteRemedy
            | Step::RefuseRemedy => &[Self::RemedyInOrder],
            Step::PayIndemnity => &[Self::PolicyOfPayment],
            Step::PlanAction | Step::VerifyAction => &[Self::CauseInOrder],
            _ => &[],
        }
    }

    /// The steps of which at least one must have been taken, so that the condition can
    /// hold; none where it depends on the act alone.
    // flat table
    pub(crate) fn needs_one_of(self) -> &'static [Step] {
        match self {
            Self::PolicyBound | Self::ExtensionExists | Self::PolicyOfPayment => &[Step::Assess],
            Self::EvidenceAttached => &[Step::AttachEvidence, Step::InfoReceived],
            Self::OutcomesComplete => &[Step::Register],
            Self::AnswersComplete => &[Step::DraftDecision],
            Self::FourEyes => &[Step::Approve],
            Self::ApproverDiffers => &[Step::DraftDecision],
            Self::CauseCoded | Self::CauseInOrder => &[Step::CodeCause],
            Self::WithinContestWindow | Self::SilenceOver => &[Step::Respond],
            _ => &[],
        }
    }
}
