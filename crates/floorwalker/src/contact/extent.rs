//! The bounds of a stretch of a column, found in the column's own width.
//!
//! A register holds eight waits of 16 bits but two of 64, so a check of bounds is
//! the faster the less it decodes.

use super::column::{Column, NONE, Nulls, TimeUnit};
use super::decode::{BAD, Whole, for_width};
use super::rows::Rows;

/// The bounds of the numbers in a stretch of a column, in milliseconds (or codes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// No number is smaller. Below every limit if one does not fit.
    pub(super) least: i64,
    /// No number is larger.
    pub(super) most: i64,
    /// Some rows have nothing.
    pub(super) gaps: bool,
}

/// Which bounds must be those of numbers that occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tight {
    /// Both.
    Both,
    /// The upper. Of the lower one it says only whether it is negative.
    Above,
    /// None: the upper one may be nearly twice as large. Much faster where it is all that is needed.
    No,
}

impl Extent {
    /// No row has a number: the bounds are the wrong way round.
    const NOTHING: Self = Self {
        least: i64::MAX,
        most: i64::MIN,
        gaps: true,
    };

    /// A column that is 0 throughout, which absent durations are taken as.
    pub(super) const ZERO: Self = Self {
        least: 0,
        most: 0,
        gaps: false,
    };

    /// Whether every number lies from `least` to `most`.
    pub(super) fn lies_in(self, least: i64, most: i64) -> bool {
        least <= self.least && self.most <= most
    }
}

impl Column<'_> {
    /// The bounds of the rows from `start`.
    pub(super) fn extent(&self, start: usize, rows: usize, tight: Tight) -> Extent {
        if let Nulls::Bitmap { .. } = self.nulls {
            return self.extent_of_decoded(start, rows);
        }
        // Finer units are cut to milliseconds, which moves the bounds: look at what comes out.
        if matches!(self.unit, TimeUnit::Micro | TimeUnit::Nano) {
            return self.extent_of_decoded(start, rows);
        }
        for_width!(
            self.values,
            slice => self.extent_of_whole(&slice[start..start + rows], tight),
            floats _values => self.extent_of_decoded(start, rows)
        )
    }

    fn extent_of_whole<T: Whole>(&self, values: &[T], tight: Tight) -> Extent {
        let Some(null) = self.null_as::<T>() else {
            return self.scaled(bounds_without_gaps(values, tight), false);
        };
        // A gap takes the place of a number that is there, so that it changes no bound.
        let Some(&there) = values.iter().find(|&&value| value != null) else {
            return Extent::NOTHING;
        };
        let gaps = values
            .iter()
            .fold(false, |any, &value| any | (value == null));
        let filled = |value| if value == null { there } else { value };
        self.scaled(bounds(values, filled, tight), gaps)
    }

    fn scaled<T: Whole>(&self, (least, most): (T, T), gaps: bool) -> Extent {
        let (least, most) = (self.scale(least.wide()), self.scale(most.wide()));
        Extent {
            least: if most == BAD { BAD } else { least },
            most,
            gaps,
        }
    }

    fn extent_of_decoded(&self, start: usize, rows: usize) -> Extent {
        const STRETCH: usize = 64;
        let mut decoded = [NONE; STRETCH];
        let mut extent = Extent {
            gaps: false,
            ..Extent::NOTHING
        };
        for from in (start..start + rows).step_by(STRETCH) {
            let decoded = &mut decoded[..STRETCH.min(start + rows - from)];
            self.decode(Rows::From(from), decoded);
            for &value in &*decoded {
                if value == NONE {
                    extent.gaps = true;
                } else {
                    extent.least = extent.least.min(value);
                    extent.most = extent.most.max(value);
                }
            }
        }
        extent
    }
}

/// Bounds of values that are all there. Sorted arrivals are the rule, and quickly recognised.
fn bounds_without_gaps<T: Whole>(values: &[T], tight: Tight) -> (T, T) {
    match values {
        [first, .., last] if tight == Tight::Both && values.is_sorted() => (*first, *last),
        _ => bounds(values, |value| value, tight),
    }
}

/// Bounds of values of a whole width, each a loop of its own, so that it is vectorised.
///
/// The bits of all numbers together are negative if one of them is; otherwise no
/// number is larger than they are. That takes one instruction a register.
#[inline(always)]
fn bounds<T: Whole>(values: &[T], filled: impl Fn(T) -> T, tight: Tight) -> (T, T) {
    let all = values.iter().map(|&value| filled(value));
    let first = all.clone().next().unwrap_or_default();
    if tight == Tight::Both {
        let least = all.clone().fold(first, T::min);
        return (least, all.fold(first, T::max));
    }
    let bits = all.clone().fold(T::default(), |bits, value| bits | value);
    let least = bits.min(T::default());
    match tight {
        Tight::No => (least, bits),
        _ => (least, all.fold(first, T::max)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::TimeUnit;
    use super::*;

    fn check(column: Column<'_>) -> Result<(), TestCaseError> {
        let mut decoded = vec![0; column.len()];
        column.decode(Rows::From(0), &mut decoded);
        let there = decoded.iter().copied().filter(|&value| value != NONE);
        let (least, most) = (there.clone().min(), there.max());
        for tight in [Tight::Both, Tight::Above, Tight::No] {
            let extent = column.extent(0, column.len(), tight);
            prop_assert_eq!(extent.gaps, decoded.contains(&NONE));
            let (Some(least), Some(most)) = (least, most) else {
                prop_assert!(extent.lies_in(i64::MAX, i64::MIN));
                continue;
            };
            prop_assert_eq!(extent.least < 0, least < 0, "{:?}", tight);
            if least < 0 {
                continue;
            }
            prop_assert!(extent.least <= least && extent.most >= most, "{:?}", tight);
            match tight {
                Tight::Both => prop_assert_eq!((extent.least, extent.most), (least, most)),
                Tight::Above => prop_assert_eq!(extent.most, most),
                Tight::No => {
                    prop_assert!(extent.most <= most.saturating_mul(2).saturating_add(1000))
                }
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn extents_bound_what_is_decoded(
            whole in proptest::collection::vec(prop_oneof![any::<i64>(), 0..100_i64, Just(7)], 1..100),
            unit in prop_oneof![Just(TimeUnit::Second), Just(TimeUnit::Milli), Just(TimeUnit::Micro), Just(TimeUnit::Nano)],
            bits in proptest::collection::vec(any::<u8>(), 14),
        ) {
            let narrow: Vec<i16> = whole.iter().map(|&value| value as i16).collect();
            let unsigned: Vec<u64> = whole.iter().map(|&value| value as u64).collect();
            let floats: Vec<f64> = whole.iter().map(|&value| if value == 7 { f64::NAN } else { value as f64 }).collect();
            for column in [Column::new(&whole), Column::new(&narrow), Column::new(&unsigned), Column::new(&floats)] {
                let column = column.with_unit(unit);
                check(column)?;
                check(column.with_null_value(7))?;
                check(column.with_validity(&bits, 3).unwrap())?;
            }
        }
    }
}
