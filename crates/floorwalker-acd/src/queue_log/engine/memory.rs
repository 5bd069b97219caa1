//! What is remembered of the past: the latest visits that are over, and the latest
//! lines about operators. It is bounded, so memory does not grow with the log.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::hash::Keyed;

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
    pub(crate) queue: u32,
    pub(crate) arrived: i64,
    pub(crate) ended: i64,
    pub(crate) class: Class,
}

/// The latest of something by hash, the oldest forgotten first.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    limit: usize,
    order: VecDeque<(u64, i64)>,
    visits: HashMap<u64, Vec1<Past>, Keyed>,
    /// Up to here the past is forgotten.
    forgotten: Option<i64>,
}

/// A list that nearly always has one element.
#[derive(Clone, Debug)]
struct Vec1<T> {
    first: T,
    more: Vec<T>,
}

impl Memory {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            order: VecDeque::new(),
            visits: HashMap::default(),
            forgotten: None,
        }
    }

    /// Whether everything from `first` on up to `at` is forgotten.
    pub(crate) fn is_forgotten(&self, first: i64, at: i64) -> bool {
        at >= first && self.forgotten.is_some_and(|forgotten| at <= forgotten)
    }

    /// Remembers a visit of the call with this hash.
    pub(crate) fn remember(&mut self, call: u64, past: Past) {
        if self.order.len() >= self.limit {
            self.forget_one();
        }
        self.order.push_back((call, past.ended.max(past.arrived)));
        match self.visits.entry(call) {
            Entry::Vacant(entry) => {
                let more = Vec::new();
                entry.insert(Vec1 { first: past, more });
            }
            Entry::Occupied(mut entry) => entry.get_mut().more.push(past),
        }
    }

    fn forget_one(&mut self) {
        let Some((call, at)) = self.order.pop_front() else {
            return;
        };
        self.forgotten = Some(self.forgotten.map_or(at, |forgotten| forgotten.max(at)));
        if let Some(known) = self.visits.get_mut(&call) {
            if known.more.is_empty() {
                self.visits.remove(&call);
            } else {
                known.first = known.more.remove(0);
            }
        }
    }

    /// The remembered visits of a call.
    pub(crate) fn visits(&self, call: u64) -> impl Iterator<Item = &Past> {
        self.visits
            .get(&call)
            .into_iter()
            .flat_map(|known| std::iter::once(&known.first).chain(&known.more))
    }

    pub(crate) fn saved(&self) -> SavedMemory {
        let mut visits: Vec<(u64, Vec<Past>)> = self
            .visits
            .keys()
            .map(|&call| (call, self.visits(call).copied().collect()))
            .collect();
        visits.sort_unstable_by_key(|&(call, _)| call);
        SavedMemory {
            limit: self.limit,
            order: self.order.iter().copied().collect(),
            visits,
            forgotten: self.forgotten,
        }
    }

    /// The memory of a saved state; `None` if it contradicts itself.
    pub(crate) fn restored(saved: SavedMemory, queues: usize) -> Option<Self> {
        let mut memory = Self::new(saved.limit);
        memory.forgotten = saved.forgotten;
        memory.order = saved.order.into();
        let mut count = 0;
        for (call, past) in saved.visits {
            let mut past = past.into_iter();
            let (first, more) = (past.next()?, past.collect::<Vec<_>>());
            count += 1 + more.len();
            let mut all = std::iter::once(&first).chain(&more);
            if !all.all(|past| (past.queue as usize) < queues) {
                return None;
            }
            memory.visits.insert(call, Vec1 { first, more });
        }
        (count == memory.order.len() && count <= memory.limit).then_some(memory)
    }
}

/// The memory as it is saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedMemory {
    limit: usize,
    order: Vec<(u64, i64)>,
    visits: Vec<(u64, Vec<Past>)>,
    forgotten: Option<i64>,
}

/// Lines that count once, by their hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SeenLines {
    limit: usize,
    order: VecDeque<(u64, i64)>,
    seen: HashSet<u64>,
    forgotten: Option<i64>,
}

impl SeenLines {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            order: VecDeque::new(),
            seen: HashSet::new(),
            forgotten: None,
        }
    }

    /// Whether the parts are what this type makes, after they came from outside.
    pub(crate) fn is_sound(&self) -> bool {
        self.order.len() == self.seen.len() && self.order.len() <= self.limit
    }

    pub(crate) fn is_forgotten(&self, first: i64, at: i64) -> bool {
        at >= first && self.forgotten.is_some_and(|forgotten| at <= forgotten)
    }

    /// Remembers a line; tells whether it is new.
    pub(crate) fn is_new(&mut self, line: u64, at: i64) -> bool {
        if !self.seen.insert(line) {
            return false;
        }
        if self.order.len() >= self.limit
            && let Some((line, at)) = self.order.pop_front()
        {
            self.seen.remove(&line);
            self.forgotten = Some(self.forgotten.map_or(at, |forgotten| forgotten.max(at)));
        }
        self.order.push_back((line, at));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(arrived: i64) -> Past {
        Past {
            queue: 0,
            arrived,
            ended: arrived + 5,
            class: Class::Moved,
        }
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let mut memory = Memory::new(2);
        memory.remember(7, past(10));
        memory.remember(7, past(20));
        assert_eq!(memory.visits(7).count(), 2);
        assert!(!memory.is_forgotten(0, 12));
        memory.remember(8, past(30));
        assert_eq!(memory.visits(7).copied().collect::<Vec<_>>(), [past(20)]);
        assert!(memory.is_forgotten(0, 15) && !memory.is_forgotten(0, 16));
        assert!(!memory.is_forgotten(13, 12), "before the data began");
        let again = Memory::restored(memory.saved(), 1).unwrap();
        assert_eq!(again.visits(8).count(), 1);
        assert!(Memory::restored(memory.saved(), 0).is_none());
    }

    #[test]
    fn lines_count_once() {
        let mut seen = SeenLines::new(2);
        assert!(seen.is_new(1, 10) && !seen.is_new(1, 10));
        assert!(seen.is_new(2, 20) && seen.is_new(3, 30));
        assert!(seen.is_new(1, 10), "forgotten");
        assert!(seen.is_sound());
    }
}
