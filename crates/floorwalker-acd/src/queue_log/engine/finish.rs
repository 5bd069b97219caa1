//! A visit is over: it is handed over, remembered and forgotten.

use floorwalker::contact::{LegKind, StateKind};

use super::agents::AgentOut;
use super::calls::VisitRef;
use super::memory::{Class, Past};
use super::milestones::{Milestones, Oddities, milestones};
use super::slots::{How, Slots};
use super::timeline::Doing;
use super::track::Told;
use super::{Engine, hash};
use crate::decode;
use crate::finding::FindingKind;
use crate::queue_log::sink::{AgentPause, AgentSession, Sink, Stretch, at};
use crate::queue_log::visit::{EndedBy, Previous, Transfer, Visit};

/// Why a visit is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    /// It ended, failed or was refused.
    Over,
    /// The telephone system restarted.
    Restart(i64),
    /// Nothing was heard of it for too long.
    GivenUp,
    /// The data is over.
    EndOfData,
}

/// What is needed of a visit after it was handed over.
#[derive(Default)]
struct Over {
    agent: Option<u32>,
    answered: Option<i64>,
    wrapped_up: Option<i64>,
    /// Whether nothing is known of the work after the call.
    lacks_wrap_up: bool,
}

impl Engine {
    /// Hands a visit over and forgets it.
    pub(super) fn finish_visit(&mut self, visit: VisitRef, closing: Closing, sink: &mut impl Sink) {
        let Some(slots) = self.calls.visit(visit) else {
            return;
        };
        if slots.is_shell() {
            self.note_shell(visit, slots, sink);
        } else {
            let place = slots.place;
            let (milestones, odd) = milestones(slots, closing);
            let newest = self.remember(visit, &milestones);
            let over = self.hand_over(visit, &milestones, &odd, newest, sink);
            if over.lacks_wrap_up {
                let detail = format_args!("and no wrap-up time was told");
                let kind = FindingKind::NoWrapUp;
                self.notes.note_once(sink, place, kind, detail);
            }
            self.end_contact(visit, &over, closing, sink);
        }
        self.calls.remove(visit);
    }

    /// Remembers a visit; tells which of the same call was the newest before.
    fn remember(&mut self, visit: VisitRef, milestones: &Milestones) -> Option<u32> {
        let slots = self.calls.visit(visit)?;
        let ended = slots.end.map_or(slots.last, |end| end.at);
        let past = Past {
            call: self.calls.call(self.calls.call_of(visit)).hash,
            queue: slots.queue,
            arrived: milestones.arrived,
            ended: ended.max(milestones.arrived),
            class: class(slots),
        };
        let other = slots.other_call.as_deref().map(hash::stable);
        self.work.lookups += 1;
        let newest = self.memory.remember(past);
        if let Some(call) = other {
            return self.memory.remember(Past { call, ..past });
        }
        newest
    }

    fn note_shell(&self, visit: VisitRef, slots: &Slots, sink: &mut impl Sink) {
        let queue = self.names.queue_id(slots.queue);
        let callid = decode::text(self.calls.call(self.calls.call_of(visit)).id());
        let detail = format_args!("{callid} in {queue}, which it never entered");
        let kind = FindingKind::UnmatchedEvent;
        self.notes.note_at(sink, slots.place, kind, detail);
    }

    fn hand_over(
        &self,
        visit: VisitRef,
        milestones: &Milestones,
        odd: &Oddities,
        newest: Option<u32>,
        sink: &mut impl Sink,
    ) -> Over {
        let Some(slots) = self.calls.visit(visit) else {
            return Over::default();
        };
        let call = self.calls.call(self.calls.call_of(visit));
        let queue = self.names.queue_id(slots.queue);
        for kind in odd.iter() {
            let callid = decode::text(call.id());
            let detail = format_args!("{callid} in {queue}");
            self.notes.note_at(sink, slots.place, kind, detail);
        }
        let by_option = || self.options.wrap_up(queue)?.num_seconds().try_into().ok();
        let wrap_up: Option<u32> = slots.wrap_up.or_else(by_option);
        let wrapped_up = milestones
            .released
            .map(|released| released + i64::from(wrap_up.unwrap_or(0)) * 1000);
        let before = self.previous(visit, slots, milestones.arrived, newest);
        let agent = self.agent_of(slots);
        let mut view = self.view(call.id(), slots, milestones, before);
        view.wrapped_up_ms = wrapped_up;
        view.agent_code = agent;
        view.agent = agent.map(|agent| self.names.agent_id(agent));
        sink.visit(&view);
        Over {
            agent,
            answered: milestones.answered,
            wrapped_up,
            lacks_wrap_up: wrap_up.is_none() && wrapped_up.is_some() && !slots.is_dial,
        }
    }

    /// The operator who was connected, or who dialled.
    fn agent_of(&self, slots: &Slots) -> Option<u32> {
        let by_end = || slots.end.filter(|end| end.how.is_answered())?.agent;
        let agent = match slots.answer {
            Some(answer) => answer.agent.or_else(by_end),
            None => slots.dialler.or_else(by_end),
        };
        agent.map(|agent| self.names.person(agent))
    }

    /// What the sink sees of a visit, but the operator and the work after the call.
    fn view<'a>(
        &'a self,
        callid: &'a [u8],
        slots: &'a Slots,
        milestones: &Milestones,
        before: Option<Past>,
    ) -> Visit<'a> {
        let how = slots.end.map(|end| end.how);
        Visit {
            callid,
            conversation: slots.other_call.as_deref().unwrap_or(callid),
            texts: &slots.texts,
            queue: self.names.queue_id(slots.queue),
            queue_code: slots.queue,
            agent: None,
            agent_code: None,
            kind: kind(slots, before),
            outcome: milestones.outcome,
            arrived_ms: milestones.arrived,
            left_queue_ms: milestones.left,
            answered_ms: milestones.answered,
            released_ms: milestones.released,
            wrapped_up_ms: None,
            transfer: how.and_then(transfer),
            ended_by: how.and_then(ended_by),
            original_position: slots.position,
            position: slots.end.and_then(|end| end.position),
            ring_secs: slots.answer.and_then(|answer| answer.ring),
            ring_no_answers: slots.rings,
            ring_no_answers_over_1s: slots.long_rings,
            rings_canceled: slots.canceled_rings,
            agent_dumps: slots.dumps,
            previous: before.map(|past| Previous {
                queue: self.names.queue_id(past.queue),
                arrived_ms: past.arrived,
            }),
            rebuilt: slots.entered.is_none() && !how.is_some_and(How::is_whole_call),
        }
    }

    /// The visit before this one in the same conversation, over or not.
    fn previous(
        &self,
        visit: VisitRef,
        slots: &Slots,
        arrived: i64,
        newest: Option<u32>,
    ) -> Option<Past> {
        if slots.is_dial {
            return None;
        }
        let call = match slots.other_call.as_deref() {
            Some(other) => self.calls.find(other),
            None => Some(self.calls.call_of(visit)),
        };
        let open = self.calls.visits(call);
        let open = open.filter(|(at, one)| *at != visit && !one.is_shell() && !one.is_dial);
        let open = open.filter_map(|(_, one)| {
            Some(Past {
                call: 0,
                queue: one.queue,
                arrived: one.arrived()?,
                ended: one.end.map_or(i64::MAX, |end| end.at),
                class: class(one),
            })
        });
        let ended = slots.end.map_or(i64::MAX, |end| end.at);
        let past = self.memory.chain(newest).copied();
        past.filter(|past| past.class != Class::Dial)
            .chain(open)
            .filter(|past| (past.arrived, past.ended) < (arrived, ended))
            .max_by_key(|past| (past.arrived, past.ended, past.queue))
    }

    /// Tells the operator's time that a call is over.
    fn end_contact(
        &mut self,
        visit: VisitRef,
        over: &Over,
        closing: Closing,
        sink: &mut impl Sink,
    ) {
        let (Some(agent), Some(answered)) = (over.agent, over.answered) else {
            return;
        };
        if !self.options.follows_agents() {
            return;
        }
        let until = match (over.wrapped_up, closing) {
            (Some(wrapped_up), _) => wrapped_up,
            (None, Closing::Restart(at)) => at,
            // Busy until the next call at the latest, but how long is not known.
            (None, Closing::GivenUp) => {
                let next = self.agents.next_contact(agent, answered);
                next.unwrap_or(answered)
            }
            (None, Closing::Over | Closing::EndOfData) => {
                self.agents.forget_contact(agent, visit);
                return self.agents.begin_contact(agent, visit, answered);
            }
        };
        self.agents.end_contact(agent, visit, answered, until);
        self.agents.settle_calls(agent, self.settled);
        self.hand_over_agents(sink);
    }

    /// Hands over what came out about operators.
    pub(super) fn hand_over_agents(&mut self, sink: &mut impl Sink) {
        let Some(out) = self.agents.take_out() else {
            return;
        };
        for one in &out {
            match *one {
                AgentOut::Stretch(person, stretch) => self.hand_over_stretch(person, stretch, sink),
                AgentOut::Told(person, told) => self.hand_over_told(person, told, sink),
                AgentOut::Alias {
                    name,
                    person,
                    place,
                } => {
                    let (name, person) = (self.names.agent_id(name), self.names.agent_id(person));
                    let detail = format_args!("{name} is {person}");
                    self.notes
                        .note_at(sink, place, FindingKind::AliasFound, detail);
                }
            }
        }
        self.agents.give_back(out);
    }

    fn hand_over_stretch(
        &self,
        person: u32,
        stretch: super::timeline::Stretch,
        sink: &mut impl Sink,
    ) {
        let (state, reason) = match stretch.doing {
            Doing::Ready => (StateKind::Ready, None),
            Doing::Contact => (StateKind::Contact, None),
            Doing::Paused(reason) => {
                let reason = self.names.reason_text(reason);
                (self.options.pause_words().kind(reason), Some(reason))
            }
        };
        sink.stretch(&Stretch {
            agent: self.names.agent_id(person),
            state,
            from_ms: stretch.from,
            to_ms: stretch.to,
            reason: reason.filter(|reason| !reason.is_empty()),
        });
    }

    fn hand_over_told(&self, person: u32, told: Told, sink: &mut impl Sink) {
        let agent = self.names.agent_id(person);
        match told {
            Told::Session { from, to } => sink.session(AgentSession {
                agent: agent.clone(),
                from: at(from),
                to: to.map(at),
            }),
            Told::Pause { from, to, reason } => sink.pause(AgentPause {
                agent: agent.clone(),
                from: at(from),
                to: to.map(at),
                reason: self.names.reason_text(reason).to_owned(),
            }),
            Told::Odd { kind, place } => {
                self.notes
                    .note_at(sink, place, kind, format_args!("{agent}"));
            }
        }
    }

    /// The data is over: settles what is due and hands over what is open.
    pub(crate) fn finish(&mut self, sink: &mut impl Sink) {
        self.settle(i64::MAX, sink);
        let mut open: Vec<(i64, u64, VisitRef)> = Vec::new();
        for (visit, call, slots) in self.calls.iter() {
            let content = self.content_of(call, slots);
            open.push((slots.arrived().unwrap_or(slots.last), content, visit));
        }
        open.sort_unstable();
        for (_, _, visit) in open {
            self.note_open_visit(visit, sink);
            self.finish_visit(visit, Closing::EndOfData, sink);
        }
        if self.clock.has_begun() {
            self.agents.finish(self.clock.newest, &self.names);
            self.hand_over_agents(sink);
            sink.last_stamp(self.clock.newest);
        }
        sink.other_events(&self.other_events);
    }

    fn note_open_visit(&self, visit: VisitRef, sink: &mut impl Sink) {
        if let Some(slots) = self.calls.visit(visit)
            && !slots.is_shell()
        {
            self.note_visit(visit, slots.place, FindingKind::OpenAtEnd, sink);
        }
    }
}

/// What began a visit.
fn kind(slots: &Slots, before: Option<Past>) -> LegKind {
    if slots.is_dial {
        return LegKind::Outbound;
    }
    match before.map(|past| past.class) {
        Some(Class::Transferred) => LegKind::Transfer,
        Some(Class::Moved) => LegKind::Overflow,
        Some(Class::Answered | Class::Gone | Class::Dial) | None => LegKind::Inbound,
    }
}

/// How a visit ended, as far as the next visit of the call depends on it.
fn class(slots: &Slots) -> Class {
    match slots.end {
        _ if slots.is_dial => Class::Dial,
        _ if slots.failed.is_some() => Class::Gone,
        Some(end) if end.how.is_transfer() => Class::Transferred,
        Some(end) if end.how.is_answered() => Class::Answered,
        // A caller who enters another queue while talking was passed on unlogged.
        None if slots.is_answered() => Class::Transferred,
        Some(end) if end.how == How::Abandon => Class::Gone,
        Some(_) | None => Class::Moved,
    }
}

fn transfer(how: How) -> Option<Transfer> {
    match how {
        How::BlindTransfer => Some(Transfer::Blind),
        How::AttendedTransfer => Some(Transfer::Attended),
        How::Transfer | How::DialTransferred => Some(Transfer::Unknown),
        _ => None,
    }
}

fn ended_by(how: How) -> Option<EndedBy> {
    match how {
        How::ByAgent | How::DialByAgent => Some(EndedBy::Agent),
        How::ByCaller | How::DialByCustomer => Some(EndedBy::Caller),
        _ => None,
    }
}
