//! Percentiles of waits, by two definitions.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::service::tally::{WaitClass, Waits};
use crate::units::Fraction;

/// How a percentile between two waits is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Method {
    NearestRank,
    Linear,
}

/// A percentile: the wait that a given share of legs did not exceed.
///
/// Invariant: the share is above 0 and at most 100 %, in hundredths of a percent.
///
/// ```
/// use floorwalker::service::Percentile;
///
/// assert_eq!(Percentile::nearest_rank(90.0)?.to_string(), "p90");
/// assert_eq!(Percentile::linear(99.5)?.to_string(), "p99.5_linear");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Percentile {
    basis_points: u32,
    method: Method,
}

/// All of it, in hundredths of a percent.
const WHOLE: u64 = 10_000;

impl Percentile {
    /// The `percent`-th percentile by nearest rank: the element number
    /// `ceil(p n)` of the sorted waits. Always a wait that occurred.
    ///
    /// # Errors
    /// `value.out_of_range` unless above 0 and at most 100.
    pub fn nearest_rank(percent: f64) -> Result<Self, Error> {
        Self::new(percent, Method::NearestRank)
    }

    /// The `percent`-th percentile by linear interpolation at `h = (n - 1) p`
    /// (type 7 of Hyndman and Fan, the default of numpy and spreadsheets).
    ///
    /// # Errors
    /// `value.out_of_range` unless above 0 and at most 100.
    pub fn linear(percent: f64) -> Result<Self, Error> {
        Self::new(percent, Method::Linear)
    }

    fn new(percent: f64, method: Method) -> Result<Self, Error> {
        let points = (percent * 100.0).round();
        if !(1.0..=10_000.0).contains(&points) {
            return Err(Error::range("percentile", "0.01", "100", percent));
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 1 and 10,000
        Ok(Self {
            basis_points: points as u32,
            method,
        })
    }

    /// The exact value over the waits of a class.
    pub(crate) fn of(self, waits: &Waits, class: WaitClass) -> Option<Fraction> {
        self.over(waits.count(class), |rank| waits.ranked(class, rank))
    }

    /// The exact value over `n` sorted values; `ranked` gives the one of a rank from 1.
    pub(crate) fn over(self, n: u64, ranked: impl Fn(u64) -> Option<u64>) -> Option<Fraction> {
        let points = u64::from(self.basis_points);
        if n == 0 {
            return None;
        }
        match self.method {
            Method::NearestRank => {
                let rank = (u128::from(n) * u128::from(points)).div_ceil(u128::from(WHOLE));
                let wait = ranked(u64::try_from(rank).ok()?)?;
                Fraction::new(wait, 1)
            }
            Method::Linear => {
                let at = u128::from(n - 1) * u128::from(points);
                let (below, rest) = (
                    at / u128::from(WHOLE),
                    i128::try_from(at % u128::from(WHOLE)).ok()?,
                );
                let below = u64::try_from(below).ok()?;
                let low = i128::from(ranked(below + 1)?);
                let high = if rest == 0 {
                    low
                } else {
                    i128::from(ranked(below + 2)?)
                };
                Fraction::new(low * (i128::from(WHOLE) - rest) + high * rest, WHOLE)
            }
        }
    }
}

impl fmt::Display for Percentile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.basis_points / 100, self.basis_points % 100);
        write!(f, "p{whole}")?;
        if rest > 0 {
            f.write_str(format!(".{rest:02}").trim_end_matches('0'))?;
        }
        if self.method == Method::Linear {
            f.write_str("_linear")
        } else {
            Ok(())
        }
    }
}
