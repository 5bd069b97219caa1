//! A seeded generator of contact-centre history.
//!
//! A [`CentreSpec`] describes a centre: queues with opening hours and volumes,
//! agents with skills and shifts, and what goes wrong. [`generate`] plays it as a
//! discrete-event simulation with real queues: callers wait because no agent is
//! free, so the waits in the log come from the play and are never drawn.
//! [`write_queue_log`] writes the log that the telephone system would have kept,
//! and [`truth`] tells the figures that a reader of the log must find.
//!
//! | wanted | use |
//! |---|---|
//! | a centre of one's own | [`CentreSpec`], [`generate`] |
//! | the committed sample in `examples/data` | [`sample_centre`], [`SAMPLE_SEED`] |
//! | the log as text | [`write_queue_log`] |
//! | the true figures | [`truth`], [`agent_truth`] |
//! | a very long log for a benchmark | [`bench_log`] |
//! | very long columns for a benchmark | [`bench_legs`] |
//!
//! The same specification and seed give the same history on every machine and
//! with every version of Rust: the random numbers and the few functions of
//! mathematics used are written out here (`rng.rs`, `elementary.rs`).

mod agenda;
mod bench_legs;
mod bench_log;
mod callers;
mod desks;
mod elementary;
mod engine;
mod history;
mod names;
mod plan;
mod queue_log;
mod rng;
mod sample;
mod spec;
mod spec_check;
#[cfg(test)]
mod tests;
mod truth;
mod zone;

pub use bench_legs::{BenchLegs, bench_legs};
pub use bench_log::bench_log;
pub use engine::generate;
pub use history::{
    CallId, CentreHistory, Departure, Ending, Event, Names, Person, Ring, RingEnd, Subject,
    TakenPause, Visit, VisitEnd, What, WorkedShift,
};
pub use queue_log::write_queue_log;
pub use rng::Rng;
pub use sample::{SAMPLE_SEED, sample_centre};
pub use spec::{
    AgentSpec, CentreSpec, Incident, OpenHours, PauseSpec, QueueSpec, ShiftSpec, TransferSpec,
};
pub use spec_check::SpecError;
pub use truth::{AgentTruth, QueueDay, agent_truth, truth};
pub use zone::ZoneTable;
