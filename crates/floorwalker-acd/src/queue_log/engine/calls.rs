//! Calls that are not over, by call id.
//!
//! Calls and visits lie in two lists whose places are used again, so that a log of
//! any length allocates only as much as is open at once.

use super::hash;
use super::index::Index;
use super::slots::Slots;

/// A call id without an allocation of its own, if it is as short as they are.
#[derive(Clone, Debug)]
enum CallId {
    Short(u8, [u8; Self::SHORT]),
    Long(Box<[u8]>),
}

impl CallId {
    const SHORT: usize = 38;

    fn new(bytes: &[u8]) -> Self {
        if bytes.len() > Self::SHORT {
            return Self::Long(bytes.into());
        }
        let mut short = [0; Self::SHORT];
        short[..bytes.len()].copy_from_slice(bytes);
        Self::Short(bytes.len() as u8, short)
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Short(len, bytes) => &bytes[..usize::from(*len)],
            Self::Long(bytes) => bytes,
        }
    }
}

/// A call: its visits that are not over, in the order in which they turned up.
#[derive(Debug)]
pub(crate) struct Call {
    id: CallId,
    /// The hash by which it is found.
    key: u64,
    /// The hash that is the same in every run.
    pub(crate) hash: u64,
    first: u32,
}

impl Call {
    pub(crate) fn id(&self) -> &[u8] {
        self.id.as_bytes()
    }
}

/// No visit.
const NONE: u32 = u32::MAX;

/// A place of a visit.
#[derive(Debug)]
struct Place {
    call: u32,
    next: u32,
    /// Odd while the place is in use; changes with every use.
    generation: u32,
    slots: Slots,
}

/// Which visit; stays harmless when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct VisitRef {
    place: u32,
    generation: u32,
}

/// All calls that are not over.
#[derive(Debug)]
pub(crate) struct Calls {
    key: u64,
    index: Index,
    calls: Vec<Call>,
    free_calls: Vec<u32>,
    visits: Vec<Place>,
    free_visits: Vec<u32>,
    /// How often room had to be made.
    pub(crate) allocations: u64,
}

impl Calls {
    pub(crate) fn new() -> Self {
        Self {
            key: hash::random_key(),
            index: Index::new(),
            calls: Vec::new(),
            free_calls: Vec::new(),
            visits: Vec::new(),
            free_visits: Vec::new(),
            allocations: 0,
        }
    }

    /// How many visits are not over.
    pub(crate) fn open(&self) -> usize {
        self.visits.len() - self.free_visits.len()
    }

    pub(crate) fn find(&self, id: &[u8]) -> Option<u32> {
        let key = hash::mix_bytes(self.key, id);
        self.index
            .find(key, |call| hash::same(self.calls[call as usize].id(), id))
    }

    /// Adds a call whose id is not there. It goes with its last visit.
    fn add(&mut self, id: &[u8]) -> u32 {
        let key = hash::mix_bytes(self.key, id);
        let call = Call {
            id: CallId::new(id),
            key,
            hash: hash::stable(id),
            first: NONE,
        };
        let number = match self.free_calls.pop() {
            Some(number) => {
                self.calls[number as usize] = call;
                number
            }
            None => {
                self.allocations += 1;
                self.calls.push(call);
                (self.calls.len() - 1) as u32
            }
        };
        self.index.insert(key, number);
        number
    }

    /// Adds an empty visit to a call, and the call if it is not there.
    pub(crate) fn add_visit(&mut self, call: Option<u32>, id: &[u8]) -> VisitRef {
        let call = match call {
            Some(call) => call,
            None => self.add(id),
        };
        let place = match self.free_visits.pop() {
            Some(place) => place,
            None => {
                self.allocations += 1;
                self.visits.push(Place {
                    call: 0,
                    next: NONE,
                    generation: 0,
                    slots: Slots::default(),
                });
                (self.visits.len() - 1) as u32
            }
        };
        let new = &mut self.visits[place as usize];
        new.call = call;
        new.next = NONE;
        new.generation = new.generation.wrapping_add(1);
        let generation = new.generation;
        self.append(call, place);
        VisitRef { place, generation }
    }

    fn append(&mut self, call: u32, place: u32) {
        let mut last = self.calls[call as usize].first;
        if last == NONE {
            self.calls[call as usize].first = place;
            return;
        }
        while self.visits[last as usize].next != NONE {
            last = self.visits[last as usize].next;
        }
        self.visits[last as usize].next = place;
    }

    pub(crate) fn call(&self, call: u32) -> &Call {
        &self.calls[call as usize]
    }

    /// The call of a visit that is not over.
    pub(crate) fn call_of(&self, at: VisitRef) -> u32 {
        self.visits[at.place as usize].call
    }

    /// The visits of a call.
    pub(crate) fn visits(&self, call: Option<u32>) -> Visits<'_> {
        Visits {
            places: &self.visits,
            next: call.map_or(NONE, |call| self.calls[call as usize].first),
        }
    }

    pub(crate) fn visit(&self, at: VisitRef) -> Option<&Slots> {
        let place = self.visits.get(at.place as usize)?;
        (place.generation == at.generation).then_some(&place.slots)
    }

    pub(crate) fn visit_mut(&mut self, at: VisitRef) -> Option<&mut Slots> {
        let place = self.visits.get_mut(at.place as usize)?;
        (place.generation == at.generation).then_some(&mut place.slots)
    }

    /// Forgets a visit; the call goes with its last one.
    pub(crate) fn remove(&mut self, at: VisitRef) {
        if self.visit(at).is_none() {
            return;
        }
        let place = &mut self.visits[at.place as usize];
        let (call, next) = (place.call, place.next);
        place.generation = place.generation.wrapping_add(1);
        place.slots.reset();
        self.free_visits.push(at.place);
        let first = &mut self.calls[call as usize].first;
        if *first == at.place {
            *first = next;
            if next == NONE {
                let key = self.calls[call as usize].key;
                self.index.remove(key, call);
                self.free_calls.push(call);
            }
            return;
        }
        let mut before = *first;
        while self.visits[before as usize].next != at.place {
            before = self.visits[before as usize].next;
        }
        self.visits[before as usize].next = next;
    }

    /// Every visit that is not over, in no useful order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (VisitRef, &Call, &Slots)> {
        self.visits
            .iter()
            .enumerate()
            .filter_map(|(number, place)| {
                let at = VisitRef {
                    place: number as u32,
                    generation: place.generation,
                };
                let is_used = place.generation & 1 == 1;
                is_used.then(|| (at, &self.calls[place.call as usize], &place.slots))
            })
    }
}

/// The visits of one call, in the order in which they turned up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visits<'a> {
    places: &'a [Place],
    next: u32,
}

impl<'a> Iterator for Visits<'a> {
    type Item = (VisitRef, &'a Slots);
    fn next(&mut self) -> Option<Self::Item> {
        if self.next == NONE {
            return None;
        }
        let place = self.places.get(self.next as usize)?;
        let at = VisitRef {
            place: self.next,
            generation: place.generation,
        };
        self.next = place.next;
        Some((at, &place.slots))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_goes_with_its_last_visit() {
        let mut calls = Calls::new();
        let first = calls.add_visit(None, b"a.1");
        let call = calls.find(b"a.1");
        let second = calls.add_visit(call, b"a.1");
        let third = calls.add_visit(call, b"a.1");
        calls.remove(second);
        calls.remove(second);
        let left: Vec<VisitRef> = calls.visits(call).map(|(at, _)| at).collect();
        assert_eq!(left, [first, third]);
        calls.remove(first);
        calls.remove(third);
        assert_eq!((calls.find(b"a.1"), calls.open()), (None, 0));

        let again = calls.add_visit(None, b"b.1");
        assert_ne!(again, third);
        assert!(calls.visit(third).is_none() && calls.visit(again).is_some());
        assert_eq!(calls.iter().count(), 1);
        assert_eq!(calls.allocations, 4);
    }

    #[test]
    fn long_ids_are_ids() {
        let mut calls = Calls::new();
        let long = [b'x'; 150];
        let visit = calls.add_visit(None, &long);
        assert_eq!(calls.find(&long), Some(calls.call_of(visit)));
        assert_eq!(calls.find(&long[..149]), None);
        assert_eq!(calls.call(calls.call_of(visit)).id(), long);
    }
}
