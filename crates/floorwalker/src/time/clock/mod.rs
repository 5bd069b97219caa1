//! Clocks of promises: how much of a target is used, when it runs out, how it stands.

mod case;
#[allow(
    clippy::module_inception,
    reason = "the clock is the room's main concept"
)]
mod clock;
mod deadline;
mod event;
mod history;
mod metric;
mod overrun;
mod pauses;
mod policy;
mod reading;
mod risk;
mod waiver;

pub use case::{CaseClocks, MetricClocks};
pub use clock::{Clock, MAX_TARGET_MS};
pub use deadline::{Deadline, DeadlineUnit, MAX_AMOUNT, Roll};
pub use event::{CaseChange, CaseEvent};
pub use metric::{Metric, Target};
pub use overrun::overrun_steps;
pub use pauses::Pauses;
pub use policy::{OnPriorityChange, OnReopen, SlaPolicy};
pub use reading::{ClockState, Reading};
pub use risk::{BreachRisk, Survival};
pub use waiver::{Waiver, WaiverCause};
