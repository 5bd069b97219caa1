//! Many records of one kind: from lists of plain objects or from tables, and back into tables.

use floorwalker_arrow::{Row, TableBuilder, rows};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::errors::Result;
use crate::given::{Argument, hint, parse_instant};
use crate::input;
use crate::record::{self, Plain, Shape};
use crate::table::Table;

/// A list of records, or a table with a row for each.
#[derive(Default)]
pub(crate) struct Records(pub(crate) Vec<Row>);

impl Argument for Records {
    hint!("Records");

    const ALLOWED: &'static str =
        "a list of dicts, its text in JSON, or a table with the Arrow interface";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let is_list = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
        if is_list || value.is_instance_of::<PyString>() {
            return Ok(listed(Timed::of(value)?.or_json()?).map(Self));
        }
        let mut all = Vec::new();
        for batch in input::batches("records", value)? {
            all.extend(rows(&batch)?);
        }
        Ok(Some(Self(all)))
    }
}

fn listed(value: Value) -> Option<Vec<Row>> {
    let Value::Array(values) = value else {
        return None;
    };
    let rows = values.into_iter().map(|value| match value {
        Value::Object(fields) => Some(fields),
        _ => None,
    });
    rows.collect()
}

impl Records {
    /// The rows with their instants written in full.
    pub(crate) fn rows(self) -> Vec<Row> {
        let mut rows = self.0;
        rows.iter_mut().for_each(write_members);
        rows
    }

    /// The records, each made by its constructor.
    pub(crate) fn read<T: DeserializeOwned>(self, argument: &str) -> Result<Vec<T>> {
        self.read_as(argument, |row| row)
    }

    /// The records after a change of their shape.
    pub(crate) fn read_as<T: DeserializeOwned>(
        self,
        argument: &str,
        shape: impl Fn(Row) -> Row,
    ) -> Result<Vec<T>> {
        let rows = self.rows().into_iter().enumerate();
        rows.map(|(at, row)| {
            let made = record::read(Value::Object(shape(row)));
            made.map_err(|failure| failure.about(&format!("{argument}[{at}]")))
        })
        .collect()
    }
}

/// The members of a row, or of what lies in it, that are instants.
const INSTANTS: [&str; 5] = ["at", "start", "end", "effective", "expires"];

/// An instant may be written without seconds, or with a blank before its time of day.
fn write_members(row: &mut Row) {
    for (name, value) in row {
        if INSTANTS.contains(&name.as_str()) {
            write_in_full(value);
        }
        write_within(value);
    }
}

fn write_within(value: &mut Value) {
    match value {
        Value::Object(fields) => write_members(fields),
        Value::Array(values) => values.iter_mut().for_each(write_within),
        _ => {}
    }
}

fn write_in_full(value: &mut Value) {
    let Some(text) = value.as_str() else { return };
    if chrono::DateTime::parse_from_rfc3339(text).is_err()
        && let Ok(at) = parse_instant(text)
    {
        *value = at.to_rfc3339().into();
    }
}

/// Puts `start` and `end` of a row into its `span`.
pub(crate) fn spanned(mut row: Row) -> Row {
    if let (Some(start), Some(end)) = (row.remove("start"), row.remove("end")) {
        row.insert(
            "span".to_owned(),
            record_of([("start", start), ("end", end)]),
        );
    }
    row
}

/// An object of these fields.
pub(crate) fn record_of<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.into_iter();
    Value::Object(
        fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// A plain object in which instants are texts.
pub(crate) struct Timed(pub(crate) Value);

impl Timed {
    fn of(value: &Bound<'_, PyAny>) -> Result<Plain> {
        let mut shape = Shape {
            in_text: true,
            ..Shape::default()
        };
        shape.plain(value).map(Plain)
    }

    /// The object as a record of the library.
    pub(crate) fn record<T: DeserializeOwned>(self, argument: &str) -> Result<T> {
        Plain(self.0).record(argument)
    }
}

impl Argument for Timed {
    hint!("Record");

    const ALLOWED: &'static str = Plain::ALLOWED;

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        Ok(Some(Self(Self::of(value)?.0)))
    }
}

/// How a member of records becomes a column.
#[derive(Clone, Copy)]
pub(crate) enum As {
    Text,
    Whole,
    Flag,
    Instant,
    /// Milliseconds.
    Duration,
    /// A list of words, with blanks between them.
    Words,
}

/// Records as a table: for each column its name, where the member lies in a record (with points
/// between the steps) and what it is.
pub(crate) fn table<T: Serialize>(
    zone: &str,
    records: &[T],
    columns: &[(&str, &str, As)],
) -> Result<Table> {
    let values = records.iter().map(record::value);
    let values = values.collect::<Result<Vec<Value>>>()?;
    let mut table = TableBuilder::new();
    for &(name, place, kind) in columns {
        let cells = || values.iter().map(|value| member(value, place));
        let number = |value: Option<&Value>| value.and_then(Value::as_i64);
        table = match kind {
            As::Text => table.text(name, cells().map(|value| value.and_then(text))),
            As::Whole => table.whole(name, cells().map(number)),
            As::Flag => table.flag(name, cells().map(|value| value?.as_bool())),
            As::Instant => table.instants(name, zone, cells().map(|value| at_ms(value?))),
            As::Duration => table.durations(name, cells().map(number)),
            As::Words => table.text(name, cells().map(|value| Some(words(value?)))),
        };
    }
    Ok(Table::from(table.finish()?))
}

fn member<'a>(value: &'a Value, place: &str) -> Option<&'a Value> {
    let mut steps = place.split('.');
    let found = steps.try_fold(value, |value, step| value.get(step))?;
    Some(found).filter(|value| !value.is_null())
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) if fields.len() == 1 => fields.values().next().and_then(text),
        other => Some(other.to_string()),
    }
}

fn words(value: &Value) -> String {
    let words = value.as_array().map_or(&[][..], Vec::as_slice).iter();
    words.filter_map(text).collect::<Vec<_>>().join(" ")
}

fn at_ms(value: &Value) -> Option<i64> {
    let at = chrono::DateTime::parse_from_rfc3339(value.as_str()?).ok()?;
    Some(at.timestamp_millis())
}
