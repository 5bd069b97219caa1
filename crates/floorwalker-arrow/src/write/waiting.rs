//! How many contacts were waiting, as a long, tidy table.

use std::collections::BTreeSet;

use floorwalker::contact::ContactColumns;
use floorwalker::id::QueueId;
use floorwalker::service::WaitingLine;
use floorwalker::time::Intervals;

use super::figures::Grouping;
use super::writer::{Batches, Cell, Kind, TableWriter};
use crate::error::Result;

/// How many contacts were waiting at the start of each interval (`waiting_at_start`), and at
/// most during it (`waiting_max`), as a table with the columns of [`figures`](super::figures).
///
/// # Errors
/// None in practice; the type is that of the other tables.
pub fn waiting(
    columns: &[ContactColumns<'_>],
    intervals: &Intervals,
    by: Grouping,
) -> Result<Batches> {
    let line = WaitingLine::of(columns);
    let queues: BTreeSet<&QueueId> = columns.iter().flat_map(|batch| batch.queues()).collect();
    let groups: Vec<Option<&QueueId>> = match by {
        Grouping::Queue => queues.into_iter().map(Some).collect(),
        Grouping::Pooled => vec![None],
    };
    let columns = match by {
        Grouping::Queue => &COLUMNS[..],
        Grouping::Pooled => &COLUMNS[1..],
    };
    let mut table = TableWriter::new(intervals.grid().zone().name(), columns);
    for queue in groups {
        for interval in intervals.iter() {
            let (span, label) = (interval.span(), interval.label());
            let figures = [
                ("waiting_at_start", line.at(queue, span.start())?),
                ("waiting_max", line.most(queue, span)?),
            ];
            for (figure, count) in figures {
                let whole = i64::try_from(count).unwrap_or(i64::MAX);
                #[allow(clippy::cast_precision_loss, reason = "there are few people in a line")]
                let row = [
                    queue.map(QueueId::as_str).into(),
                    Cell::Number(span.start_ms()),
                    Cell::Number(span.end_ms()),
                    label.as_str().into(),
                    figure.into(),
                    "count".into(),
                    Cell::Number(whole),
                    Cell::Number(1),
                    Cell::Float(whole as f64),
                ];
                table.push(if queue.is_some() { &row } else { &row[1..] });
            }
        }
    }
    table.finish()
}

const COLUMNS: [(&str, Kind); 9] = [
    ("queue", Kind::Term),
    ("start", Kind::Instant),
    ("end", Kind::Instant),
    ("interval", Kind::Text),
    ("figure", Kind::Term),
    ("unit", Kind::Term),
    ("numerator", Kind::Whole),
    ("denominator", Kind::Whole),
    ("value", Kind::Float),
];
