//! From a calendar to pieces of open time.
//!
//! Outside holidays, overrides, breaks of single dates and the hours that a clock
//! change skips or repeats, a calendar keeps its week. Only those *odd* stretches are
//! worked out window by window.

use chrono::{DateTime, NaiveDate, NaiveTime, Weekday};

use super::boundary::{Boundaries, HolidayScope};
use super::calendar::Calendar;
use super::offsets::Offsets;
use super::pattern::Pattern;
use super::pieces::{Draft, Rule};
use super::window::DayWindow;
use crate::time::ranges::{Range, difference, intersection, union};

pub(super) const DAY: i64 = 86_400_000;
/// 1970-01-01 was a Thursday; so far it lies after a Monday.
pub(super) const FROM_MONDAY: i64 = 3 * DAY;

/// The rules of `calendar` over a range of instants.
pub(super) fn draft(calendar: &Calendar, range: Range) -> Draft {
    let (first, last) = (date_of(range.0 - 4 * DAY), date_of(range.1 + 4 * DAY));
    let compiler = Compiler {
        calendar,
        holidays: calendar.holidays_between(first, last),
        offsets: Offsets::of(calendar.zone(), range),
    };
    let mut draft = Draft::new(range);
    let week = draft.place_of(normal_week(calendar));
    let mut at = range.0;
    for odd in compiler.odd_stretches(range) {
        compiler.push_week(&mut draft, week, (at, odd.0));
        push_windows(&mut draft, odd, &compiler.windows_in(odd));
        at = odd.1;
    }
    compiler.push_week(&mut draft, week, (at, range.1));
    draft
}

/// The week of a calendar without any odd date.
fn normal_week(calendar: &Calendar) -> Pattern {
    let ranges = |windows: &dyn Fn(Weekday) -> Vec<DayWindow>| {
        let days = (0..7_u8).filter_map(|day| Some((i64::from(day), Weekday::try_from(day).ok()?)));
        let ranges = days.flat_map(|(day, weekday)| {
            windows(weekday)
                .into_iter()
                .map(move |window| local_range(day * DAY, window))
        });
        Pattern::new(ranges.collect::<Vec<_>>())
    };
    let open = ranges(&|weekday| calendar.week().day(weekday).to_vec());
    open.without(&ranges(&|weekday| {
        calendar.weekly_breaks_on(weekday).to_vec()
    }))
}

struct Compiler<'a> {
    calendar: &'a Calendar,
    /// The dates that holidays close, in order.
    holidays: Vec<NaiveDate>,
    offsets: Offsets,
}

impl Compiler<'_> {
    /// The stretches within `range` in which the calendar may not keep its week.
    fn odd_stretches(&self, range: Range) -> Vec<Range> {
        let (first, last) = (date_of(range.0 - 3 * DAY), date_of(range.1 + 3 * DAY));
        let days = if self.calendar.is_overnight() { 2 } else { 1 };
        let special = self.calendar.special_dates(first, last);
        let dates = self.holidays.iter().copied().chain(special).map(midnight);
        let dates = dates.map(|start| self.offsets.around((start, start + days * DAY)));
        let mut odd: Vec<Range> = dates.collect();
        if self.calendar.boundaries() == Boundaries::Compatible {
            // Before a change the week holds with the old offset. Ends of windows in a
            // skipped hour come as much later, so up to that much after the change; in
            // a repeated hour nothing opens or closes. Then the new offset holds.
            let from = (range.0 - 3 * DAY, range.1);
            let changes = self.offsets.changes(from);
            odd.extend(changes.map(|change| (change.at, change.at + change.by.abs())));
        }
        intersection(&union(odd), &[range])
    }

    /// The week on each offset in `range`.
    fn push_week(&self, draft: &mut Draft, week: u32, range: Range) {
        for ((from, _), offset) in self.offsets.stretches(range) {
            draft.push(
                from,
                Rule {
                    pattern: week,
                    ahead: offset + FROM_MONDAY,
                },
            );
        }
    }

    /// The open windows in a range of instants, in order.
    fn windows_in(&self, range: Range) -> Vec<Range> {
        let around = (range.0 - 3 * DAY, range.1 + 3 * DAY);
        if let Some(offset) = self.offsets.only(around) {
            let local = (range.0 + offset, range.1 + offset);
            let (open, closed) = self.local_windows(date_of(local.0 - DAY), date_of(local.1));
            let windows = difference(&union(open), &union(closed));
            let instants = windows
                .iter()
                .map(|(start, end)| (start - offset, end - offset));
            return intersection(&instants.collect::<Vec<_>>(), &[range]);
        }
        let (open, closed) = self.local_windows(date_of(around.0), date_of(around.1));
        let windows = match self.calendar.boundaries() {
            Boundaries::Compatible => difference(&self.resolved(open), &self.resolved(closed)),
            Boundaries::WallClock => {
                self.read_off(&difference(&union(open), &union(closed)), range)
            }
        };
        intersection(&windows, &[range])
    }

    /// The windows and the closures that begin on the dates from `first` to `last`, in
    /// local milliseconds.
    fn local_windows(&self, first: NaiveDate, last: NaiveDate) -> (Vec<Range>, Vec<Range>) {
        let whole_day = self.calendar.holiday_scope() == HolidayScope::CalendarDay;
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        for date in first.iter_days().take_while(|date| *date <= last) {
            let start = midnight(date);
            let is_closed = self.holidays.binary_search(&date).is_ok();
            let windows = self.calendar.windows_on(date, is_closed).iter();
            open.extend(windows.map(|window| local_range(start, *window)));
            let breaks = self.calendar.breaks_on(date);
            closed.extend(breaks.map(|window| local_range(start, window)));
            if whole_day && is_closed {
                closed.push((start, start + DAY));
            }
        }
        (open, closed)
    }

    /// The instants of local ranges, each end resolved by itself.
    fn resolved(&self, local: Vec<Range>) -> Vec<Range> {
        let resolve = |(start, end)| (self.offsets.resolve(start), self.offsets.resolve(end));
        union(local.into_iter().map(resolve).collect())
    }

    /// The instants at which the clock reads a time within local ranges.
    fn read_off(&self, local: &[Range], range: Range) -> Vec<Range> {
        let mut instants = Vec::new();
        for ((from, until), offset) in self.offsets.stretches(range) {
            let readings = intersection(local, &[(from + offset, until + offset)]);
            instants.extend(
                readings
                    .iter()
                    .map(|(start, end)| (start - offset, end - offset)),
            );
        }
        union(instants)
    }
}

fn push_windows(draft: &mut Draft, (from, until): Range, windows: &[Range]) {
    draft.push(from, Rule::CLOSED);
    for &(start, end) in windows {
        draft.push(start, Rule::OPEN);
        if end < until {
            draft.push(end, Rule::CLOSED);
        }
    }
}

/// The local milliseconds of a window on a day that begins at `midnight`.
fn local_range(midnight: i64, window: DayWindow) -> Range {
    let at = |secs: u32| midnight + i64::from(secs) * 1000;
    (at(window.start_secs()), at(window.end_secs()))
}

/// Local midnight, in milliseconds as if it were UTC.
fn midnight(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}

fn date_of(local: i64) -> NaiveDate {
    DateTime::from_timestamp_millis(local).map_or(NaiveDate::MAX, |at| at.date_naive())
}
