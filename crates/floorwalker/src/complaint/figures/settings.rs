//! By what complaints are counted.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::time::Span;

/// By what complaints are counted.
///
/// Invariant: the edges of ages are above 0 and rise; the time for repeats is above 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Record")]
pub struct ComplaintSettings {
    window: Span,
    age_edges_ms: Vec<i64>,
    repeat_ms: i64,
}

/// A day of 24 hours, in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// The usual edges of ages, in days.
const AGE_DAYS: [i64; 6] = [1, 3, 7, 15, 30, 60];

/// The usual time for repeats, in days.
const REPEAT_DAYS: i64 = 90;

impl ComplaintSettings {
    /// Complaints received in `window`, closed in it, or open at its end; ages in classes
    /// of up to 1, 3, 7, 15, 30, 60 days and more; a complaint repeats another of the
    /// same customer and topic within 90 days.
    #[must_use]
    pub fn new(window: Span) -> Self {
        let age_edges_ms = AGE_DAYS.map(|days| days * DAY_MS).to_vec();
        Self {
            window,
            age_edges_ms,
            repeat_ms: REPEAT_DAYS * DAY_MS,
        }
    }

    /// The same with other classes of ages: each from one edge up to, but without, the
    /// next, in milliseconds.
    ///
    /// # Errors
    /// `time.out_of_order` if the edges do not rise from above 0.
    pub fn with_age_edges_ms(self, age_edges_ms: Vec<i64>) -> Result<Self> {
        let mut before = 0;
        for &edge in &age_edges_ms {
            if edge <= before {
                let given = format!("{before} and {edge} ms");
                let (what, earlier, later) = ("list of ages", "an edge", "the next");
                return Err(ErrorKind::Order {
                    what,
                    earlier,
                    later,
                    given,
                }
                .into());
            }
            before = edge;
        }
        Ok(Self {
            age_edges_ms,
            ..self
        })
    }

    /// The same with another time for repeats, in days of 24 hours.
    ///
    /// # Errors
    /// `value.out_of_range` unless between 1 and 3660.
    pub fn with_repeat_days(self, days: u32) -> Result<Self> {
        if !(1..=3660).contains(&days) {
            return Err(Error::range("days for repeats", 1, 3660, days));
        }
        Ok(Self {
            repeat_ms: i64::from(days) * DAY_MS,
            ..self
        })
    }

    /// The time that is counted.
    #[must_use]
    pub fn window(&self) -> Span {
        self.window
    }

    /// The edges of the classes of ages, in milliseconds.
    #[must_use]
    pub fn age_edges_ms(&self) -> &[i64] {
        &self.age_edges_ms
    }

    /// The time for repeats, in milliseconds.
    #[must_use]
    pub fn repeat_ms(&self) -> i64 {
        self.repeat_ms
    }
}

/// Settings as they are read from JSON.
#[derive(Deserialize)]
#[serde(rename = "ComplaintSettings", deny_unknown_fields)]
struct Record {
    window: Span,
    age_edges_ms: Vec<i64>,
    repeat_ms: i64,
}

impl TryFrom<Record> for ComplaintSettings {
    type Error = Error;
    fn try_from(record: Record) -> Result<Self> {
        let settings = Self::new(record.window).with_age_edges_ms(record.age_edges_ms)?;
        if record.repeat_ms < 1 {
            return Err(Error::range(
                "time for repeats",
                1,
                i64::MAX,
                record.repeat_ms,
            ));
        }
        Ok(Self {
            repeat_ms: record.repeat_ms,
            ..settings
        })
    }
}
