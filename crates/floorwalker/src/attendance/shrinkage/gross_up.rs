//! Gross-up: how many to plan so that enough are there.

use rust_decimal::Decimal;

use crate::error::Error;

/// The most net staff, and their digits after the point: everything stays exact.
const MAX_NET: i64 = 1_000_000;
const NET_DIGITS: u32 = 4;

/// `net / (1 - shrinkage)`, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrossUp {
    numerator: i128,
    denominator: i128,
}

/// How many must be planned so that `net` are there, when `shrinkage` of paid
/// time is lost: `net / (1 - shrinkage)`.
///
/// Multiplying by `1 + shrinkage` instead is a common mistake and always too
/// little: for 23 at 30 % it gives 30, where 33 are needed.
///
/// ```
/// use floorwalker::attendance::gross_up;
/// use rust_decimal::Decimal;
///
/// let needed = gross_up(Decimal::from(23), Decimal::new(30, 2))?;
/// assert_eq!(needed.rounded(2).to_string(), "32.86");
/// assert_eq!(needed.heads(), 33);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if the net is below 0, above a million or has more than
/// four digits after the point; if the shrinkage is below 0 or from 1 on.
pub fn gross_up(net: Decimal, shrinkage: Decimal) -> Result<GrossUp, Error> {
    let (net, shrinkage) = (net.normalize(), shrinkage.normalize());
    if net < Decimal::ZERO || net > Decimal::from(MAX_NET) || net.scale() > NET_DIGITS {
        let max = format!("{MAX_NET}, with four digits after the point");
        return Err(Error::range("net staff", 0, max, net));
    }
    if shrinkage < Decimal::ZERO || shrinkage >= Decimal::ONE {
        return Err(Error::range("shrinkage", 0, "below 1", shrinkage));
    }
    // Both are whole numbers over a power of ten: at most 10^10 and 10^28.
    let scale = 10_i128.pow(shrinkage.scale());
    Ok(GrossUp {
        numerator: net.mantissa() * scale,
        denominator: (scale - shrinkage.mantissa()) * 10_i128.pow(net.scale()),
    })
}

impl GrossUp {
    /// The number rounded to `places` digits (at most 12), a half to the even digit.
    #[must_use]
    pub fn rounded(self, places: u32) -> Decimal {
        let places = places.min(12);
        let mut digits = self.numerator / self.denominator;
        let mut rest = self.numerator % self.denominator;
        for _ in 0..places {
            rest *= 10;
            digits = digits * 10 + rest / self.denominator;
            rest %= self.denominator;
        }
        let is_up = match (rest * 2).cmp(&self.denominator) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => digits % 2 == 1,
            std::cmp::Ordering::Greater => true,
        };
        let digits = digits + i128::from(is_up);
        Decimal::try_from_i128_with_scale(digits, places).unwrap_or(Decimal::MAX)
    }

    /// The number of people: the next whole number. A part of a person cannot be
    /// planned.
    #[must_use]
    pub fn heads(self) -> u64 {
        let heads = self.numerator / self.denominator;
        let is_part = self.numerator % self.denominator > 0;
        u64::try_from(heads + i128::from(is_part)).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_whole_result_is_not_rounded_up() {
        let needed = gross_up(Decimal::from(21), Decimal::new(30, 2)).unwrap();
        assert_eq!((needed.heads(), needed.rounded(4)), (30, Decimal::from(30)));
    }

    #[test]
    fn refuses_what_cannot_be() {
        for (net, shrinkage) in [
            ("-1", "0.3"),
            ("1000001", "0"),
            ("0.00001", "0"),
            ("1", "1"),
            ("1", "-0.1"),
        ] {
            let error = gross_up(net.parse().unwrap(), shrinkage.parse().unwrap()).unwrap_err();
            assert!(error.is_range(), "{net} {shrinkage}");
        }
        // The largest of all stays exact.
        let tiny: Decimal = "0.0000000000000000000000000001".parse().unwrap();
        let most = gross_up(Decimal::from(MAX_NET), tiny).unwrap();
        assert_eq!(most.heads(), 1_000_001);
    }

    proptest! {
        /// Enough are there, and with one fewer they would not be.
        #[test]
        fn heads_are_the_fewest_that_suffice(net in 0u32..100_000, share in 0i64..10_000) {
            let needed = gross_up(Decimal::from(net), Decimal::new(share, 4)).unwrap().heads();
            let there = |heads: u64| heads as i128 * i128::from(10_000 - share);
            let wanted = i128::from(net) * 10_000;
            prop_assert!(there(needed) >= wanted);
            prop_assert!(needed == 0 || there(needed - 1) < wanted);
        }
    }
}
