//! The points of the charts, few enough to be seen.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use floorwalker::report::{Figures, Results, ServiceReport};

use crate::chart::LevelPoint;
use crate::locale::{Locale, capitalised, clock, weekday_of};

/// With more days than this the trend is by week.
const MAX_DAYS: usize = 62;
/// With more intervals than this the day is by hour.
const MAX_TIMES: usize = 100;

/// One point for each day, or for each week where there are too many days.
pub(super) fn days(report: &ServiceReport, locale: &Locale) -> Vec<LevelPoint> {
    if report.by_day.len() > MAX_DAYS {
        return weeks(report, locale);
    }
    let is_short = report.by_day.len() <= 16;
    let point = |row: &floorwalker::report::DayRow| LevelPoint {
        tick: if is_short {
            format!(
                "{} {}",
                locale.short_weekday(weekday_of(row.day)),
                Locale::tiny_day(row.day)
            )
        } else {
            Locale::tiny_day(row.day)
        },
        title: locale.day(row.day),
        results: row.results,
    };
    report.by_day.iter().map(point).collect()
}

fn weeks(report: &ServiceReport, locale: &Locale) -> Vec<LevelPoint> {
    let mut weeks: BTreeMap<(i32, u32), Vec<Figures>> = BTreeMap::new();
    for row in &report.by_day {
        let week = row.day.iso_week();
        let days = weeks.entry((week.year(), week.week())).or_default();
        days.push(row.results.figures);
    }
    weeks
        .into_iter()
        .map(|((year, week), days)| LevelPoint {
            tick: format!("{}{week}", locale.language.pick("W", "S")),
            title: locale.language.pick(
                format!("week {week} of {year}"),
                format!("settimana {week} del {year}"),
            ),
            results: judged(&Figures::sum(&days), report),
        })
        .collect()
}

fn judged(figures: &Figures, report: &ServiceReport) -> Results {
    Results::new(*figures, report.subject.target.share(), &report.limits)
}

/// One point for each time of day between the first and the last with contacts; of a single
/// day for each of its intervals, so that an hour that came twice is there twice.
pub(super) fn times(report: &ServiceReport, locale: &Locale) -> Vec<LevelPoint> {
    let points = if report.by_day.len() == 1 {
        intervals(report, locale)
    } else {
        times_of_day(report, locale)
    };
    let is_used = |point: &LevelPoint| point.results.figures.offered > 0;
    let first = points.iter().position(is_used);
    let last = points.iter().rposition(is_used);
    match (first, last) {
        (Some(first), Some(last)) => points[first..=last].to_vec(),
        _ => Vec::new(),
    }
}

fn intervals(report: &ServiceReport, locale: &Locale) -> Vec<LevelPoint> {
    let rows = report.by_interval.iter();
    let point = |row: &floorwalker::report::IntervalRow| LevelPoint {
        tick: clock(row.when.start.time()),
        title: locale.times(&row.when),
        results: row.results,
    };
    let points: Vec<LevelPoint> = rows.map(point).collect();
    if points.len() > MAX_TIMES {
        return times_of_day(report, locale);
    }
    points
}

fn times_of_day(report: &ServiceReport, locale: &Locale) -> Vec<LevelPoint> {
    if report.by_time_of_day.len() > MAX_TIMES {
        return hours(report);
    }
    let point = |row: &floorwalker::report::TimeOfDayRow| LevelPoint {
        tick: clock(row.from),
        title: locale.time_of_day(row.from, report.subject.every),
        results: row.results,
    };
    report.by_time_of_day.iter().map(point).collect()
}

fn hours(report: &ServiceReport) -> Vec<LevelPoint> {
    let mut hours: BTreeMap<u32, Vec<Figures>> = BTreeMap::new();
    for row in &report.by_time_of_day {
        let intervals = hours.entry(row.from.hour()).or_default();
        intervals.push(row.results.figures);
    }
    hours
        .into_iter()
        .map(|(hour, intervals)| LevelPoint {
            tick: format!("{hour:02}:00"),
            title: format!("{hour:02}:00–{:02}:00", hour + 1),
            results: judged(&Figures::sum(&intervals), report),
        })
        .collect()
}

/// The days of the report that had an hour twice, or lacked one.
pub(super) fn clock_changes(report: &ServiceReport, locale: &Locale) -> Vec<String> {
    let hour = |day: NaiveDate, hour: u32| {
        day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default())
    };
    let mut notes = Vec::new();
    for row in &report.by_day {
        let twice = (0..24).any(|at| locale.is_double(hour(row.day, at)));
        let missing = (0..24).any(|at| locale.is_missing(hour(row.day, at)));
        let day = capitalised(&locale.day(row.day));
        let hours = row.covered_ms / 3_600_000;
        if twice {
            notes.push(locale.language.pick(
                format!("{day} has {hours} hours: the clock was put back, and the hour that came twice is shown as two halves of a cell."),
                format!("{day} ha {hours} ore: l'orologio è stato messo indietro, e l'ora ripetuta è mostrata come due metà di una casella."),
            ));
        } else if missing {
            notes.push(locale.language.pick(
                format!("{day} has {hours} hours: the clock was put forward, and the hour that never came is hatched."),
                format!("{day} ha {hours} ore: l'orologio è stato messo avanti, e l'ora che manca è tratteggiata."),
            ));
        }
    }
    notes
}
