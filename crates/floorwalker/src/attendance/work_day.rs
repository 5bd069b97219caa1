//! To which day a shift over midnight counts.

use chrono::NaiveDate;

use crate::terms::terms;
use crate::time::{Span, Zone};

terms! {
    /// To which local day work over midnight counts (giorno di competenza).
    WorkDayMode ("work-day mode") {
        /// The day on which it starts: the usual one.
        StartDay = "start_day",
        /// The day on which it ends.
        EndDay = "end_day",
        /// The day with most of it; the earlier of two with the same.
        MostTime = "most_time",
        /// Each day its part.
        Split = "split",
    }
}

impl WorkDayMode {
    /// The days to which `span` counts, each with its part.
    ///
    /// ```
    /// use floorwalker::attendance::WorkDayMode;
    /// use floorwalker::time::{Span, Zone};
    ///
    /// // 22:00 to 06:00 on the night the clock is put forward: 2 hours and 5.
    /// let night = Span::new("2026-03-28T21:00:00Z".parse().unwrap(), "2026-03-29T04:00:00Z".parse().unwrap())?;
    /// let rome = Zone::get("Europe/Rome")?;
    /// let parts = WorkDayMode::Split.days(night, &rome);
    /// let hours: Vec<_> = parts.iter().map(|(_, part)| part.duration().num_hours()).collect();
    /// assert_eq!(hours, [2, 5]);
    /// assert_eq!(WorkDayMode::MostTime.days(night, &rome)[0].0.to_string(), "2026-03-29");
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn days(self, span: Span, zone: &Zone) -> Vec<(NaiveDate, Span)> {
        let first = zone.day_of_ms(span.start_ms());
        let last = zone.day_of_ms(span.end_ms().max(span.start_ms() + 1) - 1);
        match self {
            Self::StartDay => vec![(first, span)],
            Self::EndDay => vec![(last, span)],
            Self::Split => parts(span, zone),
            Self::MostTime => {
                let longest = parts(span, zone)
                    .into_iter()
                    .rev()
                    .max_by_key(|(_, part)| part.millis());
                vec![(longest.map_or(first, |(date, _)| date), span)]
            }
        }
    }
}

/// The parts of a span on each local day it touches.
pub(super) fn parts(span: Span, zone: &Zone) -> Vec<(NaiveDate, Span)> {
    let mut parts = Vec::new();
    let mut date = zone.day_of_ms(span.start_ms());
    while let Some(day) = next_day(zone, &mut date, span.end_ms()) {
        parts.extend(day.1.overlap(span).map(|part| (day.0, part)));
    }
    parts
}

/// The local day `date` if it begins before `end_ms`, and steps on; skipped dates are passed over.
fn next_day(zone: &Zone, date: &mut NaiveDate, end_ms: i64) -> Option<(NaiveDate, Span)> {
    for _ in 0..3 {
        let this = *date;
        *date = this.succ_opt()?;
        if let Some(day) = zone.day(this) {
            return (day.start_ms() < end_ms).then_some((this, day));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(mode: WorkDayMode, from: &str, to: &str) -> Vec<String> {
        let rome = Zone::get("Europe/Rome").unwrap();
        let span = Span::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let days = mode.days(span, &rome);
        days.iter().map(|(date, _)| date.to_string()).collect()
    }

    #[test]
    fn a_night_shift_counts_by_its_mode() {
        // 20:00 to 04:00 local, four hours on each day.
        let night = ("2026-02-02T19:00:00Z", "2026-02-03T03:00:00Z");
        let of = |mode| days(mode, night.0, night.1);
        assert_eq!(of(WorkDayMode::StartDay), ["2026-02-02"]);
        assert_eq!(of(WorkDayMode::EndDay), ["2026-02-03"]);
        assert_eq!(of(WorkDayMode::MostTime), ["2026-02-02"]);
        assert_eq!(of(WorkDayMode::Split), ["2026-02-02", "2026-02-03"]);
    }

    #[test]
    fn a_shift_until_midnight_does_not_reach_the_next_day() {
        let evening = ("2026-02-02T17:00:00Z", "2026-02-02T23:00:00Z");
        for &mode in WorkDayMode::ALL {
            assert_eq!(days(mode, evening.0, evening.1), ["2026-02-02"], "{mode}");
        }
    }
}
