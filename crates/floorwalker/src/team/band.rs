//! Hours of the local clock on some weekdays.

use std::fmt;

use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Hours of the local clock on some weekdays (fascia oraria), such as Monday to Friday
/// 09:00 to 13:00.
///
/// Invariant: the weekdays are in order, each once, at least one.
///
/// A band that ends at or before its start runs over midnight and belongs to the day
/// on which it begins; 00:00 to 00:00 is the whole day.
///
/// ```
/// use chrono::Weekday;
/// use floorwalker::team::Band;
///
/// let night: Band = serde_json::from_str(r#"{"days":["Fri"],"from":"22:00","until":"06:00"}"#).unwrap();
/// assert_eq!(night.clock_secs(Weekday::Fri), Some((22 * 3600, 30 * 3600)));
/// assert_eq!(night.clock_secs(Weekday::Sat), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "BandRecord", into = "BandRecord")]
pub struct Band(BandRecord);

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BandRecord {
    days: Vec<Weekday>,
    from: NaiveTime,
    until: NaiveTime,
}

const DAY_SECS: u32 = 86_400;

impl Band {
    /// From `from` to `until` on each of `days`.
    ///
    /// # Errors
    /// `options.conflict` if there is no day.
    pub fn new(
        days: impl IntoIterator<Item = Weekday>,
        from: NaiveTime,
        until: NaiveTime,
    ) -> Result<Self> {
        let mut days: Vec<Weekday> = days.into_iter().collect();
        days.sort_by_key(Weekday::num_days_from_monday);
        days.dedup();
        if days.is_empty() {
            return Err(ErrorKind::Conflict {
                what: "weekdays of a band",
                why: "a band has at least one".to_owned(),
            }
            .into());
        }
        Ok(Self(BandRecord { days, from, until }))
    }

    /// The weekdays on which it begins, from Monday on.
    #[must_use]
    pub fn days(&self) -> &[Weekday] {
        &self.0.days
    }

    /// When it begins.
    #[must_use]
    pub fn from(&self) -> NaiveTime {
        self.0.from
    }

    /// When it ends; at or before the beginning means on the next day.
    #[must_use]
    pub fn until(&self) -> NaiveTime {
        self.0.until
    }

    /// Its beginning and end in seconds of the clock after the midnight of `day`; the
    /// end may lie on the next day. `None` if it does not begin on `day`.
    #[must_use]
    pub fn clock_secs(&self, day: Weekday) -> Option<(u32, u32)> {
        use chrono::Timelike;
        if !self.0.days.contains(&day) {
            return None;
        }
        let from = self.0.from.num_seconds_from_midnight();
        let until = self.0.until.num_seconds_from_midnight();
        Some((
            from,
            if until <= from {
                until + DAY_SECS
            } else {
                until
            },
        ))
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, day) in self.0.days.iter().enumerate() {
            write!(f, "{}{day}", if place == 0 { "" } else { "," })?;
        }
        let (from, until) = (self.0.from.format("%H:%M"), self.0.until.format("%H:%M"));
        write!(f, " {from}-{until}")
    }
}

impl TryFrom<BandRecord> for Band {
    type Error = Error;
    fn try_from(record: BandRecord) -> Result<Self> {
        Self::new(record.days, record.from, record.until)
    }
}

impl From<Band> for BandRecord {
    fn from(band: Band) -> Self {
        band.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_put_in_order() {
        let json = r#"{"days":["Sun","Mon","Mon"],"from":"09:00","until":"13:00"}"#;
        let band: Band = serde_json::from_str(json).unwrap();
        assert_eq!(band.to_string(), "Mon,Sun 09:00-13:00");
        assert!(serde_json::from_str::<Band>(&json.replace(r#""Sun","Mon","Mon""#, "")).is_err());
    }

    #[test]
    fn the_whole_day_is_midnight_to_midnight() {
        let json = r#"{"days":["Mon"],"from":"00:00","until":"00:00"}"#;
        let band: Band = serde_json::from_str(json).unwrap();
        assert_eq!(band.clock_secs(Weekday::Mon), Some((0, DAY_SECS)));
    }
}
