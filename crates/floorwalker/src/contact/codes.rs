//! Columns of names kept as codes into a short list, the way dictionaries come.

use super::column::{Column, TimeUnit};
use crate::error::{Error, ErrorKind};

/// A borrowed column of codes and the terms the codes stand for.
///
/// Row `r` means `terms[codes[r]]`. Several codes may stand for the same term.
/// A code beyond the list, or a null where a term is needed, is refused when
/// the columns are checked.
#[derive(Clone, Debug)]
pub struct Codes<'a, T> {
    codes: Column<'a>,
    terms: Vec<T>,
}

impl<'a, T> Codes<'a, T> {
    /// Takes `codes` as indices into `terms`; a unit of the column means nothing here.
    pub fn new(codes: Column<'a>, terms: impl Into<Vec<T>>) -> Self {
        Self {
            codes: codes.with_unit(TimeUnit::Milli),
            terms: terms.into(),
        }
    }

    /// The column of codes.
    #[must_use]
    pub fn column(&self) -> Column<'a> {
        self.codes
    }

    /// The terms, by code.
    #[must_use]
    pub fn terms(&self) -> &[T] {
        &self.terms
    }

    /// The term of `code`.
    ///
    /// # Errors
    /// `columns.bad_value` if there is none.
    pub(crate) fn check(&self, column: &'static str, row: usize, code: i64) -> Result<(), Error> {
        match usize::try_from(code) {
            Ok(index) if index < self.terms.len() => Ok(()),
            _ => Err(ErrorKind::ColumnValue {
                column,
                row,
                why: "a code without a term in the list",
                given: code.to_string(),
            }
            .into()),
        }
    }
}
