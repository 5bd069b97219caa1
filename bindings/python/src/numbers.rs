//! Numbers and seconds as arguments: single ones, or columns of any kind.

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyString};

use crate::column::{Answers, arrays, is_column, listed};
use crate::errors::{Failure, Result};
use crate::given::{Duration, convert, wrong_type};
use crate::output::AnyColumn;

/// A number, or one for each row.
#[derive(Clone, Debug)]
pub(crate) enum Numbers {
    One(f64),
    Rows(Vec<f64>),
}

impl Numbers {
    /// The number of a row.
    pub(crate) fn at(&self, row: usize) -> f64 {
        match self {
            Self::One(value) => *value,
            Self::Rows(values) => values[row],
        }
    }

    /// The numbers of all rows.
    pub(crate) fn spread(self, rows: usize) -> Vec<f64> {
        match self {
            Self::One(value) => vec![value; rows],
            Self::Rows(values) => values,
        }
    }

    /// The number, if it is one for all rows.
    pub(crate) fn single(&self) -> Option<f64> {
        match self {
            Self::One(value) => Some(*value),
            Self::Rows(_) => None,
        }
    }
}

/// How many rows the arguments have, and the first that is a column.
#[derive(Default)]
pub(crate) struct Rows<'py> {
    first: Option<(Bound<'py, PyAny>, usize)>,
}

impl<'py> Rows<'py> {
    /// Reads an argument; columns must all have the same length.
    pub(crate) fn read(&mut self, argument: &str, given: &Figures<'py>) -> Result<Numbers> {
        self.take(argument, &given.0, number)
    }

    /// Reads an argument of durations, as seconds.
    pub(crate) fn seconds(&mut self, argument: &str, given: &Seconds<'py>) -> Result<Numbers> {
        self.take(argument, &given.0, seconds)
    }

    fn take(
        &mut self,
        argument: &str,
        value: &Bound<'py, PyAny>,
        one: fn(&str, &Bound<'py, PyAny>) -> Result<f64>,
    ) -> Result<Numbers> {
        if !is_column(value)? {
            return Ok(Numbers::One(one(argument, value)?));
        }
        let numbers = column(argument, value, one)?;
        let rows = numbers.len();
        match &self.first {
            None => self.first = Some((value.clone(), rows)),
            Some((_, known)) if *known != rows => {
                let message =
                    format!("argument {argument} has {rows} rows, but another column has {known}");
                return Err(Failure::new("columns.length_mismatch", message));
            }
            Some(_) => {}
        }
        Ok(Numbers::Rows(numbers))
    }

    /// How many rows there are; one if no argument is a column.
    pub(crate) fn count(&self) -> usize {
        self.first.as_ref().map_or(1, |(_, rows)| *rows)
    }

    /// Whether an argument is a column.
    pub(crate) fn is_column(&self) -> bool {
        self.first.is_some()
    }

    /// The answers in the kind of the first column, or the only one as a number.
    pub(crate) fn answer(&self, py: Python<'py>, answers: &Answers) -> PyResult<AnyColumn<'py>> {
        if let Some((given, _)) = &self.first {
            return answers.like(given, None);
        }
        let only = match answers {
            Answers::Wholes(values) => values.first().into_pyobject(py)?,
            Answers::Floats(values) => values.first().copied().flatten().into_pyobject(py)?,
            _ => py.None().into_bound(py),
        };
        Ok(AnyColumn(only))
    }
}

macro_rules! arguments {
    ($($(#[$docs:meta])* $name:ident = $hint:literal;)*) => {$(
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
    )*};
}

arguments! {
    /// A number, or a column of numbers.
    Figures = "NumberOrColumn";
    /// A duration, or a column of durations or of seconds.
    Seconds = "DurationOrColumn";
}

fn number(argument: &str, value: &Bound<'_, PyAny>) -> Result<f64> {
    let is_text = value.is_instance_of::<PyString>() || value.is_instance_of::<PyBool>();
    let number = value.extract::<f64>().ok().filter(|_| !is_text);
    number.ok_or_else(|| wrong_type(argument, "a number, or a column of numbers", value))
}

fn seconds(argument: &str, value: &Bound<'_, PyAny>) -> Result<f64> {
    if !value.is_instance_of::<PyString>()
        && let Ok(seconds) = number(argument, value)
    {
        return Ok(seconds);
    }
    let Duration(long) = convert(argument, value)?;
    Ok(long.as_seconds_f64())
}

fn column<'py>(
    argument: &str,
    value: &Bound<'py, PyAny>,
    one: fn(&str, &Bound<'py, PyAny>) -> Result<f64>,
) -> Result<Vec<f64>> {
    if let Some(values) = listed(value)? {
        let each = values.iter().enumerate();
        return each
            .map(|(row, value)| one(&format!("{argument}[{row}]"), value))
            .collect();
    }
    let module = value.py().import("floorwalker._columns")?;
    if module.call_method1("is_numpy", (value,))?.is_truthy()? {
        let bytes = module.call_method1("numbers", (value,))?;
        let bytes = bytes.cast::<PyBytes>().map_err(PyErr::from)?;
        let (chunks, _) = bytes.as_bytes().as_chunks::<8>();
        return Ok(chunks
            .iter()
            .map(|bytes| f64::from_ne_bytes(*bytes))
            .collect());
    }
    let mut numbers = Vec::new();
    for array in arrays(argument, value)? {
        floats(argument, &array, &mut numbers)?;
    }
    Ok(numbers)
}

fn floats(argument: &str, array: &ArrayRef, into: &mut Vec<f64>) -> Result<()> {
    if array.null_count() > 0 {
        let empty = (0..array.len()).find(|row| array.is_null(*row));
        let row = into.len() + empty.unwrap_or(0);
        let message = format!("argument {argument} has no value in row {row}");
        return Err(Failure::new("columns.bad_value", message));
    }
    match array.data_type() {
        DataType::Float64 => into.extend(array.as_primitive::<Float64Type>().values()),
        DataType::Float32 => widen::<Float32Type>(array, into, f64::from),
        DataType::Int8 => widen::<Int8Type>(array, into, f64::from),
        DataType::Int16 => widen::<Int16Type>(array, into, f64::from),
        DataType::Int32 => widen::<Int32Type>(array, into, f64::from),
        DataType::UInt8 => widen::<UInt8Type>(array, into, f64::from),
        DataType::UInt16 => widen::<UInt16Type>(array, into, f64::from),
        DataType::UInt32 => widen::<UInt32Type>(array, into, f64::from),
        #[allow(
            clippy::cast_precision_loss,
            reason = "numbers of calls are far below 2^53"
        )]
        DataType::Int64 => widen::<Int64Type>(array, into, |value| value as f64),
        #[allow(
            clippy::cast_precision_loss,
            reason = "numbers of calls are far below 2^53"
        )]
        DataType::UInt64 => widen::<UInt64Type>(array, into, |value| value as f64),
        #[allow(
            clippy::cast_precision_loss,
            reason = "milliseconds of a duration are below 2^53"
        )]
        DataType::Duration(_) => {
            let ms = floorwalker_arrow::durations(argument, array)?;
            into.extend(ms.into_iter().map(|ms| ms as f64 / 1000.0));
        }
        other => {
            let message = format!("argument {argument} must be a column of numbers, given {other}");
            return Err(Failure::new("argument.type", message));
        }
    }
    Ok(())
}

fn widen<T: ArrowPrimitiveType>(array: &ArrayRef, into: &mut Vec<f64>, wide: fn(T::Native) -> f64) {
    into.extend(
        array
            .as_primitive::<T>()
            .values()
            .iter()
            .map(|value| wide(*value)),
    );
}
