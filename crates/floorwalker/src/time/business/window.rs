//! A window of the local clock, such as 09:00 to 13:00.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Seconds in a day of 24 hours.
pub(crate) const DAY_SECS: u32 = 86_400;

/// From one time of the local clock up to, but without, another.
///
/// Invariant: `start < 24:00`, `end <= 24:00` and they differ.
///
/// An end before the start lies on the next local day: 22:00 to 06:00 is a night
/// shift. The end may be 24:00; it may also be 00:00, which is the next midnight. In
/// JSON a window is `["09:00", "13:00"]`; seconds may be added.
///
/// ```
/// use floorwalker::time::business::DayWindow;
///
/// let night = DayWindow::new("22:00", "06:00")?;
/// assert!(night.is_overnight());
/// assert_eq!(night.secs(), 8 * 3600);
/// assert_eq!(DayWindow::new("09:00", "09:00").unwrap_err().code(), "calendar.zero_length_window");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(String, String)", into = "(String, String)")]
pub struct DayWindow {
    start: u32,
    end: u32,
}

impl DayWindow {
    /// The whole day, from 00:00 to 24:00.
    pub const WHOLE_DAY: Self = Self {
        start: 0,
        end: DAY_SECS,
    };

    /// From `start` up to `end`, both written `HH:MM` or `HH:MM:SS`.
    ///
    /// # Errors
    /// `name.invalid` if one is no time of day; `calendar.zero_length_window` if they
    /// are equal.
    pub fn new(start: &str, end: &str) -> Result<Self> {
        let start_secs = time_of_day("start of a window", start)?;
        let end_secs = time_of_day("end of a window", end)?;
        Self::from_secs(start_secs, end_secs)
    }

    /// From `start` up to `end`, in seconds of the local clock since midnight.
    ///
    /// # Errors
    /// `value.out_of_range` if the start is not before, or the end after, 24:00
    /// (86400); `calendar.zero_length_window` if they are equal.
    pub fn from_secs(start: u32, end: u32) -> Result<Self> {
        if start >= DAY_SECS {
            let last = clock_text(DAY_SECS - 1);
            return Err(Error::range(
                "start of a window",
                "00:00",
                last,
                clock_text(start),
            ));
        }
        if end > DAY_SECS {
            return Err(Error::range(
                "end of a window",
                "00:00",
                "24:00",
                clock_text(end),
            ));
        }
        if start == end {
            let given = clock_text(start);
            return Err(ErrorKind::ZeroWindow { given }.into());
        }
        Ok(Self { start, end })
    }

    /// The start, in seconds of the local clock since midnight.
    #[must_use]
    pub fn start_secs(self) -> u32 {
        self.start
    }

    /// The end, in seconds since the midnight before the start: above 86400 if it
    /// lies on the next day.
    #[must_use]
    pub fn end_secs(self) -> u32 {
        if self.end < self.start {
            self.end + DAY_SECS
        } else {
            self.end
        }
    }

    /// Its length on a day without a clock change, in seconds.
    #[must_use]
    pub fn secs(self) -> u32 {
        self.end_secs() - self.start
    }

    /// Whether part of it lies on the next day. One that ends at midnight does not.
    #[must_use]
    pub fn is_overnight(self) -> bool {
        self.end_secs() > DAY_SECS
    }
}

impl fmt::Display for DayWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", clock_text(self.start), clock_text(self.end))
    }
}

impl fmt::Debug for DayWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DayWindow({self})")
    }
}

impl TryFrom<(String, String)> for DayWindow {
    type Error = Error;
    fn try_from((start, end): (String, String)) -> Result<Self> {
        Self::new(&start, &end)
    }
}

impl From<DayWindow> for (String, String) {
    fn from(window: DayWindow) -> Self {
        (clock_text(window.start), clock_text(window.end))
    }
}

/// `HH:MM`, with seconds where they are not 0.
fn clock_text(secs: u32) -> String {
    let (hours, minutes, seconds) = (secs / 3600, secs / 60 % 60, secs % 60);
    if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// Reads `HH:MM` or `HH:MM:SS`, up to 24:00.
fn time_of_day(what: &'static str, given: &str) -> Result<u32> {
    let bad = || {
        let why = "a time of day is written as in 09:00 or 24:00";
        let given = given.chars().take(20).collect();
        ErrorKind::Name { what, given, why }
    };
    let part = |part: &str, limit: u32| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = part.parse().ok().filter(|&number| digits && number < limit);
        number.ok_or_else(bad)
    };
    let mut parts = given.split(':');
    let hours = part(parts.next().unwrap_or_default(), 25)?;
    let minutes = part(parts.next().unwrap_or_default(), 60)?;
    let seconds = parts.next().map_or(Ok(0), |text| part(text, 60))?;
    let secs = hours * 3600 + minutes * 60 + seconds;
    if secs > DAY_SECS || parts.next().is_some() {
        return Err(bad().into());
    }
    Ok(secs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_only_times_of_day() {
        for bad in [
            "",
            "9:00",
            "09",
            "24:01",
            "25:00",
            "09:60",
            "+9:00",
            "09:00:00:00",
            "09:0a",
        ] {
            let error = DayWindow::new(bad, "10:00").unwrap_err();
            assert_eq!(error.code(), "name.invalid", "{bad}");
        }
        assert!(DayWindow::new("24:00", "10:00").unwrap_err().is_range());
        assert_eq!(DayWindow::new("09:00:30", "24:00").unwrap().secs(), 53_970);
    }

    #[test]
    fn midnight_as_an_end_is_the_next_one() {
        let evening = DayWindow::new("18:00", "00:00").unwrap();
        assert_eq!(evening.end_secs(), DAY_SECS);
        assert!(!evening.is_overnight());
        assert_eq!(
            evening.secs(),
            DayWindow::new("18:00", "24:00").unwrap().secs()
        );
    }

    #[test]
    fn zero_length_is_refused() {
        let error = DayWindow::new("09:00", "09:00").unwrap_err();
        assert_eq!(
            error.to_string(),
            "a window must have a length, given 09:00 to 09:00"
        );
    }

    proptest! {
        #[test]
        fn json_is_its_text(start in 0..DAY_SECS, end in 0..=DAY_SECS) {
            prop_assume!(start != end);
            let window = DayWindow::from_secs(start, end).unwrap();
            let json = serde_json::to_string(&window).unwrap();
            prop_assert_eq!(serde_json::from_str::<DayWindow>(&json).unwrap(), window);
        }
    }
}
