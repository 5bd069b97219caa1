//! Which dates of business hours are business days.

use chrono::{NaiveDate, Weekday};

use super::calendar::Calendar;
use super::day_runs::{DayRuns, EVERY_DAY, NO_DAY, Weekdays, day_number, weekday_bit};
use super::hours::{Form, Hours};
use super::window::{DAY_SECS, DayWindow};
use crate::time::Zone;
use crate::time::ranges::{Range, difference, union};

/// The business days of `hours` from `first` to `last`, both included.
pub(super) fn day_runs(hours: &Hours, first: NaiveDate, last: NaiveDate) -> DayRuns {
    match hours.form() {
        Form::Calendar(calendar) => of_calendar(calendar, first, last),
        Form::Versions {
            first: oldest,
            changes,
        } => {
            let mut runs = day_runs(oldest, first, last);
            for change in changes {
                let newer = day_runs(&change.hours, first, last);
                let from = first_whole_day(change.hours.zone(), change.from_ms);
                runs = replaced_from(&runs, &newer, day_number(from));
            }
            runs
        }
        Form::AllOf(parts) => fold(parts, first, last, |left, right| left & right),
        Form::AnyOf(parts) => fold(parts, first, last, |left, right| left | right),
    }
}

fn of_calendar(calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> DayRuns {
    let week = normal_weekdays(calendar);
    let (start, end) = (day_number(first), day_number(last) + 1);
    // What is odd about a date may reach into its neighbours, also from outside.
    let around = (
        first.pred_opt().unwrap_or(first),
        last.succ_opt().unwrap_or(last),
    );
    let holidays = calendar.holidays_between(around.0, around.1);
    let special = calendar.special_dates(around.0, around.1);
    let mut odd: Vec<NaiveDate> = holidays.iter().copied().chain(special).collect();
    if calendar.is_overnight() {
        let neighbours = odd
            .iter()
            .flat_map(|date| [date.pred_opt(), date.succ_opt()]);
        odd.extend(neighbours.flatten().collect::<Vec<_>>());
    }
    odd.extend(skipped_dates(calendar.zone(), first, last));
    odd.sort_unstable();
    odd.dedup();
    let mut entries = vec![(start, week)];
    for date in odd {
        let day = day_number(date);
        let weekdays = if opens_on(calendar, date, holidays.binary_search(&date).is_ok()) {
            EVERY_DAY
        } else {
            NO_DAY
        };
        let differs = (week ^ weekdays) & weekday_bit(day) != 0;
        if differs && (start..end).contains(&day) {
            entries.extend([(day, weekdays), (day + 1, week)]);
        }
    }
    entries.retain(|entry| entry.0 < end);
    DayRuns::new(entries, end)
}

/// The weekdays on which the week of a calendar opens a window.
fn normal_weekdays(calendar: &Calendar) -> Weekdays {
    let opens = |weekday: Weekday| {
        let breaks = [weekday.pred(), weekday, weekday.succ()];
        let breaks = breaks.map(|day| calendar.weekly_breaks_on(day).to_vec());
        has_open_time(calendar.week().day(weekday), breaks)
    };
    let bits = (0..7_u8).filter(|&day| Weekday::try_from(day).is_ok_and(opens));
    bits.fold(NO_DAY, |weekdays, day| weekdays | 1 << day)
}

/// Whether a window opens on `date`: no holiday closes it, the zone has it, and breaks
/// leave some of its windows.
fn opens_on(calendar: &Calendar, date: NaiveDate, is_closed: bool) -> bool {
    let around = [date.pred_opt(), Some(date), date.succ_opt()];
    let breaks =
        around.map(|date| date.map_or(Vec::new(), |date| calendar.breaks_on(date).collect()));
    !is_closed
        && calendar.zone().start_of_day(date).is_some()
        && has_open_time(calendar.windows_on(date, is_closed), breaks)
}

/// Whether breaks of the day before, the day and the day after leave some of a day's
/// windows.
fn has_open_time(windows: &[DayWindow], breaks: [Vec<DayWindow>; 3]) -> bool {
    let day = i64::from(DAY_SECS);
    let range = |midnight: i64, window: &DayWindow| -> Range {
        let at = |secs: u32| midnight + i64::from(secs);
        (at(window.start_secs()), at(window.end_secs()))
    };
    let windows = union(windows.iter().map(|window| range(0, window)).collect());
    let breaks = [-day, 0, day].into_iter().zip(breaks);
    let breaks = breaks.flat_map(|(midnight, breaks)| {
        breaks
            .into_iter()
            .map(move |window| range(midnight, &window))
    });
    !difference(&windows, &union(breaks.collect())).is_empty()
}

/// The dates that the clock of a zone jumped over.
fn skipped_dates(zone: &Zone, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let secs = |date: NaiveDate| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    let half_a_day = 43_200;
    let changes = zone
        .rules()
        .changes(secs(first) - 86_400, secs(last) + 2 * 86_400);
    let far =
        changes.filter(|&at| zone.rules().offset(at) - zone.rules().offset(at - 1) > half_a_day);
    let dates = far.flat_map(|at| {
        let before = zone.local_date_of_ms((at - 1) * 1000);
        let after = zone.local_date_of_ms(at * 1000);
        before.iter_days().take_while(move |date| *date <= after)
    });
    dates
        .filter(|date| zone.start_of_day(*date).is_none())
        .collect()
}

/// The first date that begins at an instant or later.
fn first_whole_day(zone: &Zone, at_ms: i64) -> NaiveDate {
    let date = zone.day_of_ms(at_ms);
    if zone.start_of_day(date) == Some(at_ms) {
        date
    } else {
        date.succ_opt().unwrap_or(date)
    }
}

fn replaced_from(older: &DayRuns, newer: &DayRuns, day: i32) -> DayRuns {
    let (start, end) = (older.start(), older.end());
    let day = day.clamp(start, end);
    let mut entries: Vec<(i32, Weekdays)> = Vec::new();
    if start < day {
        entries.extend(older.between(start, day));
    }
    if day < end {
        entries.extend(newer.between(day, end));
    }
    DayRuns::new(entries, end)
}

fn fold(
    parts: &[Hours],
    first: NaiveDate,
    last: NaiveDate,
    join: fn(Weekdays, Weekdays) -> Weekdays,
) -> DayRuns {
    let mut runs = parts.iter().map(|part| day_runs(part, first, last));
    let start = runs
        .next()
        .expect("hours in common or in union have a part");
    runs.fold(start, |left, right| {
        let entries = left.walk(&right).map(|(day, a, b)| (day, join(a, b)));
        DayRuns::new(entries.collect::<Vec<_>>(), left.end())
    })
}
