//! What operators handled, by operator and interval.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::contact::{Block, ContactColumns, LegKind, NONE, TRANSFERRED_OUT};
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::service::tally::{LeftOut, PAGE, Sheet};
use crate::team::AccessPolicy;
use crate::time::{Grid, Interval, Intervals, Span};

/// What one operator handled, or a group of them: a mergeable count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentCounts {
    /// Answered legs from a queue: inbound, transferred in, overflowed in.
    pub handled_inbound: u64,
    /// Answered call-back dials.
    pub handled_callback: u64,
    /// Answered outbound dials.
    pub handled_outbound: u64,
    /// Answered and wrapped up.
    pub completed: u64,
    /// Completed with time on hold.
    pub held: u64,
    /// Ended in a transfer.
    pub transferred_out: u64,
    /// Talk of completed legs in milliseconds.
    pub talk: u64,
    /// Hold of completed legs in milliseconds.
    pub hold: u64,
    /// Work after the call of completed legs in milliseconds.
    pub wrap_up: u64,
}

impl AgentCounts {
    /// Everything that was answered.
    #[must_use]
    pub fn handled(&self) -> u64 {
        self.handled_inbound + self.handled_callback + self.handled_outbound
    }

    /// Talk, hold and wrap-up together in milliseconds.
    #[must_use]
    pub fn handle_time(&self) -> u64 {
        self.talk
            .saturating_add(self.hold)
            .saturating_add(self.wrap_up)
    }

    /// Both counts together.
    pub fn add(&mut self, other: &Self) {
        let add = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        add(&mut self.handled_inbound, other.handled_inbound);
        add(&mut self.handled_callback, other.handled_callback);
        add(&mut self.handled_outbound, other.handled_outbound);
        add(&mut self.completed, other.completed);
        add(&mut self.held, other.held);
        add(&mut self.transferred_out, other.transferred_out);
        add(&mut self.talk, other.talk);
        add(&mut self.hold, other.hold);
        add(&mut self.wrap_up, other.wrap_up);
    }

    fn add_leg(&mut self, block: &Block, row: usize) {
        match block.kind[row] {
            LegKind::Callback => self.handled_callback += 1,
            LegKind::Outbound => self.handled_outbound += 1,
            LegKind::Inbound | LegKind::Transfer | LegKind::Overflow => self.handled_inbound += 1,
        }
        self.transferred_out += u64::from(block.flags[row] & TRANSFERRED_OUT != 0);
        let (released, wrapped_up, hold) =
            (block.released[row], block.wrapped_up[row], block.hold[row]);
        if released == NONE || wrapped_up == NONE {
            return;
        }
        self.completed += 1;
        self.held += u64::from(hold > 0);
        self.talk = self
            .talk
            .saturating_add((released - block.answered[row] - hold).unsigned_abs());
        self.hold = self.hold.saturating_add(hold.unsigned_abs());
        self.wrap_up = self
            .wrap_up
            .saturating_add((wrapped_up - released).unsigned_abs());
    }
}

/// What operators handled, by operator and interval of the answer: a mergeable state.
///
/// Figures about single operators are given only under an [`AccessPolicy`];
/// the team needs one too, for the smallest group it may hide people in.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{ContactTable, LegRecord};
/// use floorwalker::id::{AgentId, QueueId};
/// use floorwalker::service::AgentTally;
/// use floorwalker::team::{AccessPolicy, Granularity};
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 8, 0, 0).unwrap();
/// let anna = AgentId::new("Anna")?;
/// let leg = LegRecord::waiting(QueueId::new("sales")?, nine)
///     .answered(Some(anna.clone()), nine)
///     .finished(nine + TimeDelta::seconds(180), nine + TimeDelta::seconds(200))
///     .check()?;
/// let legs = ContactTable::from_iter([&leg]);
/// let tally = AgentTally::count(&[legs.columns()], Grid::new(Zone::utc(), Every::Day), None)?;
///
/// let policy = AccessPolicy::new("coaching", "agreement with the unions of 12 May 2026", Granularity::Person)?;
/// let counts = tally.agent_over(&anna, tally.intervals().window(), &policy)?;
/// assert_eq!(counts.handle_time(), 200_000);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AgentTally {
    intervals: Intervals,
    agents: Vec<AgentId>,
    codes: HashMap<AgentId, usize>,
    sheet: Sheet<Box<[AgentCounts; PAGE]>>,
    left_out: LeftOut,
}

impl AgentTally {
    /// Counts the answered legs that name their operator, by the instant of the answer.
    ///
    /// Without a window it covers the local days from the first arrival to the
    /// last milestone. Answered legs without an operator are counted in
    /// [`left_out`](Self::left_out) as `without_instant`.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the legs span more intervals than a table may have.
    pub fn count(
        batches: &[ContactColumns<'_>],
        grid: Grid,
        window: Option<Span>,
    ) -> Result<Self, Error> {
        let span = batches
            .iter()
            .filter_map(ContactColumns::span)
            .reduce(|a, b| a.hull(b));
        let intervals = match (window, span) {
            (Some(window), _) => grid.cover(window)?,
            (None, Some(span)) => grid.cover(grid.whole_days(span)?)?,
            (None, None) => Intervals::none(grid),
        };
        let mut tally = Self::over(intervals);
        batches.iter().for_each(|batch| tally.add(batch));
        Ok(tally)
    }

    fn over(intervals: Intervals) -> Self {
        Self {
            sheet: Sheet::new(intervals.len()),
            intervals,
            agents: Vec::new(),
            codes: HashMap::new(),
            left_out: LeftOut::default(),
        }
    }

    fn add(&mut self, columns: &ContactColumns<'_>) {
        let codes: Vec<usize> = columns
            .agents()
            .iter()
            .map(|agent| self.row_of(agent))
            .collect();
        columns.for_each_block(|_, block| {
            for row in 0..block.len() {
                let (answered, agent) = (block.answered[row], block.agent[row]);
                if answered == NONE {
                    continue;
                }
                let Ok(agent) = usize::try_from(agent) else {
                    self.left_out.without_instant += 1;
                    continue;
                };
                match self.intervals.index_of_ms(answered) {
                    Some(interval) => self.cell_mut(codes[agent], interval).add_leg(block, row),
                    None => self.left_out.outside_window += 1,
                }
            }
        });
    }

    fn row_of(&mut self, agent: &AgentId) -> usize {
        if let Some(&code) = self.codes.get(agent) {
            return code;
        }
        self.agents.push(agent.clone());
        self.codes.insert(agent.clone(), self.agents.len() - 1);
        self.sheet.grow(self.agents.len());
        self.agents.len() - 1
    }

    fn cell_mut(&mut self, row: usize, interval: usize) -> &mut AgentCounts {
        let page = self
            .sheet
            .page_mut(row, interval, || Box::new([AgentCounts::default(); PAGE]));
        &mut page[interval % PAGE]
    }

    /// The intervals, empty ones included.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// The operators, in alphabetical order.
    ///
    /// # Errors
    /// `policy.refused` if the policy shows teams only.
    pub fn agents(&self, policy: &AccessPolicy) -> Result<Vec<&AgentId>, Error> {
        policy.check_persons()?;
        let mut agents: Vec<&AgentId> = self.agents.iter().collect();
        agents.sort_unstable();
        Ok(agents)
    }

    /// How many operators there are.
    #[must_use]
    pub fn headcount(&self) -> usize {
        self.agents.len()
    }

    /// Answered legs that could not be counted: without an operator, or outside the window.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }

    /// One operator in one interval.
    ///
    /// # Errors
    /// `policy.refused` if the policy shows teams only; `name.unknown` if the operator does not occur.
    pub fn agent_in(
        &self,
        agent: &AgentId,
        interval: Interval,
        policy: &AccessPolicy,
    ) -> Result<AgentCounts, Error> {
        self.agent_over(agent, interval.span(), policy)
    }

    /// One operator over the part of the window inside `span`, interval by whole interval.
    ///
    /// # Errors
    /// `policy.refused` if the policy shows teams only; `name.unknown` if the operator does not occur.
    pub fn agent_over(
        &self,
        agent: &AgentId,
        span: Span,
        policy: &AccessPolicy,
    ) -> Result<AgentCounts, Error> {
        policy.check_persons()?;
        let row = self
            .codes
            .get(agent)
            .ok_or_else(|| unknown(agent, &self.agents))?;
        Ok(self.sum(*row, span))
    }

    /// All operators together over the part of the window inside `span`.
    ///
    /// # Errors
    /// `policy.refused` if they are fewer than the smallest group of the policy.
    pub fn team_over(&self, span: Span, policy: &AccessPolicy) -> Result<AgentCounts, Error> {
        policy.check_group(self.agents.len())?;
        let mut total = AgentCounts::default();
        (0..self.agents.len()).for_each(|row| total.add(&self.sum(row, span)));
        Ok(total)
    }

    /// Every operator over the part of the window inside `span`: for callers that apply the policy.
    pub(crate) fn each_over(&self, span: Span) -> impl Iterator<Item = (&AgentId, AgentCounts)> {
        let agents = self.agents.iter().enumerate();
        agents.map(move |(row, agent)| (agent, self.sum(row, span)))
    }

    fn sum(&self, row: usize, span: Span) -> AgentCounts {
        let mut total = AgentCounts::default();
        for (cells, page) in self.sheet.of_row_in(row, self.intervals.within(span)) {
            page[cells].iter().for_each(|cell| total.add(cell));
        }
        total
    }

    /// The tally of both parts together.
    ///
    /// # Errors
    /// `merge.mismatch` if the grids differ; `grid.too_many_intervals` if the two lie too far apart.
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        let mut merged = Self::over(self.intervals.hull(&other.intervals)?);
        for part in [self, other] {
            merged.left_out.outside_window += part.left_out.outside_window;
            merged.left_out.without_instant += part.left_out.without_instant;
            let shift = merged
                .intervals
                .index_of_ms(part.intervals.bounds()[0])
                .unwrap_or(0);
            for (row, agent) in part.agents.iter().enumerate() {
                let target = merged.row_of(agent);
                for (first, page) in part.sheet.of_row(row) {
                    for (at, counts) in page
                        .iter()
                        .enumerate()
                        .filter(|(_, counts)| **counts != AgentCounts::default())
                    {
                        merged.cell_mut(target, shift + first + at).add(counts);
                    }
                }
            }
        }
        Ok(merged)
    }
}

/// The error about an operator who does not occur.
pub(super) fn unknown(agent: &AgentId, known: &[AgentId]) -> Error {
    let nearest = crate::error::nearest(agent.as_str(), known.iter().map(AgentId::as_str));
    ErrorKind::Unknown {
        what: "operator",
        given: agent.to_string(),
        nearest,
    }
    .into()
}
