//! Shrinkage as planned: which share of paid time is not there, and how many to plan for it.

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::attendance::{ShrinkageKind, ShrinkagePart, ShrinkageTree};
use pyo3::prelude::*;
use rust_decimal::Decimal;

use crate::errors::{Failure, Result};
use crate::given::{Given, Named};
use crate::output::{AnyDict, ExactDecimal};
use crate::record;
use crate::records::{Records, Timed};
use crate::rule::quoted;

/// The shares of paid time for which people are not there, inside and outside the office,
/// planned and not, each with what it is a share of.
///
/// ``parts`` are records with ``kind``, ``planned`` and ``share``: shares ``of_paid`` time add,
/// shares ``of_rest`` are of what the others leave. They are exact decimals, never floats.
///
/// >>> import floorwalker as fw
/// >>> from decimal import Decimal
/// >>> tree = fw.ShrinkageTree([
/// ...     {"kind": "holiday", "planned": True, "share": {"of_paid": Decimal("0.10")}},
/// ...     {"kind": "sickness", "planned": False, "share": {"of_paid": Decimal("0.05")}}])
/// >>> tree.total, tree.gross_up(23)
/// (Decimal('0.15'), (Decimal('27.06'), 28))
#[pyclass(frozen, name = "ShrinkageTree", module = "floorwalker")]
pub(crate) struct PyShrinkageTree(ShrinkageTree);

#[pymethods]
impl PyShrinkageTree {
    #[new]
    #[pyo3(signature = (parts, /))]
    fn new(parts: Given<'_, Records>) -> PyResult<Self> {
        let parts: Vec<ShrinkagePart> = parts.read("parts")?.read("parts")?;
        Ok(Self(ShrinkageTree::new(parts).map_err(Failure::from)?))
    }

    /// The share of paid time that is lost in all.
    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<ExactDecimal<'py>> {
        decimal(py, self.0.total())
    }

    /// How many to plan so that ``net`` are there: rounded to two digits, and the next whole
    /// number.
    #[pyo3(signature = (net, /))]
    fn gross_up<'py>(
        &self,
        py: Python<'py>,
        net: Given<'py, Timed>,
    ) -> PyResult<(ExactDecimal<'py>, u64)> {
        planned(py, exact("net", net.read("net")?)?, self.0.total())
    }

    /// The tree without the parts of a kind.
    #[pyo3(signature = (kind, /))]
    fn without(&self, kind: Given<'_, Named<ShrinkageKind>>) -> PyResult<Self> {
        let Named(kind) = kind.read("kind")?;
        Ok(Self(self.0.clone().without(kind)))
    }

    /// The shares of paid time from the whole down to the parts, as plain objects.
    fn tree<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.0.root())
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!(
            "ShrinkageTree({})",
            quoted(&record::text(&self.0.parts())?)
        ))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        record::text(&self.0.parts())?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = record::text(&slf.get().0.parts())?;
        Ok((slf.get_type().into_any(), (text,)))
    }
}

/// How many to plan so that ``net`` are there, when a share of paid time is lost: ``net / (1 -
/// shrinkage)``, rounded to two digits, and the next whole number.
///
/// Both are exact: whole numbers, Decimals or texts, never floats.
///
/// >>> import floorwalker as fw
/// >>> fw.gross_up(23, "0.30")
/// (Decimal('32.86'), 33)
#[pyfunction]
#[pyo3(signature = (net, shrinkage, /))]
pub(crate) fn gross_up<'py>(
    py: Python<'py>,
    net: Given<'py, Timed>,
    shrinkage: Given<'py, Timed>,
) -> PyResult<(ExactDecimal<'py>, u64)> {
    let net = exact("net", net.read("net")?)?;
    planned(py, net, exact("shrinkage", shrinkage.read("shrinkage")?)?)
}

fn planned(py: Python<'_>, net: Decimal, share: Decimal) -> PyResult<(ExactDecimal<'_>, u64)> {
    let gross = floorwalker::attendance::gross_up(net, share).map_err(Failure::from)?;
    Ok((decimal(py, gross.rounded(2))?, gross.heads()))
}

fn exact(argument: &str, given: Timed) -> Result<Decimal> {
    let value = match given.0 {
        serde_json::Value::Number(whole) => whole.to_string().into(),
        other => other,
    };
    record::read(value).map_err(|failure| failure.about(argument))
}

fn decimal(py: Python<'_>, value: Decimal) -> PyResult<ExactDecimal<'_>> {
    let decimal = py.import("decimal")?.getattr("Decimal")?;
    Ok(ExactDecimal(decimal.call1((value.to_string(),))?))
}
