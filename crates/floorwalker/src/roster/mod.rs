//! roster
mod activity;
mod allot;
mod assignment;
mod break_rule;
mod change;
mod check;
mod coverage;
mod layer;
mod midnight;
mod pack;
mod plan;
mod proposal;
mod requirement;
mod rule;
pub mod rules;
mod template;

pub use activity::{Activity, ActivityKind};
pub use assignment::{Assignment, AssignmentKey, Details, Origin};
pub use break_rule::BreakRule;
pub use change::{Change, Difference};
pub use check::{
    Basis, Bound, CheckReport, CheckWindow, Checker, Compensation, Derogation, Finding, Fix,
    NotJudged, Opening, OwedRest, Reason, Remedy, Unit,
};
pub use coverage::{CoverRow, Coverage};
pub use layer::{Layer, Piece, Segment};
pub use midnight::Midnight;
pub use pack::{PackRecord, RulePack, RulePacks};
pub use plan::Roster;
pub use proposal::{
    Bid, JudgePolicy, Judged, OpenShift, Proposal, ProposalKind, Ranking, Refusal, Settled,
};
pub use requirement::{Demand, Requirement};
pub use rule::{Certainty, Level, Rule, Severity};
pub use template::{Anchor, LengthBy, ShiftTemplate, StartAndLength, TemplatePart, TemplateRecord};
