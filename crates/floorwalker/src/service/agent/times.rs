//! How long operators were in which state, by operator and interval.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::handled::unknown;
use crate::contact::{AgentState, StateKind};
use crate::error::Error;
use crate::id::AgentId;
use crate::service::tally::{Clipper, Sheet};
use crate::team::AccessPolicy;
use crate::time::{Grid, Intervals, Span};

/// How many states there are.
const STATES: usize = StateKind::ALL.len();

/// Time in each state in milliseconds, of one operator or of a group: a mergeable count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateTimes([u64; STATES]);

impl StateTimes {
    /// Time in one state.
    #[must_use]
    pub fn in_state(&self, state: StateKind) -> u64 {
        self.0[state as usize]
    }

    /// Time logged in: all states together.
    #[must_use]
    pub fn logged_in(&self) -> u64 {
        self.0.iter().fold(0, |sum, &ms| sum.saturating_add(ms))
    }

    /// Time ready or with a contact.
    #[must_use]
    pub fn productive(&self) -> u64 {
        self.in_state(StateKind::Ready)
            .saturating_add(self.in_state(StateKind::Contact))
    }

    /// Time logged in but neither ready nor with a contact.
    #[must_use]
    pub fn aux(&self) -> u64 {
        self.logged_in() - self.productive()
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(mine, theirs)| *mine = mine.saturating_add(theirs));
    }
}

/// Operators' time by state, clipped to intervals: a mergeable state.
///
/// Time is never moved between intervals: a talk of eighty minutes fills parts
/// of four half-hours. Stretches of one operator are taken as they come; the
/// readers of this project deliver them without overlap.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{AgentState, StateKind};
/// use floorwalker::id::AgentId;
/// use floorwalker::service::AgentTimes;
/// use floorwalker::team::{AccessPolicy, Granularity};
/// use floorwalker::time::{Every, Grid, Span, Zone};
///
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let anna = AgentId::new("Anna")?;
/// let ready = AgentState::new(anna.clone(), StateKind::Ready, nine, Some(nine + TimeDelta::minutes(50)))?;
/// let window = Span::new(nine, nine + TimeDelta::hours(1))?;
/// let times = AgentTimes::count([&ready], Grid::new(Zone::utc(), Every::Minutes30), window, None)?;
///
/// let policy = AccessPolicy::new("presence", "agreement with the unions of 12 May 2026", Granularity::Person)?;
/// let second = times.intervals().get(1).unwrap();
/// assert_eq!(times.agent_over(&anna, second.span(), &policy)?.in_state(StateKind::Ready), 20 * 60_000);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AgentTimes {
    intervals: Intervals,
    agents: Vec<AgentId>,
    codes: HashMap<AgentId, usize>,
    sheet: Sheet<StateTimes>,
}

impl AgentTimes {
    /// Clips states to the intervals that touch `window`.
    ///
    /// A state that still lasts is counted until `as_of`, or to the end of the
    /// window without one.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the window is too long for the interval.
    pub fn count<'a>(
        states: impl IntoIterator<Item = &'a AgentState>,
        grid: Grid,
        window: Span,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Self, Error> {
        let mut times = Self::over(grid.cover(window)?);
        let mut clipper = Clipper::new();
        let last = as_of.unwrap_or(window.end());
        for state in states {
            let row = times.row_of(state.agent());
            let key = (times.sheet.index().start_of(row), state.state());
            let stretch = (
                state.from().timestamp_millis(),
                state.to().unwrap_or(last).timestamp_millis(),
            );
            let (intervals, sheet) = (&times.intervals, &mut times.sheet);
            clipper.clip(intervals, key, stretch, |key, at, ms| {
                add(sheet, key, at, ms)
            });
        }
        let (intervals, sheet) = (&times.intervals, &mut times.sheet);
        clipper.settle(intervals, |key, at, ms| add(sheet, key, at, ms));
        Ok(times)
    }

    fn over(intervals: Intervals) -> Self {
        let sheet = Sheet::new(intervals.len());
        Self {
            intervals,
            agents: Vec::new(),
            codes: HashMap::new(),
            sheet,
        }
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

    /// The intervals, empty ones included.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// How many operators there are.
    #[must_use]
    pub fn headcount(&self) -> usize {
        self.agents.len()
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
    ) -> Result<StateTimes, Error> {
        policy.check_persons()?;
        let row = self
            .codes
            .get(agent)
            .ok_or_else(|| unknown(agent, &self.agents))?;
        Ok(self.sum(*row, span))
    }

    /// All operators together over the part of the window inside `span`: what
    /// staffing is about. A sum over people who come and go says nothing about
    /// one of them, so it needs no policy.
    #[must_use]
    pub fn team_over(&self, span: Span) -> StateTimes {
        let mut total = StateTimes::default();
        (0..self.agents.len()).for_each(|row| total.add(&self.sum(row, span)));
        total
    }

    /// Every operator over the part of the window inside `span`: for callers that apply the policy.
    pub(crate) fn each_over(&self, span: Span) -> impl Iterator<Item = (&AgentId, StateTimes)> {
        let agents = self.agents.iter().enumerate();
        agents.map(move |(row, agent)| (agent, self.sum(row, span)))
    }

    /// The times of both parts together: of other states over the same window, or of
    /// the states of another window.
    ///
    /// A stretch that lies in both windows must be in one of the parts only, unless
    /// the windows do not overlap: each counts what falls into its own.
    ///
    /// # Errors
    /// `merge.mismatch` if the grids differ; `grid.too_many_intervals` if the two lie too far apart.
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        let mut merged = Self::over(self.intervals.hull(&other.intervals)?);
        for part in [self, other] {
            let first = part.intervals.bounds()[0];
            let shift = merged.intervals.index_of_ms(first).unwrap_or(0);
            for (row, agent) in part.agents.iter().enumerate() {
                let target = merged.row_of(agent);
                let start = merged.sheet.index().start_of(target);
                for (at, times) in part.sheet.used_cells(row) {
                    merged.sheet.cell_mut(start, shift + at).add(times);
                }
            }
        }
        Ok(merged)
    }

    fn sum(&self, row: usize, span: Span) -> StateTimes {
        let mut total = StateTimes::default();
        let cells = self.sheet.cells_in(row, self.intervals.within(span));
        cells.for_each(|cell| total.add(cell));
        total
    }
}

impl PartialEq for AgentTimes {
    /// Equal if they count the same, whatever the order in which operators turned up.
    fn eq(&self, other: &Self) -> bool {
        let same = |(agent, &row): (&AgentId, &usize)| {
            let theirs = other.codes.get(agent);
            let cells = self.sheet.used_cells(row);
            theirs.is_some_and(|&theirs| cells.eq(other.sheet.used_cells(theirs)))
        };
        self.intervals == other.intervals
            && self.codes.len() == other.codes.len()
            && self.codes.iter().all(same)
    }
}

/// Adds time to the row that begins at `start`.
fn add(sheet: &mut Sheet<StateTimes>, (start, state): (usize, StateKind), at: usize, ms: u64) {
    let slot = &mut sheet.cell_mut(start, at).0[state as usize];
    *slot = slot.saturating_add(ms);
}
