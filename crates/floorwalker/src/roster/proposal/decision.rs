//! What was decided, and why.

use serde::Serialize;

use super::make::Proposal;
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, SkillId};
use crate::roster::{Difference, Finding, Roster};
use crate::time::Span;

/// Why a proposal is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
#[non_exhaustive]
pub enum Refusal {
    /// It came too late.
    Expired,
    /// An operator has not agreed.
    NotAgreed {
        /// Who.
        operator: AgentId,
    },
    /// A shift may not be changed, or is not there any more.
    NotPossible {
        /// What stands against it.
        message: String,
    },
    /// It would break a rule, or break it worse.
    BreaksRule {
        /// Which, and how.
        finding: Box<Finding>,
    },
    /// Fewer operators would be on the floor than are needed, and fewer than before.
    CoverTooLow {
        /// For which skill.
        skill: Option<SkillId>,
        /// When.
        span: Span,
        /// How much less, in operator-milliseconds.
        lost_ms: i64,
    },
    /// So many were accepted before it as there were to be.
    Taken,
}

/// A proposal that was judged.
///
/// Invariant: made by judging; what it says holds for the roster it was judged on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub(super) proposal: Proposal,
    pub(super) refusals: Vec<Refusal>,
    pub(super) difference: Difference,
    pub(super) cover_delta_ms: Option<i64>,
    /// The operators it touches, with their assignments before.
    pub(super) before: Vec<(AgentId, Roster)>,
}

impl Judged {
    /// The proposal.
    #[must_use]
    pub fn proposal(&self) -> &Proposal {
        &self.proposal
    }

    /// Whether it may be applied.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.refusals.is_empty()
    }

    /// Why it may not be applied.
    #[must_use]
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// What it does to the findings.
    #[must_use]
    pub fn difference(&self) -> &Difference {
        &self.difference
    }

    /// How much more of the requirement it meets, in operator-milliseconds; `None` if
    /// no requirement was given.
    #[must_use]
    pub fn cover_delta_ms(&self) -> Option<i64> {
        self.cover_delta_ms
    }

    /// The roster after the proposal.
    ///
    /// # Errors
    /// `policy.refused` if it was refused, or if the assignments of an operator it
    /// touches have changed since it was judged.
    pub fn apply(&self, roster: &Roster) -> Result<Roster> {
        let refuse = |why: String| {
            let what = "proposal";
            Err(ErrorKind::Policy { what, why }.into())
        };
        if !self.is_accepted() {
            return refuse(format!("it has {} objections", self.refusals.len()));
        }
        let mut before = self.before.iter();
        if let Some((who, _)) = before.find(|(who, old)| roster.of(who) != old.assignments()) {
            return refuse(format!(
                "the shifts of {who} have changed since it was judged"
            ));
        }
        roster.with_changes(&self.proposal.changes)
    }
}

/// Several proposals, judged one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The roster with all that were accepted.
    pub roster: Roster,
    /// The proposals in their order, with what was decided.
    pub judged: Vec<Judged>,
}

impl Settled {
    /// Those that were accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|one| one.is_accepted())
    }
}

/// Why a change cannot be made, in words.
pub(super) fn not_possible(error: &crate::error::Error) -> Refusal {
    Refusal::NotPossible {
        message: error.to_string(),
    }
}
