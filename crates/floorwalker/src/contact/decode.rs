//! A stretch of a column in one form: milliseconds or codes, whatever its width.
//!
//! Each loop is compiled for one width, one unit and one way of saying
//! "nothing", so that nothing is decided inside it and it can be vectorised.

use std::ops::BitOr;

use super::column::{Column, NONE, Nulls, TimeUnit, Values};
use super::rows::Rows;

/// Stands for "a value that cannot be" in decoded columns; below every limit.
pub(super) const BAD: i64 = i64::MIN + 1;
/// Stands for "nothing", or for what is no code, in decoded codes.
pub(crate) const NO_CODE: u32 = u32::MAX;

/// A whole number of one of the widths of [`Values`].
pub(super) trait Whole:
    Copy + Ord + Default + BitOr<Output = Self> + TryInto<i64> + TryFrom<i64>
{
    /// The number, or a value below every limit if it does not fit.
    #[inline(always)]
    fn wide(self) -> i64 {
        self.try_into().unwrap_or(BAD)
    }
}

impl<T> Whole for T where T: Copy + Ord + Default + BitOr<Output = T> + TryInto<i64> + TryFrom<i64> {}

/// Does the same with a slice of any whole width, and something else with floats.
macro_rules! for_width {
    ($values:expr, $slice:ident => $whole:expr, floats $floats:ident => $other:expr) => {
        match $values {
            crate::contact::Values::I8($slice) => $whole,
            crate::contact::Values::I16($slice) => $whole,
            crate::contact::Values::I32($slice) => $whole,
            crate::contact::Values::I64($slice) => $whole,
            crate::contact::Values::U8($slice) => $whole,
            crate::contact::Values::U16($slice) => $whole,
            crate::contact::Values::U32($slice) => $whole,
            crate::contact::Values::U64($slice) => $whole,
            crate::contact::Values::F32($floats) => $other,
            crate::contact::Values::F64($floats) => $other,
        }
    };
}

pub(super) use for_width;

/// Calls `each` with the place and the value of the first `count` rows.
fn each_float<T: Copy + Default + Into<f64>>(
    rows: Rows<'_>,
    values: &[T],
    count: usize,
    mut each: impl FnMut(usize, f64),
) {
    let mut room = None;
    let values = rows.of(values, count, &mut room);
    for (at, &value) in values.iter().enumerate() {
        each(at, value.into());
    }
}

impl Column<'_> {
    /// The same as [`decode`](Self::decode) for columns that were checked: nothing in
    /// them looks like [`NONE`] without being it, so whole milliseconds are only copied.
    pub(super) fn decode_checked(&self, rows: Rows<'_>, out: &mut [i64]) {
        match (self.values, self.nulls, self.unit) {
            (Values::I64(instants), Nulls::Never, TimeUnit::Milli) => {
                let count = out.len();
                out.copy_from_slice(rows.of(instants, count, &mut None));
            }
            _ => self.decode(rows, out),
        }
    }

    /// Writes the rows as milliseconds (or codes): [`NONE`] where there is nothing, a
    /// value below every limit where it does not fit.
    pub(crate) fn decode(&self, rows: Rows<'_>, out: &mut [i64]) {
        let count = out.len();
        for_width!(
            self.values,
            slice => {
                let mut room = None;
                self.decode_whole(rows.of(slice, count, &mut room), out);
            },
            floats values => {
                each_float(rows, values, count, |at, value| out[at] = self.float(value));
            }
        );
        self.blank(rows, out, NONE);
    }

    /// Writes the codes of the rows, [`NO_CODE`] where there is none.
    pub(crate) fn decode_codes(&self, rows: Rows<'_>, out: &mut [u32]) {
        let count = out.len();
        for_width!(
            self.values,
            slice => {
                let mut room = None;
                let codes = rows.of(slice, count, &mut room);
                fill(codes, self.null_as(), out, NO_CODE, |code| {
                    u32::try_from(code.wide()).unwrap_or(NO_CODE)
                });
            },
            floats codes => {
                each_float(rows, codes, count, |at, code| {
                    out[at] = u32::try_from(self.float(code)).unwrap_or(NO_CODE);
                });
            }
        );
        self.blank(rows, out, NO_CODE);
    }

    /// Whether some row can have nothing, or what is no number.
    pub(super) fn can_be_nothing(&self) -> bool {
        let floats = matches!(self.values, Values::F32(_) | Values::F64(_));
        floats || !matches!(self.nulls, Nulls::Never)
    }

    /// Writes what `table` has for the code of each row: for codes that were checked.
    pub(super) fn look_up<F: Copy + Default>(&self, rows: Rows<'_>, table: &[F], out: &mut [F]) {
        let count = out.len();
        let found = |code: i64| {
            let code = usize::try_from(code).unwrap_or(usize::MAX);
            table.get(code).copied().unwrap_or_default()
        };
        for_width!(
            self.values,
            slice => {
                let mut room = None;
                for (&code, slot) in rows.of(slice, count, &mut room).iter().zip(out) {
                    *slot = found(code.wide());
                }
            },
            floats codes => {
                each_float(rows, codes, count, |at, code| out[at] = found(self.float(code)));
            }
        );
    }

    fn decode_whole<T: Whole>(&self, values: &[T], out: &mut [i64]) {
        let null = self.null_as();
        match self.unit {
            TimeUnit::Second => fill(values, null, out, NONE, |v| seconds(v.wide())),
            TimeUnit::Milli => fill(values, null, out, NONE, |v| v.wide().max(BAD)),
            TimeUnit::Micro => fill(values, null, out, NONE, |v| v.wide().div_euclid(1000)),
            TimeUnit::Nano => fill(values, null, out, NONE, |v| v.wide().div_euclid(1_000_000)),
        }
    }

    fn float(&self, value: f64) -> i64 {
        /// Beyond this a float no longer holds every whole number.
        const LARGEST: f64 = 9_007_199_254_740_992.0;
        let factor = match self.unit {
            TimeUnit::Second => 1e3,
            TimeUnit::Milli => 1.0,
            TimeUnit::Micro => 1e-3,
            TimeUnit::Nano => 1e-6,
        };
        #[allow(clippy::cast_precision_loss)] // a null value is a small marker
        let is_null = matches!(self.nulls, Nulls::Value(null) if value == null as f64);
        let scaled = (value * factor).round();
        if value.is_nan() || is_null {
            NONE
        } else if scaled.abs() <= LARGEST {
            #[allow(clippy::cast_possible_truncation)] // the range was checked
            let whole = scaled as i64;
            whole
        } else {
            BAD
        }
    }

    /// The value that means "nothing", if there is one and the width can hold it.
    pub(super) fn null_as<T: Whole>(&self) -> Option<T> {
        match self.nulls {
            Nulls::Value(null) => T::try_from(null).ok(),
            Nulls::Never | Nulls::Bitmap { .. } => None,
        }
    }

    /// To milliseconds; what would overflow becomes a value below every limit.
    pub(super) fn scale(&self, value: i64) -> i64 {
        match self.unit {
            TimeUnit::Second => seconds(value),
            TimeUnit::Milli => value.max(BAD),
            TimeUnit::Micro => value.div_euclid(1000),
            TimeUnit::Nano => value.div_euclid(1_000_000),
        }
    }

    /// Puts `nothing` where a bitmap says so.
    fn blank<N: Copy>(&self, rows: Rows<'_>, out: &mut [N], nothing: N) {
        let Nulls::Bitmap { bits, offset } = self.nulls else {
            return;
        };
        for (at, slot) in out.iter_mut().enumerate() {
            let bit = offset + rows.row(at);
            if bits[bit / 8] >> (bit % 8) & 1 == 0 {
                *slot = nothing;
            }
        }
    }
}

#[inline(always)]
fn seconds(value: i64) -> i64 {
    value.checked_mul(1000).unwrap_or(BAD)
}

/// Writes each value in its decoded form, `nothing` for the one that means it.
#[inline(always)]
fn fill<T: Whole, N: Copy>(
    values: &[T],
    null: Option<T>,
    out: &mut [N],
    nothing: N,
    decoded: impl Fn(T) -> N,
) {
    let pairs = values.iter().zip(out);
    match null {
        None => pairs.for_each(|(&value, slot)| *slot = decoded(value)),
        Some(null) => pairs.for_each(|(&value, slot)| {
            *slot = if value == null {
                nothing
            } else {
                decoded(value)
            };
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(column: Column<'_>) -> Vec<i64> {
        let mut out = vec![0; column.len()];
        column.decode(Rows::From(0), &mut out);
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
    }
}
