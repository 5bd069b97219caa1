//! What was out of the ordinary, in lists.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::figures::Figures;
use super::options::{Limits, SourceNote};
use super::rows::{DayRow, QueueRow};
use super::stretch::{Sign, Stretch};
use crate::id::QueueId;
use crate::report::{Quotient, Standing};
use crate::service::LeftOut;

/// What was out of the ordinary. Each list is ordered by what matters in it, and is cut
/// off at [`Limits::exceptions`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Exceptions {
    /// Days that missed the target with enough contacts, by contacts missing.
    pub days: Vec<DayRow>,
    /// Stretches of a queue that missed the target with enough contacts, by contacts missing.
    pub below_target: Vec<Stretch>,
    /// Stretches of a queue with an abandon rate above the limit, by contacts abandoned.
    pub abandonment: Vec<Stretch>,
    /// Stretches of a queue in which nobody was answered, by contacts offered.
    pub unanswered: Vec<Stretch>,
    /// Intervals of a queue with the longest waits, longest first.
    pub longest_waits: Vec<Stretch>,
    /// Queues that refused contacts or were called while closed.
    pub refused: Vec<Refused>,
    /// Contacts that are in none of the figures, and why.
    pub not_counted: NotCounted,
}

/// Contacts of a queue that never entered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Refused {
    /// The queue.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub queue: QueueId,
    /// Refused for lack of a trunk or of queue space.
    pub blocked: u64,
    /// Arrived outside opening hours.
    pub closed: u64,
    /// All that reached the number.
    pub attempts: u64,
}

/// Contacts that are in none of the figures of the report, and what the source lacked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct NotCounted {
    /// Their instant is outside the window of the data.
    pub outside_window: u64,
    /// They have not reached the instant that decides their interval.
    pub without_instant: u64,
    /// What the reader of the source noticed.
    pub source: Vec<SourceNote>,
}

impl NotCounted {
    pub(super) fn new(left_out: LeftOut, source: &[SourceNote]) -> Self {
        Self {
            outside_window: left_out.outside_window,
            without_instant: left_out.without_instant,
            source: source.to_vec(),
        }
    }
}

/// Whether an interval is below `share`.
pub(super) fn below_target(cell: &Figures, share: Quotient) -> Sign {
    match cell.service_level.is_below(share) {
        Some(true) => Sign::Bad,
        Some(false) => Sign::Good,
        None => Sign::Silent,
    }
}

/// Whether more than the usual share was abandoned.
pub(super) fn much_abandoned(cell: &Figures, limit: Quotient) -> Sign {
    match limit.is_below(cell.abandon_rate) {
        Some(true) => Sign::Bad,
        Some(false) => Sign::Good,
        None => Sign::Silent,
    }
}

/// Whether contacts were offered and none was answered.
pub(super) fn unanswered(cell: &Figures) -> Sign {
    match (cell.offered, cell.answered) {
        (0, _) => Sign::Silent,
        (_, 0) => Sign::Bad,
        _ => Sign::Good,
    }
}

impl Exceptions {
    /// Sorts every list by what matters in it and cuts it off.
    pub(super) fn finish(&mut self, days: &[DayRow], queues: &[QueueRow], limits: &Limits) {
        let missed = days
            .iter()
            .filter(|row| row.results.standing == Standing::Missed);
        self.days = missed.copied().collect();
        self.days.sort_by_key(|row| Reverse(row.results.missing));
        self.refused = queues.iter().filter_map(Refused::of).collect();
        let by = |list: &mut Vec<Stretch>, cost: fn(&Figures) -> u64| {
            list.sort_by_key(|one| {
                (
                    Reverse(cost(&one.results.figures)),
                    one.when.start,
                    one.queue.clone(),
                )
            });
            list.truncate(limits.exceptions);
        };
        self.below_target.sort_by_key(|one| {
            (
                Reverse(one.results.missing),
                one.when.start,
                one.queue.clone(),
            )
        });
        self.below_target.truncate(limits.exceptions);
        self.days.truncate(limits.exceptions);
        by(&mut self.abandonment, |figures| figures.abandoned);
        by(&mut self.unanswered, |figures| figures.offered);
        by(&mut self.longest_waits, |figures| {
            figures.longest_wait.unwrap_or(0)
        });
    }
}

impl Refused {
    fn of(row: &QueueRow) -> Option<Self> {
        let figures = row.results.figures;
        (figures.blocked + figures.closed > 0).then(|| Self {
            queue: row.queue.clone(),
            blocked: figures.blocked,
            closed: figures.closed,
            attempts: figures.attempts,
        })
    }
}
