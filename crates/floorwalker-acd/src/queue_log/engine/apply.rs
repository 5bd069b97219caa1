//! Events of calls fill the slots of visits.

use super::calls::{VisitRef, Visits};
use super::clock::WINDOW;
use super::dialect::Fact;
use super::event::Event;
use super::slots::{Answer, Slots, Text};
use super::{Engine, LONGEST_CALLID, RawEvent, hash, pick};
use crate::finding::FindingKind;
use crate::queue_log::sink::{Ring, Sink};

/// What lines of calls have in common, with names as numbers.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) raw: &'a RawEvent<'a>,
    pub(super) queue: u32,
    pub(super) agent: Option<u32>,
    /// The call, if it is not over.
    pub(super) call: Option<u32>,
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
    pub(super) fn visits_of(&self, about: &About<'_>) -> Visits<'_> {
        self.calls.visits(about.call)
    }

    /// Those of them in the queue.
    pub(super) fn here<'a>(
        &'a self,
        about: &About<'_>,
    ) -> impl Iterator<Item = (VisitRef, &'a Slots)> + Clone + use<'a> {
        let queue = about.queue;
        self.visits_of(about)
            .filter(move |(_, slots)| slots.queue == queue)
    }

    /// The visit of the call, if there is just one and it is in the queue.
    pub(super) fn only(&self, about: &About<'_>) -> Option<(VisitRef, &Slots)> {
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
    pub(super) fn is_over(
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

    pub(super) fn add_visit(&mut self, about: &About<'_>) -> VisitRef {
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
    pub(super) fn heard(&mut self, visit: VisitRef, at: i64) -> Option<&mut Slots> {
        let place = self.notes.here;
        let slots = self.calls.visit_mut(visit)?;
        slots.last = slots.last.max(at);
        slots.place = place;
        Some(slots)
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
        let visit = match pick::going_on(self.visits_of(about), about.queue, at) {
            Some(visit) => visit,
            None if self.is_over(about, None, FindingKind::LateEvent, sink) => return None,
            // Its entry may come a little late.
            None => self.add_visit(about),
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
}

fn ring_mark(about: &About<'_>, ms: i64, canceled: bool) -> u64 {
    let agent = about.agent.map_or(0, |agent| u64::from(agent) + 1);
    let numbers = [about.raw.at_ms as u64, agent, ms as u64, canceled.into()];
    numbers.into_iter().fold(0, hash::mix)
}
