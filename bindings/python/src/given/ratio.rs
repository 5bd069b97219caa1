//! Parts of a whole, exactly.

use floorwalker::units::Fraction;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};
use rust_decimal::Decimal;

use super::{Argument, hint};
use crate::errors::Result;

/// A part of a whole.
pub(crate) struct Ratio(pub(crate) Fraction);

impl Argument for Ratio {
    hint!("Ratio");

    const ALLOWED: &'static str =
        "a part of a whole: a number such as 0.75, a Decimal, a Fraction, or text such as '0.75'";

    /// A float is taken for the shortest decimal that reads the same: 0.1 is a tenth.
    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if value.is_instance_of::<PyBool>() {
            return Ok(None);
        }
        if value.hasattr("numerator")? {
            let top = value.getattr("numerator")?.extract::<i64>().ok();
            let bottom = value.getattr("denominator")?.extract().ok();
            let parts = top.zip(bottom);
            return Ok(parts.and_then(|(top, bottom)| Fraction::new(top, bottom).map(Self)));
        }
        if !value.is_instance_of::<PyString>() && !value.hasattr("as_integer_ratio")? {
            return Ok(None);
        }
        let text = value.str()?.to_string();
        Ok(Decimal::from_str_exact(&text)
            .ok()
            .and_then(exact)
            .map(Self))
    }
}

fn exact(value: Decimal) -> Option<Fraction> {
    let value = value.normalize();
    let bottom = 10_u64.checked_pow(value.scale())?;
    Fraction::new(i64::try_from(value.mantissa()).ok()?, bottom)
}
