//! The indicators of complaints, by name.

use crate::service::{Better, Unit};
use crate::terms::terms;

terms! {
    /// A key performance indicator of complaints (indicatore).
    ComplaintKpi ("indicator of complaints") {
        /// Received in the window (ricevuti).
        Received = "complaints_received",
        /// Closed in the window (chiusi).
        Closed = "complaints_closed",
        /// Open at the end of the window (giacenza).
        Open = "complaints_open",
        /// Open complaints with a standard that is missed (giacenza fuori standard).
        OpenOverdue = "complaints_open_overdue",
        /// Share of complaints that were opened again: reopened / closed or reopened.
        ReopenRate = "reopen_rate",
        /// Share of replies that were contested: contested / received.
        ContestRate = "contest_rate",
        /// Share of complaints that repeat one of the same customer and topic: repeats /
        /// complaints with customer and topic.
        RepeatRate = "repeat_rate",
        /// Share that is upheld (accolti): upheld / decided.
        UpheldRate = "upheld_rate",
        /// Share solved in the first conversation: at first contact / closed.
        FirstContactRate = "first_contact_resolution",
        /// Share that was escalated: escalated / received.
        EscalationRate = "complaint_escalation_rate",
        /// Share that went to a body outside: referred / received.
        ReferralRate = "referral_rate",
        /// Share of the handling time for which it waited for somebody outside.
        WaitingShare = "waiting_share",
    }
}

impl ComplaintKpi {
    /// What it is measured in.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Received | Self::Closed | Self::Open | Self::OpenOverdue => Unit::Count,
            _ => Unit::Ratio,
        }
    }

    /// Which way is good. More complaints are not worse by themselves: a place where
    /// complaining is easy hears more of them.
    #[must_use]
    pub fn better(self) -> Better {
        match self {
            Self::FirstContactRate => Better::Higher,
            Self::Received | Self::Closed | Self::UpheldRate | Self::WaitingShare => {
                Better::Neither
            }
            _ => Better::Lower,
        }
    }
}
