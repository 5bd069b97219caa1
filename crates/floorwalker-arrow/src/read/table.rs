//! All legs of a table, in pieces.

use arrow_array::RecordBatch;
use floorwalker::contact::ContactColumns;
use floorwalker::service::{IntervalTally, TallyBuilder, TallySettings};

use super::legs::{LegBatch, LegReader};
use crate::error::{ErrorKind, Result};

/// Rows in a piece: read, checked and counted within a few milliseconds.
const PIECE: usize = 1 << 18;

/// Is asked between two pieces whether to go on.
pub type Watch<'a> = &'a mut dyn FnMut() -> bool;

/// All legs of a table, in pieces, so that long work can show its progress and be stopped.
///
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampSecondArray};
/// use floorwalker::service::TallySettings;
/// use floorwalker::time::{Every, Grid, Zone};
/// use floorwalker_arrow::{ColumnMap, LegReader, LegTable};
///
/// let arrived = TimestampSecondArray::from(vec![1_772_442_000, 1_772_442_030]).with_timezone("UTC");
/// let batch = RecordBatch::try_from_iter([
///     ("queue", Arc::new(StringArray::from(vec!["sales", "care"])) as ArrayRef),
///     ("arrived", Arc::new(arrived) as ArrayRef),
/// ])?;
/// let reader = LegReader::new(ColumnMap::legs());
/// let legs = LegTable::read(&[batch], &reader, &mut || true)?;
/// let settings = TallySettings::new(Grid::new(Zone::utc(), Every::Day), "offered(20s)".parse()?);
/// let tally = legs.tally(settings, &mut || true)?;
/// assert_eq!(tally.total().offered(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LegTable {
    /// The number of the first row of each piece, and the piece.
    pieces: Vec<(usize, LegBatch)>,
}

impl LegTable {
    /// Finds and converts the columns of all batches.
    ///
    /// # Errors
    /// As [`LegReader::read`]; `stopped` if the watch said so.
    pub fn read(batches: &[RecordBatch], reader: &LegReader, watch: Watch<'_>) -> Result<Self> {
        let mut pieces = Vec::new();
        let mut before = 0;
        for batch in batches {
            let mut from = 0;
            // A batch without rows is read too: its columns are checked.
            while from < batch.num_rows() || from == 0 {
                go_on(watch)?;
                let rows = PIECE.min(batch.num_rows() - from);
                let piece = reader.read(&batch.slice(from, rows));
                pieces.push((before, piece.map_err(|error| error.after_rows(before))?));
                before += rows;
                from += rows.max(1);
            }
        }
        Ok(Self { pieces })
    }

    /// Checks every row and lends the columns to the library.
    ///
    /// # Errors
    /// As [`LegBatch::columns`], rows counted from the start of the table; `stopped` if the
    /// watch said so.
    pub fn columns(&self, watch: Watch<'_>) -> Result<Vec<ContactColumns<'_>>> {
        let mut all = Vec::with_capacity(self.pieces.len());
        for (first, piece) in &self.pieces {
            go_on(watch)?;
            all.push(piece.columns().map_err(|error| error.after_rows(*first))?);
        }
        Ok(all)
    }

    /// Counts the legs: [`IntervalTally::count_all`] piece by piece.
    ///
    /// # Errors
    /// As [`columns`](Self::columns) and [`TallyBuilder::over`].
    pub fn tally(&self, settings: TallySettings, watch: Watch<'_>) -> Result<IntervalTally> {
        let columns = self.columns(watch)?;
        let Some(mut builder) = TallyBuilder::over(&columns, &settings)? else {
            return Ok(IntervalTally::empty(settings));
        };
        for piece in &columns {
            go_on(watch)?;
            builder.add(piece);
        }
        Ok(builder.finish())
    }
}

fn go_on(watch: Watch<'_>) -> Result<()> {
    if watch() {
        Ok(())
    } else {
        Err(ErrorKind::Stopped.into())
    }
}
