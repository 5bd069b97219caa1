//! Events in the order in which they happened, as far as they are known.

use std::collections::BTreeMap;

use super::act::{Act, Corrected};
use super::command::Attempt;
use super::docket::Settled;
use super::event::Event;
use super::refusal::Refusal;
use super::rules::Rules;
use super::state::Case;
use super::step::Step;

/// An event as it happened: with the act and the instant that put it right, if any did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Happened<'a> {
    event: &'a Event,
    act: &'a Act,
    pub(super) at_ms: i64,
}

/// How closely events are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closely {
    /// Each must be possible by the procedure.
    Moves,
    /// Each must be possible, with all its conditions.
    Conditions,
}

/// The events that were recorded by `known_ms`, corrections applied, in the order in
/// which they happened; of two at the same instant the one recorded first comes first.
/// What was caused by an event moves and goes with it.
pub(super) fn in_order_of_time(events: &[Event], known_ms: i64) -> Vec<Happened<'_>> {
    let known = events.partition_point(|event| event.record().recorded_ms <= known_ms);
    let mut corrections: BTreeMap<u64, Option<&Corrected>> = BTreeMap::new();
    for event in &events[..known] {
        if let Act::Correct(correction) = event.act() {
            corrections.insert(correction.event, correction.with.as_ref());
        }
    }
    let mut happened = Vec::with_capacity(known);
    for event in events[..known]
        .iter()
        .filter(|event| event.step() != Step::Correct)
    {
        let record = event.record();
        let own = corrections.get(&record.seq);
        let of_cause = record.cause.and_then(|cause| corrections.get(&cause));
        let (act, at_ms) = match (own, of_cause) {
            (Some(None), _) | (None, Some(None)) => continue,
            (Some(Some(corrected)), _) => (&*corrected.act, corrected.occurred_ms),
            (None, Some(Some(corrected))) => (event.act(), corrected.occurred_ms),
            (None, None) => (event.act(), record.occurred_ms),
        };
        happened.push(Happened { event, act, at_ms });
    }
    happened.sort_by_key(|happened| happened.at_ms);
    happened
}

impl Rules {
    /// The state that events add up to; the error names the event that is impossible.
    pub(super) fn fold(
        &self,
        happened: &[Happened<'_>],
        closely: Closely,
    ) -> Result<Option<Case>, (u64, Refusal)> {
        let Some((first, rest)) = happened.split_first() else {
            return Ok(None);
        };
        let mut case = self
            .fold_first(first)
            .map_err(|why| (first.event.seq(), why))?;
        for one in rest {
            let attempt = one.event.attempt(one.act, one.at_ms);
            self.fold_one(&mut case, &attempt, closely)
                .map_err(|why| (one.event.seq(), why))?;
        }
        Ok(Some(case))
    }

    fn fold_first(&self, first: &Happened<'_>) -> Result<Case, Refusal> {
        let Act::Receive(receipt) = first.act else {
            return Err(Refusal::Receipt {
                step: first.act.step(),
            });
        };
        self.check_procedure(&receipt.procedure)?;
        let start = &self.procedure().record().start;
        Ok(Case::begin(
            &first.event.record().case,
            receipt,
            start,
            first.at_ms,
        ))
    }

    /// Applies one event to a state.
    pub(super) fn fold_one(
        &self,
        case: &mut Case,
        attempt: &Attempt<'_>,
        closely: Closely,
    ) -> Result<(), Refusal> {
        let target = match closely {
            Closely::Moves => self.target(case, attempt)?,
            Closely::Conditions => self.check(case, attempt, &Settled)?,
        };
        case.apply(attempt, target);
        Ok(())
    }
}
