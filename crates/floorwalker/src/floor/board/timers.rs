//! What comes due without an event.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What comes due. The second number is that of the visit or the state for which it was
/// set: if that is over, nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A contact waits as long as it may.
    Wait(u32, u32),
    /// A contact waits as long as the threshold of the service level.
    Threshold(u32, u32),
    /// A conversation lasts as long as it may.
    Call(u32, u32),
    /// A contact is given up.
    Forget(u32, u32),
    /// A state lasts as long as it may.
    State(u32, u32),
    /// The plan of an operator changes.
    Plan(u32, u32),
    /// An operator is out of adherence as long as they may be.
    Out(u32, u32),
    /// A feed is silent as long as it may be.
    Silence(u8),
}

/// All that comes due, the earliest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers(BinaryHeap<Reverse<(i64, Timer)>>);

impl Timers {
    pub(super) fn set(&mut self, due_ms: i64, timer: Timer) {
        self.0.push(Reverse((due_ms, timer)));
    }

    pub(super) fn next_due(&self) -> Option<i64> {
        self.0.peek().map(|Reverse((due, _))| *due)
    }

    pub(super) fn take(&mut self) -> Option<(i64, Timer)> {
        self.0.pop().map(|Reverse(due)| due)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
