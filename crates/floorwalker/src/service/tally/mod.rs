//! Counting legs by queue and interval, in one pass, into states that merge.

mod attribution;
mod builder;
mod categories;
mod clip;
mod counts;
mod cut_sheet;
mod disorder;
mod handling;
mod interval_tally;
mod open;
mod page;
mod pass;
mod plan;
mod row_lists;
mod run;
mod settings;
mod sheet;
mod state;
#[allow(clippy::module_inception)] // the file is named for its main type
mod tally;
mod wait_log;
mod waits;
mod work;

pub use attribution::Attribution;
pub use builder::TallyBuilder;
pub(super) use clip::Clipper;
pub use counts::{Counts, Sums};
pub use interval_tally::{IntervalTally, LeftOut};
pub(super) use open::{OpenCells, OpenInterval};
pub(super) use page::sum;
pub(super) use row_lists::RowLists;
pub(super) use settings::Cut;
pub use settings::{KeepWaits, TallySettings};
pub(super) use sheet::Sheet;
pub use state::TallyState;
pub use tally::{Scope, Tally};
pub use waits::{WaitClass, Waits, WithinBounds};
pub use work::Work;
