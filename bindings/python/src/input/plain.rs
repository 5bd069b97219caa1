//! Columns of plain Python objects, for small data and for examples.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, DurationMillisecondArray, Float64Array, Int64Array, NullArray,
    RecordBatch, StringArray, TimestampMillisecondArray,
};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDateTime, PyDelta, PyDict, PyString};

use crate::errors::{Failure, Result};
use crate::given::{Argument, Duration, Instant, wrong_type};

/// A dict of columns as one batch.
pub(super) fn batch(argument: &str, columns: &Bound<'_, PyDict>) -> Result<RecordBatch> {
    let mut arrays: Vec<(String, ArrayRef)> = Vec::new();
    for (name, values) in columns.iter() {
        let name = name
            .extract::<String>()
            .map_err(|_| wrong_type(argument, "a dict from names of columns to columns", &name))?;
        let place = format!("{argument}[{name:?}]");
        let array = column(&place, &values)?;
        if let Some((first, known)) = arrays.first()
            && known.len() != array.len()
        {
            let message = format!(
                "argument {argument}: column {name} has {} rows, but column {first} has {}",
                array.len(),
                known.len()
            );
            return Err(Failure::new("columns.length_mismatch", message));
        }
        arrays.push((name, array));
    }
    if arrays.is_empty() {
        let message = format!("argument {argument} has no columns");
        return Err(Failure::new("columns.missing", message));
    }
    let made = RecordBatch::try_from_iter_with_nullable(
        arrays.into_iter().map(|(name, array)| (name, array, true)),
    );
    made.map_err(|error| Failure::new("table.invalid", error.to_string()))
}

/// One column; its kind is that of its first value.
fn column(place: &str, values: &Bound<'_, PyAny>) -> Result<ArrayRef> {
    const ALLOWED: &str = "a list of texts, instants, timedeltas, numbers, true and false, or None";
    let is_text = values.is_instance_of::<PyString>();
    let values: Vec<Bound<'_, PyAny>> = match values.try_iter() {
        Ok(each) if !is_text => each.collect::<PyResult<_>>()?,
        _ => return Err(wrong_type(place, ALLOWED, values)),
    };
    let values: Vec<Option<&Bound<'_, PyAny>>> = values
        .iter()
        .map(|value| Some(value).filter(|value| !is_nothing(value)))
        .collect();
    let Some(first) = values.iter().flatten().next() else {
        return Ok(Arc::new(NullArray::new(values.len())));
    };
    let array: ArrayRef = if first.is_instance_of::<PyString>() {
        Arc::new(
            all::<String, _>(place, &values, |value| value.extract())?
                .into_iter()
                .collect::<StringArray>(),
        )
    } else if first.is_instance_of::<PyBool>() {
        Arc::new(BooleanArray::from(all(place, &values, |value| {
            value.extract()
        })?))
    } else if first.is_instance_of::<PyDateTime>() {
        let at = each(place, &values, |at: Instant| at.0.timestamp_millis())?;
        Arc::new(TimestampMillisecondArray::from(at).with_timezone("UTC"))
    } else if first.is_instance_of::<PyDelta>() {
        let long = each(place, &values, |long: Duration| long.0.num_milliseconds())?;
        Arc::new(DurationMillisecondArray::from(long))
    } else if let Ok(whole) = all::<i64, _>(place, &values, whole_number) {
        Arc::new(Int64Array::from(whole))
    } else {
        Arc::new(Float64Array::from(all(place, &values, |value| {
            value.extract::<f64>()
        })?))
    };
    Ok(array)
}

/// `None`, or what differs from itself: "not a number", "not a time".
fn is_nothing(value: &Bound<'_, PyAny>) -> bool {
    value.is_none() || value.eq(value).is_ok_and(|same| !same)
}

fn whole_number(value: &Bound<'_, PyAny>) -> PyResult<i64> {
    let is_flag = value.is_instance_of::<PyBool>();
    value.extract().and_then(|number| {
        if is_flag {
            Err(pyo3::exceptions::PyTypeError::new_err("no number"))
        } else {
            Ok(number)
        }
    })
}

fn all<T, E>(
    place: &str,
    values: &[Option<&Bound<'_, PyAny>>],
    extract: impl Fn(&Bound<'_, PyAny>) -> std::result::Result<T, E>,
) -> Result<Vec<Option<T>>> {
    let rows = values.iter().enumerate();
    rows.map(|(row, value)| {
        value
            .map(|value| extract(value).map_err(|_| mixed(place, row, value)))
            .transpose()
    })
    .collect()
}

fn each<T: Argument>(
    place: &str,
    values: &[Option<&Bound<'_, PyAny>>],
    number: impl Fn(T) -> i64,
) -> Result<Vec<Option<i64>>> {
    let rows = values.iter().enumerate();
    rows.map(|(row, value)| {
        let Some(value) = value else { return Ok(None) };
        let read = T::read(value).map_err(|failure| failure.about(&format!("{place}[{row}]")))?;
        read.map(|value| Some(number(value)))
            .ok_or_else(|| mixed(place, row, value))
    })
    .collect()
}

fn mixed(place: &str, row: usize, value: &Bound<'_, PyAny>) -> Failure {
    let allowed = "of the same kind as the values before it";
    wrong_type(&format!("{place}[{row}]"), allowed, value)
}
