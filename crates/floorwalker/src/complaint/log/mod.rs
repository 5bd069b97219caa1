//! Logs of tickets: one row for each change of a case, as other systems write them.

mod case_log;
mod columns;
mod meaning;

pub use case_log::{LogCase, LogEntry};
pub use columns::LogColumns;
pub use meaning::{Meaning, Meanings};
