//! What happened earlier in the year, for rules that count over a year.

use serde::{Deserialize, Serialize};

/// What an operator has used up since 1 January of the year of the first known day, up
/// to that day (saldo iniziale).
///
/// Rules that count over a calendar year need it when the roster does not begin with
/// the year; without it they are named among those not judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Opening {
    /// Overtime, in minutes.
    pub overtime_minutes: u32,
    /// Work days with night work.
    pub night_days: u32,
    /// Sundays that were free.
    pub free_sundays: u32,
    /// Days of annual leave taken.
    pub leave_days: u32,
}
