//! Corrections by a person: applied before any rule, and recorded like one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::record::PunchKind;
use super::repair::{PunchMark, Repair, RepairRule};
use crate::id::AgentId;

/// What a person changed about the punches of an operator (rettifica).
///
/// With `remove` alone a punch is taken away, with `add` alone one is added,
/// with both one is replaced. The record of who and when stays with the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Whose punches.
    pub agent: AgentId,
    /// The punch that is not to count.
    #[serde(default)]
    pub remove: Option<PunchMark>,
    /// The punch that is to count instead.
    #[serde(default)]
    pub add: Option<PunchMark>,
    /// Who changed it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Applies the corrections of one operator to their punches.
pub(super) fn correct(
    punches: &mut Vec<(i64, PunchKind)>,
    corrections: &[&Correction],
) -> Vec<Repair> {
    corrections
        .iter()
        .map(|correction| {
            let found = correction.remove.map(|mark| {
                let wanted = (mark.at.timestamp_millis(), mark.kind);
                punches.iter().position(|punch| *punch == wanted)
            });
            let rule = match found {
                Some(None) => RepairRule::CorrectionUnmatched,
                Some(Some(_)) | None => RepairRule::Corrected,
            };
            if rule == RepairRule::Corrected {
                found.flatten().map(|place| punches.remove(place));
                punches.extend(
                    correction
                        .add
                        .map(|mark| (mark.at.timestamp_millis(), mark.kind)),
                );
            }
            Repair {
                agent: correction.agent.clone(),
                rule,
                before: correction.remove,
                after: correction.add,
                confidence: rule.confidence(),
                by: Some(correction.by.clone()),
                at: Some(correction.at),
            }
        })
        .collect()
}
