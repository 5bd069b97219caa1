//! A day of intervals at once: columns in, columns out.

use serde::Serialize;

use crate::error::{ErrorKind, Result};
use crate::service::ServiceLevel;
use crate::staffing::goal::{Goals, ReadyGoals, RuleShares, least_agents};
use crate::staffing::input;
use crate::staffing::performance::Performance;
use crate::staffing::workload::Workload;

/// The work of a day, or of any run of intervals of the same length.
///
/// Invariants: both columns have the same length; every row is a [`Workload`].
#[derive(Clone, Copy, Debug)]
pub struct DayWork<'a> {
    interval_secs: f64,
    calls: &'a [f64],
    aht_secs: &'a [f64],
    patience_secs: Option<f64>,
    redials: f64,
}

impl<'a> DayWork<'a> {
    /// Calls and mean handling times by interval.
    ///
    /// # Errors
    /// `columns.length_mismatch` if the columns differ in length; `columns.bad_value` with
    /// its row for a number that no [`Workload`] takes; `value.out_of_range` for the
    /// length of an interval.
    pub fn new(interval_secs: f64, calls: &'a [f64], aht_secs: &'a [f64]) -> Result<Self> {
        let interval_secs = input::secs("interval in seconds", interval_secs)?;
        same_length("aht_secs", aht_secs.len(), calls.len())?;
        let made = Self {
            interval_secs,
            calls,
            aht_secs,
            patience_secs: None,
            redials: 0.0,
        };
        for row in 0..calls.len() {
            Workload::new(calls[row], interval_secs, aht_secs[row]).map_err(|_| {
                let given = format!("{} calls of {} s", calls[row], aht_secs[row]);
                let why = "calls, handling time or their traffic are out of range";
                ErrorKind::ColumnValue {
                    column: "calls",
                    row,
                    why,
                    given,
                }
            })?;
        }
        Ok(made)
    }

    /// The same work with callers who give up after an exponential time of this mean.
    ///
    /// # Errors
    /// `value.out_of_range` if it is not between a microsecond and 1e9 seconds.
    pub fn with_patience(self, patience_secs: f64) -> Result<Self> {
        let patience_secs = Some(input::patience_secs(patience_secs)?);
        Ok(Self {
            patience_secs,
            ..self
        })
    }

    /// The same work where this part of those who give up call again within the interval.
    ///
    /// # Errors
    /// `value.out_of_range` if it is below 0 or above 0.999.
    pub fn with_redials(self, part: f64) -> Result<Self> {
        let redials = input::within("part of redials", 0.0, 0.999, part)?;
        Ok(Self { redials, ..self })
    }

    /// How many intervals there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.calls.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// The length of an interval in seconds.
    #[must_use]
    pub fn interval_secs(&self) -> f64 {
        self.interval_secs
    }

    pub(super) fn patience_secs(&self) -> Option<f64> {
        self.patience_secs
    }

    /// The work of one interval with `factor` times its calls.
    pub(super) fn scaled(&self, row: usize, factor: f64) -> Result<Workload> {
        let work = Workload::new(
            self.calls[row] * factor,
            self.interval_secs,
            self.aht_secs[row],
        )?;
        let work = match self.patience_secs {
            Some(patience) => work.with_patience(patience)?,
            None => work,
        };
        work.with_redials(self.redials)
    }

    pub(super) fn work(&self, row: usize) -> Result<Workload> {
        self.scaled(row, 1.0)
    }
}

pub(super) fn same_length(column: &'static str, given: usize, expected: usize) -> Result<()> {
    if given == expected {
        return Ok(());
    }
    Err(ErrorKind::ColumnLength {
        column,
        given,
        reference: "calls",
        expected,
    }
    .into())
}

/// The least number of agents of each interval that meets all goals, each interval for
/// itself and in its steady state.
///
/// ```
/// use floorwalker::staffing::{DayWork, Goals, required_by_interval};
///
/// let (calls, aht) = ([40.0, 100.0, 0.0], [180.0, 180.0, 180.0]);
/// let day = DayWork::new(1800.0, &calls, &aht)?;
/// assert_eq!(required_by_interval(&day, &Goals::answered_in(0.8, 20)?)?, [7, 14, 0]);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `goal.unattainable` if ten million agents do not meet them in some interval.
pub fn required_by_interval(day: &DayWork<'_>, goals: &Goals) -> Result<Vec<u32>> {
    let ready = ReadyGoals::new(goals);
    (0..day.len())
        .map(|row| least_agents(&day.work(row)?, goals, &ready))
        .collect()
}

/// Figures of each interval, as columns; see [`Performance`] for their meaning.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IntervalFigures {
    /// P(V > 0) for calls of the interval.
    pub waiting_probability: Vec<f64>,
    /// Those who give up by those who call; `None` without calls, where it is measured.
    pub abandonment: Vec<Option<f64>>,
    /// The service level by the given rule; `None` if no call would count.
    pub service_level: Vec<Option<f64>>,
    /// The mean number of waiting callers; `None` if it grows without end.
    pub mean_queue: Vec<Option<f64>>,
    /// The mean number of busy agents.
    pub mean_busy: Vec<f64>,
}

/// Each interval in its own steady state, as if it had always lasted: fast, and wrong
/// after a backlog and for long calls; [`carry_over`](super::carry_over) shows by how much.
///
/// # Errors
/// `columns.length_mismatch` if there is not one number of agents for each interval.
pub fn steady_by_interval(
    day: &DayWork<'_>,
    agents: &[u32],
    rule: &ServiceLevel,
) -> Result<IntervalFigures> {
    same_length("agents", agents.len(), day.len())?;
    let shares = RuleShares::new(rule);
    let mut figures = IntervalFigures::default();
    for (row, &agents) in agents.iter().enumerate() {
        let queue = Performance::of(&day.work(row)?, f64::from(agents))?;
        figures
            .waiting_probability
            .push(queue.waiting_probability());
        figures.abandonment.push(Some(queue.abandonment()));
        figures.service_level.push(queue.level(&shares));
        figures.mean_queue.push(queue.mean_queue());
        figures
            .mean_busy
            .push(queue.occupancy().unwrap_or(0.0) * f64::from(agents));
    }
    Ok(figures)
}
