//! Clocks of promises: how much of a target is used, when it runs out, how it stands.
//!
//! - A [`Clock`] is one promise on one case: start, target, pauses, stop. Read against a
//!   [`Timeline`](super::business::Timeline) it shows elapsed and remaining business
//!   time, when it is due and how it stands ([`Reading`]). [`Clock::time_at`] gives the
//!   instants at which parts of the target are used, so that a host sets timers and
//!   never polls.
//! - [`CaseClocks`] are the clocks of all [`Metric`]s of a [`SlaPolicy`] on one case, as
//!   a fold over its [`CaseEvent`]s: priorities, reopenings, calendars and waivers
//!   change, and nothing is accumulated.
//! - A [`Deadline`] is a date, as laws set it.
//! - [`Survival`] learns from past cases how likely a target is missed.
//!
//! A clock is breached when more than its target has elapsed, never when now is after
//! the due instant: with a target that runs out at closing on Friday, the answer on
//! Sunday is in time.

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
