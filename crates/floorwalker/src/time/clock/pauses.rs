//! The times in which a clock is held.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::Span;
use crate::time::instant::checked;

/// The times in which a clock is held, for example while the case waits for the
/// customer.
///
/// Invariant: the spans are in order, neither empty nor touching; the open pause, if
/// there is one, begins after the last of them ends.
///
/// Pauses may be given in any order, overlapping or touching: only the time they cover
/// counts. In JSON they are a list of `[from_ms, to_ms]`, the last `to_ms` null for an
/// open pause.
///
/// ```
/// use floorwalker::time::clock::Pauses;
///
/// let pauses = Pauses::new([(60, None), (10, Some(20)), (15, Some(30))])?;
/// assert_eq!(pauses, Pauses::new([(10, Some(30)), (60, None)])?);
/// assert!(pauses.contains_ms(29) && !pauses.contains_ms(30));
/// assert_eq!(pauses.open_since_ms(), Some(60));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<(i64, Option<i64>)>", into = "Vec<(i64, Option<i64>)>")]
pub struct Pauses {
    spans: Vec<Span>,
    open_since_ms: Option<i64>,
}

impl Pauses {
    /// No pauses.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Pauses from an instant to another, or without an end. Instants are milliseconds
    /// since 1970. Pauses of no length are left out.
    ///
    /// # Errors
    /// `time.out_of_order` if one ends before it begins; `value.out_of_range` if an
    /// instant lies outside years 1 to 9999.
    pub fn new(pauses: impl IntoIterator<Item = (i64, Option<i64>)>) -> Result<Self> {
        let (mut spans, mut open_since_ms) = (Vec::new(), None::<i64>);
        for (from_ms, to_ms) in pauses {
            if let Some(to_ms) = to_ms {
                spans.push(Span::from_millis(from_ms, to_ms)?);
            } else {
                checked("start of a pause", from_ms)?;
                open_since_ms = Some(open_since_ms.map_or(from_ms, |since| since.min(from_ms)));
            }
        }
        Ok(Self::normal(spans, open_since_ms))
    }

    /// These pauses and one more.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with(self, from_ms: i64, to_ms: Option<i64>) -> Result<Self> {
        Self::new(Vec::from(self).into_iter().chain([(from_ms, to_ms)]))
    }

    /// The part of them before an instant. A pause that was open then ends there.
    #[must_use]
    pub fn before_ms(&self, end_ms: i64) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let open = self.open_since_ms.map(|since| (since, end_ms));
        let ended = self
            .spans
            .iter()
            .map(|span| (span.start_ms(), span.end_ms().min(end_ms)));
        for (from_ms, to_ms) in ended.chain(open) {
            // What begins later has no part before the end, and so no span.
            spans.extend(Span::from_millis(from_ms, to_ms));
        }
        Self::normal(spans, None)
    }

    /// The pauses that have ended, in order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// When the pause without an end began.
    #[must_use]
    pub fn open_since_ms(&self) -> Option<i64> {
        self.open_since_ms
    }

    /// Whether the clock is held at an instant.
    #[must_use]
    pub fn contains_ms(&self, at_ms: i64) -> bool {
        let next = self.spans.partition_point(|span| span.end_ms() <= at_ms);
        let in_span = self
            .spans
            .get(next)
            .is_some_and(|span| span.start_ms() <= at_ms);
        in_span || self.open_since_ms.is_some_and(|since| since <= at_ms)
    }

    /// Sorts, drops the empty, joins what overlaps or touches.
    fn normal(mut spans: Vec<Span>, mut open_since_ms: Option<i64>) -> Self {
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start_ms() <= last.end_ms() => *last = last.hull(span),
                _ => joined.push(span),
            }
        }
        while let Some(since) = open_since_ms {
            let reaches = |last: &Span| last.end_ms() >= since;
            let Some(last) = joined.pop_if(|last| reaches(last)) else {
                break;
            };
            open_since_ms = Some(since.min(last.start_ms()));
        }
        Self {
            spans: joined,
            open_since_ms,
        }
    }
}

impl TryFrom<Vec<(i64, Option<i64>)>> for Pauses {
    type Error = Error;
    fn try_from(pauses: Vec<(i64, Option<i64>)>) -> Result<Self> {
        Self::new(pauses)
    }
}

impl From<Pauses> for Vec<(i64, Option<i64>)> {
    fn from(pauses: Pauses) -> Self {
        let ended = pauses
            .spans
            .iter()
            .map(|span| (span.start_ms(), Some(span.end_ms())));
        ended
            .chain(pauses.open_since_ms.map(|since| (since, None)))
            .collect()
    }
}
