//! How much work the reader has done, counted and not timed.

use serde::{Deserialize, Serialize};

/// Counters of the work done, to test promises about speed and memory without a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Lines and rows read, empty ones left out.
    pub lines: u64,
    /// Bytes in these lines, without their ends.
    pub bytes: u64,
    /// Look-ups of call ids and of remembered lines.
    pub lookups: u64,
    /// Ends, logins and restarts that became final.
    pub settled: u64,
    /// How often room for a call or a visit had to be made because none was free.
    pub allocations: u64,
    /// Visits that are open now.
    pub open_visits: u64,
}
