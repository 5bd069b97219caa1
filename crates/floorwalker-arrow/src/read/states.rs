//! Operators' states out of a table.

use arrow_array::RecordBatch;
use chrono::{DateTime, Utc};
use floorwalker::contact::{AgentState, StateKind};
use floorwalker::id::AgentId;
use floorwalker::time::{Zone, instant};

use super::map::{ColumnMap, Place};
use super::names::Names;
use super::numbers::Numbers;
use crate::error::{Error, ErrorKind, Result};

/// Reads batches of a table as states of operators.
///
/// The columns are `agent`, `state`, `from`, `to` and `reason`; a state without an end
/// still lasts, and reasons may be absent.
///
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampSecondArray};
/// use floorwalker_arrow::{ColumnMap, StateReader};
///
/// let from = TimestampSecondArray::from(vec![1_772_442_000]).with_timezone("UTC");
/// let batch = RecordBatch::try_from_iter([
///     ("agent", Arc::new(StringArray::from(vec!["Anna"])) as ArrayRef),
///     ("state", Arc::new(StringArray::from(vec!["ready"])) as ArrayRef),
///     ("from", Arc::new(from) as ArrayRef),
/// ])?;
/// let states = StateReader::new(ColumnMap::states()).read(&batch)?;
/// assert_eq!(states[0].to(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct StateReader {
    map: ColumnMap,
    naive: Option<Zone>,
}

impl StateReader {
    /// Reads the columns that `map` names; timestamps need a zone.
    #[must_use]
    pub fn new(map: ColumnMap) -> Self {
        Self { map, naive: None }
    }

    /// The same, but timestamps without a zone are local times of `zone`.
    #[must_use]
    pub fn with_naive(self, zone: Zone) -> Self {
        let naive = Some(zone);
        Self { naive, ..self }
    }

    /// Reads every row.
    ///
    /// # Errors
    /// As [`LegReader::read`](super::LegReader::read); `columns.bad_value` naming the row
    /// that is no state.
    pub fn read(&self, batch: &RecordBatch) -> Result<Vec<AgentState>> {
        let need = |role| self.map.need(role, batch);
        let columns = Columns {
            agent: Names::new(&need("agent")?)?,
            state: Names::new(&need("state")?)?,
            from: Numbers::instants(&need("from")?, self.naive.as_ref())?,
            to: self
                .map
                .find("to", batch)?
                .map(|found| Numbers::instants(&found, self.naive.as_ref()))
                .transpose()?,
            reason: self
                .map
                .find("reason", batch)?
                .map(|found| Names::optional(&found))
                .transpose()?,
            place: need("state")?.place,
        };
        (0..batch.num_rows())
            .map(|row| columns.state(row))
            .collect()
    }
}

struct Columns {
    agent: Names,
    state: Names,
    from: Numbers,
    to: Option<Numbers>,
    reason: Option<Names>,
    place: Place,
}

impl Columns {
    fn state(&self, row: usize) -> Result<AgentState> {
        let (agent, kind) = (self.agent.get(row), self.state.get(row));
        let from = self.from.column().get(row);
        let (Some(agent), Some(kind), Some(from)) = (agent, kind, from) else {
            let why = "operator, state and start are needed".to_owned();
            return Err(self.bad(row, why, "nothing"));
        };
        let made = AgentId::new(agent).and_then(|agent| {
            let kind: StateKind = kind.parse()?;
            Ok((agent, kind))
        });
        let (agent, state) = made.map_err(|error| self.bad(row, error.to_string(), kind))?;
        let from = self.at(row, from)?;
        let to = self.to.as_ref().and_then(|to| to.column().get(row));
        let to = to.map(|to| self.at(row, to)).transpose()?;
        let made = AgentState::new(agent, state, from, to);
        let made = made.map_err(|error| self.bad(row, error.to_string(), kind))?;
        let reason = self.reason.as_ref().and_then(|reason| reason.get(row));
        Ok(match reason {
            Some(reason) => made.with_reason(reason),
            None => made,
        })
    }

    fn at(&self, row: usize, ms: i64) -> Result<DateTime<Utc>> {
        let why = || "not in the years 1 to 9999".to_owned();
        instant(ms).ok_or_else(|| self.bad(row, why(), &ms.to_string()))
    }

    fn bad(&self, row: usize, why: String, given: &str) -> Error {
        ErrorKind::ColumnValue {
            column: self.place.text(),
            row,
            why,
            given: given.to_owned(),
        }
        .into()
    }
}
