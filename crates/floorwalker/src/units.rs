//! Numbers with a meaning: exact fractions and how they are rounded.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An exact fraction, kept as it was counted: 236/329 is not reduced.
///
/// Invariant: the denominator is above 0.
///
/// Two fractions are equal if their values are: 1/2 equals 2/4.
///
/// ```
/// use floorwalker::units::Fraction;
///
/// let level = Fraction::new(236, 329).unwrap();
/// assert_eq!(level.to_decimal(4).to_string(), "0.7173");
/// assert_eq!(Fraction::new(1, 0), None);
/// ```
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "(i128, u64)", into = "(i128, u64)")]
pub struct Fraction {
    numerator: i128,
    denominator: u64,
}

impl Fraction {
    /// `numerator / denominator`, or `None` if the denominator is 0: undefined is not zero.
    #[must_use]
    pub fn new(numerator: impl Into<i128>, denominator: u64) -> Option<Self> {
        (denominator > 0).then(|| Self {
            numerator: numerator.into(),
            denominator,
        })
    }

    /// The upper number.
    #[must_use]
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The lower number.
    #[must_use]
    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// The nearest floating-point number.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // the result is meant to be rounded
    pub fn to_f64(self) -> f64 {
        let whole = self.numerator.div_euclid(i128::from(self.denominator));
        let rest = self.numerator.rem_euclid(i128::from(self.denominator));
        if whole.unsigned_abs() < 1 << 53 && self.numerator.unsigned_abs() >= 1 << 53 {
            whole as f64 + rest as f64 / self.denominator as f64
        } else {
            self.numerator as f64 / self.denominator as f64
        }
    }

    /// The decimal number with `places` digits after the point (at most 12), a
    /// half rounded to the even digit.
    #[must_use]
    pub fn to_decimal(self, places: u32) -> Decimal {
        let places = places.min(12);
        let scaled = self.numerator.saturating_mul(10_i128.pow(places));
        let rounded = round_half_even(scaled, i128::from(self.denominator));
        Decimal::try_from_i128_with_scale(rounded, places).unwrap_or(Decimal::MAX)
    }

    /// The fraction times a whole number.
    #[must_use]
    pub fn times(self, factor: i64) -> Self {
        Self {
            numerator: self.numerator.saturating_mul(factor.into()),
            ..self
        }
    }
}

/// `numerator / denominator` to the nearest whole number, a half to the even one.
fn round_half_even(numerator: i128, denominator: i128) -> i128 {
    let floor = numerator.div_euclid(denominator);
    let rest = numerator.rem_euclid(denominator);
    match (rest * 2).cmp(&denominator) {
        Ordering::Less => floor,
        Ordering::Greater => floor + 1,
        Ordering::Equal => floor + (floor & 1),
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (i128::from(self.denominator), i128::from(other.denominator));
        let whole = self
            .numerator
            .div_euclid(a)
            .cmp(&other.numerator.div_euclid(b));
        // The rests are below 2^64, so their products fit.
        whole.then_with(|| {
            (self.numerator.rem_euclid(a) * b).cmp(&(other.numerator.rem_euclid(b) * a))
        })
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl TryFrom<(i128, u64)> for Fraction {
    type Error = &'static str;
    fn try_from((numerator, denominator): (i128, u64)) -> Result<Self, Self::Error> {
        Self::new(numerator, denominator).ok_or("a denominator is never 0")
    }
}

impl From<Fraction> for (i128, u64) {
    fn from(fraction: Fraction) -> Self {
        (fraction.numerator, fraction.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(numerator: i128, denominator: u64, places: u32) -> String {
        Fraction::new(numerator, denominator)
            .unwrap()
            .to_decimal(places)
            .to_string()
    }

    #[test]
    fn halves_go_to_the_even_digit() {
        assert_eq!(decimal(1, 8, 2), "0.12");
        assert_eq!(decimal(3, 8, 2), "0.38");
        assert_eq!(decimal(-1, 8, 2), "-0.12");
        assert_eq!(decimal(2, 3, 10), "0.6666666667");
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_values(a in -1000_i128..1000, b in 1_u64..50, c in -1000_i128..1000, d in 1_u64..50) {
            let (left, right) = (Fraction::new(a, b).unwrap(), Fraction::new(c, d).unwrap());
            prop_assert_eq!(left.cmp(&right), (a * i128::from(d)).cmp(&(c * i128::from(b))));
        }
    }
}
