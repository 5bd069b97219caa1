//! Finding the interval of an instant in constant time.
//!
//! A tally asks this once per row, so a search by halves (about twenty steps, each a
//! cache miss) would be most of its cost. Instead the window is divided into buckets
//! of a power of two of milliseconds, not longer than the mean interval; the table
//! holds for each bucket the interval at its start. From there the wanted one is at
//! most a few steps on.

/// For boundaries `b[0] < b[1] < ... < b[n]`: which `[b[i], b[i+1])` holds a number.
///
/// Invariant: made for exactly the boundaries it is asked about.
pub(super) struct Buckets {
    shift: u32,
    first: Box<[u32]>,
}

impl Buckets {
    /// `bounds` must be strictly increasing and hold at most 2^32 numbers.
    pub(super) fn new(bounds: &[i64]) -> Self {
        let intervals = bounds.len().saturating_sub(1);
        if intervals == 0 {
            return Self {
                shift: 0,
                first: Box::default(),
            };
        }
        let length = bounds[intervals].abs_diff(bounds[0]);
        let shift = (length / intervals as u64).max(1).ilog2();
        let mut interval = 0;
        let first = (0..=(length - 1) >> shift)
            .map(|bucket| {
                let start = bounds[0].saturating_add_unsigned(bucket << shift);
                while bounds[interval + 1] <= start {
                    interval += 1;
                }
                u32::try_from(interval).expect("at most 2^32 intervals")
            })
            .collect();
        Self { shift, first }
    }

    /// The index `i` with `bounds[i] <= number < bounds[i + 1]`.
    #[inline]
    pub(super) fn find(&self, bounds: &[i64], number: i64) -> Option<usize> {
        let (first, last) = (*bounds.first()?, *bounds.last()?);
        if number < first || number >= last {
            return None;
        }
        let bucket = (number.abs_diff(first) >> self.shift) as usize;
        let mut index = *self.first.get(bucket)? as usize;
        while bounds.get(index + 1).is_some_and(|&end| end <= number) {
            index += 1;
        }
        Some(index)
    }

    /// The most boundaries in one bucket: the most steps [`find`](Self::find) makes.
    #[cfg(test)]
    pub(super) fn most_steps(&self) -> u32 {
        self.first
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .max()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bounds() -> impl Strategy<Value = Vec<i64>> {
        proptest::collection::btree_set(-2_000i64..2_000, 0..60)
            .prop_map(|set| set.into_iter().collect())
    }

    #[test]
    fn the_largest_numbers_fit() {
        let bounds = [i64::MIN, 0, i64::MAX];
        let buckets = Buckets::new(&bounds);
        assert_eq!(buckets.find(&bounds, i64::MIN), Some(0));
        assert_eq!(buckets.find(&bounds, i64::MAX - 1), Some(1));
        assert_eq!(buckets.find(&bounds, i64::MAX), None);
    }

    proptest! {
        #[test]
        fn finds_what_a_search_by_halves_finds(bounds in bounds(), number in -2_100i64..2_100) {
            let after = bounds.partition_point(|&bound| bound <= number);
            let expected = after.checked_sub(1).filter(|_| after < bounds.len());
            prop_assert_eq!(Buckets::new(&bounds).find(&bounds, number), expected);
        }
    }
}
