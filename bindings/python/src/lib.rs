//! Test.
use pyo3::prelude::*;

/// The package.
#[pymodule(gil_used = false)]
mod _floorwalker {
    #[pymodule_export]
    use super::{Rule, service_levels};
    #[pymodule_export]
    const VERSION: &str = "1";
}

/// A rule.
///
/// >>> Rule("a")
#[pyclass(frozen, eq, hash, module = "floorwalker")]
#[derive(PartialEq, Hash)]
struct Rule {
    name: String,
}

#[pymethods]
impl Rule {
    #[new]
    #[pyo3(signature = (name: "str | int", /))]
    fn new(name: String) -> Self {
        Rule { name }
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// Offered.
    #[staticmethod]
    #[pyo3(signature = (within: "Duration") -> "Rule")]
    fn offered(within: Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Rule {
            name: within.extract()?,
        })
    }

    fn __reduce__(&self) -> (String, (String,)) {
        (String::new(), (String::new(),))
    }

    #[pyo3(signature = () -> "typing.Any")]
    fn to_polars(&self) -> String {
        String::new()
    }
}

/// Counts.
///
/// Args:
///     legs: the legs
#[pyfunction]
#[pyo3(signature = (legs: "ArrowStream | dict[str, typing.Sequence[object]]", *, every: "str" = "30m", by: "typing.Literal['queue'] | None" = Some("queue"), rules: "list[Rule]" = None) -> "Rule")]
fn service_levels(
    legs: Bound<'_, PyAny>,
    every: &str,
    by: Option<&str>,
    rules: Option<Vec<Bound<'_, Rule>>>,
) -> PyResult<Rule> {
    let _ = (legs, every, by, rules);
    Ok(Rule { name: "a".into() })
}
