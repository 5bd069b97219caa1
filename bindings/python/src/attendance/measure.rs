//! A share that may be more than the whole, without a number, or without an end.

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::attendance::{Measure, Measured};
use pyo3::prelude::*;

use crate::output::{ExactDecimal, ExactFraction};

/// A measured share: its numerator and denominator, and why there is no number if there is
/// none. It bears the name of its rule, because the trade has several for the same word.
#[pyclass(frozen, name = "Measure", module = "floorwalker")]
pub(crate) struct PyMeasure(pub(super) Measure);

#[pymethods]
impl PyMeasure {
    /// The name of the rule, such as ``exception_based``.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The upper number, in milliseconds.
    #[getter]
    fn numerator(&self) -> i128 {
        self.0.numerator()
    }

    /// The lower number, in milliseconds.
    #[getter]
    fn denominator(&self) -> u64 {
        self.0.denominator()
    }

    /// The exact share; ``None`` where it is undefined or without bound.
    #[getter]
    fn exact<'py>(&self, py: Python<'py>) -> PyResult<Option<ExactFraction<'py>>> {
        let Some(exact) = self.0.exact() else {
            return Ok(None);
        };
        let fraction = py.import("fractions")?.getattr("Fraction")?;
        let exact = fraction.call1((exact.numerator(), exact.denominator()))?;
        Ok(Some(ExactFraction(exact)))
    }

    /// The share as the nearest float, ``inf`` without bound, ``None`` where it is undefined.
    #[getter]
    fn value(&self) -> Option<f64> {
        match self.0.measured() {
            Measured::Defined(exact) => Some(exact.to_f64()),
            Measured::Infinite => Some(f64::INFINITY),
            Measured::Undefined(_) => None,
        }
    }

    /// Why there is no number, such as ``no_actual_data``; ``None`` if there is one.
    #[getter]
    fn why(&self) -> Option<&'static str> {
        match self.0.measured() {
            Measured::Undefined(why) => Some(why.name()),
            _ => None,
        }
    }

    /// The share in percent as a ``decimal.Decimal``; ``None`` where there is no number.
    #[pyo3(signature = (places = 2, /))]
    fn percent<'py>(&self, py: Python<'py>, places: u32) -> PyResult<Option<ExactDecimal<'py>>> {
        let Some(exact) = self.0.exact() else {
            return Ok(None);
        };
        let text = exact.times(100).to_decimal(places).to_string();
        let decimal = py.import("decimal")?.getattr("Decimal")?;
        Ok(Some(ExactDecimal(decimal.call1((text,))?)))
    }

    fn __repr__(&self) -> String {
        let shown = match self.0.measured() {
            Measured::Defined(exact) => format!("{} %", exact.times(100).to_decimal(2)),
            Measured::Infinite => "without bound".to_owned(),
            Measured::Undefined(why) => format!("undefined: {why}"),
        };
        format!("<Measure {}: {shown}>", self.0.name())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.name(), self.numerator(), self.denominator()).hash(&mut hasher);
        hasher.finish()
    }
}
