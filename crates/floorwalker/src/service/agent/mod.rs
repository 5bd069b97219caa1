//! Operators: what they handled, how their time went, and the figures of both.

mod cells;
mod counts;
mod figures;
mod handled;
mod times;

pub use counts::AgentCounts;
pub use figures::{AgentFigures, AgentKpi};
pub use handled::AgentTally;
pub use times::{AgentTimes, StateTimes};
