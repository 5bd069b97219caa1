//! The periodic reports, as data: period, selection, tables, findings.
//!
//! A report is one plain structure without layout, language or rounding. Renderers
//! for the terminal, CSV, JSON and HTML are in the crate `floorwalker-report`.
//!
//! | for | take |
//! |---|---|
//! | how well queues were served | [`ServiceReport`] |
//! | what was promised | [`Target`] |
//! | a figure before it is divided | [`Quotient`] |

mod local_span;
mod quotient;
mod service;
mod standing;
mod target;

pub use local_span::LocalSpan;
pub use quotient::Quotient;
pub use service::{
    DayRow, Exceptions, FORMAT, Figures, Finding, FindingKind, IntervalRow, Limits, NotCounted,
    OperatorFigures, OperatorOptions, OperatorRow, OperatorSection, QueueDayRow, QueueLimits,
    QueueRow, Reckoned, Refused, ReportOptions, Results, RuleLevel, RuleSection, ServiceReport,
    Severity, SourceNote, StateMillis, Stretch, Subject, TimeOfDayRow, WaitBandRow, WaitPercentile,
    WaitTable, Waiting, WeekdayHourRow, WeeklySlot, Who,
};
pub use standing::Standing;
pub use target::Target;
