//! Day by interval: one small cell for each interval of each day.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};
use floorwalker::report::{IntervalRow, ServiceReport};
use maud::{Markup, html};

use super::draw::{Fill, RIGHT, WIDTH, all, empty, rect, svg, text};
use super::legend;
use super::scale::every_nth;
use super::shade::Shade;
use crate::locale::{Label, Locale};

const LEFT: f64 = 84.0;
const TOP: f64 = 50.0;
const CELL: f64 = 15.0;
/// With more days than this the strips are left out.
pub(crate) const MAX_DAYS: usize = 62;

/// A strip for each day. An hour that came twice has two halves; one that never came is hatched.
pub(crate) fn heat_strip(id: &str, title: &str, report: &ServiceReport, locale: &Locale) -> Markup {
    let times = times(report);
    if times.is_empty() || report.by_day.len() > MAX_DAYS {
        return empty(locale.text(Label::NoData));
    }
    let mut rows: BTreeMap<(NaiveDate, NaiveTime), Vec<&IntervalRow>> = BTreeMap::new();
    for row in &report.by_interval {
        let key = (row.day, row.when.start.time());
        rows.entry(key).or_default().push(row);
    }
    let frame = Frame {
        width: (WIDTH - LEFT - RIGHT) / times.len() as f64,
        times: &times,
        report,
        locale,
    };
    let days = report.by_day.iter().enumerate().map(|(line, day)| {
        let y = TOP + line as f64 * CELL;
        let name = text(
            "label",
            "end",
            (LEFT - 6.0, y + 11.5),
            &locale.short_day(day.day),
        );
        let cells = times.iter().enumerate().map(|(at, &time)| {
            let found = rows.get(&(day.day, time)).map_or(&[][..], Vec::as_slice);
            frame.cell((day.day, time), at, y, found)
        });
        all([name, all(cells)])
    });
    let legend = legend::shades(report, locale, 8.0, LEFT);
    let parts = all([legend, frame.hours(), all(days)]);
    let height = TOP + report.by_day.len() as f64 * CELL + 4.0;
    svg(id, height, title, &description(report, locale), &parts)
}

/// The times of day from the first to the last at which something happened.
fn times(report: &ServiceReport) -> Vec<NaiveTime> {
    let rows = &report.by_time_of_day;
    let is_used = |row: &&floorwalker::report::TimeOfDayRow| row.results.figures.offered > 0;
    let first = rows.iter().position(|row| is_used(&row));
    let last = rows.iter().rposition(|row| is_used(&row));
    match (first, last) {
        (Some(first), Some(last)) => rows[first..=last].iter().map(|row| row.from).collect(),
        _ => Vec::new(),
    }
}

struct Frame<'a> {
    width: f64,
    times: &'a [NaiveTime],
    report: &'a ServiceReport,
    locale: &'a Locale,
}

impl Frame<'_> {
    fn cell(
        &self,
        (day, time): (NaiveDate, NaiveTime),
        at: usize,
        y: f64,
        rows: &[&IntervalRow],
    ) -> Markup {
        let x = LEFT + at as f64 * self.width;
        let gap = if self.width > 4.0 { 1.0 } else { 0.0 };
        let size = (self.width - gap, CELL - 1.0);
        if self.locale.is_missing(day.and_time(time)) {
            let tip = self.locale.text(Label::NotExisting);
            return rect(Fill::Gap, (x, y), size, tip);
        }
        if rows.is_empty() {
            return rect(Fill::Class("cell none"), (x, y), size, "");
        }
        let part = size.0 / rows.len() as f64;
        all(rows.iter().enumerate().map(|(half, row)| {
            let shade = Shade::of(&row.results);
            let place = (x + half as f64 * part, y);
            let figures = &row.results.figures;
            let tip = format!(
                "{}: {}, {}",
                self.locale.when(&row.when),
                self.locale.percent(figures.service_level),
                self.locale.contacts(figures.offered)
            );
            html! {
                (rect(Fill::Class(shade.class()), place, (part, size.1), &tip))
                @if part >= 6.0 { (shade.mark(place, (part, size.1))) }
            }
        }))
    }

    /// The hours above the strips.
    fn hours(&self) -> Markup {
        let step = self.report.subject.every.step_ms().unwrap_or(3_600_000);
        let per_hour = (3_600_000 / step).max(1) as f64;
        let nth = every_nth(self.width * per_hour, 24.0) as u32;
        let labels = self.times.iter().enumerate().filter_map(|(at, time)| {
            let is_hour = *time == NaiveTime::MIN + TimeDelta::hours(time.hour().into());
            let wanted = is_hour && time.hour().is_multiple_of(nth);
            let x = LEFT + at as f64 * self.width;
            wanted.then(|| {
                text(
                    "label",
                    "start",
                    (x, TOP - 8.0),
                    &format!("{:02}", time.hour()),
                )
            })
        });
        all(labels)
    }
}

fn description(report: &ServiceReport, locale: &Locale) -> String {
    let all = report.by_interval.iter();
    let offered = all.filter(|row| row.results.figures.offered > 0).count();
    let shade = |wanted: &[Shade]| {
        let rows = report.by_interval.iter();
        rows.filter(|row| wanted.contains(&Shade::of(&row.results)))
            .count()
    };
    let (met, missed) = (shade(&[Shade::Met]), shade(&[Shade::Missed, Shade::Far]));
    locale.language.pick(
        format!("Of {offered} intervals with contacts, {met} met the target and {missed} missed it."),
        format!("Di {offered} intervalli con chiamate, {met} hanno raggiunto l'obiettivo e {missed} l'hanno mancato."),
    )
}
