//! Columns as arguments and as answers: what comes as a column of polars, pandas, numpy or
//! pyarrow goes back as one.

use std::sync::Arc;

use arrow_array::{ArrayRef, DurationMillisecondArray, RecordBatch, TimestampMillisecondArray};
use floorwalker::time::Zone;
use floorwalker_arrow::{NULL_MS, TableBuilder};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDateTime, PyDelta, PyList, PyString, PyTuple};

use crate::errors::{Failure, Result};
use crate::given::{Duration, Instant, convert};
use crate::input;
use crate::output::AnyColumn;
use crate::table::Table;

/// A value, or a column of values, in milliseconds.
pub(crate) enum Slot<'py> {
    One(i64),
    Rows(Vec<i64>, Bound<'py, PyAny>),
}

impl<'py> Slot<'py> {
    /// How many rows there are, if it is a column.
    pub(crate) fn rows(&self) -> Option<usize> {
        match self {
            Self::One(_) => None,
            Self::Rows(rows, _) => Some(rows.len()),
        }
    }

    /// The column as it was given.
    pub(crate) fn given(&self) -> Option<&Bound<'py, PyAny>> {
        match self {
            Self::One(_) => None,
            Self::Rows(_, given) => Some(given),
        }
    }

    /// So many rows, a single value repeated.
    pub(crate) fn spread(self, argument: &str, rows: usize) -> Result<Vec<i64>> {
        match self {
            Self::One(value) => Ok(vec![value; rows]),
            Self::Rows(values, _) if values.len() == rows => Ok(values),
            Self::Rows(values, _) => Err(Failure::new(
                "columns.length_mismatch",
                format!(
                    "argument {argument} has {} rows, but another column has {rows}",
                    values.len()
                ),
            )),
        }
    }
}

macro_rules! slots {
    ($($(#[$docs:meta])* $name:ident = $hint:literal, $kind:ty, $is_column:expr, $ms:expr, $read:expr;)*) => {$(
        $(#[$docs])*
        pub(crate) struct $name<'py>(Bound<'py, PyAny>);

        impl<'a, 'py> FromPyObject<'a, 'py> for $name<'py> {
            type Error = std::convert::Infallible;

            #[cfg(feature = "stubs")]
            const INPUT_TYPE: pyo3::inspect::PyStaticExpr =
                pyo3::type_hint_identifier!("floorwalker._types", $hint);

            fn extract(value: Borrowed<'a, 'py, PyAny>) -> std::result::Result<Self, Self::Error> {
                Ok(Self(value.to_owned()))
            }
        }

        impl<'py> $name<'py> {
            /// The value or the column; local times are read on the clock of `naive`.
            pub(crate) fn read(&self, argument: &str, naive: Option<&Zone>) -> Result<Slot<'py>> {
                if !$is_column(&self.0)? {
                    let value: $kind = convert(argument, &self.0)?;
                    return Ok(Slot::One($ms(value)));
                }
                if let Some(values) = listed(&self.0)? {
                    let each = values.iter().enumerate().map(|(row, value)| {
                        let place = format!("{argument}[{row}]");
                        let value: Option<$kind> = present(value).map(|value| convert(&place, value)).transpose()?;
                        Ok(value.map_or(NULL_MS, $ms))
                    });
                    return Ok(Slot::Rows(each.collect::<Result<_>>()?, self.0.clone()));
                }
                let read: fn(&str, &ArrayRef, Option<&Zone>) -> floorwalker_arrow::Result<Vec<i64>> = $read;
                let mut rows = Vec::new();
                for array in arrays(argument, &self.0)? {
                    let read = read(argument, &array, naive);
                    rows.append(&mut read.map_err(|error| Failure::from(error).about(argument))?);
                }
                Ok(Slot::Rows(rows, self.0.clone()))
            }
        }
    )*};
}

slots! {
    /// An instant, or a column of instants.
    Instants = "InstantOrColumn", Instant, is_column, |Instant(at)| at.timestamp_millis(),
        floorwalker_arrow::instants;
    /// A duration, or a column of durations.
    Durations = "DurationOrColumn", Duration, is_column, |Duration(long)| long.num_milliseconds(),
        |name, array, _| floorwalker_arrow::durations(name, array);
}

/// Whether a value is a column: something to go through, and neither text nor a number.
pub(crate) fn is_column(value: &Bound<'_, PyAny>) -> Result<bool> {
    if value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyDateTime>()
        || value.is_instance_of::<PyDelta>()
    {
        return Ok(false);
    }
    let is_list = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
    for mark in ["__arrow_c_stream__", "__arrow_c_array__", "__array__"] {
        if value.hasattr(mark)? {
            return Ok(!value.hasattr("item")? || value.hasattr("__len__")?);
        }
    }
    Ok(is_list)
}

/// The values of a list.
pub(crate) fn listed<'py>(value: &Bound<'py, PyAny>) -> Result<Option<Vec<Bound<'py, PyAny>>>> {
    if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
        return Ok(None);
    }
    Ok(Some(value.try_iter()?.collect::<PyResult<_>>()?))
}

/// A value that is neither `None` nor "not a time", which differs from itself.
fn present<'a, 'py>(value: &'a Bound<'py, PyAny>) -> Option<&'a Bound<'py, PyAny>> {
    let is_nothing = value.is_none() || value.eq(value).is_ok_and(|same| !same);
    (!is_nothing).then_some(value)
}

/// The column of Python as one of Arrow, in pieces.
pub(crate) fn arrays(argument: &str, value: &Bound<'_, PyAny>) -> Result<Vec<ArrayRef>> {
    let module = value.py().import("floorwalker._columns")?;
    let table = module.call_method1("to_table", (value,))?;
    if let Ok((kind, bytes)) = table.extract::<(String, Bound<'_, PyBytes>)>() {
        return Ok(vec![from_bytes(&kind, bytes.as_bytes())]);
    }
    let batches = input::batches(argument, &table)?;
    let columns = batches.iter().map(|batch| match batch.columns() {
        [only] => Ok(only.clone()),
        several => {
            let given = several.len();
            let message =
                format!("argument {argument} must be one column, given a table of {given}");
            Err(Failure::new("argument.type", message))
        }
    });
    columns.collect()
}

/// Milliseconds as numpy has them, where the same number stands for no value.
fn from_bytes(kind: &str, bytes: &[u8]) -> ArrayRef {
    let (chunks, _) = bytes.as_chunks::<8>();
    let values = chunks.iter().map(|chunk| i64::from_ne_bytes(*chunk));
    let values = values.map(|value| Some(value).filter(|value| *value != NULL_MS));
    if kind == "timedelta" {
        Arc::new(values.collect::<DurationMillisecondArray>())
    } else {
        Arc::new(values.collect::<TimestampMillisecondArray>())
    }
}

/// A column of answers.
pub(crate) enum Answers {
    /// Instants, to be shown on the clock of a zone.
    Instants(Vec<i64>, Zone),
    /// Durations.
    Durations(Vec<i64>),
    /// Whether something holds.
    Flags(Vec<Option<bool>>),
    /// Whole numbers.
    Wholes(Vec<u32>),
    /// Numbers; `None` where nothing is defined.
    Floats(Vec<Option<f64>>),
}

impl Answers {
    fn table(&self) -> Result<RecordBatch> {
        let known = |values: &[i64]| {
            let values = values.iter().copied();
            values
                .map(|value| Some(value).filter(|value| *value != NULL_MS))
                .collect::<Vec<_>>()
        };
        let table = TableBuilder::new();
        let table = match self {
            Self::Instants(values, zone) => table.instants("value", zone.name(), known(values)),
            Self::Durations(values) => table.durations("value", known(values)),
            Self::Flags(values) => table.flag("value", values.iter().copied()),
            Self::Wholes(values) => {
                table.whole("value", values.iter().map(|value| Some((*value).into())))
            }
            Self::Floats(values) => table.float("value", values.iter().copied()),
        };
        Ok(table.finish()?)
    }

    /// What numpy reads as it is; instants become local times of `naive`.
    fn bytes(&self, naive: Option<&Zone>) -> (&'static str, Vec<u8>) {
        let flat =
            |values: &mut dyn Iterator<Item = i64>| values.flat_map(i64::to_ne_bytes).collect();
        match self {
            Self::Instants(values, _) => {
                let local = |&ms: &i64| match naive {
                    Some(zone) if ms != NULL_MS => {
                        zone.local_of_ms(ms).and_utc().timestamp_millis()
                    }
                    _ => ms,
                };
                ("datetime64[ms]", flat(&mut values.iter().map(local)))
            }
            Self::Durations(values) => ("timedelta64[ms]", flat(&mut values.iter().copied())),
            Self::Flags(values) => {
                let flags = values.iter().map(|flag| u8::from(*flag == Some(true)));
                ("bool", flags.collect())
            }
            Self::Wholes(values) => {
                let mut wide = values.iter().map(|value| i64::from(*value));
                ("int64", flat(&mut wide))
            }
            Self::Floats(values) => {
                let known = values.iter().map(|value| value.unwrap_or(f64::NAN));
                ("float64", known.flat_map(f64::to_ne_bytes).collect())
            }
        }
    }

    /// A column in the kind of the one that was given.
    ///
    /// Where that has no zones, instants are shown on the clock of `naive`.
    pub(crate) fn like<'py>(
        &self,
        given: &Bound<'py, PyAny>,
        naive: Option<&Zone>,
    ) -> PyResult<AnyColumn<'py>> {
        let py = given.py();
        let module = py.import("floorwalker._columns")?;
        let made = if module.call_method1("is_numpy", (given,))?.is_truthy()? {
            let (kind, bytes) = self.bytes(naive);
            module.call_method1("to_numpy", (kind, PyBytes::new(py, &bytes)))?
        } else {
            module.call_method1("like", (given, Table::from(self.table()?)))?
        };
        Ok(AnyColumn(made))
    }
}
