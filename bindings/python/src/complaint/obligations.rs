//! What is due, as a table.

use floorwalker::complaint::ObligationReading;
use floorwalker_arrow::TableBuilder;

use crate::errors::Result;
use crate::record;
use crate::table::Table;

/// One row for each obligation.
pub(super) fn table(readings: &[ObligationReading]) -> Result<Table> {
    let mut natures = Vec::new();
    for reading in readings {
        let nature = record::value(&reading.nature)?;
        natures.push(nature.as_str().map(str::to_owned));
    }
    let each = || readings.iter();
    let table = TableBuilder::new()
        .text("name", each().map(|reading| Some(reading.name.as_str())))
        .text("nature", natures)
        .text("state", each().map(|reading| Some(reading.state.name())))
        .durations("elapsed", each().map(|reading| Some(reading.elapsed_ms)))
        .durations("target", each().map(|reading| Some(reading.target_ms)))
        .instants("due", "UTC", each().map(|reading| reading.due_ms))
        .text(
            "last_day",
            each().map(|reading| reading.last_day.map(|day| day.to_string())),
        )
        .whole("runs", each().map(|reading| Some(i64::from(reading.runs))));
    Ok(Table::from(table.finish()?))
}
