//! Instants, durations, flags and counts, borrowed wherever they can be.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, IntervalDayTimeType,
    IntervalMonthDayNanoType, Time32MillisecondType, Time32SecondType, Time64MicrosecondType,
    Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, IntervalUnit, TimeUnit as ArrowUnit};
use floorwalker::contact::{Column, TimeUnit, Values};
use floorwalker::time::{LocalTimePolicy, Zone};

use super::map::{Found, Place};
use crate::error::{Error, ErrorKind, Result};

/// Stands for "nothing" in columns that had to be made.
const NONE: i64 = i64::MIN;

/// A column of numbers: a borrowed array, or numbers that had to be made from one.
#[derive(Debug)]
pub(crate) enum Numbers {
    /// The numbers of the array, in this unit.
    Borrowed(ArrayRef, TimeUnit),
    /// Milliseconds (or counts).
    Made(Vec<i64>),
}

/// How instants without a zone are understood.
pub(super) type Naive<'a> = Option<&'a Zone>;

impl Numbers {
    /// Instants, as milliseconds since 1970.
    pub(super) fn instants(found: &Found<'_>, naive: Naive<'_>) -> Result<Self> {
        const ALLOWED: &str = "instants with a zone are needed: timestamps, or numbers since 1970 \
                               in a column whose name ends in _s, _ms, _us or _ns";
        let Found { array, place } = found;
        match array.data_type() {
            DataType::Timestamp(unit, Some(_)) => Ok(borrowed(array, unit_of(*unit))),
            DataType::Timestamp(unit, None) => without_zone(array, unit_of(*unit), place, naive),
            kind if kind.is_floating() => {
                Ok(borrowed(array, place.unit.unwrap_or(TimeUnit::Second)))
            }
            kind if kind.is_integer() => with_unit(array, place, ALLOWED),
            DataType::Null => Ok(Self::nothing(array.len())),
            _ => Err(wrong_type(found, ALLOWED)),
        }
    }

    /// Durations, as milliseconds.
    pub(super) fn durations(found: &Found<'_>) -> Result<Self> {
        const ALLOWED: &str = "durations are needed: of a duration type, floats in seconds, or whole \
                               numbers in a column whose name ends in _s, _ms, _us or _ns";
        let Found { array, place } = found;
        match array.data_type() {
            DataType::Duration(unit) | DataType::Time32(unit) | DataType::Time64(unit) => {
                Ok(borrowed(array, unit_of(*unit)))
            }
            DataType::Interval(unit) => from_intervals(array, *unit, place),
            kind if kind.is_floating() => {
                Ok(borrowed(array, place.unit.unwrap_or(TimeUnit::Second)))
            }
            kind if kind.is_integer() => with_unit(array, place, ALLOWED),
            DataType::Null => Ok(Self::nothing(array.len())),
            _ => Err(wrong_type(found, ALLOWED)),
        }
    }

    /// Whole numbers without a unit.
    pub(super) fn counts(found: &Found<'_>) -> Result<Self> {
        match found.array.data_type() {
            kind if kind.is_integer() => Ok(borrowed(found.array, TimeUnit::Milli)),
            DataType::Null => Ok(Self::nothing(found.array.len())),
            _ => Err(wrong_type(found, "whole numbers are needed")),
        }
    }

    /// True or false, as 1 and 0.
    pub(super) fn flags(found: &Found<'_>) -> Result<Self> {
        match found.array.data_type() {
            DataType::Boolean => {
                let flags = found.array.as_boolean().iter();
                Ok(Self::Made(
                    flags.map(|flag| flag.map_or(NONE, i64::from)).collect(),
                ))
            }
            kind if kind.is_integer() => Ok(borrowed(found.array, TimeUnit::Milli)),
            DataType::Null => Ok(Self::nothing(found.array.len())),
            _ => Err(wrong_type(found, "true or false are needed, or 1 and 0")),
        }
    }

    fn nothing(rows: usize) -> Self {
        Self::Made(vec![NONE; rows])
    }

    /// The column as the library reads it.
    pub(super) fn column(&self) -> Column<'_> {
        match self {
            Self::Made(values) => Column::new(values).with_null_value(NONE),
            Self::Borrowed(array, unit) => {
                let values = values(array).expect("only arrays with values are borrowed");
                with_nulls(Column::new(values).with_unit(*unit), array)
            }
        }
    }
}

fn borrowed(array: &ArrayRef, unit: TimeUnit) -> Numbers {
    Numbers::Borrowed(array.clone(), unit)
}

fn with_unit(array: &ArrayRef, place: &Place, allowed: &'static str) -> Result<Numbers> {
    let unit = place.unit.ok_or_else(|| ErrorKind::ColumnType {
        column: place.text(),
        given: "whole numbers of an unknown unit".to_owned(),
        allowed,
    })?;
    Ok(borrowed(array, unit))
}

fn unit_of(unit: ArrowUnit) -> TimeUnit {
    match unit {
        ArrowUnit::Second => TimeUnit::Second,
        ArrowUnit::Millisecond => TimeUnit::Milli,
        ArrowUnit::Microsecond => TimeUnit::Micro,
        ArrowUnit::Nanosecond => TimeUnit::Nano,
    }
}

/// The column with the nulls of an array.
pub(super) fn with_nulls<'a>(column: Column<'a>, array: &'a dyn Array) -> Column<'a> {
    match array.nulls() {
        Some(nulls) if nulls.null_count() > 0 => column
            .with_validity(nulls.inner().values(), nulls.inner().offset())
            .expect("an array has a bit for each of its rows"),
        _ => column,
    }
}

/// The numbers of an array of any width, dates and durations as the integers they are.
// flat table
pub(super) fn values(array: &dyn Array) -> Option<Values<'_>> {
    macro_rules! slice {
        ($type:ty) => {
            Values::from(&**array.as_primitive::<$type>().values())
        };
    }
    Some(match array.data_type() {
        DataType::Int8 => slice!(Int8Type),
        DataType::Int16 => slice!(Int16Type),
        DataType::Int32 => slice!(Int32Type),
        DataType::Int64 => slice!(Int64Type),
        DataType::UInt8 => slice!(UInt8Type),
        DataType::UInt16 => slice!(UInt16Type),
        DataType::UInt32 => slice!(UInt32Type),
        DataType::UInt64 => slice!(UInt64Type),
        DataType::Float32 => slice!(Float32Type),
        DataType::Float64 => slice!(Float64Type),
        DataType::Timestamp(ArrowUnit::Second, _) => slice!(TimestampSecondType),
        DataType::Timestamp(ArrowUnit::Millisecond, _) => slice!(TimestampMillisecondType),
        DataType::Timestamp(ArrowUnit::Microsecond, _) => slice!(TimestampMicrosecondType),
        DataType::Timestamp(ArrowUnit::Nanosecond, _) => slice!(TimestampNanosecondType),
        DataType::Duration(ArrowUnit::Second) => slice!(DurationSecondType),
        DataType::Duration(ArrowUnit::Millisecond) => slice!(DurationMillisecondType),
        DataType::Duration(ArrowUnit::Microsecond) => slice!(DurationMicrosecondType),
        DataType::Duration(ArrowUnit::Nanosecond) => slice!(DurationNanosecondType),
        DataType::Time32(ArrowUnit::Second) => slice!(Time32SecondType),
        DataType::Time32(_) => slice!(Time32MillisecondType),
        DataType::Time64(ArrowUnit::Microsecond) => slice!(Time64MicrosecondType),
        DataType::Time64(_) => slice!(Time64NanosecondType),
        _ => return None,
    })
}

/// Timestamps without a zone: as local times of `naive`, each of which must exist once.
fn without_zone(
    array: &ArrayRef,
    unit: TimeUnit,
    place: &Place,
    naive: Naive<'_>,
) -> Result<Numbers> {
    let zone = naive.ok_or_else(|| ErrorKind::ColumnType {
        column: place.text(),
        given: "timestamps without a zone".to_owned(),
        allowed: "instants are needed: give the column its zone, or say with `naive` which clock it shows",
    })?;
    let local = borrowed(array, unit);
    if zone.name() == "UTC" {
        return Ok(local);
    }
    let column = local.column();
    let instant = |row| -> Result<i64> {
        let Some(ms) = column.get(row) else {
            return Ok(NONE);
        };
        let bad = |why: String| ErrorKind::ColumnValue {
            column: place.text(),
            row,
            why,
            given: ms.to_string(),
        };
        let local = floorwalker::time::instant(ms)
            .ok_or_else(|| bad("not in the years 1 to 9999".to_owned()))?;
        let instant = zone.resolve(local.naive_utc(), LocalTimePolicy::REFUSE);
        let instant = instant.map_err(|error| bad(error.to_string()))?;
        Ok(instant.timestamp_millis())
    };
    (0..array.len())
        .map(instant)
        .collect::<Result<_>>()
        .map(Numbers::Made)
}

/// Intervals of days and parts of a day; those with months have no fixed length.
fn from_intervals(array: &ArrayRef, unit: IntervalUnit, place: &Place) -> Result<Numbers> {
    const DAY_MS: i64 = 86_400_000;
    let months = |row| {
        Error::from(ErrorKind::ColumnValue {
            column: place.text(),
            row,
            why: "an interval with months has no fixed length".to_owned(),
            given: "months".to_owned(),
        })
    };
    let made = match unit {
        IntervalUnit::YearMonth if array.null_count() == array.len() => Ok(vec![NONE; array.len()]),
        IntervalUnit::YearMonth => Err(months(0)),
        IntervalUnit::DayTime => Ok(array
            .as_primitive::<IntervalDayTimeType>()
            .iter()
            .map(|value| {
                value.map_or(NONE, |value| {
                    i64::from(value.days) * DAY_MS + i64::from(value.milliseconds)
                })
            })
            .collect()),
        IntervalUnit::MonthDayNano => array
            .as_primitive::<IntervalMonthDayNanoType>()
            .iter()
            .enumerate()
            .map(|(row, value)| match value {
                None => Ok(NONE),
                Some(value) if value.months == 0 => {
                    Ok(i64::from(value.days) * DAY_MS + value.nanoseconds.div_euclid(1_000_000))
                }
                Some(_) => Err(months(row)),
            })
            .collect(),
    };
    made.map(Numbers::Made)
}

pub(super) fn wrong_type(found: &Found<'_>, allowed: &'static str) -> Error {
    ErrorKind::ColumnType {
        column: found.place.text(),
        given: described(found.array.data_type()),
        allowed,
    }
    .into()
}

/// A type in words.
fn described(kind: &DataType) -> String {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "text".to_owned(),
        DataType::Boolean => "true and false".to_owned(),
        DataType::Date32 | DataType::Date64 => "dates without a time".to_owned(),
        DataType::Timestamp(..) => "timestamps".to_owned(),
        DataType::Duration(_) => "durations".to_owned(),
        DataType::Dictionary(_, values) => format!("a dictionary of {}", described(values)),
        kind if kind.is_integer() => "whole numbers".to_owned(),
        kind if kind.is_floating() => "floats".to_owned(),
        kind => format!("the type {kind}"),
    }
}
