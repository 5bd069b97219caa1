//! Long work that listens for Ctrl-C.

use std::time::{Duration, Instant};

use pyo3::prelude::*;

use crate::errors::{Failure, Result, compute};

/// How often the interpreter is asked for signals. Together with the piece of work in
/// between it stays well below a tenth of a second.
const EVERY: Duration = Duration::from_millis(40);

/// Asks the interpreter now and then whether the user wants to stop.
pub(crate) struct Watchman {
    asked: Instant,
    stopped: Option<PyErr>,
}

impl Watchman {
    #[allow(
        clippy::disallowed_methods,
        reason = "the host has a clock; no answer depends on it"
    )]
    fn new() -> Self {
        let (asked, stopped) = (Instant::now(), None);
        Self { asked, stopped }
    }

    /// Whether to go on.
    #[allow(
        clippy::disallowed_methods,
        reason = "the host has a clock; no answer depends on it"
    )]
    pub(crate) fn go_on(&mut self) -> bool {
        if self.asked.elapsed() >= EVERY {
            self.stopped = Python::attach(|py| py.check_signals()).err();
            self.asked = Instant::now();
        }
        self.stopped.is_none()
    }
}

/// Calls the library for work that may take long: as `compute`, and can be interrupted.
pub(crate) fn compute_long<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(&mut Watchman) -> Result<T> + Send,
) -> PyResult<T> {
    compute(py, || {
        let mut watchman = Watchman::new();
        let result = work(&mut watchman);
        match watchman.stopped {
            Some(error) => Err(Failure::Raised(error)),
            None => result,
        }
    })
}
