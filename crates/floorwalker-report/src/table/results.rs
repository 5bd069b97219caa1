//! The columns that every table of figures has.

use floorwalker::report::Results;
use floorwalker::service::{Kpi, Unit};

use super::{Cell, Column, Row};
use crate::locale::{Label, Locale};

/// The figures of the tables before the service level, and those after it.
const BEFORE: [Kpi; 4] = [
    Kpi::Offered,
    Kpi::Answered,
    Kpi::Abandoned,
    Kpi::AbandonRate,
];
const AFTER: [Kpi; 4] = [Kpi::Asa, Kpi::LongestWait, Kpi::Aht, Kpi::Load];

/// The titles: counts, service level, target, missing contacts, times.
pub(super) fn result_columns(locale: &Locale) -> Vec<Column> {
    let titles = |kpis: &[Kpi]| -> Vec<Column> {
        let title = |&kpi: &Kpi| Column::number(locale.kpi(kpi)).spared(spare(kpi));
        kpis.iter().map(title).collect()
    };
    let mut columns = titles(&BEFORE);
    columns.push(Column::number(locale.kpi(Kpi::ServiceLevel)));
    columns.push(Column::text(locale.text(Label::Verdict)));
    columns.push(Column::number(locale.text(Label::Missing)));
    columns.extend(titles(&AFTER));
    columns
}

/// A row: what it is about, then its figures.
pub(super) fn result_row(about: Cell, results: &Results) -> Row {
    let mut cells = vec![about];
    cells.extend(BEFORE.map(|kpi| kpi_cell(kpi, results)));
    cells.push(Cell::Share(results.figures.service_level));
    cells.push(Cell::Standing(results.standing));
    cells.push(Cell::count(results.missing));
    cells.extend(AFTER.map(|kpi| kpi_cell(kpi, results)));
    Row {
        standing: Some(results.standing),
        ..Row::new(cells)
    }
}

/// How soon a column is left out where there is too little room.
fn spare(kpi: Kpi) -> u8 {
    match kpi {
        Kpi::Offered => 0,
        Kpi::AbandonRate => 1,
        Kpi::Asa => 2,
        Kpi::Abandoned => 3,
        Kpi::Aht => 4,
        Kpi::Answered => 5,
        Kpi::LongestWait => 6,
        Kpi::Load => 7,
        _ => 1,
    }
}

/// The cell of an indicator, by its unit.
pub(super) fn kpi_cell(kpi: Kpi, results: &Results) -> Cell {
    let value = results.figures.of(kpi).unwrap_or_default();
    if !value.is_defined() {
        return Cell::Undefined;
    }
    match kpi.unit() {
        Unit::Count => Cell::Count(value.numerator()),
        Unit::Ratio => Cell::Share(value),
        Unit::Milliseconds => Cell::Time(value),
        _ => Cell::Number(value),
    }
}
