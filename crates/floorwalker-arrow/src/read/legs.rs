//! Legs out of a table.

use arrow_array::RecordBatch;
use floorwalker::contact::{Codes, ContactBatch, ContactColumns, Exit, Release, WrapUp};
use floorwalker::id::QueueId;
use floorwalker::time::Zone;

use super::map::ColumnMap;
use super::names::{Names, Term};
use super::numbers::Numbers;
use crate::error::Result;

/// Reads batches of a table as legs.
///
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, TimestampSecondArray};
/// use floorwalker_arrow::{ColumnMap, LegReader};
///
/// let arrived = TimestampSecondArray::from(vec![1_772_442_000, 1_772_442_030]).with_timezone("UTC");
/// let batch = RecordBatch::try_from_iter([
///     ("queue", Arc::new(StringArray::from(vec!["sales", "care"])) as ArrayRef),
///     ("arrived", Arc::new(arrived) as ArrayRef),
///     ("wait", Arc::new(Float64Array::from(vec![12.5, 40.0])) as ArrayRef),
/// ])?;
/// let legs = LegReader::new(ColumnMap::legs()).read(&batch)?;
/// assert_eq!(legs.columns()?.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LegReader {
    map: ColumnMap,
    naive: Option<Zone>,
    only_queue: Option<QueueId>,
    agents: bool,
}

impl LegReader {
    /// Reads the columns that `map` names; timestamps need a zone, and the table a column of queues.
    #[must_use]
    pub fn new(map: ColumnMap) -> Self {
        Self {
            map,
            naive: None,
            only_queue: None,
            agents: true,
        }
    }

    /// The same, but timestamps without a zone are local times of `zone`. One that does not
    /// exist there, or exists twice, is an error.
    #[must_use]
    pub fn with_naive(self, zone: Zone) -> Self {
        let naive = Some(zone);
        Self { naive, ..self }
    }

    /// The same, but in a table without a column of queues every leg is in `queue`.
    #[must_use]
    pub fn with_only_queue(self, queue: QueueId) -> Self {
        let only_queue = Some(queue);
        Self { only_queue, ..self }
    }

    /// The same without the operators, for questions that are not about them.
    #[must_use]
    pub fn without_agents(self) -> Self {
        Self {
            agents: false,
            ..self
        }
    }

    /// Finds and converts the columns of a batch. Numbers and dictionaries are not copied.
    ///
    /// # Errors
    /// `columns.missing` if a column that is needed or was named is not there;
    /// `columns.bad_type` if one holds something else than it should; `columns.bad_value`
    /// with the row of a timestamp without zone that is not one instant.
    pub fn read(&self, batch: &RecordBatch) -> Result<LegBatch> {
        let find = |role| self.map.find(role, batch);
        let instants = |role| -> Result<Option<Numbers>> {
            let found = find(role)?;
            found
                .map(|found| Numbers::instants(&found, self.naive.as_ref()))
                .transpose()
        };
        let durations = |role| -> Result<Option<Numbers>> {
            find(role)?
                .map(|found| Numbers::durations(&found))
                .transpose()
        };
        // Of two columns that say the same, the instant.
        let either = |instant, duration| -> Result<Option<Length>> {
            Ok(match instants(instant)? {
                Some(at) => Some(Length::At(at)),
                None => durations(duration)?.map(Length::Lasting),
            })
        };
        let names = |role| -> Result<Option<Names>> {
            find(role)?.map(|found| Names::new(&found)).transpose()
        };
        let flags = |role| -> Result<Option<Numbers>> {
            find(role)?.map(|found| Numbers::flags(&found)).transpose()
        };
        Ok(LegBatch {
            queue: self.queue(batch)?,
            arrived: Numbers::instants(&self.map.need("arrived", batch)?, self.naive.as_ref())?,
            exit: either("left_queue", "wait")?,
            answered: instants("answered")?,
            outcome: names("outcome")?,
            kind: names("kind")?,
            channel: names("channel")?,
            release: either("released", "talk")?,
            hold: durations("hold")?,
            wrap_up: either("wrapped_up", "wrap_up")?,
            agent: find("agent")?
                .filter(|_| self.agents)
                .map(|found| Names::optional(&found))
                .transpose()?,
            transferred_out: flags("transferred_out")?,
            callback_done: flags("callback_done")?,
            ring_no_answers: find("ring_no_answers")?
                .map(|found| Numbers::counts(&found))
                .transpose()?,
            reached: instants("reached")?,
            asked: instants("asked")?,
        })
    }

    fn queue(&self, batch: &RecordBatch) -> Result<Names> {
        match (self.map.find("queue", batch)?, &self.only_queue) {
            (Some(found), _) => Names::new(&found),
            (None, Some(queue)) => Ok(Names::constant(queue.as_str(), batch.num_rows())),
            (None, None) => Names::new(&self.map.need("queue", batch)?),
        }
    }
}

/// A milestone as the source has it.
#[derive(Debug)]
enum Length {
    /// When it was.
    At(Numbers),
    /// How long it took from the one before.
    Lasting(Numbers),
}

/// The columns of one batch of legs, owned or shared with the table they came from.
#[derive(Debug)]
pub struct LegBatch {
    queue: Names,
    arrived: Numbers,
    exit: Option<Length>,
    answered: Option<Numbers>,
    outcome: Option<Names>,
    kind: Option<Names>,
    channel: Option<Names>,
    release: Option<Length>,
    hold: Option<Numbers>,
    wrap_up: Option<Length>,
    agent: Option<Names>,
    transferred_out: Option<Numbers>,
    callback_done: Option<Numbers>,
    ring_no_answers: Option<Numbers>,
    reached: Option<Numbers>,
    asked: Option<Numbers>,
}

impl LegBatch {
    /// Checks every row and lends the columns to the library.
    ///
    /// # Errors
    /// `columns.bad_value` naming the column and the row of the first name that is none
    /// and of the first leg that cannot be, as
    /// [`ContactBatch::check`](floorwalker::contact::ContactBatch::check).
    pub fn columns(&self) -> Result<ContactColumns<'_>> {
        let mut batch = ContactBatch::new(self.queue.codes()?, self.arrived.column());
        batch.exit = self.exit.as_ref().map(|exit| match exit {
            Length::At(at) => Exit::LeftAt(at.column()),
            Length::Lasting(wait) => Exit::Wait(wait.column()),
        });
        batch.release = self.release.as_ref().map(|release| match release {
            Length::At(at) => Release::At(at.column()),
            Length::Lasting(talk) => Release::Talk(talk.column()),
        });
        batch.wrap_up = self.wrap_up.as_ref().map(|wrap_up| match wrap_up {
            Length::At(at) => WrapUp::At(at.column()),
            Length::Lasting(work) => WrapUp::Lasting(work.column()),
        });
        batch.outcome = coded(&self.outcome)?;
        batch.kind = coded(&self.kind)?;
        batch.channel = coded(&self.channel)?;
        batch.agent = coded(&self.agent)?;
        batch.answered_at = self.answered.as_ref().map(Numbers::column);
        batch.hold = self.hold.as_ref().map(Numbers::column);
        batch.transferred_out = self.transferred_out.as_ref().map(Numbers::column);
        batch.callback_done = self.callback_done.as_ref().map(Numbers::column);
        batch.ring_no_answers = self.ring_no_answers.as_ref().map(Numbers::column);
        batch.reached = self.reached.as_ref().map(Numbers::column);
        batch.asked = self.asked.as_ref().map(Numbers::column);
        Ok(batch.check()?)
    }
}

fn coded<T: Term>(names: &Option<Names>) -> Result<Option<Codes<'_, T>>> {
    names.as_ref().map(Names::codes).transpose()
}
