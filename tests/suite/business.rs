//! Business time against models that are too plain to be wrong.

mod brute_force;
mod plan;
