//! Tables of our own.

mod agents;
mod ask;
mod builder;
mod figures;
mod waiting;
mod writer;

pub use agents::{AgentAsk, AgentWork};
pub use ask::Ask;
pub use builder::TableBuilder;
pub use figures::{Grouping, figures};
pub use waiting::waiting;
pub use writer::{Batches, Cell, Kind, TableWriter};
