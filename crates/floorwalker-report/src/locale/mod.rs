//! Words, numbers and dates of a language.
//!
//! All renderers for people read their words here, so that the terminal and the page
//! say the same. Machine formats (CSV, JSON) know no language.

mod dates;
mod definitions;
mod findings;
mod labels;
mod numbers;
mod terms;

use std::fmt;
use std::str::FromStr;

use floorwalker::time::Zone;

pub(crate) use dates::{clock, weekday_of};
pub(crate) use findings::capitalised;
pub use labels::Label;
pub(crate) use numbers::{NBSP, UNDEFINED};

/// A language of the reports.
///
/// In Italian a contact is a "chiamata" and the headings are those of the trade
/// (offerte, risposte, abbandonate), whatever the medium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Italian.
    Italian,
}

impl Language {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::English, Self::Italian];

    /// The code of the language (ISO 639), as in the `lang` attribute of a page.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Italian => "it",
        }
    }

    /// One of two texts.
    pub(crate) fn pick<T>(self, english: T, italian: T) -> T {
        match self {
            Self::English => english,
            Self::Italian => italian,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// The given text names no language of the reports.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no language is called {0:?}, there are en and it")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads `en` or `it`.
    fn from_str(given: &str) -> Result<Self, UnknownLanguage> {
        let known = Self::ALL.iter().find(|language| language.code() == given);
        known
            .copied()
            .ok_or_else(|| UnknownLanguage(given.to_owned()))
    }
}

/// The words, numbers and dates of one report: a language, the zone of the report, and
/// whether its dates need a year.
#[derive(Clone, Debug)]
pub(crate) struct Locale {
    pub(crate) language: Language,
    zone: Zone,
    with_year: bool,
}

impl Locale {
    pub(crate) fn new(language: Language, report: &floorwalker::report::ServiceReport) -> Self {
        use chrono::Datelike;
        let subject = &report.subject;
        Self {
            language,
            zone: subject.zone.clone(),
            with_year: subject.first_day.year() != subject.last_day.year(),
        }
    }

    /// The words of a label.
    pub(crate) fn text(&self, label: Label) -> &'static str {
        label.text(self.language)
    }
}

#[cfg(test)]
pub(crate) fn sample_locale(language: Language) -> Locale {
    Locale {
        language,
        zone: Zone::get("Europe/Rome").unwrap(),
        with_year: false,
    }
}
