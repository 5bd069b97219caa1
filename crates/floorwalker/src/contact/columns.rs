//! Legs in columns: borrowed slices, checked once.

use super::block::{Block, Needs};
use super::check::check;
use super::codes::Codes;
use super::column::Column;
use super::outcome::{Channel, LegKind, Outcome};
use super::rows::Rows;
use crate::error::{Error, ErrorKind};
use crate::id::{AgentId, QueueId};
use crate::time::Span;

/// When each leg stopped waiting, in the form the source has it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Exit<'a> {
    /// How long it waited. Nothing: still waiting, or not known.
    Wait(Column<'a>),
    /// When it left the queue.
    LeftAt(Column<'a>),
}

/// When each conversation ended, in the form the source has it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Release<'a> {
    /// How long they talked, without hold. Nothing: not yet over.
    Talk(Column<'a>),
    /// When it ended.
    At(Column<'a>),
}

/// When each operator had finished, in the form the source has it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum WrapUp<'a> {
    /// How long the work after the call took. Nothing: not yet over.
    Lasting(Column<'a>),
    /// When it ended.
    At(Column<'a>),
}

/// What is known of a batch of legs, before it is checked: fill in the columns
/// at hand, then call [`check`](Self::check).
///
/// Only `queue` and `arrived` are needed. What is absent is taken so:
/// * `outcome`: answered where there is an answer or, with neither, where the
///   leg left the queue; otherwise open.
/// * `kind`: inbound; `channel`: voice; `hold`: none.
/// * `exit`: from `answered_at`; `answered_at`: when it left the queue.
/// * `release`: no conversation is over, so handling times are undefined.
/// * `wrap_up`: no work after the call.
#[derive(Clone, Debug)]
pub struct ContactBatch<'a> {
    /// The queue of each leg.
    pub queue: Codes<'a, QueueId>,
    /// When it entered the queue, or when the dial began.
    pub arrived: Column<'a>,
    /// When it stopped waiting.
    pub exit: Option<Exit<'a>>,
    /// When an operator was connected, where that differs from leaving the queue.
    pub answered_at: Option<Column<'a>>,
    /// How it ended.
    pub outcome: Option<Codes<'a, Outcome>>,
    /// What began it.
    pub kind: Option<Codes<'a, LegKind>>,
    /// The medium.
    pub channel: Option<Codes<'a, Channel>>,
    /// When the conversation ended.
    pub release: Option<Release<'a>>,
    /// Time on hold inside the conversation.
    pub hold: Option<Column<'a>>,
    /// When the work after the call ended.
    pub wrap_up: Option<WrapUp<'a>>,
    /// The operator; null where there was none.
    pub agent: Option<Codes<'a, AgentId>>,
    /// 1 where an answered leg ended in a transfer.
    pub transferred_out: Option<Column<'a>>,
    /// 1 where a requested call-back was later answered.
    pub callback_done: Option<Column<'a>>,
    /// How often it rang without being taken.
    pub ring_no_answers: Option<Column<'a>>,
    /// When the contact reached the centre.
    pub reached: Option<Column<'a>>,
    /// When the customer asked for an operator.
    pub asked: Option<Column<'a>>,
}

impl<'a> ContactBatch<'a> {
    /// A batch of which only queues and arrivals are known.
    #[must_use]
    pub fn new(queue: Codes<'a, QueueId>, arrived: Column<'a>) -> Self {
        Self {
            queue,
            arrived,
            exit: None,
            answered_at: None,
            outcome: None,
            kind: None,
            channel: None,
            release: None,
            hold: None,
            wrap_up: None,
            agent: None,
            transferred_out: None,
            callback_done: None,
            ring_no_answers: None,
            reached: None,
            asked: None,
        }
    }

    /// Checks every row and seals the batch. One pass over the columns.
    ///
    /// # Errors
    /// `columns.length_mismatch`, or `columns.bad_value` naming the column and
    /// the first row that cannot be: an instant outside the years 1 to 9999, a
    /// negative or absurd duration, a code without a term, milestones out of
    /// order, an outcome that contradicts the milestones.
    pub fn check(self) -> Result<ContactColumns<'a>, Error> {
        let expected = self.arrived.len();
        for (column, one) in self.lengths() {
            if let Some(given) = one.map(|one| one.len())
                && given != expected
            {
                return Err(ErrorKind::ColumnLength {
                    column,
                    given,
                    reference: "arrived",
                    expected,
                }
                .into());
            }
        }
        let columns = ContactColumns {
            batch: self,
            span: None,
        };
        let span = check(&columns)?;
        Ok(ContactColumns { span, ..columns })
    }

    fn lengths(&self) -> [(&'static str, Option<Column<'a>>); 15] {
        let exit = self.exit.map(|exit| match exit {
            Exit::Wait(column) | Exit::LeftAt(column) => column,
        });
        let release = self.release.map(|release| match release {
            Release::Talk(column) | Release::At(column) => column,
        });
        let wrap_up = self.wrap_up.map(|wrap_up| match wrap_up {
            WrapUp::Lasting(column) | WrapUp::At(column) => column,
        });
        [
            ("queue", Some(self.queue.column())),
            ("exit", exit),
            ("answered_at", self.answered_at),
            ("outcome", self.outcome.as_ref().map(Codes::column)),
            ("kind", self.kind.as_ref().map(Codes::column)),
            ("channel", self.channel.as_ref().map(Codes::column)),
            ("release", release),
            ("hold", self.hold),
            ("wrap_up", wrap_up),
            ("agent", self.agent.as_ref().map(Codes::column)),
            ("transferred_out", self.transferred_out),
            ("callback_done", self.callback_done),
            ("ring_no_answers", self.ring_no_answers),
            ("reached", self.reached),
            ("asked", self.asked),
        ]
    }
}

/// A checked batch of legs in borrowed columns.
///
/// Invariants: all columns have the same length; every row is a possible leg
/// (see [`ContactBatch::check`]).
///
/// ```
/// use floorwalker::contact::{Codes, Column, ContactBatch, Exit, TimeUnit};
/// use floorwalker::id::QueueId;
///
/// let arrived: Vec<i64> = vec![1_772_442_000_000, 1_772_442_030_000];
/// let queue: Vec<u8> = vec![0, 0];
/// let waits: Vec<i32> = vec![12, 40];
/// let mut batch = ContactBatch::new(
///     Codes::new(Column::new(&queue), [QueueId::new("sales")?]),
///     Column::new(&arrived),
/// );
/// batch.exit = Some(Exit::Wait(Column::new(&waits).with_unit(TimeUnit::Second)));
/// let columns = batch.check()?;
/// assert_eq!(columns.len(), 2);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ContactColumns<'a> {
    batch: ContactBatch<'a>,
    span: Option<Span>,
}

impl<'a> ContactColumns<'a> {
    /// How many legs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.batch.arrived.len()
    }

    /// Whether there are no legs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns themselves.
    #[must_use]
    pub fn batch(&self) -> &ContactBatch<'a> {
        &self.batch
    }

    /// From the first arrival to the last milestone of any leg. `None` without legs.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// The queues that the codes stand for.
    #[must_use]
    pub fn queues(&self) -> &[QueueId] {
        self.batch.queue.terms()
    }

    /// The operators that the codes stand for.
    #[must_use]
    pub fn agents(&self) -> &[AgentId] {
        self.batch
            .agent
            .as_ref()
            .map_or(&[], |agents| agents.terms())
    }

    /// Calls `each` with the rows, block by block, as far as they are needed.
    pub(crate) fn for_each_block(&self, needs: Needs, mut each: impl FnMut(&Block)) {
        let mut block = Block::new(needs, self);
        let mut start = 0;
        while start < self.len() {
            block.load(self, Rows::From(start));
            each(&block);
            start += block.len();
        }
    }
}
