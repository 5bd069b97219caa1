//! A calendar: when a place is open.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use serde::{Deserialize, Serialize};

use super::boundary::{Boundaries, HolidayScope};
use super::holidays::{Holidays, MAX_DATES};
use super::week::{MAX_WINDOWS, WeekHours, checked_day};
use super::window::DayWindow;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Zone;

/// When a place is open: the hours of a normal week, and what differs.
///
/// Invariant: the week has a window, unless the calendar was made by
/// [`closed`](Self::closed); windows of one day do not overlap; at most [`MAX_DATES`]
/// dates have overrides or breaks of their own.
///
/// From first to last: the week (or the override of a date) opens windows, a holiday
/// closes its date, breaks are taken out. A calendar is cheap to clone; to ask it
/// anything about elapsed time, compile it into a
/// [`Timeline`](super::Timeline).
///
/// ```
/// use floorwalker::time::Zone;
/// use floorwalker::time::business::{Calendar, DayWindow, WeekHours, italy};
///
/// let office = [DayWindow::new("09:00", "13:00")?, DayWindow::new("14:00", "18:00")?];
/// let calendar = Calendar::new(Zone::get("Europe/Rome")?, WeekHours::monday_to_friday(&office)?)?
///     .with_holidays(italy::national())
///     .with_override("2026-12-24".parse().unwrap(), &[DayWindow::new("09:00", "12:00")?])?;
/// let json = serde_json::to_string(&calendar).unwrap();
/// assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CalendarText", into = "CalendarText")]
pub struct Calendar(Arc<Parts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    zone: Zone,
    week: WeekHours,
    holidays: Holidays,
    overrides: BTreeMap<NaiveDate, Vec<DayWindow>>,
    override_beats_holiday: bool,
    breaks: BTreeMap<NaiveDate, Vec<DayWindow>>,
    weekly_breaks: WeekBreaks,
    holiday_scope: HolidayScope,
    boundaries: Boundaries,
}

/// The breaks of each weekday from Monday on. They may overlap.
type WeekBreaks = [Vec<DayWindow>; 7];

impl Calendar {
    /// A place in `zone` that keeps the hours of `week`, without holidays.
    ///
    /// # Errors
    /// `calendar.no_windows` if the week has no window.
    pub fn new(zone: Zone, week: WeekHours) -> Result<Self> {
        if week.is_empty() {
            return Err(ErrorKind::NoWindows.into());
        }
        Ok(Self::of_week(zone, week))
    }

    /// A place that is closed every day of the week: for a season, or one that opens
    /// only by [overrides](Self::with_override).
    #[must_use]
    pub fn closed(zone: Zone) -> Self {
        Self::of_week(zone, WeekHours::default())
    }

    /// A place that never closes. `zone` says when its days begin.
    #[must_use]
    pub fn always_open(zone: Zone) -> Self {
        let week = WeekHours::every_day(&[DayWindow::WHOLE_DAY]);
        Self::of_week(zone, week.expect("whole days touch and do not overlap"))
    }

    fn of_week(zone: Zone, week: WeekHours) -> Self {
        Self(Arc::new(Parts {
            zone,
            week,
            holidays: Holidays::none(),
            overrides: BTreeMap::new(),
            override_beats_holiday: false,
            breaks: BTreeMap::new(),
            weekly_breaks: WeekBreaks::default(),
            holiday_scope: HolidayScope::default(),
            boundaries: Boundaries::default(),
        }))
    }

    /// The same calendar with these holidays in place of its own.
    #[must_use]
    pub fn with_holidays(mut self, holidays: Holidays) -> Self {
        self.parts().holidays = holidays;
        self
    }

    /// The same calendar with other windows on `date`; none close it. Windows that
    /// began the evening before go on.
    ///
    /// # Errors
    /// `calendar.overlapping_windows` if two share time; `value.out_of_range` for too
    /// many windows or dates.
    pub fn with_override(mut self, date: NaiveDate, windows: &[DayWindow]) -> Result<Self> {
        let windows = checked_day(windows)?;
        let overrides = &mut self.parts().overrides;
        overrides.insert(date, windows);
        limit("dates with overrides", overrides.len()).map(|()| self)
    }

    /// The same calendar, where an override on a holiday opens it (`true`) or a
    /// holiday closes the date in spite of an override (`false`, as at first).
    #[must_use]
    pub fn with_override_beating_holiday(mut self, beats: bool) -> Self {
        self.parts().override_beats_holiday = beats;
        self
    }

    /// The same calendar, closed on `date` during `breaks` in place of earlier breaks
    /// of that date. Breaks may overlap.
    ///
    /// # Errors
    /// `value.out_of_range` for too many breaks or dates.
    pub fn with_breaks(mut self, date: NaiveDate, breaks: &[DayWindow]) -> Result<Self> {
        let breaks = checked_breaks(breaks)?;
        let by_date = &mut self.parts().breaks;
        by_date.insert(date, breaks);
        limit("dates with breaks", by_date.len()).map(|()| self)
    }

    /// The same calendar, closed during `breaks` on every `weekday`, in place of its
    /// earlier weekly breaks. Breaks may overlap.
    ///
    /// # Errors
    /// `value.out_of_range` for too many breaks.
    pub fn with_weekly_breaks(mut self, weekday: Weekday, breaks: &[DayWindow]) -> Result<Self> {
        self.parts().weekly_breaks[day_index(weekday)] = checked_breaks(breaks)?;
        Ok(self)
    }

    /// The same calendar, where a holiday takes away what `scope` says.
    #[must_use]
    pub fn with_holiday_scope(mut self, scope: HolidayScope) -> Self {
        self.parts().holiday_scope = scope;
        self
    }

    /// The same calendar with another meaning of the ends of windows on the night of a
    /// clock change.
    #[must_use]
    pub fn with_boundaries(mut self, boundaries: Boundaries) -> Self {
        self.parts().boundaries = boundaries;
        self
    }

    /// The place whose clock the windows are read on.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// The hours of a normal week.
    #[must_use]
    pub fn week(&self) -> &WeekHours {
        &self.0.week
    }

    /// The holidays.
    #[must_use]
    pub fn holidays(&self) -> &Holidays {
        &self.0.holidays
    }

    /// What a holiday takes away.
    #[must_use]
    pub fn holiday_scope(&self) -> HolidayScope {
        self.0.holiday_scope
    }

    /// What the ends of windows mean on the night of a clock change.
    #[must_use]
    pub fn boundaries(&self) -> Boundaries {
        self.0.boundaries
    }

    /// Whether the local date of an instant is a holiday that closes.
    #[must_use]
    pub fn is_holiday_ms(&self, at_ms: i64) -> bool {
        self.is_closed_by_holiday(self.zone().local_date_of_ms(at_ms))
    }

    /// Whether an instant lies in a break by the clock on the wall, whether or not a
    /// window is open around it.
    #[must_use]
    pub fn is_break_ms(&self, at_ms: i64) -> bool {
        let local = self.zone().local_of_ms(at_ms);
        let before = local.date().pred_opt();
        let during = |date: NaiveDate| {
            let since = since_midnight_ms(date, local);
            self.breaks_on(date).any(|window| covers(window, since))
        };
        during(local.date()) || before.is_some_and(during)
    }

    /// Whether a holiday closes `date`.
    pub(super) fn is_closed_by_holiday(&self, date: NaiveDate) -> bool {
        let reopened = self.0.override_beats_holiday && self.0.overrides.contains_key(&date);
        !reopened && self.holidays().contains(date)
    }

    /// The dates from `first` to `last` that a holiday closes, in order.
    pub(super) fn holidays_between(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let holidays = self.holidays().between(first, last).into_iter();
        let reopened =
            |date: &NaiveDate| self.0.override_beats_holiday && self.0.overrides.contains_key(date);
        holidays
            .map(|(date, _)| date)
            .filter(|date| !reopened(date))
            .collect()
    }

    /// The windows that begin on `date`, before breaks and calendar-day holidays are
    /// taken out. `is_closed` says whether a holiday closes the date.
    pub(super) fn windows_on(&self, date: NaiveDate, is_closed: bool) -> &[DayWindow] {
        if is_closed && self.0.holiday_scope == HolidayScope::OpeningDay {
            return &[];
        }
        match self.0.overrides.get(&date) {
            Some(windows) => windows,
            None => self.week().day(date.weekday()),
        }
    }

    /// The breaks that begin on `date`.
    pub(super) fn breaks_on(&self, date: NaiveDate) -> impl Iterator<Item = DayWindow> {
        let of_date = self.0.breaks.get(&date).into_iter().flatten();
        of_date
            .chain(self.weekly_breaks_on(date.weekday()))
            .copied()
    }

    pub(super) fn weekly_breaks_on(&self, weekday: Weekday) -> &[DayWindow] {
        &self.0.weekly_breaks[day_index(weekday)]
    }

    /// The dates from `first` to `last` with an override or breaks of their own, in
    /// order of date for each.
    pub(super) fn special_dates(
        &self,
        first: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> {
        // A range that ends before it begins is not allowed.
        let dates = first..=last.max(first);
        let overrides = self.0.overrides.range(dates.clone()).map(|(date, _)| *date);
        overrides.chain(self.0.breaks.range(dates).map(|(date, _)| *date))
    }

    /// Whether a window or break of any kind runs over midnight.
    pub(super) fn is_overnight(&self) -> bool {
        let dated = self.0.overrides.values().chain(self.0.breaks.values());
        let breaks = self.0.weekly_breaks.iter();
        self.week().is_overnight()
            || dated
                .chain(breaks)
                .flatten()
                .any(|window| window.is_overnight())
    }

    fn parts(&mut self) -> &mut Parts {
        Arc::make_mut(&mut self.0)
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn day_index(weekday: Weekday) -> usize {
    weekday.num_days_from_monday() as usize
}

fn since_midnight_ms(date: NaiveDate, local: NaiveDateTime) -> i64 {
    (local - date.and_time(chrono::NaiveTime::MIN)).num_milliseconds()
}

fn covers(window: DayWindow, since_midnight_ms: i64) -> bool {
    let (start, end) = (window.start_secs(), window.end_secs());
    (i64::from(start) * 1000..i64::from(end) * 1000).contains(&since_midnight_ms)
}

fn checked_breaks(breaks: &[DayWindow]) -> Result<Vec<DayWindow>> {
    if breaks.len() > MAX_WINDOWS {
        return Err(Error::range(
            "breaks of a day",
            0,
            MAX_WINDOWS,
            breaks.len(),
        ));
    }
    let mut breaks = breaks.to_vec();
    breaks.sort_unstable();
    Ok(breaks)
}

fn limit(what: &'static str, given: usize) -> Result<()> {
    if given > MAX_DATES {
        return Err(Error::range(what, 0, MAX_DATES, given));
    }
    Ok(())
}

/// A calendar as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Calendar", deny_unknown_fields)]
struct CalendarText {
    zone: Zone,
    hours: WeekHours,
    #[serde(default)]
    holidays: Holidays,
    #[serde(default)]
    overrides: BTreeMap<NaiveDate, Vec<DayWindow>>,
    #[serde(default)]
    override_beats_holiday: bool,
    #[serde(default)]
    breaks: BTreeMap<NaiveDate, Vec<DayWindow>>,
    #[serde(default)]
    weekly_breaks: BreaksText,
    #[serde(default)]
    holiday_scope: HolidayScope,
    #[serde(default)]
    boundaries: Boundaries,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename = "WeekBreaks", deny_unknown_fields, default)]
struct BreaksText {
    mon: Vec<DayWindow>,
    tue: Vec<DayWindow>,
    wed: Vec<DayWindow>,
    thu: Vec<DayWindow>,
    fri: Vec<DayWindow>,
    sat: Vec<DayWindow>,
    sun: Vec<DayWindow>,
}

impl From<Calendar> for CalendarText {
    fn from(calendar: Calendar) -> Self {
        let parts = Arc::unwrap_or_clone(calendar.0);
        let [mon, tue, wed, thu, fri, sat, sun] = parts.weekly_breaks;
        Self {
            zone: parts.zone,
            hours: parts.week,
            holidays: parts.holidays,
            overrides: parts.overrides,
            override_beats_holiday: parts.override_beats_holiday,
            breaks: parts.breaks,
            weekly_breaks: BreaksText {
                mon,
                tue,
                wed,
                thu,
                fri,
                sat,
                sun,
            },
            holiday_scope: parts.holiday_scope,
            boundaries: parts.boundaries,
        }
    }
}

impl TryFrom<CalendarText> for Calendar {
    type Error = Error;
    /// A week without windows is refused unless an override opens some date.
    fn try_from(text: CalendarText) -> Result<Self> {
        let opens = text.overrides.values().any(|windows| !windows.is_empty());
        let mut calendar = if text.hours.is_empty() && opens {
            Self::closed(text.zone)
        } else {
            Self::new(text.zone, text.hours)?
        };
        calendar = calendar
            .with_holidays(text.holidays)
            .with_override_beating_holiday(text.override_beats_holiday)
            .with_holiday_scope(text.holiday_scope)
            .with_boundaries(text.boundaries);
        for (date, windows) in &text.overrides {
            calendar = calendar.with_override(*date, windows)?;
        }
        for (date, breaks) in &text.breaks {
            calendar = calendar.with_breaks(*date, breaks)?;
        }
        let BreaksText {
            mon,
            tue,
            wed,
            thu,
            fri,
            sat,
            sun,
        } = text.weekly_breaks;
        for (day, breaks) in (0_u8..).zip([mon, tue, wed, thu, fri, sat, sun]) {
            let weekday = Weekday::try_from(day).expect("seven days from Monday on");
            calendar = calendar.with_weekly_breaks(weekday, &breaks)?;
        }
        Ok(calendar)
    }
}
