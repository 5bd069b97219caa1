//! Long work that listens for Ctrl-C and shows how far it is.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use pyo3::prelude::*;

use crate::errors::{Failure, Result, compute};

/// How often the interpreter is asked for signals. Together with the piece of work in
/// between it stays well below a tenth of a second.
const EVERY: Duration = Duration::from_millis(40);

/// A bar of the protocol of tqdm: `update` with what was done since, and `close`.
#[derive(Default)]
pub(crate) struct Bar(Option<Py<PyAny>>);

impl Bar {
    /// The bar that the user wants for reading these files, if any.
    pub(crate) fn new(
        py: Python<'_>,
        wanted: Option<&Bound<'_, PyAny>>,
        paths: &[PathBuf],
    ) -> PyResult<Self> {
        let module = py.import("floorwalker._progress")?;
        let bar = module.call_method1("open_bar", (wanted, paths))?;
        Ok(Self(Some(bar.unbind()).filter(|bar| !bar.is_none(py))))
    }

    fn call(&self, py: Python<'_>, method: &str, by: Option<u64>) -> PyResult<()> {
        let Some(bar) = &self.0 else { return Ok(()) };
        match by {
            Some(by) => bar.call_method1(py, method, (by,))?,
            None => bar.call_method0(py, method)?,
        };
        Ok(())
    }
}

/// Asks the interpreter now and then whether the user wants to stop.
pub(crate) struct Watchman {
    asked: Instant,
    stopped: Option<PyErr>,
    bar: Bar,
    reached: u64,
    shown: u64,
}

impl Watchman {
    #[allow(
        clippy::disallowed_methods,
        reason = "the host has a clock; no answer depends on it"
    )]
    fn new() -> Self {
        Self {
            asked: Instant::now(),
            stopped: None,
            bar: Bar::default(),
            reached: 0,
            shown: 0,
        }
    }

    /// Shows a bar from now on.
    pub(crate) fn show(&mut self, bar: Bar) {
        self.bar = bar;
    }

    /// Whether to go on, after so much has been done in all.
    pub(crate) fn reached(&mut self, done: u64) -> bool {
        self.reached = done;
        self.go_on()
    }

    /// Whether to go on.
    #[allow(
        clippy::disallowed_methods,
        reason = "the host has a clock; no answer depends on it"
    )]
    pub(crate) fn go_on(&mut self) -> bool {
        if self.asked.elapsed() >= EVERY {
            self.stopped = Python::attach(|py| self.ask(py)).err();
            self.asked = Instant::now();
        }
        self.stopped.is_none()
    }

    fn ask(&mut self, py: Python<'_>) -> PyResult<()> {
        py.check_signals()?;
        let more = self.reached.saturating_sub(self.shown);
        self.shown += more;
        self.bar.call(py, "update", Some(more))
    }

    /// Brings the bar to its end, if the work came to its own.
    fn close(&mut self, is_done: bool) -> PyResult<()> {
        if self.bar.0.is_none() {
            return Ok(());
        }
        Python::attach(|py| {
            let more = self.reached.saturating_sub(self.shown);
            if is_done && more > 0 {
                self.bar.call(py, "update", Some(more))?;
            }
            self.bar.call(py, "close", None)
        })
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
        let closed = watchman.close(result.is_ok());
        match watchman.stopped {
            Some(error) => Err(Failure::Raised(error)),
            None => closed.map_err(Failure::Raised).and(result),
        }
    })
}
