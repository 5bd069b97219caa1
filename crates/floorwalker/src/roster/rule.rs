//! Working-time rules: what is tested, where it is written, and how certain that is.

use serde::{Deserialize, Serialize};

use super::rules::RuleTest;
use crate::id::RuleId;
use crate::team::Validity;
use crate::terms::terms;

terms! {
    /// Who made a rule.
    Level ("level of a rule") {
        /// A law or a regulation.
        Law = "law",
        /// A collective agreement (contratto collettivo, CCNL).
        Agreement = "agreement",
        /// The company, alone or with its works council.
        Company = "company",
    }
}

terms! {
    /// How bad it is to break a rule, least first.
    Severity ("severity") {
        /// Good to know, such as hours that are overtime.
        Notice = "notice",
        /// Something has to be agreed, asked or explained.
        Warning = "warning",
        /// The rule is broken.
        Breach = "breach",
    }
}

terms! {
    /// How certain a rule of a built-in pack is.
    Certainty ("certainty") {
        /// Its text was read.
        Read = "read",
        /// It was written from memory, and not compared with the text.
        Recalled = "recalled",
        /// A number or a reading is in doubt; the note says which.
        Uncertain = "uncertain",
    }
}

/// A working-time rule (norma sull'orario di lavoro): a test with its numbers, its
/// source and how certain it is.
///
/// Nothing here is legal advice. Who applies a pack compares it with the law and the
/// agreement in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name: that of its pack, a point, and its own.
    pub id: RuleId,
    /// What it asks, in a few words.
    pub title: String,
    /// Who made it.
    pub level: Level,
    /// Who may derogate from it. Empty if nobody may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derogable_by: Vec<Level>,
    /// How bad it is to break it.
    pub severity: Severity,
    /// The article it is written in.
    pub source: String,
    /// How certain that is.
    pub certainty: Certainty,
    /// What is doubtful, or simplified.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// From when to when it is in force.
    #[serde(default, skip_serializing_if = "is_always")]
    pub valid: Validity,
    /// The region whose rule it is, such as `US-CA`; only for contracts that name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The rule of a pack it extends whose place it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<RuleId>,
    /// What is tested.
    pub test: RuleTest,
}

fn is_always(validity: &Validity) -> bool {
    *validity == Validity::ALWAYS
}
