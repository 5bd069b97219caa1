//! Two call ids that are one call.
//!
//! When an operator takes a second call to a queue and joins it with the first (an
//! attended transfer into a queue), the telephone system swaps ids: the end of the
//! first conversation is logged under the id of the consultation, and the answer in
//! the second queue under the id of the first caller. Queue, operator and times
//! prove which belong together, if exactly one visit fits; otherwise the part stays
//! on its own, as a rebuilt visit with a finding.

use super::Engine;
use super::calls::VisitRef;
use super::clock::WINDOW;
use super::slots::Slots;
use crate::finding::FindingKind;
use crate::queue_log::sink::Sink;

/// With more open visits than this no partner is searched, to bound the work.
const MOST_SEARCHED: usize = 4096;

impl Engine {
    /// Gives an end without an entry to the visit that lacks one; tells whether it did.
    pub(super) fn join_end(&mut self, visit: VisitRef, sink: &mut impl Sink) -> bool {
        let Some(slots) = self.calls.visit(visit) else {
            return false;
        };
        let Some(end) = slots.end else { return false };
        if slots.answer.is_some() || slots.is_dial {
            return false;
        }
        let queue = slots.queue;
        let person = |agent: Option<u32>| agent.map(|agent| self.names.person(agent));
        let fits = |other: &Slots| {
            let is_open = other.queue == queue && other.is_open() && other.entered.is_some();
            is_open
                && match other.answer {
                    Some(answer) => {
                        let talk = end.talk.unwrap_or(0);
                        end.how.is_answered()
                            && person(answer.agent) == person(end.agent)
                            && (answer.at + i64::from(talk) * 1000 - end.at).abs() <= WINDOW
                            && answer.hold == end.wait
                    }
                    None => {
                        let begun = end.begun();
                        !end.how.is_answered()
                            && begun.is_some_and(|begun| near(other.entered, begun))
                    }
                }
        };
        let Some(target) = self.only_one(visit, fits) else {
            return false;
        };
        let under_caller = !end.how.is_answered();
        let Some(part) = self.take_part(visit, target, under_caller, sink) else {
            return false;
        };
        if let Some(slots) = self.calls.visit_mut(target) {
            slots.take_end(end);
            slots.texts.take_over(&part.texts);
            slots.last = slots.last.max(part.last);
        }
        self.visit_is_due(end.at, target);
        true
    }

    /// Gives an answer without an entry to the visit that waits for one.
    pub(super) fn join_answer(&mut self, visit: VisitRef, sink: &mut impl Sink) {
        let Some(slots) = self.calls.visit_mut(visit) else {
            return;
        };
        slots.was_searched = true;
        let (Some(answer), Some(begun)) = (slots.answer, slots.calculated_entry()) else {
            return;
        };
        let queue = slots.queue;
        let fits = |other: &Slots| {
            other.queue == queue
                && other.is_open()
                && other.answer.is_none()
                && near(other.entered, begun)
        };
        let Some(target) = self.only_one(visit, fits) else {
            return;
        };
        if let Some(agent) = answer.agent {
            let person = self.names.person(agent);
            self.agents.forget_contact(person, visit);
        }
        let Some(part) = self.take_part(visit, target, true, sink) else {
            return;
        };
        self.set_answer(target, answer);
        if let Some(slots) = self.calls.visit_mut(target) {
            slots.rings += part.rings;
            slots.long_rings += part.long_rings;
            slots.canceled_rings += part.canceled_rings;
            slots.dumps += part.dumps;
            slots.wrap_up = slots.wrap_up.max(part.wrap_up);
            slots.last = slots.last.max(part.last);
            slots.texts.take_over(&part.texts);
            if let Some(end) = part.end {
                slots.take_end(end);
            }
        }
        if let Some(end) = part.end {
            self.visit_is_due(end.at, target);
        }
    }

    /// The only open visit of another call that fits.
    fn only_one(&self, part: VisitRef, fits: impl Fn(&Slots) -> bool) -> Option<VisitRef> {
        if self.calls.open() > MOST_SEARCHED {
            return None;
        }
        let mut found = self
            .calls
            .iter()
            .filter(|(at, _, slots)| *at != part && fits(slots))
            .map(|(at, ..)| at);
        let only = found.next();
        if found.next().is_some() { None } else { only }
    }

    /// Takes the part out of its call. If the part was logged under the id of the
    /// caller, the visit belongs to that conversation.
    fn take_part(
        &mut self,
        part: VisitRef,
        target: VisitRef,
        under_caller: bool,
        sink: &mut impl Sink,
    ) -> Option<Slots> {
        let slots = self.calls.visit(part)?.clone();
        let id = |visit| self.calls.call(self.calls.call_of(visit)).id();
        let [one, other] = [part, target].map(|visit| crate::decode::text(id(visit)));
        let detail = format_args!("{one} and {other}");
        self.notes
            .note_at(sink, slots.place, FindingKind::JoinedIds, detail);
        let id = id(part).to_vec();
        if under_caller {
            self.calls.visit_mut(target)?.other_call = Some(id);
        }
        self.calls.remove(part);
        Some(slots)
    }
}

fn near(entered: Option<i64>, begun: i64) -> bool {
    entered.is_some_and(|entered| (entered - begun).abs() <= 1000)
}
