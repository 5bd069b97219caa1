//! Everything the reader knows, in a form that can be saved and read back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Engine;
use super::agents::{AgentEvent, Agents};
use super::answer::contact_from;
use super::calls::Calls;
use super::clock::Clock;
use super::due::{Dues, Restart, What};
use super::memory::{Memory, SavedLines, SavedMemory, SeenLines};
use super::names::{Named, Names, SavedNames};
use super::notes::Notes;
use super::number::{MAX_SECS, MAX_SESSION_SECS};
use super::slots::Slots;
use super::track::{Act, Track};
use crate::queue_log::options::Options;
use crate::queue_log::work::Work;

/// What is known, asleep.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedEngine {
    options: Options,
    clock: Clock,
    names: SavedNames,
    calls: Vec<(Vec<u8>, Vec<Slots>)>,
    memory: SavedMemory,
    seen: SavedLines,
    pending: Vec<AgentEvent>,
    tracks: Vec<Track>,
    restarts: Vec<(i64, Restart)>,
    notes: Notes,
    next_sweep: i64,
    settled: i64,
    other_events: BTreeMap<String, u64>,
    work: Work,
}

/// Instants of logs lie far inside these, in milliseconds; sums of a few do not overflow.
const FAR: i64 = 100_000_000_000_000;

fn time(ms: i64) -> bool {
    (-FAR..=FAR).contains(&ms)
}

fn secs(secs: Option<u32>) -> bool {
    secs.is_none_or(|secs| i64::from(secs) <= MAX_SECS)
}

impl Engine {
    pub(crate) fn saved(&self) -> SavedEngine {
        let mut calls: BTreeMap<Vec<u8>, Vec<Slots>> = BTreeMap::new();
        for (visit, call, _) in self.calls.iter() {
            let visits = self.calls.visits(Some(self.calls.call_of(visit)));
            calls
                .entry(call.id().to_vec())
                .or_insert_with(|| visits.map(|(_, slots)| slots.clone()).collect());
        }
        SavedEngine {
            options: self.options.clone(),
            clock: self.clock,
            names: self.names.saved(),
            calls: calls.into_iter().collect(),
            memory: self.memory.saved(),
            seen: self.seen.saved(),
            pending: self.agents.pending.clone(),
            tracks: self.agents.tracks.clone(),
            restarts: self.dues.restarts(),
            notes: self.notes.clone(),
            next_sweep: self.next_sweep,
            settled: self.settled,
            other_events: self.other_events.clone(),
            work: self.work,
        }
    }

    /// What a saved state knows.
    pub(crate) fn restored(saved: SavedEngine) -> Result<Self, &'static str> {
        if !saved.options.is_sound() {
            return Err("its options contradict themselves");
        }
        let mut names = Names::restored(saved.names).ok_or("its names contradict themselves")?;
        let outbound = saved.options.outbound_queue().as_str().as_bytes();
        let Named::Known(outbound) = names.queue(outbound) else {
            return Err("its queue of dials is missing");
        };
        let [queues, agents, reasons] = names.counts();
        let clock = saved.clock;
        if !clock.is_sound(time) {
            return Err("its clock is out of range");
        }
        let tracks_fit = saved.tracks.len() <= agents
            && saved.tracks.iter().all(|one| one.is_sound(queues, reasons));
        if !tracks_fit {
            return Err("its operators contradict themselves");
        }
        let seen = SeenLines::restored(saved.seen);
        let seen = seen.ok_or("its remembered lines contradict themselves")?;
        let memory =
            Memory::restored(saved.memory, queues).ok_or("its memory contradicts itself")?;
        let give_up = saved.options.give_up_after().num_milliseconds();
        let mut engine = Self {
            options: saved.options,
            give_up,
            clock,
            names,
            outbound,
            calls: Calls::new(),
            dues: Dues::new(),
            memory,
            seen,
            agents: Agents::new(give_up),
            notes: saved.notes,
            next_sweep: saved.next_sweep,
            settled: saved.settled.clamp(i64::MIN / 2, FAR),
            other_events: saved.other_events,
            work: saved.work,
        };
        engine.agents.restore(saved.tracks);
        engine.restore_calls(saved.calls, queues, agents)?;
        engine.restore_dues(saved.pending, saved.restarts, [queues, agents, reasons])?;
        Ok(engine)
    }

    fn restore_calls(
        &mut self,
        calls: Vec<(Vec<u8>, Vec<Slots>)>,
        queues: usize,
        agents: usize,
    ) -> Result<(), &'static str> {
        for (id, visits) in calls {
            if visits.is_empty() || id.len() > super::LONGEST_CALLID {
                return Err("a call has no visits, or an id that is too long");
            }
            for slots in visits {
                if !is_sound(&slots, queues, agents) {
                    return Err("a visit contradicts itself");
                }
                let visit = self.calls.add_visit(self.calls.find(&id), &id);
                *self.calls.visit_mut(visit).ok_or("a visit is lost")? = slots;
                self.restore_visit(visit);
            }
        }
        Ok(())
    }

    /// Makes due again what a visit waits for, and its operator busy.
    fn restore_visit(&mut self, visit: super::calls::VisitRef) {
        let Some(slots) = self.calls.visit(visit) else {
            return;
        };
        let orphan = slots.entered.is_none() && !slots.was_searched;
        let dues = [
            slots.end.map(|end| end.at),
            slots.failed,
            slots.refused.and(slots.entered),
            slots.answer.filter(|_| orphan).map(|answer| answer.at),
            slots.is_shell().then_some(slots.last),
        ];
        let answer = slots.answer;
        for at in dues.into_iter().flatten() {
            self.visit_is_due(at, visit);
        }
        if let Some(answer) = answer
            && let Some(agent) = answer.agent
            && self.options.follows_agents()
        {
            let person = self.names.person(agent);
            self.agents
                .begin_contact(person, visit, contact_from(&answer));
        }
    }

    fn restore_dues(
        &mut self,
        pending: Vec<AgentEvent>,
        restarts: Vec<(i64, Restart)>,
        [queues, agents, reasons]: [usize; 3],
    ) -> Result<(), &'static str> {
        for event in pending {
            let queue = match event.act {
                Act::Add { queue, .. } | Act::Remove { queue } => Some(queue),
                Act::Pause { queue, .. } | Act::Unpause { queue } => queue,
                Act::Login | Act::Logoff { .. } => None,
            };
            let reason = match event.act {
                Act::Pause { reason, .. } => reason,
                _ => 0,
            };
            let known = queue.is_none_or(|queue| (queue as usize) < queues)
                && (reason as usize) < reasons
                && (event.agent as usize) < agents;
            let logoff = match event.act {
                Act::Logoff { secs } => secs.is_none_or(|secs| i64::from(secs) <= MAX_SESSION_SECS),
                _ => true,
            };
            if !known || !logoff || !time(event.at) {
                return Err("an event of an operator contradicts itself");
            }
            self.dues.push(event.at, 0, What::Agents);
            self.agents.pending.push(event);
        }
        for (at, restart) in restarts {
            if !time(at) {
                return Err("a restart is out of range");
            }
            self.dues.push(at, 0, What::Restart(restart));
        }
        Ok(())
    }
}

fn is_sound(slots: &Slots, queues: usize, agents: usize) -> bool {
    let agent = |agent: Option<u32>| agent.is_none_or(|agent| (agent as usize) < agents);
    let answer = slots.answer.is_none_or(|answer| {
        time(answer.at) && secs(answer.hold) && secs(answer.ring) && agent(answer.agent)
    });
    let end = slots
        .end
        .is_none_or(|end| time(end.at) && secs(end.wait) && secs(end.talk) && agent(end.agent));
    let rings = [
        slots.rings,
        slots.long_rings,
        slots.canceled_rings,
        slots.dumps,
    ];
    (slots.queue as usize) < queues
        && answer
        && end
        && agent(slots.dialler)
        && secs(slots.wrap_up)
        && time(slots.last)
        && [slots.entered, slots.failed]
            .into_iter()
            .flatten()
            .all(time)
        && rings.iter().all(|&count| count < u32::MAX / 2)
        && slots.texts.is_sound()
}
