//! The hours of a normal week.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::window::{DAY_SECS, DayWindow};
use crate::error::{Error, ErrorKind, Result};

/// The most windows on one day: one for each quarter of an hour.
pub const MAX_WINDOWS: usize = 96;

/// The windows of each weekday, by the day on which they begin.
///
/// Invariant: the windows of a day are in order; no two of the week overlap, also not
/// over midnight or from Sunday into Monday; each day has at most [`MAX_WINDOWS`].
///
/// Windows may touch; they then count as one. In JSON it is an object with the keys
/// `mon` to `sun`.
///
/// ```
/// use floorwalker::time::business::{DayWindow, WeekHours};
///
/// let office = [DayWindow::new("09:00", "13:00")?, DayWindow::new("14:00", "18:00")?];
/// let week = WeekHours::monday_to_friday(&office)?;
/// assert_eq!(week.secs(), 40 * 3600);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Days", into = "Days")]
pub struct WeekHours([Vec<DayWindow>; 7]);

impl WeekHours {
    /// The windows of Monday to Sunday.
    ///
    /// # Errors
    /// `calendar.overlapping_windows` if two share time; `value.out_of_range` if a
    /// day has more than [`MAX_WINDOWS`].
    pub fn new(mut days: [Vec<DayWindow>; 7]) -> Result<Self> {
        for windows in &mut days {
            sort_and_limit(windows)?;
        }
        let mut all: Vec<(u32, u32, DayWindow)> = Vec::new();
        for (day, windows) in (0..).zip(&days) {
            let midnight = day * DAY_SECS;
            all.extend(windows.iter().map(|&window| {
                (
                    midnight + window.start_secs(),
                    midnight + window.end_secs(),
                    window,
                )
            }));
        }
        check_apart(&all)?;
        if let (Some(first), Some(last)) = (all.first(), all.last()) {
            let next_week = (first.0 + 7 * DAY_SECS, first.1 + 7 * DAY_SECS, first.2);
            check_apart(&[*last, next_week])?;
        }
        Ok(Self(days))
    }

    /// The same windows on every day of the week.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn every_day(windows: &[DayWindow]) -> Result<Self> {
        Self::new(std::array::from_fn(|_| windows.to_vec()))
    }

    /// The same windows from Monday to Friday, none on Saturday and Sunday.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn monday_to_friday(windows: &[DayWindow]) -> Result<Self> {
        Self::new(std::array::from_fn(|day| {
            if day < 5 {
                windows.to_vec()
            } else {
                Vec::new()
            }
        }))
    }

    /// The same week with other windows on `day`.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with_day(&self, day: Weekday, windows: &[DayWindow]) -> Result<Self> {
        let mut days = self.0.clone();
        days[day.num_days_from_monday() as usize] = windows.to_vec();
        Self::new(days)
    }

    /// The windows that begin on `day`, in order.
    #[must_use]
    pub fn day(&self, day: Weekday) -> &[DayWindow] {
        &self.0[day.num_days_from_monday() as usize]
    }

    /// Whether no day has a window.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// The open time of a week without a clock change, in seconds.
    #[must_use]
    pub fn secs(&self) -> u32 {
        self.0.iter().flatten().map(|window| window.secs()).sum()
    }

    /// Whether a window runs over midnight.
    pub(super) fn is_overnight(&self) -> bool {
        self.0.iter().flatten().any(|window| window.is_overnight())
    }
}

/// The windows of one day, checked: in order, without overlap, not too many.
pub(super) fn checked_day(windows: &[DayWindow]) -> Result<Vec<DayWindow>> {
    let mut windows = windows.to_vec();
    sort_and_limit(&mut windows)?;
    let all: Vec<_> = windows
        .iter()
        .map(|&window| (window.start_secs(), window.end_secs(), window))
        .collect();
    check_apart(&all)?;
    Ok(windows)
}

pub(super) fn sort_and_limit(windows: &mut [DayWindow]) -> Result<()> {
    if windows.len() > MAX_WINDOWS {
        return Err(Error::range(
            "windows of a day",
            0,
            MAX_WINDOWS,
            windows.len(),
        ));
    }
    windows.sort_unstable();
    Ok(())
}

/// Each window, as `(start, end, as written)`, must end before the next begins.
fn check_apart(windows: &[(u32, u32, DayWindow)]) -> Result<()> {
    for pair in windows.windows(2) {
        if pair[0].1 > pair[1].0 {
            let (first, second) = (pair[0].2.to_string(), pair[1].2.to_string());
            return Err(ErrorKind::OverlappingWindows { first, second }.into());
        }
    }
    Ok(())
}

/// A week as it is written in JSON.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename = "WeekHours", deny_unknown_fields, default)]
struct Days {
    mon: Vec<DayWindow>,
    tue: Vec<DayWindow>,
    wed: Vec<DayWindow>,
    thu: Vec<DayWindow>,
    fri: Vec<DayWindow>,
    sat: Vec<DayWindow>,
    sun: Vec<DayWindow>,
}

impl From<WeekHours> for Days {
    fn from(week: WeekHours) -> Self {
        let [mon, tue, wed, thu, fri, sat, sun] = week.0;
        Self {
            mon,
            tue,
            wed,
            thu,
            fri,
            sat,
            sun,
        }
    }
}

impl TryFrom<Days> for WeekHours {
    type Error = Error;
    fn try_from(days: Days) -> Result<Self> {
        let Days {
            mon,
            tue,
            wed,
            thu,
            fri,
            sat,
            sun,
        } = days;
        Self::new([mon, tue, wed, thu, fri, sat, sun])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: &str, end: &str) -> DayWindow {
        DayWindow::new(start, end).unwrap()
    }

    fn code(days: [Vec<DayWindow>; 7]) -> &'static str {
        WeekHours::new(days).unwrap_err().code()
    }

    #[test]
    fn overlap_is_refused_wherever_it_is() {
        let none = Vec::new;
        let same_day = vec![window("09:00", "13:00"), window("12:00", "17:00")];
        let overlapping = "calendar.overlapping_windows";
        assert_eq!(
            code([same_day, none(), none(), none(), none(), none(), none()]),
            overlapping
        );
        let (night, early) = (
            vec![window("20:00", "03:00")],
            vec![window("00:00", "04:00")],
        );
        let days = [
            night.clone(),
            early.clone(),
            none(),
            none(),
            none(),
            none(),
            none(),
        ];
        assert_eq!(code(days), overlapping);
        let days = [early, none(), none(), none(), none(), none(), night];
        assert_eq!(code(days), overlapping, "Sunday night runs into Monday");
    }

    #[test]
    fn touching_windows_and_order_are_fine() {
        let week = WeekHours::every_day(&[window("06:00", "22:00"), window("22:00", "06:00")]);
        assert_eq!(week.unwrap().secs(), 7 * DAY_SECS);
        let week =
            WeekHours::monday_to_friday(&[window("14:00", "18:00"), window("09:00", "13:00")]);
        assert_eq!(week.unwrap().day(Weekday::Mon)[0], window("09:00", "13:00"));
    }

    #[test]
    fn a_day_has_a_limited_number_of_windows() {
        let many: Vec<DayWindow> = (0..97)
            .map(|i| DayWindow::from_secs(i * 800, i * 800 + 1).unwrap())
            .collect();
        assert!(WeekHours::every_day(&many).unwrap_err().is_range());
        assert!(WeekHours::every_day(&many[..96]).is_ok());
    }

    #[test]
    fn json_names_the_days() {
        let json = r#"{"mon":[["09:00","13:00"]],"sun":[["22:00","06:00"]]}"#;
        let week: WeekHours = serde_json::from_str(json).unwrap();
        assert_eq!(week.day(Weekday::Sun), [window("22:00", "06:00")]);
        let text = serde_json::to_string(&week).unwrap();
        assert_eq!(serde_json::from_str::<WeekHours>(&text).unwrap(), week);
        assert!(serde_json::from_str::<WeekHours>(r#"{"lun":[]}"#).is_err());
        assert!(serde_json::from_str::<WeekHours>(r#"{"mon":[["09:00","09:00"]]}"#).is_err());
    }
}
