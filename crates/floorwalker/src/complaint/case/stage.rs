//! The stages of handling, the first of the five regions of a complaint.

use crate::terms::terms;

terms! {
    /// What a state of a procedure means to the engine (fase della gestione).
    ///
    /// A company names its states as it likes, and may have several of one stage.
    Stage ("stage") {
        /// It has come in (ricevuto).
        Received = "received",
        /// It has a number, a complainant and a topic (protocollato).
        Registered = "registered",
        /// The customer knows that it has come in (riscontrato, presa in carico).
        Acknowledged = "acknowledged",
        /// Severity is known and the policies that apply are bound (valutato).
        Assessed = "assessed",
        /// It is looked into (in istruttoria).
        Investigating = "investigating",
        /// The customer was asked for something (in attesa del cliente).
        AwaitingCustomer = "awaiting_customer",
        /// Someone else was asked for something (in attesa di terzi).
        AwaitingThirdParty = "awaiting_third_party",
        /// There is a decision that was not sent yet (decisione predisposta).
        DecisionDrafted = "decision_drafted",
        /// The reasoned reply was sent (risposta motivata inviata).
        Responded = "responded",
        /// A body outside has it (deferito a un organismo esterno, ADR).
        Referred = "referred",
        /// It was opened again (riaperto).
        Reopened = "reopened",
        /// It is over, with an outcome (chiuso).
        Closed = "closed",
        /// It is not handled as a complaint (inammissibile).
        Rejected = "rejected",
        /// The customer took it back (ritirato).
        Withdrawn = "withdrawn",
        /// It goes on in another complaint (riunito).
        Merged = "merged",
    }
}

impl Stage {
    /// Whether handling is over, unless it is reopened.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Closed) || self.is_without_answer()
    }

    /// Whether handling ended without an answer to the matter: rejected, withdrawn or
    /// merged. Clocks that ran are cancelled then.
    #[must_use]
    pub fn is_without_answer(self) -> bool {
        matches!(self, Self::Rejected | Self::Withdrawn | Self::Merged)
    }

    /// Whether it waits for somebody outside.
    #[must_use]
    pub fn is_awaiting(self) -> bool {
        matches!(self, Self::AwaitingCustomer | Self::AwaitingThirdParty)
    }
}
