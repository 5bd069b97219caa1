//! What is to be done with a leg, by its facts, worked out beforehand.

use super::waits::WaitClass;
use crate::contact::{Facts, LegKind, Outcome};

/// What is to be done with a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan(u8);

/// The class of the wait, or [`NO_CLASS`].
const CLASS: u8 = 0b111;
const NO_CLASS: u8 = 4;
/// Answered and no dial.
const HANDLED: u8 = 1 << 3;
/// Something about it is counted by itself.
const RARE: u8 = 1 << 4;

impl Plan {
    fn of(facts: Facts) -> Self {
        if facts.is_dial() {
            return Self(NO_CLASS | RARE);
        }
        let (class, is_rare) = match facts.outcome() {
            Outcome::Answered => (WaitClass::Answered as u8 | HANDLED, false),
            Outcome::Abandoned => (WaitClass::Abandoned as u8, false),
            Outcome::CallbackRequested => (WaitClass::Callback as u8, false),
            Outcome::Overflowed => (WaitClass::FlowOut as u8, false),
            Outcome::TimedOut
            | Outcome::LeftByKey
            | Outcome::LeftEmpty
            | Outcome::Withdrawn
            | Outcome::Failed => (WaitClass::FlowOut as u8, true),
            Outcome::Lost => (NO_CLASS, true),
            Outcome::Open | Outcome::Blocked | Outcome::Closed | Outcome::NoAnswer => {
                (NO_CLASS, false)
            }
        };
        let is_rare = is_rare || facts.kind() != LegKind::Inbound || facts.is_transferred_out();
        Self(class | if is_rare { RARE } else { 0 })
    }

    /// Nothing: what all plans of some legs are put together from.
    pub(super) const NOTHING: Self = Self(0);

    /// What is rare about either.
    #[inline(always)]
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether an operator handled it, dials apart.
    #[inline(always)]
    pub(super) fn is_handled(self) -> bool {
        self.0 & HANDLED != 0
    }

    /// Whether something about it is counted by itself.
    #[inline(always)]
    pub(super) fn is_rare(self) -> bool {
        self.0 & RARE != 0
    }

    /// The class of its wait.
    pub(super) fn class(self) -> Option<WaitClass> {
        WaitClass::ALL.get(usize::from(self.0 & CLASS)).copied()
    }
}

/// The plans of all facts.
#[derive(Debug)]
pub(super) struct Plans(Box<[Plan; Facts::COUNT]>);

impl Plans {
    pub(super) fn new() -> Self {
        let mut plans = Box::new([Plan(NO_CLASS); Facts::COUNT]);
        for facts in Facts::all() {
            plans[facts.index()] = Plan::of(facts);
        }
        Self(plans)
    }

    #[inline(always)]
    pub(super) fn of(&self, facts: Facts) -> Plan {
        self.0[facts.index()]
    }
}
