//! Errors of the library as exceptions, and the one doorway through which it is called.

use pyo3::prelude::*;

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An error with a stable code and a message.
    Coded(&'static str, String),
    /// An exception of Python itself, such as an interruption.
    Raised(PyErr),
}

pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self::Coded(code, message.into())
    }

    /// The same failure, its message beginning with the argument it is about.
    pub(crate) fn about(self, argument: &str) -> Self {
        match self {
            Self::Coded(code, message) => {
                Self::Coded(code, format!("argument {argument}: {message}"))
            }
            raised @ Self::Raised(_) => raised,
        }
    }
}

macro_rules! coded {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::Coded(error.code(), error.to_string())
            }
        }
    )*};
}

coded!(
    floorwalker::Error,
    floorwalker_acd::Error,
    floorwalker_arrow::Error,
    floorwalker_cases::ReadError
);

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Raised(error)
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Raised(error) => error,
            Failure::Coded(code, message) => Python::attach(|py| exception(py, code, &message)),
        }
    }
}

fn exception(py: Python<'_>, code: &str, message: &str) -> PyErr {
    let made = py
        .import("floorwalker._errors")
        .and_then(|module| module.call_method1("make", (code, message)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// Calls the library: without the interpreter's lock, and with its errors as exceptions.
pub(crate) fn compute<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T> + Send,
) -> PyResult<T> {
    py.detach(work).map_err(PyErr::from)
}
