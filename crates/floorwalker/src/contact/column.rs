//! One borrowed column of numbers, whatever its width, unit and way of saying "nothing".

use super::rows::Rows;
use crate::error::{Error, ErrorKind};

/// Stands for "nothing" in decoded columns.
pub(crate) const NONE: i64 = i64::MIN;
/// The unit of a column of instants or durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Milliseconds.
    Milli,
    /// Microseconds; cut to milliseconds, towards the earlier instant.
    Micro,
    /// Nanoseconds; cut to milliseconds, towards the earlier instant.
    Nano,
}

macro_rules! values {
    ($($variant:ident($type:ty)),*) => {
        /// Borrowed numbers of any width. Slices convert with `into()`.
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub enum Values<'a> {
            $(#[doc = concat!("A slice of `", stringify!($type), "`.")] $variant(&'a [$type]),)*
        }

        $(impl<'a> From<&'a [$type]> for Values<'a> {
            fn from(slice: &'a [$type]) -> Self {
                Self::$variant(slice)
            }
        }

        impl<'a> From<&'a Vec<$type>> for Values<'a> {
            fn from(vec: &'a Vec<$type>) -> Self {
                Self::$variant(vec)
            }
        })*

        impl Values<'_> {
            /// How many numbers there are.
            #[must_use]
            pub fn len(&self) -> usize {
                match self { $(Self::$variant(slice) => slice.len(),)* }
            }

            /// Whether there are none.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }
        }
    };
}

values!(
    I8(i8),
    I16(i16),
    I32(i32),
    I64(i64),
    U8(u8),
    U16(u16),
    U32(u32),
    U64(u64),
    F32(f32),
    F64(f64)
);

/// How a column says "nothing".
#[derive(Clone, Copy, Debug)]
pub(super) enum Nulls<'a> {
    Never,
    /// Bit `offset + row`, lowest bit first, is 1 where there is a value.
    Bitmap {
        bits: &'a [u8],
        offset: usize,
    },
    Value(i64),
}

/// A borrowed column of instants, durations or codes.
///
/// Nothing is copied: [`ContactColumns`](super::ContactColumns) reads it block
/// by block. In columns of floats NaN also means "nothing", and seconds are
/// rounded to the nearest millisecond.
///
/// ```
/// use floorwalker::contact::{Column, TimeUnit};
///
/// let waits: Vec<i32> = vec![12, 40, -1];
/// let column = Column::new(&waits).with_unit(TimeUnit::Second).with_null_value(-1);
/// assert_eq!(column.len(), 3);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    pub(super) values: Values<'a>,
    pub(super) nulls: Nulls<'a>,
    pub(super) unit: TimeUnit,
}

impl<'a> Column<'a> {
    /// A column of milliseconds (or of codes) in which every row has a value.
    pub fn new(values: impl Into<Values<'a>>) -> Self {
        Self {
            values: values.into(),
            nulls: Nulls::Never,
            unit: TimeUnit::Milli,
        }
    }

    /// The same numbers in another unit.
    #[must_use]
    pub fn with_unit(self, unit: TimeUnit) -> Self {
        Self { unit, ..self }
    }

    /// The same column, where `value` means "nothing".
    #[must_use]
    pub fn with_null_value(self, value: i64) -> Self {
        Self {
            nulls: Nulls::Value(value),
            ..self
        }
    }

    /// The same column with a bitmap as in Arrow: bit `offset + row`, lowest
    /// bit of a byte first, is 1 where there is a value.
    ///
    /// # Errors
    /// `columns.length_mismatch` if the bitmap is too short for the values.
    pub fn with_validity(self, bits: &'a [u8], offset: usize) -> Result<Self, Error> {
        let given = (bits.len() * 8).saturating_sub(offset);
        if given < self.len() {
            let (column, reference) = ("validity bitmap", "values");
            return Err(ErrorKind::ColumnLength {
                column,
                given,
                reference,
                expected: self.len(),
            }
            .into());
        }
        Ok(Self {
            nulls: Nulls::Bitmap { bits, offset },
            ..self
        })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One row in milliseconds (or as a code); `None` where there is nothing or no such row.
    /// What cannot be an instant or a duration comes as a number below every limit.
    ///
    /// For a few rows: calculations read columns block by block.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<i64> {
        let mut one = [NONE];
        if row < self.len() {
            self.decode(Rows::From(row), &mut one);
        }
        Some(one[0]).filter(|&value| value != NONE)
    }
}
