//! What is due next in a played centre.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::callers::Exit;

/// Something that falls due. A serial number tells a stale entry: it must still be the
/// one of the caller's visit or of the agent's state.
#[derive(Clone, Copy, Debug)]
pub(super) enum Due {
    /// The calls and shifts of a day are drawn up (days from 0).
    PlanDay(u32),
    /// The log is opened anew.
    Reload,
    /// A caller's channel begins.
    Dial(u32),
    /// A caller comes out of the menu into the queue.
    Enter(u32),
    /// A waiting caller leaves.
    Exit { slot: u32, serial: u32, how: Exit },
    /// A telephone stops ringing, answered or not.
    RingEnds { agent: u16, serial: u32 },
    /// A conversation ends.
    TalkEnds { agent: u16, serial: u32 },
    /// An agent can be reached again, after after-call work or a missed ring.
    Ready { agent: u16, serial: u32 },
    /// A shift begins.
    SignOn { agent: u16 },
    /// A shift ends.
    SignOff { agent: u16 },
    /// A pause should begin as soon as the agent is free.
    Pause {
        agent: u16,
        reason: u16,
        length_ms: i64,
    },
    /// A pause ends.
    Return { agent: u16, serial: u32 },
}

#[derive(Debug)]
struct Entry {
    at_ms: i64,
    order: u64,
    due: Due,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at_ms, self.order).cmp(&(other.at_ms, other.order))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

/// Everything due, earliest first; what was noted first comes first within a
/// millisecond.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    entries: BinaryHeap<Reverse<Entry>>,
    noted: u64,
}

impl Agenda {
    pub(super) fn note(&mut self, at_ms: i64, due: Due) {
        let order = self.noted;
        self.noted += 1;
        self.entries.push(Reverse(Entry { at_ms, order, due }));
    }

    pub(super) fn next(&mut self) -> Option<(i64, Due)> {
        let Reverse(entry) = self.entries.pop()?;
        Some((entry.at_ms, entry.due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earliest_first_then_first_noted() {
        let mut agenda = Agenda::default();
        agenda.note(20, Due::Dial(0));
        agenda.note(10, Due::Dial(1));
        agenda.note(20, Due::Dial(2));
        agenda.note(10, Due::Dial(3));
        let mut order = Vec::new();
        while let Some((at, Due::Dial(slot))) = agenda.next() {
            order.push((at, slot));
        }
        assert_eq!(order, [(10, 1), (10, 3), (20, 0), (20, 2)]);
    }
}
