//! Tables of others, read as legs and states.

mod cells;
mod legs;
mod map;
mod names;
mod numbers;
mod states;
mod table;
mod text;

pub(crate) use cells::{Cells, cells};
pub use legs::{LegBatch, LegReader};
pub use map::ColumnMap;
pub use states::StateReader;
pub use table::{LegTable, Watch};
