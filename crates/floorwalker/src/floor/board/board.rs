//! The board itself: events in, a state at an instant out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use chrono::{DateTime, Utc};

use super::alarm::{Alarm, AlarmChange, Alarms};
use super::event::{BoardEvent, Feed};
use super::finding::{BoardFinding, BoardFindingKind, Findings};
use super::rules::BoardRules;
use super::state::{AgentNowState, Legs, QueueNow};
use super::timers::{Timer, Timers};
use super::work::BoardWork;
use crate::attendance::AdherencePlan;
use crate::error::Result;
use crate::id::{AgentId, LegId, QueueId};
use crate::team::AccessPolicy;
use crate::time::{Span, instant};

/// The live board (situazione in tempo reale): what happens now in each queue and at
/// each operator, and what is out of order.
///
/// Invariant: what it shows follows from the events before the instant
/// [`at`](Self::at) and from nothing else.
///
/// # Late events
///
/// Events may come in any order. The board waits: an event counts when its instant lies
/// [`lateness_secs`](super::BoardRulesRecord::lateness_secs) before the latest instant
/// it has seen, in events or in [`advance`](Self::advance). Up to that instant, the
/// *watermark*, everything is settled: any order of arrival in which no event comes
/// after the watermark has passed it gives the same state, the same alarms and the same
/// changes. An event that comes later than that is a finding, and left out.
/// [`provisional`](Self::provisional) shows what the board will show if nothing else
/// comes.
///
/// # Cost
///
/// An event takes a fixed number of look-ups in trees and heaps of what is there now, so
/// its cost grows with the logarithm of the contacts, operators and alarms that are
/// there. Memory is that of what is there, and a timer for each contact of the last
/// [`forget_secs`](super::BoardRulesRecord::forget_secs).
///
/// # People
///
/// Rows and alarms about operators need an [`AccessPolicy`]. The board keeps the present
/// state and no history; a new day begins with a new board.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::attendance::AdherencePlan;
/// use floorwalker::floor::{AlarmKind, Board, BoardEvent, BoardRules, Happening};
/// use floorwalker::contact::LegKind;
/// use floorwalker::service::{Limit, ServiceLevel};
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let level = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let rules = BoardRules::new(Grid::new(Zone::utc(), Every::Minutes30), level)?
///     .with(|rules| rules.wait = Limit::new(TimeDelta::seconds(60)).ok())?;
/// let nine = "2026-03-02T09:00:00Z".parse().unwrap();
/// let mut board = Board::new(rules, nine, &AdherencePlan::default());
///
/// let entered = Happening::Entered { leg: "1".parse()?, queue: "sales".parse()?, kind: LegKind::Inbound };
/// board.push(BoardEvent::new(nine, entered)?);
/// board.advance(nine + TimeDelta::seconds(61));
/// assert_eq!(board.queues()[0].longest_wait_ms, Some(61_000));
/// assert_eq!(board.alarms()[0].key.kind, AlarmKind::WaitOverLimit);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Board {
    pub(super) rules: BoardRules,
    pending: BinaryHeap<Reverse<BoardEvent>>,
    pub(super) timers: Timers,
    pub(super) settled_ms: i64,
    newest_ms: i64,
    pub(super) period: Option<Span>,
    pub(super) expected: BTreeMap<(QueueId, i64), u64>,
    pub(super) queue_places: BTreeMap<QueueId, u32>,
    pub(super) queues: Vec<QueueNow>,
    pub(super) agent_places: BTreeMap<AgentId, u32>,
    pub(super) agents: Vec<AgentNowState>,
    pub(super) leg_places: BTreeMap<LegId, u32>,
    pub(super) legs: Legs,
    pub(super) heard_ms: [i64; Feed::ALL.len()],
    pub(super) alarms: Alarms,
    /// Queues with an alarm about their service level.
    pub(super) in_danger: BTreeSet<u32>,
    pub(super) findings: Findings,
    pub(super) work: BoardWork,
}

impl Board {
    /// A board that watches from `start` on. Whoever has a plan and is not heard of is
    /// taken as not logged in: begin with one event of state for each operator who is.
    #[must_use]
    pub fn new(rules: BoardRules, start: DateTime<Utc>, plan: &AdherencePlan) -> Self {
        let start_ms = start.timestamp_millis();
        let risk = rules.record().risk.as_ref();
        let expected = risk.into_iter().flat_map(|risk| &risk.expected);
        let expected = expected
            .map(|one| {
                let from = one.from.timestamp_millis();
                ((one.queue.clone(), from), u64::from(one.contacts))
            })
            .collect();
        let mut board = Self {
            rules,
            pending: BinaryHeap::new(),
            timers: Timers::default(),
            settled_ms: start_ms,
            newest_ms: start_ms,
            period: None,
            expected,
            queue_places: BTreeMap::new(),
            queues: Vec::new(),
            agent_places: BTreeMap::new(),
            agents: Vec::new(),
            leg_places: BTreeMap::new(),
            legs: Legs::default(),
            heard_ms: [start_ms; Feed::ALL.len()],
            alarms: Alarms::default(),
            in_danger: BTreeSet::new(),
            findings: Findings::default(),
            work: BoardWork::default(),
        };
        for (&feed, &secs) in &board.rules.record().silence_secs {
            let due = start_ms + i64::from(secs) * 1000;
            board.timers.set(due, Timer::Silence(feed as u8));
        }
        board.replan(plan);
        board.roll(start_ms);
        board
    }

    /// Takes another plan, from the instant that is settled on.
    pub fn replan(&mut self, plan: &AdherencePlan) {
        let at_ms = self.settled_ms;
        for agent in &mut self.agents {
            agent.plan.segments.clear();
        }
        for (agent, segments) in plan.rows() {
            let place = self.agent_place(agent, at_ms);
            self.agents[place as usize].plan.segments = segments.to_vec();
        }
        for place in 0..self.agents.len() {
            let plan = &mut self.agents[place].plan;
            plan.next = 0;
            plan.number = plan.number.wrapping_add(1);
            self.follow_plan(u32::try_from(place).unwrap_or(u32::MAX), at_ms);
        }
    }

    /// Takes an event. Its cost is that of the events it lets settle.
    pub fn push(&mut self, event: BoardEvent) {
        let at_ms = event.at_ms();
        if at_ms < self.settled_ms {
            let late_ms = Some(self.settled_ms - at_ms);
            let leg = event.what().leg().cloned();
            self.find(BoardFindingKind::Late, at_ms, leg, late_ms);
            return;
        }
        self.work.look(self.pending.len());
        self.pending.push(Reverse(event));
        self.see(at_ms);
    }

    /// Takes many events.
    pub fn extend(&mut self, events: impl IntoIterator<Item = BoardEvent>) {
        events.into_iter().for_each(|event| self.push(event));
    }

    /// It is `now`: settles what is not expected to be preceded by anything any more. Call
    /// it once a second or so; between calls only events move the board.
    pub fn advance(&mut self, now: DateTime<Utc>) {
        self.see(now.timestamp_millis());
    }

    fn see(&mut self, at_ms: i64) {
        self.newest_ms = self.newest_ms.max(at_ms);
        let lateness = i64::from(self.rules.record().lateness_secs) * 1000;
        self.settle(self.newest_ms - lateness);
    }

    /// The board if nothing else came up to the latest instant seen: what is not settled
    /// yet is shown as if it were. A copy; the board itself stays as it is.
    #[must_use]
    pub fn provisional(&self) -> Self {
        let mut shown = self.clone();
        shown.settle(shown.newest_ms + 1);
        shown
    }

    /// Everything before `until_ms` is settled: events and what comes due, in order of
    /// time; at the same instant events come first.
    fn settle(&mut self, until_ms: i64) {
        loop {
            let event = self.pending.peek().map(|Reverse(event)| event.at_ms());
            let due = self.timers.next_due();
            match (event, due) {
                (Some(at), due) if at < until_ms && due.is_none_or(|due| at <= due) => {
                    self.take_event();
                }
                (_, Some(due)) if due < until_ms => self.take_timer(),
                _ => break,
            }
        }
        if until_ms > self.settled_ms {
            self.settled_ms = until_ms;
            self.roll(until_ms);
        }
    }

    fn take_event(&mut self) {
        self.work.look(self.pending.len());
        let Some(Reverse(event)) = self.pending.pop() else {
            return;
        };
        self.work.events += 1;
        let at_ms = event.at_ms();
        while self
            .pending
            .peek()
            .is_some_and(|Reverse(next)| *next == event)
        {
            self.work.look(self.pending.len());
            self.pending.pop();
            let leg = event.what().leg().cloned();
            self.find(BoardFindingKind::Duplicate, at_ms, leg, None);
        }
        self.roll(at_ms);
        self.hear(event.what().feed(), at_ms);
        self.apply(event.into_what(), at_ms);
    }

    fn take_timer(&mut self) {
        self.work.look(self.timers.len());
        if let Some((due_ms, timer)) = self.timers.take() {
            self.work.timers += 1;
            self.roll(due_ms);
            self.fire(timer, due_ms);
        }
    }

    pub(super) fn find(
        &mut self,
        kind: BoardFindingKind,
        at_ms: i64,
        leg: Option<LegId>,
        late_ms: Option<i64>,
    ) {
        let at = instant(at_ms).unwrap_or_default();
        let finding = BoardFinding {
            kind,
            at,
            leg,
            late_ms,
        };
        self.findings.push(finding, self.keep());
    }

    pub(super) fn keep(&self) -> usize {
        self.rules.record().keep as usize
    }

    /// The instant that is settled: what came before it counts, what came at it does not
    /// yet.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        instant(self.settled_ms).unwrap_or_default()
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &BoardRules {
        &self.rules
    }

    /// Events that wait to be settled.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// The alarms that are raised about queues and feeds, by kind.
    #[must_use]
    pub fn alarms(&self) -> Vec<Alarm> {
        self.alarms.raised(false).cloned().collect()
    }

    /// The alarms that are raised about operators, by kind.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn agent_alarms(&self, policy: &AccessPolicy) -> Result<Vec<Alarm>> {
        policy.check_names()?;
        Ok(self.alarms.raised(true).cloned().collect())
    }

    /// The changes of alarms about queues and feeds since they were last taken, in order.
    /// Of more than [`keep`](super::BoardRulesRecord::keep) the oldest are forgotten.
    pub fn take_changes(&mut self) -> Vec<AlarmChange> {
        self.alarms.take(false)
    }

    /// The changes of alarms about operators since they were last taken, in order.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn take_agent_changes(&mut self, policy: &AccessPolicy) -> Result<Vec<AlarmChange>> {
        policy.check_names()?;
        Ok(self.alarms.take(true))
    }

    /// How many changes were forgotten before anybody took them.
    #[must_use]
    pub fn forgotten_changes(&self) -> u64 {
        self.alarms.forgotten()
    }

    /// How often each kind of finding came.
    #[must_use]
    pub fn finding_counts(&self) -> &BTreeMap<BoardFindingKind, u64> {
        &self.findings.counts
    }

    /// The latest findings, in the order in which they were made.
    pub fn findings(&self) -> impl Iterator<Item = &BoardFinding> {
        self.findings.latest.iter()
    }

    /// How much work was done.
    #[must_use]
    pub fn work(&self) -> BoardWork {
        self.work
    }
}
