//! What a service-level rule needs to know of a leg, and no more.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contact::{NONE, Outcome};

/// How a leg ended, as far as service levels are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Class {
    /// Connected to an operator.
    Answered,
    /// Abandoned within the limit for short abandons.
    AbandonedShort,
    /// Abandoned, not short.
    Abandoned,
    /// Left asking for a call-back that was not completed (or not yet).
    Callback,
    /// Left asking for a call-back that was later answered.
    CallbackDone,
    /// Left the queue by routing, time-out, key, command, empty queue or fault.
    FlowOut,
    /// Still waiting when the data ends, or lost in a restart.
    Unfinished,
    /// Refused for lack of a trunk or of queue space.
    Blocked,
    /// Arrived outside opening hours.
    Closed,
}

/// Whether the wait was within the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// It was.
    Within,
    /// It was longer.
    Late,
    /// The source does not say how long it was.
    Unknown,
}

/// Class and timing of a leg together: the only thing a service-level rule judges.
///
/// A tally counts legs by category, so every rule with the same threshold reads
/// the same counts, and an explanation lists the same counts again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(u8);

/// How many categories there are: three timings for each of six classes, and three classes without.
pub(crate) const CATEGORIES: usize = 21;

const TIMED: [Class; 6] = [
    Class::Answered,
    Class::AbandonedShort,
    Class::Abandoned,
    Class::Callback,
    Class::CallbackDone,
    Class::FlowOut,
];

impl Category {
    /// All of them, in the order of the counts.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CATEGORIES as u8).map(Self)
    }

    /// How the leg ended.
    #[must_use]
    pub fn class(self) -> Class {
        match self.0 {
            18 => Class::Unfinished,
            19 => Class::Blocked,
            20 => Class::Closed,
            timed => TIMED[usize::from(timed / 3)],
        }
    }

    /// Whether the wait was within the threshold; `None` for classes that do not wait.
    #[must_use]
    pub fn timing(self) -> Option<Timing> {
        match (self.0, self.0 % 3) {
            (18.., _) => None,
            (_, 0) => Some(Timing::Within),
            (_, 1) => Some(Timing::Late),
            _ => Some(Timing::Unknown),
        }
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The category of a class that waits.
    pub(crate) fn timed(class: Class, timing: Timing) -> Self {
        let base = match class {
            Class::Answered => 0,
            Class::AbandonedShort => 3,
            Class::Abandoned => 6,
            Class::Callback => 9,
            Class::CallbackDone => 12,
            Class::FlowOut => 15,
            Class::Unfinished => return Self(18),
            Class::Blocked => return Self(19),
            Class::Closed => return Self(20),
        };
        Self(base + timing as u8)
    }

    /// The category of a leg that is no dial.
    ///
    /// `wait` is [`NONE`] where it is not known. `short` is the limit of short
    /// abandons, below 0 where there is none. A wait equal to the threshold is
    /// within, so a strict comparison passes the threshold less one millisecond.
    #[inline(always)]
    pub(crate) fn of(outcome: Outcome, done: bool, wait: i64, threshold: i64, short: i64) -> Self {
        // Late is 1; NONE is below every threshold, so it is told apart by adding 2.
        let timing = u8::from(wait > threshold) + 2 * u8::from(wait == NONE);
        let base = match outcome {
            Outcome::Answered => 0,
            Outcome::Abandoned => 6 - 3 * u8::from(wait <= short && wait != NONE),
            Outcome::CallbackRequested => 9 + 3 * u8::from(done),
            Outcome::Overflowed
            | Outcome::TimedOut
            | Outcome::LeftByKey
            | Outcome::LeftEmpty
            | Outcome::Withdrawn
            | Outcome::Failed => 15,
            Outcome::Open | Outcome::Lost | Outcome::NoAnswer => return Self(18),
            Outcome::Blocked => return Self(19),
            Outcome::Closed => return Self(20),
        };
        Self(base + timing)
    }
}

impl fmt::Display for Category {
    /// In words, such as `abandoned after the threshold`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = match self.class() {
            Class::Answered => "answered",
            Class::AbandonedShort => "abandoned at once (short)",
            Class::Abandoned => "abandoned",
            Class::Callback => "call-back requested",
            Class::CallbackDone => "call-back requested and done",
            Class::FlowOut => "left the queue by routing",
            Class::Unfinished => "still waiting or lost",
            Class::Blocked => "blocked",
            Class::Closed => "outside opening hours",
        };
        f.write_str(class)?;
        f.write_str(match self.timing() {
            None => "",
            Some(Timing::Within) => " within the threshold",
            Some(Timing::Late) => " after the threshold",
            Some(Timing::Unknown) => ", wait not known",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_inclusive() {
        let of = |outcome, wait| Category::of(outcome, false, wait, 20_000, 5_000);
        assert_eq!(of(Outcome::Answered, 20_000).timing(), Some(Timing::Within));
        assert_eq!(of(Outcome::Answered, 20_001).timing(), Some(Timing::Late));
        assert_eq!(of(Outcome::Abandoned, 5_000).class(), Class::AbandonedShort);
        assert_eq!(of(Outcome::Abandoned, 5_001).class(), Class::Abandoned);
        assert_eq!(of(Outcome::Abandoned, NONE).timing(), Some(Timing::Unknown));
        assert_eq!(of(Outcome::Abandoned, NONE).class(), Class::Abandoned);
    }

    #[test]
    fn class_and_timing_come_back() {
        for category in Category::all() {
            let timing = category.timing().unwrap_or(Timing::Within);
            assert_eq!(Category::timed(category.class(), timing), category);
        }
    }
}
