//! The bridge of columns: tables of others in, own tables out, without a copy.
//!
//! This is the Arrow PyCapsule interface: an object lends a pointer to a stream of
//! batches, wrapped in a capsule with an agreed name. It is the only place of the
//! binding that touches a raw pointer.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, Schema};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::errors::{Failure, Result};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// A stream of batches that another library lends.
pub(crate) struct Stream {
    reader: RecordBatchStreamReader,
}

impl Stream {
    /// The stream of an object that has one; `None` if it has no such method.
    pub(crate) fn of(object: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let method = "__arrow_c_stream__";
        if !object.hasattr(method)? {
            return Ok(None);
        }
        let capsule = object.call_method0(method)?;
        let capsule = capsule.cast::<PyCapsule>().map_err(PyErr::from)?;
        Self::of_capsule(capsule).map(Some)
    }

    #[allow(
        unsafe_code,
        reason = "the interface is a pointer to a structure of C; it is moved out once, behind its name"
    )]
    fn of_capsule(capsule: &Bound<'_, PyCapsule>) -> Result<Self> {
        let pointer = capsule.pointer_checked(Some(STREAM))?;
        let pointer = pointer.cast::<FFI_ArrowArrayStream>().as_ptr();
        // SAFETY: a capsule of this name holds a pointer to a stream that stays valid while the
        // capsule lives, as the interface demands. The stream is moved out of it and marked as
        // released there, so that nobody else releases it.
        let reader = unsafe { RecordBatchStreamReader::from_raw(pointer) };
        let reader = reader.map_err(|error| invalid(&error))?;
        Ok(Self { reader })
    }

    /// The next batch. The producer may need the interpreter, so its lock is released meanwhile.
    pub(crate) fn next(&mut self, py: Python<'_>) -> Result<Option<RecordBatch>> {
        let batch = py.detach(|| self.reader.next()).transpose();
        batch.map_err(|error| invalid(&error))
    }

    pub(crate) fn schema(&self) -> Arc<Schema> {
        self.reader.schema()
    }
}

fn invalid(error: &ArrowError) -> Failure {
    Failure::new(
        "table.invalid",
        format!("the table cannot be read: {error}"),
    )
}

/// A capsule with a stream of these batches.
pub(crate) fn lend<'py>(
    py: Python<'py>,
    schema: Arc<Schema>,
    batches: Vec<RecordBatch>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// A capsule with a schema.
pub(crate) fn lend_schema<'py>(
    py: Python<'py>,
    schema: &Schema,
) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|error| PyErr::from(invalid(&error)))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
