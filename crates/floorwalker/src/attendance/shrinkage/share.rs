//! Shares that name their base.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// Digits after the point of a share: a hundredth of a percent.
const DIGITS: u32 = 4;

/// A share of time, from 0 to below 1; never percent.
///
/// Invariant: at least 0, below 1, at most four digits after the point, so that
/// sums and products of shares stay exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Share(Decimal);

impl Share {
    /// A share, such as 0.30 for 30 %.
    ///
    /// # Errors
    /// `value.out_of_range` below 0, from 1 on, or with more than four digits
    /// after the point.
    pub fn new(value: Decimal) -> Result<Self, Error> {
        let value = value.normalize();
        if value < Decimal::ZERO || value >= Decimal::ONE || value.scale() > DIGITS {
            let max = "0.9999, with four digits after the point";
            return Err(Error::range("share of time", "0", max, value));
        }
        Ok(Self(value))
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<Decimal> for Share {
    type Error = Error;
    fn try_from(value: Decimal) -> Result<Self, Error> {
        Self::new(value)
    }
}

impl From<Share> for Decimal {
    fn from(share: Share) -> Self {
        share.0
    }
}

/// A share with its base. Shares of the same paid time add up; a share of what
/// the others have left multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartShare {
    /// Of all paid time.
    OfPaid(Share),
    /// Of what the parts before it have left.
    OfRest(Share),
}
