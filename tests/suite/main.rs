//! One binary for all tests across the crates.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper of a test may panic, and says what it skipped"
)]

mod acd;
mod attendance;
mod business;
mod complaint;
mod floor;
mod layers;
mod report;
mod roster;
mod staffing;
mod tally_laws;
mod time_cases;
mod tzdata_drift;

/// The root of the workspace. Cargo says at run time where it is: the place this was compiled in may
/// be gone, when clones share a target folder or one moves.
fn workspace() -> std::path::PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        std::path::PathBuf::from,
    );
    let root = package.parent().expect("the package lies in the root");
    root.to_owned()
}
