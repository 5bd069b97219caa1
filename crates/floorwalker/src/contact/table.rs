//! Legs in columns that the table owns: what readers fill and records become.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::codes::Codes;
use super::column::{Column, NONE};
use super::columns::{ContactBatch, ContactColumns, Exit, Release, WrapUp};
use super::leg::{Leg, LegRecord};
use super::outcome::{Channel, LegKind, Outcome};
use super::row::LegRow;
use crate::error::Error;
use crate::id::{AgentId, QueueId};
use crate::time::instant;

/// Names and their codes, in order of first appearance.
#[derive(Clone, Debug)]
struct Dictionary<T> {
    terms: Vec<T>,
    codes: HashMap<T, u32>,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self {
            terms: Vec::new(),
            codes: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Dictionary<T> {
    fn code(&mut self, term: &T) -> u32 {
        if let Some(&code) = self.codes.get(term) {
            return code;
        }
        let code = u32::try_from(self.terms.len()).expect("fewer than four billion names");
        self.terms.push(term.clone());
        self.codes.insert(term.clone(), code);
        code
    }
}

/// Legs in owned columns.
///
/// What a calculation needs of each leg and no more: identifiers of customers
/// and free attributes stay with the records.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{ContactTable, LegRecord, Outcome};
/// use floorwalker::id::QueueId;
///
/// let arrived = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let leg = LegRecord::waiting(QueueId::new("sales")?, arrived)
///     .left(Outcome::Abandoned, arrived + TimeDelta::seconds(31))
///     .check()?;
/// let table = ContactTable::from_iter([&leg]);
/// assert_eq!(table.columns().len(), 1);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ContactTable {
    queues: Dictionary<QueueId>,
    agents: Dictionary<AgentId>,
    queue: Vec<u32>,
    agent: Vec<i64>,
    arrived: Vec<i64>,
    left: Vec<i64>,
    answered: Vec<i64>,
    released: Vec<i64>,
    wrapped_up: Vec<i64>,
    hold: Vec<i64>,
    reached: Vec<i64>,
    asked: Vec<i64>,
    outcome: Vec<u8>,
    kind: Vec<u8>,
    channel: Vec<u8>,
    transferred_out: Vec<u8>,
    callback_done: Vec<u8>,
    ring_no_answers: Vec<u32>,
}

fn ms(at: Option<DateTime<Utc>>) -> i64 {
    at.map_or(NONE, |at| at.timestamp_millis())
}

impl ContactTable {
    /// A table without legs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one leg at the end.
    pub fn push(&mut self, leg: &Leg) {
        self.queue.push(self.queues.code(&leg.queue));
        self.agent.push(
            leg.agent
                .as_ref()
                .map_or(NONE, |agent| i64::from(self.agents.code(agent))),
        );
        self.arrived.push(leg.arrived.timestamp_millis());
        self.left.push(ms(leg.left_queue));
        self.answered.push(ms(leg.answered));
        self.released.push(ms(leg.released));
        self.wrapped_up.push(ms(leg.wrapped_up));
        self.hold.push(leg.hold_ms);
        self.reached.push(ms(leg.reached));
        self.asked.push(ms(leg.asked));
        self.outcome.push(leg.outcome as u8);
        self.kind.push(leg.kind as u8);
        self.channel.push(leg.channel as u8);
        self.transferred_out.push(leg.transferred_out.into());
        self.callback_done.push(leg.callback_done.into());
        self.ring_no_answers.push(leg.ring_no_answers);
    }

    /// The code of a queue in this table, for [`LegRow`]s; new names get the next code.
    pub fn queue_code(&mut self, queue: &QueueId) -> u32 {
        self.queues.code(queue)
    }

    /// The code of an operator in this table, for [`LegRow`]s; new names get the next code.
    pub fn agent_code(&mut self, agent: &AgentId) -> u32 {
        self.agents.code(agent)
    }

    /// The queues by code.
    #[must_use]
    pub fn queues(&self) -> &[QueueId] {
        &self.queues.terms
    }

    /// The operators by code.
    #[must_use]
    pub fn agents(&self) -> &[AgentId] {
        &self.agents.terms
    }

    /// Adds one leg that a reader has as numbers: no name is copied, nothing is allocated.
    ///
    /// # Errors
    /// `name.unknown` if a code is not of this table; otherwise as
    /// [`LegRecord::check`](super::LegRecord::check).
    pub fn push_row(&mut self, row: &LegRow) -> Result<(), Error> {
        row.check(self.queues.terms.len(), self.agents.terms.len())?;
        let at = |instant: Option<i64>| instant.unwrap_or(NONE);
        self.queue.push(row.queue);
        self.agent.push(row.agent.map_or(NONE, i64::from));
        self.arrived.push(row.arrived_ms);
        self.left.push(at(row.left_queue_ms));
        self.answered.push(at(row.answered_ms));
        self.released.push(at(row.released_ms));
        self.wrapped_up.push(at(row.wrapped_up_ms));
        self.hold.push(row.hold_ms);
        self.reached.push(NONE);
        self.asked.push(NONE);
        self.outcome.push(row.outcome as u8);
        self.kind.push(row.kind as u8);
        self.channel.push(row.channel as u8);
        self.transferred_out.push(row.transferred_out.into());
        self.callback_done.push(0);
        self.ring_no_answers.push(row.ring_no_answers);
        Ok(())
    }

    /// How many legs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arrived.len()
    }

    /// Whether there are no legs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.arrived.is_empty()
    }

    /// The columns, borrowed.
    ///
    /// # Panics
    /// Never for legs that came through [`push`](Self::push): they were checked.
    #[must_use]
    pub fn columns(&self) -> ContactColumns<'_> {
        self.try_columns().expect("legs were checked one by one")
    }

    fn try_columns(&self) -> Result<ContactColumns<'_>, Error> {
        let queue = Codes::new(Column::new(&self.queue), self.queues.terms.clone());
        let mut batch = ContactBatch::new(queue, Column::new(&self.arrived));
        let instants = |values| Column::new(values).with_null_value(NONE);
        batch.exit = Some(Exit::LeftAt(instants(&self.left)));
        batch.answered_at = Some(instants(&self.answered));
        batch.outcome = Some(Codes::new(Column::new(&self.outcome), Outcome::ALL));
        batch.kind = Some(Codes::new(Column::new(&self.kind), LegKind::ALL));
        batch.channel = Some(Codes::new(Column::new(&self.channel), Channel::ALL));
        batch.release = Some(Release::At(instants(&self.released)));
        batch.hold = Some(Column::new(&self.hold));
        batch.wrap_up = Some(WrapUp::At(instants(&self.wrapped_up)));
        batch.agent = Some(Codes::new(instants(&self.agent), self.agents.terms.clone()));
        batch.transferred_out = Some(Column::new(&self.transferred_out));
        batch.callback_done = Some(Column::new(&self.callback_done));
        batch.ring_no_answers = Some(Column::new(&self.ring_no_answers));
        batch.reached = Some(instants(&self.reached));
        batch.asked = Some(instants(&self.asked));
        batch.check()
    }

    /// The leg in `row`, as a record without the fields that columns do not keep.
    #[must_use]
    pub fn leg(&self, row: usize) -> Option<Leg> {
        let at = |column: &[i64]| column.get(row).copied().and_then(instant);
        let queue = self
            .queues
            .terms
            .get(*self.queue.get(row)? as usize)?
            .clone();
        let mut record = LegRecord::waiting(queue, at(&self.arrived)?);
        record.outcome = Outcome::ALL[usize::from(self.outcome[row])];
        record.kind = LegKind::ALL[usize::from(self.kind[row])];
        record.channel = Channel::ALL[usize::from(self.channel[row])];
        record.left_queue = at(&self.left);
        record.answered = at(&self.answered);
        record.released = at(&self.released);
        record.wrapped_up = at(&self.wrapped_up);
        record.hold_ms = self.hold[row];
        record.reached = at(&self.reached);
        record.asked = at(&self.asked);
        record.agent = usize::try_from(self.agent[row])
            .ok()
            .and_then(|code| self.agents.terms.get(code))
            .cloned();
        record.transferred_out = self.transferred_out[row] == 1;
        record.callback_done = self.callback_done[row] == 1;
        record.ring_no_answers = self.ring_no_answers[row];
        record.check().ok()
    }
}

impl<'a> FromIterator<&'a Leg> for ContactTable {
    fn from_iter<I: IntoIterator<Item = &'a Leg>>(legs: I) -> Self {
        let mut table = Self::new();
        legs.into_iter().for_each(|leg| table.push(leg));
        table
    }
}

impl<'a> Extend<&'a Leg> for ContactTable {
    fn extend<I: IntoIterator<Item = &'a Leg>>(&mut self, legs: I) {
        legs.into_iter().for_each(|leg| self.push(leg));
    }
}
