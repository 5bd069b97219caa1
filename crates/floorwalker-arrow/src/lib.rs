//! Arrow columns in, tables and mergeable states out.
//!
//! Tables in the Arrow format are what dataframes of every language lend to each other
//! without a copy. This crate reads legs and operators' states from them, and writes
//! figures, legs and states into them.
//!
//! | for | take |
//! |---|---|
//! | which column of a table is what | [`ColumnMap`] |
//! | legs out of a table | [`LegReader`], [`LegTable`] |
//! | operators' states out of a table | [`StateReader`] |
//! | a single column as milliseconds | [`instants`], [`durations`] |
//! | a single column as texts | [`texts`] |
//! | a table as records, row by row | [`rows`] |
//! | figures as a long, tidy table | [`figures`], of operators [`AgentWork`], of waiting lines [`waiting`] |
//! | the state of a tally as a table, and back | [`tally_to_batch`], [`TallyParts`] |
//! | a table of your own | [`TableBuilder`], row by row [`TableWriter`] |
//! | a table as bytes, for another process | [`table_to_bytes`] |
//!
//! Numbers are borrowed as they are, whatever their width and unit; names are taken as
//! dictionaries where they come as such, and coded in one pass where they come as text.
//! Versions of the format's crates change faster than this project: their types appear
//! here and nowhere else.
#![forbid(unsafe_code)]

mod bytes;
mod error;
mod read;
mod state;
mod write;

pub use bytes::{table_from_bytes, table_to_bytes};
pub use error::{Error, Result};
pub use read::{
    ColumnMap, LegBatch, LegReader, LegTable, NULL_MS, Row, StateReader, Texts, Watch, durations,
    instants, rows, texts,
};
pub use state::{TallyParts, tally_to_batch};
pub use write::{
    AgentAsk, AgentWork, Ask, Batches, Cell, Grouping, Kind, TableBuilder, TableWriter, figures,
    waiting,
};
