//! How many contacts were waiting, in the rows of a report.

use serde::{Deserialize, Serialize};

use super::service_report::ServiceReport;
use crate::error::Error;
use crate::report::LocalSpan;
use crate::service::WaitingLine;
use crate::time::Span;

/// How many contacts were waiting in an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Waiting {
    /// At its start.
    pub at_start: u64,
    /// The most at its start or right after an arrival in it.
    pub most: u64,
}

fn span(when: &LocalSpan) -> Result<Span, Error> {
    Span::new(when.start.to_utc(), when.end.to_utc())
}

/// Fills in the rows by queue, and the pooled rows where the lines can tell.
pub(super) fn fill(report: &mut ServiceReport, lines: &WaitingLine) -> Result<(), Error> {
    let period = span(&report.subject.period)?;
    for row in &mut report.by_queue {
        row.most_waiting = Some(lines.most(Some(&row.queue), period)?);
    }
    let queue = match report.subject.queues.as_slice() {
        [only] => Some(only),
        _ if report.subject.all_queues => None,
        _ => return Ok(()),
    };
    for row in &mut report.by_interval {
        row.waiting = Some(Waiting {
            at_start: lines.at(queue, row.when.start.to_utc())?,
            most: lines.most(queue, span(&row.when)?)?,
        });
    }
    let zone = &report.subject.zone;
    for row in &mut report.by_day {
        let day = zone.day(row.day).and_then(|day| day.overlap(period));
        row.most_waiting = day.map(|day| lines.most(queue, day)).transpose()?;
    }
    Ok(())
}
