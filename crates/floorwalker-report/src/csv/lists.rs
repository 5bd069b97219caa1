//! The files about waits, rules, findings and exceptions.

use floorwalker::report::{Exceptions, Finding, ServiceReport, Stretch, WaitTable};

use super::sheet::{Column, Field, Sheet};
use super::sheets::{figures, instant_columns, instants, name, plain, queue_column, word};

pub(super) fn bands(waits: &WaitTable) -> Sheet {
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

pub(super) fn percentiles(waits: &WaitTable) -> Sheet {
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

pub(super) fn rules(report: &ServiceReport) -> Sheet {
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

pub(super) fn reckoning(report: &ServiceReport) -> Sheet {
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

pub(super) fn limits(report: &ServiceReport) -> Sheet {
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

pub(super) fn findings(report: &ServiceReport) -> Sheet {
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

pub(super) fn exceptions(exceptions: &Exceptions) -> Sheet {
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

/// What the reader of the source noticed.
pub(super) fn source_notes(report: &ServiceReport) -> Sheet {
    let notes = report.exceptions.not_counted.source.iter();
    let rows = notes.map(|note| {
        vec![
            name(&note.kind),
            Field::count(note.count),
            name(note.assumption.as_deref().unwrap_or_default()),
        ]
    });
    Sheet {
        name: "source_notes",
        columns: vec![
            Column::new("kind", "text", "the reader's own name for it"),
            Column::new("count", "number", "how often"),
            Column::new("assumption", "text", "what the reader assumed"),
        ],
        rows: rows.collect(),
    }
}
