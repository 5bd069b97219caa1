//! placeholder
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
