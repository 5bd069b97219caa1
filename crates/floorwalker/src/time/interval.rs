//! One interval of a grid.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::zone::fixed_offset;
use super::{Span, Zone};

/// One interval: its place in the window, its time and its local date.
///
/// Invariant: the offset and the date are those of its zone at its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    index: usize,
    span: Span,
    offset_secs: i32,
    local_date: NaiveDate,
}

impl Interval {
    pub(super) fn new(index: usize, span: Span, zone: &Zone) -> Self {
        let start = span.start_ms();
        Self {
            index,
            span,
            offset_secs: zone.offset_secs_at_ms(start),
            local_date: zone.day_of_ms(start),
        }
    }

    /// Its number in the window, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its time.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Its start with the local offset.
    #[must_use]
    pub fn local_start(&self) -> DateTime<FixedOffset> {
        self.span
            .start()
            .with_timezone(&fixed_offset(self.offset_secs.into()))
    }

    /// The date of the local day its start counts to, as in [`Zone::day_of_ms`]: a
    /// local day is the union of the intervals with its date.
    #[must_use]
    pub fn local_date(&self) -> NaiveDate {
        self.local_date
    }

    /// The local start with its offset (RFC 3339), such as
    /// `2026-03-29T03:00:00+02:00`. No two intervals of a grid share a label.
    ///
    /// An offset with odd seconds, as before standard time, is written in full:
    /// `1850-01-01T00:00:00+00:49:56`.
    #[must_use]
    pub fn label(&self) -> String {
        let start = self.local_start();
        if self.offset_secs % 60 == 0 {
            start.to_rfc3339()
        } else {
            format!("{}{}", start.format("%Y-%m-%dT%H:%M:%S"), start.offset())
        }
    }
}
