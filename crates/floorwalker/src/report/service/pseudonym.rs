//! Numbers instead of names, in an order that only the holder of a key can tell.
//!
//! Numbers in alphabetical order would be no pseudonyms: whoever has the list of
//! operators could count. The order comes from SipHash-2-4 (Aumasson and Bernstein,
//! 2012), a keyed function made for short inputs, so that the same key gives the same
//! numbers and without the key the order says nothing. A person who knows how many
//! calls a colleague took can still find the row: pseudonyms hide names, not figures.

/// SipHash-2-4 of `text` under a key of 128 bits.
pub(super) fn keyed(key: u128, text: &str) -> u64 {
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
}
