//! Callers: they dial, wait, are rung through, or leave.

use super::agenda::Due;
use super::engine::{Engine, Observer};
use super::history::{CallId, Departure, Person, Ring, RingEnd, Subject, Visit, VisitEnd, What};
use super::plan::{Arrival, Intent};

/// A caller on the line. `waiting` holds from entering a queue until the wait ends, and
/// `serial` is the number of that visit; `ringing` is the agent being tried.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) call: CallId,
    pub(super) person: Option<Person>,
    pub(super) intent: Intent,
    pub(super) queue: u16,
    pub(super) visits: u8,
    pub(super) serial: u32,
    pub(super) waiting: bool,
    pub(super) entered_ms: i64,
    pub(super) position: u32,
    pub(super) ringing: Option<u16>,
    pub(super) rings: Vec<Ring>,
}

/// How a waiting caller leaves unanswered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    HangUp,
    TimeOut,
    Key,
}

impl<O: Observer> Engine<'_, O> {
    /// Finds room for a caller.
    pub(super) fn admit(&mut self, arrival: &Arrival) -> u32 {
        let caller = Caller {
            call: CallId {
                epoch_secs: 0,
                number: 0,
            },
            person: arrival.caller,
            intent: arrival.intent,
            queue: arrival.queue,
            visits: 0,
            serial: 0,
            waiting: false,
            entered_ms: arrival.enter_ms,
            position: 0,
            ringing: None,
            rings: Vec::new(),
        };
        if let Some(slot) = self.vacant.pop() {
            self.callers[slot as usize] = caller;
            return slot;
        }
        self.callers.push(caller);
        (self.callers.len() - 1) as u32
    }

    /// The channel begins; the menu takes until the entry planned.
    pub(super) fn dial(&mut self, slot: u32) {
        if self.calls_left == 0 {
            self.vacant.push(slot);
            return;
        }
        self.calls_left -= 1;
        let call = self.open_channel();
        let caller = &mut self.callers[slot as usize];
        caller.call = call;
        self.agenda.note(caller.entered_ms, Due::Enter(slot));
    }

    pub(super) fn enter(&mut self, slot: u32) {
        self.serials += 1;
        let queue = self.callers[slot as usize].queue;
        let line = &mut self.lines[usize::from(queue)];
        line.push(slot);
        let caller = &mut self.callers[slot as usize];
        caller.visits += 1;
        caller.serial = self.serials;
        caller.waiting = true;
        caller.entered_ms = self.now_ms;
        caller.position = line.len() as u32;
        let entry = What::Enter {
            caller: caller.person,
            position: caller.position,
        };
        let (call, serial, intent) = (caller.call, caller.serial, caller.intent);
        self.tell(Subject::Call(call), Some(queue), None, entry);
        let (after_ms, how) = self.first_exit(queue, intent);
        let exit = Due::Exit { slot, serial, how };
        self.agenda.note(self.now_ms + after_ms, exit);
        self.offer(slot);
    }

    /// How and after how long the caller will leave if nobody answers.
    fn first_exit(&self, queue: u16, intent: Intent) -> (i64, Exit) {
        let longest_ms = i64::from(self.spec.queues[usize::from(queue)].max_wait_secs) * 1000;
        let mut first = (longest_ms, Exit::TimeOut);
        if intent.patience_ms < first.0 {
            first = (intent.patience_ms, Exit::HangUp);
        }
        match intent.key_ms {
            Some(key_ms) if key_ms < first.0 => (key_ms, Exit::Key),
            _ => first,
        }
    }

    /// Rings the agent who has been free longest, if any is free.
    pub(super) fn offer(&mut self, slot: u32) {
        let queue = usize::from(self.callers[slot as usize].queue);
        let free = self.members[queue].iter().copied();
        let longest = free
            .filter_map(|agent| Some((self.desks[usize::from(agent)].free_since()?, agent)))
            .min();
        if let Some((_, agent)) = longest {
            self.ring(agent, slot);
        }
    }

    /// The caller who has waited longest in any of the agent's queues and is not being
    /// rung through.
    pub(super) fn longest_waiting(&self, agent: u16) -> Option<u32> {
        let skills = self.spec.agents[usize::from(agent)].skills.iter();
        let heads = skills.filter_map(|&queue| {
            let mut line = self.lines[queue].iter().copied();
            line.find(|&slot| self.callers[slot as usize].ringing.is_none())
        });
        heads.min_by_key(|&slot| self.callers[slot as usize].serial)
    }

    /// A caller leaves unanswered, unless that wait is over already.
    pub(super) fn exit(&mut self, slot: u32, serial: u32, how: Exit) {
        let caller = &self.callers[slot as usize];
        if !caller.waiting || caller.serial != serial {
            return;
        }
        let (call, queue) = (caller.call, caller.queue);
        let freed = self.stop_ringing(slot, how);
        let position = self.leave_line(slot);
        let caller = &self.callers[slot as usize];
        let departure = Departure {
            entered_ms: caller.entered_ms,
            position,
            original_position: caller.position,
        };
        let at_ms = self.now_ms;
        let (what, end) = match how {
            Exit::HangUp => (What::Abandon(departure), VisitEnd::Abandoned { at_ms }),
            Exit::TimeOut => (
                What::ExitWithTimeout(departure),
                VisitEnd::TimedOut { at_ms },
            ),
            Exit::Key => (What::ExitWithKey(departure), VisitEnd::LeftByKey { at_ms }),
        };
        self.tell(Subject::Call(call), Some(queue), None, what);
        self.finish_visit(slot, end);
        self.after_exit(slot, how);
        if let Some(agent) = freed {
            self.settle(agent);
        }
    }

    /// Takes the caller out of the line and tells the place held, from 1.
    pub(super) fn leave_line(&mut self, slot: u32) -> u32 {
        let caller = &mut self.callers[slot as usize];
        caller.waiting = false;
        caller.ringing = None;
        let line = &mut self.lines[usize::from(caller.queue)];
        let place = line.iter().position(|&other| other == slot);
        let place = place.expect("a waiting caller stands in the line of the queue entered");
        line.remove(place);
        place as u32 + 1
    }

    /// Ends the ring to an agent because the caller leaves. The system logs a cancelled
    /// ring if the caller did something, and an unanswered one if time ran out. (That a
    /// key press logs a cancelled ring is an assumption.)
    fn stop_ringing(&mut self, slot: u32, how: Exit) -> Option<u16> {
        let agent = self.callers[slot as usize].ringing?;
        let end = match how {
            Exit::TimeOut => RingEnd::NoAnswer,
            Exit::HangUp | Exit::Key => RingEnd::Cancelled,
        };
        self.ring_over(agent, slot, end);
        Some(agent)
    }

    /// Closes the visit and hands it to the observer.
    pub(super) fn finish_visit(&mut self, slot: u32, end: VisitEnd) {
        let caller = &mut self.callers[slot as usize];
        let visit = Visit {
            call: caller.call,
            caller: caller.person,
            queue: caller.queue,
            serial: caller.serial,
            entered_ms: caller.entered_ms,
            position: caller.position,
            rings: std::mem::take(&mut caller.rings),
            end,
        };
        self.observer.visit(visit);
    }

    /// What an unanswered caller does next: overflows, dials again later, or gives up.
    fn after_exit(&mut self, slot: u32, how: Exit) {
        let caller = &self.callers[slot as usize];
        let (queue, visits) = (caller.queue, caller.visits);
        let rules = &self.spec.queues[usize::from(queue)];
        match (how, rules.overflow) {
            (Exit::TimeOut, Some(to))
                if visits == 1 && self.plan.is_open(to as u16, self.now_ms) =>
            {
                self.reenter(slot, to as u16, 0);
            }
            (Exit::HangUp, _) if self.mind_rng.chance(rules.redial) => self.redial(slot),
            _ => self.vacant.push(slot),
        }
    }

    /// The same call enters another queue.
    pub(super) fn reenter(&mut self, slot: u32, queue: u16, after_ms: i64) {
        let rules = &self.spec.queues[usize::from(queue)];
        let caller = &mut self.callers[slot as usize];
        caller.queue = queue;
        caller.intent = Intent::draw(rules, &mut self.mind_rng);
        caller.intent.transfer = None;
        self.agenda.note(self.now_ms + after_ms, Due::Enter(slot));
    }

    /// The same person dials again within minutes, if the queue is still open then.
    fn redial(&mut self, slot: u32) {
        let caller = &self.callers[slot as usize];
        let (queue, person) = (caller.queue, caller.person);
        self.vacant.push(slot);
        let pause_ms = 20_000 + (self.mind_rng.exponential(240.0) * 1000.0) as i64;
        let menu_ms = (self.mind_rng.between(1.0, 17.0) * 1000.0) as i64;
        let dial_ms = self.now_ms + pause_ms;
        if !self.plan.is_open(queue, dial_ms + menu_ms) {
            return;
        }
        let rules = &self.spec.queues[usize::from(queue)];
        let arrival = Arrival {
            dial_ms,
            enter_ms: dial_ms + menu_ms,
            queue,
            caller: person,
            intent: Intent::draw(rules, &mut self.mind_rng),
        };
        let slot = self.admit(&arrival);
        self.agenda.note(dial_ms, Due::Dial(slot));
    }
}
