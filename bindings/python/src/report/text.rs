//! The figures of a report as a long table.

use floorwalker::report::{Figures, ServiceReport};
use floorwalker::service::{Kpi, Unit};
use floorwalker_arrow::{Batches, Cell, Kind, TableWriter};

const COLUMNS: [(&str, Kind); 8] = [
    ("about", Kind::Term),
    ("queue", Kind::Term),
    ("day", Kind::Term),
    ("figure", Kind::Term),
    ("unit", Kind::Term),
    ("numerator", Kind::Whole),
    ("denominator", Kind::Whole),
    ("value", Kind::Float),
];

/// The whole, each queue, each day.
pub(super) fn figures(report: &ServiceReport) -> floorwalker_arrow::Result<Batches> {
    let mut table = TableWriter::new(report.subject.zone.name(), &COLUMNS);
    let kpis = &report.definitions;
    push(
        &mut table,
        ("total", None, None),
        &report.total.figures,
        kpis,
    );
    for row in &report.by_queue {
        let about = ("queue", Some(row.queue.as_str()), None);
        push(&mut table, about, &row.results.figures, kpis);
    }
    for row in &report.by_day {
        let day = row.day.to_string();
        push(
            &mut table,
            ("day", None, Some(&day)),
            &row.results.figures,
            kpis,
        );
    }
    table.finish()
}

fn push(
    table: &mut TableWriter,
    (about, queue, day): (&str, Option<&str>, Option<&str>),
    figures: &Figures,
    kpis: &[Kpi],
) {
    let whole = |number: u64| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
    for kpi in kpis {
        let quotient = figures.of(*kpi).unwrap_or_default();
        let unit = unit_name(kpi.unit());
        table.push(&[
            about.into(),
            queue.into(),
            day.into(),
            kpi.name().into(),
            unit.as_str().into(),
            whole(quotient.numerator()),
            whole(quotient.denominator()),
            quotient.value().into(),
        ]);
    }
}

/// The stable name of a unit, as in JSON.
fn unit_name(unit: Unit) -> String {
    match serde_json::to_value(unit) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
