//! Timelines against a loop over every minute.

use chrono::{NaiveDate, TimeDelta};
use floorwalker::time::Span;
use floorwalker::time::business::Timeline;
use proptest::prelude::*;

use super::minutes::Minutes;
use super::plan::{MINUTE, Plan, plans};

/// A timeline whose home is far away, near, or just around the minutes.
fn timeline(plan: &Plan, home: u8, minutes: &Minutes) -> Timeline {
    let calendar = plan.calendar().unwrap();
    let inside = Span::from_millis(minutes.at(3_000), minutes.at(9_000)).unwrap();
    match home {
        0 => Timeline::new(calendar),
        1 => Timeline::over(calendar, minutes.span()),
        2 => Timeline::over(calendar, inside),
        _ => Timeline::over(
            calendar,
            Span::from_millis(4_000_000_000_000, 4_000_000_000_001).unwrap(),
        ),
    }
}

/// Checks of `timeline` at one minute, against what the loop saw.
fn check_instant(minutes: &Minutes, timeline: &Timeline, minute: usize) {
    let at = minutes.at(minute);
    let after = (minute..minutes.open.len()).find(|&minute| minutes.open[minute]);
    if let Some(next) = after {
        assert_eq!(
            timeline.next_open_ms(at),
            Some(minutes.at(next)),
            "next opening"
        );
        let closed = (next..minutes.open.len()).find(|&minute| !minutes.open[minute]);
        if let Some(closed) = closed {
            assert_eq!(
                timeline.next_close_ms(at),
                Some(minutes.at(closed)),
                "next closing"
            );
        }
    }
    let before = (0..minute).rev().find(|&minute| minutes.open[minute]);
    if let Some(last) = before {
        assert_eq!(
            timeline.prev_open_ms(at),
            Some(minutes.at(last + 1)),
            "last open"
        );
    }
}

/// `add` and `sub` of a number of minutes, against the first and last minute that fit.
fn check_amount(minutes: &Minutes, timeline: &Timeline, minute: usize, amount: i64) {
    let at = minutes.at(minute);
    let wanted = minutes.before[minute] + amount;
    let fits = |other: &usize| minutes.before[*other] == wanted;
    let last_minute = minutes.open.len();
    if wanted < minutes.before[last_minute] {
        let first = (minute..=last_minute).find(fits).unwrap();
        let last = (minute..=last_minute).rev().find(fits).unwrap();
        let due = timeline.add_ms(at, amount * MINUTE).unwrap();
        assert_eq!(due.at_ms, minutes.at(first), "due");
        assert_eq!(due.reopen_ms, Some(minutes.at(last)), "due at reopening");
    }
    let wanted = minutes.before[minute] - amount;
    if wanted > 0 {
        let start = (0..=minute)
            .rev()
            .find(|&other| minutes.before[other] == wanted)
            .unwrap();
        assert_eq!(
            timeline.sub_ms(at, amount * MINUTE).unwrap(),
            minutes.at(start),
            "start"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn each_minute_is_open_as_the_loop_says(plan in plans(), home in 0u8..4) {
        let minutes = Minutes::of(&plan);
        let timeline = timeline(&plan, home, &minutes);
        for (minute, &open) in minutes.open.iter().enumerate() {
            let at = minutes.at(minute);
            prop_assert_eq!(timeline.is_open_ms(at), open, "open at {}", at);
            let elapsed = timeline.elapsed_ms(minutes.start, at);
            prop_assert_eq!(elapsed, minutes.before[minute] * MINUTE, "elapsed until {}", at);
        }
        let windows: Vec<(i64, i64)> =
            timeline.windows(minutes.span()).map(|span| (span.start_ms(), span.end_ms())).collect();
        prop_assert_eq!(windows, minutes.windows());
    }

    #[test]
    fn openings_and_amounts_are_as_the_loop_says(
        plan in plans(),
        home in 0u8..4,
        asked in prop::collection::vec((0usize..14_400, 1i64..4_000), 40),
    ) {
        let minutes = Minutes::of(&plan);
        let timeline = timeline(&plan, home, &minutes);
        for (minute, amount) in asked {
            check_instant(&minutes, &timeline, minute);
            check_amount(&minutes, &timeline, minute, amount);
        }
        let mut backwards: Vec<(i64, i64)> = timeline
            .windows_before_ms(minutes.span().end_ms())
            .map(|span| (span.start_ms().max(minutes.start), span.end_ms()))
            .take_while(|window| window.1 > minutes.start)
            .collect();
        backwards.reverse();
        prop_assert_eq!(backwards, minutes.windows());
    }

    #[test]
    fn business_days_are_as_the_loop_says(plan in plans(), home in 0u8..4) {
        let minutes = Minutes::of(&plan);
        let timeline = timeline(&plan, home, &minutes);
        let first = plan.middle - TimeDelta::days(10);
        let dates: Vec<NaiveDate> = first.iter_days().take(24).collect();
        let business: Vec<NaiveDate> =
            dates.iter().copied().filter(|date| plan.is_business_day(*date)).collect();
        for &date in &dates {
            prop_assert_eq!(timeline.is_business_day(date), business.contains(&date), "{}", date);
            let later = business.iter().filter(|other| **other > date);
            for (nth, expected) in (1..).zip(later) {
                prop_assert_eq!(timeline.add_business_days(date, nth).unwrap(), *expected);
                prop_assert_eq!(timeline.business_days_between(date, *expected), nth);
                prop_assert_eq!(timeline.business_days_between(*expected, date), -nth);
            }
            let earlier = business.iter().rev().filter(|other| **other < date);
            for (nth, expected) in (1..).zip(earlier) {
                prop_assert_eq!(timeline.add_business_days(date, -nth).unwrap(), *expected);
            }
        }
    }
}
