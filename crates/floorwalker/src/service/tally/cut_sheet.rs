//! How many legs of each category there are, for one threshold.

use std::collections::BTreeMap;

use crate::service::rule::CATEGORIES;

/// The counts of one slot; the last takes what does not count.
pub(super) type CutCounts = [u16; CATEGORIES + 1];

/// The counts of all slots.
///
/// A quarter of an hour has few legs, so the counts are short numbers, and more
/// of them fit into the cache; what does not fit is carried over.
#[derive(Clone, Debug, Default)]
pub(super) struct CutSheet {
    pub(super) counts: Vec<CutCounts>,
    /// How often a count began again from 0, by slot and category.
    carried: BTreeMap<(usize, usize), u64>,
}

impl CutSheet {
    pub(super) fn resize(&mut self, slots: usize) {
        self.counts.resize(slots, [0; CATEGORIES + 1]);
    }

    /// Notes that a count has just begun again from 0.
    #[cold]
    pub(super) fn carry(&mut self, slot: usize, category: usize) {
        *self.carried.entry((slot, category)).or_default() += 1;
    }

    /// The counts of a slot by category.
    pub(super) fn of(&self, slot: usize) -> [u64; CATEGORIES] {
        let mut counts = [0; CATEGORIES];
        for (count, &short) in counts.iter_mut().zip(&self.counts[slot]) {
            *count = short.into();
        }
        for (&(_, category), &times) in self.carried.range((slot, 0)..(slot, CATEGORIES)) {
            counts[category] += times << u16::BITS;
        }
        counts
    }

    /// Adds counts to those of a slot.
    pub(super) fn add(&mut self, slot: usize, more: &[u64; CATEGORIES]) {
        for (category, &more) in more.iter().enumerate() {
            let total = u64::from(self.counts[slot][category]) + more;
            self.counts[slot][category] = total as u16;
            if total >> u16::BITS > 0 {
                *self.carried.entry((slot, category)).or_default() += total >> u16::BITS;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_go_on_beyond_short_numbers() {
        let mut sheet = CutSheet::default();
        sheet.resize(2);
        for _ in 0..150_000 {
            let count = &mut sheet.counts[1][4];
            *count = count.wrapping_add(1);
            if *count == 0 {
                sheet.carry(1, 4);
            }
        }
        assert_eq!(sheet.of(1)[4], 150_000);
        let counts = sheet.of(1);
        sheet.add(0, &counts);
        sheet.add(0, &counts);
        assert_eq!(sheet.of(0)[4], 300_000);
        assert_eq!(sheet.of(0).iter().sum::<u64>(), 300_000);
    }
}
