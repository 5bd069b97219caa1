//! Shrinkage: paid time in which nobody takes contacts, and how many to plan for it.

mod gross_up;
mod kind;
mod observed;
mod share;
mod times;
mod tree;

pub use gross_up::{GrossUp, gross_up};
pub use kind::{ShrinkageKind, ShrinkageSide};
pub use observed::ShrinkageRule;
pub use share::{PartShare, Share};
pub use times::ShrinkageTimes;
pub use tree::{ShrinkageNode, ShrinkagePart, ShrinkageTree};
