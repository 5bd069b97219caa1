//! What is known of a leg beside its instants, in a few bits.

use super::outcome::{LegKind, Outcome};

/// Outcome, kind and three yes-or-no facts of a leg.
///
/// Rules look up what to do with a leg in a table, with these bits as its
/// number: nothing else about a leg needs a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(u16);

const OUTCOME: u16 = 0b1111;
const KIND_SHIFT: u32 = 4;
const KIND: u16 = 0b111;
const CALLBACK_DONE: u16 = 1 << 7;
const TRANSFERRED_OUT: u16 = 1 << 8;
const UNKNOWN_WAIT: u16 = 1 << 9;

impl Facts {
    /// How many combinations of bits there are.
    pub(crate) const COUNT: usize = 1 << 10;

    pub(crate) fn new(outcome: Outcome, kind: LegKind) -> Self {
        Self(outcome as u16 | (kind as u16) << KIND_SHIFT)
    }

    /// All that can be.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let bits = (0..Self::COUNT as u16).map(Self);
        bits.filter(|facts| {
            let (outcome, kind) = (facts.0 & OUTCOME, facts.0 >> KIND_SHIFT & KIND);
            usize::from(outcome) < Outcome::ALL.len() && usize::from(kind) < LegKind::ALL.len()
        })
    }

    /// The bits, a number below [`COUNT`](Self::COUNT).
    #[inline(always)]
    pub(crate) fn index(self) -> usize {
        usize::from(self.0) % Self::COUNT
    }

    /// The same leg, begun by something else.
    pub(super) fn with_kind(self, kind: Self) -> Self {
        Self(self.0 & !(KIND << KIND_SHIFT) | kind.0 & KIND << KIND_SHIFT)
    }

    /// The same leg, its requested call-back answered.
    pub(super) fn with_callback_done(self, done: bool) -> Self {
        Self(self.0 | (u16::from(done) * CALLBACK_DONE))
    }

    /// The same leg, ended in a transfer.
    pub(super) fn with_transferred_out(self, transferred: bool) -> Self {
        Self(self.0 | (u16::from(transferred) * TRANSFERRED_OUT))
    }

    /// The same leg, its wait known or not.
    #[inline(always)]
    pub(crate) fn with_unknown_wait(self, unknown: bool) -> Self {
        Self((self.0 & !UNKNOWN_WAIT) | (u16::from(unknown) * UNKNOWN_WAIT))
    }

    #[inline(always)]
    pub(crate) fn has_unknown_wait(self) -> bool {
        self.0 & UNKNOWN_WAIT != 0
    }

    pub(crate) fn outcome(self) -> Outcome {
        Outcome::ALL[usize::from(self.0 & OUTCOME)]
    }

    pub(crate) fn kind(self) -> LegKind {
        LegKind::ALL[usize::from(self.0 >> KIND_SHIFT & KIND)]
    }

    #[inline(always)]
    pub(crate) fn is_answered(self) -> bool {
        self.0 & OUTCOME == Outcome::Answered as u16
    }

    /// Whether the leg is a dial of the centre's.
    #[inline(always)]
    pub(crate) fn is_dial(self) -> bool {
        let kind = self.0 >> KIND_SHIFT & KIND;
        kind == LegKind::Callback as u16 || kind == LegKind::Outbound as u16
    }

    /// Whether the customer began the leg and nobody passed it on.
    #[inline(always)]
    pub(crate) fn is_plain(self) -> bool {
        self.0 & (KIND << KIND_SHIFT | TRANSFERRED_OUT) == 0
    }

    #[inline(always)]
    pub(crate) fn is_callback_done(self) -> bool {
        self.0 & CALLBACK_DONE != 0
    }

    #[inline(always)]
    pub(crate) fn is_transferred_out(self) -> bool {
        self.0 & TRANSFERRED_OUT != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        for &outcome in Outcome::ALL {
            for &kind in LegKind::ALL {
                let facts = Facts::new(outcome, LegKind::Transfer)
                    .with_kind(Facts::new(Outcome::Open, kind));
                assert_eq!((facts.outcome(), facts.kind()), (outcome, kind));
                assert_eq!(facts.is_answered(), outcome == Outcome::Answered);
                assert_eq!(facts.is_dial(), kind.is_dial());
                assert!(!facts.is_callback_done() && !facts.is_transferred_out());
                let facts = facts.with_callback_done(true).with_transferred_out(true);
                assert!(facts.is_callback_done() && facts.is_transferred_out());
                assert_eq!((facts.outcome(), facts.kind()), (outcome, kind));
                assert!(Facts::all().any(|one| one == facts));
            }
        }
    }
}
