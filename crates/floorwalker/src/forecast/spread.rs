//! How far days and intervals are from their forecast.

use serde::{Deserialize, Serialize};

use super::history::History;
use super::model::DayModel;
use crate::error::{Error, Result};

/// How far the truth lies from a forecast, beyond the chance of single calls: coefficients
/// of variation of a factor of the day and of one of the interval beside it.
///
/// It is what the room `staffing` takes as the error of a forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Of the day as a whole.
    pub day: f64,
    /// Of an interval beside its day.
    pub interval: f64,
}

impl Spread {
    /// From the days of a history and what the model says of them. They are in sample, so
    /// the spread of days to come is somewhat larger.
    pub(super) fn of_residuals(history: &History, model: &DayModel) -> Self {
        let days = history.days();
        let (mut day_square, mut day_chance, mut count) = (0.0_f64, 0.0_f64, 0.0_f64);
        let (mut square, mut chance, mut expected_squares) = (0.0_f64, 0.0_f64, 0.0_f64);
        for day in days {
            let forecast = model.day(history.days()[days.len() - 1].date, &day.class);
            let (expected, came) = (forecast.total(), day.total());
            if expected <= 0.0 || came <= 0.0 {
                continue;
            }
            day_square += (came / expected - 1.0).powi(2);
            day_chance += 1.0 / expected;
            count += 1.0;
            let factor = came / expected;
            for (&calls, mean) in day.calls.iter().zip(forecast.calls()) {
                let mean = mean * factor;
                square += (f64::from(calls) - mean).powi(2);
                chance += mean;
                expected_squares += mean * mean;
            }
        }
        let root = |value: f64| if value > 0.0 { value.sqrt() } else { 0.0 };
        if count < 2.0 || expected_squares <= 0.0 {
            return Self::default();
        }
        let day = root((day_square / (count - 1.0)) - day_chance / count);
        Self {
            day,
            interval: root((square - chance) / expected_squares),
        }
    }

    /// The factor of a day of which `came` calls have come where these were expected.
    pub(super) fn day_factor(self, expected: &[f64], came: f64) -> f64 {
        let all: f64 = expected.iter().sum();
        if all <= 0.0 {
            return 1.0;
        }
        let squares: f64 = expected.iter().map(|calls| calls * calls).sum();
        let noise = 1.0 / all + self.interval * self.interval * squares / (all * all);
        let day = self.day * self.day;
        let believed = if day > 0.0 { day / (day + noise) } else { 0.0 };
        1.0 + believed * (came / all - 1.0)
    }

    pub(super) fn intervals(self, calls: &[f64], probability: f64) -> Result<Vec<(f64, f64)>> {
        if !(0.5..=0.999).contains(&probability) {
            return Err(Error::range("probability", 0.5, 0.999, probability));
        }
        let z = two_sided(probability);
        let factor = self.day * self.day + self.interval * self.interval;
        let each = calls.iter().map(|&mean| {
            let half = z * (mean + factor * mean * mean).sqrt();
            ((mean - half).max(0.0), mean + half)
        });
        Ok(each.collect())
    }
}

/// The normal quantile for a two-sided probability, after the rational approximation of
/// Abramowitz and Stegun 26.2.23 (error below 4.5e-4).
fn two_sided(probability: f64) -> f64 {
    let t = (-2.0 * ((1.0 - probability) / 2.0).ln()).sqrt();
    let upper = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let lower = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    t - upper / lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_factors() {
        assert!((two_sided(0.95) - 1.959_96).abs() < 1e-3);
        assert!((two_sided(0.5) - 0.674_49).abs() < 1e-3);
        let spread = Spread {
            day: 0.1,
            interval: 0.05,
        };
        let many = spread.day_factor(&[1e5; 40], 1.2 * 40e5);
        assert!(many > 1.19 && many < 1.2, "{many}");
        assert!((spread.day_factor(&[1.0], 3.0) - 1.0).abs() < 0.05);
        assert_eq!(spread.day_factor(&[], 0.0), 1.0);
        assert!(spread.intervals(&[4.0], 2.0).unwrap_err().is_range());
    }
}
