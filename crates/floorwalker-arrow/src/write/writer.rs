//! A table that grows row by row, in batches.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, PrimitiveArray, RecordBatch, StringArray,
    TimestampMillisecondArray,
};
use arrow_schema::{Field, Schema};

use crate::error::Result;

/// Rows in a batch: large enough to be quick, small enough not to be copied often while it grows.
const BATCH: usize = 1 << 16;

/// What a column of a [`TableWriter`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Instants in milliseconds since 1970.
    Instant,
    /// Text that is mostly different from row to row.
    Text,
    /// Text that is one of few, kept as a dictionary.
    Term,
    /// Whole numbers.
    Whole,
    /// Floating-point numbers.
    Float,
    /// True or false.
    Flag,
}

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Nothing,
    /// An instant or a whole number.
    Number(i64),
    /// A floating-point number.
    Float(f64),
    /// Text or a term.
    Text(&'a str),
    /// True or false.
    Flag(bool),
}

impl From<Option<i64>> for Cell<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

impl From<Option<f64>> for Cell<'_> {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Nothing, Self::Float)
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// A table in batches, all with this schema.
pub type Batches = (Arc<Schema>, Vec<RecordBatch>);

/// A table that grows row by row, for readers that meet things one at a time. Beyond the
/// finished batches it holds one that is open.
///
/// ```
/// use floorwalker_arrow::{Cell, Kind, TableWriter};
///
/// let mut table = TableWriter::new("UTC", &[("queue", Kind::Term), ("arrived", Kind::Instant)]);
/// table.push(&[Cell::Text("sales"), Cell::Number(1_772_442_000_000)]);
/// let (schema, batches) = table.finish()?;
/// assert_eq!((schema.fields().len(), batches[0].num_rows()), (2, 1));
/// # Ok::<(), floorwalker_arrow::Error>(())
/// ```
#[derive(Debug)]
pub struct TableWriter {
    zone: Arc<str>,
    names: Vec<&'static str>,
    open: Vec<Column>,
    done: Vec<Vec<Piece>>,
    rows: usize,
}

/// A column that is being filled.
#[derive(Debug)]
enum Column {
    Instant(Int64Builder),
    Text(StringBuilder),
    Term(Dictionary),
    Whole(Int64Builder),
    Float(Float64Builder),
    Flag(BooleanBuilder),
}

/// A finished column of a batch. Terms become arrays at the end, when all are known.
#[derive(Debug)]
enum Piece {
    Array(ArrayRef),
    Codes(PrimitiveArray<Int32Type>),
}

/// Terms of all batches, and the codes of the open one.
#[derive(Debug, Default)]
struct Dictionary {
    terms: Vec<String>,
    codes: HashMap<String, i32>,
    last: i32,
    open: Vec<Option<i32>>,
}

impl Dictionary {
    fn push(&mut self, term: &str) {
        let is_last = self
            .terms
            .get(self.last as usize)
            .is_some_and(|last| last == term);
        if !is_last {
            self.last = self.code(term);
        }
        self.open.push(Some(self.last));
    }

    fn code(&mut self, term: &str) -> i32 {
        if let Some(&code) = self.codes.get(term) {
            return code;
        }
        let code = i32::try_from(self.terms.len()).expect("fewer than two billion terms");
        self.terms.push(term.to_owned());
        self.codes.insert(term.to_owned(), code);
        code
    }
}

impl TableWriter {
    /// A table with these columns, instants shown on the clock of `zone`.
    #[must_use]
    pub fn new(zone: &str, columns: &[(&'static str, Kind)]) -> Self {
        let open = columns.iter().map(|&(_, kind)| match kind {
            Kind::Instant => Column::Instant(Int64Builder::new()),
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Term => Column::Term(Dictionary::default()),
            Kind::Whole => Column::Whole(Int64Builder::new()),
            Kind::Float => Column::Float(Float64Builder::new()),
            Kind::Flag => Column::Flag(BooleanBuilder::new()),
        });
        Self {
            zone: zone.into(),
            names: columns.iter().map(|&(name, _)| name).collect(),
            open: open.collect(),
            done: Vec::new(),
            rows: 0,
        }
    }

    /// Adds a row: one value for each column, in their order. A value of another kind than
    /// its column, and one that is absent, is nothing.
    pub fn push(&mut self, row: &[Cell<'_>]) {
        for (place, column) in self.open.iter_mut().enumerate() {
            column.push(row.get(place).copied().unwrap_or(Cell::Nothing));
        }
        self.rows += 1;
        if self.rows == BATCH {
            self.close();
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.done.len() * BATCH + self.rows
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn close(&mut self) {
        let zone = &self.zone;
        let pieces = self.open.iter_mut().map(|column| column.close(zone));
        self.done.push(pieces.collect());
        self.rows = 0;
    }

    /// The table.
    ///
    /// # Errors
    /// None in practice; the type is that of the other tables.
    pub fn finish(mut self) -> Result<Batches> {
        if self.rows > 0 || self.done.is_empty() {
            self.close();
        }
        let terms: Vec<Option<ArrayRef>> = self.open.iter_mut().map(Column::terms).collect();
        let batches = self.done.into_iter().map(|pieces| {
            let columns = pieces.into_iter().zip(&terms);
            columns.map(|(piece, terms)| piece.array(terms)).collect()
        });
        let batches: Vec<Vec<ArrayRef>> = batches.collect();
        let fields = self.names.iter().zip(batches.iter().flatten());
        let fields = fields.map(|(name, array)| Field::new(*name, array.data_type().clone(), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let made = batches
            .into_iter()
            .map(|columns| Ok(RecordBatch::try_new(schema.clone(), columns)?))
            .collect::<Result<_>>()?;
        Ok((schema, made))
    }
}

impl Column {
    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Instant(column) | Self::Whole(column), Cell::Number(number)) => {
                column.append_value(number);
            }
            (Self::Text(column), Cell::Text(text)) => column.append_value(text),
            (Self::Term(column), Cell::Text(text)) => column.push(text),
            (Self::Float(column), Cell::Float(number)) => column.append_value(number),
            (Self::Flag(column), Cell::Flag(flag)) => column.append_value(flag),
            (Self::Instant(column) | Self::Whole(column), _) => column.append_null(),
            (Self::Text(column), _) => column.append_null(),
            (Self::Term(column), _) => column.open.push(None),
            (Self::Float(column), _) => column.append_null(),
            (Self::Flag(column), _) => column.append_null(),
        }
    }

    fn close(&mut self, zone: &Arc<str>) -> Piece {
        Piece::Array(match self {
            Self::Instant(column) => {
                let instants: TimestampMillisecondArray = column.finish().reinterpret_cast();
                Arc::new(instants.with_timezone(zone.clone()))
            }
            Self::Text(column) => Arc::new(column.finish()),
            Self::Whole(column) => Arc::new(column.finish()),
            Self::Float(column) => Arc::new(column.finish()),
            Self::Flag(column) => Arc::new(column.finish()),
            Self::Term(column) => {
                return Piece::Codes(std::mem::take(&mut column.open).into_iter().collect());
            }
        })
    }

    /// All terms of the column, if it has any kind of them.
    fn terms(&mut self) -> Option<ArrayRef> {
        match self {
            Self::Term(column) => Some(Arc::new(StringArray::from(std::mem::take(
                &mut column.terms,
            )))),
            _ => None,
        }
    }
}

impl Piece {
    fn array(self, terms: &Option<ArrayRef>) -> ArrayRef {
        match (self, terms) {
            (Self::Array(array), _) => array,
            (Self::Codes(codes), Some(terms)) => {
                Arc::new(DictionaryArray::new(codes, terms.clone()))
            }
            (Self::Codes(codes), None) => Arc::new(codes),
        }
    }
}
