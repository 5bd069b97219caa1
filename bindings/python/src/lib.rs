//! The Python package floorwalker: thin wrappers that convert, call and convert.
//!
//! The interpreter's lock is released while the library works ([`errors::compute`]), errors
//! become exceptions with a stable code, and tables come and go by the Arrow interface
//! ([`capsule`]). There is no formula here.

mod capsule;
mod columns;
mod errors;
mod figure;
mod given;
mod input;
mod output;
mod rule;
mod service;
mod table;
mod tally;
mod watch;

use pyo3::prelude::*;

/// The library itself; the package `floorwalker` exports it.
#[pymodule(gil_used = false)]
mod _floorwalker {
    #[pymodule_export]
    use super::figure::PyFigure;
    #[pymodule_export]
    use super::rule::{PyLimit, PyServiceLevel};
    #[pymodule_export]
    use super::service::{explain, service_level, service_levels};
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::tally::PyIntervalTally;
}
