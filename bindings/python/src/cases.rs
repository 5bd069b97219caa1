//! Logs of cases of other systems: tickets, incidents, complaints.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::PathBuf;

use arrow_array::{Array as _, RecordBatch};
use floorwalker::complaint::CaseSummary;
use floorwalker_arrow::{TableBuilder, texts};
use floorwalker_cases::{CaseLog, LogMap, read};
use pyo3::prelude::*;
use serde_json::Value;

use crate::calendar::PyCalendar;
use crate::complaint::{Ages, Counting, PyComplaintTally, tally};
use crate::errors::{Failure, Result, compute};
use crate::given::{Given, Instance, Window, optional};
use crate::input::GivenTable;
use crate::record::Plain;
use crate::table::Table;

/// What was read of a log of cases. Made by ``read_cases``.
#[pyclass(frozen, name = "CaseLog", module = "floorwalker")]
pub(crate) struct PyCaseLog {
    log: CaseLog,
    map: LogMap,
}

#[pymethods]
impl PyCaseLog {
    /// One row for each case: when it was opened and closed, its topic, customer, priority,
    /// whether the standard was kept, how often it was opened again and passed on.
    fn table(&self) -> PyResult<Table> {
        Ok(self.cases()?)
    }

    /// What was odd: one row for each finding, with kind, line and what was there.
    fn findings(&self) -> PyResult<Table> {
        let findings = &self.log.findings;
        let table = TableBuilder::new()
            .text(
                "kind",
                findings.iter().map(|finding| Some(finding.kind.name())),
            )
            .whole(
                "line",
                findings
                    .iter()
                    .map(|finding| i64::try_from(finding.line).ok()),
            )
            .text(
                "given",
                findings.iter().map(|finding| Some(finding.given.as_str())),
            );
        Ok(Table::from(table.finish().map_err(Failure::from)?))
    }

    /// How many rows the log had, without the header.
    #[getter]
    fn rows(&self) -> u64 {
        self.log.rows
    }

    /// The cases counted over a window, as for ``complaint_figures``.
    #[pyo3(signature = (*, calendar, window, ages = None, repeat_days = None))]
    fn figures(
        &self,
        py: Python<'_>,
        calendar: Given<'_, Instance<PyCalendar>>,
        window: Given<'_, Window>,
        ages: Option<Given<'_, Ages>>,
        repeat_days: Option<u32>,
    ) -> PyResult<PyComplaintTally> {
        let Instance(calendar) = calendar.read("calendar")?;
        let hours = &calendar.get().0;
        let window = window.read("window")?.span(hours.hours().zone())?;
        let ages = optional("ages", ages.as_ref())?;
        let settings = Counting { ages, repeat_days }.settings(window)?;
        compute(py, || {
            let until = window.end_ms();
            let meanings = &self.map.meanings;
            let cases = self.log.cases.iter();
            let summaries = cases.map(|case| case.summary(meanings, until, hours));
            let summaries = summaries.collect::<floorwalker::Result<Vec<CaseSummary>>>()?;
            Ok(tally(&summaries, settings))
        })
    }

    fn __len__(&self) -> usize {
        self.log.cases.len()
    }

    fn __repr__(&self) -> String {
        let (cases, odd) = (self.log.cases.len(), self.log.findings.len());
        format!("<CaseLog of {cases} cases, {odd} findings>")
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().log == self.log && other.get().map == self.map)
    }

    fn __hash__(&self) -> u64 {
        self.log.rows
    }
}

impl PyCaseLog {
    fn cases(&self) -> Result<Table> {
        let each = || self.log.cases.iter();
        let zone = &self.map.time.zone;
        let standard = self.map.standard.as_ref();
        let meanings = &self.map.meanings;
        let mut table = TableBuilder::new()
            .text("case", each().map(|case| Some(&case.id)))
            .instants("opened", zone, each().map(|case| Some(case.opened_ms)))
            .instants(
                "closed",
                zone,
                each().map(|case| match &case.log {
                    Some(log) => log.closed_ms(meanings),
                    None => case.closed_ms,
                }),
            )
            .text("topic", each().map(|case| case.topic.as_ref()))
            .text("customer", each().map(|case| case.customer.as_ref()))
            .text("priority", each().map(|case| case.priority.as_ref()));
        if let Some(standard) = standard {
            let state = each().map(|case| case.standard.as_ref().map(|(_, state)| state.name()));
            table = table.text(&standard.name, state);
        }
        let log = || each().map(|case| case.log.as_ref());
        let table = table
            .whole(
                "reopened",
                each().map(|case| {
                    let counted = case.log.as_ref().map(|log| log.reopened(meanings));
                    case.reopen_count.or(counted).map(i64::from)
                }),
            )
            .whole(
                "handovers",
                log().map(|log| log.map(|log| i64::from(log.handovers()))),
            )
            .whole(
                "ping_pong",
                log().map(|log| log.map(|log| i64::from(log.ping_pong()))),
            );
        Ok(Table::from(table.finish()?))
    }
}

/// Reads a log of tickets, incidents or complaints that another system has written.
///
/// ``log`` is a CSV file with a header, or a table as for ``service_levels`` whose columns hold
/// text, numbers or timestamps. ``map`` says what its columns mean, as a plain object or in
/// JSON: the ``shape`` (``events``, one row for each change of a case, or ``cases``, one row for
/// each case); the columns ``case``, ``at``, ``word``, ``opened``, ``closed``, ``actor``,
/// ``priority``, ``topic``, ``customer``, ``reopen_count``, as far as there are such; the
/// ``standard`` with its ``column``, ``name`` and the words for ``met`` and ``breached``;
/// ``time`` with ``format`` (not needed for timestamps) and ``zone``; what stands for
/// ``missing``; and the ``meanings`` of the system's words.
///
/// What cannot be used is a finding with its line; nothing is left out in silence.
///
/// >>> import floorwalker as fw
/// >>> events = {"nr": ["1", "1", "1"], "when": ["04/05/2026 09:00", "04/05/2026 10:00", "05/05/2026 11:00"],
/// ...           "status": ["Opened", "Waiting", "Closed"]}
/// >>> log = fw.read_cases(events, {"shape": "events", "case": "nr", "at": "when", "word": "status",
/// ...     "time": {"format": "%d/%m/%Y %H:%M", "zone": "Europe/Rome"},
/// ...     "meanings": {"Opened": "working", "Waiting": "waiting_customer", "Closed": "closed"}})
/// >>> [(row["case"], str(row["closed"])) for row in log.table().to_dicts()]
/// [('1', '2026-05-05 11:00:00+02:00')]
#[pyfunction]
#[pyo3(signature = (log, map))]
pub(crate) fn read_cases(
    py: Python<'_>,
    log: GivenTable<'_>,
    map: Given<'_, Plain>,
) -> PyResult<PyCaseLog> {
    let path = log.file()?;
    let map = map.read("map")?;
    let batches = match path {
        Some(_) => Vec::new(),
        None => log.batches("log")?,
    };
    compute(py, || {
        let mut map = map.or_json().map_err(|failure| failure.about("map"))?;
        match path {
            Some(path) => {
                let map: LogMap = Plain(map).record("map")?;
                let file = opened(&path)?;
                Ok(PyCaseLog {
                    log: read(file, &map)?,
                    map,
                })
            }
            None => {
                let (text, format) = csv(&batches, &map)?;
                if let (Some(format), Some(Value::Object(time))) = (format, map.get_mut("time")) {
                    time.insert("format".to_owned(), format.into());
                }
                let map: LogMap = Plain(map).record("map")?;
                Ok(PyCaseLog {
                    log: read(text.as_bytes(), &map)?,
                    map,
                })
            }
        }
    })
}

fn opened(path: &PathBuf) -> Result<BufReader<File>> {
    let unreadable = |error: std::io::Error| {
        let message = format!("{} cannot be read: {error}", path.display());
        Failure::new("read.failed", message)
    };
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    // Spreadsheets put a mark of the byte order before the first name.
    let mut mark = [0; 3];
    let read = file.read(&mut mark).map_err(unreadable)?;
    if read < 3 || mark != [0xEF, 0xBB, 0xBF] {
        file = BufReader::new(File::open(path).map_err(unreadable)?);
    }
    Ok(file)
}

/// A table as CSV, and how its timestamps are written.
fn csv(batches: &[RecordBatch], map: &Value) -> Result<(String, Option<&'static str>)> {
    let Some(first) = batches.first() else {
        return Ok((String::new(), None));
    };
    let schema = first.schema();
    let (mut text, mut format) = (String::new(), None);
    let header = schema
        .fields()
        .iter()
        .map(|field| Some(field.name().as_str()));
    line(&mut text, header);
    for batch in batches {
        let mut columns = Vec::new();
        for (field, array) in schema.fields().iter().zip(batch.columns()) {
            let column = match texts(field.name(), array) {
                Ok(column) => column,
                Err(error) if names(map, field.name()) => return Err(error.into()),
                // Nobody asks for it.
                Err(_) => {
                    columns.push(vec![None; array.len()]);
                    continue;
                }
            };
            format = format.or(column.format);
            columns.push(column.rows);
        }
        for row in 0..batch.num_rows() {
            line(
                &mut text,
                columns.iter().map(|column| column[row].as_deref()),
            );
        }
    }
    Ok((text, format))
}

/// Whether a text stands anywhere in a map.
fn names(map: &Value, name: &str) -> bool {
    match map {
        Value::String(text) => text == name,
        Value::Array(values) => values.iter().any(|value| names(value, name)),
        Value::Object(fields) => fields.values().any(|value| names(value, name)),
        _ => false,
    }
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = Option<&'a str>>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push('"');
        text.push_str(&cell.unwrap_or_default().replace('"', "\"\""));
        text.push('"');
    }
    text.push('\n');
}
