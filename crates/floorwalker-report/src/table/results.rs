//! The columns that every table of figures has.

use floorwalker::report::{Results, ServiceReport};
use floorwalker::service::{Kpi, Unit};

use super::{Cell, Column, Row};
use crate::locale::{Label, Locale};

/// The figures of the tables, in the order of the columns.
///
/// Rare outcomes have a column only where the report has any.
pub(super) struct ResultColumns {
    before: Vec<Kpi>,
    after: Vec<Kpi>,
}

const RARE: [Kpi; 6] = [
    Kpi::ShortAbandoned,
    Kpi::CallbackRequested,
    Kpi::FlowOuts,
    Kpi::Open,
    Kpi::Blocked,
    Kpi::Closed,
];

impl ResultColumns {
    pub(super) fn of(report: &ServiceReport) -> Self {
        let mut before = vec![Kpi::Offered, Kpi::Answered, Kpi::Abandoned];
        let total = &report.total.figures;
        let occurs = |kpi: &Kpi| total.of(*kpi).is_some_and(|count| count.numerator() > 0);
        before.extend(RARE.into_iter().filter(occurs));
        before.push(Kpi::AbandonRate);
        let after = vec![Kpi::Asa, Kpi::LongestWait, Kpi::Aht, Kpi::Load];
        Self { before, after }
    }

    /// The titles: counts, service level, target, missing contacts, times.
    pub(super) fn columns(&self, locale: &Locale) -> Vec<Column> {
        let titles = |kpis: &[Kpi]| -> Vec<Column> {
            let title = |&kpi: &Kpi| Column::number(locale.kpi(kpi)).spared(spare(kpi));
            kpis.iter().map(title).collect()
        };
        let mut columns = titles(&self.before);
        columns.push(Column::number(locale.kpi(Kpi::ServiceLevel)));
        columns.push(Column::text(locale.text(Label::Verdict)));
        columns.push(Column::number(locale.text(Label::Missing)));
        columns.extend(titles(&self.after));
        columns
    }

    /// A row: what it is about, then its figures.
    pub(super) fn row(&self, about: Vec<Cell>, results: &Results) -> Row {
        let mut cells = about;
        cells.extend(self.before.iter().map(|&kpi| kpi_cell(kpi, results)));
        cells.push(Cell::Share(results.figures.service_level));
        cells.push(Cell::Standing(results.standing));
        cells.push(Cell::count(results.missing));
        cells.extend(self.after.iter().map(|&kpi| kpi_cell(kpi, results)));
        Row {
            standing: Some(results.standing),
            ..Row::new(cells)
        }
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
        Kpi::Load => 8,
        _ => 7,
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
