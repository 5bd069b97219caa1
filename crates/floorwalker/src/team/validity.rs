//! From which day to which day something holds.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Local days from a first up to, but without, another; either end may be open.
///
/// Invariant: `from` comes before `until`.
///
/// A contract whose last day is 31 March has `until` 1 April: ends are outside, as
/// everywhere in this library. In JSON an open end is left out.
///
/// ```
/// use floorwalker::team::Validity;
///
/// let spring: Validity = serde_json::from_str(r#"{"from":"2026-03-01","until":"2026-06-01"}"#).unwrap();
/// assert!(spring.contains("2026-05-31".parse().unwrap()));
/// assert!(!spring.contains("2026-06-01".parse().unwrap()));
/// assert!(Validity::ALWAYS.contains("1900-01-01".parse().unwrap()));
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Validity {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
}

impl Validity {
    /// Every day.
    pub const ALWAYS: Self = Self {
        from: None,
        until: None,
    };

    /// From `from` up to, but without, `until`.
    ///
    /// # Errors
    /// `time.out_of_order` if no day lies between them.
    pub fn new(
        from: impl Into<Option<NaiveDate>>,
        until: impl Into<Option<NaiveDate>>,
    ) -> Result<Self> {
        let (from, until) = (from.into(), until.into());
        match (from, until) {
            (Some(first), Some(end)) if first >= end => Err(ErrorKind::Order {
                what: "validity",
                earlier: "from",
                later: "until",
                given: format!("{first} to {end}"),
            }
            .into()),
            _ => Ok(Self { from, until }),
        }
    }

    /// From `from` on.
    #[must_use]
    pub fn starting(from: NaiveDate) -> Self {
        Self {
            from: Some(from),
            until: None,
        }
    }

    /// The first day, if there is one.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        self.from
    }

    /// The first day that is outside again, if there is one.
    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        self.until
    }

    /// Whether `date` lies in it.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date < until)
    }

    /// Whether both share a day.
    #[must_use]
    pub fn overlaps(&self, other: Self) -> bool {
        let before = |a: Option<NaiveDate>, b: Option<NaiveDate>| match (a, b) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        before(self.from, other.until) && before(other.from, self.until)
    }
}

impl fmt::Display for Validity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.until) {
            (None, None) => f.write_str("always"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(until)) => write!(f, "until {until}"),
            (Some(from), Some(until)) => write!(f, "{from} to {until}"),
        }
    }
}

impl TryFrom<Ends> for Validity {
    type Error = Error;
    fn try_from(ends: Ends) -> Result<Self> {
        Self::new(ends.from, ends.until)
    }
}

impl From<Validity> for Ends {
    fn from(validity: Validity) -> Self {
        Self {
            from: validity.from,
            until: validity.until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validity(json: &str) -> Validity {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_end_is_outside() {
        let march = validity(r#"{"from":"2026-03-01","until":"2026-04-01"}"#);
        let april = validity(r#"{"from":"2026-04-01"}"#);
        assert!(!march.overlaps(april) && !april.overlaps(march));
        assert!(march.overlaps(Validity::ALWAYS) && march.overlaps(march));
    }

    #[test]
    fn no_day_is_refused() {
        let json = r#"{"from":"2026-03-01","until":"2026-03-01"}"#;
        assert!(serde_json::from_str::<Validity>(json).is_err());
    }
}
