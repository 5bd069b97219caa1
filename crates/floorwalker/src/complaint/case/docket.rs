//! Complaints beside each other, for mergers.

use std::collections::BTreeMap;

use super::act::Act;
use super::command::Command;
use super::event::Event;
use super::history::History;
use super::refusal::Refusal;
use super::rules::Rules;
use super::stage::Stage;
use super::step::Step;
use crate::complaint::procedure::Guard;
use crate::id::CaseId;

/// How another complaint stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherStanding {
    /// It is open.
    Open,
    /// It is over.
    Over,
    /// It goes on in another.
    MergedInto(CaseId),
}

/// Who knows how other complaints stand: the host's store, or a [`Docket`].
pub trait Others {
    /// How a complaint stands; `None` if there is none of that number.
    fn standing(&self, id: &CaseId) -> Option<OtherStanding>;
}

/// Nobody knows of other complaints, so none can be merged.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoOthers;

impl Others for NoOthers {
    fn standing(&self, _: &CaseId) -> Option<OtherStanding> {
        None
    }
}

/// What was once judged about other complaints is not judged again in a replay.
pub(super) struct Settled;

impl Others for Settled {
    fn standing(&self, _: &CaseId) -> Option<OtherStanding> {
        Some(OtherStanding::Open)
    }
}

/// The complaints of a desk (ruolo dei reclami), by number.
///
/// Invariant: following mergers from any of them never leads back to it.
#[derive(Clone, Debug, Default)]
pub struct Docket(BTreeMap<CaseId, History>);

impl Others for Docket {
    fn standing(&self, id: &CaseId) -> Option<OtherStanding> {
        let case = self.0.get(id)?.case();
        Some(match (case.stage(), case.merged_into()) {
            (Stage::Merged, Some(into)) => OtherStanding::MergedInto(into.clone()),
            (stage, _) if stage.is_terminal() => OtherStanding::Over,
            _ => OtherStanding::Open,
        })
    }
}

impl Docket {
    /// Takes a complaint that comes in.
    ///
    /// # Errors
    /// [`Refusal::Receipt`] if its number is taken; as for [`History::open`].
    pub fn receive(
        &mut self,
        rules: &Rules,
        id: CaseId,
        receipt: &Command,
        recorded_ms: i64,
    ) -> Result<&History, Refusal> {
        if self.0.contains_key(&id) {
            return Err(Refusal::Receipt {
                step: Step::Receive,
            });
        }
        let history = History::open(rules, id.clone(), receipt, recorded_ms)?;
        Ok(self.0.entry(id).or_insert(history))
    }

    /// The history of a complaint.
    #[must_use]
    pub fn history(&self, id: &CaseId) -> Option<&History> {
        self.0.get(id)
    }

    /// All histories, by number.
    pub fn iter(&self) -> impl Iterator<Item = (&CaseId, &History)> {
        self.0.iter()
    }

    /// Decides on a command for a complaint and records what it leads to.
    ///
    /// # Errors
    /// [`Refusal::UnknownCase`]; as for [`History::decide`].
    pub fn carry_out(
        &mut self,
        rules: &Rules,
        id: &CaseId,
        command: &Command,
        recorded_ms: i64,
    ) -> Result<&[Event], Refusal> {
        let unknown = || Refusal::UnknownCase { id: id.clone() };
        let mut history = self.0.remove(id).ok_or_else(unknown)?;
        let before = history.events().len();
        let late = command.occurred_ms < history.case().last_ms()
            || matches!(command.act, Act::Correct(_));
        let kept = late.then(|| history.clone());
        let done = history
            .carry_out(rules, command, recorded_ms, self)
            .map(|_| ());
        let done = done.and_then(|()| self.check_chain(&history, command.act.step()));
        let history = match (&done, kept) {
            (Err(_), Some(kept)) => kept,
            _ => history,
        };
        let history = self.0.entry(id.clone()).or_insert(history);
        done.map(|()| &history.events()[before..])
    }

    /// Following mergers from a complaint never leads back to it.
    fn check_chain(&self, history: &History, step: Step) -> Result<(), Refusal> {
        let start = history.case().id();
        let mut next = history.case().merged_into().cloned();
        while let Some(id) = next {
            if id == *start {
                let why = format!("it would lead back to {start}");
                return Err(Refusal::Guard {
                    step,
                    guard: Guard::MergeTarget,
                    why,
                });
            }
            next = self
                .0
                .get(&id)
                .and_then(|history| history.case().merged_into().cloned());
        }
        Ok(())
    }
}
