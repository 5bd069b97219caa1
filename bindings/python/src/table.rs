//! A table of results.

mod cells;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use floorwalker_arrow::{table_from_bytes, table_to_bytes};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::capsule::{lend, lend_schema};
use crate::errors::compute;
use crate::output::{AnyDict, ArrowTable, Capsule, PandasTable, PolarsTable, Text, shown};

/// A table of results, in columns.
///
/// It is a table for every library with the Arrow interface: give it to ``polars.DataFrame``,
/// ``pyarrow.table`` or a query of duckdb as it is, or turn it with one of its methods.
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> ten = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)
/// >>> legs = {"queue": ["sales"], "arrived": [ten], "wait_s": [12]}
/// >>> table = fw.service_levels(legs, every="day", zone="UTC", rules="offered(20s)").table()
/// >>> len(table), table.column_names[:3]
/// (1, ['queue', 'start', 'end'])
/// >>> table.to_dicts()[0]["value"]
/// 1.0
#[pyclass(frozen, module = "floorwalker")]
pub(crate) struct Table {
    schema: Arc<Schema>,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) fn new(schema: Arc<Schema>, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }

    pub(crate) fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    pub(crate) fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }
}

impl From<RecordBatch> for Table {
    fn from(batch: RecordBatch) -> Self {
        Self::new(batch.schema(), vec![batch])
    }
}

#[pymethods]
impl Table {
    /// The Arrow interface: a stream of batches. ``requested_schema`` is ignored.
    #[pyo3(signature = (requested_schema = None))]
    pub(crate) fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Capsule<'py>> {
        drop(requested_schema);
        let stream = lend(py, self.schema.clone(), self.batches.clone())?;
        Ok(Capsule(stream.into_any()))
    }

    /// The Arrow interface: the schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Capsule<'py>> {
        Ok(Capsule(lend_schema(py, &self.schema)?.into_any()))
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.schema
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .collect()
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    /// The rows as dicts of plain Python objects, at most ``limit`` of them.
    ///
    /// Instants are datetimes on the clock that the column is shown on.
    #[pyo3(signature = (limit = None))]
    fn to_dicts<'py>(&self, py: Python<'py>, limit: Option<usize>) -> PyResult<Vec<AnyDict<'py>>> {
        let limit = limit.unwrap_or(usize::MAX).min(self.rows());
        let mut rows = Vec::with_capacity(limit);
        for batch in &self.batches {
            let taken = batch.num_rows().min(limit - rows.len());
            cells::rows(py, &batch.slice(0, taken), &mut rows)?;
        }
        Ok(rows
            .into_iter()
            .map(|row| AnyDict(row.into_any()))
            .collect())
    }

    /// The table as a ``polars.DataFrame``.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<PolarsTable<'py>> {
        shown(slf, "to_polars").map(PolarsTable)
    }

    /// The table as a ``pandas.DataFrame``.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<PandasTable<'py>> {
        shown(slf, "to_pandas").map(PandasTable)
    }

    /// The table as a ``pyarrow.Table``.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<ArrowTable<'py>> {
        shown(slf, "to_arrow").map(ArrowTable)
    }

    fn __repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<Text<'py>> {
        shown(slf, "text").map(Text)
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Text<'py>> {
        shown(slf, "html").map(Text)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| self.holds_the_same(other.get()))
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.column_names().hash(&mut hasher);
        self.rows().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let (py, table) = (slf.py(), slf.get());
        let bytes = compute(py, || Ok(table_to_bytes(&table.schema, &table.batches)?))?;
        let rebuild = slf.get_type().getattr("_from_bytes")?;
        Ok((rebuild, (PyBytes::new(py, &bytes),)))
    }

    /// What pickle calls.
    #[staticmethod]
    fn _from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let (schema, batches) = compute(py, || Ok(table_from_bytes(data)?))?;
        Ok(Self::new(schema, batches))
    }
}

impl Table {
    /// Whether columns and rows are the same, however they are cut into batches.
    pub(crate) fn holds_the_same(&self, other: &Self) -> bool {
        if self.schema != other.schema || self.rows() != other.rows() {
            return false;
        }
        let mut pieces = [pieces(self), pieces(other)];
        let [mine, theirs] = &mut pieces;
        let mut open: (Option<RecordBatch>, Option<RecordBatch>) = (mine.next(), theirs.next());
        while let (Some(a), Some(b)) = &open {
            let rows = a.num_rows().min(b.num_rows());
            if a.slice(0, rows) != b.slice(0, rows) {
                return false;
            }
            let rest = |batch: &RecordBatch| {
                let left = batch.num_rows() - rows;
                (left > 0).then(|| batch.slice(rows, left))
            };
            let (rest_a, rest_b) = (rest(a), rest(b));
            open = (
                rest_a.or_else(|| mine.next()),
                rest_b.or_else(|| theirs.next()),
            );
        }
        true
    }
}

fn pieces(table: &Table) -> impl Iterator<Item = RecordBatch> {
    let filled = table.batches.iter().filter(|batch| batch.num_rows() > 0);
    filled.cloned()
}
