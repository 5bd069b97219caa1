//! A log in columns.

use std::collections::BTreeMap;

use super::case_log::{LogCase, LogEntry};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{ActorId, CaseId, Label};
use crate::time::instant;

/// A log of tickets in borrowed columns, one row for each change of a case.
///
/// Rows may come in any order; the rows of a case are put in order of time, of two at the
/// same instant the one that comes first in the log.
#[derive(Clone, Copy, Debug)]
pub struct LogColumns<'a> {
    /// The number of the case.
    pub case: &'a [&'a str],
    /// When, in milliseconds since 1970.
    pub at_ms: &'a [i64],
    /// The state after the row, or the activity: the words that
    /// [`Meanings`](super::Meanings) explains.
    pub word: &'a [&'a str],
    /// Who has it, a person or a group; blank if nobody.
    pub actor: Option<&'a [&'a str]>,
    /// Its priority; blank if none.
    pub priority: Option<&'a [&'a str]>,
}

impl LogColumns<'_> {
    /// The cases of the log, in the order in which their numbers sort.
    ///
    /// # Errors
    /// `columns.length_mismatch` if columns differ in length; `columns.bad_value` with
    /// the row if a number or a word is no identifier or an instant is outside years 1
    /// to 9999.
    pub fn cases(&self) -> Result<Vec<LogCase>> {
        self.check_lengths()?;
        let mut cases: BTreeMap<CaseId, Vec<LogEntry>> = BTreeMap::new();
        for row in 0..self.case.len() {
            let id = at_row("case", row, self.case[row], CaseId::new)?;
            let entry = self.entry(row)?;
            cases.entry(id).or_default().push(entry);
        }
        Ok(cases
            .into_iter()
            .filter_map(|(id, entries)| LogCase::new(id, entries))
            .collect())
    }

    fn check_lengths(&self) -> Result<()> {
        let expected = self.case.len();
        let optional = |column: Option<&[&str]>| column.map_or(expected, <[&str]>::len);
        let lengths = [
            ("at", self.at_ms.len()),
            ("word", self.word.len()),
            ("actor", optional(self.actor)),
            ("priority", optional(self.priority)),
        ];
        let wrong = lengths.into_iter().find(|(_, given)| *given != expected);
        wrong.map_or(Ok(()), |(column, given)| {
            Err(ErrorKind::ColumnLength {
                column,
                given,
                reference: "case",
                expected,
            }
            .into())
        })
    }

    fn entry(&self, row: usize) -> Result<LogEntry> {
        let at_ms = self.at_ms[row];
        if instant(at_ms).is_none() {
            let why = "an instant lies within years 1 to 9999";
            return Err(ErrorKind::ColumnValue {
                column: "at",
                row,
                why,
                given: at_ms.to_string(),
            }
            .into());
        }
        let filled = |column: Option<&[&str]>| {
            column
                .map(|column| column[row].to_owned())
                .filter(|text| !text.trim().is_empty())
        };
        let (actor, priority) = (filled(self.actor), filled(self.priority));
        Ok(LogEntry {
            at_ms,
            word: at_row("word", row, self.word[row], Label::new)?,
            actor: actor
                .map(|text| at_row("actor", row, &text, ActorId::new))
                .transpose()?,
            priority: priority
                .map(|text| at_row("priority", row, &text, Label::new))
                .transpose()?,
        })
    }
}

/// Makes an identifier; the error names column and row.
fn at_row<T>(
    column: &'static str,
    row: usize,
    text: &str,
    make: impl Fn(String) -> Result<T>,
) -> Result<T> {
    make(text.to_owned()).map_err(|_| {
        let why = "a name has 1 to 256 bytes and no control characters";
        let given = text.chars().take(40).collect();
        Error::from(ErrorKind::ColumnValue {
            column,
            row,
            why,
            given,
        })
    })
}
