//! Neutral tables: contacts and states of operators with names, types and units fixed
//! by this project, as CSV or as JSON lines.
//!
//! Any system that can export a table can be read with a [`FieldMap`] that says which
//! of its columns is which field.
//!
//! # Contacts: one row for each leg
//!
//! | field | type | meaning |
//! |---|---|---|
//! | `queue` | text, needed | the queue that was visited |
//! | `arrived` | instant, needed | entered the queue, or the dial began |
//! | `outcome` | term, needed | `answered`, `abandoned`, `callback_requested`, `overflowed`, `timed_out`, `left_by_key`, `left_empty`, `withdrawn`, `failed`, `lost`, `open`, `blocked`, `closed`, `no_answer` |
//! | `kind` | term | `inbound` if absent, `transfer`, `overflow`, `callback`, `outbound` |
//! | `channel` | term | `voice` if absent, `chat`, `email`, `task` |
//! | `left_queue` | instant | stopped waiting |
//! | `answered` | instant | an operator was connected |
//! | `released` | instant | the conversation ended |
//! | `wrapped_up` | instant | the work after it ended |
//! | `hold_ms` | whole number | time on hold, 0 if absent |
//! | `reached` | instant | reached the centre |
//! | `asked` | instant | asked for an operator |
//! | `agent` | text | the operator |
//! | `transferred_out` | yes or no | passed on by the operator |
//! | `callback_done` | yes or no | a requested call-back was answered later |
//! | `ring_no_answers` | whole number | rings that nobody took |
//! | `released_by` | term | `customer`, `agent`, `transfer`, `system` |
//! | `id`, `conversation`, `parent`, `customer` | text | identifiers |
//! | `caller`, `called` | text | numbers or addresses |
//! | `attributes` | object of texts | anything else; in CSV as JSON in one cell |
//!
//! Instants are RFC 3339 with an offset, such as `2026-03-02T09:00:12.250Z`, cut to
//! milliseconds; yes or no is `true` or `false`, `1` or `0`; an empty cell is nothing.
//! Sources that have durations instead of instants can give `wait_ms`, `talk_ms`
//! (without hold) and `wrap_up_ms`, or the same in seconds as `wait_secs`, `talk_secs`,
//! `wrap_up_secs` and `hold_secs`.
//!
//! # States of operators: one row for each stretch
//!
//! | field | type | meaning |
//! |---|---|---|
//! | `agent` | text, needed | who |
//! | `state` | term, needed | `ready`, `contact`, `break`, `lunch`, `training`, `meeting`, `aux` |
//! | `from` | instant, needed | since when |
//! | `to` | instant | until when; empty while it lasts |
//! | `reason` | text | the reason given for a pause |
//!
//! # Bad rows
//!
//! A row that contradicts itself or holds something unreadable is a finding with its
//! line; the other rows are kept. A column that is needed and missing is an error.

mod contact;
mod map;
mod rows;
mod state;
mod write;

pub use contact::{Contacts, read_contacts};
pub use map::{FieldMap, Format};
pub use state::{States, read_states};
pub use write::{write_contacts, write_states};
