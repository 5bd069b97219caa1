//! The rows of a table as plain Python objects.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    DurationMillisecondType, Float64Type, Int64Type, TimestampMillisecondType,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use chrono::TimeDelta;
use floorwalker::time::instant;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::errors::{Failure, Result};
use crate::given::utc_datetime;
use crate::rule::timedelta;

/// Appends the rows of a batch.
pub(super) fn rows<'py>(
    py: Python<'py>,
    batch: &RecordBatch,
    into: &mut Vec<Bound<'py, PyDict>>,
) -> PyResult<()> {
    let first = into.len();
    into.extend((0..batch.num_rows()).map(|_| PyDict::new(py)));
    let schema = batch.schema();
    for (field, array) in schema.fields().iter().zip(batch.columns()) {
        let values = values(py, array)?;
        for (row, value) in into[first..].iter().zip(values) {
            row.set_item(field.name(), value)?;
        }
    }
    Ok(())
}

/// The values of a column of one of the types that tables of this project have.
fn values<'py>(py: Python<'py>, array: &dyn Array) -> Result<Vec<Bound<'py, PyAny>>> {
    let made: PyResult<Vec<Bound<'py, PyAny>>> = match array.data_type() {
        DataType::Utf8 => each(array.as_string::<i32>().iter(), |text| {
            text.into_bound_py_any(py)
        }),
        DataType::Int64 => each(array.as_primitive::<Int64Type>().iter(), |n| {
            n.into_bound_py_any(py)
        }),
        DataType::Float64 => each(array.as_primitive::<Float64Type>().iter(), |n| {
            n.into_bound_py_any(py)
        }),
        DataType::Boolean => each(array.as_boolean().iter(), |flag| flag.into_bound_py_any(py)),
        DataType::Timestamp(TimeUnit::Millisecond, Some(zone)) => {
            let clock = clock(py, zone)?;
            let shown = |ms: i64| {
                let at = instant(ms).ok_or_else(|| out_of_range(ms))?;
                let utc = utc_datetime(py, at)?;
                utc.call_method1("astimezone", (&clock,))
            };
            let column = array.as_primitive::<TimestampMillisecondType>();
            each(column.iter(), |ms| {
                ms.map(shown).transpose()?.into_bound_py_any(py)
            })
        }
        DataType::Duration(TimeUnit::Millisecond) => {
            let column = array.as_primitive::<DurationMillisecondType>();
            each(column.iter(), |ms| {
                ms.map(|ms| timedelta(py, TimeDelta::milliseconds(ms)))
                    .transpose()?
                    .into_bound_py_any(py)
            })
        }
        DataType::Dictionary(..) => return coded(py, array),
        DataType::List(_) => {
            let lists = array.as_list::<i32>();
            each(lists.iter(), |list| match list {
                None => Ok(py.None().into_bound(py)),
                Some(list) => Ok(PyList::new(py, values(py, &list)?)?.into_any()),
            })
        }
        DataType::Struct(fields) => {
            let structure = array.as_struct();
            let made: Vec<Bound<'py, PyDict>> = (0..array.len()).map(|_| PyDict::new(py)).collect();
            for (field, column) in fields.iter().zip(structure.columns()) {
                for (row, value) in made.iter().zip(values(py, column)?) {
                    row.set_item(field.name(), value)?;
                }
            }
            Ok(made.into_iter().map(Bound::into_any).collect())
        }
        kind => return Err(Failure::new("table.invalid", format!("a column of {kind}"))),
    };
    Ok(made?)
}

/// The values of a column of numbers that stand for terms.
fn coded<'py>(py: Python<'py>, array: &dyn Array) -> Result<Vec<Bound<'py, PyAny>>> {
    let dictionary = array.as_any_dictionary();
    let terms = values(py, dictionary.values())?;
    // Without a term there is no key to be made one.
    let keys = match terms.len() {
        0 => vec![0; array.len()],
        _ => dictionary.normalized_keys(),
    };
    let nothing = py.None().into_bound(py);
    let term = |(row, key): (usize, usize)| match terms.get(key) {
        Some(term) if array.is_valid(row) => term.clone(),
        _ => nothing.clone(),
    };
    Ok(keys.into_iter().enumerate().map(term).collect())
}

fn each<'py, T>(
    values: impl Iterator<Item = Option<T>>,
    make: impl Fn(Option<T>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    values.map(make).collect()
}

fn out_of_range(ms: i64) -> PyErr {
    Failure::new("value.out_of_range", format!("{ms} ms is out of range")).into()
}

/// The time zone of a column as Python has it, UTC where its zone data is not installed.
fn clock<'py>(py: Python<'py>, zone: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("floorwalker._tables")?
        .call_method1("clock", (zone,))
}
