//! What is odd about the live feed.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::LegId;
use crate::terms::terms;

terms! {
    /// What is odd about an event.
    BoardFindingKind ("finding of the board") {
        /// It came after the board had settled its time, and was left out.
        Late = "late",
        /// It came twice, and was counted once.
        Duplicate = "duplicate",
        /// It is about a contact that never entered a queue here, and was left out.
        UnknownContact = "unknown_contact",
        /// It does not follow from what came before, such as a second answer, and was
        /// left out.
        OutOfStep = "out_of_step",
        /// A contact was answered by somebody who is logged out; it was counted.
        AnsweredLoggedOut = "answered_logged_out",
        /// A contact whose end was never told was given up.
        GivenUp = "given_up",
    }
}

/// Something odd about the live feed. It names no operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardFinding {
    /// What.
    pub kind: BoardFindingKind,
    /// The stamp of the event.
    pub at: DateTime<Utc>,
    /// The contact it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<LegId>,
    /// By how many milliseconds it came too late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_ms: Option<i64>,
}

/// All findings counted, the latest kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Findings {
    pub(super) counts: BTreeMap<BoardFindingKind, u64>,
    pub(super) latest: VecDeque<BoardFinding>,
}

impl Findings {
    pub(super) fn push(&mut self, finding: BoardFinding, most: usize) {
        *self.counts.entry(finding.kind).or_default() += 1;
        if self.latest.len() >= most.max(1) {
            self.latest.pop_front();
        }
        self.latest.push_back(finding);
    }
}
