//! Questions to a timeline that are answered with others: windows, dates, chrono's
//! types.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::day_runs::day_number;
use super::timeline::{Timeline, clamped};
use crate::error::{ErrorKind, Result};
use crate::time::instant::clamped as instant;
use crate::time::{MAX_MS, MIN_MS, Span};

impl Timeline {
    /// The open windows within `span`, in order, cut at its ends; windows that touch
    /// are one.
    pub fn windows(&self, span: Span) -> impl Iterator<Item = Span> {
        let windows = self.windows_from_ms(span.start_ms());
        windows.map_while(move |window| window.overlap(span))
    }

    /// The open windows from `at_ms` on, in order, the first cut at it. The last one of
    /// hours that never close ends with year 9999.
    pub fn windows_from_ms(&self, at_ms: i64) -> impl Iterator<Item = Span> {
        let mut from = clamped(at_ms);
        std::iter::from_fn(move || {
            let start = self.next_open_ms(from)?;
            from = self.next_close_ms(start).unwrap_or(MAX_MS);
            Span::from_millis(start, from).ok()
        })
    }

    /// The open windows before `at_ms`, latest first, the first cut at it.
    pub fn windows_before_ms(&self, at_ms: i64) -> impl Iterator<Item = Span> {
        let mut until = clamped(at_ms);
        std::iter::from_fn(move || {
            let end = self.prev_open_ms(until)?;
            let mut tiers = self.0.from(end - 1, end).map(|tier| &tier.pieces);
            until = tiers
                .find_map(|pieces| pieces.open_since(end))
                .unwrap_or(MIN_MS);
            Span::from_millis(until, end).ok()
        })
    }

    /// Whether a window opens on `date`: the zone has the date, no holiday or override
    /// closes it, and breaks leave some of its windows.
    ///
    /// Of hours in common every part must have a window on the date, of hours in union
    /// one; a version counts from the first date that begins when it is in force.
    /// Outside years 1 to 9999 no date is a business day.
    #[must_use]
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        let mut tiers = self.0.days_from(date, date);
        let day = day_number(date);
        tiers
            .next()
            .is_some_and(|runs| (runs.start()..runs.end()).contains(&day) && runs.contains(day))
    }

    /// The `days`-th business day strictly after `date`, or before it if negative; 0
    /// is the date itself, business day or not.
    ///
    /// Some count from the next business day when the first is none; then move it
    /// first: [`next_business_day`](Self::next_business_day).
    ///
    /// # Errors
    /// `calendar.never_opens` if there is none before the end of year 9999 (or back to
    /// year 1).
    pub fn add_business_days(&self, date: NaiveDate, days: i64) -> Result<NaiveDate> {
        if days == 0 {
            return Ok(date);
        }
        let never = || ErrorKind::NeverOpens {
            when: format!("on {days} days counted from {date}"),
        };
        let days = i32::try_from(days).map_err(|_| never())?;
        let day = day_number(date);
        let found = self.0.days_from(date, date).find_map(|runs| {
            let day = day.clamp(runs.start(), runs.end() - 1);
            let before = runs.count_before(day);
            let count = if days > 0 {
                runs.count_before(day + 1) - 1
            } else {
                before
            };
            runs.nth(count.checked_add(days)?)
        });
        found
            .and_then(NaiveDate::from_num_days_from_ce_opt)
            .ok_or_else(|| never().into())
    }

    /// `date` if it is a business day, otherwise the next one.
    ///
    /// # Errors
    /// `calendar.never_opens` if there is none before the end of year 9999.
    pub fn next_business_day(&self, date: NaiveDate) -> Result<NaiveDate> {
        if self.is_business_day(date) {
            return Ok(date);
        }
        self.add_business_days(date, 1)
    }

    /// `date` if it is a business day, otherwise the one before.
    ///
    /// # Errors
    /// `calendar.never_opens` if there is none back to year 1.
    pub fn prev_business_day(&self, date: NaiveDate) -> Result<NaiveDate> {
        if self.is_business_day(date) {
            return Ok(date);
        }
        self.add_business_days(date, -1)
    }

    /// How many business days lie after `from`, up to and including `to`; negative if
    /// `to` lies before `from`.
    #[must_use]
    pub fn business_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let mut tiers = self.0.days_from(from.min(to), from.max(to));
        tiers.next().map_or(0, |runs| {
            let until =
                |date| runs.count_before((day_number(date) + 1).clamp(runs.start(), runs.end()));
            i64::from(until(to) - until(from))
        })
    }

    /// [`is_open_ms`](Self::is_open_ms) for chrono's type.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.is_open_ms(at.timestamp_millis())
    }

    /// [`next_open_ms`](Self::next_open_ms) for chrono's type.
    #[must_use]
    pub fn next_open(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.next_open_ms(at.timestamp_millis()).map(instant)
    }

    /// [`prev_open_ms`](Self::prev_open_ms) for chrono's type.
    #[must_use]
    pub fn prev_open(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.prev_open_ms(at.timestamp_millis()).map(instant)
    }

    /// [`next_close_ms`](Self::next_close_ms) for chrono's type.
    #[must_use]
    pub fn next_close(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.next_close_ms(at.timestamp_millis()).map(instant)
    }

    /// [`elapsed_ms`](Self::elapsed_ms) for chrono's types.
    #[must_use]
    pub fn elapsed(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        TimeDelta::milliseconds(self.elapsed_ms(from.timestamp_millis(), to.timestamp_millis()))
    }

    /// The earliest instant of [`add_ms`](Self::add_ms), for chrono's types.
    ///
    /// # Errors
    /// As for [`add_ms`](Self::add_ms).
    pub fn add(&self, from: DateTime<Utc>, amount: TimeDelta) -> Result<DateTime<Utc>> {
        let due = self.add_ms(from.timestamp_millis(), amount.num_milliseconds())?;
        Ok(instant(due.at_ms))
    }

    /// [`sub_ms`](Self::sub_ms) for chrono's types.
    ///
    /// # Errors
    /// As for [`sub_ms`](Self::sub_ms).
    pub fn sub(&self, from: DateTime<Utc>, amount: TimeDelta) -> Result<DateTime<Utc>> {
        self.sub_ms(from.timestamp_millis(), amount.num_milliseconds())
            .map(instant)
    }
}
