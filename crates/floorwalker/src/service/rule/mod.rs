//! Service-level rules: the definitions of the trade by name, and how a leg is judged.

mod category;
mod level;
mod limit;
mod presets;

pub(crate) use category::CATEGORIES;
pub use category::{Category, Class, Timing};
pub use level::{ClockStart, Comparison, ServiceLevel, Treatment, Verdict};
pub use limit::{Limit, parse_duration};
pub use presets::{CiscoAbandons, GenesysSwitches};
