//! Two sums that are divided last.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::units::Fraction;

/// A figure before it is divided: contacts of contacts, milliseconds of contacts, milliseconds of milliseconds.
///
/// With the denominator 0 it is undefined, which is neither 0 nor 1. Two of them
/// add part by part, so the figure of a day comes from the sums of its intervals
/// and never from their figures.
///
/// In JSON it has `numerator`, `denominator` and `value`; the value is there to be
/// read by others, is `null` where undefined, and is ignored when it is read back.
///
/// ```
/// use floorwalker::report::Quotient;
///
/// let day = Quotient::new(9, 10).plus(Quotient::new(0, 10));
/// assert_eq!(day.value(), Some(0.45));
/// assert_eq!(Quotient::new(0, 0).value(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(from = "QuotientRecord", into = "QuotientRecord")]
pub struct Quotient {
    numerator: u64,
    denominator: u64,
}

/// A quotient as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(rename = "Quotient"))]
struct QuotientRecord {
    /// The upper number.
    numerator: u64,
    /// The lower number; 0 where the figure is undefined.
    denominator: u64,
    /// The upper number divided by the lower; null where undefined.
    #[serde(default)]
    value: Option<f64>,
}

impl Quotient {
    /// `numerator` over `denominator`.
    #[must_use]
    pub const fn new(numerator: u64, denominator: u64) -> Self {
        Self {
            numerator,
            denominator,
        }
    }

    /// A plain count.
    #[must_use]
    pub const fn whole(count: u64) -> Self {
        Self::new(count, 1)
    }

    /// The upper number.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// The lower number, 0 where the figure is undefined.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// Whether there is anything to divide by.
    #[must_use]
    pub const fn is_defined(self) -> bool {
        self.denominator > 0
    }

    /// The exact value, `None` where undefined.
    #[must_use]
    pub fn exact(self) -> Option<Fraction> {
        Fraction::new(self.numerator, self.denominator)
    }

    /// The nearest floating-point number, `None` where undefined.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        self.exact().map(Fraction::to_f64)
    }

    /// The value times `factor`, rounded to `places` digits, a half to the even one.
    #[must_use]
    pub fn scaled(self, factor: i64, places: u32) -> Option<Decimal> {
        self.exact()
            .map(|exact| exact.times(factor).to_decimal(places))
    }

    /// Both together, part by part.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self::new(
            self.numerator.saturating_add(other.numerator),
            self.denominator.saturating_add(other.denominator),
        )
    }

    /// Whether the value is below that of `other`; `None` where one of them is undefined.
    #[must_use]
    pub fn is_below(self, other: Self) -> Option<bool> {
        Some(self.exact()? < other.exact()?)
    }
}

impl From<QuotientRecord> for Quotient {
    fn from(record: QuotientRecord) -> Self {
        Self::new(record.numerator, record.denominator)
    }
}

impl From<Quotient> for QuotientRecord {
    fn from(quotient: Quotient) -> Self {
        Self {
            numerator: quotient.numerator,
            denominator: quotient.denominator,
            value: quotient.value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_null_where_undefined() {
        let json = serde_json::to_string(&Quotient::new(3, 0)).unwrap();
        assert_eq!(json, r#"{"numerator":3,"denominator":0,"value":null}"#);
        let level: Quotient = serde_json::from_str(r#"{"numerator":1,"denominator":4}"#).unwrap();
        assert_eq!(level, Quotient::new(1, 4));
        assert!(
            serde_json::to_string(&level)
                .unwrap()
                .contains("\"value\":0.25")
        );
    }

    #[test]
    fn undefined_is_not_below_anything() {
        assert_eq!(Quotient::new(0, 0).is_below(Quotient::new(4, 5)), None);
        assert_eq!(
            Quotient::new(79, 99).is_below(Quotient::new(4, 5)),
            Some(true)
        );
        assert_eq!(
            Quotient::new(8, 10).is_below(Quotient::new(4, 5)),
            Some(false)
        );
    }
}
