//! The `queue_log` of Asterisk, streaming.
//!
//! # From events to legs
//!
//! A *visit* is one `ENTERQUEUE` of one call id in one queue; it becomes one leg. The
//! same caller twice in a queue is two visits, a caller who overflows or is passed on
//! to another queue has one visit in each. The visits of a call id are one
//! conversation: the second is an overflow if the first left its queue unanswered, a
//! transfer if an operator passed the caller on, and its parent is the first.
//!
//! | milestone | comes from |
//! |---|---|
//! | arrived | the stamp of `ENTERQUEUE` |
//! | answered | arrived + the hold of `CONNECT` |
//! | released | answered + the talk of the end event |
//! | wrapped up | released + `WRAPUPSTART` or the configured wrap-up; otherwise the release, told once as a finding |
//! | left the queue | answered, or arrived + the wait of the end event |
//!
//! The fields are taken and not the stamps, because the telephone system took them
//! with one clock; where both are there and differ by more than a second, a finding
//! says so. A field that is missing is replaced by the difference of the stamps, a
//! wait of 0 is a wait, and an end whose entry is missing makes a visit that entered
//! at end - talk - wait.
//!
//! | event | outcome of the visit |
//! |---|---|
//! | `CONNECT`, whatever follows | answered; passed on after `TRANSFER`, `BLINDTRANSFER`, `ATTENDEDTRANSFER` |
//! | `ABANDON` | abandoned, also where it names an operator |
//! | `EXITWITHTIMEOUT` | timed out |
//! | `EXITWITHKEY` | left by key |
//! | `EXITEMPTY`, `LEAVEEMPTY` | left empty |
//! | `WITHDRAW` | withdrawn |
//! | `SYSCOMPAT`, then `ABANDON` | failed |
//! | `QUEUESTART` while it waits | lost; while it talks: answered, without an end |
//! | nothing for longer than the [limit](Options::with_give_up_after) | the same |
//! | nothing until the data ends | open |
//! | `FULL`, `JOINEMPTY`, `JOINUNAVAIL`, `DIVERT_CA_RATIO`, `DIVERT_HOLDTIME` | blocked: it never entered the queue |
//! | `CLOSED` | closed: it never entered the queue |
//!
//! `RINGNOANSWER`, `RINGCANCELED` (milliseconds) and `AGENTDUMP` are counted at the
//! visit and never end it. `OUTDIAL` to `OUTANSWER`, `OUTCANCEL`, `OUTCHANUNAVAIL`,
//! `OUTCONGESTION` (PBXware) and `OUTCALL` are dials: legs of the kind outbound, never
//! offered, in the queue [`outbound`](Options::with_outbound_queue) if they name none.
//! `DID` gives the number that was called. Every other event is counted by its name.
//!
//! # Operators
//!
//! An operator is logged in while they are a member of at least one queue
//! (`ADDMEMBER` to `REMOVEMEMBER`) or logged in as an agent (`AGENTLOGIN`,
//! `AGENTCALLBACKLOGIN` to the logoff). A restart does not end sessions: persistent
//! members come back without having left. A pause is one pause however many queues
//! it is logged for; a second pause with another reason is a change of reason. A
//! logoff without a login proves the session by its logged duration; a removed member
//! who was never added was there since the start of the data. States do not overlap:
//! a contact comes before a pause that begins during it.
//!
//! One person may appear under two names, the interface and the member name. Tell the
//! reader with [`Options::with_alias`]; where one call adds an interface and logs in
//! an agent, the log itself proves it.
//!
//! # What does not matter
//!
//! Bytes are UTF-8 or, name by name, Latin-1; lines end with LF or CR LF; a mark in
//! front is skipped. Lines may come up to two seconds out of order, may come twice,
//! may be torn by a rotation. A stretch of the log that is read again changes nothing,
//! as the latest [calls](Options::with_limits) are remembered and older stretches lie
//! inside the time already read. A clock that is set back by more than two seconds is
//! a finding; within a call the order of lines counts then, and operators' events of
//! the repeated time take effect where it was left off.
//!
//! # Memory and speed
//!
//! Memory holds the calls that are open, those of the last two seconds, a bounded past
//! and the names: it does not grow with the log. A line costs one look-up; nothing is
//! allocated per line, and per call only where more are open than ever before.

mod collect;
mod engine;
mod options;
mod pause_words;
mod reader;
mod sink;
mod visit;
mod work;

pub use collect::{Columns, QueueLog, RingCounts};
pub(crate) use engine::{
    Data, Line, LineNote, Lines, Pipes, RawEvent, TakeLines, leading_stamp, stamp_ms,
};
pub use options::{Options, Restarts};
pub use pause_words::PauseWords;
pub use reader::{Reader, State};
pub(crate) use sink::at;
pub use sink::{AgentPause, AgentSession, Ring, Sink, Stretch};
pub use visit::{EndedBy, Previous, Transfer, Visit, VisitDetails};
pub use work::Work;
