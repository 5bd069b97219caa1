//! Tables of our own.

mod ask;
mod builder;
mod figures;

pub use ask::Ask;
pub use builder::TableBuilder;
pub use figures::{Grouping, figures};
