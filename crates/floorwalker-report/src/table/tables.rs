//! The tables by day, time, queue, and of what was out of the ordinary.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use floorwalker::report::{Quotient, Results, ServiceReport, Stretch};
use floorwalker::service::Kpi;

use super::results::{kpi_cell, result_columns, result_row};
use super::{Cell, Column, Row, Table};
use crate::locale::{Label, Locale};

/// The figures at the head of the report: title and value.
pub(crate) fn key_figures(report: &ServiceReport, locale: &Locale) -> Vec<(String, Cell)> {
    let kpis = [
        Kpi::Offered,
        Kpi::Answered,
        Kpi::Abandoned,
        Kpi::AbandonRate,
        Kpi::Asa,
        Kpi::LongestWait,
        Kpi::Aht,
        Kpi::Load,
    ];
    let figure = |kpi| (locale.kpi(kpi).to_owned(), kpi_cell(kpi, &report.total));
    kpis.map(figure).into()
}

/// The name of all the queues of the report together.
fn pooled(report: &ServiceReport, locale: &Locale) -> String {
    let label = if report.subject.all_queues {
        Label::AllPooled
    } else {
        Label::SelectedPooled
    };
    locale.text(label).to_owned()
}

/// A table whose rows are one kind of time or place.
fn figures<'a>(
    report: &ServiceReport,
    locale: &Locale,
    (key, title, about): (&'static str, Label, Label),
    rows: impl Iterator<Item = (Cell, &'a Results)>,
) -> Table {
    let mut columns = vec![Column::text(locale.text(about))];
    columns.extend(result_columns(locale));
    let mut table = Table {
        key,
        title: locale.text(title).to_owned(),
        columns,
        rows: rows
            .map(|(about, results)| result_row(about, results))
            .collect(),
    };
    if table.rows.len() > 1 {
        let about = Cell::Text(pooled(report, locale));
        table.rows.push(result_row(about, &report.total).total());
    }
    table
}

/// One row for each local day.
pub(crate) fn by_day(report: &ServiceReport, locale: &Locale) -> Table {
    let rows = report.by_day.iter().map(|row| {
        let hours = row.covered_ms / 3_600_000;
        let day = locale.short_day(row.day);
        let day = match hours {
            23 | 25 => format!("{day} ({hours} h)"),
            _ => day,
        };
        (Cell::Text(day), &row.results)
    });
    figures(report, locale, ("by-day", Label::ByDay, Label::Day), rows)
}

/// One row for each time of day at which something happened.
pub(crate) fn by_time_of_day(report: &ServiceReport, locale: &Locale) -> Table {
    let every = report.subject.every;
    let rows = report.by_time_of_day.iter();
    let rows = rows
        .filter(|row| !row.results.figures.is_empty())
        .map(|row| {
            (
                Cell::Text(locale.time_of_day(row.from, every)),
                &row.results,
            )
        });
    let names = ("by-time-of-day", Label::ByTimeOfDay, Label::Time);
    figures(report, locale, names, rows)
}

/// One row for each queue.
pub(crate) fn by_queue(report: &ServiceReport, locale: &Locale) -> Table {
    let rows = report.by_queue.iter();
    let rows = rows.map(|row| (Cell::Name(row.queue.to_string()), &row.results));
    figures(
        report,
        locale,
        ("by-queue", Label::ByQueue, Label::Queue),
        rows,
    )
}

/// The ways in which contacts of each queue ended, rarer ones only where there are any; `None` if
/// there are no rarer ones.
pub(crate) fn outcomes(report: &ServiceReport, locale: &Locale) -> Option<Table> {
    let rare = [
        Kpi::CallbackRequested,
        Kpi::FlowOuts,
        Kpi::Open,
        Kpi::Lost,
        Kpi::Blocked,
        Kpi::Closed,
        Kpi::ShortAbandoned,
        Kpi::TransferIn,
        Kpi::TransferredOut,
        Kpi::RingNoAnswers,
        Kpi::CallbackDials,
        Kpi::CallbackAnswered,
        Kpi::OutboundDials,
        Kpi::OutboundAnswered,
    ];
    let total = &report.total.figures;
    let occurs = |kpi: &Kpi| total.of(*kpi).is_some_and(|count| count.numerator() > 0);
    let rare: Vec<Kpi> = rare.into_iter().filter(occurs).collect();
    if rare.is_empty() {
        return None;
    }
    let kpis = [Kpi::Offered, Kpi::Answered, Kpi::Abandoned]
        .into_iter()
        .chain(rare);
    let kpis: Vec<Kpi> = kpis.collect();
    let mut columns = vec![Column::text(locale.text(Label::Queue))];
    columns.extend(
        kpis.iter()
            .map(|&kpi| Column::number(locale.kpi(kpi)).spared(u8::from(kpi != Kpi::Offered))),
    );
    let row = |about: Cell, results: &Results| {
        let mut cells = vec![about];
        cells.extend(kpis.iter().map(|&kpi| kpi_cell(kpi, results)));
        Row::new(cells)
    };
    let queues = report.by_queue.iter();
    let mut rows: Vec<Row> = queues
        .map(|queue| row(Cell::Name(queue.queue.to_string()), &queue.results))
        .collect();
    if rows.len() > 1 {
        rows.push(row(Cell::Text(pooled(report, locale)), &report.total).total());
    }
    Some(Table {
        key: "outcomes",
        title: locale.text(Label::Outcomes).to_owned(),
        columns,
        rows,
    })
}

/// The service level of each queue on each day: a row for each day, a column for each queue.
pub(crate) fn by_queue_day(report: &ServiceReport, locale: &Locale) -> Table {
    let mut columns = vec![Column::text(locale.text(Label::Day))];
    let queues = &report.subject.queues;
    columns.extend(queues.iter().map(|queue| Column::number(queue.as_str())));
    let levels: BTreeMap<(NaiveDate, &str), Quotient> = report
        .by_queue_day
        .iter()
        .map(|row| {
            (
                (row.day, row.queue.as_str()),
                row.results.figures.service_level,
            )
        })
        .collect();
    let row = |day: &floorwalker::report::DayRow| {
        let mut cells = vec![Cell::Text(locale.short_day(day.day))];
        cells.extend(queues.iter().map(|queue| {
            let level = levels.get(&(day.day, queue.as_str()));
            level.map_or(Cell::Undefined, |&level| Cell::Share(level))
        }));
        Row::new(cells)
    };
    Table {
        key: "by-queue-day",
        title: locale.text(Label::ByQueueDay).to_owned(),
        columns,
        rows: report.by_day.iter().map(row).collect(),
    }
}

/// The service level of each interval: a row for each time of day, a column for each day. An hour
/// that came twice has both values.
pub(crate) fn by_interval(report: &ServiceReport, locale: &Locale) -> Table {
    let mut columns = vec![Column::text(locale.text(Label::Time))];
    let days = &report.by_day;
    columns.extend(
        days.iter()
            .map(|day| Column::number(Locale::tiny_day(day.day))),
    );
    let mut levels: BTreeMap<(NaiveDate, NaiveTime), Vec<String>> = BTreeMap::new();
    for row in &report.by_interval {
        let level = locale.percent(row.results.figures.service_level);
        let place = (row.day, row.when.start.time());
        levels.entry(place).or_default().push(level);
    }
    let times = report.by_time_of_day.iter();
    let used = times.filter(|row| !row.results.figures.is_empty());
    let row = |time: &floorwalker::report::TimeOfDayRow| {
        let about = locale.time_of_day(time.from, report.subject.every);
        let mut cells = vec![Cell::Text(about)];
        let level = |day: NaiveDate| levels.get(&(day, time.from));
        cells.extend(days.iter().map(|day| {
            level(day.day).map_or(Cell::Undefined, |found| Cell::Text(found.join(" / ")))
        }));
        Row::new(cells)
    };
    Table {
        key: "by-interval",
        title: locale.text(Label::ByInterval).to_owned(),
        columns,
        rows: used.map(row).collect(),
    }
}

/// Offered contacts and service level for each weekday and hour in which something happened.
pub(crate) fn by_weekday_hour(report: &ServiceReport, locale: &Locale) -> Table {
    let titles = [Kpi::Offered, Kpi::ServiceLevel].map(|kpi| Column::number(locale.kpi(kpi)));
    let mut columns = vec![
        Column::text(locale.text(Label::Weekday)),
        Column::text(locale.text(Label::Hour)),
    ];
    columns.extend(titles);
    columns.push(Column::text(locale.text(Label::Verdict)));
    let rows = report.by_weekday_hour.iter();
    let rows = rows
        .filter(|row| !row.results.figures.is_empty())
        .map(|row| {
            Row::new(vec![
                Cell::Text(locale.weekday(row.weekday).to_owned()),
                Cell::Text(format!("{:02}:00–{:02}:00", row.hour, row.hour + 1)),
                Cell::Count(row.results.figures.offered),
                Cell::Share(row.results.figures.service_level),
                Cell::Standing(row.results.standing),
            ])
        });
    Table {
        key: "by-weekday-hour",
        title: locale.text(Label::ByWeekdayHour).to_owned(),
        columns,
        rows: rows.collect(),
    }
}

/// The lists of exceptions that are not empty.
pub(crate) fn exceptions(report: &ServiceReport, locale: &Locale) -> Vec<Table> {
    let lists = &report.exceptions;
    let level = [Kpi::Offered, Kpi::Abandoned, Kpi::ServiceLevel];
    let mut tables = vec![
        days_below(report, locale),
        stretches(
            locale,
            ("below-target", Label::StretchesBelow),
            &lists.below_target,
            &level,
            true,
        ),
        stretches(
            locale,
            ("high-abandonment", Label::HighAbandonment),
            &lists.abandonment,
            &[Kpi::Offered, Kpi::Abandoned, Kpi::AbandonRate],
            false,
        ),
        stretches(
            locale,
            ("unanswered", Label::Unanswered),
            &lists.unanswered,
            &[Kpi::Offered, Kpi::Abandoned],
            false,
        ),
        stretches(
            locale,
            ("longest-waits", Label::LongestWaits),
            &lists.longest_waits,
            &[Kpi::LongestWait, Kpi::Offered],
            false,
        ),
        refused(report, locale),
    ];
    tables.retain(|table| !table.rows.is_empty());
    tables
}

fn days_below(report: &ServiceReport, locale: &Locale) -> Table {
    let mut columns = vec![Column::text(locale.text(Label::Day))];
    let kpis = [Kpi::Offered, Kpi::Abandoned, Kpi::ServiceLevel];
    columns.extend(kpis.map(|kpi| Column::number(locale.kpi(kpi))));
    columns.push(Column::number(locale.text(Label::Missing)));
    let row = |row: &floorwalker::report::DayRow| {
        let mut cells = vec![Cell::Text(locale.short_day(row.day))];
        cells.extend(kpis.map(|kpi| kpi_cell(kpi, &row.results)));
        cells.push(Cell::count(row.results.missing));
        Row::new(cells)
    };
    Table {
        key: "days-below",
        title: locale.text(Label::DaysBelow).to_owned(),
        columns,
        rows: report.exceptions.days.iter().map(row).collect(),
    }
}

fn stretches(
    locale: &Locale,
    (key, title): (&'static str, Label),
    list: &[Stretch],
    kpis: &[Kpi],
    with_missing: bool,
) -> Table {
    let mut columns = vec![
        Column::text(locale.text(Label::When)),
        Column::text(locale.text(Label::Queue)),
    ];
    columns.extend(kpis.iter().map(|&kpi| Column::number(locale.kpi(kpi))));
    if with_missing {
        columns.push(Column::number(locale.text(Label::Missing)));
    }
    let row = |stretch: &Stretch| {
        let queue = stretch.queue.as_ref();
        let mut cells = vec![
            Cell::Text(locale.when(&stretch.when)),
            queue.map_or(Cell::Undefined, |queue| Cell::Name(queue.to_string())),
        ];
        cells.extend(kpis.iter().map(|&kpi| kpi_cell(kpi, &stretch.results)));
        if with_missing {
            cells.push(Cell::count(stretch.results.missing));
        }
        Row::new(cells)
    };
    Table {
        key,
        title: locale.text(title).to_owned(),
        columns,
        rows: list.iter().map(row).collect(),
    }
}

fn refused(report: &ServiceReport, locale: &Locale) -> Table {
    let mut columns = vec![Column::text(locale.text(Label::Queue))];
    let kpis = [Kpi::Blocked, Kpi::Closed, Kpi::Attempts];
    columns.extend(kpis.map(|kpi| Column::number(locale.kpi(kpi))));
    let row = |row: &floorwalker::report::Refused| {
        Row::new(vec![
            Cell::Name(row.queue.to_string()),
            Cell::Count(row.blocked),
            Cell::Count(row.closed),
            Cell::Count(row.attempts),
        ])
    };
    Table {
        key: "refused",
        title: locale.text(Label::Refused).to_owned(),
        columns,
        rows: report.exceptions.refused.iter().map(row).collect(),
    }
}
