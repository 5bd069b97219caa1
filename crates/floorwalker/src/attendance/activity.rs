//! What a plan asks an operator to do.

use crate::terms::terms;

terms! {
    /// What an operator is planned to do (attività pianificata).
    ///
    /// A plan says nothing about *how* it is done: "work" is kept by being ready
    /// or with a contact.
    Activity ("activity") {
        /// Taking contacts (lavoro in coda).
        Work = "work",
        /// Short rest, the screen pause included (pausa).
        Break = "break",
        /// Meal (pausa pranzo).
        Lunch = "lunch",
        /// Training (formazione).
        Training = "training",
        /// Meeting, coaching, assembly (riunione).
        Meeting = "meeting",
        /// Work without contacts (retro-sportello).
        BackOffice = "back_office",
        /// Anything else.
        Other = "other",
    }
}

/// How many activities there are.
pub(super) const ACTIVITIES: usize = Activity::ALL.len();

impl Activity {
    /// Whether it is a pause: time in which nobody is expected to work.
    #[must_use]
    pub fn is_pause(self) -> bool {
        matches!(self, Self::Break | Self::Lunch)
    }
}
