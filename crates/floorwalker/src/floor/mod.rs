//! The floor: what is out of order this minute.

mod board;

pub use board::{
    AgentNow, Alarm, AlarmChange, AlarmKey, AlarmKind, Board, BoardEvent, BoardFinding,
    BoardFindingKind, BoardRules, BoardRulesRecord, BoardWork, ExpectedContacts, Feed, Happening,
    Impact, LiveState, OnBoard, Projection, QueueNow, SlaRisk, TeamNow, Urgency,
};
