//! Spans: from one instant up to, but without, another.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::instant::{checked, clamped, text};
use crate::error::{Error, ErrorKind, Result};

/// A half-open stretch of time `[start, end)` in whole milliseconds.
///
/// Invariant: `start <= end`, both within years 1 to 9999.
///
/// A span that ends at 10:30 and one that starts at 10:30 share no instant, so a
/// call that arrives at 10:30:00.000 is counted once.
///
/// Spans are ordered by start, then by end. In JSON a span is
/// `{"start": "2026-03-29T01:00:00.000Z", "end": "2026-03-29T01:30:00.000Z"}`.
///
/// | question | answer |
/// | --- | --- |
/// | [`overlap`](Span::overlap) | the time both share, if any |
/// | [`hull`](Span::hull) | the shortest span that holds both |
///
/// ```
/// use floorwalker::time::Span;
///
/// let call = Span::from_millis(0, 90_000)?;
/// let interval = Span::from_millis(60_000, 120_000)?;
/// assert_eq!(call.overlap_ms(interval), 30_000);
/// assert_eq!(call.hull(interval), Span::from_millis(0, 120_000)?);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Text", into = "Text")]
pub struct Span {
    start_ms: i64,
    end_ms: i64,
}

impl Span {
    /// From `start` up to, but without, `end`. Parts of a millisecond are cut off.
    ///
    /// # Errors
    /// `time.out_of_order` if `start` comes after `end`; `value.out_of_range` if one
    /// lies outside years 1 to 9999.
    pub fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Result<Self> {
        Self::from_millis(start.timestamp_millis(), end.timestamp_millis())
    }

    /// From `start_ms` up to, but without, `end_ms`, both in milliseconds since
    /// 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// As for [`Span::new`].
    pub fn from_millis(start_ms: i64, end_ms: i64) -> Result<Self> {
        checked("start of a span", start_ms)?;
        checked("end of a span", end_ms)?;
        if start_ms <= end_ms {
            Ok(Self { start_ms, end_ms })
        } else {
            let given = format!("{} to {}", text(start_ms), text(end_ms));
            Err(ErrorKind::Order {
                what: "span",
                earlier: "start",
                later: "end",
                given,
            }
            .into())
        }
    }

    /// The first instant.
    #[must_use]
    pub fn start(&self) -> DateTime<Utc> {
        clamped(self.start_ms)
    }

    /// The first instant that is no longer part of it.
    #[must_use]
    pub fn end(&self) -> DateTime<Utc> {
        clamped(self.end_ms)
    }

    /// The first instant in milliseconds since 1970.
    #[must_use]
    pub fn start_ms(&self) -> i64 {
        self.start_ms
    }

    /// The end in milliseconds since 1970.
    #[must_use]
    pub fn end_ms(&self) -> i64 {
        self.end_ms
    }

    /// Its length in milliseconds.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.end_ms - self.start_ms
    }

    /// Its length.
    #[must_use]
    pub fn duration(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.millis())
    }

    /// Whether it has no length and therefore holds no instant.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start_ms == self.end_ms
    }

    /// Whether `at` is part of it: the start is, the end is not.
    #[must_use]
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        self.contains_ms(at.timestamp_millis())
    }

    /// Whether the instant `ms` is part of it.
    #[must_use]
    pub fn contains_ms(&self, ms: i64) -> bool {
        (self.start_ms..self.end_ms).contains(&ms)
    }

    /// The time that both share; `None` when they share no instant, also when they
    /// only touch.
    #[must_use]
    pub fn overlap(&self, other: Self) -> Option<Self> {
        let start_ms = self.start_ms.max(other.start_ms);
        let end_ms = self.end_ms.min(other.end_ms);
        (start_ms < end_ms).then_some(Self { start_ms, end_ms })
    }

    /// How many milliseconds both share.
    #[must_use]
    pub fn overlap_ms(&self, other: Self) -> i64 {
        self.overlap(other).map_or(0, |shared| shared.millis())
    }

    /// The shortest span that holds both, with the gap between them.
    #[must_use]
    pub fn hull(&self, other: Self) -> Self {
        Self {
            start_ms: self.start_ms.min(other.start_ms),
            end_ms: self.end_ms.max(other.end_ms),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Span({self})")
    }
}

impl fmt::Display for Span {
    /// The ISO 8601 form of an interval: start, a slash, end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", text(self.start_ms), text(self.end_ms))
    }
}

/// A span as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Span", deny_unknown_fields)]
struct Text {
    start: String,
    end: String,
}

impl From<Span> for Text {
    fn from(span: Span) -> Self {
        Self {
            start: text(span.start_ms),
            end: text(span.end_ms),
        }
    }
}

impl TryFrom<Text> for Span {
    type Error = Error;
    fn try_from(raw: Text) -> Result<Self> {
        Self::new(
            parse("start of a span", &raw.start)?,
            parse("end of a span", &raw.end)?,
        )
    }
}

fn parse(what: &'static str, given: &str) -> Result<DateTime<Utc>> {
    let why = "an instant is written as in 2026-03-29T01:00:00.000Z";
    let bad = |_| {
        ErrorKind::Name {
            what,
            given: given.chars().take(40).collect(),
            why,
        }
        .into()
    };
    DateTime::parse_from_rfc3339(given)
        .map(|at| at.to_utc())
        .map_err(bad)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{MAX_MS, MIN_MS};

    fn span(start_ms: i64, end_ms: i64) -> Span {
        Span::from_millis(start_ms, end_ms).unwrap()
    }

    fn spans() -> impl Strategy<Value = Span> {
        (-50i64..50, 0i64..50).prop_map(|(start, millis)| span(start, start + millis))
    }

    #[test]
    fn refuses_disorder_and_far_years() {
        assert_eq!(
            Span::from_millis(1, 0).unwrap_err().code(),
            "time.out_of_order"
        );
        assert!(Span::from_millis(MIN_MS - 1, 0).unwrap_err().is_range());
        assert!(Span::from_millis(0, MAX_MS + 1).unwrap_err().is_range());
        assert_eq!(span(MIN_MS, MAX_MS).end().timestamp_millis(), MAX_MS);
    }

    #[test]
    fn the_end_is_outside() {
        let s = span(10, 20);
        assert!(s.contains_ms(10) && s.contains_ms(19) && !s.contains_ms(20));
        assert_eq!(s.overlap(span(20, 30)), None);
        assert!(span(5, 5).is_empty() && !span(5, 5).contains_ms(5));
    }

    #[test]
    fn parts_of_a_millisecond_are_cut_off() {
        let at = DateTime::from_timestamp(-1, 999_999_999).unwrap();
        assert_eq!(Span::new(at, at).unwrap().start_ms(), -1);
    }

    #[test]
    fn json_is_text_and_checked() {
        let json = r#"{"start":"2026-03-29T01:00:00.000Z","end":"2026-03-29T01:30:00.000Z"}"#;
        let s: Span = serde_json::from_str(json).unwrap();
        assert_eq!(s.millis(), 1_800_000);
        assert_eq!(serde_json::to_string(&s).unwrap(), json);
        let rome = r#"{"start":"2026-03-29T03:00:00+02:00","end":"2026-03-29T03:30:00+02:00"}"#;
        assert_eq!(serde_json::from_str::<Span>(rome).unwrap(), s);
        let disorder = r#"{"start":"2026-03-29T01:00:00Z","end":"2026-03-29T00:00:00Z"}"#;
        assert!(serde_json::from_str::<Span>(disorder).is_err());
        assert!(serde_json::from_str::<Span>(r#"{"start":"today","end":"today"}"#).is_err());
    }

    proptest! {
        #[test]
        fn overlap_counts_the_shared_milliseconds(a in spans(), b in spans()) {
            let shared = (-50..100).filter(|&ms| a.contains_ms(ms) && b.contains_ms(ms)).count();
            prop_assert_eq!(a.overlap_ms(b), shared as i64);
            prop_assert_eq!(a.overlap(b), b.overlap(a));
        }

        #[test]
        fn the_hull_holds_both(a in spans(), b in spans()) {
            let hull = a.hull(b);
            for s in [a, b] {
                prop_assert!(hull.start_ms() <= s.start_ms() && s.end_ms() <= hull.end_ms());
            }
            prop_assert_eq!(hull, b.hull(a));
        }

        #[test]
        fn any_two_numbers_give_a_span_or_an_error(a: i64, b: i64) {
            if let Ok(s) = Span::from_millis(a, b) {
                prop_assert_eq!((s.start().timestamp_millis(), s.end().timestamp_millis()), (a, b));
                let json = serde_json::to_string(&s).unwrap();
                prop_assert_eq!(serde_json::from_str::<Span>(&json).unwrap(), s);
            } else {
                prop_assert!(a > b || a < MIN_MS || b > MAX_MS);
            }
        }
    }
}
