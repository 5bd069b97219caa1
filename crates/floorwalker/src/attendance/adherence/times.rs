//! What of the plan was kept, and how: a mergeable count of milliseconds.

use serde::{Deserialize, Serialize};

use super::map::{AdherenceMap, STATES, Verdict};
use super::sweep::Piece;
use crate::attendance::activity::{ACTIVITIES, Activity};
use crate::contact::StateKind;

/// Planned and actual time in milliseconds, of one operator or of a group: a
/// mergeable count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdherenceTimes {
    planned: [u64; ACTIVITIES],
    actual: [u64; STATES],
    in_adherence: u64,
    neutral: u64,
    excused: u64,
    absent: u64,
    unscheduled: u64,
    unscheduled_work: u64,
    work_inside: u64,
}

impl AdherenceTimes {
    /// Planned, all activities (tempo pianificato).
    #[must_use]
    pub fn scheduled(&self) -> u64 {
        self.planned.iter().sum()
    }

    /// Planned with one activity.
    #[must_use]
    pub fn scheduled_for(&self, activity: Activity) -> u64 {
        self.planned[activity as usize]
    }

    /// Logged in, planned or not.
    #[must_use]
    pub fn logged_in(&self) -> u64 {
        self.actual.iter().sum()
    }

    /// In one state, planned or not.
    #[must_use]
    pub fn in_state(&self, state: StateKind) -> u64 {
        self.actual[state as usize]
    }

    /// Ready or with a contact, planned or not.
    #[must_use]
    pub fn productive(&self) -> u64 {
        self.in_state(StateKind::Ready) + self.in_state(StateKind::Contact)
    }

    /// Planned time in a state that keeps the plan, forgiven exceptions included.
    #[must_use]
    pub fn in_adherence(&self) -> u64 {
        self.in_adherence
    }

    /// Planned time in a state that neither keeps nor breaks the plan.
    #[must_use]
    pub fn neutral(&self) -> u64 {
        self.neutral
    }

    /// Planned time in a state that breaks the plan, or logged out: exceptions.
    #[must_use]
    pub fn out_of_adherence(&self) -> u64 {
        self.scheduled() - self.in_adherence - self.neutral
    }

    /// Exceptions that were forgiven; part of [`in_adherence`](Self::in_adherence).
    #[must_use]
    pub fn excused(&self) -> u64 {
        self.excused
    }

    /// Planned time without any state.
    #[must_use]
    pub fn not_logged_in(&self) -> u64 {
        self.absent
    }

    /// Logged in where nothing was planned.
    #[must_use]
    pub fn unscheduled(&self) -> u64 {
        self.unscheduled
    }

    /// Ready or with a contact where nothing was planned.
    #[must_use]
    pub fn unscheduled_work(&self) -> u64 {
        self.unscheduled_work
    }

    /// Ready or with a contact where anything was planned.
    #[must_use]
    pub fn work_inside_schedule(&self) -> u64 {
        self.work_inside
    }

    /// Time, planned or not, in states that keep an activity.
    #[must_use]
    pub fn actual_for(&self, activity: Activity, map: &AdherenceMap) -> u64 {
        let keeping = StateKind::ALL
            .iter()
            .filter(|&&state| map.verdict(activity, state) == Verdict::In);
        keeping.map(|&state| self.in_state(state)).sum()
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        let more = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        self.planned
            .iter_mut()
            .zip(other.planned)
            .for_each(|(mine, theirs)| more(mine, theirs));
        self.actual
            .iter_mut()
            .zip(other.actual)
            .for_each(|(mine, theirs)| more(mine, theirs));
        more(&mut self.in_adherence, other.in_adherence);
        more(&mut self.neutral, other.neutral);
        more(&mut self.excused, other.excused);
        more(&mut self.absent, other.absent);
        more(&mut self.unscheduled, other.unscheduled);
        more(&mut self.unscheduled_work, other.unscheduled_work);
        more(&mut self.work_inside, other.work_inside);
    }

    /// Adds `ms` of a piece.
    pub(super) fn add_piece(&mut self, piece: &Piece, ms: u64) {
        let is_work = piece.state.is_some_and(StateKind::is_productive);
        if let Some(state) = piece.state {
            self.actual[state as usize] += ms;
        } else {
            self.absent += ms;
        }
        let Some((activity, verdict)) = piece.planned else {
            self.unscheduled += ms;
            self.unscheduled_work += if is_work { ms } else { 0 };
            return;
        };
        self.planned[activity as usize] += ms;
        self.work_inside += if is_work { ms } else { 0 };
        self.excused += if piece.excused { ms } else { 0 };
        match verdict {
            Verdict::In => self.in_adherence += ms,
            Verdict::Neutral => self.neutral += ms,
            Verdict::Out => {}
        }
    }
}
