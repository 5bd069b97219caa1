//! Compiled ranges, from the years at hand to all years.

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate};

use super::business_days::day_runs;
use super::combine;
use super::day_runs::DayRuns;
use super::hours::Hours;
use super::pieces::Pieces;
use crate::time::ranges::Range;
use crate::time::{MAX_MS, MIN_MS, Span};

/// Two centuries and a bit.
const WIDE: i64 = 75_000 * 86_400_000;

/// Gives a compiled range, and compiles it if it is asked for the first time.
type Compile = fn(&Tiers) -> &Compiled;

/// One range of instants, compiled, with its business days.
pub(super) struct Compiled {
    pub(super) pieces: Pieces,
    pub(super) days: OnceLock<DayRuns>,
    pub(super) range: Range,
}

/// Hours compiled over a home range and, once a question goes beyond it, over two
/// centuries to each side, and then over all years.
///
/// So memory is bounded by the odd dates of all years, and no question compiles more
/// than once.
pub(super) struct Tiers {
    hours: Hours,
    home: Compiled,
    wide: OnceLock<Compiled>,
    all: OnceLock<Compiled>,
}

impl Tiers {
    pub(super) fn new(hours: Hours, home: Span) -> Self {
        let start = home.start_ms().min(MAX_MS - 1);
        let range = (start, home.end_ms().max(start + 1));
        Self {
            home: Compiled::new(&hours, range),
            hours,
            wide: OnceLock::new(),
            all: OnceLock::new(),
        }
    }

    pub(super) fn hours(&self) -> &Hours {
        &self.hours
    }

    /// The smallest compiled range that holds `from <= until`, both within years 1 to
    /// 9999.
    #[inline]
    pub(super) fn covering(&self, from: i64, until: i64) -> &Pieces {
        let (start, end) = self.home.range;
        if start <= from && until <= end {
            &self.home.pieces
        } else {
            &self.beyond(from, until).pieces
        }
    }

    /// The compiled ranges that hold `from <= until`, smallest first.
    pub(super) fn from(&self, from: i64, until: i64) -> impl Iterator<Item = &Compiled> {
        let holds = move |(start, end): Range| start <= from && until <= end;
        let tiers: [(Range, Compile); 3] = [
            (self.home.range, |tiers| &tiers.home),
            (self.wide_range(), Self::wide),
            ((MIN_MS, MAX_MS), Self::all),
        ];
        tiers
            .into_iter()
            .filter(move |tier| holds(tier.0))
            .map(|tier| tier.1(self))
    }

    /// The same for dates.
    pub(super) fn days_from(
        &self,
        first: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = &DayRuns> {
        let start = |date: NaiveDate| {
            date.and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_millis()
        };
        let from = start(first).clamp(MIN_MS, MAX_MS);
        let until = start(last).saturating_add(86_400_000).clamp(MIN_MS, MAX_MS);
        self.from(from, until).map(|tier| tier.days(&self.hours))
    }

    #[cold]
    fn beyond(&self, from: i64, until: i64) -> &Compiled {
        self.from(from, until).next().unwrap_or_else(|| self.all())
    }

    fn wide_range(&self) -> Range {
        let (start, end) = self.home.range;
        ((start - WIDE).max(MIN_MS), (end + WIDE).min(MAX_MS))
    }

    fn wide(&self) -> &Compiled {
        self.wide
            .get_or_init(|| Compiled::new(&self.hours, self.wide_range()))
    }

    fn all(&self) -> &Compiled {
        self.all
            .get_or_init(|| Compiled::new(&self.hours, (MIN_MS, MAX_MS)))
    }
}

impl Compiled {
    fn new(hours: &Hours, range: Range) -> Self {
        Self {
            pieces: Pieces::new(combine::draft(hours, range)),
            days: OnceLock::new(),
            range,
        }
    }

    /// The business days of the dates that touch the range in UTC.
    fn days(&self, hours: &Hours) -> &DayRuns {
        self.days.get_or_init(|| {
            let date = |ms: i64| {
                let date = DateTime::from_timestamp_millis(ms).map(|at| at.date_naive());
                date.expect("ranges lie within years 1 to 9999")
            };
            day_runs(hours, date(self.range.0), date(self.range.1 - 1))
        })
    }
}
