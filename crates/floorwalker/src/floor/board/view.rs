//! What the board shows.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::alarm::Impact;
use super::board::Board;
use super::event::LiveState;
use super::promise::Projection;
use super::state::{AgentNowState, Doing, QueueNow as Queue};
use crate::attendance::{Activity, Verdict};
use crate::contact::StateKind;
use crate::error::Result;
use crate::id::{AgentId, QueueId};
use crate::team::AccessPolicy;
use crate::time::{Span, instant};

/// What happens now in one queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueueNow {
    /// Which.
    pub queue: QueueId,
    /// Contacts that wait (in coda).
    pub waiting: u64,
    /// When the contact that waits longest entered.
    pub oldest: Option<DateTime<Utc>>,
    /// How long it has waited (attesa massima); `None` if nobody waits.
    pub longest_wait_ms: Option<i64>,
    /// Contacts in conversation.
    pub talking: u64,
    /// Contacts after which there is still work.
    pub wrapping_up: u64,
    /// The period that is counted.
    pub period: Span,
    /// Contacts that entered in the period.
    pub offered: u64,
    /// Of these, those answered.
    pub answered: u64,
    /// Of these, those given up by the customer.
    pub abandoned: u64,
    /// The service level of the period, and where it is going.
    pub projection: Projection,
}

/// Where an operator stands on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnBoard {
    /// Never heard of.
    NotSeen,
    /// Logged out.
    LoggedOut,
    /// Logged in, in this state.
    In(StateKind),
    /// In a state that nobody can map.
    Unmapped,
}

/// What one operator does now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgentNow {
    /// Who.
    pub agent: AgentId,
    /// What they do. A contact comes before a pause that began during it.
    pub doing: OnBoard,
    /// The word that nobody can map, if it is one.
    pub unmapped: Option<String>,
    /// Since when; for who was never heard of, since the board watches.
    pub since: DateTime<Utc>,
    /// How many contacts they are in conversation with.
    pub talking: u64,
    /// What is planned.
    pub planned: Option<Activity>,
    /// How they stand to the plan; `None` where nothing is planned or nothing is known.
    pub verdict: Option<Verdict>,
    /// Since when they have been out of adherence.
    pub out_since: Option<DateTime<Utc>>,
    /// What it does to the floor; `None` where nothing is planned.
    pub impact: Option<Impact>,
}

/// What a group of operators does now: heads, and no names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TeamNow {
    /// Operators of the group.
    pub people: u64,
    /// Logged in.
    pub here: u64,
    /// Waiting for a contact.
    pub ready: u64,
    /// With a contact.
    pub busy: u64,
    /// In a break, at a meal, or in any other state.
    pub elsewhere: u64,
    /// In a state that nobody can map.
    pub unknown: u64,
    /// Planned to take contacts now.
    pub planned: u64,
}

impl TeamNow {
    /// Operators who take contacts, less those planned to: below 0 where people are
    /// missing (saldo).
    #[must_use]
    pub fn net_staffing(&self) -> i64 {
        let count = |heads: u64| i64::try_from(heads).unwrap_or(i64::MAX);
        count(self.ready + self.busy) - count(self.planned)
    }
}

impl Board {
    /// What happens now in each queue, by name.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueNow> {
        let places = self.queue_places.values();
        places.map(|&place| self.queue_row(place)).collect()
    }

    /// What happens now in one queue; `None` if no contact ever entered it.
    #[must_use]
    pub fn queue(&self, queue: &QueueId) -> Option<QueueNow> {
        let place = self.queue_places.get(queue)?;
        Some(self.queue_row(*place))
    }

    fn queue_row(&self, place: u32) -> QueueNow {
        let queue: &Queue = &self.queues[place as usize];
        let period = self.period_now();
        let counts = (queue.period.start_ms == period.start_ms()).then_some(&queue.period);
        let oldest_ms = queue.waiting.first().map(|(entered, _)| *entered);
        QueueNow {
            queue: queue.id.clone(),
            waiting: queue.waiting.len() as u64,
            oldest: oldest_ms.and_then(instant),
            longest_wait_ms: oldest_ms.map(|entered| (self.settled_ms - entered).max(0)),
            talking: queue.talking,
            wrapping_up: queue.wrapping_up,
            period,
            offered: counts.map_or(0, |counts| counts.offered),
            answered: counts.map_or(0, |counts| counts.answered),
            abandoned: counts.map_or(0, |counts| counts.abandoned),
            projection: self.projection(place),
        }
    }

    /// What each operator does now, by name.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn agents(&self, policy: &AccessPolicy) -> Result<Vec<AgentNow>> {
        policy.check_names()?;
        let places = self.agent_places.values();
        let row = |&place: &u32| self.agent_row(&self.agents[place as usize]);
        Ok(places.map(row).collect())
    }

    fn agent_row(&self, operator: &AgentNowState) -> AgentNow {
        let (planned, verdict, impact) = self.stands(operator);
        let unmapped = match &operator.doing {
            Doing::Known(LiveState::Unmapped(word)) => Some(word.as_str().to_owned()),
            _ => None,
        };
        AgentNow {
            agent: operator.id.clone(),
            doing: on_board(&operator.doing),
            unmapped,
            since: instant(operator.since_ms).unwrap_or_default(),
            talking: operator.talking.len() as u64,
            planned,
            verdict,
            out_since: operator.out_since.and_then(instant),
            impact,
        }
    }

    /// What a group of operators does now; all of them if no group is given.
    ///
    /// # Errors
    /// `policy.refused` if they are fewer than the smallest group of the policy.
    pub fn team(&self, members: Option<&[AgentId]>, policy: &AccessPolicy) -> Result<TeamNow> {
        let places: std::collections::BTreeSet<u32> = match members {
            None => self.agent_places.values().copied().collect(),
            Some(members) => {
                let known = members.iter().filter_map(|id| self.agent_places.get(id));
                known.copied().collect()
            }
        };
        policy.check_group(places.len())?;
        let mut team = TeamNow::default();
        for place in places {
            let operator = &self.agents[place as usize];
            let planned = operator.plan.at(self.settled_ms);
            team.people += 1;
            team.planned += u64::from(planned.is_some_and(|one| one.activity == Activity::Work));
            let heads = match on_board(&operator.doing) {
                OnBoard::NotSeen | OnBoard::LoggedOut => continue,
                OnBoard::In(StateKind::Ready) => &mut team.ready,
                OnBoard::In(StateKind::Contact) => &mut team.busy,
                OnBoard::In(_) => &mut team.elsewhere,
                OnBoard::Unmapped => &mut team.unknown,
            };
            *heads += 1;
            team.here += 1;
        }
        Ok(team)
    }
}

fn on_board(doing: &Doing) -> OnBoard {
    match doing {
        Doing::NotSeen => OnBoard::NotSeen,
        Doing::Known(LiveState::LoggedOut) => OnBoard::LoggedOut,
        Doing::Known(LiveState::In(kind)) => OnBoard::In(*kind),
        Doing::Known(LiveState::Unmapped(_)) => OnBoard::Unmapped,
    }
}
