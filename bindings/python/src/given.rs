//! Arguments as they were given, converted by name, so that every error says which one it is about.

mod choices;
mod day;
mod duration;
mod instances;
mod instant;
mod names;
mod ratio;
mod window;

use std::convert::Infallible;
use std::marker::PhantomData;

use pyo3::prelude::*;

pub(crate) use choices::{
    AttributedBy, By, Choice, Cisco, Clock, Closeness, Ends, FromText, JudgedBy, Keep, Restart,
    Rolled, Scope, Spoken, Treated, UnitOf, WaitOf,
};
pub(crate) use day::{Day, py_date};
pub(crate) use duration::Duration;
pub(crate) use instances::{Described, Instance, Words};
pub(crate) use instant::{Instant, local_datetime, parse as parse_instant, utc_datetime};
pub(crate) use names::{Named, Queues, ZoneName};
pub(crate) use ratio::Ratio;
pub(crate) use window::Window;

use crate::errors::{Failure, Result};

/// A kind of argument.
pub(crate) trait Argument: Sized {
    /// Its type in the stubs.
    #[cfg(feature = "stubs")]
    const HINT: pyo3::inspect::PyStaticExpr;

    /// What is allowed, in words.
    const ALLOWED: &'static str;

    /// The value, `None` if it is of the wrong kind.
    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>>;
}

/// An argument that was given and is not yet converted.
pub(crate) struct Given<'py, T> {
    value: Bound<'py, PyAny>,
    kind: PhantomData<T>,
}

impl<T: Argument> Given<'_, T> {
    /// The converted value of the argument with this name.
    pub(crate) fn read(&self, argument: &str) -> Result<T> {
        convert(argument, &self.value)
    }
}

/// A value as an argument with this name.
pub(crate) fn convert<T: Argument>(argument: &str, value: &Bound<'_, PyAny>) -> Result<T> {
    let read = T::read(value).map_err(|failure| failure.about(argument))?;
    read.ok_or_else(|| wrong_type(argument, T::ALLOWED, value))
}

pub(crate) fn wrong_type(argument: &str, allowed: &str, value: &Bound<'_, PyAny>) -> Failure {
    const SHOWN: usize = 60;
    let text = value.repr().map(|text| text.to_string());
    let mut text = text.unwrap_or_else(|_| "something".to_owned());
    if text.chars().count() > SHOWN {
        text = text.chars().take(SHOWN).chain("...".chars()).collect();
    }
    let kind = value.get_type().name();
    let kind = kind.map_or_else(|_| "unknown".to_owned(), |name| name.to_string());
    Failure::new(
        "argument.type",
        format!("argument {argument} must be {allowed}, given {text} ({kind})"),
    )
}

/// An optional argument, converted if it was given.
pub(crate) fn optional<T: Argument>(
    argument: &str,
    given: Option<&Given<'_, T>>,
) -> Result<Option<T>> {
    given.map(|given| given.read(argument)).transpose()
}

impl<'a, 'py, T: Argument> FromPyObject<'a, 'py> for Given<'py, T> {
    type Error = Infallible;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = T::HINT;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> std::result::Result<Self, Infallible> {
        Ok(Self {
            value: value.to_owned(),
            kind: PhantomData,
        })
    }
}

/// A type of the module `floorwalker._types` in the stubs.
macro_rules! hint {
    ($name:literal) => {
        #[cfg(feature = "stubs")]
        const HINT: pyo3::inspect::PyStaticExpr =
            pyo3::type_hint_identifier!("floorwalker._types", $name);
    };
}
pub(crate) use hint;
