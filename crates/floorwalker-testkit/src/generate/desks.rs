//! Agents at their desks: they are rung, talk, finish up, pause, come and go.

use super::agenda::Due;
use super::engine::{Engine, Observer};
use super::history::{
    CallId, Ending, Ring, RingEnd, Subject, TakenPause, VisitEnd, What, WorkedShift,
};

/// A telephone rings this long before the system gives up.
const RING_LIMIT_MS: i64 = 15_000;

/// An agent's desk. `serial` rises with every change of state; `leaving` and
/// `pause_due` wait for the end of a call.
#[derive(Debug, Default)]
pub(super) struct Desk {
    state: State,
    since_ms: i64,
    serial: u32,
    leaving: bool,
    pause_due: Option<(u16, i64)>,
    shift: Option<WorkedShift>,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Out,
    Free,
    Ringing {
        slot: u32,
        peer: CallId,
        answers: bool,
    },
    Talking {
        slot: u32,
        ending: Ending,
    },
    /// After-call work, or away from the desk after a missed ring.
    Unavailable,
    Paused {
        reason: u16,
    },
}

impl Desk {
    /// Since when the agent is free for a call; `None` while not.
    pub(super) fn free_since(&self) -> Option<i64> {
        matches!(self.state, State::Free).then_some(self.since_ms)
    }

    /// Whether a call holds the agent, from the first ring to the end of the work after it.
    fn is_busy(&self) -> bool {
        !matches!(self.state, State::Out | State::Free | State::Paused { .. })
    }
}

impl<O: Observer> Engine<'_, O> {
    fn desk(&mut self, agent: u16) -> &mut Desk {
        &mut self.desks[usize::from(agent)]
    }

    /// Changes the state and returns the serial number by which to recognise it.
    fn change(&mut self, agent: u16, state: State) -> u32 {
        let now_ms = self.now_ms;
        let desk = self.desk(agent);
        desk.state = state;
        desk.since_ms = now_ms;
        desk.serial += 1;
        desk.serial
    }

    /// The agent's telephone begins to ring.
    pub(super) fn ring(&mut self, agent: u16, slot: u32) {
        let peer = self.open_channel();
        let no_answer = self.spec.agents[usize::from(agent)].no_answer;
        let answers = !self.ring_rng.chance(no_answer);
        let length_ms = self.draw_ring_ms(answers);
        self.callers[slot as usize].ringing = Some(agent);
        let ringing = State::Ringing {
            slot,
            peer,
            answers,
        };
        let serial = self.change(agent, ringing);
        let due = Due::RingEnds { agent, serial };
        self.agenda.note(self.now_ms + length_ms, due);
    }

    /// Answers come after some seconds; a missed call rings out or, less often, is
    /// declined after a few seconds.
    fn draw_ring_ms(&mut self, answers: bool) -> i64 {
        if answers {
            let ring_ms = 1_200 + (self.ring_rng.lognormal(3.2, 0.5) * 1000.0) as i64;
            ring_ms.min(RING_LIMIT_MS - 100)
        } else if self.ring_rng.chance(0.7) {
            RING_LIMIT_MS
        } else {
            1000 * i64::from(2 + self.ring_rng.below(7))
        }
    }

    pub(super) fn ring_ends(&mut self, agent: u16, serial: u32) {
        let desk = self.desk(agent);
        if desk.serial != serial {
            return;
        }
        if let State::Ringing {
            slot,
            peer,
            answers,
        } = desk.state
        {
            if answers {
                self.connect(agent, slot, peer);
            } else {
                self.ring_over(agent, slot, RingEnd::NoAnswer);
                self.callers[slot as usize].ringing = None;
                self.stay_away(agent);
                self.offer(slot);
            }
        }
    }

    /// A ring ended without an answer, which is logged.
    pub(super) fn ring_over(&mut self, agent: u16, slot: u32, end: RingEnd) {
        let ring_ms = self.now_ms - self.desk(agent).since_ms;
        let what = match end {
            RingEnd::Cancelled => What::RingCancelled { ring_ms },
            RingEnd::NoAnswer | RingEnd::Answered => What::RingNoAnswer { ring_ms },
        };
        self.note_ring(agent, slot, end);
        let caller = &self.callers[slot as usize];
        let (call, queue) = (caller.call, caller.queue);
        self.tell(Subject::Call(call), Some(queue), Some(agent), what);
        self.change(agent, State::Unavailable);
    }

    /// An agent who missed a call is away from the desk for a while.
    fn stay_away(&mut self, agent: u16) {
        let serial = self.change(agent, State::Unavailable);
        let away_ms = (self.ring_rng.between(15.0, 75.0) * 1000.0) as i64;
        let due = Due::Ready { agent, serial };
        self.agenda.note(self.now_ms + away_ms, due);
    }

    fn note_ring(&mut self, agent: u16, slot: u32, end: RingEnd) {
        let ring = Ring {
            agent,
            from_ms: self.desk(agent).since_ms,
            to_ms: self.now_ms,
            end,
        };
        self.callers[slot as usize].rings.push(ring);
    }

    fn connect(&mut self, agent: u16, slot: u32, peer: CallId) {
        let ring_ms = self.now_ms - self.desk(agent).since_ms;
        self.note_ring(agent, slot, RingEnd::Answered);
        self.leave_line(slot);
        let caller = &self.callers[slot as usize];
        let (call, queue, intent) = (caller.call, caller.queue, caller.intent);
        let what = What::Connect {
            entered_ms: caller.entered_ms,
            ring_ms,
            peer,
        };
        self.tell(Subject::Call(call), Some(queue), Some(agent), what);
        let pace = self.spec.agents[usize::from(agent)].pace;
        let ends_ms = self.now_ms + (intent.talk_ms as f64 * pace) as i64;
        let ending = match intent.transfer {
            Some(to) if self.plan.is_open(to, ends_ms) => Ending::Transferred(to),
            _ if intent.hangs_up => Ending::ByCaller,
            _ => Ending::ByAgent,
        };
        let serial = self.change(agent, State::Talking { slot, ending });
        self.agenda.note(ends_ms, Due::TalkEnds { agent, serial });
    }

    pub(super) fn talk_ends(&mut self, agent: u16, serial: u32) {
        let desk = self.desk(agent);
        let connected_ms = desk.since_ms;
        let State::Talking { slot, ending } = desk.state else {
            return;
        };
        if desk.serial != serial {
            return;
        }
        self.tell_end(agent, slot, ending, connected_ms);
        let end = VisitEnd::Answered {
            agent,
            connected_ms,
            ended_ms: self.now_ms,
            ending,
        };
        self.finish_visit(slot, end);
        self.wrap_up(agent, slot);
        match ending {
            Ending::Transferred(to) => self.reenter(slot, to, 700),
            Ending::ByAgent | Ending::ByCaller => self.vacant.push(slot),
        }
    }

    fn tell_end(&mut self, agent: u16, slot: u32, ending: Ending, connected_ms: i64) {
        let caller = &self.callers[slot as usize];
        let (entered_ms, position) = (caller.entered_ms, caller.position);
        let (call, queue) = (caller.call, caller.queue);
        let what = match ending {
            Ending::Transferred(to) => What::BlindTransfer {
                entered_ms,
                connected_ms,
                position,
                to,
            },
            Ending::ByAgent | Ending::ByCaller => What::Complete {
                entered_ms,
                connected_ms,
                position,
                by_caller: ending == Ending::ByCaller,
            },
        };
        self.tell(Subject::Call(call), Some(queue), Some(agent), what);
    }

    /// After-call work of the queue's length, then back to the callers.
    fn wrap_up(&mut self, agent: u16, slot: u32) {
        let caller = &self.callers[slot as usize];
        let (call, queue) = (caller.call, caller.queue);
        let secs = self.spec.queues[usize::from(queue)].wrap_up_secs;
        let serial = self.change(agent, State::Unavailable);
        if secs > 0 {
            let what = What::WrapUpStart { secs };
            self.tell(Subject::Call(call), Some(queue), Some(agent), what);
        }
        let due = Due::Ready { agent, serial };
        self.agenda.note(self.now_ms + i64::from(secs) * 1000, due);
    }

    pub(super) fn ready(&mut self, agent: u16, serial: u32) {
        if self.desk(agent).serial == serial {
            self.settle(agent);
        }
    }

    /// A call no longer holds the agent: goes home, pauses, or takes the next caller.
    pub(super) fn settle(&mut self, agent: u16) {
        let desk = self.desk(agent);
        if desk.leaving {
            self.go_home(agent);
        } else if let Some((reason, length_ms)) = desk.pause_due.take() {
            self.begin_pause(agent, reason, length_ms);
        } else {
            self.change(agent, State::Free);
            if let Some(slot) = self.longest_waiting(agent) {
                self.ring(agent, slot);
            }
        }
    }

    pub(super) fn sign_on(&mut self, agent: u16) {
        if self.desk(agent).shift.is_some() {
            self.desk(agent).leaving = false;
            return;
        }
        let from_ms = self.now_ms;
        self.tell_queues(agent, Subject::Manager, &What::AddMember);
        let desk = self.desk(agent);
        desk.leaving = false;
        desk.pause_due = None;
        desk.shift = Some(WorkedShift {
            agent,
            from_ms,
            to_ms: from_ms,
            pauses: Vec::new(),
        });
        self.settle(agent);
    }

    pub(super) fn sign_off(&mut self, agent: u16) {
        let desk = self.desk(agent);
        desk.leaving = true;
        if desk.is_busy() {
            return;
        }
        if let State::Paused { reason } = desk.state {
            self.end_pause(agent, reason);
        }
        self.go_home(agent);
    }

    fn go_home(&mut self, agent: u16) {
        let now_ms = self.now_ms;
        self.change(agent, State::Out);
        let desk = self.desk(agent);
        desk.pause_due = None;
        let Some(mut shift) = desk.shift.take() else {
            return;
        };
        shift.to_ms = now_ms;
        self.tell_queues(agent, Subject::Manager, &What::RemoveMember);
        self.observer.shift(shift);
    }

    /// A pause waits for the end of the call; it is dropped when the agent is out or
    /// pausing already.
    pub(super) fn pause_due(&mut self, agent: u16, reason: u16, length_ms: i64) {
        let desk = self.desk(agent);
        if desk.is_busy() {
            desk.pause_due = Some((reason, length_ms));
        } else if matches!(desk.state, State::Free) {
            self.begin_pause(agent, reason, length_ms);
        }
    }

    fn begin_pause(&mut self, agent: u16, reason: u16, length_ms: i64) {
        self.tell(Subject::None, None, Some(agent), What::PauseAll(reason));
        self.tell_queues(agent, Subject::None, &What::Pause(reason));
        let serial = self.change(agent, State::Paused { reason });
        let due = Due::Return { agent, serial };
        self.agenda.note(self.now_ms + length_ms, due);
    }

    pub(super) fn pause_over(&mut self, agent: u16, serial: u32) {
        let desk = self.desk(agent);
        if desk.serial != serial {
            return;
        }
        if let State::Paused { reason } = desk.state {
            self.end_pause(agent, reason);
            self.settle(agent);
        }
    }

    fn end_pause(&mut self, agent: u16, reason: u16) {
        self.tell(Subject::None, None, Some(agent), What::UnpauseAll(reason));
        self.tell_queues(agent, Subject::None, &What::Unpause(reason));
        let to_ms = self.now_ms;
        let desk = self.desk(agent);
        let from_ms = desk.since_ms;
        if let Some(shift) = &mut desk.shift {
            shift.pauses.push(TakenPause {
                reason,
                from_ms,
                to_ms,
            });
        }
    }

    /// Logs the same for every queue of the agent.
    fn tell_queues(&mut self, agent: u16, subject: Subject, what: &What) {
        let spec = self.spec;
        for &queue in &spec.agents[usize::from(agent)].skills {
            self.tell(subject, Some(queue as u16), Some(agent), what.clone());
        }
    }
}
