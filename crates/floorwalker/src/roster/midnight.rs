//! Which local day a shift over midnight counts to.

use chrono::{NaiveDate, TimeDelta};

use crate::terms::terms;
use crate::time::{Span, Zone};

terms! {
    /// Which local day a shift over midnight counts to.
    Midnight ("midnight rule") {
        /// The day on which it starts.
        StartDay = "start_day",
        /// The day on which it ends.
        EndDay = "end_day",
        /// The day with most of its time; the earlier one if two have the same.
        MostTime = "most_time",
        /// Each day its part: the shift is cut at midnight.
        Split = "split",
    }
}

impl Midnight {
    /// The parts of `span` and the local day each counts to: one part, but for
    /// [`Split`](Self::Split).
    ///
    /// ```
    /// use floorwalker::roster::Midnight;
    /// use floorwalker::time::{Span, Zone};
    ///
    /// let night: Span = serde_json::from_str(
    ///     r#"{"start": "2026-03-28T22:00:00+01:00", "end": "2026-03-29T06:00:00+02:00"}"#,
    /// ).unwrap();
    /// let rome = Zone::get("Europe/Rome")?;
    /// let days = |rule: Midnight| rule.parts(night, &rome).iter().map(|part| part.0.to_string()).collect::<Vec<_>>();
    /// assert_eq!(days(Midnight::StartDay), ["2026-03-28"]);
    /// assert_eq!(days(Midnight::MostTime), ["2026-03-29"]);
    /// assert_eq!(days(Midnight::Split), ["2026-03-28", "2026-03-29"]);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn parts(self, span: Span, zone: &Zone) -> Vec<(NaiveDate, Span)> {
        let first = zone.day_of_ms(span.start_ms());
        let last = zone.day_of_ms(span.end_ms().saturating_sub(1).max(span.start_ms()));
        let split = || {
            first
                .iter_days()
                .take_while(|day| *day <= last)
                .filter_map(|day| Some((day, zone.day(day)?.overlap(span)?)))
        };
        match self {
            Self::StartDay => vec![(first, span)],
            Self::EndDay => vec![(last, span)],
            Self::MostTime => {
                let most = split().min_by_key(|(day, part)| (-part.millis(), *day));
                vec![(most.map_or(first, |(day, _)| day), span)]
            }
            Self::Split => split().collect(),
        }
    }
}

/// The day `days` after `date`, kept in the range of dates.
pub(super) fn days_after(date: NaiveDate, days: i64) -> NaiveDate {
    let moved = TimeDelta::try_days(days).and_then(|delta| date.checked_add_signed(delta));
    moved.unwrap_or(if days < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_that_ends_at_midnight_lies_on_one_day() {
        let day = "2026-03-02".parse().unwrap();
        let utc = Zone::utc();
        let span = utc.day(day).unwrap();
        for rule in Midnight::ALL {
            assert_eq!(rule.parts(span, &utc), [(day, span)], "{rule}");
        }
    }

    #[test]
    fn the_parts_make_up_the_whole() {
        let zone = Zone::get("Europe/Rome").unwrap();
        let start = zone.start_of_day("2026-10-24".parse().unwrap()).unwrap();
        let span = Span::from_millis(start + 79_200_000, start + 79_200_000 + 32_400_000).unwrap();
        let parts = Midnight::Split.parts(span, &zone);
        let total: i64 = parts.iter().map(|(_, part)| part.millis()).sum();
        assert_eq!((parts.len(), total), (2, 9 * 3_600_000));
    }
}
