//! The engine: a calendar of events over calls and agents.
//!
//! Time is in whole microseconds from the start. A caller's patience and handling time are
//! drawn when the call arrives, from streams of its type, so that two runs with the
//! same seed and other agents see the same callers. Nobody's giving up changes what
//! others do, so it is noticed when the call would be taken; it is an event only where
//! something follows from it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::agents::{Agents, Seat};
use super::log::{SimCall, State};
use super::source::Source;

/// What is due at a time; ordered by time, then kind, then index.
pub(super) type Event = Reverse<(u64, u8, u32)>;

const DONE: u8 = 0;
const LEAVE: u8 = 1;
const JOIN: u8 = 2;
const LOST: u8 = 3;
const CALLBACK: u8 = 4;
const OVERFLOW: u8 = 5;

/// A group that may take calls of a type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taker {
    pub(super) group: usize,
    pub(super) priority: u8,
    pub(super) after: u64,
    pub(super) pace: f64,
    pub(super) skills: usize,
}

/// A type that a group takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub(super) call_type: usize,
    pub(super) priority: u8,
    pub(super) after: u64,
    pub(super) pace: f64,
}

/// What follows for callers of a type.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Follow {
    pub(super) redials: bool,
    /// After how long a call-back is offered.
    pub(super) callback_after: Option<u64>,
}

/// The rules of a run.
pub(super) struct Rules {
    pub(super) takers: Vec<Vec<Taker>>,
    pub(super) taken: Vec<Vec<Taken>>,
    pub(super) follow: Vec<Follow>,
    /// Handling by the number at once, for each group.
    pub(super) at_once: Vec<Vec<f64>>,
    pub(super) most_specialised: bool,
}

pub(super) struct Engine<'a> {
    rules: &'a Rules,
    source: Source<'a>,
    events: BinaryHeap<Event>,
    calls: Vec<SimCall>,
    queues: Vec<VecDeque<u32>>,
    callbacks: Vec<VecDeque<u32>>,
    agents: Agents,
}

impl<'a> Engine<'a> {
    pub(super) fn new(rules: &'a Rules, source: Source<'a>, seats: Vec<Seat>) -> Self {
        let types = rules.takers.len();
        let levels: Vec<usize> = rules.at_once.iter().map(Vec::len).collect();
        let agents = Agents::new(seats, &levels);
        let events = agents
            .first_joins()
            .map(|(at, agent)| Reverse((at, JOIN, agent)))
            .collect();
        Self {
            rules,
            source,
            events,
            calls: Vec::new(),
            queues: vec![VecDeque::new(); types],
            callbacks: vec![VecDeque::new(); types],
            agents,
        }
    }

    pub(super) fn run(mut self) -> Vec<SimCall> {
        loop {
            let due = self
                .events
                .peek()
                .map_or(u64::MAX, |Reverse((at, _, _))| *at);
            match self.source.next_before(due) {
                Some(arrival) => self.arrive(arrival),
                None => match self.events.pop() {
                    Some(Reverse((now, kind, index))) => self.happen(now, kind, index),
                    None => break,
                },
            }
        }
        for call in &mut self.calls {
            call.close();
        }
        self.calls
    }

    fn happen(&mut self, now: u64, kind: u8, index: u32) {
        match kind {
            DONE => self.done(now, index),
            LEAVE => self.leave(now, index),
            JOIN => {
                let until = self.agents.join(index, now);
                self.events.push(Reverse((until, LEAVE, index)));
                self.look_for_work(now, index);
            }
            LOST => self.lost(now, index),
            CALLBACK => self.offer_callback(now, index),
            _ => self.overflow(now, index),
        }
    }

    fn arrive(&mut self, call: SimCall) {
        let (now, call_type) = (call.arrived, usize::from(call.call_type));
        let index = self.calls.len() as u32;
        self.calls.push(call);
        if let Some((agent, pace)) = self.free_agent(call_type, 0) {
            self.answer(now, index, agent, pace);
            self.list_if_room(agent);
            return;
        }
        self.queues[call_type].push_back(index);
        let rules = self.rules;
        let follow = rules.follow[call_type];
        if follow.redials {
            self.events.push(Reverse((call.left, LOST, index)));
        }
        if let Some(after) = follow
            .callback_after
            .filter(|after| now + after < call.left)
        {
            self.events.push(Reverse((now + after, CALLBACK, index)));
        }
        for taker in &rules.takers[call_type] {
            if taker.after > 0 && now + taker.after < call.left {
                self.events
                    .push(Reverse((now + taker.after, OVERFLOW, index)));
            }
        }
    }

    /// The free agent for a call that has waited so long, and the pace of the route.
    fn free_agent(&mut self, call_type: usize, waited: u64) -> Option<(u32, f64)> {
        let mut best: Option<((u8, usize, u64), usize, f64)> = None;
        for taker in &self.rules.takers[call_type] {
            if taker.after > waited {
                continue;
            }
            if let Some((load, since)) = self.agents.longest_idle(taker.group) {
                let skills = if self.rules.most_specialised {
                    taker.skills
                } else {
                    0
                };
                // Who has fewest at once comes before who is idle longest.
                let key = (taker.priority, skills * 32 + load, since);
                if best.is_none_or(|(best, _, _)| key < best) {
                    best = Some((key, taker.group, taker.pace));
                }
            }
        }
        let (_, group, pace) = best?;
        Some((self.agents.take_longest_idle(group)?, pace))
    }

    /// Connects a call to an agent who is free for it and not listed as idle.
    fn answer(&mut self, now: u64, index: u32, agent: u32, pace: f64) {
        let load = self.agents.begin(agent);
        let group = self.agents.group(agent);
        let call = &mut self.calls[index as usize];
        let factor = pace * self.rules.at_once[group][load - 1];
        let handling = if factor == 1.0 {
            call.released
        } else {
            (call.released as f64 * factor) as u64
        };
        call.state = State::Answered;
        call.left = now;
        call.released = now + handling;
        call.agent = agent;
        self.events.push(Reverse((call.released, DONE, index)));
    }

    fn done(&mut self, now: u64, index: u32) {
        let agent = self.calls[index as usize].agent;
        if let Some(back_at) = self.agents.end(agent, now) {
            self.events
                .extend(back_at.map(|at| Reverse((at, JOIN, agent))));
            return;
        }
        self.look_for_work(now, agent);
    }

    fn leave(&mut self, now: u64, agent: u32) {
        if let Some(back_at) = self.agents.wants_to_leave(agent, now) {
            self.events
                .extend(back_at.map(|at| Reverse((at, JOIN, agent))));
        }
    }

    /// Gives an agent whatever waits for them, and lists them as idle if there is room left.
    fn look_for_work(&mut self, now: u64, agent: u32) {
        while self.agents.has_room(agent) {
            match self.next_call(now, self.agents.group(agent)) {
                Some((index, pace)) => self.answer(now, index, agent, pace),
                None => {
                    self.agents.list_idle(agent);
                    return;
                }
            }
        }
    }

    fn next_call(&mut self, now: u64, group: usize) -> Option<(u32, f64)> {
        let mut best: Option<((u8, u64), usize, f64)> = None;
        let rules = self.rules;
        for taken in &rules.taken[group] {
            let Some(index) = self.head(now, taken.call_type) else {
                continue;
            };
            let arrived = self.calls[index as usize].arrived;
            let key = (taken.priority, arrived);
            if now - arrived >= taken.after && best.is_none_or(|(best, _, _)| key < best) {
                best = Some((key, taken.call_type, taken.pace));
            }
        }
        if let Some((_, call_type, pace)) = best {
            return self.queues[call_type]
                .pop_front()
                .map(|index| (index, pace));
        }
        // Nobody waits: promised call-backs, in the order of the routes.
        let mut promised = rules.taken[group].iter();
        promised.find_map(|taken| {
            let index = self.callbacks[taken.call_type].pop_front()?;
            let original = self.calls[index as usize];
            self.calls.push(original.call_back(index, now));
            Some((self.calls.len() as u32 - 1, taken.pace))
        })
    }

    /// The first call of a queue that still waits; those before it have left.
    fn head(&mut self, now: u64, call_type: usize) -> Option<u32> {
        let queue = &mut self.queues[call_type];
        while let Some(&index) = queue.front() {
            let call = &mut self.calls[index as usize];
            if call.state == State::Waiting && call.left > now {
                return Some(index);
            }
            call.close();
            queue.pop_front();
        }
        None
    }

    fn lost(&mut self, now: u64, index: u32) {
        let call = self.calls[index as usize];
        if call.state == State::Waiting {
            self.calls[index as usize].close();
            self.source.redial(&call, now);
        }
    }

    fn offer_callback(&mut self, now: u64, index: u32) {
        let call = &mut self.calls[index as usize];
        if call.state == State::Waiting && self.source.accepts_callback(call) {
            call.state = State::CallbackRequested;
            call.left = now;
            let call_type = usize::from(call.call_type);
            self.callbacks[call_type].push_back(index);
            // Somebody free may be there only for what has waited longer.
            if let Some((agent, _)) = self.free_agent(call_type, 0) {
                self.look_for_work(now, agent);
            }
        }
    }

    fn overflow(&mut self, now: u64, index: u32) {
        let call = self.calls[index as usize];
        if call.state != State::Waiting || call.left <= now {
            return;
        }
        if let Some((agent, pace)) =
            self.free_agent(usize::from(call.call_type), now - call.arrived)
        {
            self.answer(now, index, agent, pace);
            self.list_if_room(agent);
        }
    }

    fn list_if_room(&mut self, agent: u32) {
        if self.agents.has_room(agent) {
            self.agents.list_idle(agent);
        }
    }
}
