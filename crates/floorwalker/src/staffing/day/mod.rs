//! A day of intervals at once.

mod columns;
mod transient;
mod uncertainty;

pub use columns::{DayWork, IntervalFigures, required_by_interval, steady_by_interval};
pub use transient::{CarryOver, carry_over};
pub use uncertainty::{Attainment, DayAttainment, ForecastError, attainment};
