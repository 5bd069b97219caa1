//! What pause reasons mean, by the words in them.

use std::collections::BTreeMap;

use floorwalker::contact::StateKind;
use serde::{Deserialize, Serialize};

/// The words in use unless the host brings its own, in English and Italian.
const WORDS: &[(&str, StateKind)] = &[
    ("lunch", StateKind::Lunch),
    ("meal", StateKind::Lunch),
    ("dinner", StateKind::Lunch),
    ("pranzo", StateKind::Lunch),
    ("cena", StateKind::Lunch),
    ("mensa", StateKind::Lunch),
    ("pasto", StateKind::Lunch),
    ("training", StateKind::Training),
    ("course", StateKind::Training),
    ("formazione", StateKind::Training),
    ("addestramento", StateKind::Training),
    ("corso", StateKind::Training),
    ("meeting", StateKind::Meeting),
    ("briefing", StateKind::Meeting),
    ("coaching", StateKind::Meeting),
    ("riunione", StateKind::Meeting),
    ("break", StateKind::Break),
    ("coffee", StateKind::Break),
    ("tea", StateKind::Break),
    ("rest", StateKind::Break),
    ("pausa", StateKind::Break),
    ("caffè", StateKind::Break),
    ("caffe", StateKind::Break),
    ("riposo", StateKind::Break),
];

/// In which order kinds are tried: a "lunch break" is a lunch.
const ORDER: [StateKind; 5] = [
    StateKind::Lunch,
    StateKind::Training,
    StateKind::Meeting,
    StateKind::Break,
    StateKind::Aux,
];

/// Which words in a pause reason (causale di pausa) say what kind of pause it is.
///
/// Invariant: words are lower case.
///
/// A reason is looked up as a whole first and then word by word; a reason that says
/// nothing known is [`StateKind::Aux`], with the reason beside it.
///
/// ```
/// use floorwalker::contact::StateKind;
/// use floorwalker_acd::queue_log::PauseWords;
///
/// let words = PauseWords::default().with_word("sigaretta", StateKind::Break);
/// assert_eq!(words.kind("Pausa pranzo"), StateKind::Lunch);
/// assert_eq!(words.kind("SIGARETTA"), StateKind::Break);
/// assert_eq!(words.kind("back office"), StateKind::Aux);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    from = "BTreeMap<String, StateKind>",
    into = "BTreeMap<String, StateKind>"
)]
pub struct PauseWords(BTreeMap<String, StateKind>);

impl Default for PauseWords {
    /// A small table of English and Italian words for breaks, meals, training and meetings.
    fn default() -> Self {
        let words = WORDS.iter().map(|&(word, kind)| (word.to_owned(), kind));
        Self(words.collect())
    }
}

impl PauseWords {
    /// No words: every pause is [`StateKind::Aux`].
    #[must_use]
    pub fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The same with one more word or whole reason; upper and lower case are the same.
    #[must_use]
    pub fn with_word(mut self, word: &str, kind: StateKind) -> Self {
        self.0.insert(word.to_lowercase(), kind);
        self
    }

    /// The kind of pause that a reason names.
    #[must_use]
    pub fn kind(&self, reason: &str) -> StateKind {
        let reason = reason.to_lowercase();
        if let Some(&kind) = self.0.get(reason.trim()) {
            return kind;
        }
        let found: Vec<StateKind> = reason
            .split(|c: char| !c.is_alphanumeric())
            .filter_map(|word| self.0.get(word).copied())
            .collect();
        let known = ORDER.into_iter().find(|kind| found.contains(kind));
        known.or(found.first().copied()).unwrap_or(StateKind::Aux)
    }
}

impl From<BTreeMap<String, StateKind>> for PauseWords {
    fn from(words: BTreeMap<String, StateKind>) -> Self {
        let none = Self::none();
        words
            .iter()
            .fold(none, |all, (word, &kind)| all.with_word(word, kind))
    }
}

impl From<PauseWords> for BTreeMap<String, StateKind> {
    fn from(words: PauseWords) -> Self {
        words.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_words_of_the_trade_win() {
        let words = PauseWords::default();
        assert_eq!(words.kind("Lunch break"), StateKind::Lunch);
        assert_eq!(words.kind("break-1"), StateKind::Break);
        assert_eq!(words.kind("Riunione team"), StateKind::Meeting);
        assert_eq!(words.kind(""), StateKind::Aux);
        assert_eq!(words.kind("breakfast"), StateKind::Aux);
    }
}
