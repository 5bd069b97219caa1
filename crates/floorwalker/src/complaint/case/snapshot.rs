//! A state kept beside the events, so that not all of them must be read again.

use serde::{Deserialize, Deserializer, Serialize};

use super::event::Event;
use super::history::{History, HistoryFault, verify_after};
use super::order::Closely;
use super::parts::Mark;
use super::rules::Rules;
use super::state::Case;
use super::step::Step;
use crate::complaint::digest::Digest;

/// The state after some events, and the checksum of the last of them. It is a cache:
/// the events alone prove anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    case: Case,
    next: u64,
    tip: Digest,
    recorded_ms: i64,
}

impl Snapshot {
    /// The present state of a history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        Self {
            case: history.case().clone(),
            next: history.events().len() as u64,
            tip: history.tip(),
            recorded_ms: history.last_recorded_ms(),
        }
    }

    /// The state that was kept.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The number of the first event after it.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.next
    }

    /// The state after the events that follow.
    ///
    /// # Errors
    /// [`HistoryFault::Chain`] if they do not follow it; [`HistoryFault::NeedsAll`] if
    /// one is backdated to before the snapshot or puts an event right.
    pub fn resume(&self, rules: &Rules, tail: &[Event]) -> Result<Case, HistoryFault> {
        verify_after(tail, self.next, self.tip, self.recorded_ms)?;
        let mut case = self.case.clone();
        let mut tail: Vec<&Event> = tail.iter().collect();
        tail.sort_by_key(|event| event.record().occurred_ms);
        for event in tail {
            let (occurred_ms, seq) = (event.record().occurred_ms, event.seq());
            if event.step() == Step::Correct || occurred_ms < case.last_ms() {
                return Err(HistoryFault::NeedsAll { event: seq });
            }
            let attempt = event.attempt(event.act(), occurred_ms);
            let folded = rules.fold_one(&mut case, &attempt, Closely::Moves);
            folded.map_err(|why| HistoryFault::Event { event: seq, why })?;
        }
        Ok(case)
    }
}

/// Reads the marks of a state: there is at least the receipt.
pub(super) fn read_marks<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Mark>, D::Error> {
    let marks = Vec::<Mark>::deserialize(deserializer)?;
    match marks.first() {
        Some(mark) if mark.step == Step::Receive => Ok(marks),
        _ => Err(serde::de::Error::custom(
            "a complaint begins with its receipt",
        )),
    }
}
