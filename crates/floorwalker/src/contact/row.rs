//! One leg as plain numbers: how readers fill a table without making records.

use super::check::MAX_DURATION_MS;
use super::outcome::{Channel, LegKind, Outcome};
use crate::error::{Error, ErrorKind};
use crate::time::{MAX_MS, MIN_MS};

/// A leg whose queue and operator are codes of a [`ContactTable`](super::ContactTable)
/// and whose milestones are milliseconds since 1970.
///
/// It is what a reader has in its hands when a call is over. It means the same
/// as a [`LegRecord`](super::LegRecord) and obeys the same rules, which
/// [`ContactTable::push_row`](super::ContactTable::push_row) checks.
///
/// ```
/// use floorwalker::contact::{ContactTable, LegRow, Outcome};
/// use floorwalker::id::QueueId;
///
/// let mut table = ContactTable::new();
/// let sales = table.queue_code(&QueueId::new("sales")?);
/// let mut row = LegRow::waiting(sales, 1_772_442_000_000);
/// row.outcome = Outcome::Abandoned;
/// row.left_queue_ms = Some(1_772_442_031_000);
/// table.push_row(&row)?;
/// assert_eq!(table.leg(0).and_then(|leg| leg.wait()).unwrap().num_seconds(), 31);
///
/// row.left_queue_ms = Some(1_772_441_999_999);
/// assert_eq!(table.push_row(&row).unwrap_err().code(), "time.out_of_order");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegRow {
    /// The code of the queue in the table.
    pub queue: u32,
    /// When it entered the queue, or the dial began.
    pub arrived_ms: i64,
    /// How it ended.
    pub outcome: Outcome,
    /// What began it.
    pub kind: LegKind,
    /// The medium.
    pub channel: Channel,
    /// When it stopped waiting.
    pub left_queue_ms: Option<i64>,
    /// When an operator was connected.
    pub answered_ms: Option<i64>,
    /// When the conversation ended.
    pub released_ms: Option<i64>,
    /// When the work after the call was done.
    pub wrapped_up_ms: Option<i64>,
    /// Time on hold inside the conversation.
    pub hold_ms: i64,
    /// The code of the operator in the table.
    pub agent: Option<u32>,
    /// Whether an answered leg ended in a transfer.
    pub transferred_out: bool,
    /// How often it rang without being taken.
    pub ring_no_answers: u32,
}

impl LegRow {
    /// An inbound call that entered a queue and is still waiting there.
    #[must_use]
    pub fn waiting(queue: u32, arrived_ms: i64) -> Self {
        Self {
            queue,
            arrived_ms,
            outcome: Outcome::Open,
            kind: LegKind::Inbound,
            channel: Channel::Voice,
            left_queue_ms: None,
            answered_ms: None,
            released_ms: None,
            wrapped_up_ms: None,
            hold_ms: 0,
            agent: None,
            transferred_out: false,
            ring_no_answers: 0,
        }
    }

    /// The rules of a leg, over `queues` and `agents` known names.
    pub(super) fn check(&self, queues: usize, agents: usize) -> Result<(), Error> {
        let codes = [
            ("queue code", Some(self.queue), queues),
            ("operator code", self.agent, agents),
        ];
        for (what, code, known) in codes {
            if let Some(code) = code
                && code as usize >= known
            {
                let (given, nearest) = (code.to_string(), Vec::new());
                return Err(ErrorKind::Unknown {
                    what,
                    given,
                    nearest,
                }
                .into());
            }
        }
        self.check_range()?;
        self.check_order()?;
        self.check_outcome()
    }

    fn check_range(&self) -> Result<(), Error> {
        let arrived = self.arrived_ms;
        if !(MIN_MS..=MAX_MS).contains(&arrived) {
            return Err(Error::range("arrived_ms", MIN_MS, MAX_MS, arrived));
        }
        let last = arrived.saturating_add(MAX_DURATION_MS).min(MAX_MS);
        let milestones = [
            ("left_queue_ms", self.left_queue_ms),
            ("answered_ms", self.answered_ms),
            ("released_ms", self.released_ms),
            ("wrapped_up_ms", self.wrapped_up_ms),
        ];
        for (name, at) in milestones {
            if let Some(at) = at
                && at > last
            {
                return Err(Error::range(name, arrived, last, at));
            }
        }
        if !(0..=MAX_DURATION_MS).contains(&self.hold_ms) {
            return Err(Error::range("hold_ms", 0, MAX_DURATION_MS, self.hold_ms));
        }
        Ok(())
    }

    fn check_order(&self) -> Result<(), Error> {
        let arrived = Some(self.arrived_ms);
        let pairs = [
            ("arrived", arrived, "left_queue", self.left_queue_ms),
            ("arrived", arrived, "answered", self.answered_ms),
            ("arrived", arrived, "released", self.released_ms),
            ("answered", self.answered_ms, "released", self.released_ms),
            (
                "released",
                self.released_ms,
                "wrapped_up",
                self.wrapped_up_ms,
            ),
        ];
        for (earlier, first, later, second) in pairs {
            if let (Some(first), Some(second)) = (first, second)
                && second < first
            {
                return Err(self.out_of_order(earlier, later, format!("{first} and {second} ms")));
            }
        }
        match (self.answered_ms, self.released_ms) {
            (Some(answered), Some(released)) if self.hold_ms > released - answered => {
                let given = format!("{} ms", self.hold_ms);
                Err(self.out_of_order("hold", "end of the conversation", given))
            }
            _ => Ok(()),
        }
    }

    fn out_of_order(&self, earlier: &'static str, later: &'static str, given: String) -> Error {
        ErrorKind::Order {
            what: "leg",
            earlier,
            later,
            given: format!("{given} in the leg that arrived at {} ms", self.arrived_ms),
        }
        .into()
    }

    fn check_outcome(&self) -> Result<(), Error> {
        let answered = self.outcome == Outcome::Answered;
        let why = if answered != self.answered_ms.is_some() {
            "an answered leg, and only that, has the instant of its answer"
        } else if answered && self.left_queue_ms.is_none() {
            "an answered leg has left the queue"
        } else if self.outcome == Outcome::Open && self.left_queue_ms.is_some() {
            "an open leg is still in the queue"
        } else if self.outcome == Outcome::NoAnswer && !self.kind.is_dial() {
            "only a dial can stay without answer"
        } else if self.wrapped_up_ms.is_some() && self.released_ms.is_none() {
            "wrap-up ends after the release, which is missing"
        } else {
            return Ok(());
        };
        let why = format!(
            "{why} (arrived {} ms, outcome {})",
            self.arrived_ms, self.outcome
        );
        Err(ErrorKind::Conflict {
            what: "outcome and milestones",
            why,
        }
        .into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactTable;
    use crate::id::QueueId;

    const DAY: i64 = 86_400_000;

    fn answered() -> LegRow {
        LegRow {
            outcome: Outcome::Answered,
            left_queue_ms: Some(12_000),
            answered_ms: Some(12_000),
            released_ms: Some(72_000),
            wrapped_up_ms: Some(80_000),
            ..LegRow::waiting(0, 0)
        }
    }

    fn table() -> ContactTable {
        let mut table = ContactTable::new();
        table.queue_code(&QueueId::new("sales").unwrap());
        table
    }

    #[test]
    fn a_row_reads_back_as_the_same_leg() {
        let mut table = table();
        table.push_row(&answered()).unwrap();
        let leg = table.leg(0).unwrap();
        let mut again = ContactTable::new();
        again.push(&leg);
        assert_eq!(again.leg(0), Some(leg));
        assert_eq!(table.columns().len(), 1);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let wrong = [
            (
                LegRow {
                    queue: 1,
                    ..answered()
                },
                "name.unknown",
            ),
            (
                LegRow {
                    agent: Some(0),
                    ..answered()
                },
                "name.unknown",
            ),
            (
                LegRow {
                    arrived_ms: i64::MAX,
                    ..answered()
                },
                "value.out_of_range",
            ),
            (
                LegRow {
                    wrapped_up_ms: Some(401 * DAY),
                    ..answered()
                },
                "value.out_of_range",
            ),
            (
                LegRow {
                    hold_ms: -1,
                    ..answered()
                },
                "value.out_of_range",
            ),
            (
                LegRow {
                    hold_ms: 60_001,
                    ..answered()
                },
                "time.out_of_order",
            ),
            (
                LegRow {
                    released_ms: Some(11_999),
                    ..answered()
                },
                "time.out_of_order",
            ),
            (
                LegRow {
                    answered_ms: None,
                    ..answered()
                },
                "options.conflict",
            ),
            (
                LegRow {
                    outcome: Outcome::Open,
                    answered_ms: None,
                    ..answered()
                },
                "options.conflict",
            ),
            (
                LegRow {
                    outcome: Outcome::NoAnswer,
                    answered_ms: None,
                    ..answered()
                },
                "options.conflict",
            ),
            (
                LegRow {
                    released_ms: None,
                    ..answered()
                },
                "options.conflict",
            ),
        ];
        for (row, code) in wrong {
            assert_eq!(table().push_row(&row).unwrap_err().code(), code, "{row:?}");
        }
    }
}
