//! Supervising a contact centre: service levels, teams, complaints and reports.

pub mod error;
pub mod id;
pub mod time;

pub use error::{Error, Result};
