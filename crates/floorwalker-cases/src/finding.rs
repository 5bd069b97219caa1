//! What was odd in a log.

use std::fmt;

/// What kind of oddity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingKind {
    /// The row has no number of a case, or one that is no identifier; it is left out.
    NoCase,
    /// The time that the row needs is missing or cannot be read; the row is left out.
    NoTime,
    /// A further time cannot be read; it is taken as missing.
    BadTime,
    /// The local time does not exist, because the clock was put forward; the next that does is
    /// taken.
    MissingLocalTime,
    /// A word is no identifier; it is taken as missing.
    BadWord,
    /// Nobody said whether the word keeps the standard; it is taken as undecided.
    UnknownStandard,
}

impl FindingKind {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoCase => "no_case",
            Self::NoTime => "no_time",
            Self::BadTime => "bad_time",
            Self::MissingLocalTime => "missing_local_time",
            Self::BadWord => "bad_word",
            Self::UnknownStandard => "unknown_standard",
        }
    }
}

/// Something odd, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// The line of the file, from 1; the header is line 1.
    pub line: u64,
    /// What was there.
    pub given: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: {}: {:?}",
            self.line,
            self.kind.name(),
            self.given
        )
    }
}
