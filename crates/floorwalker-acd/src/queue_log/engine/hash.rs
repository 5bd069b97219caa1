//! Hashing of call ids and names.
//!
//! Every line of a log needs at least one look-up by call id. The standard hasher
//! takes about 20 ns for such a key; folding eight bytes at a time through one
//! multiplication takes 3. The map is keyed with a random number of the process,
//! so that nobody can prepare a log whose ids all fall into one slot. What must be
//! the same in every run (ties in the order of output, remembered lines) is hashed
//! with a fixed key and never decides where something lies in a map keyed at random.

use std::hash::{BuildHasher, Hasher, RandomState};

const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xd1b5_4a32_d192_ed03;

/// Multiplies to 128 bits and folds the halves together.
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Mixes one number into a hash.
pub(crate) fn mix(hash: u64, number: u64) -> u64 {
    fold(hash ^ number ^ SECOND, FIRST)
}

/// Mixes bytes into a hash, eight at a time.
pub(crate) fn mix_bytes(hash: u64, bytes: &[u8]) -> u64 {
    let mut hash = mix(hash, bytes.len() as u64);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = word.try_into().expect("a chunk of eight bytes");
        hash = mix(hash, u64::from_le_bytes(word));
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        hash = mix(hash, u64::from_le_bytes(word));
    }
    hash
}

/// The same number for the same bytes in every run.
pub(crate) fn stable(bytes: &[u8]) -> u64 {
    mix_bytes(FIRST, bytes)
}

/// Makes hashers keyed at random.
#[derive(Clone, Debug)]
pub(crate) struct Keyed(u64);

impl Default for Keyed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(FIRST))
    }
}

impl BuildHasher for Keyed {
    type Hasher = Folding;
    fn build_hasher(&self) -> Folding {
        Folding(self.0)
    }
}

/// Hashes keys that are bytes.
#[derive(Debug)]
pub(crate) struct Folding(u64);

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mix_bytes(self.0, bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = mix(self.0, number);
    }

    /// The length in front of bytes; they are mixed with their length anyway.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn near_keys_are_far_apart() {
        let ids: Vec<String> = (0..100_000)
            .map(|n| format!("17000{:05}.{n}", n / 3))
            .collect();
        let hashes: HashSet<u64> = ids.iter().map(|id| stable(id.as_bytes())).collect();
        assert_eq!(hashes.len(), ids.len());
        // A table of 2^17 slots uses the low bits; random keys would fill 69,900 of 131,072.
        let slots: HashSet<u64> = hashes.iter().map(|hash| hash & 0x1_ffff).collect();
        assert!((69_000..71_000).contains(&slots.len()), "{}", slots.len());
    }

    #[test]
    fn zeros_at_the_end_make_another_key() {
        assert_ne!(stable(b"a"), stable(b"a\0"));
        assert_ne!(stable(b""), stable(b"\0"));
    }
}
