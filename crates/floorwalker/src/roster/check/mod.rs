//! The engine: what the rules say about a roster.

mod checker;
mod days;
mod derogation;
mod facts;
mod finding;
mod fix;
mod opening;
mod out;
mod report;
#[cfg(test)]
mod tests;
mod window;

pub use checker::Checker;
pub(super) use days::{DAY_MS, Days};
pub use derogation::{Compensation, Derogation, OwedRest};
pub(super) use facts::{Bit, Facts, Shift, WorkDay};
pub use finding::{Finding, Remedy};
pub use fix::Fix;
pub use opening::Opening;
pub use out::{Bound, Reason, Unit};
pub(super) use out::{Breach, Out};
pub use report::{Basis, CheckReport, NotJudged};
pub use window::CheckWindow;
