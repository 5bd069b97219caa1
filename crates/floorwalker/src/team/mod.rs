//! The team: who may be looked at, and why.

mod access;

pub use access::{AccessPolicy, AccessRecord, Granularity};
