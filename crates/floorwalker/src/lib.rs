#![doc = include_str!("../../../README.md")]
#![forbid(unsafe_code)]

pub mod attendance;
pub mod complaint;
pub mod contact;
pub mod error;
pub mod floor;
pub mod forecast;
pub mod id;
pub mod report;
pub mod roster;
pub mod service;
pub mod staffing;
pub mod team;
mod terms;
pub mod time;
pub mod units;

pub use error::{Error, Result};
