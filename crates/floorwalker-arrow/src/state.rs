//! The state of a tally as a table, and back.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder};
use arrow_array::{ArrayRef, Int64Array, RecordBatch, StructArray};
use arrow_schema::{DataType, Field};
use floorwalker::id::QueueId;
use floorwalker::service::{IntervalTally, LeftOut, TallySettings, TallyState};
use floorwalker::time::Span;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::read::{Cells, cells};
use crate::write::TableBuilder;

/// The version of the form below.
const FORMAT: u32 = 1;

/// What the first row of a state says about all of it.
#[derive(Serialize, Deserialize)]
struct Header {
    format: u32,
    settings: TallySettings,
    window: Option<Span>,
    left_out: LeftOut,
}

/// The state of a tally as a table: one header, and one row for each queue and interval in
/// which something happened.
///
/// | column | holds |
/// |---|---|
/// | `header` | settings, window and legs left out, as JSON, in the first row; null in the others |
/// | `queue`, `start` | which queue, and when the interval begins (UTC) |
/// | `counts`, `sums` | a whole number for each name in [`TallyState::COUNTS`] and [`TallyState::SUMS`] |
/// | `categories` | legs by service-level category, for each threshold |
/// | `waits` | runs of waits, three numbers each: class, wait or bucket, legs |
///
/// All numbers are signed and of 64 bits, because some engines have no others. Tables of
/// several states may be appended, cut and shuffled by rows, and are still a state: the
/// merged one ([`TallyParts`]).
///
/// # Errors
/// None in practice; the type is that of the other tables.
pub fn tally_to_batch(tally: &IntervalTally) -> Result<RecordBatch> {
    let state = tally.to_state();
    let header = Header {
        format: FORMAT,
        settings: state.settings.clone(),
        window: state.window,
        left_out: state.left_out,
    };
    let header = serde_json::to_string(&header).map_err(|error| invalid(error.to_string()))?;
    let rows = state.len();
    let nothing = std::iter::repeat_n(None, rows);
    let queues = state
        .queue
        .iter()
        .map(|&queue| state.queues.get(queue as usize));
    let per_row = state.categories_per_row();
    let categories = state.categories.chunks(per_row.max(1));
    let counts = state
        .counts
        .iter()
        .map(|column| with_header(column.iter().copied()));
    let sums = state
        .sums
        .iter()
        .map(|column| with_header(column.iter().copied()));
    TableBuilder::new()
        .text("header", std::iter::once(Some(header)).chain(nothing))
        .text("queue", std::iter::once(None).chain(queues))
        .instants(
            "start",
            "UTC",
            std::iter::once(None).chain(state.start_ms.iter().copied().map(Some)),
        )
        .array("counts", structure(TallyState::COUNTS, counts))
        .array("sums", structure(TallyState::SUMS, sums))
        .array(
            "categories",
            lists(categories.map(|row| row.iter().map(|&legs| signed(legs)).collect())),
        )
        .array("waits", lists(waits(&state)))
        .finish()
}

/// The runs of waits of each row, three numbers each.
fn waits(state: &TallyState) -> impl Iterator<Item = Vec<i64>> {
    let mut run = 0;
    state.wait_runs.iter().map(move |&runs| {
        let these = run..run + runs as usize;
        run = these.end;
        let run = |run| {
            [
                signed(state.wait_class[run]),
                signed(state.wait[run]),
                signed(state.wait_legs[run]),
            ]
        };
        these.flat_map(run).collect()
    })
}

fn signed(number: impl Into<u64>) -> i64 {
    i64::try_from(number.into()).unwrap_or(i64::MAX)
}

/// A column with 0 in the row of the header: some libraries make floats of numbers with nulls.
fn with_header<N: Into<u64>>(numbers: impl Iterator<Item = N>) -> ArrayRef {
    let numbers = numbers.map(signed);
    Arc::new(Int64Array::from_iter_values(
        std::iter::once(0).chain(numbers),
    ))
}

fn structure(names: &[&str], columns: impl Iterator<Item = ArrayRef>) -> ArrayRef {
    let fields = names
        .iter()
        .map(|name| Arc::new(Field::new(*name, DataType::Int64, true)));
    Arc::new(StructArray::from(fields.zip(columns).collect::<Vec<_>>()))
}

fn lists(rows: impl Iterator<Item = Vec<i64>>) -> ArrayRef {
    let mut builder = ListBuilder::new(Int64Builder::new());
    builder.append(true);
    for row in rows {
        builder.values().append_slice(&row);
        builder.append(true);
    }
    Arc::new(builder.finish())
}

/// Tables of states on their way to one tally.
///
/// ```
/// use floorwalker::service::{IntervalTally, ServiceLevel, TallySettings};
/// use floorwalker::time::{Every, Grid, Zone};
/// use floorwalker_arrow::{TallyParts, tally_to_batch};
///
/// let rule: ServiceLevel = "offered(20s)".parse()?;
/// let part = IntervalTally::empty(TallySettings::new(Grid::new(Zone::utc(), Every::Hour), rule));
/// let mut parts = TallyParts::new();
/// parts.add(&tally_to_batch(&part)?)?;
/// assert_eq!(parts.finish()?, part);
/// # Ok::<(), floorwalker_arrow::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct TallyParts {
    state: Option<TallyState>,
    /// Rows that came before any header.
    waiting: Vec<RecordBatch>,
}

impl TallyParts {
    /// No parts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a table, or a piece of one.
    ///
    /// # Errors
    /// `state.invalid` or `columns.bad_value` if it is no state; `merge.mismatch` if its
    /// settings differ from those of the parts before.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<()> {
        let cells = cells(batch)?;
        for row in 0..batch.num_rows() {
            if let Some(header) = cells.header.get(row) {
                self.add_header(header)?;
            }
        }
        match &mut self.state {
            Some(state) => add_rows(state, &cells, batch.num_rows()),
            None => {
                self.waiting.push(batch.clone());
                Ok(())
            }
        }
    }

    fn add_header(&mut self, text: &str) -> Result<()> {
        let header: Header =
            serde_json::from_str(text).map_err(|error| invalid(format!("its header: {error}")))?;
        if header.format != FORMAT {
            let why = format!("format {} is not known, only {FORMAT}", header.format);
            return Err(invalid(why));
        }
        let new = TallyState::new(header.settings, header.window, header.left_out);
        let Some(state) = &mut self.state else {
            self.state = Some(new);
            return Ok(());
        };
        let (mine, theirs) = (state.settings.clone(), new.settings.clone());
        IntervalTally::empty(mine).merge(&IntervalTally::empty(theirs))?;
        state.window = [state.window, new.window]
            .into_iter()
            .flatten()
            .reduce(|a, b| a.hull(b));
        state.left_out.outside_window += new.left_out.outside_window;
        state.left_out.without_instant += new.left_out.without_instant;
        Ok(())
    }

    /// The merged tally.
    ///
    /// # Errors
    /// `state.invalid` if there was no header; as
    /// [`IntervalTally::from_state`] if the numbers are not possible.
    pub fn finish(mut self) -> Result<IntervalTally> {
        let mut state = self
            .state
            .take()
            .ok_or_else(|| invalid("it has no header".to_owned()))?;
        for batch in &self.waiting {
            add_rows(&mut state, &cells(batch)?, batch.num_rows())?;
        }
        Ok(IntervalTally::from_state(&state)?)
    }
}

/// Appends the rows of a table.
fn add_rows(state: &mut TallyState, cells: &Cells, rows: usize) -> Result<()> {
    for row in (0..rows).filter(|&row| cells.header.get(row).is_none()) {
        let queue = cells.queue(row)?;
        state.queue.push(number_of(&mut state.queues, &queue));
        state.start_ms.push(cells.start(row)?);
        for (column, given) in state.counts.iter_mut().zip(&cells.counts) {
            column.push(cells.number(given, row)?);
        }
        for (column, given) in state.sums.iter_mut().zip(&cells.sums) {
            column.push(cells.number(given, row)?);
        }
        for number in cells.list(&cells.categories, row)? {
            state.categories.push(cells.checked(number, row)?);
        }
        let waits = cells.list(&cells.waits, row)?;
        let (runs, rest) = waits.as_chunks::<3>();
        if !rest.is_empty() {
            return Err(invalid(format!(
                "row {row}: a run of waits is three numbers"
            )));
        }
        state.wait_runs.push(cells.checked(runs.len() as i64, row)?);
        for &[class, wait, legs] in runs {
            state.wait_class.push(cells.checked(class, row)?);
            state.wait.push(cells.checked(wait, row)?);
            state.wait_legs.push(cells.checked(legs, row)?);
        }
    }
    Ok(())
}

/// The number of a queue in the list, at its end if it is new.
fn number_of(queues: &mut Vec<QueueId>, queue: &QueueId) -> u32 {
    let place = queues.iter().rposition(|known| known == queue);
    let place = place.unwrap_or_else(|| {
        queues.push(queue.clone());
        queues.len() - 1
    });
    u32::try_from(place).expect("fewer than four billion queues")
}

pub(crate) fn invalid(why: String) -> Error {
    ErrorKind::State(why).into()
}
