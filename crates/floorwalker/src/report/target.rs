//! What was promised: a share of contacts within a time, such as 80/20.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Quotient;
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::service::parse_duration;

/// The target of a service level (obiettivo): the share that is to be reached,
/// and within which time.
///
/// Invariant: every share is above 0 and at most 1.
///
/// The time belongs to the service-level rule; here it is kept so that a report
/// can refuse a target of "80/20" beside a rule that counts within 30 seconds.
///
/// ```
/// use floorwalker::report::{Quotient, Target};
///
/// let target: Target = "80/20".parse()?;
/// assert_eq!(target.share(), Quotient::new(80, 100));
/// // 41 of 100 in time: 39 more would have met it.
/// assert_eq!(Target::missing(Quotient::new(41, 100), target.share()), Some(39));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(try_from = "TargetRecord", into = "TargetRecord")]
pub struct Target(TargetRecord);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(rename = "Target"))]
struct TargetRecord {
    /// The share to be reached.
    share: Quotient,
    /// Within which time, in milliseconds; null where the target names none.
    #[serde(default)]
    within_ms: Option<i64>,
    /// Other shares for single queues.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schemars", schemars(with = "BTreeMap<String, Quotient>"))]
    by_queue: BTreeMap<QueueId, Quotient>,
}

fn checked(share: Quotient) -> Result<Quotient, Error> {
    let (part, whole) = (share.numerator(), share.denominator());
    if part > 0 && part <= whole {
        Ok(share)
    } else {
        let given = format!("{part}/{whole}");
        Err(Error::range("target share", "above 0", "1", given))
    }
}

impl Target {
    /// A target of `share` for every queue.
    ///
    /// # Errors
    /// `value.out_of_range` unless the share is above 0 and at most 1.
    pub fn new(share: Quotient) -> Result<Self, Error> {
        Ok(Self(TargetRecord {
            share: checked(share)?,
            within_ms: None,
            by_queue: BTreeMap::new(),
        }))
    }

    /// The same target within a time.
    #[must_use]
    pub fn within(mut self, within: TimeDelta) -> Self {
        self.0.within_ms = Some(within.num_milliseconds());
        self
    }

    /// The same target, but another share for `queue`.
    ///
    /// # Errors
    /// `value.out_of_range` unless the share is above 0 and at most 1.
    pub fn for_queue(mut self, queue: QueueId, share: Quotient) -> Result<Self, Error> {
        self.0.by_queue.insert(queue, checked(share)?);
        Ok(self)
    }

    /// The share for pooled queues and for those that are not named.
    #[must_use]
    pub fn share(&self) -> Quotient {
        self.0.share
    }

    /// The share for one queue, or for several pooled.
    #[must_use]
    pub fn share_of(&self, queue: Option<&QueueId>) -> Quotient {
        let own = queue.and_then(|queue| self.0.by_queue.get(queue));
        own.copied().unwrap_or(self.0.share)
    }

    /// The queues with a share of their own.
    pub fn exceptions(&self) -> impl Iterator<Item = (&QueueId, Quotient)> {
        self.0.by_queue.iter().map(|(queue, &share)| (queue, share))
    }

    /// Within which time, where the target names one.
    #[must_use]
    pub fn within_time(&self) -> Option<TimeDelta> {
        self.0.within_ms.map(TimeDelta::milliseconds)
    }

    /// How many more of the counted contacts would have had to be in time to
    /// reach `share`: `ceil(counted × share) - in time`, 0 where it is reached.
    ///
    /// `None` where nothing was counted. Not additive: an hour above the target
    /// pays for one below, so a day may miss fewer than its hours together.
    #[must_use]
    pub fn missing(level: Quotient, share: Quotient) -> Option<u64> {
        if !level.is_defined() || !share.is_defined() {
            return None;
        }
        let wanted = u128::from(level.denominator()) * u128::from(share.numerator());
        let needed = wanted.div_ceil(u128::from(share.denominator()));
        let missing = needed.saturating_sub(u128::from(level.numerator()));
        Some(u64::try_from(missing).unwrap_or(u64::MAX))
    }
}

impl FromStr for Target {
    type Err = Error;

    /// Reads `80/20` (80 % within 20 s), `92.5/1m30s`, or `80` alone.
    ///
    /// # Errors
    /// `name.invalid` if it is written otherwise; `value.out_of_range` unless
    /// the share is above 0 and at most 100 %.
    fn from_str(text: &str) -> Result<Self, Error> {
        let refuse = || {
            Error::from(ErrorKind::Name {
                what: "target",
                given: text.chars().take(40).collect(),
                why: "write it like 80/20: percent, a slash, the time",
            })
        };
        let (percent, within) = match text.split_once('/') {
            Some((percent, within)) => (percent, Some(within)),
            None => (text, None),
        };
        let percent = percent.trim().trim_end_matches('%').trim_end();
        let share = share_of_percent(percent).ok_or_else(refuse)?;
        let target = Self::new(share)?;
        Ok(match within {
            Some(within) => target.within(parse_duration(within).map_err(|_| refuse())?),
            None => target,
        })
    }
}

/// 80 as 80/100, 92.5 as 925/1000.
fn share_of_percent(percent: &str) -> Option<Quotient> {
    let (whole, decimals) = percent.split_once('.').unwrap_or((percent, ""));
    let digits = format!("{whole}{decimals}");
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let places = u32::try_from(decimals.len()).ok().filter(|&n| n <= 6)?;
    if !is_number || digits.len() > 12 {
        return None;
    }
    Some(Quotient::new(
        digits.parse().ok()?,
        100 * 10_u64.pow(places),
    ))
}

impl fmt::Display for Target {
    /// As it is read: `80/20s`, `80`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = self.share().scaled(100, 6).unwrap_or_default().normalize();
        write!(f, "{percent}")?;
        match self.0.within_ms {
            Some(ms) if ms % 1000 == 0 => write!(f, "/{}s", ms / 1000),
            Some(ms) => write!(f, "/{ms}ms"),
            None => Ok(()),
        }
    }
}

impl TryFrom<TargetRecord> for Target {
    type Error = Error;
    fn try_from(record: TargetRecord) -> Result<Self, Error> {
        checked(record.share)?;
        for &share in record.by_queue.values() {
            checked(share)?;
        }
        Ok(Self(record))
    }
}

impl From<Target> for TargetRecord {
    fn from(target: Target) -> Self {
        target.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn target(text: &str) -> Result<Target, Error> {
        text.parse()
    }

    #[test]
    fn reads_the_usual_ways_of_writing_it() {
        for (text, shown) in [
            ("80/20", "80/20s"),
            ("80%/20s", "80/20s"),
            ("92.5/1m30s", "92.5/90s"),
            ("100/500ms", "100/500ms"),
            ("75", "75"),
        ] {
            assert_eq!(target(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn refuses_what_is_no_target() {
        for text in ["", "/20", "eighty/20", "80/soon", "8e1/20", "-80/20"] {
            assert_eq!(target(text).unwrap_err().code(), "name.invalid", "{text}");
        }
        for text in ["0/20", "100.1/20"] {
            assert_eq!(target(text).unwrap_err().code(), "value.out_of_range");
        }
    }

    proptest! {
        #[test]
        fn the_missing_contacts_are_just_enough(good in 0_u64..500, bad in 0_u64..500, percent in 1_u64..=100) {
            let (level, share) = (Quotient::new(good, good + bad), Quotient::new(percent, 100));
            let Some(missing) = Target::missing(level, share) else {
                prop_assert_eq!(good + bad, 0);
                return Ok(());
            };
            let with = |more| Quotient::new(good + more, good + bad);
            prop_assert_eq!(with(missing).is_below(share), Some(false));
            if missing > 0 {
                prop_assert_eq!(with(missing - 1).is_below(share), Some(true));
            }
        }
    }
}
