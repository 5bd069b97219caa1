//! What events about contacts do to the board.

use super::alarm::{AlarmKey, AlarmKind, Cause};
use super::board::Board;
use super::event::{Happening, LiveState};
use super::finding::BoardFindingKind;
use super::state::{AgentNowState, Doing, LegNow, QueueNow, Stage};
use super::timers::Timer;
use crate::contact::{LegKind, Outcome, StateKind};
use crate::id::{AgentId, LegId, QueueId};
use crate::service::{Comparison, ServiceLevel};

impl Board {
    pub(super) fn apply(&mut self, what: Happening, at_ms: i64) {
        match what {
            Happening::Entered { leg, queue, kind } => self.entered(leg, &queue, kind, at_ms),
            Happening::Answered { leg, agent } => self.answered(&leg, &agent, at_ms),
            Happening::Left { leg, outcome } => self.left(&leg, outcome, at_ms),
            Happening::Released { leg } => self.released(&leg, at_ms),
            Happening::WrappedUp { leg } => self.wrapped_up(&leg, at_ms),
            Happening::State { agent, state } => self.stated(&agent, state, at_ms),
            Happening::Alive { .. } => {}
        }
    }

    pub(super) fn fire(&mut self, timer: Timer, at_ms: i64) {
        match timer {
            Timer::Wait(place, visit) => self.waits_too_long(place, visit, at_ms),
            Timer::Threshold(place, visit) => self.passes_threshold(place, visit, at_ms),
            Timer::Call(place, visit) => self.talks_too_long(place, visit, at_ms),
            Timer::Forget(place, visit) => self.give_up(place, visit, at_ms),
            Timer::State(agent, change) => self.state_too_long(agent, change, at_ms),
            Timer::Plan(agent, plan) => {
                if self.agents[agent as usize].plan.number == plan {
                    self.follow_plan(agent, at_ms);
                }
            }
            Timer::Out(agent, out) => self.out_too_long(agent, out, at_ms),
            Timer::Silence(feed) => self.may_be_silent(feed, at_ms),
        }
    }

    pub(super) fn set(&mut self, due_ms: i64, timer: Timer) {
        self.work.look(self.timers.len());
        self.timers.set(due_ms, timer);
    }

    pub(super) fn raise(&mut self, key: AlarmKey, at_ms: i64, cause: Cause) {
        self.work.look(self.agents.len() + self.legs.len());
        self.alarms.raise(key, at_ms, cause, self.keep());
    }

    pub(super) fn clear(&mut self, key: &AlarmKey, at_ms: i64) {
        self.work.look(self.agents.len() + self.legs.len());
        self.alarms.clear(key, at_ms, self.keep());
    }

    fn queue_place(&mut self, queue: &QueueId) -> u32 {
        self.work.look(self.queue_places.len());
        if let Some(&place) = self.queue_places.get(queue) {
            return place;
        }
        let place = u32::try_from(self.queues.len()).unwrap_or(u32::MAX);
        let rules = self.rules.record();
        let (threshold_ms, short_ms) = rules.level.live_limits(queue);
        self.queues.push(QueueNow {
            id: queue.clone(),
            threshold_ms,
            short_ms,
            wait_ms: rules.wait.as_ref().map(|limit| limit.ms_of(queue)),
            call_ms: rules.call.as_ref().map(|limit| limit.ms_of(queue)),
            waiting: std::collections::BTreeSet::new(),
            talking: 0,
            wrapping_up: 0,
            period: super::state::Period::default(),
        });
        self.queue_places.insert(queue.clone(), place);
        place
    }

    pub(super) fn agent_place(&mut self, agent: &AgentId, at_ms: i64) -> u32 {
        self.work.look(self.agent_places.len());
        if let Some(&place) = self.agent_places.get(agent) {
            return place;
        }
        let place = u32::try_from(self.agents.len()).unwrap_or(u32::MAX);
        self.agents.push(AgentNowState::new(agent.clone(), at_ms));
        self.agent_places.insert(agent.clone(), place);
        place
    }

    /// The place of a leg that is in one of some stages; anything else is a finding.
    fn leg_in(&mut self, leg: &LegId, stages: &[Stage], at_ms: i64) -> Option<u32> {
        self.work.look(self.leg_places.len());
        let place = self.leg_places.get(leg).copied();
        let stage = place
            .and_then(|place| self.legs.get(place))
            .map(|leg| leg.stage);
        let kind = match stage {
            Some(stage) if stages.contains(&stage) => return place,
            Some(_) => BoardFindingKind::OutOfStep,
            None => BoardFindingKind::UnknownContact,
        };
        self.find(kind, at_ms, Some(leg.clone()), None);
        None
    }

    fn entered(&mut self, leg: LegId, queue: &QueueId, kind: LegKind, at_ms: i64) {
        self.work.look(self.leg_places.len());
        if self.leg_places.contains_key(&leg) {
            self.find(BoardFindingKind::OutOfStep, at_ms, Some(leg), None);
            return;
        }
        let at = self.queue_place(queue);
        let counts = kind == LegKind::Inbound
            || (self.rules.record().level.counts_transfers_in() && !kind.is_dial());
        let period_ms = self
            .period
            .map(|period| period.start_ms())
            .filter(|_| counts);
        let stage = if kind.is_dial() {
            Stage::Dialling
        } else {
            Stage::Waiting
        };
        self.work.look(self.leg_places.len());
        let (place, visit) = self.legs.put(LegNow {
            id: leg.clone(),
            queue: at,
            stage,
            entered_ms: at_ms,
            answered_ms: at_ms,
            agent: None,
            period_ms,
            is_late: false,
        });
        self.leg_places.insert(leg, place);
        let forget = i64::from(self.rules.record().forget_secs) * 1000;
        self.set(at_ms + forget, Timer::Forget(place, visit));
        if stage == Stage::Waiting {
            self.begin_waiting(at, (place, visit), at_ms);
        }
    }

    fn begin_waiting(&mut self, queue: u32, (place, visit): (u32, u32), at_ms: i64) {
        let now = &mut self.queues[queue as usize];
        self.work.look(now.waiting.len());
        now.waiting.insert((at_ms, place));
        let (wait, threshold) = (now.wait_ms, now.threshold_ms);
        if let Some(wait) = wait {
            self.set(at_ms + wait, Timer::Wait(place, visit));
        }
        let counts = self
            .legs
            .get(place)
            .is_some_and(|leg| leg.period_ms.is_some());
        if counts {
            let rules = self.rules.record();
            if rules.risk.is_some() && rules.level.comparison() != Comparison::Any {
                self.set(at_ms + threshold.max(0), Timer::Threshold(place, visit));
            }
            let period = self.period_of(queue);
            period.offered += 1;
            period.in_time += 1;
            self.weigh(queue, at_ms);
        }
    }

    /// Takes a leg out of the queue in which it waits, and judges it.
    fn end_waiting(&mut self, place: u32, outcome: Outcome, at_ms: i64) {
        let Some(leg) = self.legs.get(place) else {
            return;
        };
        let (queue, entered, late) = (leg.queue, leg.entered_ms, leg.is_late);
        let (id, counted) = (leg.id.clone(), leg.period_ms);
        let now = &mut self.queues[queue as usize];
        self.work.look(now.waiting.len());
        now.waiting.remove(&(entered, place));
        if now.wait_ms.is_some_and(|wait| at_ms - entered >= wait) {
            let key = wait_key(&now.id, id);
            self.clear(&key, at_ms);
        }
        let current = self.period.map(|period| period.start_ms());
        if counted.is_some() && counted == current {
            self.judge_wait(queue, (outcome, at_ms - entered), late);
            self.weigh(queue, at_ms);
        }
    }

    fn answered(&mut self, leg: &LegId, agent: &AgentId, at_ms: i64) {
        let Some(place) = self.leg_in(leg, &[Stage::Waiting, Stage::Dialling], at_ms) else {
            return;
        };
        let was_waiting = self
            .legs
            .get(place)
            .is_some_and(|leg| leg.stage == Stage::Waiting);
        if was_waiting {
            self.end_waiting(place, Outcome::Answered, at_ms);
        }
        let who = self.agent_place(agent, at_ms);
        let visit = self.legs.visit(place);
        let Some(now) = self.legs.get_mut(place) else {
            return;
        };
        (now.stage, now.answered_ms, now.agent) = (Stage::Talking, at_ms, Some(who));
        let queue = &mut self.queues[now.queue as usize];
        queue.talking += 1;
        if let Some(limit) = queue.call_ms {
            self.set(at_ms + limit, Timer::Call(place, visit));
        }
        let operator = &mut self.agents[who as usize];
        self.work.look(operator.talking.len());
        operator.talking.insert(place);
        match operator.stated {
            // Somebody who takes a contact is here.
            Doing::NotSeen => operator.stated = Doing::Known(LiveState::In(StateKind::Ready)),
            Doing::Known(LiveState::LoggedOut) => {
                let leg = Some(leg.clone());
                self.find(BoardFindingKind::AnsweredLoggedOut, at_ms, leg, None);
            }
            Doing::Known(_) => {}
        }
        self.look_at(who, at_ms);
    }

    fn left(&mut self, leg: &LegId, outcome: Outcome, at_ms: i64) {
        if matches!(outcome, Outcome::Answered | Outcome::Open) {
            let leg = Some(leg.clone());
            self.find(BoardFindingKind::OutOfStep, at_ms, leg, None);
            return;
        }
        let Some(place) = self.leg_in(leg, &[Stage::Waiting, Stage::Dialling], at_ms) else {
            return;
        };
        if self
            .legs
            .get(place)
            .is_some_and(|leg| leg.stage == Stage::Waiting)
        {
            self.end_waiting(place, outcome, at_ms);
        }
        self.drop_leg(place);
    }

    fn released(&mut self, leg: &LegId, at_ms: i64) {
        let Some(place) = self.leg_in(leg, &[Stage::Talking], at_ms) else {
            return;
        };
        self.end_talking(place, at_ms);
        if !self.rules.record().wrap_up {
            self.end_wrap_up(place, at_ms);
            return;
        }
        if let Some(agent) = self.legs.get(place).and_then(|leg| leg.agent) {
            self.look_at(agent, at_ms);
        }
    }

    fn wrapped_up(&mut self, leg: &LegId, at_ms: i64) {
        if !self.rules.record().wrap_up {
            return;
        }
        let stages = [Stage::Talking, Stage::WrappingUp];
        let Some(place) = self.leg_in(leg, &stages, at_ms) else {
            return;
        };
        if self
            .legs
            .get(place)
            .is_some_and(|leg| leg.stage == Stage::Talking)
        {
            self.end_talking(place, at_ms);
        }
        self.end_wrap_up(place, at_ms);
    }

    /// The conversation is over, the work after it begins.
    fn end_talking(&mut self, place: u32, at_ms: i64) {
        let Some(leg) = self.legs.get_mut(place) else {
            return;
        };
        leg.stage = Stage::WrappingUp;
        let (queue, answered, agent) = (leg.queue, leg.answered_ms, leg.agent);
        let id = leg.id.clone();
        let queue = &mut self.queues[queue as usize];
        queue.talking -= 1;
        queue.wrapping_up += 1;
        let (name, limit) = (queue.id.clone(), queue.call_ms);
        let Some(agent) = agent else { return };
        let operator = &mut self.agents[agent as usize];
        self.work.look(operator.talking.len());
        operator.talking.remove(&place);
        self.work.look(operator.wrapping_up.len());
        operator.wrapping_up.insert(place);
        if limit.is_some_and(|limit| at_ms - answered >= limit) {
            let key = call_key(&name, &operator.id, id);
            self.clear(&key, at_ms);
        }
    }

    pub(super) fn end_wrap_up(&mut self, place: u32, at_ms: i64) {
        let Some(leg) = self.drop_leg(place) else {
            return;
        };
        self.queues[leg.queue as usize].wrapping_up -= 1;
        if let Some(agent) = leg.agent {
            let operator = &mut self.agents[agent as usize];
            self.work.look(operator.wrapping_up.len());
            operator.wrapping_up.remove(&place);
            self.look_at(agent, at_ms);
        }
    }

    fn drop_leg(&mut self, place: u32) -> Option<LegNow> {
        let leg = self.legs.take(place)?;
        self.work.look(self.leg_places.len());
        self.leg_places.remove(&leg.id);
        Some(leg)
    }

    fn waits_too_long(&mut self, place: u32, visit: u32, at_ms: i64) {
        let leg = self.legs.same(place, visit);
        let Some(leg) = leg.filter(|leg| leg.stage == Stage::Waiting) else {
            return;
        };
        let queue = &self.queues[leg.queue as usize];
        let key = wait_key(&queue.id, leg.id.clone());
        let cause = Cause::since(leg.entered_ms).limit(at_ms - leg.entered_ms);
        self.raise(key, at_ms, cause);
    }

    fn talks_too_long(&mut self, place: u32, visit: u32, at_ms: i64) {
        let leg = self.legs.same(place, visit);
        let Some(leg) = leg.filter(|leg| leg.stage == Stage::Talking) else {
            return;
        };
        let Some(agent) = leg.agent else { return };
        let queue = &self.queues[leg.queue as usize].id;
        let key = call_key(queue, &self.agents[agent as usize].id, leg.id.clone());
        let cause = Cause::since(leg.answered_ms).limit(at_ms - leg.answered_ms);
        self.raise(key, at_ms, cause);
    }

    /// A contact is given up whose end was never told.
    fn give_up(&mut self, place: u32, visit: u32, at_ms: i64) {
        let Some(leg) = self.legs.same(place, visit) else {
            return;
        };
        let (stage, id) = (leg.stage, leg.id.clone());
        self.find(BoardFindingKind::GivenUp, at_ms, Some(id), None);
        match stage {
            Stage::Waiting => {
                self.end_waiting(place, Outcome::Lost, at_ms);
                self.drop_leg(place);
            }
            Stage::Dialling => {
                self.drop_leg(place);
            }
            Stage::Talking => {
                self.end_talking(place, at_ms);
                self.end_wrap_up(place, at_ms);
            }
            Stage::WrappingUp => self.end_wrap_up(place, at_ms),
        }
    }
}

impl ServiceLevel {
    /// Threshold and limit of short abandons in milliseconds, as a category wants them.
    fn live_limits(&self, queue: &QueueId) -> (i64, i64) {
        let strict = self.comparison() == Comparison::Below;
        let short = self.short().map_or(-1, |short| short.ms_of(queue));
        (self.within().ms_of(queue) - i64::from(strict), short)
    }
}

fn wait_key(queue: &QueueId, leg: LegId) -> AlarmKey {
    let (queue, leg) = (Some(queue.clone()), Some(leg));
    let key = AlarmKey::of(AlarmKind::WaitOverLimit);
    AlarmKey { queue, leg, ..key }
}

fn call_key(queue: &QueueId, agent: &AgentId, leg: LegId) -> AlarmKey {
    let key = AlarmKey::of(AlarmKind::LongCall);
    AlarmKey {
        queue: Some(queue.clone()),
        agent: Some(agent.clone()),
        leg: Some(leg),
        ..key
    }
}
