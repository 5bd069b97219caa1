//! A table, column by column.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{
    Array, ArrayRef, BooleanArray, DurationMillisecondArray, Float64Array, Int64Array, RecordBatch,
    TimestampMillisecondArray,
};
use arrow_schema::{Field, Schema};

use crate::error::Result;

/// Makes a table of one batch, column by column. All columns must have the same length.
///
/// ```
/// use floorwalker_arrow::TableBuilder;
///
/// let table = TableBuilder::new()
///     .text("queue", [Some("sales"), None])
///     .whole("offered", [Some(12), Some(7)])
///     .finish()?;
/// assert_eq!(table.num_rows(), 2);
/// # Ok::<(), floorwalker_arrow::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct TableBuilder {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl TableBuilder {
    /// A table without columns.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A column of any array.
    #[must_use]
    pub fn array(mut self, name: &str, array: ArrayRef) -> Self {
        self.fields
            .push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
        self
    }

    /// A column of text.
    #[must_use]
    pub fn text<S: AsRef<str>>(
        self,
        name: &str,
        values: impl IntoIterator<Item = Option<S>>,
    ) -> Self {
        let mut builder = StringBuilder::new();
        for value in values {
            builder.append_option(value);
        }
        self.array(name, Arc::new(builder.finish()))
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn whole(self, name: &str, values: impl IntoIterator<Item = Option<i64>>) -> Self {
        self.array(name, Arc::new(values.into_iter().collect::<Int64Array>()))
    }

    /// A column of floating-point numbers.
    #[must_use]
    pub fn float(self, name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.array(name, Arc::new(values.into_iter().collect::<Float64Array>()))
    }

    /// A column of true and false.
    #[must_use]
    pub fn flag(self, name: &str, values: impl IntoIterator<Item = Option<bool>>) -> Self {
        self.array(name, Arc::new(values.into_iter().collect::<BooleanArray>()))
    }

    /// A column of instants in milliseconds since 1970, shown on the clock of `zone`.
    #[must_use]
    pub fn instants(
        self,
        name: &str,
        zone: &str,
        values: impl IntoIterator<Item = Option<i64>>,
    ) -> Self {
        let values: TimestampMillisecondArray = values.into_iter().collect();
        self.array(name, Arc::new(values.with_timezone(zone)))
    }

    /// A column of durations in milliseconds.
    #[must_use]
    pub fn durations(self, name: &str, values: impl IntoIterator<Item = Option<i64>>) -> Self {
        let values: DurationMillisecondArray = values.into_iter().collect();
        self.array(name, Arc::new(values))
    }

    /// The table.
    ///
    /// # Errors
    /// `table.invalid` if the columns differ in length.
    pub fn finish(self) -> Result<RecordBatch> {
        let schema = Arc::new(Schema::new(self.fields));
        Ok(RecordBatch::try_new(schema, self.arrays)?)
    }
}
