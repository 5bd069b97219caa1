//! The service-level report: what it is told, what it collects, what it finds.

mod collect;
mod exceptions;
mod figures;
mod finding;
mod findings;
mod operator_figures;
mod operators;
mod options;
mod recurring;
mod rows;
mod rules;
mod service_report;
mod stretch;
mod subject;
mod waiting;
mod waits;

#[cfg(test)]
mod operators_tests;
#[cfg(test)]
mod tests;

pub use exceptions::{Exceptions, NotCounted, Refused};
pub use figures::Figures;
pub use finding::{Finding, FindingKind, Severity, WeeklySlot};
pub use operator_figures::{OperatorFigures, StateMillis};
pub use operators::{OperatorOptions, OperatorRow, OperatorSection, Who};
pub use options::{Limits, ReportOptions, SourceNote};
pub use rows::{DayRow, IntervalRow, QueueDayRow, QueueRow, Results, TimeOfDayRow, WeekdayHourRow};
pub use rules::{QueueLimits, Reckoned, RuleLevel, RuleSection};
pub use service_report::{FORMAT, ServiceReport};
pub use stretch::Stretch;
pub use subject::Subject;
pub use waiting::Waiting;
pub use waits::{WaitBandRow, WaitPercentile, WaitTable};
