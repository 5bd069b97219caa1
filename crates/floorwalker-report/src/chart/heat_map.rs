//! Hour by weekday: the service level of each, with the number of contacts.

use floorwalker::report::{ServiceReport, WeekdayHourRow};
use maud::{Markup, html};

use super::draw::{Fill, RIGHT, WIDTH, all, empty, rect, svg, text};
use super::legend;
use super::shade::Shade;
use crate::locale::{Label, Locale};

const LEFT: f64 = 44.0;
const TOP: f64 = 50.0;
const CELL: f64 = 34.0;

/// A row for each weekday, a column for each hour from the first to the last with contacts.
pub(crate) fn heat_map(id: &str, title: &str, report: &ServiceReport, locale: &Locale) -> Markup {
    let rows = report.by_weekday_hour.iter();
    let used: Vec<&WeekdayHourRow> = rows.filter(|row| row.results.figures.offered > 0).collect();
    let (Some(first), Some(last)) = (
        used.iter().map(|row| row.hour).min(),
        used.iter().map(|row| row.hour).max(),
    ) else {
        return empty(locale.text(Label::NoData));
    };
    let mut weekdays: Vec<u8> = used.iter().map(|row| row.weekday).collect();
    weekdays.sort_unstable();
    weekdays.dedup();
    let width = (WIDTH - LEFT - RIGHT) / f64::from(last - first + 1);
    let place = |row: &WeekdayHourRow| {
        let line = weekdays.iter().position(|&day| day == row.weekday);
        let x = LEFT + f64::from(row.hour - first) * width;
        (x, TOP + line.unwrap_or(0) as f64 * CELL)
    };
    let cells = used.iter().map(|row| cell(row, place(row), width, locale));
    let hours = (first..=last).map(|hour| {
        let x = LEFT + (f64::from(hour - first) + 0.5) * width;
        text("label", "middle", (x, TOP - 8.0), &format!("{hour:02}"))
    });
    let days = weekdays.iter().enumerate().map(|(line, &weekday)| {
        let y = TOP + (line as f64 + 0.5) * CELL + 4.0;
        text(
            "label",
            "end",
            (LEFT - 6.0, y),
            &locale.short_weekday(weekday),
        )
    });
    let legend = legend::shades(report, locale, 8.0, LEFT);
    let parts = all([legend, all(hours), all(days), all(cells)]);
    let height = TOP + weekdays.len() as f64 * CELL + 4.0;
    svg(id, height, title, &description(&used, locale), &parts)
}

/// The level in whole percent, and below it how many contacts it is about.
fn cell(row: &WeekdayHourRow, (x, y): (f64, f64), width: f64, locale: &Locale) -> Markup {
    let figures = &row.results.figures;
    let shade = Shade::of(&row.results);
    let level = figures.service_level.scaled(100, 0);
    let level = level.map_or_else(
        || crate::locale::UNDEFINED.to_owned(),
        |level| level.to_string(),
    );
    let tip = format!(
        "{} {:02}:00–{:02}:00: {}, {}",
        locale.weekday(row.weekday),
        row.hour,
        row.hour + 1,
        locale.percent(figures.service_level),
        locale.contacts(figures.offered)
    );
    let (middle, size) = (x + width / 2.0, (width - 2.0, CELL - 2.0));
    html! {
        (rect(Fill::Class(shade.class()), (x + 1.0, y + 1.0), size, &tip))
        (text("cell-value", "middle", (middle, y + 15.0), &level))
        (shade.mark((x + width - 11.0, y + 2.0), (9.0, 9.0)))
        (text("cell-note", "middle", (middle, y + 27.0), &locale.count(figures.offered)))
    }
}

/// The worst hours in words.
fn description(used: &[&WeekdayHourRow], locale: &Locale) -> String {
    let mut missing: Vec<&&WeekdayHourRow> = used
        .iter()
        .filter(|row| row.results.missing > Some(0))
        .collect();
    missing.sort_by_key(|row| {
        (
            std::cmp::Reverse(row.results.missing),
            row.weekday,
            row.hour,
        )
    });
    let worst: Vec<String> = missing
        .iter()
        .take(3)
        .map(|row| {
            format!(
                "{} {:02}:00 {}",
                locale.weekday(row.weekday),
                row.hour,
                locale.percent(row.results.figures.service_level)
            )
        })
        .collect();
    if worst.is_empty() {
        return locale
            .language
            .pick(
                "No hour is short of the target.",
                "Nessuna ora è sotto l'obiettivo.",
            )
            .to_owned();
    }
    let worst = worst.join(", ");
    locale.language.pick(
        format!("Most contacts short of the target: {worst}."),
        format!("Più chiamate mancanti all'obiettivo: {worst}."),
    )
}
