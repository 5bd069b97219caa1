//! One binary for all tests across the crates.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper of a test may panic, and says what it skipped"
)]

mod attendance;
mod business;
mod complaint;
mod layers;
mod reader_laws;
mod report;
mod roster;
mod tally_laws;
mod time_cases;
mod tzdata_drift;
