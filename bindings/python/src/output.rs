//! Objects of other Python modules as results, with their types in the stubs.

use std::convert::Infallible;

use pyo3::prelude::*;

macro_rules! outputs {
    ($($(#[$docs:meta])* $name:ident = $module:literal, $class:literal;)*) => {$(
        $(#[$docs])*
        pub(crate) struct $name<'py>(pub(crate) Bound<'py, PyAny>);

        impl<'py> IntoPyObject<'py> for $name<'py> {
            type Target = PyAny;
            type Output = Bound<'py, PyAny>;
            type Error = Infallible;

            #[cfg(feature = "stubs")]
            const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr =
                pyo3::type_hint_identifier!($module, $class);

            fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Infallible> {
                Ok(self.0)
            }
        }
    )*};
}

outputs! {
    /// An exact fraction.
    ExactFraction = "fractions", "Fraction";
    /// A decimal number.
    ExactDecimal = "decimal", "Decimal";
    /// How a service level came about.
    Explained = "floorwalker._explain", "Explanation";
    /// A table of polars.
    PolarsTable = "floorwalker._types", "_PolarsTable";
    /// A table of pandas.
    PandasTable = "floorwalker._types", "_PandasTable";
    /// A table of pyarrow.
    ArrowTable = "floorwalker._types", "_ArrowTable";
    /// A chart.
    Chart = "floorwalker._charts", "Chart";
    /// A capsule of the Arrow interface; Python has a name for its type since 3.13 only.
    Capsule = "builtins", "object";
    /// Plain objects of Python, as JSON has them.
    AnyDict = "floorwalker._types", "JsonObject";
    /// A column in the kind of the one that was given.
    AnyColumn = "typing", "Any";
    /// A text.
    Text = "builtins", "str";
}

/// Calls a function of `floorwalker._tables` with an object.
pub(crate) fn shown<'py>(
    object: &Bound<'py, impl pyo3::PyClass>,
    function: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let module = object.py().import("floorwalker._tables")?;
    module.call_method1(function, (object,))
}
