//! How many contacts were waiting.

use floorwalker::contact::ContactColumns;
use floorwalker::time::{Every, Grid, Span};
use floorwalker_arrow::{LegTable, waiting as waiting_table};
use pyo3::prelude::*;

use crate::columns::{Columns, leg_reader};
use crate::given::{By, Choice, Given, Named, Window, ZoneName, optional};
use crate::input::GivenTable;
use crate::table::Table;
use crate::watch::compute_long;

/// How many contacts were waiting, as a long table: ``waiting_at_start`` of each interval, and
/// ``waiting_max``, the most at its start or right after any arrival in it.
///
/// The arguments are those of ``service_levels``.
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> nine = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
/// >>> legs = {"queue": ["sales"] * 2, "arrived": [nine, nine.replace(minute=29)], "wait_s": [60, 120]}
/// >>> table = fw.waiting(legs, zone="UTC", every="30m", window=("2026-03-02T09:30Z", "2026-03-02T10:00Z"))
/// >>> [(row["figure"], row["numerator"]) for row in table.to_dicts()]
/// [('waiting_at_start', 1), ('waiting_max', 1)]
#[pyfunction]
#[pyo3(
    signature = (legs, *, zone, every = Choice::or("30m"), by = Choice::or("queue"), window = None, columns = None, naive = None),
    text_signature = "(legs, *, zone, every='30m', by='queue', window=None, columns=None, naive=None)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn waiting(
    py: Python<'_>,
    legs: GivenTable<'_>,
    zone: Given<'_, ZoneName>,
    every: Choice<'_, Named<Every>>,
    by: Choice<'_, By>,
    window: Option<Given<'_, Window>>,
    columns: Option<Given<'_, Columns>>,
    naive: Option<Given<'_, ZoneName>>,
) -> PyResult<Table> {
    let ZoneName(zone) = zone.read("zone")?;
    let (Named(every), By(by)) = (every.read("every")?, by.read("by")?);
    let window = optional("window", window.as_ref())?;
    let window = window.map(|window| window.span(&zone)).transpose()?;
    let reader = leg_reader(columns.as_ref(), naive.as_ref())?.without_agents();
    let batches = legs.batches("legs")?;
    let (schema, batches) = compute_long(py, |watchman| {
        let legs = LegTable::read(&batches, &reader, &mut || watchman.go_on())?;
        let columns = legs.columns(&mut || watchman.go_on())?;
        let grid = Grid::new(zone, every);
        let span = columns
            .iter()
            .filter_map(ContactColumns::span)
            .reduce(|a, b| a.hull(b));
        let intervals = match (window, span) {
            (Some(window), _) => grid.cover(window)?,
            (None, Some(span)) => grid.cover(grid.whole_days(span)?)?,
            (None, None) => grid.cover(Span::from_millis(0, 0)?)?,
        };
        Ok(waiting_table(&columns, &intervals, by)?)
    })?;
    Ok(Table::new(schema, batches))
}
