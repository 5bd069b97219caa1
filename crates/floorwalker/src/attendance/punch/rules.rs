//! How punches are read: the session rule.

use serde::{Deserialize, Serialize};

use crate::terms::terms;

terms! {
    /// How punches become pairs.
    Pairing ("pairing") {
        /// What the punch says counts; what cannot be is repaired.
        ByKind = "by_kind",
        /// Coming and going in turn, whatever the punch says: for recorders
        /// without keys, or where nobody presses the right one.
        Alternating = "alternating",
    }
}

terms! {
    /// Which punches shortly after another are duplicates.
    Duplicates ("duplicates") {
        /// Any: the first one counts.
        AnyKind = "any_kind",
        /// Those of the same kind.
        SameKind = "same_kind",
    }
}

terms! {
    /// What coming means for somebody who has already come.
    SecondIn ("second in") {
        /// Nothing: the first one counts.
        KeepFirst = "keep_first",
        /// Going: the wrong key was pressed.
        IsOut = "is_out",
        /// Coming anew: the punch for going was forgotten.
        StartsAnew = "starts_anew",
    }
}

terms! {
    /// Which hours of a day of punches count.
    HoursMode ("hours mode") {
        /// Each pair, without the breaks.
        EveryPair = "every_pair",
        /// From the first punch to the last, breaks and gaps included.
        FirstToLast = "first_to_last",
    }
}

/// The session rule: how punches become sessions.
///
/// | field | unit | default |
/// |---|---|---|
/// | `duplicate_within_secs` | a punch at most so long after the last one that counts is a duplicate; 0 keeps all but simultaneous ones | 60 s |
/// | `new_day_after_minutes` | whoever is out for longer begins a new work day | 240 min |
/// | `max_shift_minutes` | whoever has not gone after so long forgot to | 960 min |
/// | `break_out_minutes` | going, and then back from a break within so long, was a break; 0 never | 90 min |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PunchRules {
    /// How punches become pairs.
    pub pairing: Pairing,
    /// Which punches are duplicates.
    pub duplicates: Duplicates,
    /// Within how many seconds of the last punch that counts.
    pub duplicate_within_secs: u32,
    /// What coming twice means.
    pub second_in: SecondIn,
    /// How long somebody is out before a new work day begins.
    pub new_day_after_minutes: u32,
    /// How long a session may be.
    pub max_shift_minutes: u32,
    /// How long after going a return from a break makes it a break.
    pub break_out_minutes: u32,
}

impl Default for PunchRules {
    fn default() -> Self {
        Self {
            pairing: Pairing::ByKind,
            duplicates: Duplicates::AnyKind,
            duplicate_within_secs: 60,
            second_in: SecondIn::KeepFirst,
            new_day_after_minutes: 240,
            max_shift_minutes: 960,
            break_out_minutes: 90,
        }
    }
}

/// Minutes in milliseconds.
pub(in crate::attendance) fn minutes_ms(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}
