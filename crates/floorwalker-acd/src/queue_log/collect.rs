//! Sinks that collect.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use floorwalker::contact::{AgentState, Channel, ContactTable, Leg, LegRow};
use floorwalker::id::AgentId;

use super::sink::{AgentPause, AgentSession, Ring, Sink, Stretch, at};
use super::visit::{Visit, VisitDetails};
use crate::finding::{FindingRef, Findings};

/// How often it rang at an operator who did not take the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RingCounts {
    /// Rings that were not taken.
    pub no_answer: u64,
    /// Of these, those longer than a second.
    pub no_answer_over_1s: u64,
    /// Rings that ended because the caller left.
    pub canceled: u64,
}

/// Visits in columns and nothing else: the smallest and fastest sink.
///
/// ```
/// use floorwalker_acd::queue_log::{Columns, Options, Reader};
///
/// let mut reader = Reader::new(Options::default().without_agents(), Columns::new());
/// reader.feed(b"1700000000|a.1|sales|NONE|ENTERQUEUE||0611|1\n");
/// reader.feed(b"1700000031|a.1|sales|NONE|ABANDON|1|1|31\n");
/// let table = reader.finish().into_table();
/// assert_eq!(table.columns().len(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Columns {
    table: ContactTable,
    queues: Vec<Option<u32>>,
    agents: Vec<Option<u32>>,
    refused: u64,
}

impl Columns {
    /// No visits yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The visits so far.
    #[must_use]
    pub fn table(&self) -> &ContactTable {
        &self.table
    }

    /// The visits, taken out.
    #[must_use]
    pub fn into_table(self) -> ContactTable {
        self.table
    }

    /// Visits that were no possible legs. The reader hands over none.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused
    }
}

/// The code in a table of a number of the reader, found once for each number.
fn code_of(codes: &mut Vec<Option<u32>>, number: u32, make: impl FnOnce() -> u32) -> u32 {
    let number = number as usize;
    if codes.len() <= number {
        codes.resize(number + 1, None);
    }
    *codes[number].get_or_insert_with(make)
}

impl Sink for Columns {
    fn visit(&mut self, visit: &Visit<'_>) {
        let table = &mut self.table;
        let queue = code_of(&mut self.queues, visit.queue_code, || {
            table.queue_code(visit.queue)
        });
        let agent = visit.agent_code.zip(visit.agent);
        let agent = agent
            .map(|(number, name)| code_of(&mut self.agents, number, || table.agent_code(name)));
        let row = LegRow {
            queue,
            arrived_ms: visit.arrived_ms,
            outcome: visit.outcome,
            kind: visit.kind,
            channel: Channel::Voice,
            left_queue_ms: visit.left_queue_ms,
            answered_ms: visit.answered_ms,
            released_ms: visit.released_ms,
            wrapped_up_ms: visit.wrapped_up_ms,
            hold_ms: 0,
            agent,
            transferred_out: visit.answered_ms.is_some() && visit.is_transferred(),
            ring_no_answers: visit.ring_no_answers,
        };
        self.refused += u64::from(table.push_row(&row).is_err());
    }
}

/// Everything a log tells: visits, sessions, pauses and states of operators, rings,
/// findings.
///
/// Rows are in the order of the ends of visits; row `n` of [`table`](Self::table) is
/// the visit with the details [`details`](Self::details)`[n]`, and
/// [`leg`](Self::leg)`(n)` puts both together.
#[derive(Clone, Debug, Default)]
pub struct QueueLog {
    columns: Columns,
    details: Vec<VisitDetails>,
    sessions: Vec<AgentSession>,
    pauses: Vec<AgentPause>,
    states: Vec<AgentState>,
    rings: BTreeMap<AgentId, RingCounts>,
    findings: Findings,
    other_events: BTreeMap<String, u64>,
    last_ms: Option<i64>,
}

impl QueueLog {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing yet, keeping the first `per_kind` findings of each kind and counting all.
    #[must_use]
    pub fn keeping_findings(per_kind: usize) -> Self {
        Self {
            findings: Findings::keeping(per_kind),
            ..Self::default()
        }
    }

    /// The visits in columns, ready to be tallied.
    #[must_use]
    pub fn table(&self) -> &ContactTable {
        &self.columns.table
    }

    /// What the log tells of each visit beside the columns.
    #[must_use]
    pub fn details(&self) -> &[VisitDetails] {
        &self.details
    }

    /// The visit in `row` as a leg, with its identifiers and attributes.
    #[must_use]
    pub fn leg(&self, row: usize) -> Option<Leg> {
        let details = self.details.get(row)?;
        let record = self.columns.table.leg(row)?.into_record();
        details.complete(record).check().ok()
    }

    /// All visits as legs, in their order.
    pub fn legs(&self) -> impl Iterator<Item = Leg> {
        (0..self.details.len()).filter_map(|row| self.leg(row))
    }

    /// Sessions of operators, in the order of their ends.
    #[must_use]
    pub fn sessions(&self) -> &[AgentSession] {
        &self.sessions
    }

    /// Pauses of operators, in the order of their ends.
    #[must_use]
    pub fn pauses(&self) -> &[AgentPause] {
        &self.pauses
    }

    /// What operators did; stretches of one operator do not overlap.
    #[must_use]
    pub fn states(&self) -> &[AgentState] {
        &self.states
    }

    /// Rings by operator.
    #[must_use]
    pub fn rings(&self) -> &BTreeMap<AgentId, RingCounts> {
        &self.rings
    }

    /// What was odd.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Events that are not interpreted, and how often each came.
    #[must_use]
    pub fn other_events(&self) -> &BTreeMap<String, u64> {
        &self.other_events
    }

    /// The latest stamp of the log, which is where what has no end was last seen.
    #[must_use]
    pub fn last_stamp(&self) -> Option<DateTime<Utc>> {
        self.last_ms.map(at)
    }
}

impl Sink for QueueLog {
    fn visit(&mut self, visit: &Visit<'_>) {
        let before = self.columns.table.len();
        self.columns.visit(visit);
        if self.columns.table.len() > before {
            self.details.push(visit.details());
        }
    }

    fn ring(&mut self, ring: &Ring<'_>) {
        let Some(agent) = ring.agent else { return };
        if !self.rings.contains_key(agent) {
            self.rings.insert(agent.clone(), RingCounts::default());
        }
        let Some(counts) = self.rings.get_mut(agent) else {
            return;
        };
        if ring.canceled {
            counts.canceled += 1;
        } else {
            counts.no_answer += 1;
            counts.no_answer_over_1s += u64::from(ring.rang_ms > 1000);
        }
    }

    fn session(&mut self, session: AgentSession) {
        self.sessions.push(session);
    }

    fn pause(&mut self, pause: AgentPause) {
        self.pauses.push(pause);
    }

    fn stretch(&mut self, stretch: &Stretch<'_>) {
        self.states.extend(stretch.to_state());
    }

    fn finding(&mut self, finding: &FindingRef<'_>) {
        self.findings.push(finding);
    }

    fn other_events(&mut self, events: &BTreeMap<String, u64>) {
        self.other_events.clone_from(events);
    }

    fn last_stamp(&mut self, at_ms: i64) {
        self.last_ms = Some(at_ms);
    }
}
