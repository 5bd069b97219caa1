//! How questions to business hours are answered, of single values and of columns.

use floorwalker::time::Zone;
use floorwalker::time::business::{NULL_MS, Timeline};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

use super::PyCalendar;
use crate::column::{Answers, Durations, Instants, Slot};
use crate::errors::{Failure, Result};
use crate::given::{Given, ZoneName, local_datetime, optional};
use crate::output::AnyColumn;
use crate::rule::timedelta;
use crate::watch::compute_long;

/// How many rows are worked on between two looks at the interpreter.
const PIECE: usize = 1 << 16;

pub(super) type Naive<'py> = Option<Given<'py, ZoneName>>;

pub(super) fn clock(naive: &Naive<'_>) -> Result<Option<Zone>> {
    let naive = optional("naive", naive.as_ref())?;
    Ok(naive.map(|ZoneName(zone)| zone))
}

impl PyCalendar {
    pub(super) fn is_open_of<'py>(
        &self,
        py: Python<'py>,
        at: &Instants<'py>,
        naive: &Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        let naive = clock(naive)?;
        let (rows, given) = match at.read("at", naive.as_ref())? {
            Slot::One(at) => return Ok(AnyColumn(self.0.is_open_ms(at).into_bound_py_any(py)?)),
            Slot::Rows(rows, given) => (rows, given),
        };
        let answers = compute_long(py, |watchman| {
            let mut answers = vec![None; rows.len()];
            for (at, out) in rows.chunks(PIECE).zip(answers.chunks_mut(PIECE)) {
                self.0.is_open_many(at, out)?;
                if !watchman.go_on() {
                    break;
                }
            }
            Ok(answers)
        })?;
        Answers::Flags(answers).like(&given, naive.as_ref())
    }

    pub(super) fn elapsed_of<'py>(
        &self,
        py: Python<'py>,
        (start, end): (&Instants<'py>, &Instants<'py>),
        naive: &Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        let naive = clock(naive)?;
        let start = start.read("start", naive.as_ref())?;
        let end = end.read("end", naive.as_ref())?;
        if let (Slot::One(start), Slot::One(end)) = (&start, &end) {
            let elapsed = chrono::TimeDelta::milliseconds(self.0.elapsed_ms(*start, *end));
            return Ok(AnyColumn(timedelta(py, elapsed)?.into_any()));
        }
        let (start, end, given) = pair(("start", start), ("end", end))?;
        let answers = self.fill(py, (&start, &end), Timeline::elapsed_many)?;
        Answers::Durations(answers).like(&given, naive.as_ref())
    }

    pub(super) fn add_of<'py>(
        &self,
        py: Python<'py>,
        (start, amount): (&Instants<'py>, &Durations<'py>),
        naive: &Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        let naive = clock(naive)?;
        let start = start.read("start", naive.as_ref())?;
        let amount = amount.read("amount", None)?;
        if let (Slot::One(start), Slot::One(amount)) = (&start, &amount) {
            let due = self.0.add_ms(*start, *amount).map_err(Failure::from)?;
            return self.single(py, Some(due.at_ms));
        }
        let (start, amount, given) = pair(("start", start), ("amount", amount))?;
        let answers = self.fill(py, (&start, &amount), Timeline::due_many)?;
        Answers::Instants(answers, self.clock().clone()).like(&given, naive.as_ref())
    }

    pub(super) fn sub_of<'py>(
        &self,
        py: Python<'py>,
        (end, amount): (&Instants<'py>, &Durations<'py>),
        naive: &Naive<'py>,
    ) -> PyResult<AnyColumn<'py>> {
        let naive = clock(naive)?;
        let end = end.read("end", naive.as_ref())?;
        let amount = amount.read("amount", None)?;
        if let (Slot::One(end), Slot::One(amount)) = (&end, &amount) {
            let start = self.0.sub_ms(*end, *amount).map_err(Failure::from)?;
            return self.single(py, Some(start));
        }
        let (end, amount, given) = pair(("end", end), ("amount", amount))?;
        let answers = self.fill(py, (&end, &amount), |hours, end, amount, out| {
            for ((&end, &amount), out) in end.iter().zip(amount).zip(out) {
                *out = if end == NULL_MS || amount == NULL_MS {
                    NULL_MS
                } else {
                    hours.sub_ms(end, amount).unwrap_or(NULL_MS)
                };
            }
            Ok(())
        })?;
        Answers::Instants(answers, self.clock().clone()).like(&given, naive.as_ref())
    }

    pub(super) fn single<'py>(&self, py: Python<'py>, ms: Option<i64>) -> PyResult<AnyColumn<'py>> {
        let made = ms
            .map(|ms| local_datetime(py, ms, self.clock()))
            .transpose()?;
        Ok(AnyColumn(made.into_bound_py_any(py)?))
    }

    pub(super) fn instant_of<'py>(
        &self,
        py: Python<'py>,
        at: &Instants<'py>,
        naive: &Naive<'py>,
        ask: fn(&Timeline, i64) -> Option<i64>,
    ) -> PyResult<AnyColumn<'py>> {
        let naive = clock(naive)?;
        let (rows, given) = match at.read("at", naive.as_ref())? {
            Slot::One(at) => return self.single(py, ask(&self.0, at)),
            Slot::Rows(rows, given) => (rows, given),
        };
        let answers = self.fill(py, (&rows, &rows), |hours, at, _, out| {
            for (&at, out) in at.iter().zip(out) {
                let at = Some(at).filter(|at| *at != NULL_MS);
                *out = at.and_then(|at| ask(hours, at)).unwrap_or(NULL_MS);
            }
            Ok(())
        })?;
        Answers::Instants(answers, self.clock().clone()).like(&given, naive.as_ref())
    }

    /// Two columns of the same length give a third.
    fn fill(
        &self,
        py: Python<'_>,
        (first, second): (&[i64], &[i64]),
        ask: impl Fn(&Timeline, &[i64], &[i64], &mut [i64]) -> floorwalker::Result<()> + Send + Sync,
    ) -> PyResult<Vec<i64>> {
        compute_long(py, |watchman| {
            let mut answers = vec![NULL_MS; first.len()];
            let pieces = first.chunks(PIECE).zip(second.chunks(PIECE));
            for ((first, second), out) in pieces.zip(answers.chunks_mut(PIECE)) {
                ask(&self.0, first, second, out)?;
                if !watchman.go_on() {
                    break;
                }
            }
            Ok(answers)
        })
    }
}

/// Two columns of the same length, and the first that was given as one.
fn pair<'py>(
    (first_name, first): (&str, Slot<'py>),
    (second_name, second): (&str, Slot<'py>),
) -> Result<(Vec<i64>, Vec<i64>, Bound<'py, PyAny>)> {
    let rows = first.rows().or(second.rows()).unwrap_or(1);
    let given = first.given().or(second.given()).cloned();
    let given = given.ok_or_else(|| Failure::new("argument.type", "neither is a column"))?;
    Ok((
        first.spread(first_name, rows)?,
        second.spread(second_name, rows)?,
        given,
    ))
}
