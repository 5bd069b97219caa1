//! Business time against models that are too plain to be wrong, and against other
//! software.

mod brute_force;
mod clock_laws;
mod clocks;
mod italian_holidays;
mod minutes;
mod plan;
mod python;
mod sla_cases;
