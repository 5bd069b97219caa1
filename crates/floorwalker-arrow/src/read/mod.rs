//! Tables of others, read as legs and states.

mod cells;
mod column;
mod legs;
mod map;
mod names;
mod numbers;
mod rows;
mod states;
mod table;
mod text;
mod texts;

pub(crate) use cells::{Cells, cells};
pub use column::{NULL_MS, durations, instants};
pub use legs::{LegBatch, LegReader};
pub use map::ColumnMap;
pub use rows::{Row, rows};
pub use states::StateReader;
pub use table::{LegTable, Watch};
pub use texts::{Texts, texts};
