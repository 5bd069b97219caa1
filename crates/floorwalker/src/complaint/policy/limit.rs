//! Time limits of policies.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::Label;
use crate::time::business::Timeline;
use crate::time::clock::{Deadline, DeadlineUnit, Roll};

/// A time limit that is counted in dates. The day of receipt does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many units.
    pub amount: u32,
    /// The unit.
    pub unit: DeadlineUnit,
    /// What happens when the last day is no business day. The texts rarely say; where
    /// they do not, the last day stays, which is the stricter reading.
    #[serde(default = "no_roll")]
    pub roll: Roll,
}

fn no_roll() -> Roll {
    Roll::None
}

impl Limit {
    /// The last day on which acting is in time.
    ///
    /// # Errors
    /// As for [`Deadline::new`].
    pub fn deadline(&self, received: NaiveDate, hours: &Timeline) -> Result<Deadline> {
        Deadline::new(received, self.amount, self.unit, self.roll, hours)
    }

    /// Whether business days matter for it.
    #[must_use]
    pub fn needs_hours(&self) -> bool {
        self.unit == DeadlineUnit::BusinessDay || self.roll != Roll::None
    }
}

/// Until when the reply is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerRule {
    /// The limit.
    pub limit: Limit,
    /// Other limits where a fact holds; the longest of those that hold counts.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// What a holding reply changes.
    #[serde(default)]
    pub holding: Option<HoldingRule>,
    /// Whether missing the limit is a breach.
    #[serde(default)]
    pub kind: LimitKind,
    /// Whether a summary must be sent by a durable way when it is solved at once.
    #[serde(default)]
    pub summary: bool,
}

/// Another limit where a fact holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The fact, such as `four_monthly_bills`.
    pub fact: Label,
    /// The limit.
    pub limit: Limit,
}

/// What a holding reply changes, if it goes out within the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum HoldingRule {
    /// The reply is due within this longer limit, counted from receipt.
    Extends(Limit),
    /// The limit is kept; the customer may then go to the body outside.
    Satisfies,
}

/// Whether missing a limit is a breach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// It is.
    #[default]
    Duty,
    /// It is not: within the limit an easier way is open, after it the usual one. No clock
    /// is kept for it.
    Option,
}

/// Whether asking the customer or a third party stops the legal clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseRule {
    /// Whether it does.
    pub allowed: bool,
    /// For how many days of 24 hours in all; without an end if absent.
    #[serde(default)]
    pub max_days: Option<u32>,
}

impl AnswerRule {
    /// The limit that holds where some facts do.
    #[must_use]
    pub fn limit_for(&self, facts: &[Label]) -> Limit {
        let variants = self
            .variants
            .iter()
            .filter(|variant| facts.contains(&variant.fact));
        let longest = variants
            .map(|variant| variant.limit)
            .max_by_key(|limit| limit.amount);
        longest.unwrap_or(self.limit)
    }

    /// The deadline, and whether a holding reply extends it. A holding reply counts if it
    /// went out on the last day at the latest.
    ///
    /// # Errors
    /// As for [`Deadline::new`].
    pub fn deadline(
        &self,
        received: NaiveDate,
        facts: &[Label],
        holding: Option<NaiveDate>,
        hours: &Timeline,
    ) -> Result<(Deadline, bool)> {
        let usual = self.limit_for(facts).deadline(received, hours)?;
        let in_time = holding.is_some_and(|sent| usual.is_met_on(sent));
        match self.holding {
            Some(HoldingRule::Extends(limit)) if in_time => {
                Ok((limit.deadline(received, hours)?, true))
            }
            _ => Ok((usual, false)),
        }
    }
}
