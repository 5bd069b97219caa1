//! Deadlines that are dates, as laws and regulators set them.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::Zone;
use crate::time::business::Timeline;

/// The largest amount of a deadline, in its unit.
pub const MAX_AMOUNT: u32 = 100_000;

/// The unit in which a deadline is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineUnit {
    /// Days of the calendar, holidays included.
    CalendarDay,
    /// Days on which the place opens.
    BusinessDay,
    /// Weeks: to the same day of the week.
    Week,
    /// Months: to the same day of the month, or the last where the month is shorter.
    Month,
}

/// What happens when the last day is no business day.
///
/// The texts of regulators rarely say. The Italian civil code (article 2963) and
/// Regulation 1182/71 (article 3) move it to the following business day; both were
/// taken from secondary sources and are uncertain here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// It stays.
    None,
    /// It moves to the next business day.
    Following,
    /// It moves to the business day before.
    Preceding,
}

/// A last day on which acting is in time.
///
/// Invariant: the last day is not before the day of receipt, unless it rolled back.
///
/// The day of receipt is not counted: 30 calendar days from 31 January 2026 end on
/// 2 March.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Deadline {
    received: NaiveDate,
    amount: u32,
    unit: DeadlineUnit,
    roll: Roll,
    last_day: NaiveDate,
}

impl Deadline {
    /// The deadline of `amount` units after `received`; `hours` say which days are
    /// business days.
    ///
    /// # Errors
    /// `value.out_of_range` for an amount above [`MAX_AMOUNT`] or a last day after year
    /// 9999; `calendar.never_opens` if there is no such business day.
    pub fn new(
        received: NaiveDate,
        amount: u32,
        unit: DeadlineUnit,
        roll: Roll,
        hours: &Timeline,
    ) -> Result<Self> {
        if amount > MAX_AMOUNT {
            return Err(Error::range("amount of a deadline", 0, MAX_AMOUNT, amount));
        }
        let days = |days: u32| received.checked_add_signed(TimeDelta::days(days.into()));
        let counted = match unit {
            DeadlineUnit::CalendarDay => days(amount),
            DeadlineUnit::Week => days(amount * 7),
            DeadlineUnit::Month => received.checked_add_months(Months::new(amount)),
            DeadlineUnit::BusinessDay => Some(hours.add_business_days(received, amount.into())?),
        };
        let what = "last day of a deadline";
        let counted = counted.filter(|date| date.year() <= 9999);
        let counted =
            counted.ok_or_else(|| Error::range(what, "0001-01-01", "9999-12-31", "a later day"))?;
        let last_day = match roll {
            _ if hours.is_business_day(counted) => counted,
            Roll::None => counted,
            Roll::Following => hours.add_business_days(counted, 1)?,
            Roll::Preceding => hours.add_business_days(counted, -1)?,
        };
        Ok(Self {
            received,
            amount,
            unit,
            roll,
            last_day,
        })
    }

    /// The day of receipt, which is not counted.
    #[must_use]
    pub fn received(&self) -> NaiveDate {
        self.received
    }

    /// The last day on which acting is in time.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        self.last_day
    }

    /// Whether acting on `date` is in time.
    #[must_use]
    pub fn is_met_on(&self, date: NaiveDate) -> bool {
        date <= self.last_day
    }

    /// How many calendar days are left after `date`; negative when late.
    #[must_use]
    pub fn days_left(&self, date: NaiveDate) -> i64 {
        (self.last_day - date).num_days()
    }

    /// The first instant that is too late: the start of the day after the last in
    /// `zone`, in milliseconds since 1970. `None` at the end of year 9999.
    #[must_use]
    pub fn ends_ms(&self, zone: &Zone) -> Option<i64> {
        zone.first_from_date(self.last_day.succ_opt()?)
    }
}
