//! placeholder
mod decode;
mod error;
mod files;
mod finding;
pub mod queue_log;
pub mod table;

pub use error::{Error, Result};
pub use files::{
    Watch, read_bytes, read_bytes_into, read_files, read_files_into, read_files_watched,
};
pub use finding::{Finding, FindingKind, FindingRef, Findings};
