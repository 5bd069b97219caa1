//! Readers of call-centre logs: Asterisk `queue_log`, its database variants, and neutral tables.
//!
//! A reader turns what a telephone system wrote into legs and operator states of
//! the library, and into *findings*: what was odd, where, and what was assumed.
//! Nothing is dropped silently, and no input ends in a panic.
//!
//! | to read | take |
//! |---|---|
//! | `queue_log` files, plain or gzip, rotated or not | [`read_files`], [`read_bytes`] |
//! | a log as it grows, chunk by chunk, with a state that can be put aside | [`queue_log::Reader`] |
//! | database variants, and tables of any other system by a declared map | [`table`] |
//!
//! ```
//! use floorwalker_acd::queue_log::Options;
//! use floorwalker_acd::read_bytes;
//!
//! let log = read_bytes(
//!     b"1700000000|1699999997.1|sales|NONE|ENTERQUEUE||0612345678|1\n\
//!       1700000012|1699999997.1|sales|PJSIP/201|CONNECT|12|1700000008.2|4\n\
//!       1700000132|1699999997.1|sales|PJSIP/201|COMPLETEAGENT|12|120|1\n",
//!     &Options::default(),
//! );
//! let leg = log.leg(0).unwrap();
//! assert_eq!(leg.wait().unwrap().num_seconds(), 12);
//! assert_eq!(leg.talk().unwrap().num_seconds(), 120);
//! ```
//!
//! Hold during the conversation is not in such a log, and work after the call
//! only where a wrap-up time is configured or written: both are taken as none,
//! and a finding says so.
#![forbid(unsafe_code)]

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
