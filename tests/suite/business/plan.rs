//! A calendar written down twice: for the library, and as lists of windows and
//! closures that a loop over every minute can ask.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use floorwalker::time::business::{
    Boundaries, Calendar, DayWindow, HolidayScope, Holidays, WeekHours,
};
use floorwalker::time::{Double, LocalTimePolicy, Missing, Zone};
use proptest::prelude::*;

pub(super) const MINUTE: i64 = 60_000;
const DAY_MINUTES: u32 = 24 * 60;

/// Minutes of the local day; an end before the start lies on the next day.
pub(super) type Window = (u32, u32);

/// Places and dates with odd clock changes, and some without.
const PLACES: &[(&str, &str)] = &[
    ("Europe/Rome", "2026-03-29"),
    ("Europe/Rome", "2026-10-25"),
    ("Europe/Rome", "2026-06-02"),
    ("America/New_York", "2026-11-01"),
    ("America/Sao_Paulo", "2015-10-18"),
    ("America/Sao_Paulo", "2016-02-21"),
    ("America/St_Johns", "2010-11-07"),
    ("America/Havana", "2026-03-08"),
    ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Kwajalein", "1993-08-21"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Antarctica/Troll", "2026-03-29"),
    ("Africa/Casablanca", "2026-03-22"),
    ("Asia/Kathmandu", "2026-02-01"),
    ("America/Nuuk", "2023-10-29"),
    ("Asia/Tehran", "2022-09-22"),
    ("UTC", "2026-12-31"),
];

/// A calendar as plain data. All times are whole minutes.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) zone: &'static str,
    pub(super) middle: NaiveDate,
    week: [Vec<Window>; 7],
    holidays: BTreeSet<NaiveDate>,
    overrides: BTreeMap<NaiveDate, Vec<Window>>,
    beats: bool,
    breaks: BTreeMap<NaiveDate, Vec<Window>>,
    weekly_breaks: [Vec<Window>; 7],
    scope: HolidayScope,
    boundaries: Boundaries,
}

/// What a loop over minutes needs: instants, or readings of the local clock.
pub(super) struct Plain {
    zone: Zone,
    by_reading: bool,
    open: Vec<(i64, i64)>,
    closed: Vec<(i64, i64)>,
}

impl Plan {
    /// The calendar of the library; `None` if it is refused.
    pub(super) fn calendar(&self) -> Option<Calendar> {
        let windows = |windows: &Vec<Window>| -> Vec<DayWindow> {
            let window =
                |&(start, end): &Window| DayWindow::from_secs(start * 60, end * 60).unwrap();
            windows.iter().map(window).collect()
        };
        let week = WeekHours::new(self.week.each_ref().map(windows)).ok()?;
        let mut calendar = Calendar::new(Zone::get(self.zone).unwrap(), week)
            .ok()?
            .with_holidays(Holidays::on(self.holidays.iter().copied()).unwrap())
            .with_override_beating_holiday(self.beats)
            .with_holiday_scope(self.scope)
            .with_boundaries(self.boundaries);
        for (date, list) in &self.overrides {
            calendar = calendar.with_override(*date, &windows(list)).ok()?;
        }
        for (date, list) in &self.breaks {
            calendar = calendar.with_breaks(*date, &windows(list)).unwrap();
        }
        for (day, list) in (0_u8..).zip(&self.weekly_breaks) {
            let weekday = Weekday::try_from(day).unwrap();
            calendar = calendar
                .with_weekly_breaks(weekday, &windows(list))
                .unwrap();
        }
        Some(calendar)
    }

    /// The windows and closures of the dates from `first` to `last`.
    pub(super) fn plain(&self, first: NaiveDate, last: NaiveDate) -> Plain {
        let zone = Zone::get(self.zone).unwrap();
        let by_reading = self.boundaries == Boundaries::WallClock;
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        for date in first.iter_days().take_while(|date| *date <= last) {
            let instants = |(start, end): Window| {
                let end = if end < start { end + DAY_MINUTES } else { end };
                let at = |minutes| at(&zone, by_reading, date, minutes);
                (at(start), at(end))
            };
            open.extend(self.windows_on(date).into_iter().map(instants));
            let day = date.weekday().num_days_from_monday() as usize;
            let breaks = self.breaks.get(&date).into_iter().flatten();
            closed.extend(
                breaks
                    .chain(&self.weekly_breaks[day])
                    .copied()
                    .map(instants),
            );
            if self.is_holiday(date) && self.scope == HolidayScope::CalendarDay {
                closed.push(instants((0, DAY_MINUTES)));
            }
        }
        Plain {
            zone,
            by_reading,
            open,
            closed,
        }
    }

    fn is_holiday(&self, date: NaiveDate) -> bool {
        let reopened = self.beats && self.overrides.contains_key(&date);
        self.holidays.contains(&date) && !reopened
    }

    fn windows_on(&self, date: NaiveDate) -> Vec<Window> {
        let day = date.weekday().num_days_from_monday() as usize;
        if self.is_holiday(date) && self.scope == HolidayScope::OpeningDay {
            Vec::new()
        } else {
            self.overrides.get(&date).unwrap_or(&self.week[day]).clone()
        }
    }

    /// Whether a window opens on `date`, minute by minute of the local clock.
    pub(super) fn is_business_day(&self, date: NaiveDate) -> bool {
        let covered = |minute: i64| {
            [-1, 0, 1].into_iter().any(|shift| {
                let day = date + TimeDelta::days(shift);
                let weekday = day.weekday().num_days_from_monday() as usize;
                let breaks = self.breaks.get(&day).into_iter().flatten();
                let mut breaks = breaks.chain(&self.weekly_breaks[weekday]);
                breaks.any(|&(start, end)| {
                    let end = if end < start { end + DAY_MINUTES } else { end };
                    let since = minute - shift * i64::from(DAY_MINUTES);
                    (i64::from(start)..i64::from(end)).contains(&since)
                })
            })
        };
        let exists = Zone::get(self.zone).unwrap().start_of_day(date).is_some();
        exists
            && !self.is_holiday(date)
            && self.windows_on(date).into_iter().any(|(start, end)| {
                let end = if end < start { end + DAY_MINUTES } else { end };
                (start..end).any(|minute| !covered(minute.into()))
            })
    }
}

/// The instant of a local minute, or the reading itself.
fn at(zone: &Zone, by_reading: bool, date: NaiveDate, minutes: u32) -> i64 {
    let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes.into());
    if by_reading {
        return local.and_utc().timestamp_millis();
    }
    let compatible = LocalTimePolicy {
        missing: Missing::ShiftForward,
        double: Double::Earlier,
    };
    zone.resolve(local, compatible).unwrap().timestamp_millis()
}

impl Plain {
    pub(super) fn is_open(&self, at: i64) -> bool {
        let at = if self.by_reading {
            at + i64::from(self.zone.offset_secs_at_ms(at)) * 1000
        } else {
            at
        };
        let holds =
            |ranges: &[(i64, i64)]| ranges.iter().any(|&(start, end)| start <= at && at < end);
        holds(&self.open) && !holds(&self.closed)
    }
}

fn windows(most: usize) -> impl Strategy<Value = Vec<Window>> {
    // Often the same few times, so that windows touch and boundaries hit clock changes.
    let common = prop::sample::select(vec![
        0, 60, 90, 120, 135, 150, 180, 540, 780, 840, 1080, 1320, 1439,
    ]);
    let start = prop_oneof![common.clone(), 0..DAY_MINUTES];
    let end = prop_oneof![common, Just(DAY_MINUTES), 1..DAY_MINUTES];
    let window = (start, end).prop_filter("a window has a length", |(start, end)| start != end);
    prop::collection::vec(window, 0..=most)
}

fn dated(most: usize) -> impl Strategy<Value = Vec<(i64, Vec<Window>)>> {
    prop::collection::vec((-4i64..6, windows(2)), 0..=most)
}

/// Any calendar around one of the places.
pub(super) fn plans() -> impl Strategy<Value = Plan> {
    let week = prop_oneof![
        windows(2).prop_map(|windows| std::array::from_fn(|_| windows.clone())),
        prop::array::uniform7(windows(1)),
    ];
    let scope = prop_oneof![
        Just(HolidayScope::CalendarDay),
        Just(HolidayScope::OpeningDay)
    ];
    let boundaries = prop_oneof![Just(Boundaries::Compatible), Just(Boundaries::WallClock)];
    let weekly_breaks = prop_oneof![
        3 => Just(Default::default()),
        1 => prop::array::uniform7(windows(1)),
    ];
    let holidays = prop::collection::vec(-4i64..6, 0..3);
    let dates = (holidays, dated(2), dated(2));
    let choices = (scope, boundaries, any::<bool>());
    let plans = (0..PLACES.len(), week, weekly_breaks, dates, choices).prop_map(
        |(
            place,
            week,
            weekly_breaks,
            (holidays, overrides, breaks),
            (scope, boundaries, beats),
        )| {
            let (zone, middle) = PLACES[place];
            let middle: NaiveDate = middle.parse().unwrap();
            let date = |days: i64| middle + TimeDelta::days(days);
            let dated = |list: Vec<(i64, Vec<Window>)>| {
                list.into_iter()
                    .map(|(days, windows)| (date(days), windows))
                    .collect()
            };
            Plan {
                zone,
                middle,
                week,
                holidays: holidays.into_iter().map(date).collect(),
                overrides: dated(overrides),
                beats,
                breaks: dated(breaks),
                weekly_breaks,
                scope,
                boundaries,
            }
        },
    );
    plans.prop_filter("windows do not overlap", |plan| plan.calendar().is_some())
}
