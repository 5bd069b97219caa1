//! Indemnities for late replies.

use serde::{Deserialize, Serialize};

use crate::complaint::money::Money;
use crate::error::Result;

/// How an indemnity (indennizzo) grows with the delay.
///
/// ```
/// use floorwalker::complaint::{IndemnityRule, Money};
///
/// let euros = |text: &str| Money::new(text.parse().unwrap(), "EUR");
/// let steps = IndemnityRule::Steps { base: euros("30")?, most: 3 };
/// assert_eq!(steps.amount(30, 30)?, euros("0")?);
/// assert_eq!(steps.amount(30, 61)?, euros("60")?);
/// let daily = IndemnityRule::PerDay { amount: euros("2.50")?, most: euros("300")? };
/// assert_eq!(daily.amount(30, 41)?, euros("27.50")?);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum IndemnityRule {
    /// The base once beyond the standard, twice beyond twice the standard, and so on, at
    /// most `most` times.
    Steps {
        /// What is paid once.
        base: Money,
        /// At most so many times.
        most: u32,
    },
    /// An amount for each day beyond the standard.
    PerDay {
        /// For one day.
        amount: Money,
        /// At most so much.
        most: Money,
    },
}

impl IndemnityRule {
    /// What is due when a reply that was due within `standard_days` took `actual_days`:
    /// 0 within the standard, never less for a later reply.
    ///
    /// # Errors
    /// `value.out_of_range` if the amount becomes too large.
    pub fn amount(&self, standard_days: u32, actual_days: u32) -> Result<Money> {
        let late_days = actual_days.saturating_sub(standard_days);
        match *self {
            Self::Steps { base, .. } if late_days == 0 => Money::zero(base.currency()),
            Self::Steps { base, most } => {
                let times = (actual_days - 1).checked_div(standard_days).unwrap_or(most);
                base.times(times.min(most))
            }
            Self::PerDay { amount, most } => {
                let due = amount.times(late_days)?;
                Ok(if due.amount() > most.amount() {
                    most
                } else {
                    due
                })
            }
        }
    }

    /// The most that can become due.
    ///
    /// # Errors
    /// `value.out_of_range` if the amount becomes too large.
    pub fn most(&self) -> Result<Money> {
        match *self {
            Self::Steps { base, most } => base.times(most),
            Self::PerDay { most, .. } => Ok(most),
        }
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> &str {
        match self {
            Self::Steps { base, .. } => base.currency(),
            Self::PerDay { amount, .. } => amount.currency(),
        }
    }
}
