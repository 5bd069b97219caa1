//! Rosters: shifts, breaks, coverage, and the working-time rules.
//!
//! | question | answer |
//! |---|---|
//! | what does the shift of this template look like on that date? | [`ShiftTemplate::place`] |
//! | is the roster lawful? | [`Checker::plan`] |
//! | was the law kept? | [`Checker::actuals`] |
//! | what would fix this finding? | [`Checker::fixes`] |
//! | are enough operators on the floor, with the right skills? | [`Coverage::of`] |
//! | may these two swap? who gets the open shift? | [`Checker::judge`], [`Checker::award`] |
//!
//! # Rules are data
//!
//! A [`RulePack`] holds [`Rule`]s: each with its numbers, its source, its severity and
//! how certain it is. The [`rules`] module lists the tests that rules are made of. An
//! agreement extends the pack of its country, replaces rules, and fills blanks; a
//! [`Derogation`] loosens a rule for some operators and says what rest it owes.
//!
//! Nothing here is legal advice: the built-in packs were written from notes, and say
//! for each rule whether its text was read, recalled, or is in doubt. The days since
//! when a rule is in force were recalled.
//!
//! Not looked at: rounding of clock times and the duty to record hours, which are
//! matters of attendance; pay; and who is to be asked first.
//!
//! # One engine
//!
//! The same [`Checker`] judges a plan, what was worked, and a plan with a change. Time
//! is elapsed time: the night shift of eight hours has seven when the clock is put
//! forward, and so has its rest an hour less. Shifts over midnight count to the work
//! day that [`Midnight`] says; hours of a week are cut at local midnight.
//!
//! A rule that cannot be judged, because the past is not known or a number is blank, is
//! not passed over: it is listed in [`CheckReport::not_judged`].

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
    Bid, Bidding, JudgePolicy, Judged, OpenShift, Proposal, ProposalKind, Ranking, Refusal, Settled,
};
pub use requirement::{Demand, Requirement};
pub use rule::{Certainty, Level, Rule, Severity};
pub use template::{Anchor, LengthBy, ShiftTemplate, StartAndLength, TemplatePart, TemplateRecord};
