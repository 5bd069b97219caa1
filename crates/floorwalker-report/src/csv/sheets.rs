//! The files of a report.

use chrono::SecondsFormat;
use floorwalker::report::{LocalSpan, Results, ServiceReport};
use serde::Serialize;

use super::columns::{result_columns, result_fields};
use super::lists;
use super::sheet::{Column, Field, Sheet};

/// All files but those about people.
pub(super) fn sheets(report: &ServiceReport) -> Vec<Sheet> {
    let mut sheets = vec![
        subject(report),
        summary(report),
        days(report),
        intervals(report),
        times_of_day(report),
        weekday_hours(report),
        queues(report),
        queue_days(report),
    ];
    sheets.extend(
        report
            .waits
            .iter()
            .flat_map(|waits| [lists::bands(waits), lists::percentiles(waits)]),
    );
    sheets.extend([
        lists::rules(report),
        lists::reckoning(report),
        lists::limits(report),
        lists::findings(report),
        lists::exceptions(&report.exceptions),
        lists::source_notes(report),
    ]);
    sheets
}

/// The name of a word in JSON, which is the same here.
pub(super) fn word(value: &impl Serialize) -> Field {
    let json = serde_json::to_value(value).unwrap_or_default();
    Field::Plain(json.as_str().unwrap_or_default().to_owned())
}

pub(super) fn plain(text: impl ToString) -> Field {
    Field::Plain(text.to_string())
}

pub(super) fn name(text: impl ToString) -> Field {
    Field::Text(text.to_string())
}

pub(super) fn instants(when: &LocalSpan) -> [Field; 2] {
    [when.start, when.end].map(|at| plain(at.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
}

pub(super) fn instant_columns() -> [Column; 2] {
    [
        Column::new("start", "instant", "first instant, local time with offset"),
        Column::new("end", "instant", "instant after the last"),
    ]
}

fn day_column() -> Column {
    Column::new("day", "date", "local date")
}

pub(super) fn queue_column() -> Column {
    Column::new(
        "queue",
        "name",
        "the queue; empty for all of the report together",
    )
}

/// A file of figures: what each row is about, then its figures.
pub(super) fn figures<'a>(
    file: &'static str,
    about: Vec<Column>,
    rows: impl Iterator<Item = (Vec<Field>, &'a Results)>,
) -> Sheet {
    let mut columns = about;
    columns.extend(result_columns());
    let row = |(mut fields, results): (Vec<Field>, &Results)| {
        fields.extend(result_fields(results));
        fields
    };
    Sheet {
        name: file,
        columns,
        rows: rows.map(row).collect(),
    }
}

fn subject(report: &ServiceReport) -> Sheet {
    let subject = &report.subject;
    let queues: Vec<&str> = subject.queues.iter().map(|queue| queue.as_str()).collect();
    let [start, end] = instants(&subject.period);
    let as_of = subject
        .as_of
        .map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    let lines = [
        ("format", plain(&report.format)),
        ("start", start),
        ("end", end),
        ("zone", plain(&subject.zone)),
        ("tzdb", plain(&subject.tzdb)),
        ("every", plain(subject.every)),
        ("queues", name(queues.join("; "))),
        ("all_queues", plain(subject.all_queues)),
        ("attribution", plain(subject.attribution)),
        ("as_of", plain(as_of.unwrap_or_default())),
        ("rule", name(&report.rules.main.rule)),
        ("target", plain(&subject.target)),
    ];
    Sheet {
        name: "subject",
        columns: vec![
            Column::new("key", "word", "what the line says about the report"),
            Column::new(
                "value",
                "text",
                "its value; queues are separated by semicolons",
            ),
        ],
        rows: lines.map(|(key, value)| vec![plain(key), value]).into(),
    }
}

fn summary(report: &ServiceReport) -> Sheet {
    let row = (instants(&report.subject.period).into(), &report.total);
    figures("summary", instant_columns().into(), std::iter::once(row))
}

fn days(report: &ServiceReport) -> Sheet {
    let about = vec![
        day_column(),
        Column::new(
            "covered_ms",
            "milliseconds",
            "how much of the day the report covers",
        ),
        Column::new(
            "most_waiting",
            "contacts",
            "the most waiting at once; empty if not known",
        ),
    ];
    let rows = report.by_day.iter().map(|row| {
        let about = vec![
            plain(row.day),
            Field::count(row.covered_ms),
            Field::maybe(row.most_waiting),
        ];
        (about, &row.results)
    });
    figures("days", about, rows)
}

fn intervals(report: &ServiceReport) -> Sheet {
    let mut about = vec![day_column()];
    about.extend(instant_columns());
    about.extend([
        Column::new(
            "waiting_at_start",
            "contacts",
            "waiting at the start; empty if not known",
        ),
        Column::new(
            "most_waiting",
            "contacts",
            "the most waiting at once; empty if not known",
        ),
    ]);
    let rows = report.by_interval.iter().map(|row| {
        let mut about = vec![plain(row.day)];
        about.extend(instants(&row.when));
        about.push(Field::maybe(row.waiting.map(|waiting| waiting.at_start)));
        about.push(Field::maybe(row.waiting.map(|waiting| waiting.most)));
        (about, &row.results)
    });
    figures("intervals", about, rows)
}

fn times_of_day(report: &ServiceReport) -> Sheet {
    let about = vec![
        Column::new("from", "local time", "when the intervals begin"),
        Column::new(
            "intervals",
            "intervals",
            "how many begin then, empty ones included",
        ),
    ];
    let rows = report.by_time_of_day.iter();
    let rows = rows.map(|row| {
        (
            vec![plain(row.from), Field::count(row.intervals)],
            &row.results,
        )
    });
    figures("times_of_day", about, rows)
}

fn weekday_hours(report: &ServiceReport) -> Sheet {
    let about = vec![
        Column::new("weekday", "number", "1 for Monday to 7 for Sunday"),
        Column::new("hour", "number", "hour on the local clock"),
        Column::new("days", "days", "how many days had contacts in it"),
    ];
    let rows = report.by_weekday_hour.iter().map(|row| {
        let about = vec![plain(row.weekday), plain(row.hour), Field::count(row.days)];
        (about, &row.results)
    });
    figures("weekday_hours", about, rows)
}

fn queues(report: &ServiceReport) -> Sheet {
    let about = vec![
        queue_column(),
        Column::new(
            "most_waiting",
            "contacts",
            "the most waiting at once; empty if not known",
        ),
    ];
    let rows = report.by_queue.iter();
    let rows = rows.map(|row| {
        (
            vec![name(&row.queue), Field::maybe(row.most_waiting)],
            &row.results,
        )
    });
    figures("queues", about, rows)
}

fn queue_days(report: &ServiceReport) -> Sheet {
    let rows = report.by_queue_day.iter();
    let rows = rows.map(|row| (vec![name(&row.queue), plain(row.day)], &row.results));
    figures("queue_days", vec![queue_column(), day_column()], rows)
}
