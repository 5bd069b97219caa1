//! Counting legs by queue and interval, in one pass, into states that merge.

mod attribution;
mod builder;
mod clip;
mod counts;
mod interval_tally;
mod page;
mod settings;
mod sheet;
mod state;
#[allow(clippy::module_inception)] // the file is named for its main type
mod tally;
mod waits;

pub use attribution::Attribution;
pub(super) use attribution::Milestones;
pub use builder::TallyBuilder;
pub(super) use clip::Clipper;
pub use counts::{Counts, Sums};
pub use interval_tally::{IntervalTally, LeftOut};
pub(super) use settings::Cut;
pub use settings::{KeepWaits, TallySettings};
pub(super) use sheet::{PAGE, Sheet};
pub use state::TallyState;
pub use tally::{Scope, Tally};
pub use waits::{WaitClass, Waits, WithinBounds};
