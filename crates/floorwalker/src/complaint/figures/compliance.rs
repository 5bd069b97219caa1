//! How often a standard is kept.

use serde::{Deserialize, Serialize};

use super::super::case::ObligationState;
use crate::service::{Figure, Unit};
use crate::time::Span;

/// How the complaints stand that one standard is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compliance {
    /// Kept.
    pub met: u64,
    /// Missed, whether or not it was fulfilled later.
    pub breached: u64,
    /// Not counted, for a reason outside the company.
    pub waived: u64,
    /// Not decided yet: running, held or not started.
    pub undecided: u64,
    /// Handling ended first.
    pub cancelled: u64,
}

impl Compliance {
    pub(super) fn add(&mut self, state: ObligationState) {
        *match state {
            ObligationState::Met => &mut self.met,
            ObligationState::Breached => &mut self.breached,
            ObligationState::Waived => &mut self.waived,
            ObligationState::Cancelled => &mut self.cancelled,
            _ => &mut self.undecided,
        } += 1;
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        self.met += other.met;
        self.breached += other.breached;
        self.waived += other.waived;
        self.undecided += other.undecided;
        self.cancelled += other.cancelled;
    }

    /// The share within the standard: met / (met + breached). What is waived, undecided
    /// or cancelled is in neither number.
    pub(super) fn share(&self, name: &str, window: Span) -> Figure {
        let name = format!("within_standard {name}");
        Figure::new(
            name,
            Unit::Ratio,
            self.met.into(),
            self.met + self.breached,
            window,
        )
    }
}
