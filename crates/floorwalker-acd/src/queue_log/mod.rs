//! Asterisk `queue_log`: one line for each event, joined to visits, sessions and states.
//!
//! A *visit* is one call in one queue, from its entry to its end; the same call
//! may visit several queues, or one queue twice, and all its visits share one
//! conversation. Milestones come from the fields that Asterisk wrote (hold and
//! talk), not from the difference of stamps; where the two contradict each other
//! a finding says so.
//!
//! [`Reader`] takes bytes in chunks of any size and hands finished visits to a
//! [`Sink`], so that memory does not grow with the log; [`QueueLog`] is the sink
//! that keeps everything. The dialects of all versions are read, unknown events
//! are counted and kept.

mod collect;
mod engine;
mod options;
mod pause_words;
mod reader;
mod sink;
mod visit;
mod work;

pub use collect::{Columns, QueueLog, RingCounts};
pub(crate) use engine::{Data, Lines, Pipes, RawEvent, leading_stamp, stamp_ms};
pub use options::{Options, Restarts};
pub use pause_words::PauseWords;
pub use reader::{Reader, State};
pub use sink::{AgentPause, AgentSession, Ring, Sink, Stretch};
pub use visit::{EndedBy, Previous, Transfer, Visit, VisitDetails};
pub use work::Work;
