//! Adherence by operator and interval: a mergeable state.

use std::collections::HashMap;
use std::ops::Range;

use chrono::{DateTime, Utc};

use super::convention::StaffingTimes;
use super::map::AdherenceRules;
use super::plan::AdherencePlan;
use super::sweep::{Piece, Stretch, Sweep};
use super::times::AdherenceTimes;
use crate::attendance::planned::PlannedSegment;
use crate::attendance::unknown;
use crate::contact::AgentState;
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::team::AccessPolicy;
use crate::time::{Grid, Intervals, Span};

/// In which intervals adherence is counted, over which window, by which rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdherenceSettings {
    grid: Grid,
    window: Span,
    as_of: Option<DateTime<Utc>>,
    rules: AdherenceRules,
}

impl AdherenceSettings {
    /// The intervals of a grid that touch a window, with the usual rules.
    #[must_use]
    pub fn new(grid: Grid, window: Span) -> Self {
        Self {
            grid,
            window,
            as_of: None,
            rules: AdherenceRules::default(),
        }
    }

    /// By other rules.
    #[must_use]
    pub fn with_rules(self, rules: AdherenceRules) -> Self {
        Self { rules, ..self }
    }

    /// As known at an instant: nothing is planned or done after it, and a state
    /// that still lasts is counted until then.
    #[must_use]
    pub fn as_of(self, at: DateTime<Utc>) -> Self {
        Self {
            as_of: Some(at),
            ..self
        }
    }
}

/// Planned and actual time by operator and interval: a mergeable state.
///
/// Tallies of parts of the operators, or of parts of the window between
/// intervals, merge into the tally of the whole.
///
/// Stretches of one operator that overlap are not counted twice: the one that
/// began first lasts, and [`overlap_ms`](Self::overlap_ms) says how much of the
/// others was left out.
#[derive(Clone, Debug)]
pub struct AdherenceTally {
    intervals: Intervals,
    rules: AdherenceRules,
    people: Vec<Person>,
    codes: HashMap<AgentId, usize>,
    overlap_ms: u64,
    looks: u64,
}

#[derive(Clone, Debug)]
struct Person {
    agent: AgentId,
    /// The intervals in which anything was planned or done, in order.
    cells: Vec<(usize, AdherenceTimes)>,
}

/// States of one operator that come one after the other.
struct Run {
    row: usize,
    states: Range<usize>,
}

impl AdherenceTally {
    /// Lays states, in any order, over a plan.
    ///
    /// The cost is linear in segments, states and touched intervals if each
    /// operator's states come in order, and that of sorting them if not.
    ///
    /// # Errors
    /// `grid.too_many_intervals` if the window is too long for the interval.
    pub fn count<'a>(
        plan: &AdherencePlan,
        states: impl IntoIterator<Item = &'a AgentState>,
        settings: &AdherenceSettings,
    ) -> Result<Self, Error> {
        let intervals = settings.grid.cover(settings.window)?;
        let mut tally = Self::over(intervals, settings.rules.clone());
        let last = settings
            .as_of
            .unwrap_or(settings.window.end())
            .timestamp_millis();
        let end = if settings.as_of.is_some() {
            last
        } else {
            i64::MAX
        };
        let (states, mut runs) = tally.runs(states);
        let mut plans: Vec<&[PlannedSegment]> = vec![&[]; tally.people.len()];
        for (agent, segments) in plan.rows() {
            let row = tally.row_of(agent);
            plans.resize(tally.people.len(), &[]);
            plans[row] = segments;
        }
        runs.sort_by_key(|run| run.row);
        let mut runs = runs.into_iter().peekable();
        let mut stretches: Vec<Stretch> = Vec::new();
        for (row, plan) in plans.into_iter().enumerate() {
            stretches.clear();
            while let Some(run) = runs.next_if(|run| run.row == row) {
                let of_run = states[run.states].iter();
                stretches.extend(of_run.map(|state| stretch(state, last, end)));
            }
            tally.overlap_ms += put_in_order(&mut stretches);
            tally.sweep(row, plan, &stretches, end);
        }
        Ok(tally)
    }

    fn over(intervals: Intervals, rules: AdherenceRules) -> Self {
        Self {
            intervals,
            rules,
            people: Vec::new(),
            codes: HashMap::new(),
            overlap_ms: 0,
            looks: 0,
        }
    }

    /// All states, and in which order the operators come: mostly one after the other.
    fn runs<'a>(
        &mut self,
        states: impl IntoIterator<Item = &'a AgentState>,
    ) -> (Vec<&'a AgentState>, Vec<Run>) {
        let states: Vec<&AgentState> = states.into_iter().collect();
        let runs = states.chunk_by(|one, next| one.agent() == next.agent());
        let mut at = 0;
        let runs = runs.map(|run| {
            let states = at..at + run.len();
            at = states.end;
            Run {
                row: self.row_of(run[0].agent()),
                states,
            }
        });
        let runs = runs.collect();
        (states, runs)
    }

    fn row_of(&mut self, agent: &AgentId) -> usize {
        if let Some(&row) = self.codes.get(agent) {
            return row;
        }
        self.people.push(Person {
            agent: agent.clone(),
            cells: Vec::new(),
        });
        self.codes.insert(agent.clone(), self.people.len() - 1);
        self.people.len() - 1
    }

    fn sweep(&mut self, row: usize, plan: &[PlannedSegment], states: &[Stretch], end: i64) {
        let (intervals, cells) = (&self.intervals, &mut self.people[row].cells);
        let mut sweep = Sweep::new(states, &self.rules);
        let mut steps = 0;
        sweep.run(plan, |mut piece| {
            piece.to = piece.to.min(end);
            steps += lay(intervals, cells, &piece);
        });
        cells.shrink_to_fit();
        self.looks += sweep.looks + steps;
    }

    /// The intervals, empty ones included.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// The rules it was counted by.
    #[must_use]
    pub fn rules(&self) -> &AdherenceRules {
        &self.rules
    }

    /// How many operators there are.
    #[must_use]
    pub fn headcount(&self) -> usize {
        self.people.len()
    }

    /// Time in overlapping states of one operator that was not counted twice.
    #[must_use]
    pub fn overlap_ms(&self) -> u64 {
        self.overlap_ms
    }

    /// How many looks at states, segments and intervals it took.
    #[cfg(test)]
    pub(super) fn looks(&self) -> u64 {
        self.looks
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
    ) -> Result<AdherenceTimes, Error> {
        policy.check_persons()?;
        let known = || self.people.iter().map(|person| &person.agent);
        let row = self
            .codes
            .get(agent)
            .ok_or_else(|| unknown(agent, known()))?;
        Ok(self.sum(&self.people[*row], span).unwrap_or_default())
    }

    /// All operators together over the part of the window inside `span`.
    ///
    /// # Errors
    /// `policy.refused` if fewer people than the smallest group of the policy
    /// had anything planned or done there.
    pub fn team_over(&self, span: Span, policy: &AccessPolicy) -> Result<AdherenceTimes, Error> {
        let (times, people) = self.total(span);
        policy.check_group(people)?;
        Ok(times)
    }

    /// Planned and present staff over the part of the window inside `span`. It
    /// does not tell who kept the plan, so it needs no policy.
    #[must_use]
    pub fn staffing_over(&self, span: Span) -> StaffingTimes {
        StaffingTimes::from(&self.total(span).0)
    }

    fn total(&self, span: Span) -> (AdherenceTimes, usize) {
        let mut total = AdherenceTimes::default();
        let sums = self
            .people
            .iter()
            .filter_map(|person| self.sum(person, span));
        let people = sums.map(|times| total.add(&times)).count();
        (total, people)
    }

    fn sum(&self, person: &Person, span: Span) -> Option<AdherenceTimes> {
        let wanted = self.intervals.within(span);
        let first = person.cells.partition_point(|(at, _)| *at < wanted.start);
        let cells = person.cells[first..]
            .iter()
            .take_while(|(at, _)| *at < wanted.end);
        let mut total = AdherenceTimes::default();
        let touched = cells.map(|(_, times)| total.add(times)).count();
        (touched > 0).then_some(total)
    }

    /// The tally of both parts together.
    ///
    /// # Errors
    /// `merge.mismatch` if grids or rules differ; `grid.too_many_intervals` if
    /// the two lie too far apart.
    pub fn merge(&self, other: &Self) -> Result<Self, Error> {
        if self.rules != other.rules {
            let (left, right) = (format!("{:?}", self.rules), format!("{:?}", other.rules));
            return Err(ErrorKind::MergeMismatch {
                what: "the adherence rules",
                left,
                right,
            }
            .into());
        }
        let intervals = self.intervals.hull(&other.intervals)?;
        let mut merged = Self::over(intervals, self.rules.clone());
        for part in [self, other] {
            merged.overlap_ms += part.overlap_ms;
            merged.looks += part.looks;
            let start = part.intervals.bounds()[0];
            let shift = merged.intervals.index_of_ms(start).unwrap_or(0);
            for person in &part.people {
                let row = merged.row_of(&person.agent);
                let moved = person.cells.iter().map(|(at, times)| (at + shift, *times));
                join(&mut merged.people[row].cells, moved.collect());
            }
        }
        Ok(merged)
    }
}

/// Adds a piece to the cells of the intervals it touches; says how many.
fn lay(intervals: &Intervals, cells: &mut Vec<(usize, AdherenceTimes)>, piece: &Piece) -> u64 {
    let bounds = intervals.bounds();
    let from = piece.from.max(bounds[0]);
    let to = piece.to.min(bounds[bounds.len() - 1]);
    if from >= to {
        return 0;
    }
    // Pieces come in order, so that most lie in the interval of the last one.
    let last = cells.last().map(|(at, _)| *at);
    let same = last.filter(|&at| bounds[at] <= from && from < bounds[at + 1]);
    let Some(first) = same.or_else(|| intervals.index_of_ms(from)) else {
        return 0;
    };
    let (mut at, mut start) = (first, from);
    while start < to {
        let end = bounds[at + 1].min(to);
        match cells.last_mut() {
            Some((last, times)) if *last == at => times.add_piece(piece, end.abs_diff(start)),
            _ => {
                let mut times = AdherenceTimes::default();
                times.add_piece(piece, end.abs_diff(start));
                cells.push((at, times));
            }
        }
        (at, start) = (at + 1, end);
    }
    (at - first) as u64
}

/// A state cut at `end`; one that still lasts ends at `last`.
fn stretch(state: &AgentState, last: i64, end: i64) -> Stretch {
    let to = state.to().map_or(last, |to| to.timestamp_millis());
    Stretch {
        from: state.from().timestamp_millis(),
        to: to.min(end),
        state: state.state(),
    }
}

/// Sorts the stretches of one operator and cuts what overlaps; says how much that was.
fn put_in_order(states: &mut Vec<Stretch>) -> u64 {
    if !states.is_sorted_by_key(|one| one.from) {
        states.sort_by_key(|one| (one.from, one.to));
    }
    let (mut covered, mut overlap) = (i64::MIN, 0);
    for one in states.iter_mut() {
        let end = one.to.max(one.from);
        let from = one.from.max(covered).min(end);
        overlap += from.abs_diff(one.from);
        (one.from, one.to) = (from, end);
        covered = covered.max(end);
    }
    states.retain(|one| one.from < one.to);
    overlap
}

/// Adds cells in order to cells in order.
fn join(mine: &mut Vec<(usize, AdherenceTimes)>, theirs: Vec<(usize, AdherenceTimes)>) {
    mine.extend(theirs);
    mine.sort_by_key(|(at, _)| *at);
    mine.dedup_by(|next, last| {
        let same = next.0 == last.0;
        if same {
            last.1.add(&next.1);
        }
        same
    });
}
