//! Events of calls fill the slots of visits.

use super::calls::{VisitRef, Visits};
use super::clock::WINDOW;
use super::dialect::{Ending, Fact};
use super::event::Event;
use super::slots::{Answer, End, Slots, Text};
use super::{Engine, LONGEST_CALLID, RawEvent, hash, pick};
use crate::finding::FindingKind;
use crate::queue_log::sink::{Ring, Sink};

/// What lines of calls have in common, with names as numbers.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    raw: &'a RawEvent<'a>,
    queue: u32,
    agent: Option<u32>,
    /// The call, if it is not over.
    call: Option<u32>,
}

/// What is known of a call id that no open visit fits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Past {
    /// Nothing.
    Unknown,
    /// The visit is over.
    Over,
    /// It was forgotten long ago.
    Forgotten,
}

impl Engine {
    pub(super) fn call_event(
        &mut self,
        event: Event,
        raw: &RawEvent<'_>,
        fact: &Fact<'_>,
        sink: &mut impl Sink,
    ) {
        if raw.callid.len() > LONGEST_CALLID {
            let detail = format_args!("a call id of {} bytes", raw.callid.len());
            self.notes.note(sink, FindingKind::BadLine, detail);
            return;
        }
        if self.calls.open() >= self.options.open_limit() {
            self.shed(sink);
        }
        self.work.lookups += 1;
        let mut call = self.calls.find(raw.callid);
        if let Some(open) = call
            && self.give_up_silent(open, raw.at_ms, sink)
        {
            call = self.calls.find(raw.callid);
        }
        let first = self.calls.visits(call).next().map(|(_, slots)| slots);
        let known_agent = first.and_then(|slots| slots.answer?.agent);
        let queue = match first {
            _ if event.is_dial() => Some(self.outbound),
            Some(slots) if self.names.is_queue(slots.queue, raw.queue) => Some(slots.queue),
            _ => self.queue_code(raw, sink),
        };
        let Some(queue) = queue else { return };
        let agent = match known_agent {
            _ if !event.names_agent() => None,
            Some(agent) if self.names.is_agent(agent, raw.agent) => Some(agent),
            _ => self.agent_code(raw, sink),
        };
        let about = About {
            raw,
            queue,
            agent,
            call,
        };
        if self.clock.is_behind(raw.at_ms) && self.is_inside_past(&about) {
            return self.note_repeated(raw, sink);
        }
        self.take_fact(fact, &about, sink);
    }

    /// Whether an old line lies inside a visit of its call that is over, so that it
    /// was read before.
    fn is_inside_past(&mut self, about: &About<'_>) -> bool {
        self.work.lookups += 1;
        let at = about.raw.at_ms;
        let mut past = self.memory.visits(hash::stable(about.raw.callid));
        past.any(|past| {
            let inside = past.arrived - WINDOW..=past.ended + WINDOW;
            past.queue == about.queue && inside.contains(&at)
        })
    }

    fn take_fact(&mut self, fact: &Fact<'_>, about: &About<'_>, sink: &mut impl Sink) {
        match *fact {
            Fact::Enter {
                url,
                caller,
                name,
                position,
            } => {
                if let Some(slots) = self.enter(about, sink) {
                    slots.position = position.or(slots.position);
                    slots.texts.set(Text::Url, url);
                    slots.texts.set(Text::Caller, caller);
                    slots.texts.set(Text::CallerName, name);
                }
            }
            Fact::Dial { number } => {
                if let Some(slots) = self.enter(about, sink) {
                    slots.texts.set(Text::Called, number);
                    slots.is_dial = true;
                    slots.dialler = about.agent;
                }
            }
            Fact::Connect { hold, ring } => {
                let answer = Answer {
                    at: about.raw.at_ms,
                    hold,
                    ring,
                    agent: about.agent,
                };
                self.answer(about, answer, sink);
            }
            Fact::End(ref ending) => self.end(about, ending, sink),
            Fact::Ring { ms, canceled } => self.ring(about, ms, canceled, sink),
            Fact::Dump => {
                let mark = super::hash_of(about.raw);
                self.with_visit(about, sink, |slots| {
                    slots.dumps += u32::from(slots.counts(mark));
                });
            }
            Fact::Incompatible => self.incompatible(about, sink),
            Fact::WrapUp { secs } => {
                self.with_visit(about, sink, |slots| {
                    slots.wrap_up = slots.wrap_up.max(secs);
                });
            }
            Fact::Called(number) => self.called(about, number, sink),
            Fact::Refused { closed } => self.refuse(about, closed, sink),
        }
    }

    /// The visits of the call that are not over.
    fn visits_of(&self, about: &About<'_>) -> Visits<'_> {
        self.calls.visits(about.call)
    }

    /// Those of them in the queue.
    fn here<'a>(
        &'a self,
        about: &About<'_>,
    ) -> impl Iterator<Item = (VisitRef, &'a Slots)> + Clone + use<'a> {
        let queue = about.queue;
        self.visits_of(about)
            .filter(move |(_, slots)| slots.queue == queue)
    }

    /// The visit of the call, if there is just one and it is in the queue.
    fn only(&self, about: &About<'_>) -> Option<(VisitRef, &Slots)> {
        let mut visits = self.visits_of(about);
        let (visit, slots) = visits.next()?;
        let is_it =
            slots.queue == about.queue && slots.refused.is_none() && visits.next().is_none();
        is_it.then_some((visit, slots))
    }

    /// What is remembered of the call, where no open visit fits.
    fn past(&mut self, about: &About<'_>, begun: Option<i64>) -> Past {
        self.work.lookups += 1;
        let call = hash::stable(about.raw.callid);
        let at = about.raw.at_ms;
        if pick::is_past(self.memory.visits(call), about.queue, begun) {
            Past::Over
        } else if self.clock.is_behind(at) && self.memory.is_forgotten(self.clock.first, at) {
            Past::Forgotten
        } else {
            Past::Unknown
        }
    }

    /// Reports that an event came too late or again; tells whether it did.
    fn is_over(
        &mut self,
        about: &About<'_>,
        begun: Option<i64>,
        kind: FindingKind,
        sink: &mut impl Sink,
    ) -> bool {
        match self.past(about, begun) {
            Past::Unknown => return false,
            Past::Forgotten => self.note_repeated_import(about.raw, sink),
            Past::Over if self.clock.is_behind(about.raw.at_ms) => {
                self.note_repeated(about.raw, sink);
            }
            Past::Over => self.note_event(about.raw, kind, sink),
        }
        true
    }

    fn add_visit(&mut self, about: &About<'_>) -> VisitRef {
        let visit = self.calls.add_visit(about.call, about.raw.callid);
        let place = self.notes.here;
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.queue = about.queue;
            slots.last = about.raw.at_ms;
            slots.place = place;
        }
        visit
    }

    /// The slots of a visit, of which something was heard.
    fn heard(&mut self, visit: VisitRef, at: i64) -> Option<&mut Slots> {
        let place = self.notes.here;
        let slots = self.calls.visit_mut(visit)?;
        slots.last = slots.last.max(at);
        slots.place = place;
        Some(slots)
    }

    /// A caller enters a queue, or a dial begins.
    fn enter(&mut self, about: &About<'_>, sink: &mut impl Sink) -> Option<&mut Slots> {
        let at = about.raw.at_ms;
        let mut adopted = None;
        if about.call.is_some() {
            let mut here = self.here(about);
            let again = |slots: &Slots| slots.entered == Some(at) && slots.refused.is_none();
            if here.clone().any(|(_, slots)| again(slots)) {
                self.note_repeated(about.raw, sink);
                return None;
            }
            let fits = |slots: &Slots| {
                let calculated = slots.calculated_entry();
                slots.entered.is_none()
                    && calculated.is_none_or(|calculated| (calculated - at).abs() <= WINDOW)
            };
            let found = here.clone().find(|(_, slots)| fits(slots));
            adopted = found.map(|(visit, _)| visit);
            if adopted.is_none() && here.any(|(_, slots)| slots.is_open()) {
                self.note_event(about.raw, FindingKind::ReenteredOpen, sink);
            }
        }
        let visit = match adopted {
            Some(visit) => visit,
            None if self.was_entered(about, sink) => return None,
            None => self.add_visit(about),
        };
        let slots = self.heard(visit, at)?;
        slots.entered = Some(at);
        Some(slots)
    }

    /// Whether an old line tells an entry that was read before.
    fn was_entered(&mut self, about: &About<'_>, sink: &mut impl Sink) -> bool {
        let at = about.raw.at_ms;
        if !self.clock.is_behind(at) {
            return false;
        }
        let call = hash::stable(about.raw.callid);
        self.work.lookups += 1;
        let known = self
            .memory
            .visits(call)
            .any(|past| past.queue == about.queue && past.arrived == at);
        if known {
            self.note_repeated(about.raw, sink);
        } else if self.memory.is_forgotten(self.clock.first, at) {
            self.note_repeated_import(about.raw, sink);
        } else {
            return false;
        }
        true
    }

    fn answer(&mut self, about: &About<'_>, answer: Answer, sink: &mut impl Sink) {
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

    fn end(&mut self, about: &About<'_>, ending: &Ending<'_>, sink: &mut impl Sink) {
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
            let ended = || self.here(about).find(|(_, slots)| slots.end.is_some());
            picked = picked.or_else(|| ended().map(|(visit, _)| visit));
        }
        let visit = match picked {
            Some(visit) => visit,
            None if self.is_over(about, begun, FindingKind::DoubledEnd, sink) => return,
            None => self.add_visit(about),
        };
        self.set_end(visit, about, ending, end, sink);
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

    fn ring(&mut self, about: &About<'_>, ms: i64, canceled: bool, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let visit = match pick::going_on(self.visits_of(about), about.queue, at) {
            Some(visit) => visit,
            None if self.is_over(about, None, FindingKind::LateEvent, sink) => return,
            None => self.add_visit(about),
        };
        let Some(slots) = self.calls.visit_mut(visit) else {
            return;
        };
        if !slots.counts(ring_mark(about, ms, canceled)) {
            return self.note_repeated(about.raw, sink);
        }
        if canceled {
            slots.canceled_rings += 1;
        } else {
            slots.rings += 1;
            slots.long_rings += u32::from(ms > 1000);
        }
        self.heard(visit, at);
        let person = about.agent.map(|agent| self.names.person(agent));
        sink.ring(&Ring {
            queue: self.names.queue_id(about.queue),
            agent: person.map(|person| self.names.agent_id(person)),
            at_ms: at,
            rang_ms: ms,
            canceled,
        });
    }

    /// Does something with the visit that is going on; tells which it is.
    fn with_visit(
        &mut self,
        about: &About<'_>,
        sink: &mut impl Sink,
        change: impl FnOnce(&mut Slots),
    ) -> Option<VisitRef> {
        let at = about.raw.at_ms;
        let Some(visit) = pick::going_on(self.visits_of(about), about.queue, at) else {
            if !self.is_over(about, None, FindingKind::LateEvent, sink) {
                self.note_event(about.raw, FindingKind::UnmatchedEvent, sink);
            }
            return None;
        };
        let slots = self.heard(visit, at)?;
        change(slots);
        Some(visit)
    }

    /// The channels were incompatible: the call fails, mostly with an end that follows.
    fn incompatible(&mut self, about: &About<'_>, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let visit = self.with_visit(about, sink, |slots| {
            slots.failed = Some(slots.failed.map_or(at, |failed| failed.min(at)));
        });
        if let Some(visit) = visit {
            self.visit_is_due(at, visit);
        }
    }

    /// The number that was called, which is logged before the entry.
    fn called(&mut self, about: &About<'_>, number: &[u8], sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let visit = match pick::going_on(self.visits_of(about), about.queue, at) {
            Some(visit) => visit,
            None if self.is_over(about, None, FindingKind::LateEvent, sink) => return,
            None => self.add_visit(about),
        };
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.texts.set(Text::Called, number);
        }
        self.visit_is_due(at, visit);
    }

    /// A call was refused before it entered the queue.
    fn refuse(&mut self, about: &About<'_>, closed: bool, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let again = |slots: &Slots| slots.entered == Some(at) && slots.refused.is_some();
        if self.here(about).any(|(_, slots)| again(slots)) {
            return self.note_repeated(about.raw, sink);
        }
        if self.was_entered(about, sink) {
            return;
        }
        let visit = self.add_visit(about);
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.entered = Some(at);
            slots.refused = Some(closed);
        }
        self.visit_is_due(at, visit);
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

fn ring_mark(about: &About<'_>, ms: i64, canceled: bool) -> u64 {
    let agent = about.agent.map_or(0, |agent| u64::from(agent) + 1);
    let numbers = [about.raw.at_ms as u64, agent, ms as u64, canceled.into()];
    numbers.into_iter().fold(0, hash::mix)
}
