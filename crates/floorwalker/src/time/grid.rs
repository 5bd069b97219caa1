//! A grid: how the time of a place is cut into intervals.

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::instant::text;
use super::{Every, Intervals, MAX_MS, MIN_MS, Span, Zone};
use crate::error::{Error, ErrorKind, Result};

/// The most intervals that are made at once: ten years of 5 minutes.
pub const MAX_INTERVALS: usize = 1_048_576;

/// Intervals of one length on the clock of one place.
///
/// Up to an hour, intervals step in real time from the first instant of each local
/// day: the day with the clock change has 46 or 50 half-hours instead of 48, and no
/// call falls between two or into two. Where a day is no multiple of the step (Lord
/// Howe changes by 30 minutes), its last interval is shorter. Days, weeks and months
/// run from local midnight to local midnight.
///
/// ```
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
/// let sunday = "2026-03-29".parse().unwrap();
/// let intervals = grid.days(sunday, sunday)?;
/// assert_eq!(intervals.len(), 46);
/// assert_eq!(intervals.get(4).unwrap().label(), "2026-03-29T03:00:00+02:00");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grid {
    zone: Zone,
    every: Every,
}

impl Grid {
    /// Intervals of the length `every` on the clock of `zone`.
    #[must_use]
    pub fn new(zone: Zone, every: Every) -> Self {
        Self { zone, every }
    }

    /// The zone whose days are cut.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The length of the intervals.
    #[must_use]
    pub fn every(&self) -> Every {
        self.every
    }

    /// The local days that `span` touches, as a whole: from the midnight before
    /// its start to the midnight after its end.
    ///
    /// # Errors
    /// None for spans this library makes; the type is that of [`Span::from_millis`].
    pub fn whole_days(&self, span: Span) -> Result<Span> {
        let (start, end) = (span.start_ms(), span.end_ms());
        let first = self.zone.day(self.zone.day_of_ms(start));
        let last = self.zone.day(self.zone.day_of_ms(end));
        let start = first.map_or(start, |day| day.start_ms().min(start));
        let end = last.map_or(end, |day| day.end_ms().max(end));
        Span::from_millis(start, end)
    }

    /// All intervals that share time with `span`; for an empty span, the one that
    /// holds its start.
    ///
    /// At the ends of years 1 and 9999 the outermost interval is cut off. The cost
    /// grows with the number of days and of intervals.
    ///
    /// # Errors
    /// `grid.too_many_intervals` above [`MAX_INTERVALS`], before any room is taken;
    /// `value.out_of_range` for an empty span at the last millisecond of year 9999.
    pub fn cover(&self, span: Span) -> Result<Intervals> {
        if span.start_ms() == MAX_MS {
            let (what, last) = ("start of the window", text(MAX_MS - 1));
            return Err(Error::range(what, text(MIN_MS), last, text(MAX_MS)));
        }
        let count = self.count(span)?;
        let mut bounds = Vec::with_capacity(count + 1);
        let mut end_ms = span.end_ms();
        for cut in self.cuts(span) {
            bounds.extend((cut.first..cut.last).map(|interval| cut.bound(interval)));
            end_ms = cut.bound(cut.last);
        }
        bounds.push(end_ms);
        for bound in &mut bounds {
            *bound = (*bound).clamp(MIN_MS, MAX_MS);
        }
        Ok(Intervals::compile(self.clone(), bounds))
    }

    /// All intervals that share time with the local days from `first` to `last`,
    /// both included. There are none when the zone skipped all these dates.
    ///
    /// # Errors
    /// `time.out_of_order` if `first` comes after `last`; `value.out_of_range` if a
    /// day does not lie within years 1 to 9999; as for [`cover`](Self::cover).
    pub fn days(&self, first: NaiveDate, last: NaiveDate) -> Result<Intervals> {
        let window = self.window(first, last)?;
        if window.is_empty() {
            return Ok(Intervals::compile(self.clone(), vec![window.start_ms()]));
        }
        self.cover(window)
    }

    /// The local days from `first` to `last`; empty if the zone skipped them all.
    fn window(&self, first: NaiveDate, last: NaiveDate) -> Result<Span> {
        let given = format!("{first} to {last}");
        if first > last {
            let (what, earlier, later) = ("window", "the first date", "the last date");
            return Err(ErrorKind::Order {
                what,
                earlier,
                later,
                given,
            }
            .into());
        }
        let start = self.zone.first_from_date(first);
        let end = last
            .succ_opt()
            .and_then(|next| self.zone.first_from_date(next));
        let span = start
            .zip(end)
            .map(|(start, end)| Span::from_millis(start, end));
        let what = "dates of the window";
        span.and_then(Result::ok)
            .ok_or_else(|| Error::range(what, "0001-01-02", "9999-12-30", given))
    }

    /// How many intervals share time with `span`.
    ///
    /// Above the limit the error may name fewer than there are, because a window of
    /// thousands of years is refused by its length, without counting.
    fn count(&self, span: Span) -> Result<usize> {
        let at_least = usize::try_from(span.millis() / self.longest_ms()).unwrap_or(usize::MAX);
        let count = if at_least <= MAX_INTERVALS {
            self.cuts(span).map(|cut| cut.count()).sum()
        } else {
            at_least
        };
        if count <= MAX_INTERVALS {
            Ok(count)
        } else {
            let (given, max) = (count as u64, MAX_INTERVALS as u64);
            Err(ErrorKind::TooManyIntervals { given, max }.into())
        }
    }

    /// No interval is longer than this, in any zone and year.
    fn longest_ms(&self) -> i64 {
        const DAY: i64 = 86_400_000;
        self.every.step_ms().unwrap_or(match self.every {
            Every::Month => 32 * DAY,
            Every::IsoWeek => 8 * DAY,
            _ => 2 * DAY,
        })
    }

    /// The local days, weeks or months that share time with `span`, each with the
    /// numbers of its intervals that do. An empty span counts as a millisecond.
    fn cuts(&self, span: Span) -> impl Iterator<Item = Cut> {
        let from = span.start_ms();
        let until = span.end_ms().max(from + 1);
        let periods = self
            .periods(from)
            .take_while(move |&(start, _)| start < until);
        periods.map(move |(start_ms, end_ms)| {
            let step_ms = self.every.step_ms().unwrap_or(end_ms - start_ms);
            let first = (from.max(start_ms) - start_ms) / step_ms;
            let last = (until.min(end_ms) - start_ms + step_ms - 1) / step_ms;
            Cut {
                start_ms,
                end_ms,
                step_ms,
                first,
                last,
            }
        })
    }

    /// The local days, weeks or months from the one that holds `from` on, as
    /// `[start, end)`, one after the other without a gap.
    fn periods(&self, from: i64) -> impl Iterator<Item = (i64, i64)> {
        let mut date = self.first_date(self.zone.day_of_ms(from));
        let mut start = self.zone.first_from_date(date);
        std::iter::from_fn(move || {
            let begun = start?;
            loop {
                date = self.next_date(date)?;
                start = self.zone.first_from_date(date);
                let end = start?;
                // A skipped date starts and ends at the same instant.
                if begun < end {
                    return Some((begun, end));
                }
            }
        })
    }

    /// The first date of the day, week or month of `date`.
    fn first_date(&self, date: NaiveDate) -> NaiveDate {
        let days = match self.every {
            Every::IsoWeek => date.weekday().num_days_from_monday(),
            Every::Month => date.day0(),
            _ => 0,
        };
        date - TimeDelta::days(days.into())
    }

    /// The first date of the day, week or month after the one that begins on `date`.
    fn next_date(&self, date: NaiveDate) -> Option<NaiveDate> {
        let days = match self.every {
            Every::IsoWeek => 7,
            Every::Month => i64::from(date.num_days_in_month()),
            _ => 1,
        };
        date.checked_add_signed(TimeDelta::days(days))
    }
}

/// A local day, week or month and which of its intervals are wanted.
struct Cut {
    start_ms: i64,
    end_ms: i64,
    step_ms: i64,
    /// Number of the first interval wanted.
    first: i64,
    /// Number after the last interval wanted.
    last: i64,
}

impl Cut {
    fn count(&self) -> usize {
        usize::try_from(self.last - self.first).expect("a cut ends after it begins")
    }

    /// Where an interval starts. The last one of a day is shorter where the day is
    /// no multiple of the step.
    fn bound(&self, interval: i64) -> i64 {
        self.end_ms.min(self.start_ms + interval * self.step_ms)
    }
}
