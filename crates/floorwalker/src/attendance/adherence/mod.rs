//! Adherence and conformance: how the plan was kept, minute by minute and in sum.

mod convention;
mod map;
mod plan;
mod sweep;
mod tally;
mod times;

#[cfg(test)]
mod tests;

pub use convention::{AdherenceConvention, ConformanceRule, Silence, StaffingTimes};
pub use map::{AdherenceMap, AdherenceRules, Verdict};
pub use plan::AdherencePlan;
pub use tally::{AdherenceSettings, AdherenceTally};
pub use times::AdherenceTimes;
