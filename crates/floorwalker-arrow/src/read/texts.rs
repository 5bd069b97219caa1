//! A single column as texts.

use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use floorwalker::time::{Zone, instant};

use super::column::{NULL_MS, found, instants};
use super::names::Names;
use crate::error::Result;

/// A column as texts, and how its instants are written, if it holds such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The text of each row; `None` where there is none.
    pub rows: Vec<Option<String>>,
    /// The notation of strftime in which instants are written.
    pub format: Option<&'static str>,
}

/// The texts of a column: text, a dictionary of text, whole numbers, or timestamps. Those
/// without a zone stay local times.
///
/// # Errors
/// `columns.bad_type` if it holds something else.
pub fn texts(name: &str, array: &ArrayRef) -> Result<Texts> {
    let DataType::Timestamp(_, zone) = array.data_type() else {
        let names = Names::optional(&found(name, array))?;
        let text = |row| names.get(row).map(str::to_owned);
        return Ok(Texts {
            rows: (0..array.len()).map(text).collect(),
            format: None,
        });
    };
    let format = match zone {
        Some(_) => "%Y-%m-%dT%H:%M:%S%.3f%z",
        None => "%Y-%m-%dT%H:%M:%S%.3f",
    };
    let rows = instants(name, array, Some(&Zone::utc()))?;
    let written = |ms: i64| {
        let at = Some(ms).filter(|ms| *ms != NULL_MS).and_then(instant)?;
        Some(at.format(format).to_string())
    };
    Ok(Texts {
        rows: rows.into_iter().map(written).collect(),
        format: Some(format),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Int64Array, StringArray, TimestampSecondArray};

    use super::*;

    #[test]
    fn words_numbers_and_instants_are_written() {
        let words: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None, Some("")]));
        let rows = texts("word", &words).unwrap().rows;
        assert_eq!(rows, [Some("a".to_owned()), None, None]);
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![7]));
        assert_eq!(texts("n", &numbers).unwrap().rows, [Some("7".to_owned())]);
        let at = TimestampSecondArray::from(vec![Some(1_777_885_200), None]);
        let local = texts("at", &(Arc::new(at.clone()) as ArrayRef)).unwrap();
        assert_eq!(local.rows[0].as_deref(), Some("2026-05-04T09:00:00.000"));
        let zoned: ArrayRef = Arc::new(at.with_timezone("Europe/Rome"));
        let zoned = texts("at", &zoned).unwrap();
        assert_eq!(
            zoned.rows,
            [Some("2026-05-04T09:00:00.000+0000".to_owned()), None]
        );
        assert!(zoned.format.unwrap().ends_with("%z"));
    }
}
