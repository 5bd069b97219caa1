//! The one error type of the readers.
//!
//! An [`Error`] means that nothing could be read: a file that cannot be opened, a
//! table without a needed column, a saved state that is none. Whatever is odd but
//! readable is a [finding](crate::Finding).

use std::fmt;

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why nothing could be read.
///
/// ```
/// use floorwalker_acd::table;
///
/// let error = table::read_queue_log(&b"id,time,callid\n"[..], &Default::default()).unwrap_err();
/// assert_eq!(error.code(), "table.missing_column");
/// assert!(error.to_string().contains("queuename is missing"), "{error}");
/// ```
#[derive(Clone, PartialEq)]
pub struct Error(Box<ErrorKind>);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("{path} cannot be read: {why}")]
    Read { path: String, why: String },
    #[error("reading was stopped")]
    Stopped,
    #[error("column {column} is missing: the table has {}", listed(.present))]
    MissingColumn {
        column: String,
        present: Vec<String>,
    },
    #[error("the table cannot be read: {0}")]
    Table(String),
    #[error("the column map is not valid: {0}")]
    Map(String),
    #[error("the saved state is not valid: {0}")]
    State(String),
    #[error("the table cannot be written: {0}")]
    Write(String),
    #[error("{0}")]
    Library(floorwalker::Error),
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
            ErrorKind::Read { .. } => "read.failed",
            ErrorKind::Stopped => "read.stopped",
            ErrorKind::MissingColumn { .. } => "table.missing_column",
            ErrorKind::Table(_) => "table.unreadable",
            ErrorKind::Map(_) => "map.invalid",
            ErrorKind::State(_) => "state.invalid",
            ErrorKind::Write(_) => "write.failed",
            ErrorKind::Library(error) => error.code(),
        }
    }

    /// Whether a table lacks a column that is needed.
    #[must_use]
    pub fn is_missing_column(&self) -> bool {
        matches!(*self.0, ErrorKind::MissingColumn { .. })
    }

    /// Whether a file could not be opened or read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        matches!(*self.0, ErrorKind::Read { .. })
    }

    pub(crate) fn read(path: impl fmt::Display, why: impl fmt::Display) -> Self {
        ErrorKind::Read {
            path: path.to_string(),
            why: why.to_string(),
        }
        .into()
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
