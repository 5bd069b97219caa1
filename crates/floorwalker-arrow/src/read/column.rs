//! Single columns as milliseconds.

use arrow_array::{Array, ArrayRef};
use floorwalker::time::Zone;

use super::map::{Found, Place};
use super::numbers::Numbers;
use crate::error::Result;

/// Stands for no value in what [`instants`] and [`durations`] give: the same as in the
/// columns of business time.
pub const NULL_MS: i64 = i64::MIN;

/// The instants of a column in milliseconds since 1970, [`NULL_MS`] where there is none.
///
/// Timestamps without a zone are read on the clock of `naive`. `name` is for messages.
///
/// # Errors
/// `columns.bad_type` if it holds no instants, or instants without a zone and `naive` names
/// none; `columns.bad_value` for a local time that does not exist or exists twice.
pub fn instants(name: &str, array: &ArrayRef, naive: Option<&Zone>) -> Result<Vec<i64>> {
    let numbers = Numbers::instants(&found(name, array), naive)?;
    Ok(collected(&numbers, array.len()))
}

/// The durations of a column in milliseconds, [`NULL_MS`] where there is none.
///
/// # Errors
/// `columns.bad_type` if it holds no durations.
pub fn durations(name: &str, array: &ArrayRef) -> Result<Vec<i64>> {
    let numbers = Numbers::durations(&found(name, array))?;
    Ok(collected(&numbers, array.len()))
}

pub(super) fn found<'a>(name: &str, array: &'a ArrayRef) -> Found<'a> {
    let place = Place {
        column: name.to_owned(),
        role: "",
        unit: None,
    };
    Found { array, place }
}

fn collected(numbers: &Numbers, rows: usize) -> Vec<i64> {
    let column = numbers.column();
    (0..rows)
        .map(|row| column.get(row).unwrap_or(NULL_MS))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        DurationSecondArray, Int64Array, TimestampMicrosecondArray, TimestampSecondArray,
    };

    use super::*;

    #[test]
    fn instants_come_in_every_unit() {
        let array = TimestampMicrosecondArray::from(vec![Some(1_500_000), None]);
        let array: ArrayRef = Arc::new(array.with_timezone("Europe/Rome"));
        assert_eq!(instants("at", &array, None).unwrap(), [1_500, NULL_MS]);
    }

    #[test]
    fn a_local_clock_must_be_named() {
        let local: ArrayRef = Arc::new(TimestampSecondArray::from(vec![1_774_746_000]));
        let error = instants("at", &local, None).unwrap_err();
        assert_eq!(error.code(), "columns.bad_type");
        let utc = instants("at", &local, Some(&Zone::utc())).unwrap();
        assert_eq!(utc, [1_774_746_000_000]);
        // 2026-03-29T02:30 does not exist in Rome.
        let local: ArrayRef = Arc::new(TimestampSecondArray::from(vec![1_774_751_400]));
        let rome = Zone::get("Europe/Rome").unwrap();
        let error = instants("at", &local, Some(&rome)).unwrap_err();
        assert_eq!(error.code(), "columns.bad_value");
    }

    #[test]
    fn numbers_without_a_unit_are_no_durations() {
        let long: ArrayRef = Arc::new(DurationSecondArray::from(vec![Some(2), None]));
        assert_eq!(durations("wait", &long).unwrap(), [2_000, NULL_MS]);
        let bare: ArrayRef = Arc::new(Int64Array::from(vec![2]));
        assert_eq!(
            durations("wait", &bare).unwrap_err().code(),
            "columns.bad_type"
        );
    }
}
