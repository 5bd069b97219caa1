//! Calls that are not over, by call id.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use super::hash::Keyed;
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

impl PartialEq for CallId {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for CallId {}

impl Hash for CallId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl Borrow<[u8]> for CallId {
    fn borrow(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// A call: its visits that are not over.
#[derive(Debug)]
pub(crate) struct Call {
    id: CallId,
    /// How often this place was used before.
    generation: u32,
    pub(crate) visits: Vec<Slots>,
}

impl Call {
    pub(crate) fn id(&self) -> &[u8] {
        self.id.as_bytes()
    }

    pub(crate) fn visit(&self, serial: u32) -> Option<&Slots> {
        self.visits.iter().find(|visit| visit.serial == serial)
    }

    pub(crate) fn visit_mut(&mut self, serial: u32) -> Option<&mut Slots> {
        self.visits.iter_mut().find(|visit| visit.serial == serial)
    }
}

/// Which visit of which call; stays harmless when the call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct VisitRef {
    pub(crate) call: u32,
    generation: u32,
    pub(crate) serial: u32,
}

/// All calls that are not over.
#[derive(Debug)]
pub(crate) struct Calls {
    index: HashMap<CallId, u32, Keyed>,
    calls: Vec<Call>,
    free: Vec<u32>,
    /// Emptied visits, to be used again with the room they have.
    spare: Vec<Slots>,
    serial: u32,
    open: usize,
    /// How often room had to be made.
    pub(crate) allocations: u64,
}

impl Calls {
    pub(crate) fn new() -> Self {
        Self {
            index: HashMap::default(),
            calls: Vec::new(),
            free: Vec::new(),
            spare: Vec::new(),
            serial: 0,
            open: 0,
            allocations: 0,
        }
    }

    /// How many visits are not over.
    pub(crate) fn open(&self) -> usize {
        self.open
    }

    pub(crate) fn find(&self, id: &[u8]) -> Option<u32> {
        self.index.get(id).copied()
    }

    /// The call of an id, made if there is none.
    pub(crate) fn find_or_add(&mut self, id: &[u8]) -> u32 {
        if let Some(&call) = self.index.get(id) {
            return call;
        }
        let call = match self.free.pop() {
            Some(call) => {
                let place = &mut self.calls[call as usize];
                place.id = CallId::new(id);
                place.generation = place.generation.wrapping_add(1);
                call
            }
            None => {
                self.allocations += 1;
                self.calls.push(Call {
                    id: CallId::new(id),
                    generation: 0,
                    visits: Vec::with_capacity(1),
                });
                (self.calls.len() - 1) as u32
            }
        };
        self.index.insert(CallId::new(id), call);
        call
    }

    /// Adds an empty visit to a call.
    pub(crate) fn add_visit(&mut self, call: u32) -> VisitRef {
        let mut slots = self.spare.pop().unwrap_or_else(|| {
            self.allocations += 1;
            Slots::default()
        });
        slots.serial = self.serial;
        self.serial = self.serial.wrapping_add(1);
        self.open += 1;
        let serial = slots.serial;
        let place = &mut self.calls[call as usize];
        place.visits.push(slots);
        self.reference(call, serial)
    }

    pub(crate) fn reference(&self, call: u32, serial: u32) -> VisitRef {
        VisitRef {
            call,
            generation: self.calls[call as usize].generation,
            serial,
        }
    }

    pub(crate) fn call(&self, call: u32) -> &Call {
        &self.calls[call as usize]
    }

    pub(crate) fn call_mut(&mut self, call: u32) -> &mut Call {
        &mut self.calls[call as usize]
    }

    pub(crate) fn visit(&self, at: VisitRef) -> Option<&Slots> {
        let call = self.calls.get(at.call as usize)?;
        (call.generation == at.generation)
            .then(|| call.visit(at.serial))
            .flatten()
    }

    pub(crate) fn visit_mut(&mut self, at: VisitRef) -> Option<&mut Slots> {
        let call = self.calls.get_mut(at.call as usize)?;
        (call.generation == at.generation)
            .then(|| call.visit_mut(at.serial))
            .flatten()
    }

    /// Takes a visit out; the call goes with its last one.
    pub(crate) fn remove(&mut self, at: VisitRef) -> Option<Slots> {
        self.visit(at)?;
        let call = &mut self.calls[at.call as usize];
        let place = call
            .visits
            .iter()
            .position(|visit| visit.serial == at.serial)?;
        let slots = call.visits.remove(place);
        self.open -= 1;
        if call.visits.is_empty() {
            self.index.remove(call.id.as_bytes());
            self.free.push(at.call);
        }
        Some(slots)
    }

    /// Gives an emptied visit back.
    pub(crate) fn recycle(&mut self, mut slots: Slots) {
        const SPARE: usize = 4096;
        if self.spare.len() < SPARE {
            slots.reset();
            self.spare.push(slots);
        }
    }

    /// Every visit that is not over, in no useful order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (VisitRef, &Call, &Slots)> {
        self.calls.iter().enumerate().flat_map(|(number, call)| {
            call.visits.iter().map(move |slots| {
                let at = VisitRef {
                    call: number as u32,
                    generation: call.generation,
                    serial: slots.serial,
                };
                (at, call, slots)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_goes_with_its_last_visit() {
        let mut calls = Calls::new();
        let call = calls.find_or_add(b"a.1");
        let (first, second) = (calls.add_visit(call), calls.add_visit(call));
        assert_eq!(calls.find(b"a.1"), Some(call));
        assert!(calls.remove(first).is_some());
        assert!(calls.remove(first).is_none());
        assert!(calls.visit(second).is_some());
        let slots = calls.remove(second).unwrap();
        calls.recycle(slots);
        assert_eq!((calls.find(b"a.1"), calls.open()), (None, 0));

        let again = calls.find_or_add(b"b.1");
        assert_eq!(again, call);
        calls.add_visit(again);
        assert!(calls.visit(second).is_none());
        assert_eq!(calls.allocations, 3);
    }

    #[test]
    fn long_ids_are_ids() {
        let mut calls = Calls::new();
        let long = [b'x'; 150];
        let call = calls.find_or_add(&long);
        calls.add_visit(call);
        assert_eq!(calls.find(&long), Some(call));
        assert_eq!(calls.find(&long[..149]), None);
        assert_eq!(calls.call(call).id(), long);
    }
}
