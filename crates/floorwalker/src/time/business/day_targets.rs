//! Targets in business days at a time of day, and the closing of a date.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::boundary::HolidayScope;
use super::calendar::Calendar;
use super::hours::{Form, Hours};
use super::timeline::{Timeline, clamped};
use crate::error::{ErrorKind, Result};
use crate::time::Zone;
use crate::time::local::{Double, LocalTimePolicy, Missing};
use crate::time::ranges::{difference, union};

/// How the ends of windows become instants ([`Boundaries::Compatible`](super::Boundaries)).
const COMPATIBLE: LocalTimePolicy = LocalTimePolicy {
    missing: Missing::ShiftForward,
    double: Double::Earlier,
};

impl Timeline {
    /// The same local time on the `days`-th business day after an instant (before it,
    /// if negative); if that is closed, the next opening, or for negative days the
    /// last closing.
    ///
    /// Local time is that of the first calendar of the hours.
    ///
    /// # Errors
    /// `calendar.never_opens` if there is no such day or opening.
    pub fn add_days_ms(&self, from_ms: i64, days: i64) -> Result<i64> {
        let zone = self.hours().zone();
        let local = zone.local_of_ms(clamped(from_ms));
        let date = self.add_business_days(local.date(), days)?;
        let at = zone.resolve(date.and_time(local.time()), COMPATIBLE)?;
        let open = if days < 0 {
            self.prev_open_ms(at.timestamp_millis())
        } else {
            self.next_open_ms(at.timestamp_millis())
        };
        open.ok_or_else(|| {
            let when = format!("around {at}");
            ErrorKind::NeverOpens { when }.into()
        })
    }

    /// The end of the last window that begins on `date`: the end of a business day, also
    /// where it lies on the next day. `None` if no window begins on it.
    ///
    /// Of hours in common it is the earliest of the parts, of hours in union the latest.
    #[must_use]
    pub fn closing_ms(&self, date: NaiveDate) -> Option<i64> {
        closing(self.hours(), date).map(|at| at.timestamp_millis())
    }
}

impl Hours {
    /// The zone whose days count: that of the first calendar.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        match self.form() {
            Form::Calendar(calendar) => calendar.zone(),
            Form::Versions { first, .. } => first.zone(),
            Form::AllOf(parts) | Form::AnyOf(parts) => {
                let first = parts.first();
                first
                    .expect("hours in common or in union have a part")
                    .zone()
            }
        }
    }
}

fn closing(hours: &Hours, date: NaiveDate) -> Option<DateTime<Utc>> {
    match hours.form() {
        Form::Calendar(calendar) => closing_of_calendar(calendar, date),
        Form::Versions { first, changes } => {
            let in_force = changes.iter().rfind(|change| {
                let starts = change.hours.zone().start_of_day(date);
                starts.is_some_and(|start| change.from_ms <= start)
            });
            closing(in_force.map_or(first, |change| &change.hours), date)
        }
        Form::AllOf(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(|part| closing(part, date)).collect();
            all?.into_iter().min()
        }
        Form::AnyOf(parts) => parts.iter().filter_map(|part| closing(part, date)).max(),
    }
}

fn closing_of_calendar(calendar: &Calendar, date: NaiveDate) -> Option<DateTime<Utc>> {
    const DAY: i64 = 86_400;
    let next = date.succ_opt()?;
    let whole_day = calendar.holiday_scope() == HolidayScope::CalendarDay;
    let secs = |secs: u32| i64::from(secs);
    let windows = calendar
        .windows_on(date, calendar.is_closed_by_holiday(date))
        .iter();
    let windows = windows.map(|window| (secs(window.start_secs()), secs(window.end_secs())));
    let mut closed = Vec::new();
    for (midnight, day) in [(-DAY, date.pred_opt()?), (0, date), (DAY, next)] {
        let breaks = calendar.breaks_on(day);
        closed.extend(breaks.map(|window| {
            (
                midnight + secs(window.start_secs()),
                midnight + secs(window.end_secs()),
            )
        }));
        if whole_day && calendar.is_closed_by_holiday(day) {
            closed.push((midnight, midnight + DAY));
        }
    }
    let open = difference(&union(windows.collect()), &union(closed));
    let local = date.and_time(NaiveTime::MIN) + chrono::TimeDelta::seconds(open.last()?.1);
    calendar.zone().resolve(local, COMPATIBLE).ok()
}
