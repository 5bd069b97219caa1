//! Reading data files.

use serde::de::DeserializeOwned;

use crate::error::{ErrorKind, Result};

/// Reads JSON; the error names the line and the column.
pub(super) fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let why = error.to_string();
        let end = why.rfind(" at line ").unwrap_or(why.len());
        ErrorKind::Data {
            what,
            line,
            column,
            why: why[..end].to_owned(),
        }
        .into()
    })
}
