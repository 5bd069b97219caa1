//! Made-up contact centres for floorwalker's own tests, examples and benches.
//!
//! [`generate`] plays a centre minute by minute and writes what its telephone
//! system would have logged, together with the true figures of what happened.
//! Nothing here depends on floorwalker itself, so the figures are an oracle
//! outside the library.

pub mod generate;
