//! Instants: milliseconds since 1970 in UTC, kept within years 1 to 9999.

use chrono::{DateTime, Utc};

use crate::error::{Error, Result};

/// The first millisecond of year 1 (0001-01-01T00:00:00.000Z).
pub const MIN_MS: i64 = -62_135_596_800_000;

/// The last millisecond of year 9999 (9999-12-31T23:59:59.999Z).
pub const MAX_MS: i64 = 253_402_300_799_999;

/// The instant `ms` milliseconds after 1970-01-01T00:00:00Z, or `None` outside
/// years 1 to 9999.
///
/// Beyond these years no contact was ever answered, and most other software
/// cannot read the date: such a number is a mistake in the data.
///
/// ```
/// use floorwalker::time::{MAX_MS, instant};
///
/// assert_eq!(instant(1_774_746_000_000).unwrap().to_rfc3339(), "2026-03-29T01:00:00+00:00");
/// assert_eq!(instant(MAX_MS + 1), None);
/// ```
#[must_use]
pub fn instant(ms: i64) -> Option<DateTime<Utc>> {
    if (MIN_MS..=MAX_MS).contains(&ms) {
        DateTime::from_timestamp_millis(ms)
    } else {
        None
    }
}

/// The instant `ms`, or an error that names `what` was out of range.
pub(super) fn checked(what: &'static str, ms: i64) -> Result<DateTime<Utc>> {
    instant(ms).ok_or_else(|| {
        let given = DateTime::from_timestamp_millis(ms)
            .map_or_else(|| format!("{ms} ms"), |at| at.to_rfc3339());
        Error::range(what, text(MIN_MS), text(MAX_MS), given)
    })
}

/// The instant `ms` moved into years 1 to 9999.
pub(super) fn clamped(ms: i64) -> DateTime<Utc> {
    instant(ms.clamp(MIN_MS, MAX_MS)).expect("clamped to years 1 to 9999")
}

/// RFC 3339 in UTC with milliseconds, such as `2026-03-29T01:00:00.000Z`.
pub(super) fn text(ms: i64) -> String {
    clamped(ms).to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_the_ends_of_years_1_and_9999() {
        assert_eq!(text(MIN_MS), "0001-01-01T00:00:00.000Z");
        assert_eq!(text(MAX_MS), "9999-12-31T23:59:59.999Z");
        assert_eq!(instant(MIN_MS - 1), None);
        assert_eq!(instant(i64::MAX), None);
    }

    #[test]
    fn out_of_range_names_the_value() {
        let error = checked("start", MAX_MS + 1).unwrap_err();
        assert!(error.is_range());
        assert!(
            error
                .to_string()
                .ends_with("given +10000-01-01T00:00:00+00:00"),
            "{error}"
        );
        assert!(
            checked("start", i64::MIN)
                .unwrap_err()
                .to_string()
                .ends_with("ms")
        );
    }
}
