//! Reading a log by its map.

use std::collections::BTreeMap;
use std::io::Read as Input;

use csv::StringRecord;
use floorwalker::complaint::{LogCase, LogEntry, ObligationState};
use floorwalker::id::{ActorId, CaseId, Label};

use crate::case_record::CaseRecord;
use crate::error::ReadError;
use crate::finding::{Finding, FindingKind};
use crate::map::{LogMap, Shape};
use crate::time::{Read, Times};

/// What was read of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseLog {
    /// The cases, in the order in which their numbers sort.
    pub cases: Vec<CaseRecord>,
    /// What was odd, in order of lines.
    pub findings: Vec<Finding>,
    /// How many rows there were, without the header.
    pub rows: u64,
}

/// Reads a log from CSV with a header. Bytes that are no UTF-8 are replaced.
///
/// # Errors
/// [`ReadError`] if the map lacks a column, the log has no such column, or it is no table.
pub fn read(input: impl Input, map: &LogMap) -> Result<CaseLog, ReadError> {
    map.check()?;
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = table.byte_headers()?.clone();
    let header: Vec<String> = header
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect();
    let columns = Columns::find(map, &header)?;
    let mut reading = Reading {
        map,
        columns,
        times: Times::new(&map.time)?,
        log: CaseLog::default(),
        cases: BTreeMap::new(),
    };
    let mut row = csv::ByteRecord::new();
    while table.read_byte_record(&mut row)? {
        let line = row.position().map_or(0, csv::Position::line);
        reading.row(line, &StringRecord::from_byte_record_lossy(row.clone()));
    }
    Ok(reading.finish())
}

/// Where the columns of a map stand.
struct Columns {
    case: usize,
    at: Option<usize>,
    word: Option<usize>,
    opened: Option<usize>,
    closed: Option<usize>,
    actor: Option<usize>,
    priority: Option<usize>,
    topic: Option<usize>,
    customer: Option<usize>,
    standard: Option<usize>,
    reopen_count: Option<usize>,
}

impl Columns {
    fn find(map: &LogMap, header: &[String]) -> Result<Self, ReadError> {
        let place = |name: &str| {
            let found = header.iter().position(|known| known == name);
            found.ok_or_else(|| ReadError::Column {
                name: name.to_owned(),
                known: header.to_vec(),
            })
        };
        let maybe = |name: &Option<String>| name.as_deref().map(place).transpose();
        Ok(Self {
            case: place(&map.case)?,
            at: maybe(&map.at)?,
            word: maybe(&map.word)?,
            opened: maybe(&map.opened)?,
            closed: maybe(&map.closed)?,
            actor: maybe(&map.actor)?,
            priority: maybe(&map.priority)?,
            topic: maybe(&map.topic)?,
            customer: maybe(&map.customer)?,
            standard: map
                .standard
                .as_ref()
                .map(|standard| place(&standard.column))
                .transpose()?,
            reopen_count: maybe(&map.reopen_count)?,
        })
    }
}

/// A case while it is read.
#[derive(Default)]
struct Gathered {
    record: CaseRecord,
    entries: Vec<LogEntry>,
    opened_ms: Option<i64>,
}

struct Reading<'a> {
    map: &'a LogMap,
    columns: Columns,
    times: Times<'a>,
    log: CaseLog,
    cases: BTreeMap<CaseId, Gathered>,
}

impl Reading<'_> {
    fn row(&mut self, line: u64, row: &StringRecord) {
        self.log.rows += 1;
        let number = self.text(row, Some(self.columns.case)).unwrap_or_default();
        let Ok(id) = CaseId::new(&number) else {
            return self.find(FindingKind::NoCase, line, &number);
        };
        let needed = if self.map.shape == Shape::Events {
            self.columns.at
        } else {
            self.columns.opened
        };
        let text = self.text(row, needed).unwrap_or_default();
        let Some(at_ms) = self.time(line, &text, FindingKind::NoTime) else {
            return;
        };
        let entry = self.entry(line, row, at_ms);
        if self.map.shape == Shape::Events && entry.is_none() {
            return;
        }
        let opened_ms = self.optional_time(line, row, self.columns.opened);
        let closed_ms = self.optional_time(line, row, self.columns.closed);
        let standard = self.standard(line, row);
        let texts = [
            self.columns.topic,
            self.columns.customer,
            self.columns.priority,
        ];
        let [topic, customer, priority] = texts.map(|column| self.name(line, row, column));
        let reopens = self
            .text(row, self.columns.reopen_count)
            .and_then(|text| text.parse::<u32>().ok());
        let case = self.cases.entry(id).or_default();
        case.entries.extend(entry);
        case.opened_ms = opened_ms.or(case.opened_ms);
        let record = &mut case.record;
        record.id = number;
        record.closed_ms = closed_ms.or(record.closed_ms);
        record.topic = topic.or(record.topic.take());
        record.customer = customer.or(record.customer.take());
        record.priority = priority.or(record.priority.take());
        record.standard = standard.or(record.standard.take());
        record.reopen_count = reopens.max(record.reopen_count);
    }

    fn find(&mut self, kind: FindingKind, line: u64, given: &str) {
        let given = given.chars().take(80).collect();
        self.log.findings.push(Finding { kind, line, given });
    }

    /// What stands in a column, unless it stands for nothing.
    fn text(&self, row: &StringRecord, column: Option<usize>) -> Option<String> {
        let text = row.get(column?)?.trim();
        let is_missing = text.is_empty() || self.map.missing.iter().any(|missing| missing == text);
        (!is_missing).then(|| text.to_owned())
    }

    /// What stands in a column, if it is an identifier.
    fn name(&mut self, line: u64, row: &StringRecord, column: Option<usize>) -> Option<String> {
        let text = self.text(row, column)?;
        if Label::new(&text).is_err() {
            self.find(FindingKind::BadWord, line, &text);
            return None;
        }
        Some(text)
    }

    fn time(&mut self, line: u64, text: &str, otherwise: FindingKind) -> Option<i64> {
        match self.times.read(text) {
            Read::At(at_ms) => Some(at_ms),
            Read::Moved(at_ms) => {
                self.find(FindingKind::MissingLocalTime, line, text);
                Some(at_ms)
            }
            Read::Not => {
                self.find(otherwise, line, text);
                None
            }
        }
    }

    fn optional_time(
        &mut self,
        line: u64,
        row: &StringRecord,
        column: Option<usize>,
    ) -> Option<i64> {
        let text = self.text(row, column)?;
        self.time(line, &text, FindingKind::BadTime)
    }

    fn entry(&mut self, line: u64, row: &StringRecord, at_ms: i64) -> Option<LogEntry> {
        if self.map.shape == Shape::Cases {
            return None;
        }
        // A row without a word still says who has the case.
        let word = self
            .text(row, self.columns.word)
            .unwrap_or_else(|| "-".to_owned());
        let Ok(word) = Label::new(&word) else {
            self.find(FindingKind::BadWord, line, &word);
            return None;
        };
        let actor = self
            .name(line, row, self.columns.actor)
            .and_then(|name| ActorId::new(name).ok());
        let priority = self
            .text(row, self.columns.priority)
            .and_then(|name| Label::new(name).ok());
        Some(LogEntry {
            at_ms,
            word,
            actor,
            priority,
        })
    }

    fn standard(&mut self, line: u64, row: &StringRecord) -> Option<(String, ObligationState)> {
        let standard = self.map.standard.as_ref()?;
        let text = self.text(row, self.columns.standard)?;
        let state = if standard.met.contains(&text) {
            ObligationState::Met
        } else if standard.breached.contains(&text) {
            ObligationState::Breached
        } else {
            self.find(FindingKind::UnknownStandard, line, &text);
            ObligationState::Running
        };
        Some((standard.name.clone(), state))
    }

    fn finish(mut self) -> CaseLog {
        for (id, case) in self.cases {
            let mut record = case.record;
            let log = LogCase::new(id, case.entries);
            let log = log.map(|log| match case.opened_ms {
                Some(opened_ms) => log.with_opened_ms(opened_ms),
                None => log,
            });
            let log = log.map(|log| match record.closed_ms {
                Some(closed_ms) => log.with_closed_ms(closed_ms),
                None => log,
            });
            record.opened_ms = log
                .as_ref()
                .map_or(case.opened_ms.unwrap_or_default(), LogCase::opened_ms);
            record.closed_ms = record.closed_ms.or_else(|| {
                log.as_ref()
                    .and_then(|log| log.closed_ms(&self.map.meanings))
            });
            record.log = log;
            self.log.cases.push(record);
        }
        self.log
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = r#"{
        "shape": "events", "case": "id", "at": "at", "word": "state", "actor": "group",
        "time": {"format": "%d/%m/%Y %H:%M", "zone": "Europe/Rome"},
        "standard": {"column": "sla", "name": "sla", "met": ["true"], "breached": ["false"]},
        "missing": ["?"], "meanings": {"New": "working", "Closed": "closed"}
    }"#;

    #[test]
    fn odd_rows_are_found() {
        let csv = "id,at,state,group,sla\n\
            1,04/05/2026 09:00,New,A,true\n\
            ?,04/05/2026 09:00,New,A,true\n\
            1,soon,New,A,true\n\
            2,29/03/2026 02:30,New,?,maybe\n\
            1,05/05/2026 09:00,Closed,B,false\n";
        let log = read(csv.as_bytes(), &LogMap::from_json(MAP).unwrap()).unwrap();
        let found: Vec<(u64, &str)> = log
            .findings
            .iter()
            .map(|finding| (finding.line, finding.kind.name()))
            .collect();
        assert_eq!(
            found,
            [
                (3, "no_case"),
                (4, "no_time"),
                (5, "missing_local_time"),
                (5, "unknown_standard")
            ]
        );
        assert_eq!((log.rows, log.cases.len()), (5, 2));
        assert_eq!(
            log.cases[0].closed_ms.unwrap() - log.cases[0].opened_ms,
            86_400_000
        );
        assert_eq!(
            log.cases[0].standard,
            Some(("sla".to_owned(), ObligationState::Breached))
        );
        assert_eq!(log.cases[0].log.as_ref().unwrap().handovers(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let map = LogMap::from_json(MAP).unwrap();
        assert_eq!(
            read("id,when\n".as_bytes(), &map).unwrap_err().code(),
            "cases.no_column"
        );
        let incomplete = LogMap {
            word: None,
            ..map.clone()
        };
        assert_eq!(
            read("id,at\n".as_bytes(), &incomplete).unwrap_err().code(),
            "cases.map_incomplete"
        );
        assert_eq!(LogMap::from_json("{").unwrap_err().code(), "cases.map");
        let mut nowhere = map;
        nowhere.time.zone = "Europe/Rom".to_owned();
        assert_eq!(
            read("id,at,state,group,sla\n".as_bytes(), &nowhere)
                .unwrap_err()
                .code(),
            "zone.unknown"
        );
    }
}
