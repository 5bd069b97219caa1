//! What the board remembers of queues, operators and contacts.

use std::collections::{BTreeSet, VecDeque};

use super::event::LiveState;
use crate::attendance::PlannedSegment;
use crate::contact::StateKind;
use crate::id::{AgentId, LegId, QueueId};

/// How far a contact has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Dialling,
    Talking,
    WrappingUp,
}

/// A contact that is not over.
#[derive(Clone, Debug)]
pub(super) struct LegNow {
    pub(super) id: LegId,
    pub(super) queue: u32,
    pub(super) stage: Stage,
    pub(super) entered_ms: i64,
    pub(super) answered_ms: i64,
    pub(super) agent: Option<u32>,
    /// The period in which it counts; `None` if it is no part of the service level.
    pub(super) period_ms: Option<i64>,
    /// Whether it has waited for longer than the threshold.
    pub(super) is_late: bool,
}

/// The places of contacts that are not over; a place is used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Legs {
    places: Vec<(u32, Option<LegNow>)>,
    free: Vec<u32>,
}

impl Legs {
    /// Puts a contact to a place; gives the place and the number of its visit there.
    pub(super) fn put(&mut self, leg: LegNow) -> (u32, u32) {
        if let Some(place) = self.free.pop() {
            let (visit, slot) = &mut self.places[place as usize];
            *slot = Some(leg);
            return (place, *visit);
        }
        let place = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push((0, Some(leg)));
        (place, 0)
    }

    pub(super) fn take(&mut self, place: u32) -> Option<LegNow> {
        let (visit, slot) = self.places.get_mut(place as usize)?;
        let leg = slot.take()?;
        *visit = visit.wrapping_add(1);
        self.free.push(place);
        Some(leg)
    }

    pub(super) fn get(&self, place: u32) -> Option<&LegNow> {
        self.places.get(place as usize)?.1.as_ref()
    }

    pub(super) fn get_mut(&mut self, place: u32) -> Option<&mut LegNow> {
        self.places.get_mut(place as usize)?.1.as_mut()
    }

    /// The contact at a place, if it is still the same visit.
    pub(super) fn same(&self, place: u32, visit: u32) -> Option<&LegNow> {
        let (now, leg) = self.places.get(place as usize)?;
        leg.as_ref().filter(|_| *now == visit)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }

    /// The number of the visit at a place.
    pub(super) fn visit(&self, place: u32) -> u32 {
        self.places
            .get(place as usize)
            .map_or(0, |(visit, _)| *visit)
    }
}

/// The contacts of a period, as far as the service level goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) start_ms: i64,
    pub(super) offered: u64,
    pub(super) answered: u64,
    pub(super) abandoned: u64,
    /// Judged for, and judged at all.
    pub(super) good: u64,
    pub(super) judged: u64,
    /// Waiting, within the threshold and beyond it.
    pub(super) in_time: u64,
    pub(super) late: u64,
    /// The last that were judged, and how many of them for.
    pub(super) pace: VecDeque<bool>,
    pub(super) pace_good: u64,
}

/// One queue.
#[derive(Clone, Debug)]
pub(super) struct QueueNow {
    pub(super) id: QueueId,
    pub(super) threshold_ms: i64,
    pub(super) short_ms: i64,
    pub(super) wait_ms: Option<i64>,
    pub(super) call_ms: Option<i64>,
    pub(super) waiting: BTreeSet<(i64, u32)>,
    pub(super) talking: u64,
    pub(super) wrapping_up: u64,
    pub(super) period: Period,
}

/// What an operator does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    NotSeen,
    Known(LiveState),
}

impl Doing {
    pub(super) fn kind(&self) -> Option<StateKind> {
        match self {
            Self::Known(LiveState::In(kind)) => Some(*kind),
            _ => None,
        }
    }

    pub(super) fn is_unmapped(&self) -> bool {
        matches!(self, Self::Known(LiveState::Unmapped(_)))
    }
}

/// The plan of one operator, and how far it has got.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanNow {
    pub(super) segments: Vec<PlannedSegment>,
    /// The first segment that is not over.
    pub(super) next: usize,
    /// Which plan this is: timers of an older one do nothing.
    pub(super) number: u32,
}

impl PlanNow {
    /// Goes on to `at_ms`; gives when the plan changes next. Each segment is passed once.
    pub(super) fn go_to(&mut self, at_ms: i64) -> Option<i64> {
        while self.segments.get(self.next)?.span.end_ms() <= at_ms {
            self.next += 1;
        }
        let span = self.segments.get(self.next)?.span;
        Some(if at_ms < span.start_ms() {
            span.start_ms()
        } else {
            span.end_ms()
        })
    }

    pub(super) fn at(&self, at_ms: i64) -> Option<&PlannedSegment> {
        let segment = self.segments.get(self.next)?;
        segment.span.contains_ms(at_ms).then_some(segment)
    }
}

/// One operator.
#[derive(Clone, Debug)]
pub(super) struct AgentNowState {
    pub(super) id: AgentId,
    /// What the feed of states says.
    pub(super) stated: Doing,
    /// What they do: with a contact, or else what the feed says.
    pub(super) doing: Doing,
    pub(super) since_ms: i64,
    /// Counts the changes of `doing`.
    pub(super) changes: u32,
    pub(super) talking: BTreeSet<u32>,
    pub(super) wrapping_up: BTreeSet<u32>,
    pub(super) plan: PlanNow,
    pub(super) out_since: Option<i64>,
    /// Counts the times out of adherence.
    pub(super) outs: u32,
}

impl AgentNowState {
    pub(super) fn new(id: AgentId, since_ms: i64) -> Self {
        Self {
            id,
            stated: Doing::NotSeen,
            doing: Doing::NotSeen,
            since_ms,
            changes: 0,
            talking: BTreeSet::new(),
            wrapping_up: BTreeSet::new(),
            plan: PlanNow::default(),
            out_since: None,
            outs: 0,
        }
    }

    pub(super) fn is_busy(&self) -> bool {
        !(self.talking.is_empty() && self.wrapping_up.is_empty())
    }
}
