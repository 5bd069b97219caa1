//! The days that a check is about.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// The days that a check is about, and since when the past is known.
///
/// Invariants: `known_from <= from < until`; at most 1100 days.
///
/// Findings are given for the days from `from` up to, but without, `until`. Rules that
/// look back, such as the average week, also need what was worked before: the roster
/// must be complete from `known_from` on. Where that is not far enough, the rule is
/// named among those not judged.
///
/// ```
/// use floorwalker::roster::CheckWindow;
///
/// let date = |text: &str| text.parse().unwrap();
/// let march = CheckWindow::new(date("2026-03-01"), date("2026-04-01"))?.known_from(date("2025-11-01"))?;
/// assert!(march.known_from(date("2026-03-02")).is_err());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WindowRecord", into = "WindowRecord")]
pub struct CheckWindow {
    pub(super) known: NaiveDate,
    pub(super) from: NaiveDate,
    pub(super) until: NaiveDate,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "CheckWindow", deny_unknown_fields)]
struct WindowRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known_from: Option<NaiveDate>,
    from: NaiveDate,
    until: NaiveDate,
}

/// The longest window, with the past that is known.
const MAX_DAYS: i64 = 1100;

impl CheckWindow {
    /// From `from` up to, but without, `until`, with nothing known before.
    ///
    /// # Errors
    /// `time.out_of_order` if no day lies between them; `value.out_of_range` if there
    /// are more than 1100.
    pub fn new(from: NaiveDate, until: NaiveDate) -> Result<Self> {
        Self::checked(from, from, until)
    }

    /// The same window with a past that is known since `known_from`.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn known_from(self, known_from: NaiveDate) -> Result<Self> {
        Self::checked(known_from, self.from, self.until)
    }

    fn checked(known: NaiveDate, from: NaiveDate, until: NaiveDate) -> Result<Self> {
        if known > from || from >= until {
            let given = format!("{known}, {from} and {until}");
            return Err(ErrorKind::Order {
                what: "window of a check",
                earlier: "the first day",
                later: "the end",
                given,
            }
            .into());
        }
        let days = (until - known).num_days();
        if days > MAX_DAYS {
            return Err(Error::range("days of a check", 1, MAX_DAYS, days));
        }
        Ok(Self { known, from, until })
    }

    /// The first day that findings are given for.
    #[must_use]
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// The first day after those.
    #[must_use]
    pub fn until(&self) -> NaiveDate {
        self.until
    }

    /// The first day on which the roster is complete.
    #[must_use]
    pub fn first_known(&self) -> NaiveDate {
        self.known
    }
}

impl TryFrom<WindowRecord> for CheckWindow {
    type Error = Error;
    fn try_from(record: WindowRecord) -> Result<Self> {
        let known = record.known_from.unwrap_or(record.from);
        Self::checked(known, record.from, record.until)
    }
}

impl From<CheckWindow> for WindowRecord {
    fn from(window: CheckWindow) -> Self {
        Self {
            known_from: Some(window.known),
            from: window.from,
            until: window.until,
        }
    }
}
