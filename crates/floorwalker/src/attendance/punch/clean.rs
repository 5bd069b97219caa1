//! Punches in order, without duplicates.

use super::record::PunchKind;
use super::repair::{PunchMark, Repair, RepairRule};
use super::rules::{Duplicates, PunchRules};
use crate::id::AgentId;

/// Sorts the punches of one operator and drops duplicates of the last one that counts.
///
/// The measure is the last punch that counts, not the last one seen: whoever
/// punches every 50 seconds for an hour is not one punch.
pub(super) fn clean(
    agent: &AgentId,
    mut punches: Vec<(i64, PunchKind)>,
    rules: &PunchRules,
    repairs: &mut Vec<Repair>,
) -> Vec<(i64, PunchKind)> {
    punches.sort_by_key(|&(at, _)| at);
    let within = i64::from(rules.duplicate_within_secs) * 1000;
    let mut kept: Vec<(i64, PunchKind)> = Vec::with_capacity(punches.len());
    for (at, kind) in punches {
        let is_duplicate = kept.last().is_some_and(|&(last, last_kind)| {
            at - last <= within && (rules.duplicates == Duplicates::AnyKind || kind == last_kind)
        });
        if is_duplicate {
            let before = PunchMark::at_ms(at, kind);
            repairs.push(Repair::by_rule(
                agent,
                RepairRule::DuplicateDropped,
                before,
                None,
            ));
        } else {
            kept.push((at, kind));
        }
    }
    kept
}
