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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::business::{Calendar, DayWindow, WeekHours, italy};

    fn italian() -> Timeline {
        let week = WeekHours::monday_to_friday(&[DayWindow::WHOLE_DAY]).unwrap();
        let rome = Zone::get("Europe/Rome").unwrap();
        Timeline::new(
            Calendar::new(rome, week)
                .unwrap()
                .with_holidays(italy::national()),
        )
    }

    fn last_day(received: &str, amount: u32, unit: DeadlineUnit, roll: Roll) -> String {
        let deadline = Deadline::new(received.parse().unwrap(), amount, unit, roll, &italian());
        deadline.unwrap().last_day().to_string()
    }

    #[test]
    fn each_unit_counts_its_own_way() {
        use DeadlineUnit::{BusinessDay, CalendarDay, Month, Week};
        assert_eq!(
            last_day("2026-01-31", 30, CalendarDay, Roll::None),
            "2026-03-02"
        );
        assert_eq!(last_day("2026-01-31", 1, Month, Roll::None), "2026-02-28");
        assert_eq!(last_day("2026-04-01", 8, Week, Roll::None), "2026-05-27");
        // Good Friday counts, Easter Monday (6 April) does not.
        assert_eq!(
            last_day("2026-04-02", 2, BusinessDay, Roll::None),
            "2026-04-07"
        );
        assert_eq!(
            last_day("2026-04-02", 0, BusinessDay, Roll::None),
            "2026-04-02"
        );
    }

    #[test]
    fn the_roll_is_the_callers() {
        let sunday = |roll| last_day("2026-03-06", 30, DeadlineUnit::CalendarDay, roll);
        assert_eq!(sunday(Roll::None), "2026-04-05");
        assert_eq!(
            sunday(Roll::Following),
            "2026-04-07",
            "Easter Monday is a holiday, too"
        );
        assert_eq!(sunday(Roll::Preceding), "2026-04-03");
    }

    #[test]
    fn a_deadline_ends_with_its_last_day() {
        let received = "2026-01-31".parse().unwrap();
        let deadline = Deadline::new(
            received,
            30,
            DeadlineUnit::CalendarDay,
            Roll::None,
            &italian(),
        );
        let deadline = deadline.unwrap();
        assert!(deadline.is_met_on("2026-03-02".parse().unwrap()));
        assert!(!deadline.is_met_on("2026-03-03".parse().unwrap()));
        assert_eq!(deadline.days_left("2026-03-05".parse().unwrap()), -3);
        let rome = Zone::get("Europe/Rome").unwrap();
        let end = rome.at_ms(deadline.ends_ms(&rome).unwrap());
        assert_eq!(end.to_rfc3339(), "2026-03-03T00:00:00+01:00");
    }

    #[test]
    fn what_is_no_deadline_is_refused() {
        let date: NaiveDate = "2026-01-31".parse().unwrap();
        let unit = DeadlineUnit::CalendarDay;
        let error = Deadline::new(date, MAX_AMOUNT + 1, unit, Roll::None, &italian());
        assert!(error.unwrap_err().is_range());
        let late = "9999-12-31".parse().unwrap();
        for unit in [unit, DeadlineUnit::Week, DeadlineUnit::Month] {
            let error = Deadline::new(late, 1, unit, Roll::None, &italian()).unwrap_err();
            assert!(error.is_range(), "{error}");
        }
        let never = Timeline::new(Calendar::closed(Zone::utc()));
        let error = Deadline::new(date, 1, DeadlineUnit::BusinessDay, Roll::None, &never);
        assert_eq!(error.unwrap_err().code(), "calendar.never_opens");
    }
}
