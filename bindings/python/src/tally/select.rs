//! A part of a tally: some queues, some time.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use floorwalker::id::QueueId;
use floorwalker::service::{Explanation, IntervalTally, Tally, Verdict};
use floorwalker::time::Span;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::errors::{Failure, Result};
use crate::figure::PyFigure;
use crate::given::Window;

/// Some queues and some time of a tally.
pub(crate) struct Selection {
    tally: Arc<IntervalTally>,
    queues: Vec<QueueId>,
    span: Span,
}

impl Selection {
    pub(super) fn new(
        tally: &Arc<IntervalTally>,
        queues: Option<Vec<QueueId>>,
        at: Option<DateTime<Utc>>,
        window: Option<Window>,
    ) -> Result<Self> {
        let intervals = tally.intervals();
        let span = match (at, window) {
            (None, None) => intervals.window(),
            (Some(_), Some(_)) => {
                let message =
                    "arguments at and window cannot be given together: each says which time";
                return Err(Failure::new("options.conflict", message));
            }
            (None, Some(window)) => window.span(tally.settings().grid().zone())?,
            (Some(at), None) => interval_at(tally, at)?,
        };
        let all = || tally.queues().into_iter().cloned().collect();
        Ok(Self {
            tally: Arc::clone(tally),
            queues: queues.unwrap_or_else(all),
            span,
        })
    }

    pub(crate) fn tally(&self) -> Result<Tally> {
        Ok(self.tally.pooled_over(&self.queues, self.span)?)
    }
}

fn interval_at(tally: &IntervalTally, at: DateTime<Utc>) -> Result<Span> {
    let intervals = tally.intervals();
    let found = intervals.index_of_ms(at.timestamp_millis());
    let interval = found.and_then(|index| intervals.get(index));
    interval.map(|interval| interval.span()).ok_or_else(|| {
        let window = intervals.window();
        let message = format!(
            "argument at must be inside {window}, given {}",
            at.to_rfc3339()
        );
        Failure::new("value.out_of_range", message)
    })
}

/// An explanation as the class of Python.
pub(crate) fn explanation<'py>(
    py: Python<'py>,
    explained: &Explanation,
) -> PyResult<Bound<'py, PyAny>> {
    let module = py.import("floorwalker._explain")?;
    let lines = explained.lines().iter().map(|line| {
        let verdict = match line.verdict {
            Verdict::For => "for",
            Verdict::Against => "against",
            Verdict::LeftOut => "left out",
        };
        let parts = (verdict, line.legs, line.category.to_string());
        module.getattr("ExplanationLine")?.call1(parts)
    });
    let lines = lines.collect::<PyResult<Vec<_>>>()?;
    let queues = explained.scope().queues().iter().map(QueueId::as_str);
    module.getattr("Explanation")?.call1((
        PyFigure(explained.figure().clone()),
        PyTuple::new(py, queues.collect::<Vec<_>>())?,
        PyTuple::new(py, lines)?,
        explained.to_string(),
    ))
}
