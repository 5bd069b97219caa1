//! Why a log cannot be read at all.

/// Why no answer could be made from a log.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The map is not JSON of its form.
    #[error("the map cannot be read: {0}")]
    Map(#[from] serde_json::Error),
    /// The map names a column that the log does not have.
    #[error("the log has no column {name:?}; it has {}", .known.join(", "))]
    Column {
        /// The column.
        name: String,
        /// The columns of the log.
        known: Vec<String>,
    },
    /// The map lacks a column that its shape needs.
    #[error("a log of the shape {shape} needs the column for {what} in its map")]
    Incomplete {
        /// The shape.
        shape: &'static str,
        /// What the column is for.
        what: &'static str,
    },
    /// The text is no CSV.
    #[error("the log is no table: {0}")]
    Table(#[from] csv::Error),
    /// Something is no value of the library, such as a zone.
    #[error(transparent)]
    Value(#[from] floorwalker::Error),
}

impl ReadError {
    /// A stable code for programs, such as `cases.no_column`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Map(_) => "cases.map",
            Self::Column { .. } => "cases.no_column",
            Self::Incomplete { .. } => "cases.map_incomplete",
            Self::Table(_) => "cases.table",
            Self::Value(error) => error.code(),
        }
    }
}
