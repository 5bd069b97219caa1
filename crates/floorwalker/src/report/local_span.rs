//! A stretch of time as the clock on the wall showed it.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::time::{Span, Zone};

/// A half-open stretch of time in local time with its offset from UTC, so that a
/// reader of the report needs no zone rules.
///
/// On the night when the clock is put back, the two passes of the same hour differ
/// by their offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LocalSpan {
    /// The first instant.
    pub start: DateTime<FixedOffset>,
    /// The instant after the last.
    pub end: DateTime<FixedOffset>,
}

impl LocalSpan {
    /// `span` on the clock of `zone`.
    #[must_use]
    pub fn new(span: Span, zone: &Zone) -> Self {
        Self {
            start: zone.at_ms(span.start_ms()),
            end: zone.at_ms(span.end_ms()),
        }
    }

    /// The local date of its start.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.start.date_naive()
    }

    /// The local date of its last instant: a day that ends at midnight does not
    /// reach into the next.
    #[must_use]
    pub fn last_date(&self) -> NaiveDate {
        let end = self.end.naive_local();
        let at_midnight = end.time() == NaiveTime::MIN && self.end > self.start;
        let back = Days::new(u64::from(at_midnight));
        end.date().checked_sub_days(back).unwrap_or(end.date())
    }

    /// Its length in milliseconds.
    #[must_use]
    pub fn millis(&self) -> i64 {
        (self.end - self.start).num_milliseconds()
    }

    /// Whether both share time.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.overlap_millis(other) > 0
    }

    /// How many milliseconds both share.
    #[must_use]
    pub fn overlap_millis(&self, other: &Self) -> i64 {
        let shared = self.end.min(other.end) - self.start.max(other.start);
        shared.num_milliseconds().max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_on_itself() {
        let rome = Zone::get("Europe/Rome").unwrap();
        let date = "2026-03-29".parse().unwrap();
        let day = LocalSpan::new(rome.day(date).unwrap(), &rome);
        assert_eq!((day.date(), day.last_date()), (date, date));
        assert_eq!(day.millis(), 23 * 3_600_000);
        let json = serde_json::to_string(&day).unwrap();
        assert_eq!(
            json,
            r#"{"start":"2026-03-29T00:00:00+01:00","end":"2026-03-30T00:00:00+02:00"}"#
        );
    }
}
