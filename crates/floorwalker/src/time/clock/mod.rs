//! Clocks of promises: how much of a target is used, when it runs out, how it stands.

#[allow(
    clippy::module_inception,
    reason = "the clock is the room's main concept"
)]
mod clock;
mod deadline;
mod pauses;
mod reading;
mod waiver;

pub use clock::{Clock, MAX_TARGET_MS};
pub use deadline::{Deadline, DeadlineUnit, MAX_AMOUNT, Roll};
pub use pauses::Pauses;
pub use reading::{ClockState, Reading};
pub use waiver::{Waiver, WaiverCause};
