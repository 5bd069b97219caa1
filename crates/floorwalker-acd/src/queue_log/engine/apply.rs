//! Events of calls fill the slots of visits.

use super::calls::VisitRef;
use super::clock::WINDOW;
use super::dialect::{Ending, Fact, call_fact};
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
    pub(super) fn call_event(&mut self, event: Event, raw: &RawEvent<'_>, sink: &mut impl Sink) {
        let Some((fact, bad_number)) = call_fact(event, raw.data) else {
            return;
        };
        if bad_number {
            self.note_event(raw, FindingKind::BadNumber, sink);
        }
        if raw.callid.len() > LONGEST_CALLID {
            let detail = format_args!("a call id of {} bytes", raw.callid.len());
            self.notes.note(sink, FindingKind::BadLine, detail);
            return;
        }
        let is_dial = matches!(
            event,
            Event::OutDial | Event::OutAnswer | Event::OutNoAnswer
        );
        let queue = if is_dial {
            Some(self.outbound)
        } else {
            self.queue_code(raw, sink)
        };
        let Some(queue) = queue else { return };
        let agent = self.agent_code(raw, sink);
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
        let about = About {
            raw,
            queue,
            agent,
            call,
        };
        self.take_fact(fact, &about, sink);
    }

    fn take_fact(&mut self, fact: Fact<'_>, about: &About<'_>, sink: &mut impl Sink) {
        match fact {
            Fact::Enter {
                url,
                caller,
                name,
                position,
            } => {
                let texts = [
                    (Text::Url, url),
                    (Text::Caller, caller),
                    (Text::CallerName, name),
                ];
                if let Some(visit) = self.enter(about, &texts, sink)
                    && let Some(slots) = self.calls.visit_mut(visit)
                {
                    slots.position = position.or(slots.position);
                }
            }
            Fact::Dial { number } => {
                if let Some(visit) = self.enter(about, &[(Text::Called, number)], sink)
                    && let Some(slots) = self.calls.visit_mut(visit)
                {
                    slots.is_dial = true;
                    slots.dialler = about.agent;
                }
            }
            Fact::Connect { hold, ring } => self.answer(about, hold, ring, sink),
            Fact::End(ending) => self.end(about, &ending, sink),
            Fact::Ring { ms, canceled } => self.ring(about, ms, canceled, sink),
            Fact::Dump => self.with_visit(about, sink, |slots, mark| {
                slots.dumps += u32::from(slots.counts(mark));
            }),
            Fact::Incompatible => self.incompatible(about, sink),
            Fact::WrapUp { secs } => self.wrap_up(about, secs, sink),
            Fact::Called(number) => self.called(about, number, sink),
            Fact::Refused { closed } => self.refuse(about, closed, sink),
        }
    }

    /// The visits of the call that are not over.
    fn visits_of(&self, about: &About<'_>) -> &[Slots] {
        about
            .call
            .map_or(&[], |call| self.calls.call(call).visits.as_slice())
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
        let call = match about.call {
            Some(call) => call,
            None => self.calls.find_or_add(about.raw.callid),
        };
        let visit = self.calls.add_visit(call);
        let place = self.notes.here;
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.queue = about.queue;
            slots.last = about.raw.at_ms;
            slots.place = place;
        }
        visit
    }

    /// Moves the time and place of a visit's latest event.
    fn heard(&mut self, visit: VisitRef, at: i64) {
        let place = self.notes.here;
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.last = slots.last.max(at);
            slots.place = place;
        }
    }

    /// A caller enters a queue, or a dial begins.
    fn enter(
        &mut self,
        about: &About<'_>,
        texts: &[(Text, &[u8])],
        sink: &mut impl Sink,
    ) -> Option<VisitRef> {
        let at = about.raw.at_ms;
        let mut adopted = None;
        if let Some(call) = about.call {
            let visits = &self.calls.call(call).visits;
            let mut here = visits.iter().filter(|slots| slots.queue == about.queue);
            if here
                .clone()
                .any(|slots| slots.entered == Some(at) && slots.refused.is_none())
            {
                self.note_repeated(about.raw, sink);
                return None;
            }
            let fits = |slots: &&Slots| {
                let calculated = slots.calculated_entry();
                slots.entered.is_none()
                    && calculated.is_none_or(|calculated| (calculated - at).abs() <= WINDOW)
            };
            adopted = here.clone().find(fits).map(|slots| slots.serial);
            if adopted.is_none() && here.any(Slots::is_open) {
                self.note_event(about.raw, FindingKind::ReenteredOpen, sink);
            }
        }
        let visit = match (adopted, about.call) {
            (Some(serial), Some(call)) => self.calls.reference(call, serial),
            _ => {
                if self.was_entered(about, sink) {
                    return None;
                }
                self.add_visit(about)
            }
        };
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.entered = Some(at);
            for &(text, bytes) in texts {
                slots.texts.set(text, bytes);
            }
        }
        self.heard(visit, at);
        Some(visit)
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

    fn answer(
        &mut self,
        about: &About<'_>,
        hold: Option<i64>,
        ring: Option<i64>,
        sink: &mut impl Sink,
    ) {
        let at = about.raw.at_ms;
        let begun = hold.map(|hold| at - hold * 1000);
        let answer = Answer {
            at,
            hold,
            ring,
            agent: about.agent,
        };
        let visits = self.visits_of(about);
        let here = || visits.iter().filter(|slots| slots.queue == about.queue);
        if here().any(|slots| slots.answer == Some(answer)) {
            return self.note_repeated(about.raw, sink);
        }
        let picked = pick::for_answer(visits, about.queue, at, begun);
        let answered = here()
            .find(|slots| slots.answer.is_some())
            .map(|slots| slots.serial);
        let visit = match (about.call, picked.or(answered)) {
            (Some(call), Some(serial)) => self.calls.reference(call, serial),
            _ => {
                if self.is_over(about, begun, FindingKind::LateEvent, sink) {
                    return;
                }
                self.add_visit(about)
            }
        };
        if picked.is_none() && answered.is_some() {
            self.note_event(about.raw, FindingKind::SecondAnswer, sink);
        }
        self.set_answer(visit, answer);
        self.heard(visit, at);
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
        let person = |answer: Answer| answer.agent.map(|agent| self.names.person(agent));
        if let Some(before) = known.and_then(person) {
            self.agents.forget_contact(before, visit);
        }
        if let Some(person) = person(answer)
            && self.options.follows_agents()
        {
            self.agents
                .begin_contact(person, visit, contact_from(&answer));
        }
        if lacks_entry {
            self.visit_is_due(answer.at, visit);
        }
    }

    fn end(&mut self, about: &About<'_>, ending: &Ending<'_>, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let end = End {
            at,
            how: ending.how,
            wait: ending.wait,
            talk: ending.talk,
            position: ending.position,
            original: ending.original,
            agent: about.agent,
        };
        let begun = end.begun();
        let visits = self.visits_of(about);
        let here = || visits.iter().filter(|slots| slots.queue == about.queue);
        if here().any(|slots| slots.end == Some(end)) {
            return self.note_repeated(about.raw, sink);
        }
        let picked = match ending.how.is_whole_call() {
            true => None,
            false => pick::for_end(visits, about.queue, at, ending.how, begun),
        };
        let ended = here()
            .find(|slots| slots.end.is_some())
            .map(|slots| slots.serial);
        let ended = ended.filter(|_| !ending.how.is_whole_call());
        let visit = match (about.call, picked.or(ended)) {
            (Some(call), Some(serial)) => self.calls.reference(call, serial),
            _ => {
                if self.is_over(about, begun, FindingKind::DoubledEnd, sink) {
                    return;
                }
                self.add_visit(about)
            }
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
        let Some(slots) = self.calls.visit_mut(visit) else {
            return;
        };
        let doubled = slots.end.is_some();
        let taken = slots.take_end(end);
        if taken {
            set_ending_texts(slots, ending);
        }
        if end.how.is_dial() {
            slots.is_dial = true;
            slots.dialler = slots.dialler.or(about.agent);
        }
        if doubled {
            self.note_event(about.raw, FindingKind::DoubledEnd, sink);
        }
        if taken {
            self.heard(visit, end.at);
            self.visit_is_due(end.at, visit);
        }
    }

    fn ring(&mut self, about: &About<'_>, ms: i64, canceled: bool, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let visits = self.visits_of(about);
        let visit = match (about.call, pick::going_on(visits, about.queue, at)) {
            (Some(call), Some(serial)) => self.calls.reference(call, serial),
            _ => {
                if self.is_over(about, None, FindingKind::LateEvent, sink) {
                    return;
                }
                self.add_visit(about)
            }
        };
        let mark = ring_mark(about, ms, canceled);
        let Some(slots) = self.calls.visit_mut(visit) else {
            return;
        };
        if !slots.counts(mark) {
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

    /// Does something with the visit that is going on, if there is one.
    fn with_visit(
        &mut self,
        about: &About<'_>,
        sink: &mut impl Sink,
        change: impl FnOnce(&mut Slots, u64),
    ) {
        let at = about.raw.at_ms;
        let visits = self.visits_of(about);
        let serial = pick::going_on(visits, about.queue, at);
        let (Some(call), Some(serial)) = (about.call, serial) else {
            if !self.is_over(about, None, FindingKind::LateEvent, sink) {
                self.note_event(about.raw, FindingKind::UnmatchedEvent, sink);
            }
            return;
        };
        let visit = self.calls.reference(call, serial);
        if let Some(slots) = self.calls.visit_mut(visit) {
            change(slots, super::hash_of(about.raw));
        }
        self.heard(visit, at);
    }

    /// The channels were incompatible: the call fails, mostly with an end that follows.
    fn incompatible(&mut self, about: &About<'_>, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        self.with_visit(about, sink, |slots, _| {
            slots.failed = Some(slots.failed.map_or(at, |failed| failed.min(at)));
        });
        let Some(call) = about.call else { return };
        let visits = &self.calls.call(call).visits;
        let failed = visits.iter().find(|slots| slots.failed == Some(at));
        if let Some(serial) = failed.map(|slots| slots.serial) {
            let visit = self.calls.reference(call, serial);
            self.visit_is_due(at, visit);
        }
    }

    fn wrap_up(&mut self, about: &About<'_>, secs: Option<i64>, sink: &mut impl Sink) {
        self.with_visit(about, sink, |slots, _| {
            slots.wrap_up = slots.wrap_up.max(secs);
        });
    }

    /// The number that was called, which is logged before the entry.
    fn called(&mut self, about: &About<'_>, number: &[u8], sink: &mut impl Sink) {
        let visits = self.visits_of(about);
        let visit = match (
            about.call,
            pick::going_on(visits, about.queue, about.raw.at_ms),
        ) {
            (Some(call), Some(serial)) => self.calls.reference(call, serial),
            _ => {
                if self.is_over(about, None, FindingKind::LateEvent, sink) {
                    return;
                }
                self.add_visit(about)
            }
        };
        if let Some(slots) = self.calls.visit_mut(visit) {
            slots.texts.set(Text::Called, number);
        }
        self.visit_is_due(about.raw.at_ms, visit);
    }

    /// A call was refused before it entered the queue.
    fn refuse(&mut self, about: &About<'_>, closed: bool, sink: &mut impl Sink) {
        let at = about.raw.at_ms;
        let visits = self.visits_of(about);
        let same = |slots: &Slots| {
            slots.queue == about.queue && slots.entered == Some(at) && slots.refused.is_some()
        };
        if visits.iter().any(same) {
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
    if slots.position.is_none() {
        slots.position = ending.original;
    }
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
