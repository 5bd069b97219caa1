//! The floor: may the lines open now, who sits where and does what, what is out of order
//! this minute?
//!
//! | question | look at |
//! |---|---|
//! | may each line open, with whom, what is missing, who could fill it? | [`Opening`], [`Line`] |
//! | who sits where and does what over the shift? | [`Placement`] |
//! | what happens now in each queue and at each operator? | [`Board`], fed with [`BoardEvent`]s |
//! | what is out of order, and what does it do to the floor? | [`Alarm`], [`AlarmKind`], [`BoardRules`] |
//! | where is the service level going? | [`Projection`] |
//! | how does a roster become the plan that people are measured by? | [`planned_shifts`] |
//!
//! # People
//!
//! What is said about an operator by name needs an
//! [`AccessPolicy`](crate::team::AccessPolicy) that shows persons; what is said about
//! a group needs one that the group is large enough for.

mod board;
mod crew;
mod hands;
mod line;
mod opening;
mod placement;
mod plan;
mod seats;

pub use board::{
    AgentNow, Alarm, AlarmChange, AlarmKey, AlarmKind, Board, BoardEvent, BoardFinding,
    BoardFindingKind, BoardRules, BoardRulesRecord, BoardWork, ExpectedContacts, Feed, Happening,
    Impact, LiveState, OnBoard, Projection, QueueNow, SlaRisk, TeamNow, Urgency,
};
pub use line::{Line, LineRecord};
pub use opening::{
    Candidate, CheckItem, CheckKind, CrewMember, FillBy, LineOpening, Opening, OpeningInput,
};
pub use placement::{Duty, LineGap, Placed, Placement, PlacementInput};
pub use plan::{measured_activity, planned_shifts};
