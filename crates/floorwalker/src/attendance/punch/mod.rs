//! From punches to sessions: duplicates dropped, pairs made, each repair recorded.

mod clean;
mod correction;
mod pairing;
mod record;
mod repair;
mod rules;
mod session;
mod system;

pub use correction::Correction;
pub use pairing::{PairedPunches, pair};
pub use record::{Punch, PunchKind, PunchRecord};
pub use repair::{Confidence, PunchMark, Repair, RepairRule};
pub use rules::{Duplicates, HoursMode, Pairing, PunchRules, SecondIn};
pub use session::{Edge, Origin, PunchDay, Session};
pub(super) use system::{Stretch, sessions_of, stretches_by_agent};
