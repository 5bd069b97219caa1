//! Procedures: states, conditions, clocks, levels of escalation and required steps, as data.

mod clocks;
mod compiled;
mod faults;
mod guard;
mod levels;
mod reach;
mod record;

pub use compiled::Procedure;
pub use faults::{FaultKind, ProcedureFault};
pub use guard::Guard;
pub use record::{
    ClockRecord, FourEyes, LevelRecord, OnResume, OnSeverityChange, ProcedureRecord,
    RequiredRecord, StateRecord, TransitionRecord, Trigger, Windows,
};

/// The JSON Schema (draft 2020-12) of a procedure, for writing one.
pub const PROCEDURE_SCHEMA: &str = include_str!("../procedures/procedure.schema.json");

/// The procedure that [`Procedure::iso_10002`] reads.
pub(crate) const ISO_10002: &str = include_str!("../procedures/iso10002.json");

/// The word for every state that is not terminal, in the `from` of a transition.
pub(crate) const OPEN: &str = "open";

/// The word for every clock of a policy, in the triggers of escalation.
pub(crate) const LEGAL: &str = "legal";
