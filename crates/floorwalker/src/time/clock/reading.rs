//! What a clock shows at an instant.

use serde::{Deserialize, Serialize};

use crate::time::business::Due;
use crate::units::Fraction;

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClockState {
    /// Not stopped, not held, and not over its target. It may be outside business
    /// hours.
    Running,
    /// Held by a pause, and not over its target.
    Paused,
    /// Stopped with no more than its target used.
    Met,
    /// More than its target is used, whether or not it is stopped.
    Breached,
    /// Not counted, by a waiver.
    Waived,
}

impl ClockState {
    /// The word for it in JSON, such as `running`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Waived => "waived",
        }
    }
}

/// What a [`Clock`](super::Clock) shows at an instant.
///
/// Invariant: the elapsed time is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    pub(super) target_ms: i64,
    pub(super) elapsed_ms: i64,
    pub(super) due: Option<Due>,
    pub(super) state: ClockState,
}

impl Reading {
    /// The business time that may be used, in milliseconds.
    #[must_use]
    pub fn target_ms(&self) -> i64 {
        self.target_ms
    }

    /// The business time used, in milliseconds, without pauses.
    #[must_use]
    pub fn elapsed_ms(&self) -> i64 {
        self.elapsed_ms
    }

    /// The business time left, in milliseconds; negative when over the target.
    #[must_use]
    pub fn remaining_ms(&self) -> i64 {
        self.target_ms - self.elapsed_ms
    }

    /// The part of the target that is used; `None` for a target of 0.
    #[must_use]
    pub fn ratio(&self) -> Option<Fraction> {
        Fraction::new(self.elapsed_ms, self.target_ms.unsigned_abs())
    }

    /// When the target runs out. `None` while an open pause holds it, or when the
    /// hours do not open for long enough.
    ///
    /// Show `at_ms`, but do not test it: with a target that runs out exactly at
    /// closing the case is in time until more business time passes, which is after
    /// `reopen_ms`. [`is_over`](Self::is_over) tests the right thing.
    #[must_use]
    pub fn due(&self) -> Option<Due> {
        self.due
    }

    /// How the clock stands.
    #[must_use]
    pub fn state(&self) -> ClockState {
        self.state
    }

    /// Whether more than the target is used. A waived clock may be over, too.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.elapsed_ms > self.target_ms
    }

    /// Whether it still runs or is held, and at least `threshold` of the target is
    /// used.
    #[must_use]
    pub fn is_at_risk(&self, threshold: Fraction) -> bool {
        let open = matches!(self.state, ClockState::Running | ClockState::Paused);
        open && self.ratio().is_none_or(|ratio| ratio >= threshold)
    }
}
