//! Personal data, kept beside the events so that it can be erased.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use crate::error::{Error, ErrorKind, Result};
use crate::id::Label;

/// A text about a person (dato personale): a name, an address, the words of a letter.
///
/// Invariant: the salt has at least 16 bytes.
///
/// The host makes the salt from a source of random numbers, anew for each text. Without
/// it, whoever holds the checksum could guess a short text, such as a name, even after
/// it was erased. The salt is erased with the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Record")]
pub struct Personal {
    key: Label,
    salt: String,
    text: String,
}

/// What an event holds of a personal text: where it is kept, and its checksum.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The checksum of salt and text.
    pub digest: Digest,
    /// The key under which the host keeps it.
    pub key: Label,
}

/// What is found behind a [`Sealed`] text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened<'a> {
    /// The text, as it was sealed.
    Intact(&'a str),
    /// Nothing: it was erased.
    Erased,
    /// Another text than the one that was sealed.
    Changed,
}

/// The personal texts of some cases, by key.
///
/// The events hold only checksums, so a text can be erased on request (GDPR art. 17)
/// and the chain of events still proves itself.
///
/// ```
/// use floorwalker::complaint::{Opened, Personal, Vault};
///
/// let letter = Personal::new("case-7/letter", "9f2c71d04be85a36", "My name is Anna Bianchi and ..")?;
/// let sealed = letter.seal();
/// let mut vault = Vault::default();
/// vault.keep(letter)?;
/// assert!(matches!(vault.open(&sealed), Opened::Intact(text) if text.starts_with("My name")));
/// assert!(vault.erase(&sealed.key));
/// assert_eq!(vault.open(&sealed), Opened::Erased);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Personal>", into = "Vec<Personal>")]
pub struct Vault(BTreeMap<Label, Personal>);

/// The shortest salt, in bytes.
const MIN_SALT: usize = 16;

impl Personal {
    /// A personal text under a key that the host chooses.
    ///
    /// # Errors
    /// `name.invalid` if the key is no label; `value.out_of_range` for a salt of fewer
    /// than 16 bytes.
    pub fn new(key: &str, salt: &str, text: &str) -> Result<Self> {
        if salt.len() < MIN_SALT {
            return Err(Error::range(
                "bytes of a salt",
                MIN_SALT,
                "any number",
                salt.len(),
            ));
        }
        Ok(Self {
            key: Label::new(key)?,
            salt: salt.to_owned(),
            text: text.to_owned(),
        })
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &Label {
        &self.key
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What an event may hold of it.
    #[must_use]
    pub fn seal(&self) -> Sealed {
        Sealed {
            digest: self.digest(),
            key: self.key.clone(),
        }
    }

    /// The checksum of the length of the salt, the salt and the text, so that moving a
    /// letter from one to the other is another checksum.
    fn digest(&self) -> Digest {
        Digest::of(format!("{}:{}{}", self.salt.len(), self.salt, self.text).as_bytes())
    }
}

impl Vault {
    /// Keeps a text.
    ///
    /// # Errors
    /// `options.conflict` if another text is kept under its key.
    pub fn keep(&mut self, personal: Personal) -> Result<()> {
        let known = self.0.get(&personal.key);
        if known.is_some_and(|known| *known != personal) {
            let why = format!("the key {:?} is taken", personal.key.as_str());
            return Err(ErrorKind::Conflict {
                what: "two personal texts",
                why,
            }
            .into());
        }
        self.0.insert(personal.key.clone(), personal);
        Ok(())
    }

    /// The text behind what an event holds.
    #[must_use]
    pub fn open(&self, sealed: &Sealed) -> Opened<'_> {
        match self.0.get(&sealed.key) {
            None => Opened::Erased,
            Some(personal) if personal.digest() == sealed.digest => Opened::Intact(&personal.text),
            Some(_) => Opened::Changed,
        }
    }

    /// Erases a text and its salt; says whether it was there.
    pub fn erase(&mut self, key: &Label) -> bool {
        self.0.remove(key).is_some()
    }

    /// The texts, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Personal> {
        self.0.values()
    }
}

impl TryFrom<Vec<Personal>> for Vault {
    type Error = Error;
    fn try_from(texts: Vec<Personal>) -> Result<Self> {
        let mut vault = Self::default();
        texts
            .into_iter()
            .try_for_each(|text| vault.keep(text))
            .map(|()| vault)
    }
}

impl From<Vault> for Vec<Personal> {
    fn from(vault: Vault) -> Self {
        vault.0.into_values().collect()
    }
}

/// A personal text as it is read from JSON.
#[derive(Deserialize)]
#[serde(rename = "Personal", deny_unknown_fields)]
struct Record {
    key: String,
    salt: String,
    text: String,
}

impl TryFrom<Record> for Personal {
    type Error = Error;
    fn try_from(record: Record) -> Result<Self> {
        Self::new(&record.key, &record.salt, &record.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: &str = "0123456789abcdef";

    #[test]
    fn a_changed_text_is_seen() {
        let sealed = Personal::new("k", SALT, "Anna").unwrap().seal();
        let mut vault = Vault::default();
        vault
            .keep(Personal::new("k", SALT, "Anne").unwrap())
            .unwrap();
        assert_eq!(vault.open(&sealed), Opened::Changed);
        assert!(
            vault
                .keep(Personal::new("k", SALT, "Anna").unwrap())
                .is_err()
        );
    }

    #[test]
    fn the_salt_hides_the_text() {
        let one = Personal::new("k", SALT, "Anna").unwrap().seal();
        let other = Personal::new("k", "another salt of 16", "Anna")
            .unwrap()
            .seal();
        assert_ne!(one.digest, other.digest);
        let moved = Personal::new("k", &format!("{SALT}A"), "nna")
            .unwrap()
            .seal();
        assert_ne!(one.digest, moved.digest);
        assert!(Personal::new("k", "short", "Anna").unwrap_err().is_range());
    }
}
