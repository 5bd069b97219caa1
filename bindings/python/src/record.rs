//! Records: plain objects of Python in the shape of JSON, in and out.
//!
//! One way for all of them. What a record may hold is said by the library, whose constructors
//! check it; here only the shapes are changed.

use chrono::NaiveTime;
use floorwalker::complaint::Personal;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyList, PyMapping, PyString, PyTime,
    PyTimeAccess, PyTuple,
};
use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::complaint::PyPersonal;
use crate::errors::{Failure, Result};
use crate::given::{Argument, Duration, Instant, hint, wrong_type};
use crate::output::AnyDict;

const ALLOWED: &str = "plain objects as in JSON: dicts, lists, texts, whole numbers, decimals, \
                       true and false, None, dates, datetimes with a time zone, timedeltas";

/// Any plain object.
pub(crate) struct Plain(pub(crate) Value);

impl Argument for Plain {
    hint!("Record");

    const ALLOWED: &'static str = ALLOWED;

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let mut shape = Shape::default();
        Ok(Some(Self(shape.plain(value)?)))
    }
}

/// How objects of Python become plain ones.
#[derive(Default)]
pub(crate) struct Shape {
    /// Personal data that were among them; in their place are their seals.
    pub(crate) sealed: Vec<Personal>,
    /// Whether instants are written as text; otherwise they are milliseconds.
    pub(crate) in_text: bool,
}

impl Plain {
    /// The object of a text in JSON, if a text was given, otherwise the object itself.
    pub(crate) fn or_json(self) -> Result<Value> {
        match self.0 {
            Value::String(text) => serde_json::from_str(&text).map_err(|error| invalid(&error)),
            value => Ok(value),
        }
    }

    /// The object as a record of the library.
    pub(crate) fn record<T: DeserializeOwned>(self, argument: &str) -> Result<T> {
        let read = self.or_json().and_then(read);
        read.map_err(|failure| failure.about(argument))
    }
}

/// A record of the library, made by its constructor.
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| invalid(&error))
}

fn invalid(error: &serde_json::Error) -> Failure {
    Failure::new("data.invalid", error.to_string())
}

/// A record of the library as JSON has it.
pub(crate) fn value(record: &impl Serialize) -> Result<Value> {
    serde_json::to_value(record).map_err(|error| invalid(&error))
}

/// The text of a record in JSON.
pub(crate) fn text(record: &impl Serialize) -> Result<String> {
    serde_json::to_string(record).map_err(|error| invalid(&error))
}

/// A record of the library as a dict.
pub(crate) fn dict<'py>(py: Python<'py>, record: &impl Serialize) -> PyResult<AnyDict<'py>> {
    Ok(AnyDict(object(py, &value(record)?)?))
}

/// A plain object of Python.
pub(crate) fn object<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(flag) => flag.into_bound_py_any(py),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => whole.into_bound_py_any(py),
            (None, Some(whole)) => whole.into_bound_py_any(py),
            (None, None) => number.as_f64().into_bound_py_any(py),
        },
        Value::String(text) => text.into_bound_py_any(py),
        Value::Array(values) => {
            let values = values.iter().map(|value| object(py, value));
            Ok(PyList::new(py, values.collect::<PyResult<Vec<_>>>()?)?.into_any())
        }
        Value::Object(fields) => {
            let made = PyDict::new(py);
            for (name, value) in fields {
                made.set_item(name, object(py, value)?)?;
            }
            Ok(made.into_any())
        }
    }
}

impl Shape {
    /// A plain object as JSON.
    pub(crate) fn plain(&mut self, value: &Bound<'_, PyAny>) -> Result<Value> {
        if value.is_none() || value.eq(value).is_ok_and(|same| !same) {
            return Ok(Value::Null);
        }
        if let Ok(flag) = value.cast::<PyBool>() {
            return Ok(Value::Bool(flag.is_true()));
        }
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(Value::String(text.to_cow()?.into_owned()));
        }
        if value.is_instance_of::<PyFloat>() {
            let message = format!(
                "a float is not exact, given {value}: give a whole number, a Decimal or a text"
            );
            return Err(Failure::new("argument.type", message));
        }
        if let Some(moment) = self.moment(value)? {
            return Ok(moment);
        }
        if let Ok(personal) = value.cast::<PyPersonal>() {
            let personal = &personal.get().0;
            self.sealed.push(personal.clone());
            return self::value(&personal.seal());
        }
        if let Ok(fields) = value.cast::<PyMapping>() {
            return self.object(fields, false);
        }
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            let values = value.try_iter()?.map(|value| self.plain(&value?));
            return Ok(Value::Array(values.collect::<Result<_>>()?));
        }
        self.scalar(value)
    }

    /// Dates, datetimes, times and durations.
    fn moment(&self, value: &Bound<'_, PyAny>) -> Result<Option<Value>> {
        if value.is_instance_of::<PyDateTime>() {
            let at = Instant::read(value)?;
            return Ok(at.map(|Instant(at)| match self.in_text {
                true => at.to_rfc3339().into(),
                false => at.timestamp_millis().into(),
            }));
        }
        if value.is_instance_of::<PyDate>() {
            return Ok(Some(value.str()?.to_string().into()));
        }
        if value.is_instance_of::<PyDelta>() {
            let long = Duration::read(value)?;
            return Ok(long.map(|Duration(long)| long.num_milliseconds().into()));
        }
        let Ok(time) = value.cast::<PyTime>() else {
            return Ok(None);
        };
        let clock = NaiveTime::from_hms_opt(
            time.get_hour().into(),
            time.get_minute().into(),
            time.get_second().into(),
        );
        Ok(clock.map(|clock| clock.format("%H:%M:%S").to_string().into()))
    }

    /// The fields of an object. An instant in milliseconds or a duration under the name `at` is
    /// given to the record as `at_ms`, unless the whole object is one of milliseconds by other
    /// names.
    fn object(&mut self, fields: &Bound<'_, PyMapping>, of_ms: bool) -> Result<Value> {
        let mut made = Map::new();
        for item in fields.items()?.try_iter()? {
            let (name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item?.extract()?;
            let is_ms = value.is_instance_of::<PyDelta>()
                || value.is_instance_of::<PyDateTime>() && !self.in_text;
            let mut name = key(&name)?;
            if is_ms && !of_ms && !name.ends_with("_ms") {
                name.push_str("_ms");
            }
            let value = match value.cast::<PyMapping>() {
                Ok(inner) if name.ends_with("_ms") => self.object(inner, true)?,
                _ => self.plain(&value)?,
            };
            made.insert(name, value);
        }
        Ok(Value::Object(made))
    }

    /// Numbers of every kind, and what has a plain form of its own.
    fn scalar(&mut self, value: &Bound<'_, PyAny>) -> Result<Value> {
        if value.hasattr("is_signed")? && value.hasattr("as_tuple")? {
            return decimal(value).map(Value::String);
        }
        if value.hasattr("dtype")? && value.hasattr("item")? {
            return self.plain(&value.call_method0("item")?);
        }
        if value.hasattr("to_dict")? {
            return self.plain(&value.call_method0("to_dict")?);
        }
        if value.hasattr("__index__")? {
            if let Ok(whole) = value.extract::<i64>() {
                return Ok(whole.into());
            }
            let whole = value.extract::<u64>().map(Value::from);
            return whole.map_err(|_| {
                let message = format!("a whole number has at most 64 bits, given {value}");
                Failure::new("value.out_of_range", message)
            });
        }
        Err(wrong_type("of a record", ALLOWED, value))
    }
}

fn key(name: &Bound<'_, PyAny>) -> Result<String> {
    if let Ok(text) = name.cast::<PyString>() {
        return Ok(text.to_cow()?.into_owned());
    }
    if name.is_instance_of::<PyDate>() && !name.is_instance_of::<PyDateTime>() {
        return Ok(name.str()?.to_string());
    }
    Err(wrong_type("name of a field", "a text or a date", name))
}

/// A decimal without loss: at most 28 digits, as the library holds them.
fn decimal(value: &Bound<'_, PyAny>) -> Result<String> {
    let text = value.call_method1("__format__", ("f",))?.to_string();
    match Decimal::from_str_exact(&text) {
        Ok(_) => Ok(text),
        Err(_) => Err(Failure::new(
            "value.out_of_range",
            format!("a decimal has at most 28 digits, given {value}"),
        )),
    }
}
