//! Operators: what they handled, how their time went, and the figures of both.

mod figures;
mod handled;
mod times;

pub use figures::{AgentFigures, AgentKpi};
pub use handled::{AgentCounts, AgentTally};
pub use times::{AgentTimes, StateTimes};
