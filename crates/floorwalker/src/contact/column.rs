//! One borrowed column of numbers, whatever its width, unit and way of saying "nothing".

use crate::error::{Error, ErrorKind};

/// Stands for "nothing" in decoded columns.
pub(crate) const NONE: i64 = i64::MIN;
/// Stands for "a value that cannot be" in decoded columns.
const BAD: i64 = i64::MIN + 1;

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
enum Nulls<'a> {
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
    values: Values<'a>,
    nulls: Nulls<'a>,
    unit: TimeUnit,
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
            self.decode(row, &mut one);
        }
        Some(one[0]).filter(|&value| value != NONE)
    }

    /// Writes the rows from `start` as milliseconds (or codes): [`NONE`] where
    /// there is nothing, a value below every limit where it does not fit.
    pub(crate) fn decode(&self, start: usize, out: &mut [i64]) {
        self.decode_values(start, out);
        match self.nulls {
            Nulls::Never => {}
            Nulls::Value(_) => {}
            Nulls::Bitmap { bits, offset } => {
                for (row, slot) in out.iter_mut().enumerate() {
                    let bit = offset + start + row;
                    if bits[bit / 8] >> (bit % 8) & 1 == 0 {
                        *slot = NONE;
                    }
                }
            }
        }
    }

    fn decode_values(&self, start: usize, out: &mut [i64]) {
        let null = if let Nulls::Value(null) = self.nulls {
            Some(null)
        } else {
            None
        };
        macro_rules! whole {
            ($slice:expr) => {{
                let rows = $slice[start..start + out.len()].iter().zip(out);
                match null {
                    None => rows.for_each(|(&value, slot)| {
                        *slot = self.scale(i64::try_from(value).unwrap_or(BAD))
                    }),
                    Some(null) => rows.for_each(|(&value, slot)| {
                        let value = i64::try_from(value).unwrap_or(BAD);
                        *slot = if value == null {
                            NONE
                        } else {
                            self.scale(value)
                        };
                    }),
                }
            }};
        }
        match self.values {
            Values::I8(slice) => whole!(slice),
            Values::I16(slice) => whole!(slice),
            Values::I32(slice) => whole!(slice),
            Values::I64(slice) => whole!(slice),
            Values::U8(slice) => whole!(slice),
            Values::U16(slice) => whole!(slice),
            Values::U32(slice) => whole!(slice),
            Values::U64(slice) => whole!(slice),
            Values::F32(slice) => {
                self.decode_floats(slice[start..].iter().map(|&v| f64::from(v)), null, out)
            }
            Values::F64(slice) => self.decode_floats(slice[start..].iter().copied(), null, out),
        }
    }

    fn decode_floats(&self, values: impl Iterator<Item = f64>, null: Option<i64>, out: &mut [i64]) {
        /// Beyond this a float no longer holds every whole number.
        const LARGEST: f64 = 9_007_199_254_740_992.0;
        let factor = match self.unit {
            TimeUnit::Second => 1e3,
            TimeUnit::Milli => 1.0,
            TimeUnit::Micro => 1e-3,
            TimeUnit::Nano => 1e-6,
        };
        for (value, slot) in values.zip(out) {
            let scaled = (value * factor).round();
            #[allow(clippy::cast_possible_truncation)] // the range is checked first
            #[allow(clippy::cast_precision_loss)] // a null value is a small marker
            let decoded = if value.is_nan() || null.is_some_and(|null| value == null as f64) {
                NONE
            } else if scaled.abs() <= LARGEST {
                scaled as i64
            } else {
                BAD
            };
            *slot = decoded;
        }
    }

    /// To milliseconds; what would overflow becomes a value below every limit.
    #[inline(always)]
    fn scale(&self, value: i64) -> i64 {
        match self.unit {
            TimeUnit::Second if !(i64::MIN / 1000..=i64::MAX / 1000).contains(&value) => BAD,
            TimeUnit::Second => value * 1000,
            TimeUnit::Milli if value <= BAD => BAD,
            TimeUnit::Milli => value,
            TimeUnit::Micro => value.div_euclid(1000),
            TimeUnit::Nano => value.div_euclid(1_000_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(column: Column<'_>) -> Vec<i64> {
        let mut out = vec![0; column.len()];
        column.decode(0, &mut out);
        out
    }

    #[test]
    fn units_are_cut_to_milliseconds() {
        let micros: Vec<i64> = vec![1_999, -1];
        assert_eq!(
            decoded(Column::new(&micros).with_unit(TimeUnit::Micro)),
            [1, -1]
        );
        let seconds: Vec<f64> = vec![0.0204, f64::NAN, f64::INFINITY];
        assert_eq!(
            decoded(Column::new(&seconds).with_unit(TimeUnit::Second)),
            [20, NONE, BAD]
        );
    }

    #[test]
    fn extremes_become_bad_not_wrong() {
        let values = vec![i64::MAX, i64::MIN, 0];
        assert_eq!(
            decoded(Column::new(&values).with_unit(TimeUnit::Second)),
            [BAD, BAD, 0]
        );
        let values = vec![u64::MAX, 1];
        assert_eq!(decoded(Column::new(&values)), [BAD, 1]);
    }

    #[test]
    fn bitmaps_count_from_their_offset() {
        let values: Vec<i64> = vec![7, 8, 9];
        let column = Column::new(&values)
            .with_validity(&[0b0001_0100], 2)
            .unwrap();
        assert_eq!(decoded(column), [7, NONE, 9]);
        assert!(Column::new(&values).with_validity(&[0xff], 6).is_err());
        assert_eq!(
            [0, 1, 2, 3].map(|row| column.get(row)),
            [Some(7), None, Some(9), None]
        );
    }
}
