//! Tables as records, row by row.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use chrono::{DateTime, Days};
use floorwalker::time::Zone;
use serde_json::{Map, Value};

use super::column::{NULL_MS, found, instants};
use super::numbers::Numbers;
use super::texts::texts;
use crate::error::Result;

/// A row by the names of its columns, as JSON has it.
pub type Row = Map<String, Value>;

/// The rows of a table as JSON: text, whole numbers, flags, dates, and instants on the clock of
/// their column. What is empty in a row is not in its record.
///
/// It is meant for records that are few, such as shifts; columns of contacts are read by
/// [`LegReader`](crate::LegReader) without this detour.
///
/// # Errors
/// `columns.bad_type` for a column of another type, and for instants without a zone.
pub fn rows(batch: &RecordBatch) -> Result<Vec<Row>> {
    let mut rows = vec![Row::new(); batch.num_rows()];
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let values = values(field.name(), array)?;
        for (row, value) in rows.iter_mut().zip(values) {
            if let Some(value) = value {
                row.insert(field.name().clone(), value);
            }
        }
    }
    Ok(rows)
}

fn values(name: &str, array: &ArrayRef) -> Result<Vec<Option<Value>>> {
    Ok(match array.data_type() {
        DataType::Boolean => {
            let flags = array.as_boolean().iter();
            flags.map(|flag| flag.map(Value::from)).collect()
        }
        DataType::Timestamp(_, zone) => {
            let clock = match zone {
                Some(zone) => Zone::get(zone)?,
                None => Zone::utc(),
            };
            let written = |ms: i64| (ms != NULL_MS).then(|| clock.at_ms(ms).to_rfc3339().into());
            let ms = instants(name, array, None)?;
            ms.into_iter().map(written).collect()
        }
        DataType::Date32 => {
            let days = array.as_primitive::<arrow_array::types::Date32Type>();
            days.iter().map(|day| date(day?).map(Value::from)).collect()
        }
        kind if kind.is_integer() => {
            let numbers = Numbers::counts(&found(name, array))?;
            let column = numbers.column();
            let value = |row| column.get(row).map(Value::from);
            (0..array.len()).map(value).collect()
        }
        _ => {
            let rows = texts(name, array)?.rows.into_iter();
            rows.map(|text| text.map(Value::from)).collect()
        }
    })
}

/// A day counted from 1970, as text.
fn date(day: i32) -> Option<String> {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    let size = Days::new(day.unsigned_abs().into());
    let date = if day < 0 {
        epoch.checked_sub_days(size)
    } else {
        epoch.checked_add_days(size)
    };
    date.map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        BooleanArray, Date32Array, Float64Array, Int32Array, StringArray, TimestampSecondArray,
    };
    use serde_json::json;

    use super::*;
    use crate::TableBuilder;

    #[test]
    fn a_row_is_a_record() {
        let at = TimestampSecondArray::from(vec![Some(1_777_885_200), None]);
        let batch = TableBuilder::new()
            .array(
                "agent",
                Arc::new(StringArray::from(vec![Some("anna"), None])),
            )
            .array("at", Arc::new(at.with_timezone("Europe/Rome")))
            .array(
                "minutes",
                Arc::new(Int32Array::from(vec![Some(-7), Some(0)])),
            )
            .array(
                "day",
                Arc::new(Date32Array::from(vec![Some(20_577), Some(-1)])),
            )
            .array(
                "remote",
                Arc::new(BooleanArray::from(vec![Some(true), None])),
            )
            .finish()
            .unwrap();
        let rows = rows(&batch).unwrap();
        let first = json!({
            "agent": "anna", "at": "2026-05-04T11:00:00+02:00", "minutes": -7,
            "day": "2026-05-04", "remote": true,
        });
        assert_eq!(Value::from(rows[0].clone()), first);
        assert_eq!(
            Value::from(rows[1].clone()),
            json!({"minutes": 0, "day": "1969-12-31"})
        );
    }

    #[test]
    fn floats_and_local_times_are_no_records() {
        let code = |array: ArrayRef| {
            let batch = TableBuilder::new().array("x", array).finish().unwrap();
            rows(&batch).unwrap_err().code()
        };
        assert_eq!(
            code(Arc::new(Float64Array::from(vec![0.5]))),
            "columns.bad_type"
        );
        let local = TimestampSecondArray::from(vec![0]);
        assert_eq!(code(Arc::new(local)), "columns.bad_type");
    }
}
