//! How a leg ended, and what kind of leg it was.

use crate::terms::terms;

terms! {
    /// How a leg ended (esito).
    ///
    /// A leg that entered a queue is *offered*, however it ended. Blocked and
    /// closed legs never entered one; dials are never offered.
    ///
    /// ```
    /// use floorwalker::contact::Outcome;
    ///
    /// assert_eq!("abandoned".parse::<Outcome>()?, Outcome::Abandoned);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    Outcome ("outcome") {
        /// Connected to an operator, whatever followed (risposta).
        Answered = "answered",
        /// The customer hung up while waiting (abbandonata).
        Abandoned = "abandoned",
        /// The customer left the queue asking to be called back (richiamata).
        CallbackRequested = "callback_requested",
        /// Routing moved the contact elsewhere (deviata).
        Overflowed = "overflowed",
        /// The longest allowed wait was over.
        TimedOut = "timed_out",
        /// The customer left by pressing a key.
        LeftByKey = "left_by_key",
        /// The queue had no operators left to wait for.
        LeftEmpty = "left_empty",
        /// A command took the contact out of the queue.
        Withdrawn = "withdrawn",
        /// A technical fault ended it.
        Failed = "failed",
        /// The telephone system restarted and forgot the contact.
        Lost = "lost",
        /// Still waiting when the data ends.
        Open = "open",
        /// Refused for lack of a trunk or of queue space (bloccata, occupato).
        Blocked = "blocked",
        /// Arrived outside opening hours (fuori orario).
        Closed = "closed",
        /// A dial that nobody took.
        NoAnswer = "no_answer",
    }
}

impl Outcome {
    /// Whether a leg with this outcome entered its queue: all but blocked,
    /// closed and unanswered dials.
    #[must_use]
    pub fn is_queued(self) -> bool {
        !matches!(self, Self::Blocked | Self::Closed | Self::NoAnswer)
    }
}

terms! {
    /// What began a leg.
    LegKind ("leg kind") {
        /// The customer contacted the centre.
        Inbound = "inbound",
        /// An operator passed an answered contact on.
        Transfer = "transfer",
        /// Routing moved a waiting contact here from another queue.
        Overflow = "overflow",
        /// A dial that keeps the promise of a call-back.
        Callback = "callback",
        /// A dial of an outbound list.
        Outbound = "outbound",
    }
}

impl LegKind {
    /// Whether the leg is a dial of the centre's: call-backs and outbound. Dials are not offered.
    #[must_use]
    pub fn is_dial(self) -> bool {
        matches!(self, Self::Callback | Self::Outbound)
    }
}

terms! {
    /// The medium of a contact.
    Channel ("channel") {
        /// Telephone.
        Voice = "voice",
        /// Live text.
        Chat = "chat",
        /// Electronic mail.
        Email = "email",
        /// Work without a waiting customer.
        Task = "task",
    }
}

terms! {
    /// Who ended the conversation.
    ReleasedBy ("releasing party") {
        /// The customer.
        Customer = "customer",
        /// The operator.
        Agent = "agent",
        /// Passed on by the operator to somewhere else.
        Transfer = "transfer",
        /// The telephone system.
        System = "system",
    }
}
