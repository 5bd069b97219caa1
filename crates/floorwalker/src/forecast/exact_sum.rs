//! Sums of floating-point numbers that do not depend on the order.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// How many units make 1: numbers are cut to 2^-50, about 1e-15.
const UNITS: f64 = (1_u64 << 50) as f64;

/// A sum of numbers of at least 0, kept as an integer, so that parts add up to the whole in
/// any order. A sum above 1e23 stays there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct ExactSum(u128);

impl ExactSum {
    pub(super) fn add(&mut self, value: f64) {
        // A number that is none, or negative, adds nothing; one that is too large the most.
        self.0 = self.0.saturating_add((value * UNITS) as u128);
    }

    pub(super) fn merge(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub(super) fn value(self) -> f64 {
        self.0 as f64 / UNITS
    }
}

impl From<ExactSum> for String {
    fn from(sum: ExactSum) -> Self {
        sum.0.to_string()
    }
}

impl TryFrom<String> for ExactSum {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        match text.parse() {
            Ok(units) => Ok(Self(units)),
            Err(_) => Err(ErrorKind::Name {
                what: "sum",
                given: text,
                why: "it must be a whole number",
            }
            .into()),
        }
    }
}
