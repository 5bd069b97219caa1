//! How long the intervals of a grid are.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// How often a new interval starts.
///
/// The half-hour is what most contact centres plan and report by. As text and in
/// JSON: `5m`, `10m`, `15m`, `30m`, `1h`, `day`, `week`, `month`; other common
/// spellings such as `15min`, `60m`, `hour`, `1d` are read.
///
/// ```
/// use floorwalker::time::Every;
///
/// let every: Every = "60min".parse()?;
/// assert_eq!((every, every.to_string()), (Every::Hour, "1h".to_owned()));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Every {
    /// Five minutes.
    Minutes5,
    /// Ten minutes.
    Minutes10,
    /// A quarter of an hour.
    Minutes15,
    /// Half an hour.
    Minutes30,
    /// An hour.
    Hour,
    /// A local day, midnight to midnight.
    Day,
    /// Seven local days from Monday (ISO 8601).
    IsoWeek,
    /// A calendar month.
    Month,
}

impl Every {
    /// The length in milliseconds; `None` for a day and longer, whose length
    /// depends on the date.
    #[must_use]
    pub fn step_ms(&self) -> Option<i64> {
        let minutes = match self {
            Self::Minutes5 => 5,
            Self::Minutes10 => 10,
            Self::Minutes15 => 15,
            Self::Minutes30 => 30,
            Self::Hour => 60,
            Self::Day | Self::IsoWeek | Self::Month => return None,
        };
        Some(minutes * 60_000)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Minutes5 => "5m",
            Self::Minutes10 => "10m",
            Self::Minutes15 => "15m",
            Self::Minutes30 => "30m",
            Self::Hour => "1h",
            Self::Day => "day",
            Self::IsoWeek => "week",
            Self::Month => "month",
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Every {
    type Err = Error;

    /// Reads an interval length, in any letter case.
    ///
    /// # Errors
    /// `name.invalid` with the list of what is allowed.
    fn from_str(given: &str) -> Result<Self> {
        Ok(match given.trim().to_ascii_lowercase().as_str() {
            "5m" | "5min" => Self::Minutes5,
            "10m" | "10min" => Self::Minutes10,
            "15m" | "15min" => Self::Minutes15,
            "30m" | "30min" => Self::Minutes30,
            "60m" | "60min" | "1h" | "h" | "hour" => Self::Hour,
            "1d" | "d" | "day" => Self::Day,
            "1w" | "w" | "week" => Self::IsoWeek,
            "1mo" | "month" => Self::Month,
            _ => {
                let why = "allowed are 5m, 10m, 15m, 30m, 1h, day, week and month";
                let given = given.chars().take(40).collect();
                return Err(ErrorKind::Name {
                    what: "interval length",
                    given,
                    why,
                }
                .into());
            }
        })
    }
}

impl TryFrom<String> for Every {
    type Error = Error;
    fn try_from(given: String) -> Result<Self> {
        given.parse()
    }
}

impl From<Every> for String {
    fn from(every: Every) -> Self {
        every.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const ALL: [Every; 8] = [
        Every::Minutes5,
        Every::Minutes10,
        Every::Minutes15,
        Every::Minutes30,
        Every::Hour,
        Every::Day,
        Every::IsoWeek,
        Every::Month,
    ];

    #[test]
    fn what_is_printed_can_be_read() {
        for every in ALL {
            assert_eq!(every.to_string().parse::<Every>().unwrap(), every);
            let json = serde_json::to_string(&every).unwrap();
            assert_eq!(serde_json::from_str::<Every>(&json).unwrap(), every);
        }
    }

    #[test]
    fn other_spellings_are_read() {
        for (given, every) in [
            ("15MIN", Every::Minutes15),
            (" 1d ", Every::Day),
            ("w", Every::IsoWeek),
        ] {
            assert_eq!(given.parse::<Every>().unwrap(), every);
        }
    }

    #[test]
    fn the_error_lists_what_is_allowed() {
        let error = "7m".parse::<Every>().unwrap_err();
        assert_eq!(error.code(), "name.invalid");
        for every in ALL {
            assert!(error.to_string().contains(&every.to_string()), "{error}");
        }
    }

    #[test]
    fn steps_are_whole_parts_of_an_hour() {
        let steps: Vec<_> = ALL.iter().filter_map(Every::step_ms).collect();
        assert_eq!(steps, [300_000, 600_000, 900_000, 1_800_000, 3_600_000]);
    }
}
