//! The live board: a fold over the events of the telephone system.

mod alarm;
#[allow(clippy::module_inception, reason = "the file is named for its concept")]
mod board;
mod contacts;
mod event;
mod finding;
mod people;
mod promise;
mod rules;
mod silence;
mod state;
mod timers;
mod view;
mod work;

pub use alarm::{Alarm, AlarmChange, AlarmKey, AlarmKind, Impact, Urgency};
pub use board::Board;
pub use event::{BoardEvent, Feed, Happening, LiveState};
pub use finding::{BoardFinding, BoardFindingKind};
pub use promise::Projection;
pub use rules::{BoardRules, BoardRulesRecord, ExpectedContacts, SlaRisk};
pub use view::{AgentNow, OnBoard, QueueNow, TeamNow};
pub use work::BoardWork;
