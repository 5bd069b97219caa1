//! The waits of a page of cells, as they come.
//!
//! A log is a list of packed numbers: cell, class of leg, wait. Nothing is
//! searched or sorted while legs stream in; a short log is not even sorted
//! afterwards, since going through it is as fast as searching it. In the exact
//! form the wait is in milliseconds and each leg has its own entry. In the
//! histogram it is the number of a bucket, and an entry says how many times, so
//! that a long log shrinks to the few runs it stands for.

use std::ops::Range;

use super::settings::KeepWaits;
use super::sheet::PAGE;
use super::waits::{WaitClass, Waits, bucket_of};

const CLASS_BITS: u32 = 2;
/// Above it the number of the cell, below it the class.
const CELL_SHIFT: u32 = u32::BITS - PAGE.ilog2();
/// Above it the class, below it the wait: in milliseconds up to four and a half hours.
const CLASS_SHIFT: u32 = CELL_SHIFT - CLASS_BITS;
/// How many times, in an entry of a histogram: the lowest bits.
const COUNT_BITS: u32 = 13;
const MAX_COUNT: u32 = (1 << COUNT_BITS) - 1;
/// The same as [`CLASS_SHIFT`] for the rare longer waits, with an entry of 64 bits.
const LONG_CLASS_SHIFT: u32 = 46;
/// A log that is not longer than this is not sorted at the end.
const SHORT: usize = 1024;
/// A histogram is joined into runs whenever its log has doubled beyond this.
const JOIN_AT: usize = 4096;
/// A log begins with room for this many entries.
const FIRST_ROOM: usize = 128;

/// The waits of a page.
#[derive(Clone, Debug)]
pub(super) struct WaitLog {
    keep: KeepWaits,
    entries: Vec<u32>,
    /// Exact waits that are too long for an entry: cell, class, wait.
    long: Vec<u64>,
    is_sorted: bool,
    join_at: usize,
}

/// A wait of a histogram is a bucket and a count, an exact one a wait and 1.
type Run = (WaitClass, u64, u32);

impl WaitLog {
    pub(super) fn new(keep: KeepWaits) -> Self {
        Self {
            keep,
            entries: Vec::new(),
            long: Vec::new(),
            is_sorted: false,
            join_at: JOIN_AT,
        }
    }

    /// Notes a wait of a cell by the number of its bucket.
    #[inline(always)]
    pub(super) fn push_bucket(&mut self, cell: usize, class: WaitClass, bucket: u32) {
        self.push(head(cell, class) | bucket << COUNT_BITS | 1);
    }

    /// Notes a wait of a cell to the millisecond.
    #[inline(always)]
    pub(super) fn push_exact(&mut self, cell: usize, class: WaitClass, wait: u64) {
        match u32::try_from(wait) {
            Ok(wait) if wait >> CLASS_SHIFT == 0 => self.push(head(cell, class) | wait),
            _ => self.push_long(cell, class, wait),
        }
    }

    #[inline(always)]
    fn push(&mut self, entry: u32) {
        if self.entries.len() == self.entries.capacity() {
            self.make_room();
        }
        self.entries.push(entry);
    }

    /// Makes room for more entries, of a long histogram by joining what is there.
    #[cold]
    fn make_room(&mut self) {
        if self.keep == KeepWaits::Histogram && self.entries.len() >= self.join_at {
            self.order();
        }
        self.entries.reserve(FIRST_ROOM.max(self.entries.len()));
    }

    #[cold]
    fn push_long(&mut self, cell: usize, class: WaitClass, wait: u64) {
        let head = (cell as u64) << CLASS_BITS | class as u64;
        self.long.push(head << LONG_CLASS_SHIFT | wait);
    }

    /// Sorts the entries, and joins equal ones of a histogram into runs.
    fn order(&mut self) {
        self.entries.sort_unstable();
        self.long.sort_unstable();
        if self.keep == KeepWaits::Histogram {
            join(&mut self.entries);
        }
        self.join_at = JOIN_AT.max(2 * self.entries.len());
    }

    /// Called when the last leg was counted: sorts the log if it is long.
    pub(super) fn settle(&mut self) {
        self.is_sorted = self.entries.len() + self.long.len() > SHORT;
        if self.is_sorted {
            self.order();
        }
        self.entries.shrink_to_fit();
        self.long.shrink_to_fit();
    }

    /// The entries of some cells of a settled log, and perhaps of others.
    fn near(&self, cells: &Range<usize>) -> (&[u32], &[u64]) {
        if !self.is_sorted {
            return (&self.entries, &self.long);
        }
        let short = |cell: usize| {
            let before = |&entry: &u32| entry >> CELL_SHIFT < cell as u32;
            self.entries.partition_point(before)
        };
        let long = |cell: usize| {
            let before = |&entry: &u64| entry >> (LONG_CLASS_SHIFT + CLASS_BITS) < cell as u64;
            self.long.partition_point(before)
        };
        let entries = &self.entries[short(cells.start)..short(cells.end)];
        (entries, &self.long[long(cells.start)..long(cells.end)])
    }

    /// Calls `each(cell, run)` for the runs of some cells of a settled log.
    pub(super) fn for_each(&self, cells: Range<usize>, mut each: impl FnMut(usize, Run)) {
        let (entries, long) = self.near(&cells);
        let exact = self.keep == KeepWaits::Exact;
        for &entry in entries {
            let cell = (entry >> CELL_SHIFT) as usize;
            if !cells.contains(&cell) {
                continue;
            }
            let wait = entry & ((1 << CLASS_SHIFT) - 1);
            let (value, count) = if exact {
                (wait, 1)
            } else {
                (wait >> COUNT_BITS, wait & MAX_COUNT)
            };
            each(cell, (class(entry >> CLASS_SHIFT), value.into(), count));
        }
        for &entry in long {
            let head = (entry >> LONG_CLASS_SHIFT) as u32;
            let cell = (head >> CLASS_BITS) as usize;
            if cells.contains(&cell) {
                let wait = entry & ((1 << LONG_CLASS_SHIFT) - 1);
                each(cell, (class(head), wait, 1));
            }
        }
    }

    /// Adds a run that another log had for a cell.
    pub(super) fn add(&mut self, cell: usize, (class, value, count): Run) {
        if self.keep == KeepWaits::Exact {
            self.push_exact(cell, class, value);
        } else {
            let bucket = u32::try_from(value).expect("buckets are few");
            self.push(head(cell, class) | bucket << COUNT_BITS | count);
        }
    }

    /// Adds a run of a stored state: a bucket or a wait, and how many legs. False, and nothing
    /// added, if the log keeps no such waits.
    pub(super) fn add_run(
        &mut self,
        cell: usize,
        (class, value, legs): (WaitClass, u64, u64),
    ) -> bool {
        let fits = match self.keep {
            KeepWaits::Nothing => false,
            KeepWaits::Histogram => value <= bucket_of((1 << LONG_CLASS_SHIFT) - 1).into(),
            KeepWaits::Exact => value >> LONG_CLASS_SHIFT == 0,
        };
        let Some(mut left) = u32::try_from(legs).ok().filter(|_| fits) else {
            return false;
        };
        let most = match self.keep {
            KeepWaits::Exact => 1,
            KeepWaits::Nothing | KeepWaits::Histogram => MAX_COUNT,
        };
        while left > 0 {
            let count = left.min(most);
            self.add(cell, (class, value, count));
            left -= count;
        }
        true
    }

    /// Whether two settled logs hold the same waits, in whatever order.
    pub(super) fn holds_the_same(&self, other: &Self) -> bool {
        let ordered = |log: &Self| {
            let mut log = log.clone();
            if !log.is_sorted {
                log.order();
            }
            (log.entries, log.long)
        };
        ordered(self) == ordered(other)
    }
}

#[inline(always)]
fn head(cell: usize, class: WaitClass) -> u32 {
    (cell as u32) << CELL_SHIFT | (class as u32) << CLASS_SHIFT
}

fn class(bits: u32) -> WaitClass {
    WaitClass::ALL[(bits & 3) as usize]
}

/// Joins sorted entries with the same wait. What does not fit in one count takes several, the
/// rest first, so that the result is in order and does not tell how it came about.
fn join(entries: &mut Vec<u32>) {
    let mut joined: Vec<u32> = Vec::new();
    for same in entries.chunk_by(|a, b| a >> COUNT_BITS == b >> COUNT_BITS) {
        let key = same[0] & !MAX_COUNT;
        let counts = same.iter().map(|&entry| u64::from(entry & MAX_COUNT));
        let mut total: u64 = counts.sum();
        while total > 0 {
            let rest = (total - 1) % u64::from(MAX_COUNT) + 1;
            joined.push(key | rest as u32);
            total -= rest;
        }
    }
    *entries = joined;
}

/// Runs of many cells on their way to one distribution, in linear work.
#[derive(Debug)]
pub(super) struct WaitGathering {
    keep: KeepWaits,
    /// Counts by bucket, for histograms: there are few buckets.
    buckets: [Vec<u64>; 4],
    /// Waits in no order, for exact ones.
    waits: [Vec<u64>; 4],
}

impl WaitGathering {
    pub(super) fn new(keep: KeepWaits) -> Self {
        Self {
            keep,
            buckets: Default::default(),
            waits: Default::default(),
        }
    }

    pub(super) fn add(&mut self, (class, value, count): Run) {
        if self.keep == KeepWaits::Exact {
            self.waits[class as usize].push(value);
            return;
        }
        let buckets = &mut self.buckets[class as usize];
        let at = usize::try_from(value).expect("buckets are few");
        if at >= buckets.len() {
            buckets.resize(at + 1, 0);
        }
        buckets[at] = buckets[at].saturating_add(count.into());
    }

    pub(super) fn finish(self) -> Waits {
        let from_buckets = |buckets: Vec<u64>| {
            let numbered = (0_u64..).zip(buckets);
            numbered.filter(|&(_, count)| count > 0).collect()
        };
        let classes = match self.keep {
            KeepWaits::Exact => self.waits.map(runs_of),
            KeepWaits::Nothing | KeepWaits::Histogram => self.buckets.map(from_buckets),
        };
        Waits::from_runs(self.keep, classes)
    }
}

/// Each wait in rising order, and how many times.
fn runs_of(mut waits: Vec<u64>) -> Vec<(u64, u64)> {
    waits.sort_unstable();
    let runs = waits.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0], run.len() as u64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(log: &WaitLog, cell: usize) -> u64 {
        let mut waits = WaitGathering::new(log.keep);
        log.for_each(cell..cell + 1, |_, run| waits.add(run));
        waits.finish().count(WaitClass::Answered)
    }

    #[test]
    fn full_runs_overflow_into_the_next() {
        let mut one = WaitLog::new(KeepWaits::Histogram);
        let mut other = one.clone();
        let run = |count| (WaitClass::Answered, 7, count);
        one.add(3, run(MAX_COUNT));
        one.add(3, run(3));
        other.add(3, run(4));
        other.add(3, run(MAX_COUNT - 1));
        assert!(one.holds_the_same(&other));
        assert_eq!(counted(&one, 3), u64::from(MAX_COUNT) + 3);
        assert_eq!(counted(&one, 2), 0);
    }

    #[test]
    fn long_histograms_shrink_to_their_runs() {
        let mut log = WaitLog::new(KeepWaits::Histogram);
        for wait in 0..100_000_u32 {
            log.push_bucket(5, WaitClass::Answered, wait % 3);
        }
        assert!(log.entries.len() < JOIN_AT);
        log.settle();
        assert_eq!(counted(&log, 5), 100_000);
        assert_eq!((counted(&log, 4), counted(&log, 6)), (0, 0));
        log.order();
        let rising = log.entries.is_sorted();
        assert!(rising && log.entries.len() < 40, "{:?}", log.entries);
    }

    #[test]
    fn long_waits_are_exact_too() {
        let mut log = WaitLog::new(KeepWaits::Exact);
        let longest = 400 * 86_400_000;
        for wait in [1 << CLASS_SHIFT, longest, (1 << CLASS_SHIFT) - 1, 0] {
            log.push_exact(PAGE - 1, WaitClass::Answered, wait);
        }
        log.settle();
        let mut seen = Vec::new();
        log.for_each(0..PAGE, |cell, (_, wait, count)| {
            seen.push((cell, wait, count))
        });
        seen.sort_unstable();
        let expected = [0, (1 << CLASS_SHIFT) - 1, 1 << CLASS_SHIFT, longest];
        assert_eq!(seen, expected.map(|wait| (PAGE - 1, wait, 1)));
    }
}
