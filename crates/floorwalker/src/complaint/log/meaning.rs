//! What the states or activities of another system mean.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::Label;
use crate::terms::terms;

terms! {
    /// What a state or an activity of another system means.
    Meaning ("meaning of a state") {
        /// It waits to be taken, or is worked on.
        Working = "working",
        /// It waits for the customer.
        WaitingCustomer = "waiting_customer",
        /// It waits for someone else outside.
        WaitingThirdParty = "waiting_third_party",
        /// It is solved; the customer may still disagree.
        Resolved = "resolved",
        /// It is over.
        Closed = "closed",
        /// It says nothing about the state, such as a note.
        Note = "note",
    }
}

impl Meaning {
    /// Whether it waits for somebody outside.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::WaitingCustomer | Self::WaitingThirdParty)
    }

    /// Whether the work is done.
    #[must_use]
    pub fn is_done(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }
}

/// The words of another system and what they mean.
///
/// ```
/// use floorwalker::complaint::{Meaning, Meanings};
/// use floorwalker::id::Label;
///
/// let json = r#"{"New": "working", "Awaiting User Info": "waiting_customer", "Closed": "closed"}"#;
/// let meanings: Meanings = serde_json::from_str(json).unwrap();
/// assert_eq!(meanings.of(&Label::new("New")?), Some(Meaning::Working));
/// assert_eq!(meanings.of(&Label::new("-100")?), None);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Meanings(BTreeMap<Label, Meaning>);

impl Meanings {
    /// Words and what they mean.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = (Label, Meaning)>) -> Self {
        Self(words.into_iter().collect())
    }

    /// What a word means; `None` if nobody said.
    #[must_use]
    pub fn of(&self, word: &Label) -> Option<Meaning> {
        self.0.get(word).copied()
    }

    /// The words of some cases whose meaning nobody said, in order. They are taken as
    /// notes: the case stays in the state that it had.
    #[must_use]
    pub fn unknown<'a>(
        &self,
        cases: impl IntoIterator<Item = &'a super::LogCase>,
    ) -> BTreeSet<Label> {
        let words = cases
            .into_iter()
            .flat_map(|case| case.entries())
            .map(|entry| &entry.word);
        words
            .filter(|word| !self.0.contains_key(*word))
            .cloned()
            .collect()
    }
}
