//! Reads logs of tickets and complaints that other systems export as CSV.
//!
//! A small map ([`LogMap`]), written as JSON, says which column holds what, how times are
//! written and in which zone, and what the words of the system mean. Two shapes are read:
//!
//! - an **event log**: one row for each change of a case;
//! - a **case table**: one row for each case.
//!
//! What cannot be used is a [`Finding`] with its line; nothing is left out in silence.
//!
//! ```
//! use floorwalker_cases::{LogMap, read};
//!
//! let map = LogMap::from_json(r#"{
//!     "shape": "cases", "case": "number",
//!     "time": {"format": "%Y-%m-%d %H:%M", "zone": "Europe/Rome"},
//!     "opened": "created", "closed": "closed", "topic": "kind"
//! }"#)?;
//! let csv = "number,created,closed,kind\n7,2026-05-04 09:00,2026-05-04 11:30,billing\n8,2026-05-04 10:00,,billing\n";
//! let log = read(csv.as_bytes(), &map)?;
//! assert_eq!(log.cases.len(), 2);
//! assert!(log.findings.is_empty());
//! assert_eq!(log.cases[0].topic.as_deref(), Some("billing"));
//! # Ok::<(), floorwalker_cases::ReadError>(())
//! ```
#![forbid(unsafe_code)]

mod case_record;
mod error;
mod finding;
mod map;
mod read;
mod time;

pub use case_record::CaseRecord;
pub use error::ReadError;
pub use finding::{Finding, FindingKind};
pub use map::{LogMap, Shape, StandardColumn, TimeFormat};
pub use read::{CaseLog, read};
