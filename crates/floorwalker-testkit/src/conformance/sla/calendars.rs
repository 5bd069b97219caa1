//! The calendars of a file, built and compiled when first asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use floorwalker::Error;
use floorwalker::time::Zone;
use floorwalker::time::business::{
    Boundaries, Calendar, DayWindow, HolidayDay, HolidayRule, HolidayScope, Holidays, Hours,
    Timeline, WeekHours,
};
use serde::Deserialize;
use serde_json::{Value, json};

type Windows = Vec<(String, String)>;

/// A calendar as the schema writes it.
#[derive(Deserialize)]
pub(super) struct RawCalendar {
    tz: String,
    #[serde(default)]
    hours: BTreeMap<String, Windows>,
    #[serde(default)]
    holidays: Vec<NaiveDate>,
    #[serde(default)]
    annual_holidays: Vec<String>,
    #[serde(default)]
    overrides: BTreeMap<NaiveDate, Windows>,
    #[serde(default)]
    override_beats_holiday: bool,
    #[serde(default)]
    breaks: BTreeMap<NaiveDate, Windows>,
    #[serde(default)]
    weekly_breaks: BTreeMap<String, Windows>,
    #[serde(default)]
    holiday_scope: HolidayScope,
}

/// The calendars of a file by name.
pub(super) struct Calendars<'a> {
    raw: &'a BTreeMap<String, RawCalendar>,
    compiled: RefCell<BTreeMap<(String, bool), Timeline>>,
}

impl<'a> Calendars<'a> {
    pub(super) fn new(raw: &'a BTreeMap<String, RawCalendar>) -> Self {
        Self {
            raw,
            compiled: RefCell::default(),
        }
    }

    fn raw(&self, name: &str) -> Result<&RawCalendar, String> {
        self.raw
            .get(name)
            .ok_or_else(|| format!("no calendar is called {name:?}"))
    }

    /// A calendar to ask. One without windows is closed for good here, so that asking
    /// it for time can be refused.
    pub(super) fn calendar(&self, name: &str, boundaries: Boundaries) -> Result<Calendar, String> {
        let raw = self.raw(name)?;
        let calendar = match raw.build() {
            Err(error) if error.code() == "calendar.no_windows" => raw.build_closed(),
            other => other,
        };
        let calendar = calendar.map_err(|error| error.to_string())?;
        Ok(calendar.with_boundaries(boundaries))
    }

    pub(super) fn timeline(&self, name: &str, boundaries: Boundaries) -> Result<Timeline, String> {
        let key = (name.to_owned(), boundaries == Boundaries::Compatible);
        if let Some(known) = self.compiled.borrow().get(&key) {
            return Ok(known.clone());
        }
        let timeline = Timeline::new(self.calendar(name, boundaries)?);
        self.compiled.borrow_mut().insert(key, timeline.clone());
        Ok(timeline)
    }

    /// The time that several calendars have in common.
    pub(super) fn common(
        &self,
        names: &[String],
        boundaries: Boundaries,
    ) -> Result<Timeline, String> {
        let calendars = names
            .iter()
            .map(|name| self.calendar(name, boundaries).map(Hours::from));
        let calendars: Vec<Hours> = calendars.collect::<Result<_, _>>()?;
        let hours = Hours::all_of(calendars).map_err(|error| error.to_string())?;
        Ok(Timeline::new(hours))
    }

    /// Why a calendar is refused, or that it is not.
    pub(super) fn refusal(&self, name: &str) -> Result<Value, String> {
        Ok(match self.raw(name)?.build() {
            Ok(_) => json!({ "accepted": true }),
            Err(error) => refused(&error),
        })
    }
}

/// A typed refusal as the schema writes it: the code without its room.
pub(super) fn refused(error: &Error) -> Value {
    let code = error.code();
    json!({ "error": code.split_once('.').map_or(code, |(_, code)| code) })
}

impl RawCalendar {
    fn build(&self) -> Result<Calendar, Error> {
        let mut days: [Vec<DayWindow>; 7] = Default::default();
        for (day, windows) in &self.hours {
            days[weekday(day)?.num_days_from_monday() as usize] = parse(windows)?;
        }
        self.finish(Calendar::new(Zone::get(&self.tz)?, WeekHours::new(days)?)?)
    }

    fn build_closed(&self) -> Result<Calendar, Error> {
        self.finish(Calendar::closed(Zone::get(&self.tz)?))
    }

    fn finish(&self, calendar: Calendar) -> Result<Calendar, Error> {
        let mut holidays = Holidays::on(self.holidays.iter().copied())?;
        for day in &self.annual_holidays {
            holidays = holidays.with_rule(annual(day)?)?;
        }
        let mut calendar = calendar
            .with_holidays(holidays)
            .with_override_beating_holiday(self.override_beats_holiday)
            .with_holiday_scope(self.holiday_scope);
        for (date, windows) in &self.overrides {
            calendar = calendar.with_override(*date, &parse(windows)?)?;
        }
        for (date, windows) in &self.breaks {
            calendar = calendar.with_breaks(*date, &parse(windows)?)?;
        }
        for (day, windows) in &self.weekly_breaks {
            calendar = calendar.with_weekly_breaks(weekday(day)?, &parse(windows)?)?;
        }
        Ok(calendar)
    }
}

fn parse(windows: &Windows) -> Result<Vec<DayWindow>, Error> {
    windows
        .iter()
        .map(|(start, end)| DayWindow::new(start, end))
        .collect()
}

/// `mon` to `sun`; any other word is read as Monday's name would be, and refused.
fn weekday(day: &str) -> Result<Weekday, Error> {
    // The library has no error for a weekday; a window that cannot be stands for it.
    day.parse()
        .or_else(|_| DayWindow::new(day, day).map(|_| Weekday::Mon))
}

/// A yearly holiday written `MM-DD`.
fn annual(text: &str) -> Result<HolidayRule, Error> {
    let mut numbers = text.split('-').map(|part| part.parse().unwrap_or(0));
    let (month, day) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    HolidayRule::new(text, HolidayDay::Date { month, day })
}
