//! A figure: a number that explains itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::service::{Figure, Unit};
use floorwalker::time::Span;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyString};

use crate::errors::{Failure, Result};
use crate::given::{Argument, Given, Instant, convert, optional, utc_datetime};
use crate::output::{ExactDecimal, ExactFraction};
use crate::rule::{PyServiceLevel, Rule, quoted};

/// A figure with everything that made it: numerator, denominator, rule, window.
///
/// Undefined is ``None``, never 0 or 1: the service level of no calls is not known.
///
/// >>> import floorwalker as fw
/// >>> level = fw.Figure("service_level", "ratio", 236, 329,
/// ...                   window=("2025-10-24T22:00Z", "2025-10-25T22:00Z"))
/// >>> print(level)
/// 236/329 = 71.7 %
/// >>> level.exact, level.rounded(4)
/// (Fraction(236, 329), Decimal('0.7173'))
/// >>> level.value > 0.7
/// True
#[pyclass(frozen, name = "Figure", module = "floorwalker")]
pub(crate) struct PyFigure(pub(crate) Figure);

#[pymethods]
impl PyFigure {
    /// A figure from its parts.
    #[new]
    #[pyo3(signature = (name, unit, numerator, denominator, *, window, rule = None))]
    fn new(
        name: &str,
        unit: Given<'_, UnitName>,
        numerator: i128,
        denominator: u64,
        window: Given<'_, Ends>,
        rule: Option<Given<'_, Rule>>,
    ) -> PyResult<Self> {
        let (UnitName(unit), Ends(window)) = (unit.read("unit")?, window.read("window")?);
        let figure = Figure::new(name, unit, numerator, denominator, window);
        Ok(Self(match optional("rule", rule.as_ref())? {
            Some(Rule(rule)) => figure.by_rule(&rule),
            None => figure,
        }))
    }

    /// The name of the indicator.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// What it is measured in: ``count``, ``ratio``, ``milliseconds``, ``erlangs``,
    /// ``per_hour`` or ``heads``.
    #[getter]
    fn unit(&self) -> String {
        unit_name(self.0.unit())
    }

    /// The upper number: contacts, or milliseconds.
    #[getter]
    fn numerator(&self) -> i128 {
        self.0.numerator()
    }

    /// The lower number: contacts, or milliseconds. 0 where the figure is undefined.
    #[getter]
    fn denominator(&self) -> u64 {
        self.0.denominator()
    }

    /// The service-level rule, if the figure is a service level.
    #[getter]
    fn rule(&self) -> Option<PyServiceLevel> {
        self.0.rule().cloned().map(PyServiceLevel)
    }

    /// The time it is about, in UTC; the second instant is not part of it.
    #[getter]
    fn window<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyDateTime>, Bound<'py, PyDateTime>)> {
        let window = self.0.window();
        Ok((
            utc_datetime(py, window.start())?,
            utc_datetime(py, window.end())?,
        ))
    }

    /// The exact value in its unit as a ``fractions.Fraction``; ``None`` where it is undefined.
    #[getter]
    fn exact<'py>(&self, py: Python<'py>) -> PyResult<Option<ExactFraction<'py>>> {
        let Some(exact) = self.0.exact() else {
            return Ok(None);
        };
        let fraction = py.import("fractions")?.getattr("Fraction")?;
        let exact = fraction.call1((exact.numerator(), exact.denominator()))?;
        Ok(Some(ExactFraction(exact)))
    }

    /// The value as the nearest float; ``None`` where it is undefined.
    #[getter]
    fn value(&self) -> Option<f64> {
        self.0.value()
    }

    /// The value as a ``decimal.Decimal`` with ``places`` digits after the point (at most 12),
    /// a half rounded to the even digit; ``None`` where it is undefined.
    #[pyo3(signature = (places, /))]
    fn rounded<'py>(&self, py: Python<'py>, places: u32) -> PyResult<Option<ExactDecimal<'py>>> {
        let Some(rounded) = self.0.rounded(places) else {
            return Ok(None);
        };
        let decimal = py.import("decimal")?.getattr("Decimal")?;
        Ok(Some(ExactDecimal(decimal.call1((rounded.to_string(),))?)))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let figure = &slf.get().0;
        let rule = match slf.get().rule() {
            Some(rule) => format!(", rule={}", rule.into_pyobject(slf.py())?.repr()?),
            None => String::new(),
        };
        Ok(format!(
            "Figure({}, {}, {}, {}, window=({}, {}){rule})",
            quoted(figure.name()),
            quoted(&unit_name(figure.unit())),
            figure.numerator(),
            figure.denominator(),
            quoted(&instant_text(figure.window(), true)),
            quoted(&instant_text(figure.window(), false)),
        ))
    }

    fn _repr_html_(&self) -> String {
        let rule = self
            .0
            .rule()
            .map(|rule| format!(" by {rule}"))
            .unwrap_or_default();
        let text = format!("{} {}{rule}", self.0.name(), self.0);
        let escaped = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        format!("<p>{escaped}</p>")
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let figure = &self.0;
        (figure.name(), unit_name(figure.unit())).hash(&mut hasher);
        (figure.numerator(), figure.denominator()).hash(&mut hasher);
        (figure.rule(), figure.window()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Stored)> {
        let figure = slf.get();
        let window = figure.0.window();
        let ends = (instant_text(window, true), instant_text(window, false));
        let stored = (
            figure.0.name().to_owned(),
            figure.unit(),
            figure.0.numerator(),
            figure.0.denominator(),
            ends,
            figure.rule(),
        );
        Ok((slf.get_type().getattr("_from_parts")?, stored))
    }

    /// What pickle calls.
    #[staticmethod]
    fn _from_parts(
        name: &str,
        unit: Given<'_, UnitName>,
        numerator: i128,
        denominator: u64,
        window: Given<'_, Ends>,
        rule: Option<Given<'_, Rule>>,
    ) -> PyResult<Self> {
        Self::new(name, unit, numerator, denominator, window, rule)
    }
}

type Stored = (
    String,
    String,
    i128,
    u64,
    (String, String),
    Option<PyServiceLevel>,
);

fn instant_text(window: Span, start: bool) -> String {
    let at = if start { window.start() } else { window.end() };
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

/// The stable name of a unit, as in JSON.
fn unit_name(unit: Unit) -> String {
    match serde_json::to_value(unit) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A unit by its stable name.
struct UnitName(Unit);

impl Argument for UnitName {
    #[cfg(feature = "stubs")]
    const HINT: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

    const ALLOWED: &'static str =
        "a unit: 'count', 'ratio', 'milliseconds', 'erlangs', 'per_hour' or 'heads'";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(text) = value.cast::<PyString>() else {
            return Ok(None);
        };
        let name = serde_json::Value::String(text.to_cow()?.into_owned());
        Ok(serde_json::from_value(name).ok().map(Self))
    }
}

/// A pair of instants.
struct Ends(Span);

impl Argument for Ends {
    crate::given::hint!("Instants");

    const ALLOWED: &'static str = "a pair of instants";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok((start, end)) = value.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() else {
            return Ok(None);
        };
        let [Instant(start), Instant(end)] = [convert("start", &start)?, convert("end", &end)?];
        let span = Span::new(start, end).map_err(Failure::from)?;
        Ok(Some(Self(span)))
    }
}
