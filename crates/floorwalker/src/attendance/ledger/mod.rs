//! Ledgers: what was granted, what was used, what expires, what is left.

mod account;
mod book;
mod entry;
mod grants;

pub use account::LedgerBalance;
pub use book::LedgerBook;
pub use entry::{LedgerEntry, LedgerEntryRecord, LedgerKind};
pub use grants::breastfeeding_minutes;
