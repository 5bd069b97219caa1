//! The time of the log: stamps of lines, which mostly but not always go forward.

use serde::{Deserialize, Serialize};

/// Lines may come this much out of order, in milliseconds.
pub(crate) const WINDOW: i64 = 2000;

/// What a stamp did to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Time went on.
    Forward,
    /// The same instant, or a line that is a little late.
    Same,
    /// Time went back by more than lines may be late.
    Back,
}

/// The stamps so far.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Clock {
    /// The latest stamp since time last went back.
    pub(crate) now: i64,
    /// The latest stamp of all.
    pub(crate) newest: i64,
    /// The first stamp of all.
    pub(crate) first: i64,
    /// The latest stamp when time last went back: up to here everything was settled.
    settled: i64,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self {
            now: i64::MIN / 2,
            newest: i64::MIN / 2,
            first: i64::MAX / 2,
            settled: i64::MIN / 2,
        }
    }

    /// Whether a line was read.
    pub(crate) fn has_begun(&self) -> bool {
        self.newest > i64::MIN / 2
    }

    pub(crate) fn step(&mut self, at: i64) -> Step {
        if at < self.first && (!self.has_begun() || at + WINDOW >= self.first) {
            self.first = at;
        }
        if at > self.now {
            self.now = at;
            self.newest = self.newest.max(at);
            Step::Forward
        } else if at + WINDOW < self.now {
            self.now = at;
            self.settled = self.newest;
            Step::Back
        } else {
            Step::Same
        }
    }

    /// Whether a line is older than lines that are only late, so that it may have
    /// been read before.
    pub(crate) fn is_behind(&self, at: i64) -> bool {
        at + WINDOW < self.newest || at <= self.settled
    }

    /// Whether the parts are what this type makes, after they came from outside.
    pub(crate) fn is_sound(&self, in_range: impl Fn(i64) -> bool) -> bool {
        let none = i64::MIN / 2;
        let stamp = |at: i64| at == none || in_range(at);
        let begun = in_range(self.now) && in_range(self.newest) && in_range(self.first);
        stamp(self.settled)
            && (begun || (self.now == none && self.newest == none && self.first == i64::MAX / 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_lines_do_not_set_the_clock_back() {
        let mut clock = Clock::new();
        assert_eq!(clock.step(10_000), Step::Forward);
        assert_eq!(clock.step(8_000), Step::Same);
        assert_eq!(clock.first, 8_000);
        assert_eq!(clock.step(7_999), Step::Back);
        assert_eq!(clock.step(9_000), Step::Forward);
        assert_eq!((clock.now, clock.newest), (9_000, 10_000));
        assert!(
            clock.is_behind(10_000) && !clock.is_behind(10_001),
            "settled when set back"
        );
    }
}
