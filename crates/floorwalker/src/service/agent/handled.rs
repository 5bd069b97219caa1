//! What operators handled, by operator and interval.

use std::collections::HashMap;

use super::cells::{AgentCells, Places};
use super::counts::AgentCounts;
use crate::contact::{BLOCK, ContactColumns, Needs};
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::service::tally::{LeftOut, RowLists, Work};
use crate::team::AccessPolicy;
use crate::time::{Grid, Interval, Intervals, Span};

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
    cells: AgentCells,
    left_out: LeftOut,
    work: Work,
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
            cells: AgentCells::new(intervals.len()),
            intervals,
            agents: Vec::new(),
            codes: HashMap::new(),
            left_out: LeftOut::default(),
            work: Work::default(),
        }
    }

    fn add(&mut self, columns: &ContactColumns<'_>) {
        let agents = columns.agents();
        let rows: Vec<usize> = agents.iter().map(|agent| self.row_of(agent)).collect();
        let starts = rows.iter().map(|&row| self.cells.start_of(row)).collect();
        let needs = Needs {
            agent: true,
            handling: true,
            ..Needs::default()
        };
        let (mut lists, mut places) = (RowLists::new(), Places::new(starts));
        columns.for_each_block(needs, |block| {
            let is_answered = |row: usize| block.facts[row % BLOCK].is_answered();
            lists.sort_out(0..block.len(), is_answered);
            let (answered, known) = (lists.wanted(), (&mut places, &self.intervals));
            self.left_out.add(self.cells.find(block, answered, known));
            self.cells.add(block, answered, &places);
            self.work.blocks += 1;
            self.work.rows += block.len() as u64;
            self.work.cells += answered.len() as u64;
        });
    }

    fn row_of(&mut self, agent: &AgentId) -> usize {
        if let Some(&code) = self.codes.get(agent) {
            return code;
        }
        self.agents.push(agent.clone());
        self.codes.insert(agent.clone(), self.agents.len() - 1);
        self.cells.grow(self.agents.len());
        self.agents.len() - 1
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

    /// What counting cost. A merged tally cost what its parts did.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
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
        self.cells.counts(row, self.intervals.within(span))
    }

    /// The tally of both parts together.
    ///
    /// # Errors
    /// `merge.mismatch` if the grids differ; `grid.too_many_intervals` if the two lie too far apart.
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        let mut merged = Self::over(self.intervals.hull(&other.intervals)?);
        for part in [self, other] {
            merged.left_out.add(part.left_out);
            merged.work.add(part.work);
            let shift = merged
                .intervals
                .index_of_ms(part.intervals.bounds()[0])
                .unwrap_or(0);
            for (row, agent) in part.agents.iter().enumerate() {
                let target = merged.row_of(agent);
                let start = merged.cells.start_of(target);
                merged.cells.absorb(start, &part.cells, (row, shift));
            }
        }
        Ok(merged)
    }
}

impl PartialEq for AgentTally {
    /// Equal if they count the same, whatever the order in which operators turned up.
    fn eq(&self, other: &Self) -> bool {
        let same = |(agent, &row): (&AgentId, &usize)| {
            let theirs = other.codes.get(agent);
            theirs.is_some_and(|&theirs| self.cells.same(row, &other.cells, theirs))
        };
        self.intervals == other.intervals
            && self.left_out == other.left_out
            && self.codes.len() == other.codes.len()
            && self.codes.iter().all(same)
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
