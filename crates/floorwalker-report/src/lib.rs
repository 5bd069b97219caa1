//! Renderers of floorwalker reports: terminal, CSV, JSON, HTML.
//!
//! The library makes a report as data; this crate makes it readable. All renderers for
//! people share one table of words and one way to write numbers, so the terminal and
//! the page say the same, in English or Italian. The machine formats know no language.
//!
//! | for | take |
//! |---|---|
//! | a terminal or a mail | [`to_terminal`] |
//! | a browser, a screen reader, paper | [`to_html`] |
//! | a spreadsheet | [`to_csv`] |
//! | a program | [`to_json`], with the schema of [`json_schema`] |
//!
//! Nothing here reads or writes files: the host does.
//!
//! ```
//! use chrono::{TimeDelta, TimeZone, Utc};
//! use floorwalker::contact::{ContactTable, LegRecord};
//! use floorwalker::id::QueueId;
//! use floorwalker::report::{ReportOptions, ServiceReport};
//! use floorwalker::service::{IntervalTally, ServiceLevel, TallySettings};
//! use floorwalker::time::{Every, Grid, Zone};
//! use floorwalker_report::{Language, to_html};
//!
//! let ten = Utc.with_ymd_and_hms(2026, 3, 23, 9, 0, 0).unwrap();
//! let leg = LegRecord::waiting(QueueId::new("sales")?, ten)
//!     .answered(None, ten + TimeDelta::seconds(12))
//!     .check()?;
//! let table = ContactTable::from_iter([&leg]);
//! let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
//! let settings = TallySettings::new(grid, ServiceLevel::offered(TimeDelta::seconds(20))?);
//! let tally = IntervalTally::count(&table.columns(), settings)?;
//! let report = ServiceReport::new(&tally, &ReportOptions::new("80/20".parse()?))?;
//!
//! let page = to_html(&report, Language::Italian);
//! assert!(page.contains("Rapporto sul livello di servizio"));
//! assert!(page.contains("100,0\u{a0}%"));
//! # Ok::<(), floorwalker::Error>(())
//! ```
#![forbid(unsafe_code)]

mod chart;
mod csv;
mod head;
mod html;
mod json;
mod locale;
mod table;
mod terminal;

pub use crate::csv::{CsvFile, CsvOptions, to_csv};
pub use html::to_html;
pub use json::{json_schema, to_json};
pub use locale::{Label, Language, UnknownLanguage};
pub use terminal::{TerminalOptions, to_terminal};
