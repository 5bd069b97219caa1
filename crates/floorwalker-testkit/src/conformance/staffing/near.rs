//! Comparing numbers within a stated tolerance, and saying which was wrong.

use super::super::table::Row;

/// How far a number may be from the expected one.
#[derive(Clone, Copy)]
pub(super) enum Within {
    /// Relative, plus nothing; values below 1e-300 may come out as 0.
    Relative(f64),
    Absolute(f64),
    /// Relative 1e-9 plus 1e-12.
    Wait,
}

/// A cell as a number.
pub(super) fn number(row: Row<'_>, column: &str) -> Result<f64, String> {
    let cell = row.get(column);
    cell.parse()
        .map_err(|_| format!("{column}: {cell:?} is no number"))
}

/// Compares one number with a cell.
pub(super) fn compare(
    row: Row<'_>,
    column: &str,
    within: Within,
    given: f64,
) -> Result<(), String> {
    near(column, number(row, column)?, within, given)
}

/// Compares one number with another.
pub(super) fn near(what: &str, wanted: f64, within: Within, given: f64) -> Result<(), String> {
    let tolerance = match within {
        Within::Relative(part) => (part * wanted.abs()).max(1e-300),
        Within::Absolute(most) => most,
        Within::Wait => 1e-9 * wanted.abs() + 1e-12,
    };
    if given == wanted || (given - wanted).abs() <= tolerance {
        Ok(())
    } else {
        Err(format!(
            "{what}: expected {wanted:e}, got {given:e}, tolerance {tolerance:e}"
        ))
    }
}

/// Words of an error of the library.
pub(super) fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
