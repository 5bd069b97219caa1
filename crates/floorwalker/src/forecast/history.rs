//! What the past days brought: calls and handling times by interval.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::id::Label;
use crate::time::business::Holidays;

/// Days that are alike: a weekday, or days with a name of their own.
///
/// Public holidays, days before them, bill days and campaigns are days apart; give them
/// a name, and they are compared with each other only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayClass {
    /// An ordinary day of this name.
    Weekday(Weekday),
    /// Days with a name of their own, such as `holiday` or `bill day`.
    Special(Label),
}

impl DayClass {
    fn rank(&self) -> (u32, Option<&Label>) {
        match self {
            Self::Weekday(day) => (day.num_days_from_monday(), None),
            Self::Special(name) => (7, Some(name)),
        }
    }

    /// The class of a date: `holiday` on the holidays, its weekday otherwise.
    ///
    /// # Errors
    /// None in practice: the name of the class is valid.
    pub fn of(date: NaiveDate, holidays: &Holidays) -> Result<Self> {
        if holidays.contains(date) {
            Ok(Self::Special(Label::new("holiday")?))
        } else {
            Ok(Self::Weekday(date.weekday()))
        }
    }
}

/// Weekdays from Monday on, then the others by name.
impl Ord for DayClass {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for DayClass {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// One past day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastDay {
    /// The local date.
    pub date: NaiveDate,
    /// The days it is like.
    pub class: DayClass,
    /// Calls by interval.
    pub calls: Vec<u32>,
    /// Seconds of handling by interval, of all calls together; empty if not known.
    #[serde(default)]
    pub handling_secs: Vec<f64>,
}

impl PastDay {
    /// A day of its weekday, handling times not known.
    #[must_use]
    pub fn new(date: NaiveDate, calls: Vec<u32>) -> Self {
        Self {
            date,
            class: DayClass::Weekday(date.weekday()),
            calls,
            handling_secs: Vec::new(),
        }
    }

    pub(super) fn total(&self) -> f64 {
        self.calls.iter().map(|&calls| f64::from(calls)).sum()
    }
}

/// Past days in their order, all cut into the same number of intervals.
///
/// Invariants: at least one day; dates rise; each day has the same number of intervals, and
/// a number of handling seconds for each or none at all; seconds are from 0 to 1e12.
///
/// On days with 23 or 25 hours, give the intervals of the clock's labels: leave out the
/// second of two equal hours or add it to the first, and repeat neighbours for a missing one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<PastDay>", into = "Vec<PastDay>")]
pub struct History(Vec<PastDay>);

impl History {
    /// The history of these days.
    ///
    /// # Errors
    /// `options.conflict` without a day or if dates do not rise; `columns.length_mismatch`
    /// if days differ in their intervals; `columns.bad_value` for seconds out of range.
    pub fn new(days: Vec<PastDay>) -> Result<Self> {
        let conflict = |why: String| {
            Error::from(ErrorKind::Conflict {
                what: "days of a history",
                why,
            })
        };
        let Some(first) = days.first() else {
            return Err(conflict("there must be at least one".to_owned()));
        };
        let intervals = first.calls.len();
        for day in &days {
            for (column, given) in [
                ("calls", day.calls.len()),
                ("handling_secs", day.handling_secs.len()),
            ] {
                if given != intervals && (column == "calls" || given > 0) {
                    let reference = "calls of the first day";
                    return Err(ErrorKind::ColumnLength {
                        column,
                        given,
                        reference,
                        expected: intervals,
                    }
                    .into());
                }
            }
            for (row, &secs) in day.handling_secs.iter().enumerate() {
                if !(0.0..=1e12).contains(&secs) {
                    let (column, why) = ("handling_secs", "must be between 0 and 1e12");
                    return Err(ErrorKind::ColumnValue {
                        column,
                        row,
                        why,
                        given: secs.to_string(),
                    }
                    .into());
                }
            }
        }
        if let Some(pair) = days.windows(2).find(|pair| pair[0].date >= pair[1].date) {
            return Err(conflict(format!(
                "{} comes after {}",
                pair[1].date, pair[0].date
            )));
        }
        Ok(Self(days))
    }

    /// The days, the oldest first.
    #[must_use]
    pub fn days(&self) -> &[PastDay] {
        &self.0
    }

    /// How many intervals a day has.
    #[must_use]
    pub fn intervals(&self) -> usize {
        self.0[0].calls.len()
    }

    /// The first `days` of them, at least one.
    #[must_use]
    pub fn until(&self, days: usize) -> Self {
        Self(self.0[..days.clamp(1, self.0.len())].to_vec())
    }
}

impl TryFrom<Vec<PastDay>> for History {
    type Error = Error;
    fn try_from(days: Vec<PastDay>) -> Result<Self> {
        Self::new(days)
    }
}

impl From<History> for Vec<PastDay> {
    fn from(history: History) -> Self {
        history.0
    }
}
