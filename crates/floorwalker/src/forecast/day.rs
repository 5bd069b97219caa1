//! The forecast of one day, and its correction while the day goes on.

use chrono::NaiveDate;
use serde::Serialize;

use super::spread::Spread;
use crate::error::{Error, Result};

/// The forecast of one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayForecast {
    pub(super) date: NaiveDate,
    pub(super) calls: Vec<f64>,
    pub(super) aht_secs: Vec<Option<f64>>,
    pub(super) spread: Spread,
    pub(super) class_was_seen: bool,
}

impl DayForecast {
    /// The date.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// Expected calls by interval.
    #[must_use]
    pub fn calls(&self) -> &[f64] {
        &self.calls
    }

    /// Expected mean handling times by interval, in seconds; `None` if none are known.
    #[must_use]
    pub fn aht_secs(&self) -> &[Option<f64>] {
        &self.aht_secs
    }

    /// Expected calls of the day.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.calls.iter().sum()
    }

    /// Whether days of this class were in the history; else the day is taken as average.
    #[must_use]
    pub fn class_was_seen(&self) -> bool {
        self.class_was_seen
    }

    /// How far days and intervals may be off.
    #[must_use]
    pub fn spread(&self) -> Spread {
        self.spread
    }

    /// The interval in which the calls of each interval lie with this probability, by the
    /// normal distribution: chance of the calls themselves, of the interval and of the day.
    ///
    /// # Errors
    /// `value.out_of_range` if the probability is not between 0.5 and 0.999.
    pub fn prediction_intervals(&self, probability: f64) -> Result<Vec<(f64, f64)>> {
        self.spread.intervals(&self.calls, probability)
    }

    /// The rest of the day, after the first intervals have brought `actual` calls.
    ///
    /// The day's own factor is estimated from what was expected and what came, weighed by
    /// how far days usually are off against the chance of the calls so far. Intervals
    /// that are past hold what came.
    ///
    /// # Errors
    /// `value.out_of_range` if more intervals are past than the day has.
    pub fn reforecast(&self, actual: &[u32]) -> Result<Self> {
        if actual.len() > self.calls.len() {
            return Err(Error::range(
                "past intervals",
                0,
                self.calls.len(),
                actual.len(),
            ));
        }
        let came: f64 = actual.iter().map(|&calls| f64::from(calls)).sum();
        let factor = self.spread.day_factor(&self.calls[..actual.len()], came);
        let past = actual.iter().map(|&calls| f64::from(calls));
        let rest = self.calls[actual.len()..]
            .iter()
            .map(|calls| calls * factor);
        Ok(Self {
            calls: past.chain(rest).collect(),
            ..self.clone()
        })
    }
}

/// Distributes a whole number over parts, so that the sum is kept: each gets its share cut
/// down, and the largest remainders one more.
///
/// ```
/// use floorwalker::forecast::distribute;
///
/// assert_eq!(distribute(10, &[1.0, 1.0, 1.0])?, [4, 3, 3]);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` for a part that is negative or none, or if all are 0.
pub fn distribute(total: u32, parts: &[f64]) -> Result<Vec<u32>> {
    let sum: f64 = parts.iter().sum();
    if let Some(bad) = parts.iter().find(|part| !(0.0..=1e12).contains(*part)) {
        return Err(Error::range("part", 0.0, 1e12, bad));
    }
    if sum <= 0.0 {
        return Err(Error::range("sum of the parts", "above 0", 1e12, sum));
    }
    let exact: Vec<f64> = parts
        .iter()
        .map(|part| f64::from(total) * part / sum)
        .collect();
    let mut whole: Vec<u32> = exact.iter().map(|part| *part as u32).collect();
    let given: u32 = whole.iter().sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    let left = total.saturating_sub(given) as usize;
    order
        .into_iter()
        .take(left)
        .for_each(|place| whole[place] += 1);
    Ok(whole)
}
