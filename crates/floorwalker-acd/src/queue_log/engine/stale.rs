//! Calls that never end: given up after a while, and never too many.

use super::Engine;
use super::calls::VisitRef;
use super::finish::Closing;
use super::slots::Slots;
use crate::finding::FindingKind;
use crate::queue_log::sink::Sink;

/// How often open calls are looked through, in milliseconds of log time.
const SWEEP: i64 = 3_600_000;

impl Engine {
    /// Gives up the visits of a call of which nothing was heard for too long before
    /// `at`; tells whether there were any.
    pub(super) fn give_up_silent(&mut self, call: u32, at: i64, sink: &mut impl Sink) -> bool {
        let limit = self.give_up;
        let is_silent = |slots: &Slots| slots.is_open() && at - slots.last > limit;
        let visits = self.calls.visits(Some(call));
        if visits.clone().all(|(_, slots)| !is_silent(slots)) {
            return false;
        }
        let silent = visits.filter(|(_, slots)| is_silent(slots));
        let silent: Vec<VisitRef> = silent.map(|(visit, _)| visit).collect();
        for visit in silent {
            self.give_up(visit, FindingKind::GivenUp, sink);
        }
        true
    }

    fn give_up(&mut self, visit: VisitRef, kind: FindingKind, sink: &mut impl Sink) {
        let Some(slots) = self.calls.visit(visit) else {
            return;
        };
        if !slots.is_shell() {
            self.note_visit(visit, slots.place, kind, sink);
        }
        self.finish_visit(visit, Closing::GivenUp, sink);
    }

    /// Gives up every call of which nothing was heard for too long.
    pub(super) fn sweep(&mut self, sink: &mut impl Sink) {
        // On full hours of log time up to which no late line can come, whatever line
        // it is that comes then.
        let settled = self.clock.newest - super::WINDOW;
        let hour = settled.div_euclid(SWEEP) * SWEEP;
        self.next_sweep = hour + SWEEP + super::WINDOW;
        let before = hour - self.give_up;
        let silent = self.open_by(|slots| slots.last < before);
        for (_, _, visit) in silent {
            self.give_up(visit, FindingKind::GivenUp, sink);
        }
    }

    /// Gives up the eighth of open calls of which nothing was heard for longest.
    pub(super) fn shed(&mut self, sink: &mut impl Sink) {
        let mut open = self.open_by(|_| true);
        let eighth = open.len().div_ceil(8);
        open.truncate(eighth);
        for (_, _, visit) in open {
            self.give_up(visit, FindingKind::TooManyOpenCalls, sink);
        }
    }

    /// The open visits with a property, those unheard for longest first.
    fn open_by(&self, wanted: impl Fn(&Slots) -> bool) -> Vec<(i64, u64, VisitRef)> {
        let mut found: Vec<(i64, u64, VisitRef)> = Vec::new();
        for (visit, call, slots) in self.calls.iter() {
            if slots.is_open() && wanted(slots) {
                found.push((slots.last, self.content_of(call, slots), visit));
            }
        }
        found.sort_unstable();
        found
    }
}
