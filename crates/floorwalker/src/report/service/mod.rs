//! The service-level report: what it is told, what it collects, what it finds.

mod collect;
mod exceptions;
mod figures;
mod finding;
mod findings;
mod options;
mod recurring;
mod rows;
mod rules;
mod service_report;
mod stretch;
mod subject;
mod waits;

#[cfg(test)]
mod tests;

pub use exceptions::{Exceptions, NotCounted, Refused};
pub use figures::Figures;
pub use finding::{Finding, FindingKind, Severity, WeeklySlot};
pub use options::{Limits, ReportOptions, SourceNote};
pub use rows::{DayRow, IntervalRow, QueueDayRow, QueueRow, Results, TimeOfDayRow, WeekdayHourRow};
pub use rules::{QueueLimits, Reckoned, RuleLevel, RuleSection};
pub use service_report::{FORMAT, ServiceReport};
pub use stretch::Stretch;
pub use subject::Subject;
pub use waits::{WaitBand, WaitPercentile, WaitTable};
