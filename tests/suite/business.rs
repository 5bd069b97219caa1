//! Business time against models that are too plain to be wrong, and against other
//! software.

mod brute_force;
mod italian_holidays;
mod plan;
mod python;
