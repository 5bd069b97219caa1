//! What comes due without an event.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

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
///
/// Contacts are given up after the same time, long after most are over. These timers are
/// set in the order in which they come due, and a queue for them keeps the heap small.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers {
    heap: BinaryHeap<Reverse<(i64, Timer)>>,
    in_order: VecDeque<(i64, Timer)>,
}

impl Timers {
    pub(super) fn set(&mut self, due_ms: i64, timer: Timer) {
        let is_last = self
            .in_order
            .back()
            .is_none_or(|last| *last <= (due_ms, timer));
        if is_last && matches!(timer, Timer::Forget(..)) {
            self.in_order.push_back((due_ms, timer));
        } else {
            self.heap.push(Reverse((due_ms, timer)));
        }
    }

    fn next(&self) -> Option<(i64, Timer)> {
        let heap = self.heap.peek().map(|Reverse(due)| *due);
        let first = self.in_order.front().copied();
        match (heap, first) {
            (Some(heap), Some(first)) => Some(heap.min(first)),
            (one, other) => one.or(other),
        }
    }

    pub(super) fn next_due(&self) -> Option<i64> {
        self.next().map(|(due, _)| due)
    }

    pub(super) fn take(&mut self) -> Option<(i64, Timer)> {
        let next = self.next()?;
        if self.in_order.front() == Some(&next) {
            return self.in_order.pop_front();
        }
        self.heap.pop().map(|Reverse(due)| due)
    }

    /// How many are in the heap.
    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }
}
