//! Text, and objects of this package.

use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::{Argument, FromText};
use crate::errors::Result;

/// Any text.
#[derive(Default)]
pub(crate) struct Words(pub(crate) String);

impl Argument for Words {
    #[cfg(feature = "stubs")]
    const HINT: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

    const ALLOWED: &'static str = "a text";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        match value.cast::<PyString>() {
            Ok(text) => Ok(Some(Self(text.to_cow()?.into_owned()))),
            Err(_) => Ok(None),
        }
    }
}

impl FromText for Words {
    fn from_text(text: &str) -> Result<Option<Self>> {
        Ok(Some(Self(text.to_owned())))
    }
}

/// A class of this package, described for messages.
pub(crate) trait Described: PyClass {
    const ALLOWED: &'static str;
}

/// An object of a class of this package.
pub(crate) struct Instance<T>(pub(crate) Py<T>);

impl<T: Described> Argument for Instance<T> {
    #[cfg(feature = "stubs")]
    const HINT: pyo3::inspect::PyStaticExpr = T::TYPE_HINT;

    const ALLOWED: &'static str = T::ALLOWED;

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let found = value.cast::<T>().ok();
        Ok(found.map(|object| Self(object.clone().unbind())))
    }
}
