//! Expected tables: CSV with a header, read whole, compared cell by cell.

use std::collections::HashMap;
use std::path::Path;

use floorwalker::units::Fraction;

/// A table as text.
pub(super) struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let explain = |error: csv::Error| format!("{}: {error}", path.display());
        let mut reader = csv::Reader::from_path(path).map_err(explain)?;
        let header = reader.headers().map_err(explain)?.clone();
        let columns = header
            .iter()
            .enumerate()
            .map(|(at, name)| (name.to_owned(), at))
            .collect();
        let rows = reader
            .records()
            .map(|record| record.map(|fields| fields.iter().map(str::to_owned).collect()))
            .collect::<Result<_, _>>()
            .map_err(explain)?;
        Ok(Self { columns, rows })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|fields| Row {
            table: self,
            fields,
        })
    }
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    fields: &'a [String],
}

impl<'a> Row<'a> {
    /// A cell; empty if the table has no such column.
    pub(super) fn get(&self, column: &str) -> &'a str {
        self.table
            .columns
            .get(column)
            .and_then(|&at| self.fields.get(at))
            .map_or("", String::as_str)
    }

    /// The names and cells of the row, in the order of the columns.
    pub(super) fn cells(&self) -> Vec<(&'a str, &'a str)> {
        let mut names: Vec<(&str, usize)> = self
            .table
            .columns
            .iter()
            .map(|(name, &at)| (name.as_str(), at))
            .collect();
        names.sort_by_key(|&(_, at)| at);
        names
            .into_iter()
            .map(|(name, at)| (name, self.fields[at].as_str()))
            .collect()
    }
}

/// What a column should hold.
pub(super) enum Actual {
    /// A whole number.
    Count(u64),
    /// A number or nothing, with this many digits after the point.
    Number(Option<Fraction>, u32),
}

/// Compares a printed cell with what came out. Counts must be equal;
/// fractions are rounded exactly as the cell was printed and may differ in the
/// last digit only.
pub(super) fn compare(cell: &str, actual: &Actual) -> Result<(), String> {
    let given = match actual {
        Actual::Count(count) => count.to_string(),
        Actual::Number(None, _) => String::new(),
        Actual::Number(Some(exact), digits) => exact.to_decimal(*digits).to_string(),
    };
    let same = cell == given
        || matches!(actual, Actual::Number(Some(_), digits) if last_digit_apart(cell, &given, *digits));
    if same {
        Ok(())
    } else {
        Err(format!("expected {cell:?}, got {given:?}"))
    }
}

fn last_digit_apart(cell: &str, given: &str, digits: u32) -> bool {
    let (Ok(cell), Ok(given)) = (cell.parse::<f64>(), given.parse::<f64>()) else {
        return false;
    };
    (cell - given).abs() <= 1.01 * 10_f64.powi(-i32::try_from(digits).unwrap_or(0))
}
