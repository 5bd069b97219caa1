//! A limit in time, with exceptions by queue.

use std::collections::BTreeMap;
use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::id::QueueId;

/// A duration that waits are compared with, the same for all queues but the named ones.
///
/// Invariant: every limit is between 0 and 400 days, in whole milliseconds.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::id::QueueId;
/// use floorwalker::service::Limit;
///
/// let limit = Limit::new(TimeDelta::seconds(20))?.for_queue(QueueId::new("care")?, TimeDelta::seconds(30))?;
/// assert_eq!(limit.of(&QueueId::new("sales")?), TimeDelta::seconds(20));
/// assert_eq!(limit.to_string(), "20s; care=30s");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "LimitRecord", into = "LimitRecord")]
pub struct Limit {
    default_ms: i64,
    by_queue: BTreeMap<QueueId, i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitRecord {
    default_ms: i64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    by_queue_ms: BTreeMap<QueueId, i64>,
}

/// The longest limit: 400 days.
const MAX_MS: i64 = 400 * 86_400_000;

fn checked(limit_ms: i64) -> Result<i64, Error> {
    if (0..=MAX_MS).contains(&limit_ms) {
        Ok(limit_ms)
    } else {
        Err(Error::range(
            "limit",
            "0 s",
            "400 days",
            format!("{limit_ms} ms"),
        ))
    }
}

impl Limit {
    /// The same limit for every queue.
    ///
    /// # Errors
    /// `value.out_of_range` if it is negative or above 400 days.
    pub fn new(limit: TimeDelta) -> Result<Self, Error> {
        Ok(Self {
            default_ms: checked(limit.num_milliseconds())?,
            by_queue: BTreeMap::new(),
        })
    }

    /// The same limits, but another one for `queue`.
    ///
    /// # Errors
    /// `value.out_of_range` if it is negative or above 400 days.
    pub fn for_queue(mut self, queue: QueueId, limit: TimeDelta) -> Result<Self, Error> {
        self.by_queue
            .insert(queue, checked(limit.num_milliseconds())?);
        Ok(self)
    }

    /// The limit of `queue`.
    #[must_use]
    pub fn of(&self, queue: &QueueId) -> TimeDelta {
        TimeDelta::milliseconds(self.ms_of(queue))
    }

    pub(crate) fn ms_of(&self, queue: &QueueId) -> i64 {
        self.by_queue.get(queue).copied().unwrap_or(self.default_ms)
    }

    /// The limit of the queues that are not named.
    #[must_use]
    pub fn default_limit(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.default_ms)
    }

    /// The exceptions, by queue.
    pub fn exceptions(&self) -> impl Iterator<Item = (&QueueId, TimeDelta)> {
        self.by_queue
            .iter()
            .map(|(queue, &limit)| (queue, TimeDelta::milliseconds(limit)))
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_duration(f, self.default_ms)?;
        for (queue, &limit) in &self.by_queue {
            write!(f, "; {queue}=")?;
            write_duration(f, limit)?;
        }
        Ok(())
    }
}

fn write_duration(f: &mut fmt::Formatter<'_>, ms: i64) -> fmt::Result {
    if ms % 1000 == 0 {
        write!(f, "{}s", ms / 1000)
    } else {
        write!(f, "{ms}ms")
    }
}

impl TryFrom<LimitRecord> for Limit {
    type Error = Error;
    fn try_from(record: LimitRecord) -> Result<Self, Error> {
        record
            .by_queue_ms
            .values()
            .try_for_each(|&limit| checked(limit).map(drop))?;
        Ok(Self {
            default_ms: checked(record.default_ms)?,
            by_queue: record.by_queue_ms,
        })
    }
}

impl From<Limit> for LimitRecord {
    fn from(limit: Limit) -> Self {
        Self {
            default_ms: limit.default_ms,
            by_queue_ms: limit.by_queue,
        }
    }
}

/// Reads a duration as people write it: `20`, `20s`, `1.5s`, `500ms`, `2m`, `1m30s`, `1h`.
/// A bare number is seconds.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::service::parse_duration;
///
/// assert_eq!(parse_duration("1m30s")?, TimeDelta::seconds(90));
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `name.invalid` if the text is no duration.
pub fn parse_duration(text: &str) -> Result<TimeDelta, Error> {
    let refuse = || {
        Error::from(ErrorKind::Name {
            what: "duration",
            given: text.to_owned(),
            why: "write it like 20s, 1m30s, 500ms or 2h; a bare number is seconds",
        })
    };
    let mut rest = text.trim();
    let mut total_ms = 0_i64;
    if rest.is_empty() {
        return Err(refuse());
    }
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let letters = tail
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let unit_ms = match unit {
            "ms" => 1,
            "" | "s" | "sec" => 1000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return Err(refuse()),
        };
        let part = scaled(number, unit_ms).ok_or_else(refuse)?;
        total_ms = total_ms.checked_add(part).ok_or_else(refuse)?;
        rest = tail.trim_start();
    }
    TimeDelta::try_milliseconds(total_ms).ok_or_else(refuse)
}

/// A decimal number times a unit, exactly, in whole milliseconds.
fn scaled(number: &str, unit_ms: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole_ms = whole.parse::<i64>().ok()?.checked_mul(unit_ms)?;
    if fraction.is_empty() {
        return Some(whole_ms);
    }
    let digits = u32::try_from(fraction.len())
        .ok()
        .filter(|&digits| digits <= 9)?;
    let part = fraction.parse::<i64>().ok()?.checked_mul(unit_ms)?;
    let divisor = 10_i64.pow(digits);
    (part % divisor == 0).then(|| whole_ms + part / divisor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_people_write_them() {
        for (text, ms) in [
            ("20", 20_000),
            ("20s", 20_000),
            ("1.5s", 1_500),
            ("1h 2m", 3_720_000),
            ("7ms", 7),
        ] {
            assert_eq!(
                parse_duration(text).unwrap().num_milliseconds(),
                ms,
                "{text}"
            );
        }
        for text in [
            "",
            "s",
            "-1",
            "20x",
            "1.23456s",
            "99999999999999999999",
            "1..2s",
        ] {
            assert_eq!(
                parse_duration(text).unwrap_err().code(),
                "name.invalid",
                "{text}"
            );
        }
    }

    #[test]
    fn limits_have_bounds_also_in_json() {
        assert!(Limit::new(TimeDelta::seconds(-1)).unwrap_err().is_range());
        assert!(serde_json::from_str::<Limit>(r#"{"default_ms":-1}"#).is_err());
    }
}
