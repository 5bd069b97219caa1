//! Hashing of call ids and names.
//!
//! Every line of a log needs a look-up by call id. The standard hasher takes about
//! 20 ns for such a key; folding eight bytes at a time through one multiplication
//! takes 3. What is looked up per line is keyed with a random number of the process,
//! so that nobody can prepare a log whose ids all fall into one slot. What must be
//! the same in every run (ties in the order of output, remembered lines) is hashed
//! with a fixed key.

use std::hash::{BuildHasher, RandomState};

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

/// Mixes bytes into a hash, eight at a time; the last eight may overlap.
pub(crate) fn mix_bytes(hash: u64, bytes: &[u8]) -> u64 {
    let mut hash = hash ^ bytes.len() as u64;
    if let Some(last) = bytes.last_chunk::<8>() {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            let word = word.try_into().expect("a chunk of eight bytes");
            hash = mix(hash, u64::from_le_bytes(word));
        }
        if words.remainder().is_empty() {
            return mix(hash, 0);
        }
        return mix(hash, u64::from_le_bytes(*last));
    }
    let word = bytes
        .iter()
        .fold(0, |word, &byte| word << 8 | u64::from(byte));
    mix(hash, word)
}

/// The same number for the same bytes in every run.
pub(crate) fn stable(bytes: &[u8]) -> u64 {
    mix_bytes(FIRST, bytes)
}

/// Whether two texts are the same. For up to sixteen bytes, which names and ids
/// mostly have, it is two comparisons and no loop.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (ends::<8>(a), ends::<8>(b)) {
        (Some(ends_a), Some(ends_b)) => {
            ends_a == ends_b && (a.len() <= 16 || a[8..a.len() - 8] == b[8..b.len() - 8])
        }
        _ => match (ends::<4>(a), ends::<4>(b)) {
            (Some(ends_a), Some(ends_b)) => ends_a == ends_b,
            _ => a.iter().eq(b),
        },
    }
}

/// The first and the last few bytes, which may overlap.
fn ends<const N: usize>(bytes: &[u8]) -> Option<([u8; N], [u8; N])> {
    Some((*bytes.first_chunk()?, *bytes.last_chunk()?))
}

/// A key for hashes that nobody outside can foresee.
pub(crate) fn random_key() -> u64 {
    RandomState::new().hash_one(FIRST)
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
        // Random keys would fill 69,900 of 131,072 slots.
        let slots: HashSet<u64> = hashes.iter().map(|hash| hash & 0x1_ffff).collect();
        assert!((69_000..71_000).contains(&slots.len()), "{}", slots.len());
    }

    #[test]
    fn texts_are_compared_whole() {
        let text = b"1700000000.1234567890123";
        for len in 0..text.len() {
            for place in 0..len {
                let mut other = text[..len].to_vec();
                assert!(same(&text[..len], &other));
                other[place] ^= 1;
                assert!(!same(&text[..len], &other) && !same(&text[..len], &other[1..]));
            }
        }
    }

    #[test]
    fn lengths_and_zeros_make_other_keys() {
        let keys: [&[u8]; 8] = [
            b"",
            b"\0",
            b"a",
            b"a\0",
            b"\0a",
            b"12345678",
            b"123456781",
            b"1234567812345678",
        ];
        let hashes: HashSet<u64> = keys.into_iter().map(stable).collect();
        assert_eq!(hashes.len(), keys.len());
    }
}
