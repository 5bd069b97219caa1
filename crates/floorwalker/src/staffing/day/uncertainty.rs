//! Forecasts are wrong: how likely the service level is kept all the same.

use serde::{Deserialize, Serialize};

use super::columns::{DayWork, same_length};
use crate::error::Result;
use crate::service::ServiceLevel;
use crate::staffing::goal::RuleShares;
use crate::staffing::input;
use crate::staffing::model::normal_below;
use crate::staffing::performance::{Performance, happened};

/// How far the calls of a forecast may be off, as coefficients of variation.
///
/// Invariant: both are between 0 and 2.
///
/// The true rate of an interval is the forecast times two lognormal factors of mean 1:
/// one of the day, common to all its intervals, and one of the interval alone. Poisson
/// chance is not part of them. A day that is 10 % off as a whole and intervals that are
/// 5 % off the day's profile are 0.1 and 0.05.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct ForecastError {
    day: f64,
    interval: f64,
}

impl ForecastError {
    /// The forecast comes true.
    pub const SURE: Self = Self {
        day: 0.0,
        interval: 0.0,
    };

    /// The coefficient of variation of the day.
    #[must_use]
    pub fn day(self) -> f64 {
        self.day
    }

    /// That of an interval beside the day's.
    #[must_use]
    pub fn interval(self) -> f64 {
        self.interval
    }

    /// The error of the day as a whole, and that of an interval beside it.
    ///
    /// # Errors
    /// `value.out_of_range` if one is not between 0 and 2.
    pub fn new(day: f64, interval: f64) -> Result<Self> {
        Ok(Self {
            day: input::within("coefficient of variation", 0.0, 2.0, day)?,
            interval: input::within("coefficient of variation", 0.0, 2.0, interval)?,
        })
    }
}

impl TryFrom<(f64, f64)> for ForecastError {
    type Error = crate::error::Error;
    fn try_from((day, interval): (f64, f64)) -> Result<Self> {
        Self::new(day, interval)
    }
}

impl From<ForecastError> for (f64, f64) {
    fn from(error: ForecastError) -> Self {
        (error.day, error.interval)
    }
}

/// How likely a service level is reached.
///
/// Pooling adds what is in it: see [`Attainment::pooled`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Attainment {
    /// The expected service level: expected calls that count for the rule, by expected
    /// calls that count. `None` if none does.
    pub expected_level: Option<f64>,
    /// The probability that the measured service level reaches the target; 1 where no
    /// call counts, as nothing is missed.
    pub probability: f64,
    counts_for: f64,
    counts: f64,
    surplus: f64,
    variance: f64,
}

impl Attainment {
    /// The attainment of a period of these days or intervals, taken as independent: the
    /// month of days. The distribution of the sum is taken as normal.
    #[must_use]
    pub fn pooled(parts: &[Self]) -> Self {
        let sum = |of: fn(&Self) -> f64| parts.iter().map(of).sum::<f64>();
        let (counts_for, counts) = (sum(|part| part.counts_for), sum(|part| part.counts));
        let (surplus, variance) = (sum(|part| part.surplus), sum(|part| part.variance));
        Self::of(
            counts_for,
            counts,
            surplus,
            variance,
            reached(surplus, variance),
        )
    }

    fn of(counts_for: f64, counts: f64, surplus: f64, variance: f64, probability: f64) -> Self {
        let expected_level = (counts > 0.0).then(|| counts_for / counts);
        Self {
            expected_level,
            probability,
            counts_for,
            counts,
            surplus,
            variance,
        }
    }
}

/// P(X >= 0) of a normal X.
fn reached(mean: f64, variance: f64) -> f64 {
    if variance > 0.0 {
        normal_below(mean / variance.sqrt())
    } else if mean >= 0.0 {
        1.0
    } else {
        0.0
    }
}

/// How likely the measured service level of each interval, and of the whole day, reaches
/// `at_least`, when the forecast has this error.
///
/// Uncertainty of the rate is integrated over both factors. The chance of the single
/// calls is added as if calls were good or bad independently at a given rate; calls that
/// wait in the same queue are not independent, so in a busy centre the true spread is
/// larger, and probabilities are nearer to a half than given here. The steady state of
/// each interval is used.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::service::ServiceLevel;
/// use floorwalker::staffing::{DayWork, ForecastError, attainment};
///
/// let day = DayWork::new(1800.0, &[100.0; 20], &[180.0; 20])?.with_patience(120.0)?;
/// let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let sure = attainment(&day, &[13; 20], &rule, 0.8, ForecastError::new(0.0, 0.0)?)?;
/// let unsure = attainment(&day, &[13; 20], &rule, 0.8, ForecastError::new(0.15, 0.05)?)?;
/// assert!(sure.day.probability > 0.99);
/// assert!(unsure.day.probability < 0.95);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `columns.length_mismatch` if there is not one number of agents for each interval;
/// `value.out_of_range` if the level is, or if calls many times the forecast's would be.
pub fn attainment(
    day: &DayWork<'_>,
    agents: &[u32],
    rule: &ServiceLevel,
    at_least: f64,
    error: ForecastError,
) -> Result<DayAttainment> {
    same_length("agents", agents.len(), day.len())?;
    let at_least = input::share("service level", at_least)?;
    let shares = RuleShares::new(rule);
    let (of_day, of_interval) = (factors(error.day), factors(error.interval));
    let mut intervals = vec![Mixture::default(); agents.len()];
    let mut whole = Mixture::default();
    for &(day_weight, day_factor) in &of_day {
        let mut sum = Moments::default();
        for (row, &agents) in agents.iter().enumerate() {
            let mut mixed = Mixture::default();
            for &(weight, factor) in &of_interval {
                let work = day.scaled(row, day_factor * factor)?;
                let queue = Performance::of(&work, f64::from(agents))?;
                mixed.add(weight, moments(&queue, &shares, at_least, work.calls()));
            }
            sum = sum.plus(mixed.moments());
            intervals[row].take(day_weight, &mixed);
        }
        whole.add(day_weight, sum);
    }
    Ok(DayAttainment {
        intervals: intervals.iter().map(Mixture::attainment).collect(),
        day: whole.attainment(),
    })
}

/// The attainment of a day and of its intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayAttainment {
    /// By interval.
    pub intervals: Vec<Attainment>,
    /// Of the day as a whole.
    pub day: Attainment,
}

/// Moments of calls that count for a rule, and of their surplus over the target.
#[derive(Clone, Copy, Default)]
struct Moments {
    counts_for: f64,
    counts: f64,
    surplus: f64,
    variance: f64,
}

impl Moments {
    fn plus(self, other: Self) -> Self {
        Self {
            counts_for: self.counts_for + other.counts_for,
            counts: self.counts + other.counts,
            surplus: self.surplus + other.surplus,
            variance: self.variance + other.variance,
        }
    }
}

/// A call adds 1 - p if it counts for the rule and -p if against: a compound Poisson sum.
fn moments(queue: &Performance, shares: &RuleShares, at_least: f64, calls: f64) -> Moments {
    let within = queue.by(shares.within_secs());
    let short = shares.short_secs().map(|secs| queue.by(secs));
    let (good, all) = shares.parts(&happened(&queue.fate(), within, short));
    let bad = (all - good).max(0.0);
    Moments {
        counts_for: calls * good,
        counts: calls * all,
        surplus: calls * (good - at_least * all),
        variance: calls * (good * (1.0 - at_least).powi(2) + bad * at_least * at_least),
    }
}

/// Moments over several cases with weights that sum to 1, and the probability over them.
#[derive(Clone, Default)]
struct Mixture {
    sum: Moments,
    surplus_squares: f64,
    probability: f64,
}

impl Mixture {
    fn add(&mut self, weight: f64, case: Moments) {
        self.sum.counts_for += weight * case.counts_for;
        self.sum.counts += weight * case.counts;
        self.sum.surplus += weight * case.surplus;
        self.sum.variance += weight * case.variance;
        self.surplus_squares += weight * case.surplus * case.surplus;
        self.probability += weight * reached(case.surplus, case.variance);
    }

    fn take(&mut self, weight: f64, other: &Self) {
        self.sum.counts_for += weight * other.sum.counts_for;
        self.sum.counts += weight * other.sum.counts;
        self.sum.surplus += weight * other.sum.surplus;
        self.sum.variance += weight * other.sum.variance;
        self.surplus_squares += weight * other.surplus_squares;
        self.probability += weight * other.probability;
    }

    /// Variance within the cases and between them.
    fn moments(&self) -> Moments {
        let between = self.surplus_squares - self.sum.surplus * self.sum.surplus;
        Moments {
            variance: self.sum.variance + between.max(0.0),
            ..self.sum
        }
    }

    fn attainment(&self) -> Attainment {
        let Moments {
            counts_for,
            counts,
            surplus,
            variance,
        } = self.moments();
        Attainment::of(
            counts_for,
            counts,
            surplus,
            variance,
            self.probability.clamp(0.0, 1.0),
        )
    }
}

/// Weights and values of a lognormal factor of mean 1: the trapezoid rule over the
/// normal variable from -5 to 5, which for so smooth a density is nearly exact.
fn factors(variation: f64) -> Vec<(f64, f64)> {
    if variation == 0.0 {
        return vec![(1.0, 1.0)];
    }
    let square = (variation * variation).ln_1p();
    let point = |step: i32| {
        let z = 0.5 * f64::from(step);
        (
            (-0.5 * z * z).exp(),
            (square.sqrt() * z - 0.5 * square).exp(),
        )
    };
    let mut points: Vec<(f64, f64)> = (-10..=10).map(point).collect();
    let weights: f64 = points.iter().map(|(weight, _)| weight).sum();
    points.iter_mut().for_each(|(weight, _)| *weight /= weights);
    points
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn factors_have_mean_one_and_the_variation() {
        for variation in [0.02, 0.15, 0.5] {
            let points = factors(variation);
            let mean: f64 = points.iter().map(|(weight, value)| weight * value).sum();
            let square: f64 = points
                .iter()
                .map(|(weight, value)| weight * value * value)
                .sum();
            assert!((mean - 1.0).abs() < 1e-6, "{mean}");
            assert!(((square - mean * mean).sqrt() / variation - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn certainty_is_the_steady_state() {
        let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
        let day = DayWork::new(1800.0, &[100.0, 0.0], &[180.0; 2])
            .unwrap()
            .with_patience(120.0)
            .unwrap();
        let sure = ForecastError::new(0.0, 0.0).unwrap();
        let given = attainment(&day, &[12, 0], &rule, 0.8, sure).unwrap();
        let steady = Performance::of(&day.work(0).unwrap(), 12.0).unwrap();
        let level = steady.service_level(&rule).unwrap();
        assert!((given.day.expected_level.unwrap() - level).abs() < 1e-12);
        assert_eq!(given.intervals[1].expected_level, None);
        assert_eq!(given.intervals[1].probability, 1.0);
        // Thirty days are surer than one when the mean is above the target.
        let month = Attainment::pooled(&[given.day; 30]);
        assert!(month.probability > given.day.probability);
        assert!(ForecastError::new(f64::NAN, 0.0).unwrap_err().is_range());
    }
}
