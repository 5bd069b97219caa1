//! How good a forecast was: sums that merge, and the figures made of them.

use serde::{Deserialize, Serialize};

use super::exact_sum::ExactSum;
use crate::error::{Error, ErrorKind, Result};

/// Forecast against actual numbers, as sums.
///
/// Invariant: each sum is a whole number of units of 2^-50, so it does not depend on the order.
///
/// Accuracies of parts [merge](Self::merge) into that of the whole: a mean of percentages
/// is not the percentage of the whole.
///
/// | figure | formula, a actual and f forecast |
/// |---|---|
/// | [`wape`](Self::wape) | Σ abs(a - f) / Σ a |
/// | [`bias`](Self::bias) | (Σ f - Σ a) / Σ a |
/// | [`mape`](Self::mape) | mean of abs(a - f) / a where a is not 0 |
/// | [`mae`](Self::mae), [`rmse`](Self::rmse) | mean of abs(a - f); root of the mean square |
/// | [`smape`](Self::smape) | mean of 2 abs(a - f) / (a + f), 0 where both are 0 |
/// | [`mase`](Self::mase) | MAE by the mean of abs(a - the a of so many intervals before) |
///
/// ```
/// use floorwalker::forecast::Accuracy;
///
/// let accuracy = Accuracy::of(&[10.0, 20.0, 0.0], &[12.0, 15.0, 1.0])?;
/// assert_eq!(accuracy.wape(), Some(8.0 / 30.0));
/// assert_eq!(accuracy.bias(), Some(-2.0 / 30.0));
/// assert_eq!(accuracy.zero_actuals(), 1); // not in the MAPE
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accuracy {
    count: u64,
    zero_actuals: u64,
    actual: ExactSum,
    forecast: ExactSum,
    absolute: ExactSum,
    squares: ExactSum,
    percentages: ExactSum,
    symmetric: ExactSum,
    naive: ExactSum,
    naive_count: u64,
}

impl Accuracy {
    /// The accuracy over two columns, the naive forecast of the MASE being the interval before.
    ///
    /// # Errors
    /// `columns.length_mismatch` if the columns differ; `columns.bad_value` for a number
    /// that is negative, above 1e9 or none.
    pub fn of(actual: &[f64], forecast: &[f64]) -> Result<Self> {
        Self::with_lag(actual, forecast, 1)
    }

    /// The same with the naive forecast of `lag` intervals before: the same time of the
    /// previous week, where the columns have no gaps and no clock change between.
    ///
    /// # Errors
    /// As for [`of`](Self::of).
    pub fn with_lag(actual: &[f64], forecast: &[f64], lag: usize) -> Result<Self> {
        if forecast.len() != actual.len() {
            return Err(ErrorKind::ColumnLength {
                column: "forecast",
                given: forecast.len(),
                reference: "actual",
                expected: actual.len(),
            }
            .into());
        }
        let mut sums = Self::default();
        for (row, (&a, &f)) in actual.iter().zip(forecast).enumerate() {
            check("actual", row, a)?;
            check("forecast", row, f)?;
            sums.add(a, f);
        }
        for (later, earlier) in actual.iter().skip(lag).zip(actual) {
            sums.naive.add((later - earlier).abs());
            sums.naive_count += 1;
        }
        Ok(sums)
    }

    fn add(&mut self, a: f64, f: f64) {
        let error = (a - f).abs();
        self.count += 1;
        self.actual.add(a);
        self.forecast.add(f);
        self.absolute.add(error);
        self.squares.add(error * error);
        if a > 0.0 {
            self.percentages.add(error / a);
        } else {
            self.zero_actuals += 1;
        }
        if error > 0.0 {
            self.symmetric.add(2.0 * error / (a + f));
        }
    }

    /// The accuracy over both.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            zero_actuals: self.zero_actuals + other.zero_actuals,
            actual: self.actual.merge(other.actual),
            forecast: self.forecast.merge(other.forecast),
            absolute: self.absolute.merge(other.absolute),
            squares: self.squares.merge(other.squares),
            percentages: self.percentages.merge(other.percentages),
            symmetric: self.symmetric.merge(other.symmetric),
            naive: self.naive.merge(other.naive),
            naive_count: self.naive_count + other.naive_count,
        }
    }

    /// How many intervals were compared.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Intervals without a call, which the MAPE leaves out.
    #[must_use]
    pub fn zero_actuals(&self) -> u64 {
        self.zero_actuals
    }

    /// Weighted absolute percentage error; `None` without calls.
    #[must_use]
    pub fn wape(&self) -> Option<f64> {
        ratio(self.absolute.value(), self.actual.value())
    }

    /// By how much the forecast was above the calls, as a part of them.
    #[must_use]
    pub fn bias(&self) -> Option<f64> {
        let (forecast, actual) = (self.forecast.value(), self.actual.value());
        ratio(forecast - actual, actual)
    }

    /// Mean absolute percentage error of intervals with calls.
    #[must_use]
    pub fn mape(&self) -> Option<f64> {
        ratio(
            self.percentages.value(),
            (self.count - self.zero_actuals) as f64,
        )
    }

    /// Mean absolute error, in calls.
    #[must_use]
    pub fn mae(&self) -> Option<f64> {
        ratio(self.absolute.value(), self.count as f64)
    }

    /// Root of the mean square error, in calls.
    #[must_use]
    pub fn rmse(&self) -> Option<f64> {
        ratio(self.squares.value(), self.count as f64).map(f64::sqrt)
    }

    /// Symmetric mean absolute percentage error, from 0 to 2.
    #[must_use]
    pub fn smape(&self) -> Option<f64> {
        ratio(self.symmetric.value(), self.count as f64)
    }

    /// Mean absolute scaled error: below 1 is better than the naive forecast.
    #[must_use]
    pub fn mase(&self) -> Option<f64> {
        ratio(
            self.mae()?,
            ratio(self.naive.value(), self.naive_count as f64)?,
        )
    }
}

fn ratio(upper: f64, lower: f64) -> Option<f64> {
    (lower > 0.0).then(|| upper / lower)
}

fn check(column: &'static str, row: usize, value: f64) -> Result<()> {
    if (0.0..=1e9).contains(&value) {
        return Ok(());
    }
    let (why, given) = ("must be between 0 and 1e9", value.to_string());
    Err(Error::from(ErrorKind::ColumnValue {
        column,
        row,
        why,
        given,
    }))
}

/// The error of forecast handling times in seconds, weighted by the calls they are for:
/// Σ calls abs(a - f) / Σ calls a. `None` without calls.
///
/// # Errors
/// As for [`Accuracy::of`], over the three columns.
pub fn handling_error(
    calls: &[f64],
    actual_secs: &[f64],
    forecast_secs: &[f64],
) -> Result<Option<f64>> {
    Accuracy::of(actual_secs, forecast_secs)?;
    Accuracy::of(calls, actual_secs)?;
    let (mut error, mut all) = (0.0, 0.0);
    for ((calls, actual), forecast) in calls.iter().zip(actual_secs).zip(forecast_secs) {
        error += calls * (actual - forecast).abs();
        all += calls * actual;
    }
    Ok(ratio(error, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_merge_into_the_whole() {
        let (actual, forecast) = ([3.0, 0.0, 7.0, 9.0], [4.0, 0.0, 5.0, 9.5]);
        let whole = Accuracy::with_lag(&actual, &forecast, 9).unwrap();
        let part = |from: usize, until: usize| {
            Accuracy::with_lag(&actual[from..until], &forecast[from..until], 9).unwrap()
        };
        for cut in 0..=4 {
            assert_eq!(part(0, cut).merge(part(cut, 4)), whole);
            assert_eq!(part(cut, 4).merge(part(0, cut)), whole);
        }
        let text = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<Accuracy>(&text).unwrap(), whole);
        assert_eq!(whole.mase(), None);
        assert_eq!(Accuracy::default().wape(), None);
        assert!(Accuracy::of(&[1.0], &[f64::NAN]).unwrap_err().is_column());
        assert_eq!(
            handling_error(&[1.0, 3.0], &[100.0, 200.0], &[120.0, 190.0]).unwrap(),
            Some(50.0 / 700.0)
        );
    }
}
