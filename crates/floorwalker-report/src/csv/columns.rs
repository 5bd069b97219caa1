//! The columns that every table of figures has.

use floorwalker::report::{Figures, Results, Standing};
use floorwalker::service::{Kpi, Unit};

use super::sheet::{Column, Field};

/// The columns of a row of figures.
pub(super) fn result_columns() -> Vec<Column> {
    let mut columns: Vec<Column> = Figures::KPIS
        .iter()
        .flat_map(|&kpi| kpi_columns(kpi))
        .collect();
    columns.extend([
        Column::new(
            "target",
            "share of 1",
            "the service level that was to be reached",
        ),
        Column::new(
            "standing",
            "word",
            "how the service level stands to the target: met, near, missed or unjudged",
        ),
        Column::new(
            "missing",
            "contacts",
            "how many more contacts in time would have met the target; not to be added up",
        ),
    ]);
    columns
}

/// One column for a count or an extreme, three for a share or a mean.
fn kpi_columns(kpi: Kpi) -> Vec<Column> {
    let unit = unit_of(kpi.unit());
    let suffix = match kpi.unit() {
        Unit::Milliseconds => "_ms",
        _ => "",
    };
    let name = kpi.name();
    let value = Column::new(format!("{name}{suffix}"), unit, kpi.formula());
    if is_single(kpi) {
        return vec![value];
    }
    let (upper, lower) = parts_of(kpi.unit());
    vec![
        value,
        Column::new(
            format!("{name}_numerator"),
            upper,
            format!("upper number of {name}"),
        ),
        Column::new(
            format!("{name}_denominator"),
            lower,
            format!("lower number of {name}; 0 where undefined"),
        ),
    ]
}

fn is_single(kpi: Kpi) -> bool {
    kpi.unit() == Unit::Count || kpi == Kpi::LongestWait
}

fn unit_of(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "contacts",
        Unit::Ratio => "share of 1",
        Unit::Milliseconds => "milliseconds",
        Unit::Erlangs => "erlang",
        _ => "number",
    }
}

fn parts_of(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Milliseconds => ("milliseconds", "contacts"),
        Unit::Erlangs => ("milliseconds", "milliseconds"),
        _ => ("contacts", "contacts"),
    }
}

/// The fields of a row of figures.
pub(super) fn result_fields(results: &Results) -> Vec<Field> {
    let mut fields = Vec::new();
    for &kpi in Figures::KPIS {
        let value = results.figures.of(kpi).unwrap_or_default();
        if is_single(kpi) {
            fields.push(Field::maybe(
                value.is_defined().then_some(value.numerator()),
            ));
        } else {
            fields.extend(Field::quotient(value));
        }
    }
    fields.push(Field::value(results.target));
    fields.push(Field::Plain(standing(results.standing).to_owned()));
    fields.push(Field::maybe(results.missing));
    fields
}

/// The word of a standing, as in JSON.
fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::Near => "near",
        Standing::Missed => "missed",
        Standing::Unjudged => "unjudged",
    }
}
