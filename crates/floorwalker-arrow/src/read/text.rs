//! Text coded as small numbers, in one pass.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Texts and their codes, in order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Coder<'a> {
    codes: HashMap<&'a str, u32, BuildHasherDefault<WordHasher>>,
    terms: Vec<&'a str>,
    /// Neighbours are often equal.
    last: Option<(&'a str, u32)>,
}

impl<'a> Coder<'a> {
    pub(super) fn code(&mut self, text: &'a str) -> u32 {
        if let Some((last, code)) = self.last
            && last == text
        {
            return code;
        }
        let terms = &mut self.terms;
        let code = *self.codes.entry(text).or_insert_with(|| {
            terms.push(text);
            u32::try_from(terms.len() - 1).expect("fewer than four billion rows in a batch")
        });
        self.last = Some((text, code));
        code
    }

    pub(super) fn into_terms(self) -> Vec<String> {
        self.terms.into_iter().map(str::to_owned).collect()
    }
}

/// A quick hash of short names, eight bytes at a time. Whoever chooses names so that they
/// collide makes reading slow, and nothing else.
#[derive(Debug, Default)]
struct WordHasher(u64);

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl WordHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(MIX);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words
            .iter()
            .for_each(|word| self.add(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last) ^ bytes.len() as u64);
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_first_appearance() {
        let mut coder = Coder::default();
        let codes = ["b", "a", "a", "b", ""].map(|text| coder.code(text));
        assert_eq!(codes, [0, 1, 1, 0, 2]);
        assert_eq!(coder.into_terms(), ["b", "a", ""]);
    }

    #[test]
    fn names_that_differ_in_one_letter_spread() {
        let hash = |text: &str| {
            let mut hasher = WordHasher::default();
            hasher.write(text.as_bytes());
            hasher.finish()
        };
        let names: Vec<String> = (0..4_096)
            .map(|number| format!("queue-{number:05}"))
            .collect();
        let mut low: Vec<u64> = names.iter().map(|name| hash(name) & 0xffff).collect();
        low.sort_unstable();
        low.dedup();
        assert!(low.len() > 3_700, "{} of 4,096", low.len());
        let mut high: Vec<u64> = names.iter().map(|name| hash(name) >> 57).collect();
        high.sort_unstable();
        high.dedup();
        assert!(high.len() > 100, "{} of 128", high.len());
    }
}
