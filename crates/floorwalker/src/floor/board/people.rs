//! What events and plans do to the operators of the board.

use super::alarm::{AlarmKey, AlarmKind, Cause, Impact};
use super::board::Board;
use super::event::LiveState;
use super::state::{AgentNowState, Doing};
use super::timers::Timer;
use crate::attendance::{Activity, AdherenceMap, PlannedSegment, Verdict};
use crate::contact::StateKind;
use crate::id::AgentId;

impl Board {
    pub(super) fn stated(&mut self, agent: &AgentId, state: LiveState, at_ms: i64) {
        let place = self.agent_place(agent, at_ms);
        let operator = &mut self.agents[place as usize];
        let goes_on = state == LiveState::In(StateKind::Contact);
        operator.stated = Doing::Known(state);
        if !goes_on {
            // Another state ends the work after contacts.
            while let Some(leg) = self.agents[place as usize].wrapping_up.first().copied() {
                self.agents[place as usize].wrapping_up.remove(&leg);
                self.end_wrap_up(leg, at_ms);
            }
        }
        self.look_at(place, at_ms);
    }

    /// What an operator does may have changed.
    pub(super) fn look_at(&mut self, place: u32, at_ms: i64) {
        let operator = &mut self.agents[place as usize];
        let doing = if operator.is_busy() {
            Doing::Known(LiveState::In(StateKind::Contact))
        } else {
            operator.stated.clone()
        };
        if doing == operator.doing {
            return;
        }
        let old = std::mem::replace(&mut operator.doing, doing);
        let since = std::mem::replace(&mut operator.since_ms, at_ms);
        operator.changes = operator.changes.wrapping_add(1);
        let (change, now) = (operator.changes, operator.doing.kind());
        let (id, unmapped) = (operator.id.clone(), operator.doing.is_unmapped());
        let limit = self.state_limit(old.kind());
        if limit.is_some_and(|limit| at_ms - since >= limit) {
            self.clear(&key_of(AlarmKind::OverlongBreak, &id), at_ms);
        }
        if let Some(limit) = self.state_limit(now) {
            self.set(at_ms + limit, Timer::State(place, change));
        }
        if old.is_unmapped() && !unmapped {
            self.clear(&key_of(AlarmKind::UnmappedState, &id), at_ms);
        }
        if unmapped && !old.is_unmapped() {
            let key = key_of(AlarmKind::UnmappedState, &id);
            self.raise(key, at_ms, Cause::since(at_ms));
        }
        self.compare_with_plan(place, at_ms);
    }

    fn state_limit(&self, kind: Option<StateKind>) -> Option<i64> {
        let secs = self.rules.record().state_secs.get(&kind?)?;
        Some(i64::from(*secs) * 1000)
    }

    pub(super) fn state_too_long(&mut self, place: u32, change: u32, at_ms: i64) {
        let operator = &self.agents[place as usize];
        if operator.changes == change {
            let since = operator.since_ms;
            let key = key_of(AlarmKind::OverlongBreak, &operator.id);
            self.raise(key, at_ms, Cause::since(since).limit(at_ms - since));
        }
    }

    /// The plan of an operator goes on.
    pub(super) fn follow_plan(&mut self, place: u32, at_ms: i64) {
        let plan = &mut self.agents[place as usize].plan;
        let number = plan.number;
        if let Some(next) = plan.go_to(at_ms) {
            self.set(next, Timer::Plan(place, number));
        }
        self.compare_with_plan(place, at_ms);
    }

    /// Compares what an operator does with what is planned.
    fn compare_with_plan(&mut self, place: u32, at_ms: i64) {
        let Some(secs) = self.rules.record().out_secs else {
            return;
        };
        let map = &self.rules.record().adherence;
        let operator = &mut self.agents[place as usize];
        let planned = operator.plan.at(at_ms).copied();
        let key = key_of(AlarmKind::OutOfAdherence, &operator.id);
        if verdict(map, planned, &operator.doing) != Some(Verdict::Out) {
            if operator.out_since.take().is_some() {
                operator.outs = operator.outs.wrapping_add(1);
                self.clear(&key, at_ms);
            }
            return;
        }
        match operator.out_since {
            None => {
                operator.out_since = Some(at_ms);
                let out = operator.outs;
                self.set(at_ms + i64::from(secs) * 1000, Timer::Out(place, out));
            }
            Some(since) => {
                let impact = impact(planned, &operator.doing);
                let raised = self.alarms.get(&key);
                if raised.is_some_and(|alarm| alarm.impact != impact) {
                    self.clear(&key, at_ms);
                    self.raise_out(place, (since, at_ms));
                }
            }
        }
    }

    pub(super) fn out_too_long(&mut self, place: u32, out: u32, at_ms: i64) {
        let operator = &self.agents[place as usize];
        if let Some(since) = operator.out_since.filter(|_| operator.outs == out) {
            self.raise_out(place, (since, at_ms));
        }
    }

    fn raise_out(&mut self, place: u32, (since, at_ms): (i64, i64)) {
        let limit = i64::from(self.rules.record().out_secs.unwrap_or(0)) * 1000;
        let operator = &self.agents[place as usize];
        let planned = operator.plan.at(at_ms).copied();
        let key = key_of(AlarmKind::OutOfAdherence, &operator.id);
        let cause = Cause {
            impact: impact(planned, &operator.doing),
            planned: planned.map(|segment| segment.activity),
            ..Cause::since(since).limit(limit)
        };
        self.raise(key, at_ms, cause);
    }

    /// How an operator stands to the plan at the settled instant, and what that does.
    pub(super) fn stands(
        &self,
        operator: &AgentNowState,
    ) -> (Option<Activity>, Option<Verdict>, Option<Impact>) {
        let planned = operator.plan.at(self.settled_ms).copied();
        let verdict = verdict(&self.rules.record().adherence, planned, &operator.doing);
        let activity = planned.map(|segment| segment.activity);
        (activity, verdict, impact(planned, &operator.doing))
    }
}

fn key_of(kind: AlarmKind, agent: &AgentId) -> AlarmKey {
    let agent = Some(agent.clone());
    let key = AlarmKey::of(kind);
    AlarmKey { agent, ..key }
}

/// How an operator stands to the plan; `None` where nothing is planned, or where it is
/// not known what they do.
fn verdict(map: &AdherenceMap, planned: Option<PlannedSegment>, doing: &Doing) -> Option<Verdict> {
    let activity = planned?.activity;
    match doing {
        Doing::Known(LiveState::In(kind)) => Some(map.verdict(activity, *kind)),
        Doing::Known(LiveState::Unmapped(_)) => None,
        Doing::Known(LiveState::LoggedOut) | Doing::NotSeen => Some(Verdict::Out),
    }
}

/// What it does to the floor that somebody does this where that is planned; `None` where
/// nothing is planned.
fn impact(planned: Option<PlannedSegment>, doing: &Doing) -> Option<Impact> {
    let planned = planned?.activity == Activity::Work;
    if doing.is_unmapped() {
        return Some(Impact::Unknown);
    }
    let takes_contacts = doing.kind().is_some_and(StateKind::is_productive);
    Some(match (planned, takes_contacts) {
        (true, false) => Impact::Negative,
        (false, true) => Impact::Positive,
        _ => Impact::Neutral,
    })
}
