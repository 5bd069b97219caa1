//! Calls are answered and end.

use super::apply::About;
use super::calls::VisitRef;
use super::dialect::Ending;
use super::slots::{Answer, End, Slots, Text};
use super::{Engine, hash, pick};
use crate::finding::FindingKind;
use crate::queue_log::sink::Sink;

impl Engine {
    pub(super) fn answer(&mut self, about: &About<'_>, answer: Answer, sink: &mut impl Sink) {
        if let Some((visit, slots)) = self.only(about)
            && slots.answer.is_none()
            && slots.end.is_none()
        {
            self.heard(visit, answer.at);
            return self.set_answer(visit, answer);
        }
        let begun = answer.hold.map(|hold| answer.at - i64::from(hold) * 1000);
        if self
            .here(about)
            .any(|(_, slots)| slots.answer == Some(answer))
        {
            return self.note_repeated(about.raw, sink);
        }
        let picked = pick::for_answer(self.visits_of(about), about.queue, answer.at, begun);
        let mut visit = picked;
        if picked.is_none() {
            let answered = self.here(about).find(|(_, slots)| slots.answer.is_some());
            visit = answered.map(|(visit, _)| visit);
        }
        let visit = match visit {
            Some(visit) => visit,
            None if self.is_over(about, begun, FindingKind::LateEvent, sink) => return,
            None => self.add_visit(about),
        };
        if picked != Some(visit) && self.calls.visit(visit).is_some_and(Slots::is_answered) {
            self.note_event(about.raw, FindingKind::SecondAnswer, sink);
        }
        self.heard(visit, answer.at);
        self.set_answer(visit, answer);
    }

    /// Fills the slot of the answer; of two, the earlier stays.
    pub(super) fn set_answer(&mut self, visit: VisitRef, answer: Answer) {
        let Some(slots) = self.calls.visit_mut(visit) else {
            return;
        };
        let known = slots.answer;
        if known.is_some_and(|known| (known.at, known.hold) <= (answer.at, answer.hold)) {
            return;
        }
        slots.answer = Some(answer);
        let lacks_entry = slots.entered.is_none();
        if self.options.follows_agents() {
            let person = |answer: Answer| answer.agent.map(|agent| self.names.person(agent));
            if let Some(before) = known.and_then(person) {
                self.agents.forget_contact(before, visit);
            }
            if let Some(person) = person(answer) {
                let from = contact_from(&answer);
                self.agents.begin_contact(person, visit, from);
            }
        }
        if lacks_entry {
            self.visit_is_due(answer.at, visit);
        }
    }

    pub(super) fn end(&mut self, about: &About<'_>, ending: &Ending<'_>, sink: &mut impl Sink) {
        let end = End {
            at: about.raw.at_ms,
            how: ending.how,
            wait: ending.wait,
            talk: ending.talk,
            position: ending.position,
            original: ending.original,
            agent: about.agent,
        };
        if let Some((visit, slots)) = self.only(about)
            && slots.end.is_none()
            && !end.how.is_whole_call()
        {
            return self.set_end(visit, about, ending, end, sink);
        }
        let begun = end.begun();
        if self.here(about).any(|(_, slots)| slots.end == Some(end)) {
            return self.note_repeated(about.raw, sink);
        }
        let mut picked = None;
        if !ending.how.is_whole_call() {
            picked = pick::for_end(self.visits_of(about), about.queue, end.at, end.how, begun);
        }
        // A dial that failed is tried again at once, and logged again: the end of the
        // second try is another dial.
        let is_over = if end.how.is_dial() {
            picked.is_none() && self.dial_is_over(about, sink)
        } else {
            if picked.is_none() {
                let ended = self.here(about).find(|(_, slots)| slots.end.is_some());
                picked = ended.map(|(visit, _)| visit);
            }
            picked.is_none() && self.is_over(about, begun, FindingKind::DoubledEnd, sink)
        };
        if is_over {
            return;
        }
        let visit = match picked {
            Some(visit) => visit,
            None => self.add_visit(about),
        };
        self.set_end(visit, about, ending, end, sink);
    }

    /// Whether the end of a dial was read before.
    fn dial_is_over(&mut self, about: &About<'_>, sink: &mut impl Sink) -> bool {
        self.work.lookups += 1;
        let at = about.raw.at_ms;
        let mut past = self.memory.visits(hash::stable(about.raw.callid));
        if past.any(|past| past.queue == about.queue && past.ended == at) {
            self.note_repeated(about.raw, sink);
            return true;
        }
        let forgotten = self.memory.is_forgotten(self.clock.first, at);
        if self.clock.is_behind(at) && forgotten {
            self.note_repeated_import(about.raw, sink);
            return true;
        }
        false
    }

    fn set_end(
        &mut self,
        visit: VisitRef,
        about: &About<'_>,
        ending: &Ending<'_>,
        end: End,
        sink: &mut impl Sink,
    ) {
        let place = self.notes.here;
        let Some(slots) = self.calls.visit_mut(visit) else {
            return;
        };
        let doubled = slots.end.is_some();
        let taken = slots.take_end(end);
        if taken {
            set_ending_texts(slots, ending);
            slots.last = slots.last.max(end.at);
            slots.place = place;
        }
        if end.how.is_dial() {
            slots.is_dial = true;
            slots.dialler = slots.dialler.or(about.agent);
        }
        if doubled {
            self.note_event(about.raw, FindingKind::DoubledEnd, sink);
        }
        if taken {
            self.visit_is_due(end.at, visit);
        }
    }
}

fn set_ending_texts(slots: &mut Slots, ending: &Ending<'_>) {
    let key = if ending.how.is_dial() {
        Text::Called
    } else {
        Text::Key
    };
    slots.texts.set(key, ending.key);
    slots.texts.set(Text::To, ending.to.0);
    slots.texts.set(Text::Context, ending.to.1);
    slots.position = slots.position.or(ending.original);
}

/// From when on an operator is surely busy: by its field an answer may lie up to a
/// second before its stamp.
pub(super) fn contact_from(answer: &Answer) -> i64 {
    answer.at - 1000
}
