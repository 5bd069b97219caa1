//! Contacts: conversations of legs, in records or in columns.
//!
//! A *contact* is a conversation with one customer. It is made of *legs*: each
//! visit to a queue is one, and so is each dial of a call-back. A transfer or an
//! overflow opens a new leg of the same conversation. Queue figures count legs;
//! figures about customers count conversations.
//!
//! A leg passes *milestones*: it arrives, leaves the queue, is answered, is
//! released, is wrapped up. What has not happened yet is absent, so unfinished
//! contacts are ordinary ones.
//!
//! | for | take |
//! |---|---|
//! | one leg at a time | [`LegRecord`], checked into a [`Leg`] |
//! | what one customer lived through | [`Conversation`] |
//! | many legs that you own | [`ContactTable`], filled with legs or, by readers, with [`LegRow`]s |
//! | columns that somebody else owns (Arrow, numpy) | [`ContactBatch`], checked into [`ContactColumns`] |
//! | what operators were doing | [`AgentState`] |
//!
//! All calculations run over [`ContactColumns`]; records become columns first.

mod agent_state;
mod block;
mod check;
mod codes;
mod column;
mod columns;
mod conversation;
mod decode;
mod extent;
mod facts;
mod leg;
mod outcome;
mod row;
mod rows;
mod table;

pub use agent_state::{AgentState, AgentStateRecord, StateKind};
pub(crate) use block::{BLOCK, Block, Milestones, Needs};
pub use codes::Codes;
pub(crate) use column::NONE;
pub use column::{Column, TimeUnit, Values};
pub use columns::{ContactBatch, ContactColumns, Exit, Release, WrapUp};
pub use conversation::Conversation;
pub(crate) use decode::NO_CODE;
pub(crate) use facts::Facts;
pub use leg::{Leg, LegRecord};
pub use outcome::{Channel, LegKind, Outcome, ReleasedBy};
pub use row::LegRow;
pub(crate) use rows::Rows;
pub use table::ContactTable;
