//! Finding a place in a sorted list with a table of equal steps and a short search.
//!
//! The table says, for each step of a power of two, which places can hold a number in
//! it. Where numbers are spread evenly that leaves one or two; where many lie in one
//! step, the search by halves between them bounds the work.

/// For numbers `starts[0] <= starts[1] <= ...`: the last that is not above a number.
///
/// Invariant: made for exactly the numbers it is asked about.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    origin: i64,
    shift: u32,
    /// For each step, the last place whose start is not above the start of the step;
    /// one more than there are steps.
    places: Box<[u32]>,
}

impl Lookup {
    /// `starts` must be sorted, not empty, and hold fewer than 2^32 numbers; `end` must
    /// lie above them. With more steps for each start, fewer steps hold two places.
    pub(super) fn new(
        starts: impl ExactSizeIterator<Item = i64> + Clone,
        end: i64,
        steps_each: u64,
    ) -> Self {
        let origin = starts.clone().next().unwrap_or(0);
        let (length, count) = (end.abs_diff(origin).max(1), starts.len() as u64);
        let shift = (length / (steps_each * count).max(1)).max(1).ilog2();
        let steps = ((length - 1) >> shift) + 1;
        let mut starts = starts.skip(1).peekable();
        let mut place = 0;
        let places = (0..=steps)
            .map(|step| {
                let at = origin.saturating_add_unsigned(step << shift);
                while starts.next_if(|&start| start <= at).is_some() {
                    place += 1;
                }
                place
            })
            .collect();
        Self {
            origin,
            shift,
            places,
        }
    }

    /// The last place whose start is not above `number`, which must not lie below the
    /// first start nor above the end. `start_of` gives the start of a place.
    #[inline]
    pub(super) fn find(&self, number: i64, start_of: impl Fn(usize) -> i64) -> usize {
        let last = self.places.len() - 2;
        let step = ((number.abs_diff(self.origin) >> self.shift) as usize).min(last);
        let mut low = self.places[step] as usize;
        let mut high = self.places[step + 1] as usize;
        while low < high {
            let middle = (low + high).div_ceil(2);
            if start_of(middle) <= number {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low
    }

    /// The most comparisons that [`find`](Self::find) makes.
    #[cfg(test)]
    pub(super) fn most_comparisons(&self) -> u32 {
        let widths = self.places.windows(2).map(|pair| pair[1] - pair[0] + 1);
        widths
            .map(|width| width.next_power_of_two().ilog2())
            .max()
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(
            starts in proptest::collection::btree_set(-500i64..500, 1..40),
            number in 0i64..1_100,
        ) {
            let starts: Vec<i64> = starts.into_iter().collect();
            let number = starts[0] + number.min(600 - starts[0]);
            let lookup = Lookup::new(starts.iter().copied(), 600, 2);
            let expected = starts.partition_point(|&start| start <= number) - 1;
            prop_assert_eq!(lookup.find(number, |place| starts[place]), expected);
        }
    }

    #[test]
    fn a_cluster_costs_only_the_logarithm() {
        let starts: Vec<i64> = (0..10_000).chain([1 << 40]).collect();
        let lookup = Lookup::new(starts.iter().copied(), 1 << 41, 4);
        assert!(lookup.most_comparisons() <= 14);
        assert_eq!(lookup.find(9_999, |place| starts[place]), 9_999);
    }
}
