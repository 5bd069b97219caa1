//! Policies: what laws and regulators ask of complaints, as data.

mod answer;
mod book;
mod check;
mod indemnity;
mod limit;
mod policy_rule;
mod record;

pub use answer::{DutyKind, NextDuty, PolicyAnswer, Question, Standing};
pub use book::PolicyBook;
pub use indemnity::IndemnityRule;
pub use limit::{AnswerRule, HoldingRule, Limit, LimitKind, PauseRule, Variant};
pub use policy_rule::Policy;
pub use record::{
    CertaintyNote, CertaintyRecord, Comparison, PolicyRecord, Recourse, Seen, Source, Subject,
    Threshold,
};

/// The JSON Schema (draft 2020-12) of a file of policies, for writing others.
pub const POLICY_SCHEMA: &str = include_str!("../policies/policy.schema.json");
