//! The one error type of this crate.

use std::fmt;

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a table could not be read or written.
///
/// ```
/// use floorwalker_arrow::ColumnMap;
///
/// let error = ColumnMap::legs().map("arived", Some("start")).unwrap_err();
/// assert_eq!(error.code(), "name.unknown");
/// assert!(error.to_string().contains("arrived"), "{error}");
/// ```
#[derive(Clone, PartialEq)]
pub struct Error(Box<ErrorKind>);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("{0}")]
    Library(floorwalker::Error),
    #[error("column {column} is missing{}: the table has {}", named(.column, .needed_for), listed(.present))]
    MissingColumn {
        column: String,
        needed_for: String,
        present: Vec<String>,
    },
    #[error("{column} holds {given}, but {allowed}")]
    ColumnType {
        column: String,
        given: String,
        allowed: &'static str,
    },
    #[error("{column}, row {row}: {why}, given {given:?}")]
    ColumnValue {
        column: String,
        row: usize,
        why: String,
        given: String,
    },
    #[error("no column of {what} is called {given:?}: there are {}", .known.join(", "))]
    UnknownRole {
        what: &'static str,
        given: String,
        known: Vec<String>,
    },
    #[error("the state is not valid: {0}")]
    State(String),
    #[error("the table is not valid: {0}")]
    Table(String),
    #[error("{0}")]
    Conflict(String),
    #[error("a figure about a person is refused: {0}")]
    Refused(&'static str),
    #[error("the work was stopped")]
    Stopped,
}

fn named(column: &str, needed_for: &str) -> String {
    if needed_for.is_empty() || needed_for == column {
        String::new()
    } else {
        format!(" (it should hold {needed_for})")
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [] => "no columns".to_owned(),
        names => names.join(", "),
    }
}

impl Error {
    /// A stable code for programs, the same in every language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &*self.0 {
            ErrorKind::Library(error) => error.code(),
            ErrorKind::MissingColumn { .. } => "columns.missing",
            ErrorKind::ColumnType { .. } => "columns.bad_type",
            ErrorKind::ColumnValue { .. } => "columns.bad_value",
            ErrorKind::UnknownRole { .. } => "name.unknown",
            ErrorKind::State(_) => "state.invalid",
            ErrorKind::Table(_) => "table.invalid",
            ErrorKind::Conflict(_) => "options.conflict",
            ErrorKind::Refused(_) => "policy.refused",
            ErrorKind::Stopped => "stopped",
        }
    }

    /// The same error about data of which `rows` rows came before.
    #[must_use]
    pub fn after_rows(mut self, rows: usize) -> Self {
        match &mut *self.0 {
            ErrorKind::ColumnValue { row, .. } => *row = row.saturating_add(rows),
            ErrorKind::Library(error) => *error = error.clone().after_rows(rows),
            _ => {}
        }
        self
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl From<floorwalker::Error> for Error {
    fn from(error: floorwalker::Error) -> Self {
        ErrorKind::Library(error).into()
    }
}

impl From<arrow_schema::ArrowError> for Error {
    fn from(error: arrow_schema::ArrowError) -> Self {
        ErrorKind::Table(error.to_string()).into()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({}: {})", self.code(), self.0)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}
