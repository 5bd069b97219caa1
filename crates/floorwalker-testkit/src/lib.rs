//! Made-up contact centres for floorwalker's own tests, examples and benches.
//!
//! [`generate`] plays a centre minute by minute and writes what its telephone
//! system would have logged, together with the true figures of what happened.
//! The generator does not depend on floorwalker itself, so its figures are an oracle
//! outside the library. [`conformance`] runs the library over published cases.

pub mod conformance;
pub mod generate;
