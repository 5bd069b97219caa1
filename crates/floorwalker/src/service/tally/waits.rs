//! The distribution of waits, mergeable, exact or in buckets.
//!
//! Both forms are sorted runs of packed numbers: cell, class, wait and how many
//! times. A run is one machine word, so a month of waits is a short array, and
//! merging is sorting. In the exact form the wait is in milliseconds; in the
//! histogram it is the number of a bucket.
//!
//! The buckets are whole seconds up to two minutes, then 60 to an octave: two
//! seconds wide up to four minutes, four up to eight, and so on. So every
//! threshold in use (8, 20, 90, 300, 600, 1,200 s) is an edge, and a threshold
//! between two edges is off by less than 1/60.

use serde::{Deserialize, Serialize};

use super::settings::KeepWaits;

/// Which legs a wait belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitClass {
    /// Answered legs.
    Answered,
    /// Abandoned legs.
    Abandoned,
    /// Legs that asked for a call-back.
    Callback,
    /// Legs that left by routing, time-out, key, command, empty queue or fault.
    FlowOut,
}

impl WaitClass {
    pub(super) const ALL: [Self; 4] = [
        Self::Answered,
        Self::Abandoned,
        Self::Callback,
        Self::FlowOut,
    ];
}

/// Seconds in the first, second-wide part of the histogram, and buckets per octave after it.
const STEP: u64 = 60;

/// The bucket of a wait: 0 for no wait, else the number of the half-open stretch `(from, to]`.
#[inline(always)]
pub(super) fn bucket_of(wait_ms: u64) -> u64 {
    let seconds = wait_ms.div_ceil(1000);
    if seconds <= 2 * STEP {
        return seconds;
    }
    let octave = ((seconds - 1) / STEP).ilog2();
    STEP + STEP * u64::from(octave) + (seconds - (STEP << octave)).div_ceil(1 << octave)
}

/// The longest wait in a bucket, in milliseconds.
pub(super) fn bucket_end(bucket: u64) -> u64 {
    if bucket <= 2 * STEP {
        return bucket * 1000;
    }
    let octave = (bucket - STEP - 1) / STEP;
    let steps = bucket - STEP - STEP * octave;
    1000 * ((STEP << octave) + (steps << octave))
}

const COUNT_BITS: u32 = 16;
const WAIT_BITS: u32 = 38;
const CLASS_BITS: u32 = 2;
const MAX_COUNT: u64 = (1 << COUNT_BITS) - 1;
const MAX_WAIT: u64 = (1 << WAIT_BITS) - 1;

/// Sorted runs of (cell, class, wait, count), packed; the cell is a number below 64.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WaitLog(Vec<u64>);

impl WaitLog {
    /// Notes one wait of a cell. The log is sorted later, by [`compress`](Self::compress).
    #[inline(always)]
    pub(super) fn push(&mut self, cell: usize, class: WaitClass, wait: u64) {
        let key = ((cell as u64) << CLASS_BITS | class as u64) << WAIT_BITS | wait;
        self.0.push(key << COUNT_BITS | 1);
    }

    /// Notes a wait (or bucket) that `legs` legs of a cell had; false if it is beyond what is kept.
    pub(super) fn push_run(
        &mut self,
        cell: usize,
        class: WaitClass,
        (wait, legs): (u64, u64),
        keep: KeepWaits,
    ) -> bool {
        let fits = match keep {
            KeepWaits::Nothing => false,
            KeepWaits::Histogram => wait <= bucket_of(MAX_WAIT),
            KeepWaits::Exact => wait <= MAX_WAIT,
        };
        let Some(legs) = u32::try_from(legs).ok().filter(|_| fits) else {
            return false;
        };
        let key = ((cell as u64) << CLASS_BITS | class as u64) << WAIT_BITS | wait;
        let mut left = u64::from(legs);
        while left > 0 {
            let count = left.min(MAX_COUNT);
            self.0.push(key << COUNT_BITS | count);
            left -= count;
        }
        true
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Sorts and joins equal waits into runs.
    pub(super) fn compress(&mut self) {
        self.0.sort_unstable();
        let mut kept = 0;
        for at in 0..self.0.len() {
            let run = self.0[at];
            let joins = kept > 0 && self.0[kept - 1] >> COUNT_BITS == run >> COUNT_BITS;
            let total = if joins {
                (self.0[kept - 1] & MAX_COUNT) + (run & MAX_COUNT)
            } else {
                0
            };
            if joins && total <= MAX_COUNT {
                self.0[kept - 1] = run & !MAX_COUNT | total;
            } else if joins {
                // A full run first, the rest behind it: the order of merging leaves no trace.
                self.0[kept - 1] = run | MAX_COUNT;
                self.0[kept] = run & !MAX_COUNT | (total - MAX_COUNT);
                kept += 1;
            } else {
                self.0[kept] = run;
                kept += 1;
            }
        }
        self.0.truncate(kept);
        self.0.shrink_to_fit();
    }

    /// Adds the runs of `other`, its cells renumbered.
    pub(super) fn extend_from(&mut self, other: &Self, cell_from: usize, cell_to: usize) {
        for (class, wait, count) in other.cell(cell_from) {
            let key = ((cell_to as u64) << CLASS_BITS | class as u64) << WAIT_BITS | wait;
            self.0.push(key << COUNT_BITS | count);
        }
    }

    /// The runs of one cell: class, wait or bucket, count. Needs a compressed log.
    pub(super) fn cell(&self, cell: usize) -> impl Iterator<Item = (WaitClass, u64, u64)> {
        let shift = COUNT_BITS + WAIT_BITS + CLASS_BITS;
        let from = self.0.partition_point(|run| (run >> shift) < cell as u64);
        self.0[from..]
            .iter()
            .take_while(move |&run| run >> shift == cell as u64)
            .map(|run| {
                let class = WaitClass::ALL[(run >> (COUNT_BITS + WAIT_BITS) & 3) as usize];
                (
                    class,
                    run >> COUNT_BITS & ((1 << WAIT_BITS) - 1),
                    run & MAX_COUNT,
                )
            })
    }

    /// Adds the runs of one cell to a gathering. Needs a compressed log.
    pub(super) fn gather(&self, cell: usize, into: &mut WaitGathering) {
        self.cell(cell)
            .for_each(|(class, value, count)| into.add(class, value, count));
    }
}

/// Runs of many cells on their way to one distribution, in linear work.
#[derive(Debug)]
pub(super) struct WaitGathering {
    keep: KeepWaits,
    /// Counts by bucket, for histograms: there are few buckets.
    buckets: [Vec<u64>; 4],
    /// Runs in no order, for exact waits.
    runs: [Vec<(u64, u64)>; 4],
}

impl WaitGathering {
    pub(super) fn new(keep: KeepWaits) -> Self {
        Self {
            keep,
            buckets: Default::default(),
            runs: Default::default(),
        }
    }

    fn add(&mut self, class: WaitClass, value: u64, count: u64) {
        if self.keep == KeepWaits::Exact {
            self.runs[class as usize].push((value, count));
            return;
        }
        let buckets = &mut self.buckets[class as usize];
        let at = usize::try_from(value).expect("buckets are few");
        if at >= buckets.len() {
            buckets.resize(at + 1, 0);
        }
        buckets[at] = buckets[at].saturating_add(count);
    }

    pub(super) fn finish(self) -> Waits {
        let from_buckets = |buckets: Vec<u64>| {
            let numbered = (0_u64..).zip(buckets);
            numbered.filter(|&(_, count)| count > 0).collect()
        };
        let classes = match self.keep {
            KeepWaits::Exact => self.runs.map(joined),
            KeepWaits::Nothing | KeepWaits::Histogram => self.buckets.map(from_buckets),
        };
        Waits {
            keep: self.keep,
            classes,
        }
    }
}

/// Runs in rising order, equal values joined.
fn joined(mut runs: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    runs.sort_unstable();
    runs.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1.saturating_add(next.1);
        }
        same
    });
    runs
}

/// A distribution of waits, by class of leg.
///
/// Invariant: within a class the values rise, and every count is at least 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    keep: KeepWaits,
    classes: [Vec<(u64, u64)>; 4],
}

/// How many waits are within a threshold, as far as the distribution can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithinBounds {
    /// Certainly within.
    pub at_least: u64,
    /// At most, counting the bucket that the threshold cuts through.
    pub at_most: u64,
}

impl Waits {
    pub(super) fn new(keep: KeepWaits) -> Self {
        Self {
            keep,
            classes: Default::default(),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.classes.iter_mut().zip(&other.classes) {
            let mut all = std::mem::take(mine);
            all.extend_from_slice(theirs);
            *mine = joined(all);
        }
    }

    /// What is kept.
    #[must_use]
    pub fn keep(&self) -> KeepWaits {
        self.keep
    }

    /// How many waits of a class there are.
    #[must_use]
    pub fn count(&self, class: WaitClass) -> u64 {
        self.classes[class as usize]
            .iter()
            .map(|&(_, count)| count)
            .sum()
    }

    /// The waits of a class in rising order: the longest wait of the bucket in
    /// milliseconds (the wait itself in the exact form), and how many.
    pub fn runs(&self, class: WaitClass) -> impl Iterator<Item = (u64, u64)> {
        let exact = self.keep == KeepWaits::Exact;
        self.classes[class as usize]
            .iter()
            .map(move |&(value, count)| (if exact { value } else { bucket_end(value) }, count))
    }

    /// How many waits of a class are at most `limit_ms`.
    #[must_use]
    pub fn within(&self, class: WaitClass, limit_ms: i64) -> WithinBounds {
        let Ok(limit) = u64::try_from(limit_ms) else {
            return WithinBounds {
                at_least: 0,
                at_most: 0,
            };
        };
        let exact = self.keep == KeepWaits::Exact;
        let (mut at_least, mut at_most) = (0, 0);
        for &(value, count) in &self.classes[class as usize] {
            let (shortest, longest) = match (exact, value) {
                (true, _) | (_, 0) => (value, value),
                (false, _) => (bucket_end(value - 1) + 1, bucket_end(value)),
            };
            if longest <= limit {
                at_least += count;
            }
            if shortest <= limit {
                at_most += count;
            }
        }
        WithinBounds { at_least, at_most }
    }

    /// The value of rank `rank` (from 1) in a class: in the histogram, the end of its bucket.
    pub(crate) fn ranked(&self, class: WaitClass, rank: u64) -> Option<u64> {
        let mut seen = 0;
        self.runs(class).find_map(|(value, count)| {
            seen += count;
            (seen >= rank).then_some(value)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn buckets_join_without_gap() {
        assert_eq!(
            (bucket_of(0), bucket_of(1), bucket_of(1000), bucket_of(1001)),
            (0, 1, 1, 2)
        );
        for bucket in 1..2_000 {
            let end = bucket_end(bucket);
            assert_eq!(
                (bucket_of(end), bucket_of(end + 1)),
                (bucket, bucket + 1),
                "{bucket}"
            );
        }
    }

    #[test]
    fn usual_thresholds_are_edges() {
        for seconds in [
            5, 8, 10, 15, 20, 30, 45, 60, 90, 120, 150, 180, 240, 300, 480, 600, 1_200,
        ] {
            assert_eq!(
                bucket_end(bucket_of(seconds * 1000)),
                seconds * 1000,
                "{seconds}"
            );
        }
    }

    #[test]
    fn full_runs_overflow_into_the_next() {
        let mut one = WaitLog(vec![7 << COUNT_BITS | MAX_COUNT, 7 << COUNT_BITS | 3]);
        one.compress();
        let mut other = WaitLog(vec![7 << COUNT_BITS | 4, 7 << COUNT_BITS | (MAX_COUNT - 1)]);
        other.compress();
        assert_eq!(one, other);
        let mut waits = WaitGathering::new(KeepWaits::Exact);
        one.gather(0, &mut waits);
        assert_eq!(waits.finish().count(WaitClass::Answered), MAX_COUNT + 3);
    }

    proptest! {
        #[test]
        fn a_bucket_is_narrow(wait in 0_u64..400 * 86_400_000) {
            let bucket = bucket_of(wait);
            prop_assert!(bucket_end(bucket) >= wait);
            let start = if bucket == 0 { 0 } else { bucket_end(bucket - 1) };
            let width = bucket_end(bucket) - start;
            prop_assert!(width <= 1000 || width * 60 <= start, "{width} after {start}");
        }
    }
}
