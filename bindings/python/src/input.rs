//! Tables as arguments: anything with the Arrow interface, lists of such, columns of plain Python.

mod plain;

use std::path::PathBuf;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::capsule::Stream;
use crate::errors::{Failure, Result};
use crate::given::wrong_type;
use crate::log::PyQueueLog;

const ALLOWED: &str = "a table with the Arrow interface (of polars, pandas, pyarrow, duckdb, ...), \
                       a Parquet file, a list of these, or a dict of columns";

/// A table, or several one after the other, as it was given.
pub(crate) struct GivenTable<'py>(Bound<'py, PyAny>);

impl<'a, 'py> FromPyObject<'a, 'py> for GivenTable<'py> {
    type Error = std::convert::Infallible;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr =
        pyo3::type_hint_identifier!("floorwalker._types", "IntoTable");

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> std::result::Result<Self, Self::Error> {
        Ok(Self(value.to_owned()))
    }
}

impl<'py> GivenTable<'py> {
    /// The log, if that is what was given.
    pub(crate) fn log(&self) -> Option<Bound<'py, PyQueueLog>> {
        self.0.cast::<PyQueueLog>().ok().cloned()
    }

    /// The file, if the name of one was given that is no Parquet file.
    pub(crate) fn file(&self) -> Result<Option<PathBuf>> {
        if !self.0.is_instance_of::<PyString>() && !self.0.hasattr("__fspath__")? {
            return Ok(None);
        }
        let path: PathBuf = self.0.extract()?;
        let kind = path
            .extension()
            .map(|kind| kind.to_string_lossy().to_lowercase());
        let is_table = matches!(kind.as_deref(), Some("parquet" | "pq"));
        Ok((!is_table).then_some(path))
    }

    /// The batches of the table, in their order.
    pub(crate) fn batches(&self, argument: &str) -> Result<Vec<RecordBatch>> {
        batches(argument, &self.0)
    }
}

/// The batches of a table, in their order.
pub(crate) fn batches(argument: &str, table: &Bound<'_, PyAny>) -> Result<Vec<RecordBatch>> {
    let mut batches = Vec::new();
    collect(argument, table, &mut batches)?;
    Ok(batches)
}

fn collect(argument: &str, value: &Bound<'_, PyAny>, into: &mut Vec<RecordBatch>) -> Result<()> {
    let py = value.py();
    if let Some(mut stream) = Stream::of(value)? {
        let before = into.len();
        while let Some(batch) = stream.next(py)? {
            into.push(batch);
            py.check_signals()?;
        }
        if into.len() == before {
            // A table without rows may come without a batch; it still has columns.
            into.push(RecordBatch::new_empty(stream.schema()));
        }
        return Ok(());
    }
    if let Ok(columns) = value.cast::<PyDict>() {
        into.push(plain::batch(argument, columns)?);
        return Ok(());
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value
            .try_iter()?
            .try_for_each(|one| collect(argument, &one?, into));
    }
    if value.is_instance_of::<PyString>() || value.hasattr("__fspath__")? {
        let opened = py
            .import("floorwalker._files")?
            .call_method1("open_table", (value,))?;
        return collect(argument, &opened, into);
    }
    if value.hasattr("collect")? {
        let message = format!(
            "argument {argument} is a query that has not run ({}): give its result, `.collect()`",
            value.get_type()
        );
        return Err(Failure::new("argument.type", message));
    }
    Err(wrong_type(argument, ALLOWED, value))
}
