//! The distribution of waits, mergeable, exact or in buckets.
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
pub(super) fn bucket_of(wait_ms: u64) -> u32 {
    let seconds = wait_ms.saturating_add(999) / 1000;
    let bucket = if seconds <= 2 * STEP {
        seconds
    } else {
        long_bucket_of(seconds)
    };
    bucket as u32
}

/// The bucket of a wait of more than two minutes.
fn long_bucket_of(seconds: u64) -> u64 {
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

    /// `classes` must keep the invariant.
    pub(super) fn from_runs(keep: KeepWaits, classes: [Vec<(u64, u64)>; 4]) -> Self {
        Self { keep, classes }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.classes.iter_mut().zip(&other.classes) {
            mine.extend_from_slice(theirs);
            // Two sorted stretches one after the other: a stable sort finds and merges them.
            mine.sort_by_key(|&(value, _)| value);
            mine.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 = kept.1.saturating_add(next.1);
                }
                same
            });
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
                (u64::from(bucket_of(end)), u64::from(bucket_of(end + 1))),
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
                bucket_end(bucket_of(seconds * 1000).into()),
                seconds * 1000,
                "{seconds}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_bucket_is_narrow(wait in 0_u64..400 * 86_400_000) {
            let bucket = u64::from(bucket_of(wait));
            prop_assert!(bucket_end(bucket) >= wait);
            let start = if bucket == 0 { 0 } else { bucket_end(bucket - 1) };
            let width = bucket_end(bucket) - start;
            prop_assert!(width <= 1000 || width * 60 <= start, "{width} after {start}");
        }
    }
}
