//! Amounts of money in a named currency.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// An amount of money.
///
/// Invariant: the amount is not negative, below 10^15 and has at most two decimals; the
/// currency is three capital letters (ISO 4217).
///
/// ```
/// use floorwalker::complaint::Money;
///
/// let base = Money::new("30".parse().unwrap(), "EUR")?;
/// assert_eq!(base.times(3)?.to_string(), "90.00 EUR");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Money {
    amount: Decimal,
    currency: [u8; 3],
}

/// The largest amount, in units of the currency.
const MAX_AMOUNT: i64 = 1_000_000_000_000_000;

impl Money {
    /// An amount, rounded to cents: a half goes to the even cent.
    ///
    /// # Errors
    /// `value.out_of_range` if the amount is negative or 10^15 and more; `name.invalid`
    /// if the currency is not three capital letters.
    pub fn new(amount: Decimal, currency: &str) -> Result<Self> {
        if amount.is_sign_negative() && !amount.is_zero() || amount >= MAX_AMOUNT.into() {
            return Err(Error::range("amount of money", 0, MAX_AMOUNT, amount));
        }
        let letters = <[u8; 3]>::try_from(currency.as_bytes());
        let letters = letters
            .ok()
            .filter(|letters| letters.iter().all(u8::is_ascii_uppercase));
        let currency = letters.ok_or_else(|| {
            let (what, why) = ("currency", "a currency is three capital letters, as in EUR");
            let given = currency.chars().take(20).collect();
            ErrorKind::Name { what, given, why }
        })?;
        let amount = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven);
        Ok(Self {
            amount: amount.abs().normalize(),
            currency,
        })
    }

    /// Nothing of a currency.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn zero(currency: &str) -> Result<Self> {
        Self::new(Decimal::ZERO, currency)
    }

    /// The amount in units of the currency.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        self.amount
    }

    /// The currency, such as `EUR`.
    #[must_use]
    pub fn currency(&self) -> &str {
        std::str::from_utf8(&self.currency).expect("a currency is three ASCII letters")
    }

    /// The amount in cents.
    #[must_use]
    pub fn cents(&self) -> i64 {
        let cents = self.amount.normalize() * Decimal::ONE_HUNDRED;
        i64::try_from(cents).expect("an amount below 10^15 with two decimals is a number of cents")
    }

    /// The amount so many times.
    ///
    /// # Errors
    /// `value.out_of_range` if it becomes too large.
    pub fn times(&self, factor: u32) -> Result<Self> {
        Self::new(self.amount * Decimal::from(factor), self.currency())
    }

    /// Both amounts together.
    ///
    /// # Errors
    /// `options.conflict` for different currencies; `value.out_of_range` if it becomes
    /// too large.
    pub fn plus(&self, other: &Self) -> Result<Self> {
        if self.currency != other.currency {
            let why = format!("they are in {} and {}", self.currency(), other.currency());
            return Err(ErrorKind::Conflict {
                what: "two amounts",
                why,
            }
            .into());
        }
        Self::new(self.amount + other.amount, self.currency())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} {}", self.amount, self.currency())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

/// Money as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Money", deny_unknown_fields)]
struct Record {
    amount: Decimal,
    currency: String,
}

impl TryFrom<Record> for Money {
    type Error = Error;
    fn try_from(record: Record) -> Result<Self> {
        let money = Self::new(record.amount, &record.currency)?;
        if money.amount == record.amount {
            Ok(money)
        } else {
            Err(Error::range("decimals of an amount", 0, 2, record.amount))
        }
    }
}

impl From<Money> for Record {
    fn from(money: Money) -> Self {
        Self {
            amount: money.amount,
            currency: money.currency().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(text: &str) -> Result<Money> {
        Money::new(text.parse().unwrap(), "EUR")
    }

    #[test]
    fn amounts_are_checked_and_rounded() {
        assert!(eur("-0.01").unwrap_err().is_range());
        assert!(eur("1000000000000000").unwrap_err().is_range());
        assert_eq!(eur("2.505").unwrap().to_string(), "2.50 EUR");
        assert_eq!(eur("2.515").unwrap().cents(), 252);
        assert!(Money::zero("eur").unwrap_err().is_name());
    }

    #[test]
    fn currencies_do_not_mix() {
        let pounds = Money::zero("GBP").unwrap();
        assert_eq!(
            eur("1").unwrap().plus(&pounds).unwrap_err().code(),
            "options.conflict"
        );
    }

    #[test]
    fn json_keeps_cents_only() {
        let json = r#"{"amount":"2.5","currency":"EUR"}"#;
        let money: Money = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&money).unwrap(), json);
        assert!(serde_json::from_str::<Money>(r#"{"amount":"2.505","currency":"EUR"}"#).is_err());
    }
}
