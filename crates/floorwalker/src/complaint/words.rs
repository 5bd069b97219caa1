//! Closed lists of words about complaints.

use crate::terms::terms;

terms! {
    /// By which way a message came or went (canale).
    Channel ("channel") {
        /// A letter (lettera, raccomandata).
        Letter = "letter",
        /// Electronic mail, certified mail (PEC) included.
        Email = "email",
        /// A form or a message on a portal.
        Web = "web",
        /// A telephone call.
        Phone = "phone",
        /// A chat or a short message.
        Chat = "chat",
        /// A visit to a branch or a shop (sportello).
        Branch = "branch",
        /// A post on a social network.
        Social = "social",
        /// Any other way.
        Other = "other",
    }
}

impl Channel {
    /// Whether the customer can keep what was sent this way (supporto durevole): a
    /// letter, mail, or a message on a portal. Whether a given portal counts as durable
    /// depends on the law that applies and on the portal; this is a cautious choice.
    #[must_use]
    pub fn is_durable(self) -> bool {
        matches!(self, Self::Letter | Self::Email | Self::Web)
    }
}

terms! {
    /// How bad the matter is for the customer (gravità).
    Severity ("severity") {
        /// An annoyance.
        Low = "low",
        /// The usual complaint.
        Medium = "medium",
        /// Loss of money, of a service, or of trust.
        High = "high",
        /// Danger to people, or to the company.
        Critical = "critical",
    }
}

terms! {
    /// How hard the matter is to look into (complessità).
    Complexity ("complexity") {
        /// Clear from the file.
        Simple = "simple",
        /// Needs some asking.
        Normal = "normal",
        /// Needs experts, third parties or a visit.
        Complex = "complex",
    }
}

terms! {
    /// What was decided about one issue of a complaint (esito).
    Outcome ("outcome") {
        /// The customer is right (fondato).
        Founded = "founded",
        /// The customer is right in part (parzialmente fondato).
        PartlyFounded = "partly_founded",
        /// The customer is not right (infondato).
        Unfounded = "unfounded",
        /// It cannot be told (non determinabile).
        Undetermined = "undetermined",
    }
}

impl Outcome {
    /// Whether the complaint is upheld, wholly or in part (accolto).
    #[must_use]
    pub fn is_upheld(self) -> bool {
        matches!(self, Self::Founded | Self::PartlyFounded)
    }
}

terms! {
    /// On whose side the cause lies (responsabilità).
    Party ("party") {
        /// The company.
        Company = "company",
        /// The customer.
        Customer = "customer",
        /// Someone else, for example a network operator.
        ThirdParty = "third_party",
        /// Not known.
        Unknown = "unknown",
    }
}

terms! {
    /// Why a message is not handled as a complaint (inammissibilità).
    RejectReason ("reason to reject") {
        /// It is a request or a praise, not a complaint.
        NotAComplaint = "not_a_complaint",
        /// It is about something else than the company's service.
        OutOfScope = "out_of_scope",
        /// Nobody knows whom to answer.
        Anonymous = "anonymous",
        /// The same matter was decided before, and nothing is new.
        AlreadyDecided = "already_decided",
    }
}

terms! {
    /// Why a closed complaint is opened again (riapertura).
    ReopenReason ("reason to reopen") {
        /// There is something that was not known.
        NewEvidence = "new_evidence",
        /// What was promised was not done.
        RemedyFailed = "remedy_failed",
        /// It was closed by mistake.
        Mistake = "mistake",
        /// The customer is not content.
        NotContent = "not_content",
    }
}

terms! {
    /// Why a complaint goes to a body outside (ricorso, ADR).
    ReferReason ("reason to refer") {
        /// The company cannot offer more, and the customer does not accept.
        Deadlock = "deadlock",
        /// The time allowed by the policy is over.
        TimeLimit = "time_limit",
        /// The customer chose to.
        CustomerChoice = "customer_choice",
    }
}

terms! {
    /// How sure it is that a rule says what is written here.
    Certainty ("certainty") {
        /// Known from memory only, or doubted by a source.
        Low = "low",
        /// Taken from sources of second hand that agree.
        Medium = "medium",
        /// Taken from several sources, or from the text of the rule.
        High = "high",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for &channel in Channel::ALL {
            assert_eq!(channel.name().parse::<Channel>().unwrap(), channel);
        }
        assert_eq!(
            "mail".parse::<Channel>().unwrap_err().code(),
            "name.unknown"
        );
    }
}
