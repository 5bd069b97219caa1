//! Rosters: the working-time rules against cases, golden values, a peer's roster and laws.

mod golden;
mod laws;
mod peer;
mod plan;
mod proposals;
mod rules;
