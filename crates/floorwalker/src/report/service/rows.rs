//! The rows of the tables of a report: what each is about, and its results.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::figures::Figures;
use super::options::Limits;
use super::waiting::Waiting;
use crate::id::QueueId;
use crate::report::{LocalSpan, Quotient, Standing, Target};

/// The figures of one row, and how they stand to the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Results {
    /// The figures.
    pub figures: Figures,
    /// The share that was to be reached.
    pub target: Quotient,
    /// Whether it was.
    pub standing: Standing,
    /// How many more contacts in time would have met the target; `None` where nothing was counted.
    /// Not additive: see [`Target::missing`].
    pub missing: Option<u64>,
}

impl Results {
    /// The figures as they stand to a target.
    #[must_use]
    pub fn new(figures: Figures, target: Quotient, limits: &Limits) -> Self {
        let level = figures.service_level;
        Self {
            figures,
            target,
            standing: Standing::of(level, target, limits.tolerance, limits.min_contacts),
            missing: Target::missing(level, target),
        }
    }
}

/// One interval of one day, all selected queues pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct IntervalRow {
    /// The local day it counts to.
    pub day: NaiveDate,
    /// The interval.
    pub when: LocalSpan,
    /// How many were waiting, where the report was given it.
    #[serde(default)]
    pub waiting: Option<Waiting>,
    /// What happened in it.
    pub results: Results,
}

/// One local day, all selected queues pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DayRow {
    /// The local date.
    pub day: NaiveDate,
    /// How much of it the report covers, in milliseconds: 23 or 25 hours on the days of a clock change.
    pub covered_ms: u64,
    /// The most that were waiting at once, where the report was given it.
    #[serde(default)]
    pub most_waiting: Option<u64>,
    /// What happened on it.
    pub results: Results,
}

/// The intervals of all days that begin at the same local time, all selected queues pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct TimeOfDayRow {
    /// The local time at which they begin.
    pub from: NaiveTime,
    /// How many intervals begin then, empty ones included. On the days of a clock change two or none may.
    pub intervals: u64,
    /// What happened in them.
    pub results: Results,
}

/// One hour of one weekday over all weeks, all selected queues pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct WeekdayHourRow {
    /// The weekday, 1 for Monday to 7 for Sunday (ISO 8601).
    pub weekday: u8,
    /// The hour on the local clock, 0 to 23.
    pub hour: u8,
    /// How many days had contacts in it.
    pub days: u64,
    /// What happened in it.
    pub results: Results,
}

/// One queue over the whole period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct QueueRow {
    /// The queue.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub queue: QueueId,
    /// The most that were waiting at once, where the report was given it.
    #[serde(default)]
    pub most_waiting: Option<u64>,
    /// What happened in it.
    pub results: Results,
}

/// One queue on one local day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct QueueDayRow {
    /// The queue.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub queue: QueueId,
    /// The local date.
    pub day: NaiveDate,
    /// What happened in it.
    pub results: Results,
}
