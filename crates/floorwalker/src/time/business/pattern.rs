//! Open time that repeats every week.

use super::lookup::Lookup;
use crate::time::ranges::{Range, difference, intersection, union};

/// Milliseconds in a week.
pub(super) const WEEK: i64 = 7 * 86_400_000;

/// The open windows of a week on some clock, counted from Monday 00:00.
///
/// Invariant: the windows lie within the week, in order, neither empty nor touching.
/// There may be none, and one may fill the week.
///
/// A *reading* is a number of milliseconds on that clock since some Monday 00:00.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    windows: Box<[Window]>,
    /// Open time of the week.
    total: i64,
    segments: Box<[Segment]>,
    by_reading: Lookup,
    by_amount: Lookup,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    start: i64,
    end: i64,
    /// Open time of the week before it.
    before: i64,
    /// The end of the window before it, perhaps in the week before.
    previous_end: i64,
}

/// A part of the week that is open or closed.
#[derive(Clone, Copy, Debug)]
struct Segment {
    start: i64,
    /// Open time since Monday is `base + (reading & open)`: `open` is all ones in an
    /// open segment, 0 in a closed one.
    base: i64,
    open: i64,
}

impl Pattern {
    /// The week with these windows, which may overlap, be out of order, and run from
    /// the end of the week into its beginning.
    pub(super) fn new(windows: impl IntoIterator<Item = Range>) -> Self {
        let mut folded = Vec::new();
        for (start, end) in windows {
            let shift = start.div_euclid(WEEK) * WEEK;
            let (start, end) = (start - shift, end - shift);
            folded.push((start, end.min(WEEK)));
            folded.push((0, end - WEEK));
        }
        Self::compile(&union(folded))
    }

    fn compile(windows: &[Range]) -> Self {
        /// Steps of about half an hour for office hours, so that most hold one segment.
        const STEPS_EACH: u64 = 16;
        let mut compiled = Vec::with_capacity(windows.len());
        let mut segments = vec![Segment {
            start: 0,
            base: 0,
            open: 0,
        }];
        let mut total = 0;
        let mut previous_end = windows.last().map_or(0, |last| last.1 - WEEK);
        for &(start, end) in windows {
            compiled.push(Window {
                start,
                end,
                before: total,
                previous_end,
            });
            previous_end = end;
            segments.push(Segment {
                start,
                base: total - start,
                open: -1,
            });
            total += end - start;
            segments.push(Segment {
                start: end,
                base: total,
                open: 0,
            });
        }
        let starts = segments.iter().map(|segment| segment.start);
        let by_reading = Lookup::new(starts, WEEK, STEPS_EACH);
        let amounts = compiled.iter().map(|window: &Window| window.before);
        let by_amount = Lookup::new(amounts, total, STEPS_EACH);
        Self {
            windows: compiled.into(),
            total,
            segments: segments.into(),
            by_reading,
            by_amount,
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.total == 0
    }

    pub(super) fn is_always_open(&self) -> bool {
        self.total == WEEK
    }

    /// Without the time of `breaks`.
    pub(super) fn without(&self, breaks: &Self) -> Self {
        Self::compile(&difference(&self.ranges(), &breaks.ranges()))
    }

    /// The time both have, the clock of each `ahead` of the same clock by so much.
    pub(super) fn both(left: (&Self, i64), right: (&Self, i64)) -> Self {
        let (left, right) = (left.0.turned(left.1), right.0.turned(right.1));
        Self::compile(&intersection(&left.ranges(), &right.ranges()))
    }

    /// The time at least one has, the clock of each `ahead` of the same clock by so much.
    pub(super) fn either(left: (&Self, i64), right: (&Self, i64)) -> Self {
        let (left, right) = (left.0.turned(left.1), right.0.turned(right.1));
        Self::new(left.ranges().into_iter().chain(right.ranges()))
    }

    fn turned(&self, ahead: i64) -> Self {
        Self::new(
            self.ranges()
                .into_iter()
                .map(|(start, end)| (start - ahead, end - ahead)),
        )
    }

    fn ranges(&self) -> Vec<Range> {
        self.windows
            .iter()
            .map(|window| (window.start, window.end))
            .collect()
    }

    #[inline]
    fn segment(&self, in_week: i64) -> Segment {
        self.segments[self
            .by_reading
            .find(in_week, |place| self.segments[place].start)]
    }

    /// Open time from reading 0 to `reading`; negative before.
    #[inline]
    pub(super) fn open_until(&self, reading: i64) -> i64 {
        let week = reading.div_euclid(WEEK);
        let in_week = reading - week * WEEK;
        let segment = self.segment(in_week);
        week * self.total + segment.base + (in_week & segment.open)
    }

    /// Whether it is open at `reading`.
    #[inline]
    pub(super) fn is_open(&self, reading: i64) -> bool {
        self.segment(reading.rem_euclid(WEEK)).open != 0
    }

    /// The earliest and the latest reading by which `amount` of open time, and no more,
    /// has passed. They differ where it runs out with a window. There must be one.
    #[inline]
    pub(super) fn readings_with(&self, amount: i64) -> (i64, i64) {
        let week = amount.div_euclid(self.total);
        let (monday, rest) = (week * WEEK, amount - week * self.total);
        let before = |place: usize| self.windows[place].before;
        let place = self.by_amount.find(rest, before);
        let window = self.windows[place];
        let last = monday + window.start + rest - window.before;
        let first = if rest > window.before {
            last
        } else {
            monday + window.previous_end
        };
        (first, last)
    }

    /// The end of the window that holds `reading`, which must be open, in a pattern
    /// that is not always open.
    pub(super) fn window_end(&self, reading: i64) -> i64 {
        let week = reading.div_euclid(WEEK) * WEEK;
        let place = self
            .windows
            .partition_point(|window| window.end <= reading - week);
        match (self.windows[place].end, self.windows[0]) {
            (WEEK, Window { start: 0, end, .. }) => week + WEEK + end,
            (end, _) => week + end,
        }
    }

    /// The start of the window that runs up to or through `reading`, in a pattern that
    /// is not always open.
    pub(super) fn window_start(&self, reading: i64) -> i64 {
        let week = (reading - 1).div_euclid(WEEK) * WEEK;
        let place = self
            .windows
            .partition_point(|window| window.start < reading - week)
            - 1;
        match (
            self.windows[place].start,
            self.windows[self.windows.len() - 1],
        ) {
            (
                0,
                Window {
                    start, end: WEEK, ..
                },
            ) => week - WEEK + start,
            (start, _) => week + start,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000;

    /// Windows on full hours, so that an hour-by-hour count is exact.
    fn patterns() -> impl Strategy<Value = Pattern> {
        let window = (0i64..168, 1i64..60);
        let window = window.prop_map(|(start, hours)| (start * HOUR, (start + hours) * HOUR));
        let patterns = proptest::collection::vec(window, 1..6).prop_map(Pattern::new);
        patterns.prop_filter("all open", |pattern| !pattern.is_always_open())
    }

    fn hours_open(pattern: &Pattern, from: i64, until: i64) -> i64 {
        let open = |hour: &i64| {
            let reading = (hour * HOUR).rem_euclid(WEEK);
            pattern
                .ranges()
                .iter()
                .any(|&(start, end)| (start..end).contains(&reading))
        };
        (from..until).filter(open).count() as i64
    }

    proptest! {
        #[test]
        fn open_time_is_the_hours_counted(pattern in patterns(), hour in 0i64..500) {
            prop_assert_eq!(pattern.open_until(hour * HOUR), hours_open(&pattern, 0, hour) * HOUR);
            prop_assert_eq!(pattern.open_until(-hour * HOUR), -hours_open(&pattern, -hour, 0) * HOUR);
            prop_assert_eq!(pattern.is_open(hour * HOUR), hours_open(&pattern, hour, hour + 1) == 1);
        }

        #[test]
        fn readings_of_an_amount_are_all_between_the_two(
            pattern in patterns(),
            amount in prop_oneof![-900_000_000i64..900_000_000, (-500i64..500).prop_map(|hours| hours * HOUR)],
        ) {
            let (first, last) = pattern.readings_with(amount);
            prop_assert_eq!(pattern.open_until(first), amount);
            prop_assert_eq!(pattern.open_until(last), amount);
            prop_assert!(pattern.open_until(first - 1) < amount && pattern.open_until(last + 1) > amount);
        }

        #[test]
        fn a_window_ends_where_it_is_no_longer_open(pattern in patterns(), hour in -300i64..300) {
            let reading = hour * HOUR;
            if pattern.is_open(reading) {
                let end = pattern.window_end(reading);
                prop_assert_eq!(pattern.open_until(end) - pattern.open_until(reading), end - reading);
                prop_assert!(!pattern.is_open(end) && end > reading);
                let start = pattern.window_start(end);
                prop_assert_eq!(pattern.window_start(reading + 1), start);
                prop_assert!(start <= reading && pattern.is_open(start) && !pattern.is_open(start - 1));
            }
        }
    }

    #[test]
    fn a_week_may_be_all_the_same() {
        assert!(Pattern::new([]).is_closed());
        let open = Pattern::new([(HOUR, HOUR + WEEK)]);
        assert!(open.is_always_open());
        assert_eq!(open.open_until(-5), -5);
        assert_eq!(open.readings_with(3 * WEEK), (3 * WEEK, 3 * WEEK));
        let night = Pattern::new([(-HOUR, HOUR)]);
        let day = Pattern::new([(HOUR, WEEK - HOUR)]);
        assert!(Pattern::either((&night, 0), (&day, 0)).is_always_open());
        assert!(Pattern::both((&night, 0), (&day, 0)).is_closed());
        assert!(open.without(&open).is_closed());
    }
}
