//! Readers of telephone-system logs and of neutral tables for
//! [floorwalker](floorwalker).
//!
//! A call centre's figures begin with a log that was never meant for them. This crate
//! turns it into legs, sessions and states that the library can count, and says of
//! everything odd what was found, where, and what was assumed.
//!
//! # From a log to a service level
//!
//! ```
//! use chrono::TimeDelta;
//! use floorwalker::service::{IntervalTally, Kpi, ServiceLevel, TallySettings};
//! use floorwalker::time::{Every, Grid, Zone};
//! use floorwalker_acd::queue_log::Options;
//!
//! let log = floorwalker_acd::read_bytes(
//!     b"1772442000|1772441990.1|sales|NONE|ENTERQUEUE||0611|1
//! 1772442012|1772441990.1|sales|Anna|CONNECT|12|1772442000.2|4
//! 1772442192|1772441990.1|sales|Anna|COMPLETECALLER|12|180|1
//! 1772442100|1772442090.3|sales|NONE|ENTERQUEUE||0612|1
//! 1772442141|1772442090.3|sales|NONE|ABANDON|1|1|41
//! ",
//!     &Options::default(),
//! );
//! let rule = ServiceLevel::offered(TimeDelta::seconds(20))?;
//! let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
//! let tally = IntervalTally::count(&log.table().columns(), TallySettings::new(grid, rule.clone()))?;
//! assert_eq!(tally.total().service_level(&rule)?.to_string(), "1/2 = 50.0 %");
//! assert_eq!(tally.total().figure(Kpi::Asa).to_string(), "12.0 s");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The lines above are out of order by 92 seconds, and a finding says so:
//!
//! ```
//! # use floorwalker_acd::{FindingKind, queue_log::Options};
//! let log = floorwalker_acd::read_bytes(
//!     b"1772442192|a.1|sales|Anna|COMPLETECALLER|12|180|1\n1772442100|a.3|sales|NONE|ENTERQUEUE||0612|1\n",
//!     &Options::default(),
//! );
//! let kinds: Vec<FindingKind> = log.findings().counts().keys().copied().collect();
//! assert!(kinds.contains(&FindingKind::ClockSetBack));
//! assert!(kinds.contains(&FindingKind::RebuiltVisit));
//! println!("{}", log.findings().list()[0]);
//! ```
//!
//! # What there is
//!
//! | you have | take |
//! |---|---|
//! | files `queue_log`, `queue_log.1`, `queue_log.2.gz` of Asterisk | [`read_files`] |
//! | the bytes of one | [`read_bytes`] |
//! | a feed of bytes, or more than fits in memory | [`queue_log::Reader`] with a [`queue_log::Sink`] |
//! | a database table of it, exported | [`table::read_queue_log`] |
//! | a table of contacts or of operators' states from anywhere | [`neutral`] |
//!
//! # What is not done
//!
//! * No connection to a database or to a telephone system is opened.
//! * Time on hold and work after the call are not in a `queue_log`; the latter can be
//!   told in the [options](queue_log::Options::with_wrap_up).
//! * A transfer by feature code through local channels is not logged by Asterisk: the
//!   first operator then has the whole talk. Nothing in the log shows it.

mod decode;
mod error;
mod files;
mod finding;
pub mod neutral;
pub mod queue_log;
pub mod table;

pub use error::{Error, Result};
pub use files::{
    Watch, read_bytes, read_bytes_into, read_files, read_files_into, read_files_watched,
};
pub use finding::{Finding, FindingKind, FindingRef, Findings};
