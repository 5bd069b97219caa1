//! How long things last: distributions of handling times, patience and delays.

use serde::{Deserialize, Serialize};

use super::random::Random;
use crate::error::{ErrorKind, Result};
use crate::staffing::input;

/// A distribution of durations in seconds.
///
/// Invariant: means are between a microsecond and 1e9 seconds, variations between 0 and
/// 10; an empirical one has at least one value, all of them from 0 to 1e9.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Kind", into = "Kind")]
pub struct Duration(Kind);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Never,
    Fixed(f64),
    Exponential(f64),
    Lognormal { mean_secs: f64, variation: f64 },
    Empirical(Vec<f64>),
}

/// The longest duration in seconds: longer ones never end.
pub(super) const NEVER_SECS: f64 = 1e9;

impl Duration {
    /// It does not end: callers who never give up.
    #[must_use]
    pub fn never() -> Self {
        Self(Kind::Never)
    }

    /// Always the same.
    ///
    /// # Errors
    /// `value.out_of_range` if it is negative or above 1e9 seconds.
    pub fn fixed(secs: f64) -> Result<Self> {
        Kind::Fixed(secs).check()
    }

    /// Exponential with this mean.
    ///
    /// # Errors
    /// `value.out_of_range` if the mean is not between a microsecond and 1e9 seconds.
    pub fn exponential(mean_secs: f64) -> Result<Self> {
        Kind::Exponential(mean_secs).check()
    }

    /// Lognormal with this mean and coefficient of variation, as handling times often are.
    ///
    /// # Errors
    /// `value.out_of_range` if the mean is not between a microsecond and 1e9 seconds or
    /// the variation not between 0 and 10.
    pub fn lognormal(mean_secs: f64, variation: f64) -> Result<Self> {
        Kind::Lognormal {
            mean_secs,
            variation,
        }
        .check()
    }

    /// One of these values, each as likely: measured handling times.
    ///
    /// # Errors
    /// `options.conflict` without a value; `value.out_of_range` if one is negative or
    /// above 1e9 seconds.
    pub fn empirical(secs: Vec<f64>) -> Result<Self> {
        Kind::Empirical(secs).check()
    }

    /// The mean in seconds; `None` if it does not end.
    #[must_use]
    pub fn mean_secs(&self) -> Option<f64> {
        match &self.0 {
            Kind::Never => None,
            Kind::Fixed(secs) | Kind::Exponential(secs) => Some(*secs),
            Kind::Lognormal { mean_secs, .. } => Some(*mean_secs),
            Kind::Empirical(values) => Some(values.iter().sum::<f64>() / values.len() as f64),
        }
    }

    pub(super) fn draw(&self, random: &mut Random) -> f64 {
        match &self.0 {
            Kind::Never => NEVER_SECS,
            Kind::Fixed(secs) => *secs,
            Kind::Exponential(mean) => mean * random.exponential(),
            Kind::Lognormal {
                mean_secs,
                variation,
            } => mean_secs * random.factor(*variation),
            Kind::Empirical(values) => values[random.below(values.len())],
        }
    }
}

impl Kind {
    fn check(self) -> Result<Duration> {
        let mean =
            |secs: f64| input::within("mean in seconds", input::LEAST_SECS, NEVER_SECS, secs);
        let value = |secs: f64| input::within("duration in seconds", 0.0, NEVER_SECS, secs);
        match &self {
            Self::Never => {}
            Self::Fixed(secs) => drop(value(*secs)?),
            Self::Exponential(secs) => drop(mean(*secs)?),
            Self::Lognormal {
                mean_secs,
                variation,
            } => {
                mean(*mean_secs)?;
                input::within("coefficient of variation", 0.0, 10.0, *variation)?;
            }
            Self::Empirical(values) if values.is_empty() => {
                let why = "there must be at least one".to_owned();
                return Err(ErrorKind::Conflict {
                    what: "measured durations",
                    why,
                }
                .into());
            }
            Self::Empirical(values) => values.iter().try_for_each(|&secs| value(secs).map(drop))?,
        }
        Ok(Duration(self))
    }
}

impl TryFrom<Kind> for Duration {
    type Error = crate::error::Error;
    fn try_from(kind: Kind) -> Result<Self> {
        kind.check()
    }
}

impl From<Duration> for Kind {
    fn from(duration: Duration) -> Self {
        duration.0
    }
}
