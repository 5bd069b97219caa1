//! Open time that repeats every week.

use super::lookup::Lookup;
use super::spans::{Range, difference, intersection, union};

/// Milliseconds in a week.
pub(super) const WEEK: i64 = 7 * 86_400_000;

/// The open windows of a week on some clock, counted from Monday 00:00.
///
/// Invariant: the windows lie within the week, in order, neither empty nor touching;
/// there is at least one, and they do not fill the week.
///
/// A *reading* is a number of milliseconds on that clock since some Monday 00:00.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    windows: Box<[Range]>,
    /// Open time before each window and, last, of the whole week.
    before: Box<[i64]>,
    segments: Box<[Segment]>,
    lookup: Lookup,
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

/// A week that has no pattern because it is all the same, or that has one.
#[derive(Clone, Debug)]
pub(super) enum Week {
    Closed,
    Open,
    Mixed(Pattern),
}

/// Where in a pattern an amount of open time is reached.
pub(super) struct Reached {
    pub(super) reading: i64,
    /// Whether it lies strictly inside a window, so that no other instant has the same
    /// amount.
    pub(super) inside: bool,
}

impl Week {
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
        let windows = union(folded);
        match *windows {
            [] => Self::Closed,
            [(0, WEEK)] => Self::Open,
            _ => Self::Mixed(Pattern::new(windows)),
        }
    }

    /// Without the time of `breaks`.
    pub(super) fn without(&self, breaks: &Self) -> Self {
        Self::new(difference(self.windows(), breaks.windows()))
    }

    /// The time both have, the clock of each `ahead` of the same clock by so much.
    pub(super) fn both(left: (&Self, i64), right: (&Self, i64)) -> Self {
        let (left, right) = (left.0.turned(left.1), right.0.turned(right.1));
        Self::new(intersection(left.windows(), right.windows()))
    }

    /// The time at least one has, the clock of each `ahead` of the same clock by so much.
    pub(super) fn either(left: (&Self, i64), right: (&Self, i64)) -> Self {
        let (left, right) = (left.0.turned(left.1), right.0.turned(right.1));
        Self::new(left.windows().iter().chain(right.windows()).copied())
    }

    fn turned(&self, ahead: i64) -> Self {
        Self::new(
            self.windows()
                .iter()
                .map(|&(start, end)| (start - ahead, end - ahead)),
        )
    }

    fn windows(&self) -> &[Range] {
        match self {
            Self::Closed => &[],
            Self::Open => &[(0, WEEK)],
            Self::Mixed(pattern) => &pattern.windows,
        }
    }
}

impl Pattern {
    fn new(windows: Vec<Range>) -> Self {
        let mut before = vec![0];
        let mut segments = vec![Segment {
            start: 0,
            base: 0,
            open: 0,
        }];
        let mut total = 0;
        for &(start, end) in &windows {
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
            before.push(total);
        }
        let lookup = Lookup::new(segments.iter().map(|segment| segment.start), WEEK);
        Self {
            windows: windows.into(),
            before: before.into(),
            segments: segments.into(),
            lookup,
        }
    }

    fn total(&self) -> i64 {
        self.before[self.windows.len()]
    }

    #[inline]
    fn segment(&self, in_week: i64) -> Segment {
        self.segments[self
            .lookup
            .find(in_week, |place| self.segments[place].start)]
    }

    /// Open time from reading 0 to `reading`; negative before.
    #[inline]
    pub(super) fn open_until(&self, reading: i64) -> i64 {
        let week = reading.div_euclid(WEEK);
        let in_week = reading - week * WEEK;
        let segment = self.segment(in_week);
        week * self.total() + segment.base + (in_week & segment.open)
    }

    /// Whether it is open at `reading`.
    pub(super) fn is_open(&self, reading: i64) -> bool {
        self.segment(reading.rem_euclid(WEEK)).open != 0
    }

    /// The earliest reading by which `amount` of open time has passed.
    pub(super) fn first_with(&self, amount: i64) -> i64 {
        let week = (amount - 1).div_euclid(self.total());
        let rest = amount - week * self.total();
        let window = self.before.partition_point(|&before| before < rest) - 1;
        week * WEEK + self.windows[window].0 + rest - self.before[window]
    }

    /// The latest reading by which `amount` of open time has passed, and no more.
    pub(super) fn last_with(&self, amount: i64) -> Reached {
        let week = amount.div_euclid(self.total());
        let rest = amount - week * self.total();
        let window = self.before.partition_point(|&before| before <= rest) - 1;
        let used = rest - self.before[window];
        Reached {
            reading: week * WEEK + self.windows[window].0 + used,
            inside: used > 0,
        }
    }

    /// The end of the window that holds `reading`, which must be open.
    pub(super) fn window_end(&self, reading: i64) -> i64 {
        let week = reading.div_euclid(WEEK) * WEEK;
        let window = self
            .windows
            .partition_point(|&(_, end)| end <= reading - week);
        match (self.windows[window].1, self.windows[0]) {
            (WEEK, (0, end)) => week + WEEK + end,
            (end, _) => week + end,
        }
    }

    /// The start of the window that runs up to or through `reading`.
    pub(super) fn window_start(&self, reading: i64) -> i64 {
        let week = (reading - 1).div_euclid(WEEK) * WEEK;
        let window = self
            .windows
            .partition_point(|&(start, _)| start < reading - week)
            - 1;
        let last = self.windows[self.windows.len() - 1];
        match (self.windows[window].0, last) {
            (0, (start, WEEK)) => week - WEEK + start,
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
    fn pattern() -> impl Strategy<Value = Pattern> {
        let window =
            (0i64..168, 1i64..60).prop_map(|(start, hours)| (start * HOUR, (start + hours) * HOUR));
        proptest::collection::vec(window, 1..6).prop_filter_map("all open", |windows| {
            match Week::new(windows) {
                Week::Mixed(pattern) => Some(pattern),
                Week::Closed | Week::Open => None,
            }
        })
    }

    fn hours_open(pattern: &Pattern, from: i64, until: i64) -> i64 {
        let open = |hour: &i64| {
            let reading = (hour * HOUR).rem_euclid(WEEK);
            pattern
                .windows
                .iter()
                .any(|&(start, end)| (start..end).contains(&reading))
        };
        (from..until).filter(open).count() as i64
    }

    proptest! {
        #[test]
        fn open_time_is_the_hours_counted(pattern in pattern(), hour in 0i64..500) {
            prop_assert_eq!(pattern.open_until(hour * HOUR), hours_open(&pattern, 0, hour) * HOUR);
            prop_assert_eq!(pattern.open_until(-hour * HOUR), -hours_open(&pattern, -hour, 0) * HOUR);
            prop_assert_eq!(pattern.is_open(hour * HOUR), hours_open(&pattern, hour, hour + 1) == 1);
        }

        #[test]
        fn first_and_last_enclose_the_readings_of_an_amount(pattern in pattern(), amount in -900_000_000i64..900_000_000) {
            let first = pattern.first_with(amount);
            let Reached { reading: last, inside } = pattern.last_with(amount);
            prop_assert_eq!(pattern.open_until(first), amount);
            prop_assert_eq!(pattern.open_until(last), amount);
            prop_assert!(pattern.open_until(first - 1) < amount && pattern.open_until(last + 1) > amount);
            prop_assert!(!inside || first == last);
            prop_assert!(inside || pattern.is_open(last) && !pattern.is_open(last - 1) || first == last);
        }

        #[test]
        fn a_window_ends_where_it_is_no_longer_open(pattern in pattern(), hour in -300i64..300) {
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
    fn a_week_that_is_all_the_same_has_no_pattern() {
        assert!(matches!(Week::new([]), Week::Closed));
        assert!(matches!(Week::new([(HOUR, HOUR + WEEK)]), Week::Open));
        let night = Week::new([(-HOUR, HOUR)]);
        let day = Week::new([(HOUR, WEEK - HOUR)]);
        assert!(matches!(Week::either((&night, 0), (&day, 0)), Week::Open));
        assert!(matches!(Week::both((&night, 0), (&day, 0)), Week::Closed));
        assert!(matches!(
            Week::new([(0, WEEK)]).without(&Week::new([(0, WEEK)])),
            Week::Closed
        ));
    }
}
