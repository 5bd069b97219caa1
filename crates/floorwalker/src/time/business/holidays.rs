//! Holidays: single dates, and rules that name one in every year.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use super::easter::easter_sunday;
use crate::error::{Error, Result};

/// The most single dates that one set of holidays may hold.
pub const MAX_DATES: usize = 100_000;
/// The most rules that one set of holidays may hold.
pub const MAX_RULES: usize = 1_000;

/// On which day of a year a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HolidayDay {
    /// A month and a day: `Date { month: 12, day: 25 }`. 29 February comes in leap
    /// years only.
    Date {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// So many days after Easter Sunday of the Western churches: 1 is Easter Monday
    /// (Lunedì dell'Angelo), -2 Good Friday.
    Easter {
        /// Days after Easter Sunday, -80 to 200, which stays within the year.
        days: i32,
    },
    /// The `nth` `weekday` of a month; counted from its end if negative.
    Weekday {
        /// 1 to 12.
        month: u32,
        /// Which weekday.
        weekday: Weekday,
        /// 1 to 5, or -1 (the last) to -5.
        nth: i32,
    },
    /// The first `weekday` on or after a month and a day.
    WeekdayFrom {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
        /// Which weekday.
        weekday: Weekday,
    },
}

impl HolidayDay {
    /// Its date in `year`; `None` where the year has no such date.
    #[must_use]
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Date { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter { days } => {
                easter_sunday(year)?.checked_add_signed(TimeDelta::days(days.into()))
            }
            Self::Weekday {
                month,
                weekday,
                nth,
            } => nth_weekday(year, month, weekday, nth),
            Self::WeekdayFrom {
                month,
                day,
                weekday,
            } => {
                let from = NaiveDate::from_ymd_opt(year, month, day)?;
                let ahead = weekday.days_since(from.weekday());
                from.checked_add_signed(TimeDelta::days(ahead.into()))
            }
        }
    }

    fn check(self) -> Result<()> {
        let range = |what, min: i64, max: i64, given: i64| {
            if (min..=max).contains(&given) {
                Ok(())
            } else {
                Err(Error::range(what, min, max, given))
            }
        };
        match self {
            Self::Date { month, day } | Self::WeekdayFrom { month, day, .. } => {
                range("month of a holiday", 1, 12, month.into())?;
                let last = NaiveDate::from_ymd_opt(2000, month, 1)
                    .map_or(31, |first| first.num_days_in_month());
                range("day of a holiday", 1, last.into(), day.into())
            }
            Self::Easter { days } => range("days after Easter", -80, 200, days.into()),
            Self::Weekday { month, nth, .. } => {
                range("month of a holiday", 1, 12, month.into())?;
                range("count of the weekday", 1, 5, nth.abs().into())
            }
        }
    }
}

/// A holiday that comes every year, from a first to a last year.
///
/// Invariant: the day is one that a year can have.
///
/// ```
/// use floorwalker::time::business::{HolidayDay, HolidayRule};
///
/// let francis = HolidayRule::new("San Francesco", HolidayDay::Date { month: 10, day: 4 })?
///     .from_year(2026);
/// assert_eq!(francis.in_year(2025), None);
/// assert_eq!(francis.in_year(2027).unwrap().to_string(), "2027-10-04");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RuleText", into = "RuleText")]
pub struct HolidayRule {
    name: Arc<str>,
    day: HolidayDay,
    from_year: i32,
    until_year: i32,
}

impl HolidayRule {
    /// A holiday called `name` on `day` of every year.
    ///
    /// # Errors
    /// `value.out_of_range` if no year has such a day.
    pub fn new(name: &str, day: HolidayDay) -> Result<Self> {
        day.check()?;
        Ok(Self {
            name: name.into(),
            day,
            from_year: i32::MIN,
            until_year: i32::MAX,
        })
    }

    /// The same rule, in force from `year` on.
    #[must_use]
    pub fn from_year(self, year: i32) -> Self {
        Self {
            from_year: year,
            ..self
        }
    }

    /// The same rule, in force up to and including `year`.
    #[must_use]
    pub fn until_year(self, year: i32) -> Self {
        Self {
            until_year: year,
            ..self
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its date in `year`; `None` where it is not in force or the year has no such
    /// date.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Option<NaiveDate> {
        let in_force = (self.from_year..=self.until_year).contains(&year);
        in_force.then(|| self.day.in_year(year)).flatten()
    }

    fn is_on(&self, date: NaiveDate) -> bool {
        // The first weekday from late December on may lie in the next year.
        [date.year() - 1, date.year()]
            .into_iter()
            .any(|year| self.in_year(year) == Some(date))
    }
}

/// A set of holidays: single dates and yearly rules, each with a name.
///
/// Invariant: at most [`MAX_DATES`] dates and [`MAX_RULES`] rules.
///
/// ```
/// use floorwalker::time::business::{Holidays, italy};
///
/// let padua = italy::national().with_rule(italy::patron("Padova")?)?;
/// let date = |text: &str| text.parse().unwrap();
/// assert_eq!(padua.name_on(date("2026-06-13")), Some("Sant'Antonio di Padova"));
/// assert!(padua.contains(date("2027-10-04")));
/// assert!(!padua.contains(date("2025-10-04")));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SetText", into = "SetText")]
pub struct Holidays {
    dates: BTreeMap<NaiveDate, Arc<str>>,
    rules: Vec<HolidayRule>,
}

impl Holidays {
    /// No holidays.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Single dates, without names.
    ///
    /// # Errors
    /// `value.out_of_range` above [`MAX_DATES`] dates.
    pub fn on(dates: impl IntoIterator<Item = NaiveDate>) -> Result<Self> {
        let name: Arc<str> = Arc::from("holiday");
        let dates = dates.into_iter().take(MAX_DATES + 1);
        Self::default().checked_with(dates.map(|date| (date, Arc::clone(&name))), [])
    }

    /// These holidays and one more date.
    ///
    /// # Errors
    /// `value.out_of_range` above [`MAX_DATES`] dates.
    pub fn with_date(self, date: NaiveDate, name: &str) -> Result<Self> {
        self.checked_with([(date, name.into())], [])
    }

    /// These holidays and one more yearly rule.
    ///
    /// # Errors
    /// `value.out_of_range` above [`MAX_RULES`] rules.
    pub fn with_rule(self, rule: HolidayRule) -> Result<Self> {
        self.checked_with([], [rule])
    }

    /// Both these holidays and the `others`.
    ///
    /// # Errors
    /// `value.out_of_range` above [`MAX_DATES`] dates or [`MAX_RULES`] rules.
    pub fn with_all(self, others: Self) -> Result<Self> {
        self.checked_with(others.dates, others.rules)
    }

    /// Whether `date` is a holiday.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.name_on(date).is_some()
    }

    /// The name of the holiday on `date`. Single dates come before rules, rules in the
    /// order in which they were given.
    #[must_use]
    pub fn name_on(&self, date: NaiveDate) -> Option<&str> {
        let by_rule = || {
            self.rules
                .iter()
                .find(|rule| rule.is_on(date))
                .map(HolidayRule::name)
        };
        self.dates.get(&date).map(|name| &**name).or_else(by_rule)
    }

    /// All holidays from `first` to `last`, both included, in order of date, each date
    /// once.
    #[must_use]
    pub fn between(&self, first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, &str)> {
        let mut found: BTreeMap<NaiveDate, &str> = BTreeMap::new();
        if first > last {
            return Vec::new();
        }
        for year in first.year() - 1..=last.year() {
            for rule in &self.rules {
                let date = rule
                    .in_year(year)
                    .filter(|date| (first..=last).contains(date));
                if let Some(date) = date {
                    found.entry(date).or_insert(rule.name());
                }
            }
        }
        found.extend(
            self.dates
                .range(first..=last)
                .map(|(date, name)| (*date, &**name)),
        );
        found.into_iter().collect()
    }

    /// Whether there is neither a date nor a rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty() && self.rules.is_empty()
    }

    fn checked_with(
        mut self,
        dates: impl IntoIterator<Item = (NaiveDate, Arc<str>)>,
        rules: impl IntoIterator<Item = HolidayRule>,
    ) -> Result<Self> {
        self.dates.extend(dates);
        self.rules.extend(rules);
        if self.dates.len() > MAX_DATES {
            return Err(Error::range(
                "dates of holidays",
                0,
                MAX_DATES,
                self.dates.len(),
            ));
        }
        if self.rules.len() > MAX_RULES {
            return Err(Error::range(
                "rules of holidays",
                0,
                MAX_RULES,
                self.rules.len(),
            ));
        }
        Ok(self)
    }
}

pub(super) fn nth_weekday(year: i32, month: u32, weekday: Weekday, nth: i32) -> Option<NaiveDate> {
    if nth > 0 {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(nth).ok()?);
    }
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first.with_day(first.num_days_in_month().into())?;
    let back = i64::from(last.weekday().days_since(weekday)) + 7 * (i64::from(-nth) - 1);
    let date = last.checked_sub_signed(TimeDelta::days(back))?;
    (date.month() == month).then_some(date)
}

/// A rule as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "HolidayRule", deny_unknown_fields)]
struct RuleText {
    name: String,
    day: HolidayDay,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from_year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until_year: Option<i32>,
}

impl From<HolidayRule> for RuleText {
    fn from(rule: HolidayRule) -> Self {
        Self {
            name: rule.name.to_string(),
            day: rule.day,
            from_year: Some(rule.from_year).filter(|&year| year != i32::MIN),
            until_year: Some(rule.until_year).filter(|&year| year != i32::MAX),
        }
    }
}

impl TryFrom<RuleText> for HolidayRule {
    type Error = Error;
    fn try_from(text: RuleText) -> Result<Self> {
        let rule = Self::new(&text.name, text.day)?;
        Ok(rule
            .from_year(text.from_year.unwrap_or(i32::MIN))
            .until_year(text.until_year.unwrap_or(i32::MAX)))
    }
}

/// A set of holidays as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Holidays", deny_unknown_fields)]
struct SetText {
    #[serde(default)]
    dates: BTreeMap<NaiveDate, String>,
    #[serde(default)]
    rules: Vec<HolidayRule>,
}

impl From<Holidays> for SetText {
    fn from(set: Holidays) -> Self {
        let text = |(date, name): (NaiveDate, Arc<str>)| (date, name.to_string());
        Self {
            dates: set.dates.into_iter().map(text).collect(),
            rules: set.rules,
        }
    }
}

impl TryFrom<SetText> for Holidays {
    type Error = Error;
    fn try_from(text: SetText) -> Result<Self> {
        let dates = text
            .dates
            .into_iter()
            .map(|(date, name)| (date, name.into()));
        Self::default().checked_with(dates, text.rules)
    }
}
