//! What is remembered of the past: the latest visits that are over, and the latest
//! lines about operators. It is bounded, so memory does not grow with the log.

use serde::{Deserialize, Serialize};

use super::hash;
use super::index::Index;

/// How a remembered visit ended, as far as what comes next depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Class {
    /// Answered, and passed on by the operator.
    Transferred,
    /// Answered, and over.
    Answered,
    /// Left the queue unanswered for somewhere else.
    Moved,
    /// The caller hung up, or the call was lost.
    Gone,
    /// A dial, after which no visit follows.
    Dial,
}

/// A visit that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Past {
    /// The hash of the call.
    pub(crate) call: u64,
    pub(crate) queue: u32,
    pub(crate) arrived: i64,
    pub(crate) ended: i64,
    pub(crate) class: Class,
}

/// The latest visits in a ring; those of one call are chained, newest first.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    key: u64,
    limit: usize,
    ring: Vec<Entry>,
    /// The place that is used next, which holds the oldest once the ring is full.
    next: usize,
    index: Index,
    /// Up to here the past is forgotten.
    forgotten: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    past: Past,
    /// The visit of the same call before, unless it is forgotten.
    before: u32,
}

const NONE: u32 = u32::MAX;

impl Memory {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            key: hash::random_key(),
            limit,
            ring: Vec::new(),
            next: 0,
            index: Index::new(),
            forgotten: None,
        }
    }

    /// Whether everything from `first` on up to `at` is forgotten.
    pub(crate) fn is_forgotten(&self, first: i64, at: i64) -> bool {
        at >= first && self.forgotten.is_some_and(|forgotten| at <= forgotten)
    }

    fn newest(&self, call: u64) -> Option<u32> {
        let is_it = |place: u32| self.ring[place as usize].past.call == call;
        self.index.find(hash::mix(self.key, call), is_it)
    }

    /// The remembered visits of the call with this hash, newest first.
    pub(crate) fn visits(&self, call: u64) -> impl Iterator<Item = &Past> {
        self.chain(self.newest(call))
    }

    /// The remembered visits from one on, newest first.
    pub(crate) fn chain(&self, newest: Option<u32>) -> impl Iterator<Item = &Past> {
        let mut place = newest.unwrap_or(NONE);
        std::iter::from_fn(move || {
            let entry = self.ring.get(place as usize)?;
            place = entry.before;
            Some(&entry.past)
        })
    }

    /// Remembers a visit; tells which of the same call was the newest before.
    pub(crate) fn remember(&mut self, past: Past) -> Option<u32> {
        if self.ring.len() == self.limit {
            self.forget(self.next);
        }
        let ring = &self.ring;
        let is_it = |place: u32| ring[place as usize].past.call == past.call;
        let hash = hash::mix(self.key, past.call);
        let before = self.index.replace(hash, self.next as u32, is_it);
        let entry = Entry {
            past,
            before: before.unwrap_or(NONE),
        };
        match self.ring.get_mut(self.next) {
            Some(oldest) => *oldest = entry,
            None => self.ring.push(entry),
        }
        self.next += 1;
        if self.next == self.limit {
            self.next = 0;
        }
        before
    }

    /// Forgets the oldest visit, which is the last in the chain of its call.
    fn forget(&mut self, oldest: usize) {
        let past = self.ring[oldest].past;
        let at = past.ended.max(past.arrived);
        self.forgotten = Some(self.forgotten.map_or(at, |forgotten| forgotten.max(at)));
        let hash = hash::mix(self.key, past.call);
        if self.index.remove(hash, oldest as u32) {
            return;
        }
        let mut place = self.newest(past.call).unwrap_or(NONE);
        while let Some(entry) = self.ring.get_mut(place as usize) {
            if entry.before as usize == oldest {
                entry.before = NONE;
                return;
            }
            place = entry.before;
        }
    }

    pub(crate) fn saved(&self) -> SavedMemory {
        let (newer, older) = self.ring.split_at(self.next.min(self.ring.len()));
        let is_full = self.ring.len() == self.limit;
        let (older, newer) = if is_full {
            (older, newer)
        } else {
            (newer, older)
        };
        SavedMemory {
            limit: self.limit,
            visits: older.iter().chain(newer).map(|entry| entry.past).collect(),
            forgotten: self.forgotten,
        }
    }

    /// The memory of a saved state; `None` if it contradicts itself.
    pub(crate) fn restored(saved: SavedMemory, queues: usize) -> Option<Self> {
        if saved.limit == 0 || saved.visits.len() > saved.limit {
            return None;
        }
        let mut memory = Self::new(saved.limit);
        for past in saved.visits {
            if past.queue as usize >= queues {
                return None;
            }
            memory.remember(past);
        }
        memory.forgotten = saved.forgotten;
        Some(memory)
    }
}

/// The memory as it is saved: visits, the oldest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedMemory {
    limit: usize,
    visits: Vec<Past>,
    forgotten: Option<i64>,
}

/// Lines that count once, by their hash, in a ring of the latest.
#[derive(Clone, Debug)]
pub(crate) struct SeenLines {
    key: u64,
    limit: usize,
    ring: Vec<(u64, i64)>,
    /// The place that is used next, which holds the oldest once the ring is full.
    next: usize,
    index: Index,
    forgotten: Option<i64>,
}

impl SeenLines {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            key: hash::random_key(),
            limit,
            ring: Vec::new(),
            next: 0,
            index: Index::new(),
            forgotten: None,
        }
    }

    pub(crate) fn is_forgotten(&self, first: i64, at: i64) -> bool {
        at >= first && self.forgotten.is_some_and(|forgotten| at <= forgotten)
    }

    /// Remembers a line; tells whether it is new.
    pub(crate) fn is_new(&mut self, line: u64, at: i64) -> bool {
        let hash = hash::mix(self.key, line);
        let is_it = |place: u32| self.ring[place as usize].0 == line;
        if self.index.find(hash, is_it).is_some() {
            return false;
        }
        let place = self.next;
        match self.ring.get_mut(place) {
            Some(oldest) => {
                let (old, old_at) = std::mem::replace(oldest, (line, at));
                self.index.remove(hash::mix(self.key, old), place as u32);
                self.forgotten = Some(self.forgotten.map_or(old_at, |known| known.max(old_at)));
            }
            None => self.ring.push((line, at)),
        }
        self.index.insert(hash, place as u32);
        self.next = if place + 1 == self.limit {
            0
        } else {
            place + 1
        };
        true
    }

    pub(crate) fn saved(&self) -> SavedLines {
        let (newer, older) = self.ring.split_at(self.next.min(self.ring.len()));
        SavedLines {
            limit: self.limit,
            // A ring that is not full has nothing behind the place that is next.
            lines: older.iter().chain(newer).copied().collect(),
            forgotten: self.forgotten,
        }
    }

    /// The lines of a saved state; `None` if they contradict themselves.
    pub(crate) fn restored(saved: SavedLines) -> Option<Self> {
        if saved.limit == 0 || saved.lines.len() > saved.limit {
            return None;
        }
        let mut lines = Self::new(saved.limit);
        let all_new = saved
            .lines
            .into_iter()
            .all(|(line, at)| lines.is_new(line, at));
        lines.forgotten = saved.forgotten;
        all_new.then_some(lines)
    }
}

/// The lines as they are saved, the oldest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedLines {
    limit: usize,
    lines: Vec<(u64, i64)>,
    forgotten: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(call: u64, arrived: i64) -> Past {
        Past {
            call,
            queue: 0,
            arrived,
            ended: arrived + 5,
            class: Class::Moved,
        }
    }

    fn of(memory: &Memory, call: u64) -> Vec<i64> {
        memory.visits(call).map(|past| past.arrived).collect()
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let mut memory = Memory::new(2);
        memory.remember(past(7, 10));
        memory.remember(past(7, 20));
        assert_eq!(of(&memory, 7), [20, 10]);
        assert!(!memory.is_forgotten(0, 12));
        memory.remember(past(8, 30));
        assert_eq!((of(&memory, 7), of(&memory, 8)), (vec![20], vec![30]));
        assert!(memory.is_forgotten(0, 15) && !memory.is_forgotten(0, 16));
        assert!(!memory.is_forgotten(13, 12), "before the data began");
        memory.remember(past(8, 40));
        assert_eq!((of(&memory, 7), of(&memory, 8)), (vec![], vec![40, 30]));

        let again = Memory::restored(memory.saved(), 1).unwrap();
        assert_eq!(of(&again, 8), [40, 30]);
        assert!(again.is_forgotten(0, 25));
        assert!(Memory::restored(memory.saved(), 0).is_none());
    }

    #[test]
    fn a_saved_memory_keeps_the_order() {
        for count in 0..7 {
            let mut memory = Memory::new(3);
            (0..count).for_each(|n| {
                memory.remember(past(n as u64, n));
            });
            let saved: Vec<i64> = memory
                .saved()
                .visits
                .iter()
                .map(|one| one.arrived)
                .collect();
            let expected: Vec<i64> = ((count - 3).max(0)..count).collect();
            assert_eq!(saved, expected);
        }
    }

    #[test]
    fn lines_count_once() {
        let mut seen = SeenLines::new(2);
        assert!(seen.is_new(1, 10) && !seen.is_new(1, 10));
        assert!(seen.is_new(2, 20) && seen.is_new(3, 30));
        assert!(seen.is_new(1, 10), "forgotten");
        let mut again = SeenLines::restored(seen.saved()).unwrap();
        assert!(!again.is_new(3, 30) && !again.is_new(1, 10) && again.is_new(2, 20));
    }
}
