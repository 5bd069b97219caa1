//! SHA-256 over a canonical text: what makes a later change visible.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, ErrorKind, Result};

/// A SHA-256 checksum; as text, 64 small hexadecimal digits.
///
/// ```
/// use floorwalker::complaint::Digest;
///
/// let digest = Digest::of(b"abc");
/// assert!(digest.to_string().starts_with("ba7816bf8f01cfea"));
/// assert_eq!(digest.to_string().parse::<Digest>()?, digest);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// What stands in place of a predecessor at the beginning of a chain.
    pub const ZERO: Self = Self([0; 32]);

    /// The checksum of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The checksum of the canonical JSON of a value.
    pub(crate) fn of_json(value: &impl Serialize) -> Self {
        Self::of(canonical(value).as_bytes())
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The canonical JSON of a value: no blanks, the members of objects in order of their
/// names. For values without floating-point numbers this is RFC 8785 (JCS).
pub(crate) fn canonical(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).expect("plain data has a JSON form");
    let mut text = String::new();
    write_sorted(&value, &mut text);
    text
}

fn write_sorted(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                text.push_str(if place > 0 { "," } else { "" });
                write_sorted(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (place, (name, member)) in members.into_iter().enumerate() {
                text.push_str(if place > 0 { "," } else { "" });
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write_sorted(member, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from(*self))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digits = digest.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits
            .map(|digit| char::from(DIGITS[usize::from(digit)]))
            .collect()
    }
}

impl FromStr for Digest {
    type Err = Error;
    fn from_str(given: &str) -> Result<Self> {
        let bad = || {
            let (what, why) = ("checksum", "a checksum is 64 small hexadecimal digits");
            let given = given.chars().take(70).collect();
            Error::from(ErrorKind::Name { what, given, why })
        };
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(bad()),
        };
        let digits: Result<Vec<u8>> = given.bytes().map(value).collect();
        let bytes: Vec<u8> = digits?
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect();
        let whole = given.len() == 64;
        bytes
            .try_into()
            .ok()
            .filter(|_| whole)
            .map(Self)
            .ok_or_else(bad)
    }
}

impl TryFrom<String> for Digest {
    type Error = Error;
    fn try_from(given: String) -> Result<Self> {
        given.parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_checksums() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").to_string(), empty);
        assert!("E3".repeat(32).parse::<Digest>().is_err());
        assert!("e3".repeat(31).parse::<Digest>().is_err());
    }

    #[test]
    fn members_are_sorted_and_blanks_left_out() {
        let value: Value =
            serde_json::from_str(r#"{"b": [1, {"d": null, "c": "é\n"}], "a": true}"#).unwrap();
        assert_eq!(
            canonical(&value),
            r#"{"a":true,"b":[1,{"c":"é\n","d":null}]}"#
        );
    }

    proptest! {
        #[test]
        fn text_is_read_back(bytes: [u8; 32]) {
            let digest = Digest(bytes);
            prop_assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
        }
    }
}
