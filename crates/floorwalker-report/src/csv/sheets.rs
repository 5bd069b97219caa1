//! The files of a report.

use chrono::SecondsFormat;
use floorwalker::report::{
    Exceptions, Finding, LocalSpan, Results, ServiceReport, Stretch, WaitTable,
};
use serde::Serialize;

use super::columns::{result_columns, result_fields};
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
            .flat_map(|waits| [bands(waits), percentiles(waits)]),
    );
    sheets.extend([
        rules(report),
        reckoning(report),
        limits(report),
        findings(report),
        exceptions(&report.exceptions),
    ]);
    sheets
}

/// The name of a word in JSON, which is the same here.
pub(super) fn word(value: &impl Serialize) -> Field {
    let json = serde_json::to_value(value).unwrap_or_default();
    Field::Plain(json.as_str().unwrap_or_default().to_owned())
}

fn plain(text: impl ToString) -> Field {
    Field::Plain(text.to_string())
}

fn name(text: impl ToString) -> Field {
    Field::Text(text.to_string())
}

fn instants(when: &LocalSpan) -> [Field; 2] {
    [when.start, when.end].map(|at| plain(at.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
}

fn instant_columns() -> [Column; 2] {
    [
        Column::new("start", "instant", "first instant, local time with offset"),
        Column::new("end", "instant", "instant after the last"),
    ]
}

fn day_column() -> Column {
    Column::new("day", "date", "local date")
}

fn queue_column() -> Column {
    Column::new(
        "queue",
        "name",
        "the queue; empty for all of the report together",
    )
}

/// A file of figures: what each row is about, then its figures.
fn figures<'a>(
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

fn bands(waits: &WaitTable) -> Sheet {
    let row = |band: &floorwalker::report::WaitBandRow| {
        vec![
            Field::maybe(band.over_ms),
            Field::maybe(band.to_ms),
            Field::count(band.answered),
            Field::count(band.abandoned),
            Field::count(band.otherwise),
        ]
    };
    Sheet {
        name: "waits",
        columns: vec![
            Column::new(
                "over_ms",
                "milliseconds",
                "longer than this; empty for the first band",
            ),
            Column::new(
                "to_ms",
                "milliseconds",
                "at most this; empty for the last band",
            ),
            Column::new("answered", "contacts", "answered after such a wait"),
            Column::new("abandoned", "contacts", "abandoned after such a wait"),
            Column::new("otherwise", "contacts", "left otherwise after such a wait"),
        ],
        rows: waits.bands.iter().map(row).collect(),
    }
}

fn percentiles(waits: &WaitTable) -> Sheet {
    let row = |line: &floorwalker::report::WaitPercentile| {
        vec![
            plain(line.percent),
            Field::maybe(line.answered_ms),
            Field::maybe(line.abandoned_ms),
        ]
    };
    Sheet {
        name: "percentiles",
        columns: vec![
            Column::new(
                "percent",
                "percent",
                "so many percent waited at most this long",
            ),
            Column::new("answered_ms", "milliseconds", "of the answered contacts"),
            Column::new("abandoned_ms", "milliseconds", "of the abandoned contacts"),
        ],
        rows: waits.percentiles.iter().map(row).collect(),
    }
}

fn rules(report: &ServiceReport) -> Sheet {
    let row = |rule: &floorwalker::report::RuleLevel, is_main: bool| {
        let mut fields = vec![
            plain(&rule.name),
            name(&rule.rule),
            plain(rule.formula.as_deref().unwrap_or_default()),
            plain(is_main),
        ];
        fields.extend(Field::quotient(rule.level));
        fields
    };
    let mut rows = vec![row(&report.rules.main, true)];
    rows.extend(report.rules.others.iter().map(|rule| row(rule, false)));
    Sheet {
        name: "rules",
        columns: vec![
            Column::new("name", "word", "the definition of the service level"),
            Column::new("rule", "text", "the definition with its limits"),
            Column::new(
                "formula",
                "text",
                "A answered, B abandoned, N offered and so on; i: within the threshold",
            ),
            Column::new(
                "is_main",
                "true or false",
                "whether the report judges by it",
            ),
            Column::new("service_level", "share of 1", "the service level by it"),
            Column::new("service_level_numerator", "contacts", "counted for it"),
            Column::new("service_level_denominator", "contacts", "counted at all"),
        ],
        rows,
    }
}

fn reckoning(report: &ServiceReport) -> Sheet {
    let row = |line: &floorwalker::report::Reckoned| {
        let timing = line.timing.map(|timing| word(&timing));
        vec![
            word(&line.class),
            timing.unwrap_or_else(|| plain("")),
            word(&line.verdict),
            Field::count(line.contacts),
        ]
    };
    Sheet {
        name: "reckoning",
        columns: vec![
            Column::new("class", "word", "how contacts ended"),
            Column::new(
                "timing",
                "word",
                "within the threshold, late or unknown; empty for those who do not wait",
            ),
            Column::new(
                "verdict",
                "word",
                "for or against the service level, or left out",
            ),
            Column::new("contacts", "contacts", "how many"),
        ],
        rows: report.rules.reckoning.iter().map(row).collect(),
    }
}

fn limits(report: &ServiceReport) -> Sheet {
    let maybe = |ms: Option<i64>| plain(ms.map_or_else(String::new, |ms| ms.to_string()));
    let row = |limits: &floorwalker::report::QueueLimits| {
        vec![
            name(&limits.queue),
            maybe(limits.within_ms),
            maybe(limits.short_ms),
            Field::value(limits.target),
        ]
    };
    Sheet {
        name: "limits",
        columns: vec![
            queue_column(),
            Column::new(
                "within_ms",
                "milliseconds",
                "the threshold; empty if there is none",
            ),
            Column::new(
                "short_ms",
                "milliseconds",
                "limit of short abandons; empty if there is none",
            ),
            Column::new("target", "share of 1", "the service level to be reached"),
        ],
        rows: report.rules.limits.iter().map(row).collect(),
    }
}

fn findings(report: &ServiceReport) -> Sheet {
    let about = vec![
        Column::new("rank", "number", "1 for the finding that cost most"),
        Column::new("kind", "word", "what it is"),
        Column::new("severity", "word", "high, medium or low"),
        Column::new(
            "cost",
            "contacts",
            "how many contacts it cost; not to be added up",
        ),
        Column::new("count", "number", "how many contacts or notes it is about"),
        Column::new(
            "queues",
            "names",
            "the queues concerned, separated by semicolons; empty for all",
        ),
        Column::new("note", "text", "the reader's own name for what it noticed"),
        Column::new(
            "weekday",
            "number",
            "1 for Monday to 7 for Sunday, for what recurs",
        ),
        Column::new("from_hour", "number", "from this hour, for what recurs"),
        Column::new("to_hour", "number", "up to this hour, for what recurs"),
        Column::new(
            "start",
            "instant",
            "first instant; empty for the whole period",
        ),
        Column::new(
            "end",
            "instant",
            "instant after the last; empty for the whole period",
        ),
    ];
    let rows = (1_u64..).zip(&report.findings).map(|(rank, finding)| {
        let results = finding.results.as_ref().unwrap_or(&report.total);
        (finding_fields(rank, finding), results)
    });
    figures("findings", about, rows)
}

fn finding_fields(rank: u64, finding: &Finding) -> Vec<Field> {
    let queues: Vec<&str> = finding.queues.iter().map(|queue| queue.as_str()).collect();
    let slot = finding.slot;
    let hour = |hour: Option<u8>| plain(hour.map_or_else(String::new, |hour| hour.to_string()));
    let mut fields = vec![
        Field::count(rank),
        word(&finding.kind),
        word(&finding.severity),
        Field::count(finding.cost),
        Field::count(finding.count),
        name(queues.join("; ")),
        name(finding.note.as_deref().unwrap_or_default()),
        hour(slot.map(|slot| slot.weekday)),
        hour(slot.map(|slot| slot.from_hour)),
        hour(slot.map(|slot| slot.to_hour)),
    ];
    match &finding.when {
        Some(when) => fields.extend(instants(when)),
        None => fields.extend([plain(""), plain("")]),
    }
    fields
}

fn exceptions(exceptions: &Exceptions) -> Sheet {
    let lists: [(&str, &[Stretch]); 4] = [
        ("below_target", &exceptions.below_target),
        ("abandonment", &exceptions.abandonment),
        ("unanswered", &exceptions.unanswered),
        ("longest_waits", &exceptions.longest_waits),
    ];
    let mut about = vec![
        Column::new(
            "list",
            "word",
            "below_target, abandonment, unanswered or longest_waits",
        ),
        queue_column(),
    ];
    about.extend(instant_columns());
    let rows = lists.into_iter().flat_map(|(list, stretches)| {
        stretches.iter().map(move |stretch| {
            let queue = stretch.queue.as_ref();
            let mut fields = vec![plain(list), queue.map_or_else(|| plain(""), name)];
            fields.extend(instants(&stretch.when));
            (fields, &stretch.results)
        })
    });
    figures("exceptions", about, rows)
}
