//! From a hash to the number of a thing that lies elsewhere.
//!
//! The things keep their own keys, so nothing is stored twice and nothing is
//! allocated per entry: a look-up is one hash, mostly one probe and one comparison.

/// Open addressing with linear probing; removal moves followers up, so there are no
/// tombstones.
///
/// Invariants: the number of slots is a power of two, at most half of them are used;
/// a slot holds a number plus one in its upper half and a part of the hash in the
/// lower, or 0.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    slots: Vec<u64>,
    used: usize,
}

const FEWEST: usize = 64;

impl Index {
    pub(crate) fn new() -> Self {
        Self {
            slots: vec![0; FEWEST],
            used: 0,
        }
    }

    fn mask(&self) -> usize {
        self.slots.len() - 1
    }

    /// The number with this hash that `is_it` confirms.
    pub(crate) fn find(&self, hash: u64, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        let mask = self.mask();
        let mut place = hash as usize & mask;
        loop {
            let slot = self.slots[place];
            if slot == 0 {
                return None;
            }
            let number = number_of(slot);
            if slot as u32 == hash as u32 && is_it(number) {
                return Some(number);
            }
            place = (place + 1) & mask;
        }
    }

    /// Puts a number in the place of the one with this hash that `is_it` confirms, or
    /// adds it; tells which it replaced. One search does both.
    pub(crate) fn replace(
        &mut self,
        hash: u64,
        number: u32,
        mut is_it: impl FnMut(u32) -> bool,
    ) -> Option<u32> {
        if (self.used + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let mask = self.mask();
        let mut place = hash as usize & mask;
        loop {
            let slot = self.slots[place];
            let known = number_of(slot);
            if slot == 0 || (slot as u32 == hash as u32 && is_it(known)) {
                self.slots[place] = slot_of(hash, number);
                self.used += usize::from(slot == 0);
                return (slot != 0).then_some(known);
            }
            place = (place + 1) & mask;
        }
    }

    /// Adds a number that is not there.
    pub(crate) fn insert(&mut self, hash: u64, number: u32) {
        if (self.used + 1) * 2 > self.slots.len() {
            self.grow();
        }
        self.used += 1;
        self.put(slot_of(hash, number));
    }

    fn put(&mut self, slot: u64) {
        let mask = self.mask();
        let mut place = slot as u32 as usize & mask;
        while self.slots[place] != 0 {
            place = (place + 1) & mask;
        }
        self.slots[place] = slot;
    }

    fn grow(&mut self) {
        let double = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![0; double]);
        for slot in old {
            if slot != 0 {
                self.put(slot);
            }
        }
    }

    /// Removes a number; tells whether it was there.
    pub(crate) fn remove(&mut self, hash: u64, number: u32) -> bool {
        let mask = self.mask();
        let mut place = hash as usize & mask;
        while number_of(self.slots[place]) != number || self.slots[place] == 0 {
            if self.slots[place] == 0 {
                return false;
            }
            place = (place + 1) & mask;
        }
        self.used -= 1;
        // Followers move up if that brings them nearer to where they belong.
        let mut next = place;
        loop {
            next = (next + 1) & mask;
            let slot = self.slots[next];
            if slot == 0 {
                break;
            }
            let wanted = slot as u32 as usize & mask;
            let distance = next.wrapping_sub(wanted) & mask;
            if distance >= (next.wrapping_sub(place) & mask) {
                self.slots[place] = slot;
                place = next;
            }
        }
        self.slots[place] = 0;
        true
    }
}

fn slot_of(hash: u64, number: u32) -> u64 {
    (u64::from(number) + 1) << 32 | u64::from(hash as u32)
}

fn number_of(slot: u64) -> u32 {
    ((slot >> 32) as u32).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        /// The same as the map of the standard library, also where hashes collide.
        #[test]
        fn behaves_as_a_map(steps in prop::collection::vec((0_u64..120, any::<bool>()), 1..400), spread in 1_u64..3) {
            let hash = |key: u64| (key * spread) | (1 << 40);
            let (mut index, mut map) = (Index::new(), HashMap::new());
            let mut keys: Vec<u64> = Vec::new();
            for (key, add) in steps {
                let found = index.find(hash(key), |number| keys[number as usize] == key);
                prop_assert_eq!(found, map.get(&key).copied());
                match (found, add) {
                    (None, true) => {
                        keys.push(key);
                        let number = keys.len() as u32 - 1;
                        index.insert(hash(key), number);
                        map.insert(key, number);
                    }
                    (Some(number), false) => {
                        prop_assert!(index.remove(hash(key), number));
                        prop_assert!(!index.remove(hash(key), number));
                        map.remove(&key);
                    }
                    (before, true) => {
                        keys.push(key);
                        let number = keys.len() as u32 - 1;
                        let is_it = |number: u32| keys[number as usize] == key;
                        prop_assert_eq!(index.replace(hash(key), number, is_it), before);
                        map.insert(key, number);
                    }
                    _ => {}
                }
                prop_assert_eq!(index.used, map.len());
            }
        }
    }

    #[test]
    fn grows_and_finds_all() {
        let mut index = Index::new();
        for number in 0..10_000_u32 {
            index.insert(super::super::hash::stable(&number.to_le_bytes()), number);
        }
        for number in 0..10_000_u32 {
            let hash = super::super::hash::stable(&number.to_le_bytes());
            assert_eq!(index.find(hash, |found| found == number), Some(number));
        }
    }
}
