//! Business hours compiled for fast questions.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::hours::Hours;
use crate::error::Result;
use crate::time::Span;

/// When an amount of business time runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Due {
    /// The earliest instant by which the amount has passed, in milliseconds since
    /// 1970. Where it runs out exactly at closing this is the closing.
    pub at_ms: i64,
    /// The latest such instant: the next opening where it runs out exactly at closing,
    /// otherwise the same. More business time passes only after it. `None` if the
    /// hours never open again.
    pub reopen_ms: Option<i64>,
}

/// Business hours ([`Hours`]) compiled so that each question takes some tens of
/// nanoseconds, whatever the distance.
///
/// Instants are milliseconds since 1970 or `DateTime<Utc>`. One outside years 1 to
/// 9999 is answered for the nearest instant within. Elapsed time is real time, so a
/// day that is open all around counts 23, 24 or 25 hours.
///
/// Cheap to clone. The years of its home span are compiled when it is made; a question
/// about other years compiles them once, when it is asked.
#[derive(Clone)]
pub struct Timeline(Arc<Hours>);

impl Timeline {
    /// Compiles `hours`, ready for 1996 to 2059.
    #[must_use]
    pub fn new(hours: impl Into<Hours>) -> Self {
        Self(Arc::new(hours.into()))
    }

    /// Compiles `hours`, ready for the instants of `home`.
    #[must_use]
    pub fn over(hours: impl Into<Hours>, home: Span) -> Self {
        let _ = home;
        Self::new(hours)
    }

    /// The hours that were compiled.
    #[must_use]
    pub fn hours(&self) -> &Hours {
        &self.0
    }

    /// Whether it is open at an instant.
    #[must_use]
    pub fn is_open_ms(&self, at_ms: i64) -> bool {
        unimplemented!("{at_ms}")
    }

    /// The earliest open instant at or after `at_ms`; `None` if it never opens again.
    #[must_use]
    pub fn next_open_ms(&self, at_ms: i64) -> Option<i64> {
        unimplemented!("{at_ms}")
    }

    /// The latest instant at or before `at_ms` that open time runs up to: `at_ms`
    /// itself while open, otherwise the last closing. `None` if it was never open
    /// before.
    #[must_use]
    pub fn prev_open_ms(&self, at_ms: i64) -> Option<i64> {
        unimplemented!("{at_ms}")
    }

    /// The end of the first window that ends after `at_ms`; windows that touch count as
    /// one. `None` if there is none, because it never opens again or never closes.
    #[must_use]
    pub fn next_close_ms(&self, at_ms: i64) -> Option<i64> {
        unimplemented!("{at_ms}")
    }

    /// The open time from one instant to another in milliseconds; negative if `to_ms`
    /// lies before `from_ms`.
    #[must_use]
    pub fn elapsed_ms(&self, from_ms: i64, to_ms: i64) -> i64 {
        unimplemented!("{from_ms} {to_ms}")
    }

    /// When `amount_ms` of open time from `from_ms` on have passed.
    ///
    /// # Errors
    /// `calendar.never_opens` if not that much open time is left before the end of year
    /// 9999; `value.out_of_range` for a negative amount.
    pub fn add_ms(&self, from_ms: i64, amount_ms: i64) -> Result<Due> {
        unimplemented!("{from_ms} {amount_ms}")
    }

    /// The latest instant from which `amount_ms` of open time pass until `from_ms`.
    ///
    /// # Errors
    /// As for [`add_ms`](Self::add_ms), looking back to year 1.
    pub fn sub_ms(&self, from_ms: i64, amount_ms: i64) -> Result<i64> {
        unimplemented!("{from_ms} {amount_ms}")
    }

    /// The open windows within `span`, in order, cut at its ends; windows that touch
    /// are one.
    pub fn windows(&self, span: Span) -> impl Iterator<Item = Span> {
        std::iter::once(span)
    }

    /// The open windows from `at_ms` on, the first cut at it.
    pub fn windows_from_ms(&self, at_ms: i64) -> impl Iterator<Item = Span> {
        Span::from_millis(at_ms, at_ms).into_iter()
    }

    /// The open windows before `at_ms`, latest first, the first cut at it.
    pub fn windows_before_ms(&self, at_ms: i64) -> impl Iterator<Item = Span> {
        Span::from_millis(at_ms, at_ms).into_iter()
    }

    /// Whether a window opens on `date`: it is not closed by a holiday or an override,
    /// and breaks leave some of its windows.
    #[must_use]
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        unimplemented!("{date}")
    }

    /// The `days`-th business day strictly after `date`, or before it if negative; 0
    /// is the date itself, business day or not.
    ///
    /// # Errors
    /// `calendar.never_opens` if there is none before the end of year 9999 (or back to
    /// year 1).
    pub fn add_business_days(&self, date: NaiveDate, days: i64) -> Result<NaiveDate> {
        unimplemented!("{date} {days}")
    }

    /// How many business days lie after `from`, up to and including `to`; negative if
    /// `to` lies before `from`.
    #[must_use]
    pub fn business_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        unimplemented!("{from} {to}")
    }

    /// [`is_open_ms`](Self::is_open_ms) for chrono's type.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.is_open_ms(at.timestamp_millis())
    }

    /// [`elapsed_ms`](Self::elapsed_ms) for chrono's types.
    #[must_use]
    pub fn elapsed(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let (from_ms, to_ms) = (from.timestamp_millis(), to.timestamp_millis());
        TimeDelta::milliseconds(self.elapsed_ms(from_ms, to_ms))
    }
}

impl fmt::Debug for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timeline({:?})", self.0)
    }
}
