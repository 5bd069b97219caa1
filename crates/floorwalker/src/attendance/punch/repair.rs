//! Repairs: what was changed about punches, why, and how sure that is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::record::PunchKind;
use crate::id::AgentId;
use crate::terms::terms;
use crate::time::instant;

terms! {
    /// Why a punch was dropped, read otherwise or added.
    RepairRule ("repair rule") {
        /// Shortly after another one: dropped.
        DuplicateDropped = "duplicate_dropped",
        /// A second coming: dropped.
        SecondInDropped = "second_in_dropped",
        /// A second coming: read as going.
        SecondInAsOut = "second_in_as_out",
        /// A second coming: the first session stays without an end.
        SecondInStartsAnew = "second_in_starts_anew",
        /// Going, or leaving for a break, without having come: an end without a start.
        OutWithoutIn = "out_without_in",
        /// Going, and then back from a break: the going was a break, or a key too
        /// many in one.
        OutWasBreakStart = "out_was_break_start",
        /// Back from a break without having come: read as coming.
        BreakEndAsIn = "break_end_as_in",
        /// Back from a break that was not begun: dropped.
        BreakEndDropped = "break_end_dropped",
        /// Leaving for a break a second time: dropped.
        SecondBreakStartDropped = "second_break_start_dropped",
        /// Coming during a break: read as back from it.
        InAsBreakEnd = "in_as_break_end",
        /// A punch without a kind: read as what could be.
        UnknownRead = "unknown_read",
        /// No end: the planned end, because the telephone system was used until about then.
        MissingOutPlannedEnd = "missing_out_planned_end",
        /// No end: the end of the last state of the telephone system.
        MissingOutLastState = "missing_out_last_state",
        /// No end and nothing that tells: planned end plus the limit; incomplete.
        MissingOutLimit = "missing_out_limit",
        /// No start: the first state of the telephone system.
        MissingInFirstState = "missing_in_first_state",
        /// No end of a break: the first productive state after it began.
        MissingBreakEndState = "missing_break_end_state",
        /// A person corrected it.
        Corrected = "corrected",
        /// A person wanted to correct a punch that does not exist: nothing was changed.
        CorrectionUnmatched = "correction_unmatched",
    }
}

terms! {
    /// How sure a repair is.
    Confidence ("confidence") {
        /// A guess: a person must look at it.
        Low = "low",
        /// Likely.
        Medium = "medium",
        /// As good as a punch.
        High = "high",
    }
}

/// An instant and what happened: a punch without its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PunchMark {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: PunchKind,
}

impl PunchMark {
    pub(in crate::attendance) fn at_ms(at_ms: i64, kind: PunchKind) -> Option<Self> {
        instant(at_ms).map(|at| Self { at, kind })
    }
}

/// The audit record of one repair: what was there, what is there now, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Whose punch.
    pub agent: AgentId,
    /// Why.
    pub rule: RepairRule,
    /// What was there; `None` if something was added.
    pub before: Option<PunchMark>,
    /// What is there now; `None` if something was dropped.
    pub after: Option<PunchMark>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Who did it, if a person did.
    pub by: Option<String>,
    /// When, if a person did.
    pub at: Option<DateTime<Utc>>,
}

impl Repair {
    /// A repair by a rule.
    pub(in crate::attendance) fn by_rule(
        agent: &AgentId,
        rule: RepairRule,
        before: Option<PunchMark>,
        after: Option<PunchMark>,
    ) -> Self {
        Self {
            agent: agent.clone(),
            rule,
            before,
            after,
            confidence: rule.confidence(),
            by: None,
            at: None,
        }
    }
}

impl RepairRule {
    /// How sure a repair by this rule is.
    #[must_use]
    pub fn confidence(self) -> Confidence {
        match self {
            Self::DuplicateDropped
            | Self::MissingOutPlannedEnd
            | Self::Corrected
            | Self::SecondBreakStartDropped => Confidence::High,
            Self::SecondInDropped
            | Self::SecondInAsOut
            | Self::OutWasBreakStart
            | Self::BreakEndAsIn
            | Self::InAsBreakEnd
            | Self::UnknownRead
            | Self::MissingOutLastState
            | Self::MissingInFirstState
            | Self::MissingBreakEndState => Confidence::Medium,
            Self::SecondInStartsAnew
            | Self::OutWithoutIn
            | Self::BreakEndDropped
            | Self::MissingOutLimit
            | Self::CorrectionUnmatched => Confidence::Low,
        }
    }
}
