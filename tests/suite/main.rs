//! Tests across the crates.

mod layers;
