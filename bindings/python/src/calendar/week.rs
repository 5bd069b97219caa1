//! Windows of a week as they are typed: by weekday or range of weekdays.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use floorwalker::time::business::{DayWindow, WeekHours};
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString, PyTime};

use crate::errors::{Failure, Result};
use crate::given::{Argument, Day, convert, hint, wrong_type};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The windows of each weekday.
pub(crate) struct Week(pub(crate) [Vec<DayWindow>; 7]);

impl Week {
    pub(crate) fn hours(self) -> Result<WeekHours> {
        Ok(WeekHours::new(self.0)?)
    }

    /// The windows with their weekdays.
    pub(crate) fn days(self) -> impl Iterator<Item = (Weekday, Vec<DayWindow>)> {
        let days = (0_u8..).map_while(|day| Weekday::try_from(day).ok());
        days.zip(self.0)
    }
}

impl Argument for Week {
    hint!("WeekWindows");

    const ALLOWED: &'static str = "a dict from weekdays ('mon' to 'sun', ranges such as 'mon-fri', \
                                   'every_day') to windows such as '09:00-17:00'";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.cast::<PyMapping>() else {
            return Ok(None);
        };
        let mut week = <[Vec<DayWindow>; 7]>::default();
        for pair in pairs.items()?.try_iter()? {
            let (days, given): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
            let (first, last) = range(&days.extract::<String>().unwrap_or_default())
                .ok_or_else(|| wrong_type("hours", Self::ALLOWED, &days))?;
            let windows = windows(&given)?;
            // A range may go over the end of the week.
            let count = (last + 7 - first) % 7 + 1;
            for day in (first..first + count).map(|day| day % 7) {
                week[day].extend(&windows);
            }
        }
        Ok(Some(Self(week)))
    }
}

fn range(days: &str) -> Option<(usize, usize)> {
    let days = days.to_ascii_lowercase();
    if days == "every_day" {
        return Some((0, 6));
    }
    let (first, last) = days.split_once('-').unwrap_or((&days, &days));
    let index = |day: &str| DAYS.iter().position(|name| *name == day.trim());
    Some((index(first)?, index(last)?))
}

/// The windows of some dates.
pub(crate) struct Dated(pub(crate) BTreeMap<NaiveDate, Vec<DayWindow>>);

impl Argument for Dated {
    hint!("DatedWindows");

    const ALLOWED: &'static str = "a dict from dates to windows such as '09:00-17:00'";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.cast::<PyMapping>() else {
            return Ok(None);
        };
        let mut dated = BTreeMap::new();
        for pair in pairs.items()?.try_iter()? {
            let (date, given): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair?.extract()?;
            let Day(date) = convert("date", &date)?;
            dated.insert(date, windows(&given)?);
        }
        Ok(Some(Self(dated)))
    }
}

/// One window or several, each as text or as a pair.
fn windows(given: &Bound<'_, PyAny>) -> Result<Vec<DayWindow>> {
    if given.is_instance_of::<PyString>() {
        return Ok(vec![window(given)?]);
    }
    let Ok(each) = given.try_iter() else {
        return Err(wrong_type(
            "windows",
            "windows such as '09:00-17:00'",
            given,
        ));
    };
    each.map(|one| window(&one?)).collect()
}

fn window(given: &Bound<'_, PyAny>) -> Result<DayWindow> {
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_cow()?;
        let Some((start, end)) = text.split_once('-') else {
            let message = format!("a window is written as in '09:00-17:00', given {text:?}");
            return Err(Failure::new("name.invalid", message));
        };
        return Ok(DayWindow::new(start.trim(), end.trim())?);
    }
    let Ok((start, end)) = given.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() else {
        let allowed = "a window such as '09:00-17:00', or a pair of times";
        return Err(wrong_type("windows", allowed, given));
    };
    Ok(DayWindow::new(&time(&start)?, &time(&end)?)?)
}

fn time(given: &Bound<'_, PyAny>) -> Result<String> {
    if given.is_instance_of::<PyString>() || given.is_instance_of::<PyTime>() {
        return Ok(given.str()?.to_string());
    }
    Err(wrong_type(
        "windows",
        "times of a day such as '09:00'",
        given,
    ))
}
