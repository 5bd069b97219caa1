//! Names and terms as codes: dictionaries as they are, text coded in one pass.

use std::str::FromStr;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use floorwalker::contact::{Codes, Column};

use super::map::{Found, Place};
use super::numbers::{values, with_nulls, wrong_type};
use super::text::Coder;
use crate::error::{Error, ErrorKind, Result};

/// What a name can be: a queue, an operator, a term of the trade.
pub(super) trait Term: Clone + FromStr<Err = floorwalker::Error> {}

impl<T: Clone + FromStr<Err = floorwalker::Error>> Term for T {}

/// A column of names: codes, and the texts they stand for.
#[derive(Debug)]
pub(crate) struct Names {
    codes: NameCodes,
    terms: Vec<String>,
    place: Place,
}

#[derive(Debug)]
enum NameCodes {
    /// The keys of a dictionary.
    Keys(ArrayRef),
    /// Codes that were made; `nulls` is the array whose nulls they share.
    Made { codes: Vec<u32>, nulls: ArrayRef },
    /// Codes with nulls of their own.
    Sparse(Vec<i64>),
}

/// Stands for "nothing" in sparse codes.
const NONE: i64 = -1;

impl Names {
    /// The names of a column in which an empty text is no name.
    pub(super) fn optional(found: &Found<'_>) -> Result<Self> {
        let names = Self::new(found)?;
        let Some(blank) = names.terms.iter().position(String::is_empty) else {
            return Ok(names);
        };
        let (column, blank) = (names.column(), i64::try_from(blank).ok());
        let codes = (0..column.len())
            .map(|row| column.get(row).filter(|code| Some(*code) != blank))
            .map(|code| code.unwrap_or(NONE))
            .collect();
        Ok(Self {
            codes: NameCodes::Sparse(codes),
            ..names
        })
    }

    pub(super) fn new(found: &Found<'_>) -> Result<Self> {
        let Found { array, place } = found;
        let (codes, terms) = match array.data_type() {
            DataType::Dictionary(_, values) if is_text(values) => from_dictionary(array),
            kind if is_text(kind) => {
                let (codes, terms) = coded(array);
                let nulls = (*array).clone();
                (NameCodes::Made { codes, nulls }, terms)
            }
            kind if kind.is_integer() => from_numbers(array),
            kind if is_nothing(kind) => (NameCodes::Sparse(vec![NONE; array.len()]), Vec::new()),
            _ => {
                return Err(wrong_type(
                    found,
                    "names are needed: text, a dictionary of text, or whole numbers",
                ));
            }
        };
        let place = place.clone();
        Ok(Self {
            codes,
            terms,
            place,
        })
    }

    /// The same name in every row.
    pub(super) fn constant(name: &str, rows: usize) -> Self {
        let place = Place {
            column: String::new(),
            role: "queue",
            unit: None,
        };
        Self {
            codes: NameCodes::Sparse(vec![0; rows]),
            terms: vec![name.to_owned()],
            place,
        }
    }

    /// The codes and their terms as the library reads them. A text that is no term is an
    /// error where a row has it; dictionaries may hold texts that no row has.
    pub(super) fn codes<T: Term>(&self) -> Result<Codes<'_, T>> {
        Ok(Codes::new(self.column(), self.terms()?))
    }

    fn terms<T: Term>(&self) -> Result<Vec<T>> {
        let used = self.used();
        let mut terms: Vec<Option<T>> = Vec::with_capacity(self.terms.len());
        for (code, text) in self.terms.iter().enumerate() {
            let term = used[code].then(|| text.parse::<T>()).transpose();
            terms.push(term.map_err(|error| self.bad(code, error.to_string()))?);
        }
        // Codes without a row stand for any of the others, so that no name appears that no row has.
        let any = terms.iter().flatten().next().cloned();
        let filled = terms.into_iter().map(|term| term.or_else(|| any.clone()));
        Ok(filled.map_while(|term| term).collect())
    }

    fn bad(&self, code: usize, why: String) -> Error {
        let column = self.column();
        let wanted = i64::try_from(code).ok();
        let row = (0..column.len()).find(|&row| column.get(row) == wanted);
        ErrorKind::ColumnValue {
            column: self.place.text(),
            row: row.unwrap_or(0),
            why,
            given: self.terms[code].clone(),
        }
        .into()
    }

    /// Which codes some row has.
    fn used(&self) -> Vec<bool> {
        let mut used = vec![false; self.terms.len()];
        match &self.codes {
            NameCodes::Keys(keys) => mark(keys, &mut used),
            // Made from the rows themselves.
            NameCodes::Made { .. } => used.fill(true),
            NameCodes::Sparse(codes) => codes.iter().for_each(|&code| mark_one(code, &mut used)),
        }
        used
    }

    fn column(&self) -> Column<'_> {
        match &self.codes {
            NameCodes::Keys(keys) => {
                let column = Column::new(values(keys).expect("keys are whole numbers"));
                with_nulls(column, keys)
            }
            NameCodes::Made { codes, nulls } => with_nulls(Column::new(codes), nulls),
            NameCodes::Sparse(codes) => Column::new(codes).with_null_value(NONE),
        }
    }

    /// The name in a row.
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        let code = self.column().get(row)?;
        self.terms
            .get(usize::try_from(code).ok()?)
            .map(String::as_str)
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}

/// A column without any value has no type of its own.
fn is_nothing(kind: &DataType) -> bool {
    match kind {
        DataType::Null => true,
        DataType::Dictionary(_, values) => **values == DataType::Null,
        _ => false,
    }
}

/// The texts of an array, whatever their offsets.
fn texts(array: &dyn Array) -> Box<dyn Iterator<Item = Option<&str>> + '_> {
    match array.data_type() {
        DataType::Utf8 => Box::new(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => Box::new(array.as_string::<i64>().iter()),
        _ => Box::new(array.as_string_view().iter()),
    }
}

fn coded(array: &ArrayRef) -> (Vec<u32>, Vec<String>) {
    fn all<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> (Vec<u32>, Vec<String>) {
        let mut coder = Coder::default();
        let codes = texts
            .map(|text| text.map_or(0, |text| coder.code(text)))
            .collect();
        (codes, coder.into_terms())
    }
    match array.data_type() {
        DataType::Utf8 => all(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => all(array.as_string::<i64>().iter()),
        _ => all(array.as_string_view().iter()),
    }
}

/// Keys as they are; a dictionary with a null among its values is coded anew.
fn from_dictionary(array: &ArrayRef) -> (NameCodes, Vec<String>) {
    let dictionary = array.as_any_dictionary();
    let terms: Vec<Option<&str>> = texts(dictionary.values().as_ref()).collect();
    let keys = keys_of(array);
    if terms.iter().all(Option::is_some) {
        let terms = terms.into_iter().flatten().map(str::to_owned).collect();
        return (NameCodes::Keys(keys), terms);
    }
    let column = with_nulls(
        Column::new(values(&keys).expect("keys are whole numbers")),
        &keys,
    );
    let is_there = |code: &i64| {
        let place = usize::try_from(*code).ok();
        place
            .and_then(|place| terms.get(place))
            .is_some_and(Option::is_some)
    };
    let codes = (0..keys.len())
        .map(|row| column.get(row).filter(is_there).unwrap_or(NONE))
        .collect();
    let terms = terms
        .iter()
        .map(|term| term.unwrap_or_default().to_owned())
        .collect();
    (NameCodes::Sparse(codes), terms)
}

/// The keys of a dictionary as an array of their own, sharing their buffers.
fn keys_of(array: &ArrayRef) -> ArrayRef {
    macro_rules! keys {
        ($($kind:ident => $type:ty),*) => {
            match array.data_type() {
                $(DataType::Dictionary(key, _) if **key == DataType::$kind => {
                    std::sync::Arc::new(array.as_dictionary::<$type>().keys().clone()) as ArrayRef
                })*
                _ => unreachable!("keys of dictionaries are whole numbers"),
            }
        };
    }
    keys!(
        Int8 => Int8Type, Int16 => Int16Type, Int32 => Int32Type, Int64 => Int64Type,
        UInt8 => UInt8Type, UInt16 => UInt16Type, UInt32 => UInt32Type, UInt64 => UInt64Type
    )
}

/// Whole numbers as names, such as the numbers of queues and extensions.
fn from_numbers(array: &ArrayRef) -> (NameCodes, Vec<String>) {
    let column = with_nulls(
        Column::new(values(array).expect("whole numbers have values")),
        array,
    );
    let mut known = std::collections::HashMap::new();
    let mut terms = Vec::new();
    let codes = (0..array.len())
        .map(|row| {
            let Some(number) = column.get(row) else {
                return NONE;
            };
            *known.entry(number).or_insert_with(|| {
                terms.push(number.to_string());
                terms.len() as i64 - 1
            })
        })
        .collect();
    (NameCodes::Sparse(codes), terms)
}

/// Marks the codes that some row has.
fn mark(keys: &ArrayRef, used: &mut [bool]) {
    macro_rules! mark {
        ($($kind:ident => $type:ident),*) => {
            match keys.data_type() {
                $(DataType::$kind => {
                    let keys = keys.as_primitive::<$type>();
                    match keys.nulls() {
                        Some(nulls) if nulls.null_count() > 0 => {
                            keys.iter().flatten().for_each(|key| mark_one(key, used));
                        }
                        _ => keys.values().iter().for_each(|&key| mark_one(key, used)),
                    }
                })*
                _ => used.fill(true),
            }
        };
    }
    mark!(
        Int8 => Int8Type, Int16 => Int16Type, Int32 => Int32Type, Int64 => Int64Type,
        UInt8 => UInt8Type, UInt16 => UInt16Type, UInt32 => UInt32Type, UInt64 => UInt64Type
    );
}

fn mark_one(key: impl TryInto<usize>, used: &mut [bool]) {
    if let Some(used) = key.try_into().ok().and_then(|key| used.get_mut(key)) {
        *used = true;
    }
}
