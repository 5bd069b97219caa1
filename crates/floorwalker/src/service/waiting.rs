//! How many contacts were waiting, at an instant or at most.

use std::collections::BTreeMap;

use crate::contact::{ContactColumns, NONE, Needs, Outcome};
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::time::Span;

/// The arrivals and exits of one queue, each in rising order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    arrivals: Vec<i64>,
    exits: Vec<i64>,
}

impl Line {
    /// Arrived at or before `ms`, and not left at or before it.
    fn at(&self, ms: i64) -> u64 {
        let up_to = |instants: &[i64]| instants.partition_point(|&instant| instant <= ms);
        (up_to(&self.arrivals) - up_to(&self.exits)) as u64
    }

    fn most(&self, span: Span) -> u64 {
        let from = self
            .arrivals
            .partition_point(|&instant| instant < span.start_ms());
        let to = self
            .arrivals
            .partition_point(|&instant| instant < span.end_ms());
        let later = self.arrivals[from..to.max(from)]
            .iter()
            .map(|&instant| self.at(instant));
        later.fold(self.at(span.start_ms()), u64::max)
    }

    fn merge(&mut self, other: &Self) {
        self.arrivals.extend_from_slice(&other.arrivals);
        self.exits.extend_from_slice(&other.exits);
        self.sort();
    }

    fn sort(&mut self) {
        self.arrivals.sort_unstable();
        self.exits.sort_unstable();
    }
}

/// How many contacts were waiting (coda): a mergeable state that keeps the
/// instants of arrival and exit of every offered leg, 16 bytes each.
///
/// A leg waits from its arrival, included, to its exit, excluded. One that was
/// answered at once never waits; one lost in a restart is left out, since nobody
/// knows until when it waited.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{ContactTable, LegRecord, Outcome};
/// use floorwalker::id::QueueId;
/// use floorwalker::service::WaitingLine;
///
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let leg = LegRecord::waiting(QueueId::new("sales")?, nine)
///     .left(Outcome::Abandoned, nine + TimeDelta::seconds(31))
///     .check()?;
/// let legs = ContactTable::from_iter([&leg]);
/// let line = WaitingLine::of(&[legs.columns()]);
/// assert_eq!(line.at(None, nine + TimeDelta::seconds(30))?, 1);
/// assert_eq!(line.at(None, nine + TimeDelta::seconds(31))?, 0);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitingLine {
    queues: BTreeMap<QueueId, Line>,
    all: Line,
}

impl WaitingLine {
    /// The waiting lines of all queues in some batches of legs.
    #[must_use]
    pub fn of(batches: &[ContactColumns<'_>]) -> Self {
        let mut lines = Self::default();
        for batch in batches {
            lines.add(batch);
        }
        lines.queues.values_mut().for_each(Line::sort);
        lines.all.sort();
        lines
    }

    fn add(&mut self, columns: &ContactColumns<'_>) {
        let mut lines: Vec<Line> = vec![Line::default(); columns.queues().len()];
        let needs = Needs {
            queue: true,
            ..Needs::default()
        };
        columns.for_each_block(needs, |block| {
            for row in 0..block.len() {
                let (facts, left) = (block.facts[row], block.milestones(row).left);
                let outcome = facts.outcome();
                let waits = outcome.is_queued() && !facts.is_dial();
                if !waits || (left == NONE && outcome != Outcome::Open) {
                    continue;
                }
                let line = &mut lines[block.queue[row] as usize];
                line.arrivals.push(block.arrived[row]);
                if left != NONE {
                    line.exits.push(left);
                }
            }
        });
        for (queue, line) in columns.queues().iter().zip(lines) {
            self.all.arrivals.extend_from_slice(&line.arrivals);
            self.all.exits.extend_from_slice(&line.exits);
            let mine = self.queues.entry(queue.clone()).or_default();
            mine.arrivals.extend(line.arrivals);
            mine.exits.extend(line.exits);
        }
    }

    /// How many were waiting at an instant, in one queue or in all.
    ///
    /// # Errors
    /// `name.unknown` if the queue does not occur.
    pub fn at(
        &self,
        queue: Option<&QueueId>,
        at: chrono::DateTime<chrono::Utc>,
    ) -> Result<u64, Error> {
        Ok(self.line(queue)?.at(at.timestamp_millis()))
    }

    /// The most that were waiting at the start of a span or right after any
    /// arrival in it, in one queue or in all.
    ///
    /// # Errors
    /// `name.unknown` if the queue does not occur.
    pub fn most(&self, queue: Option<&QueueId>, span: Span) -> Result<u64, Error> {
        Ok(self.line(queue)?.most(span))
    }

    fn line(&self, queue: Option<&QueueId>) -> Result<&Line, Error> {
        let Some(queue) = queue else {
            return Ok(&self.all);
        };
        self.queues.get(queue).ok_or_else(|| {
            let nearest =
                crate::error::nearest(queue.as_str(), self.queues.keys().map(QueueId::as_str));
            ErrorKind::Unknown {
                what: "queue",
                given: queue.to_string(),
                nearest,
            }
            .into()
        })
    }

    /// The lines of both parts together.
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        for (queue, line) in &other.queues {
            self.queues.entry(queue.clone()).or_default().merge(line);
        }
        self.all.merge(&other.all);
        self
    }
}
