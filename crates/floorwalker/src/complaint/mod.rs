//! Complaints: procedures, clocks, escalation, legal policies, figures. (Draft.)

mod case;
mod digest;
mod figures;
mod log;
mod money;
mod personal;
mod policy;
mod procedure;
mod reading;
mod taxonomy;
mod words;

pub use case::*;
pub use digest::Digest;
pub use figures::*;
pub use log::{LogCase, LogColumns, LogEntry, Meaning, Meanings};
pub use money::Money;
pub use personal::{Opened, Personal, Sealed, Vault};
pub use policy::*;
pub use procedure::*;
pub use taxonomy::{ENERGY_TOPICS, Topic};
pub use words::*;
