//! Figures about complaints: mergeable counts, and questions to them.

mod ageing;
mod chart;
mod compliance;
mod kpi;
mod pareto;
mod repeats;
mod settings;
mod spread;
mod summary;
mod tally;

pub use ageing::AgeBucket;
pub use chart::{ChartPoint, ChartSignal, UChart};
pub use compliance::Compliance;
pub use kpi::ComplaintKpi;
pub use pareto::{Pareto, ParetoLine};
pub use settings::ComplaintSettings;
pub use spread::Spread;
pub use summary::CaseSummary;
pub use tally::ComplaintTally;
