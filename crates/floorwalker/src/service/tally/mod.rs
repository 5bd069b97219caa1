//! Counting legs by queue and interval, in one pass, into states that merge.

mod attribution;
mod builder;
mod busy;
mod counts;
mod interval_tally;
mod page;
mod settings;
#[allow(clippy::module_inception)] // the file is named for its main type
mod tally;
mod waits;

pub use attribution::Attribution;
pub use builder::TallyBuilder;
pub use counts::{Counts, Sums};
pub use interval_tally::{IntervalTally, LeftOut};
pub use settings::{KeepWaits, TallySettings};
pub use tally::{Scope, Tally};
pub use waits::{WaitClass, Waits, WithinBounds};
