//! Rows of a table in either format, as texts by field.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use super::map::{FieldMap, Format};
use crate::decode;
use crate::error::{Error, Result};
use crate::finding::{FindingKind, FindingRef, Findings};
use crate::queue_log::{Line, LineNote, Lines, TakeLines};
use crate::table::{delimiter, find, missing_column, unreadable};

/// The longest line of a table in JSON lines, in bytes.
const LONGEST: usize = 1024 * 1024;

/// The texts of one row.
pub(super) struct Row<'a> {
    /// Fields that are there and not empty.
    pub(super) fields: Vec<(&'static str, Cow<'a, str>)>,
    /// Columns that are no field, if they are kept.
    pub(super) rest: BTreeMap<String, String>,
}

/// Reads every row, and hands what `take` makes of it to the caller; what it refuses
/// is a finding.
pub(super) fn each_row(
    input: impl Read,
    format: Format,
    map: &FieldMap,
    findings: &mut Findings,
    take: impl FnMut(&Row<'_>) -> Result<(), String>,
) -> Result<()> {
    match format {
        Format::Csv => each_csv_row(input, map, findings, take),
        Format::JsonLines => each_json_row(input, map, findings, take),
    }
}

fn note(findings: &mut Findings, line: u64, why: &str) {
    findings.push(&FindingRef {
        source: "table",
        line,
        kind: FindingKind::BadRow,
        detail: format_args!("{why}"),
    });
}

fn each_csv_row(
    input: impl Read,
    map: &FieldMap,
    findings: &mut Findings,
    mut take: impl FnMut(&Row<'_>) -> Result<(), String>,
) -> Result<()> {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    let delimiter = delimiter(&mut input)?;
    let mut table = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(input);
    let header: Vec<String> = table
        .byte_headers()
        .map_err(unreadable)?
        .iter()
        .map(|name| decode::text(name).trim().to_owned())
        .collect();
    let places = places(map, &header)?;
    let others: Vec<(usize, &String)> = header
        .iter()
        .enumerate()
        .filter(|&(at, _)| places.iter().all(|&(_, place)| place != at))
        .collect();
    let mut record = ByteRecord::new();
    while table.read_byte_record(&mut record).map_err(unreadable)? {
        let cell = |at: usize| {
            record
                .get(at)
                .filter(|cell| !cell.is_empty())
                .map(decode::text)
        };
        let fields = places
            .iter()
            .filter_map(|&(field, at)| Some((field, cell(at)?)));
        let mut row = Row {
            fields: fields.collect(),
            rest: BTreeMap::new(),
        };
        if map.keeps_rest() {
            let rest = others
                .iter()
                .filter_map(|&(at, name)| Some((name.clone(), cell(at)?.into_owned())));
            row.rest = rest.collect();
        }
        if let Err(why) = take(&row) {
            let line = record.position().map_or(0, csv::Position::line);
            note(findings, line, &why);
        }
    }
    Ok(())
}

/// The fields that the table has, and where. A column that was named must be there.
fn places(map: &FieldMap, header: &[String]) -> Result<Vec<(&'static str, usize)>> {
    let mut places = Vec::new();
    for field in map.fields() {
        let column = map.column(field);
        match find(header, column) {
            Some(at) => places.push((field, at)),
            None if map.is_mapped(field) || map.needed().contains(&field) => {
                return Err(missing_column(column.to_owned(), header));
            }
            None => {}
        }
    }
    Ok(places)
}

fn each_json_row(
    mut input: impl Read,
    map: &FieldMap,
    findings: &mut Findings,
    take: impl FnMut(&Row<'_>) -> Result<(), String>,
) -> Result<()> {
    let mut lines = Lines::new(LONGEST);
    let mut taker = Taker {
        map,
        findings,
        take,
    };
    let mut block = vec![0; 64 * 1024];
    loop {
        match input.read(&mut block) {
            Ok(0) => break,
            Ok(count) => lines.feed(&block[..count], &mut taker),
            Err(why) if why.kind() == std::io::ErrorKind::Interrupted => {}
            Err(why) => return Err(Error::read("the table", why)),
        }
    }
    lines.finish(&mut taker);
    Ok(())
}

struct Taker<'a, F> {
    map: &'a FieldMap,
    findings: &'a mut Findings,
    take: F,
}

impl<F: FnMut(&Row<'_>) -> Result<(), String>> TakeLines for Taker<'_, F> {
    fn take_quickly(&mut self, _: u64, _: &[u8]) -> Option<usize> {
        None
    }

    fn take(&mut self, line: Line<'_>) {
        if line.bytes.trim_ascii().is_empty() {
            return;
        }
        let taken = match line.note {
            LineNote::Cut => Err(format!("longer than {LONGEST} bytes")),
            _ => self.take_object(line.bytes),
        };
        if let Err(why) = taken {
            note(self.findings, line.number, &why);
        }
    }
}

impl<F: FnMut(&Row<'_>) -> Result<(), String>> Taker<'_, F> {
    fn take_object(&mut self, line: &[u8]) -> Result<(), String> {
        let object: Map<String, Value> =
            serde_json::from_slice(line).map_err(|error| error.to_string())?;
        let fields = self.map.fields();
        let mut row = Row {
            fields: Vec::new(),
            rest: BTreeMap::new(),
        };
        for &field in &fields {
            if let Some(text) = object.get(self.map.column(field)).and_then(text_of) {
                row.fields.push((field, text));
            }
        }
        if self.map.keeps_rest() {
            let is_field = |name: &str| fields.iter().any(|&field| self.map.column(field) == name);
            let rest = object.iter().filter(|(name, _)| !is_field(name));
            let rest =
                rest.filter_map(|(name, value)| Some((name.clone(), text_of(value)?.into_owned())));
            row.rest = rest.collect();
        }
        (self.take)(&row)
    }
}

/// A value of JSON as the text that a cell would have; nothing for null and empty texts.
fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => Some(Cow::Owned(other.to_string())),
    }
}
