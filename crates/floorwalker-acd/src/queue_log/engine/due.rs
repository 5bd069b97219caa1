//! What becomes final when all late lines are there.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use super::calls::{Call, VisitRef};
use super::finish::Closing;
use super::notes::Place;
use super::slots::Slots;
use super::{Engine, hash};
use crate::finding::FindingKind;
use crate::queue_log::sink::Sink;

/// What becomes final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// The events of operators of one instant.
    Agents,
    /// A restart of the telephone system.
    Restart(Restart),
    /// A visit that ended, failed, was refused or lacks its entry.
    Visit(VisitRef),
}

/// A restart and the line that tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Restart {
    pub(crate) source: u32,
    pub(crate) line: u64,
}

/// In the order of time; at one instant by kind, then by content and not by the
/// order of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at: i64,
    rank: u8,
    content: u64,
    what: What,
}

/// Everything that is due, the earliest first.
#[derive(Debug)]
pub(crate) struct Dues(BinaryHeap<Reverse<Due>>);

impl Dues {
    pub(crate) fn new() -> Self {
        Self(BinaryHeap::new())
    }

    /// When the first is due.
    pub(crate) fn next(&self) -> i64 {
        self.0.peek().map_or(i64::MAX, |Reverse(due)| due.at)
    }

    pub(crate) fn push(&mut self, at: i64, content: u64, what: What) {
        let rank = match what {
            What::Agents => 0,
            What::Restart(_) => 1,
            What::Visit(_) => 2,
        };
        self.0.push(Reverse(Due {
            at,
            rank,
            content,
            what,
        }));
    }

    fn pop_before(&mut self, limit: i64) -> Option<Due> {
        let Reverse(first) = self.0.peek()?;
        if first.at >= limit {
            return None;
        }
        self.0.pop().map(|Reverse(due)| due)
    }

    /// The restarts that are due, for a saved state.
    pub(crate) fn restarts(&self) -> Vec<(i64, Restart)> {
        let restarts = self.0.iter().filter_map(|Reverse(due)| match due.what {
            What::Restart(restart) => Some((due.at, restart)),
            _ => None,
        });
        let mut restarts: Vec<_> = restarts.collect();
        restarts.sort_unstable();
        restarts
    }
}

impl Engine {
    /// What orders visits of one instant: their content, and not when they turned up.
    pub(super) fn content_of(&self, call: &Call, slots: &Slots) -> u64 {
        let queue = self.names.queue_hash(slots.queue);
        let hash = hash::mix(call.hash, queue);
        hash::mix(hash, slots.arrived().unwrap_or(0) as u64)
    }

    /// Makes a visit due at an instant.
    pub(super) fn visit_is_due(&mut self, at: i64, visit: VisitRef) {
        let Some(slots) = self.calls.visit(visit) else {
            return;
        };
        let call = self.calls.call(self.calls.call_of(visit));
        let content = self.content_of(call, slots);
        self.dues.push(at, content, What::Visit(visit));
    }

    /// Settles everything that was due before `limit`.
    pub(super) fn settle(&mut self, limit: i64, sink: &mut impl Sink) {
        while let Some(due) = self.dues.pop_before(limit) {
            self.work.settled += 1;
            self.settled = due.at;
            match due.what {
                What::Agents => {
                    self.agents.take(due.at, self.clock.first, &mut self.names);
                    self.hand_over_agents(sink);
                }
                What::Restart(restart) => self.settle_restart(due.at, due.at, restart, sink),
                What::Visit(visit) => self.settle_visit(due.at, visit, sink),
            }
        }
    }

    fn settle_visit(&mut self, at: i64, visit: VisitRef, sink: &mut impl Sink) {
        let Some(slots) = self.calls.visit(visit) else {
            return;
        };
        let lacks_entry = slots.entered.is_none();
        let failed_now = slots.refused.is_some() || slots.failed == Some(at);
        // Only something said beforehand, and no entry came.
        let is_idle_shell = slots.is_idle_shell();
        let is_answered = slots.answer.is_some();
        let end = slots.end;
        match end {
            // An earlier end was found since; that has its own turn.
            Some(end) if end.at != at => {}
            Some(_) if lacks_entry && self.join_end(visit, sink) => {}
            Some(_) => self.finish_visit(visit, Closing::Over, sink),
            None if failed_now => self.finish_visit(visit, Closing::Over, sink),
            None if lacks_entry && is_answered => self.join_answer(visit, sink),
            None if is_idle_shell => self.calls.remove(visit),
            None => {}
        }
    }

    /// Ends at `at` all calls of which nothing was heard since `before`.
    fn settle_restart(&mut self, before: i64, at: i64, restart: Restart, sink: &mut impl Sink) {
        let place = Place {
            source: restart.source,
            line: restart.line,
        };
        let mut cut: Vec<(i64, u64, VisitRef)> = Vec::new();
        for (visit, call, slots) in self.calls.iter() {
            if slots.is_open() && slots.last < before {
                let content = self.content_of(call, slots);
                cut.push((slots.arrived().unwrap_or(slots.last), content, visit));
            }
        }
        cut.sort_unstable();
        for (_, _, visit) in cut {
            let Some(slots) = self.calls.visit(visit) else {
                continue;
            };
            let kind = if slots.is_answered() {
                FindingKind::CutAtRestart
            } else {
                FindingKind::LostAtRestart
            };
            if !slots.is_shell() {
                self.note_visit(visit, place, kind, sink);
            }
            self.finish_visit(visit, Closing::Restart(at), sink);
        }
    }

    /// Takes a restart; `set_back` if its line itself set the clock back, so that
    /// stamps before it cannot be compared with its own.
    pub(super) fn restart(
        &mut self,
        raw: &super::RawEvent<'_>,
        set_back: bool,
        sink: &mut impl Sink,
    ) {
        if self.repeats(raw, sink).is_none() {
            return;
        }
        if self.options.restarts() == crate::queue_log::Restarts::Ignore {
            return;
        }
        let restart = Restart {
            source: self.notes.here.source,
            line: self.notes.here.line,
        };
        if set_back {
            self.settle_restart(i64::MAX, raw.at_ms, restart, sink);
        } else {
            self.dues.push(raw.at_ms, 0, What::Restart(restart));
        }
    }

    /// Reports something odd about a visit.
    pub(super) fn note_visit(
        &self,
        visit: VisitRef,
        place: Place,
        kind: FindingKind,
        sink: &mut impl Sink,
    ) {
        let Some(slots) = self.calls.visit(visit) else {
            return;
        };
        let callid = crate::decode::text(self.calls.call(self.calls.call_of(visit)).id());
        let queue = self.names.queue_id(slots.queue);
        let detail = format_args!("{callid} in {queue}");
        self.notes.note_at(sink, place, kind, detail);
    }
}
