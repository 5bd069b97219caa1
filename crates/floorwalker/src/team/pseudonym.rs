//! Numbers instead of names, in an order that only the holder of a key can tell.
//!
//! Numbers in alphabetical order would be no pseudonyms: whoever has the list of
//! operators could count. The order comes from SipHash-2-4 (Aumasson and Bernstein,
//! 2012), a keyed function made for short inputs, so that the same key gives the same
//! numbers and without the key the order says nothing. A person who knows how many
//! calls a colleague took can still find the row: pseudonyms hide names, not figures.

use std::collections::BTreeMap;
use std::fmt;

use crate::id::AgentId;

/// Where the numbers of pseudonyms come from: another key for each export, so that the
/// rows of two exports cannot be joined by their numbers.
///
/// The secret stays with the host, who draws it at random and keeps it from those who
/// read the exports; how many exports there were is kept beside it, and both are given
/// to [`resumed`](Self::resumed) after a restart.
///
/// ```
/// use floorwalker::id::AgentId;
/// use floorwalker::team::PseudonymSource;
///
/// let names = ["anna", "bruno", "carla"].map(|name| AgentId::new(name).unwrap());
/// let mut source = PseudonymSource::new(0x5eed_0f00_d001);
/// let monday = source.next(&names);
/// assert_eq!(monday.len(), 3);
/// assert_eq!(source.exports(), 1);
/// let again = PseudonymSource::new(0x5eed_0f00_d001).next(&names);
/// assert_eq!(monday.number(&names[0]), again.number(&names[0]));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct PseudonymSource {
    secret: u128,
    exports: u64,
}

impl PseudonymSource {
    /// A source of which nothing was exported yet.
    #[must_use]
    pub fn new(secret: u128) -> Self {
        Self::resumed(secret, 0)
    }

    /// A source after some exports.
    #[must_use]
    pub fn resumed(secret: u128, exports: u64) -> Self {
        Self { secret, exports }
    }

    /// How many exports there were.
    #[must_use]
    pub fn exports(&self) -> u64 {
        self.exports
    }

    /// The key of the next export, for a report that numbers its rows itself.
    pub fn next_key(&mut self) -> u128 {
        let half = |part: u8| u128::from(keyed(self.secret, &format!("{} {part}", self.exports)));
        let key = half(0) << 64 | half(1);
        self.exports += 1;
        key
    }

    /// The numbers of some operators for the next export, from 1; each operator once.
    pub fn next<'a>(&mut self, names: impl IntoIterator<Item = &'a AgentId>) -> Pseudonyms {
        let key = self.next_key();
        let draw = |name: &'a AgentId| (keyed(key, name.as_str()), name);
        let mut drawn: Vec<(u64, &AgentId)> = names.into_iter().map(draw).collect();
        drawn.sort_unstable();
        drawn.dedup();
        let numbered = (1..).zip(drawn);
        Pseudonyms(
            numbered
                .map(|(number, (_, name))| (name.clone(), number))
                .collect(),
        )
    }
}

impl fmt::Debug for PseudonymSource {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PseudonymSource");
        shown
            .field("exports", &self.exports)
            .finish_non_exhaustive()
    }
}

/// The numbers of the operators in one export.
///
/// Invariant: the numbers are those from 1 to their count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pseudonyms(BTreeMap<AgentId, u64>);

impl Pseudonyms {
    /// The number of an operator; `None` if they are no part of the export.
    #[must_use]
    pub fn number(&self, agent: &AgentId) -> Option<u64> {
        self.0.get(agent).copied()
    }

    /// How many operators there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// SipHash-2-4 of `text` under a key of 128 bits.
pub(crate) fn keyed(key: u128, text: &str) -> u64 {
    let [k0, k1] = [key as u64, (key >> 64) as u64];
    let mut v = [
        k0 ^ 0x736f_6d65_7073_6575,
        k1 ^ 0x646f_7261_6e64_6f6d,
        k0 ^ 0x6c79_6765_6e65_7261,
        k1 ^ 0x7465_6462_7974_6573,
    ];
    let bytes = text.as_bytes();
    let words = bytes.chunks_exact(8);
    let rest = words.remainder();
    let full = words.map(|word| u64::from_le_bytes(word.try_into().expect("eight bytes")));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    last[7] = bytes.len() as u8;
    for word in full.chain([u64::from_le_bytes(last)]) {
        v[3] ^= word;
        round(&mut v);
        round(&mut v);
        v[0] ^= word;
    }
    v[2] ^= 0xff;
    (0..4).for_each(|_| round(&mut v));
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

fn round(v: &mut [u64; 4]) {
    let [mut a, mut b, mut c, mut d] = *v;
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    *v = [a, b, c, d];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the paper: key 00 01 ... 0f, text 00 01 ... 0e.
    #[test]
    fn gives_the_value_of_the_paper() {
        let key = u128::from_le_bytes(std::array::from_fn(|at| at as u8));
        let text: String = (0_u8..15).map(char::from).collect();
        assert_eq!(keyed(key, &text), 0xa129_ca61_49be_45e5);
    }

    #[test]
    fn another_key_gives_another_order() {
        let names = ["Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio"];
        let order = |key| {
            let mut names = names.to_vec();
            names.sort_by_key(|name| keyed(key, name));
            names
        };
        assert_eq!(order(7), order(7));
        assert_ne!(order(7), order(8));
    }

    #[test]
    fn exports_cannot_be_joined_by_their_numbers() {
        let names: Vec<AgentId> = (0..40)
            .map(|number| AgentId::new(format!("operator {number}")).unwrap())
            .collect();
        let mut source = PseudonymSource::new(11);
        let (monday, tuesday) = (source.next(&names), source.next(&names));
        let numbers = |of: &Pseudonyms| -> Vec<u64> {
            names.iter().map(|name| of.number(name).unwrap()).collect()
        };
        let same = numbers(&monday).into_iter().zip(numbers(&tuesday));
        assert!(same.filter(|(a, b)| a == b).count() < 6);
        let mut sorted = numbers(&monday);
        sorted.sort_unstable();
        assert_eq!(sorted, (1..=40).collect::<Vec<_>>());
        let mut resumed = PseudonymSource::resumed(11, 1);
        assert_eq!(resumed.next(&names), tuesday);
        assert!(!format!("{source:?}").contains("11"));
    }
}
