//! How much work and room a timeline takes, counted instead of timed.

use chrono::{NaiveDate, TimeDelta, Weekday};

use super::combine;
use super::pieces::Pieces;
use super::{Calendar, DayWindow, Holidays, Hours, Timeline, WeekHours, italy};
use crate::time::{MAX_MS, MIN_MS, Zone};

const DAY: i64 = 86_400_000;
/// 2026-01-01 in milliseconds since 1970.
const NEW_YEAR: i64 = 1_767_225_600_000;

fn window(start: &str, end: &str) -> DayWindow {
    DayWindow::new(start, end).unwrap()
}

fn office(zone: &str) -> Calendar {
    let windows = [window("09:00", "13:00"), window("14:00", "18:00")];
    let week = WeekHours::monday_to_friday(&windows).unwrap();
    Calendar::new(Zone::get(zone).unwrap(), week).unwrap()
}

fn pieces(hours: impl Into<Hours>, range: (i64, i64)) -> Pieces {
    Pieces::new(combine::draft(&hours.into(), range))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A break of its own on so many dates in a row.
fn with_exceptions(count: usize) -> Calendar {
    let dates = date("2000-01-01").iter_days().take(count);
    dates.fold(office("Europe/Rome"), |calendar, date| {
        calendar
            .with_breaks(date, &[window("10:00", "10:30")])
            .unwrap()
    })
}

#[test]
fn a_year_is_some_tens_of_pieces() {
    let italian = office("Europe/Rome").with_holidays(italy::national());
    let year = pieces(italian.clone(), (NEW_YEAR, NEW_YEAR + 365 * DAY));
    assert!((15..40).contains(&year.len()), "{}", year.len());
    assert!(year.most_comparisons() <= 4, "{}", year.most_comparisons());
    let all = pieces(italian, (MIN_MS, MAX_MS));
    assert!((200_000..400_000).contains(&all.len()), "{}", all.len());
    assert!(all.most_comparisons() <= 6, "{}", all.most_comparisons());
}

#[test]
fn the_number_of_windows_does_not_multiply() {
    let every_quarter: Vec<DayWindow> = (0..96)
        .map(|i| DayWindow::from_secs(i * 900, i * 900 + 600).unwrap())
        .collect();
    let week = WeekHours::every_day(&every_quarter).unwrap();
    let calendar = Calendar::new(Zone::get("Europe/Rome").unwrap(), week).unwrap();
    let calendar = calendar.with_holidays(italy::national());
    let year = pieces(calendar, (NEW_YEAR, NEW_YEAR + 365 * DAY));
    assert!(year.len() < 60, "{}", year.len());
}

#[test]
fn exceptions_cost_what_they_are() {
    let many = pieces(
        with_exceptions(10_000),
        (NEW_YEAR - 9_500 * DAY, NEW_YEAR + 9_500 * DAY),
    );
    assert!((40_000..50_000).contains(&many.len()), "{}", many.len());
    assert!(many.most_comparisons() <= 6, "{}", many.most_comparisons());
    // Thousands of years around them make the steps of the search wide, and no more.
    let far = pieces(with_exceptions(10_000), (MIN_MS, MAX_MS));
    assert!(far.most_comparisons() <= 16, "{}", far.most_comparisons());
}

#[test]
fn what_never_opens_is_one_piece() {
    let closed = Calendar::closed(Zone::get("Europe/Rome").unwrap());
    assert_eq!(
        pieces(closed.with_holidays(italy::national()), (MIN_MS, MAX_MS)).len(),
        1
    );
    let mut breaks = office("Europe/Rome");
    for weekday in [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ] {
        breaks = breaks
            .with_weekly_breaks(weekday, &[DayWindow::WHOLE_DAY])
            .unwrap();
    }
    assert_eq!(pieces(breaks, (MIN_MS, MAX_MS)).len(), 1);
    let open = Calendar::always_open(Zone::get("America/New_York").unwrap());
    assert_eq!(pieces(open, (MIN_MS, MAX_MS)).len(), 1);
}

#[test]
fn hours_that_never_open_are_refused_and_asked_for_nothing() {
    let timeline = Timeline::new(Calendar::closed(Zone::utc()));
    let error = timeline.add_ms(NEW_YEAR, 1).unwrap_err();
    assert_eq!(error.code(), "calendar.never_opens");
    assert_eq!(
        timeline.sub_ms(NEW_YEAR, 1).unwrap_err().code(),
        "calendar.never_opens"
    );
    assert_eq!(timeline.add_ms(NEW_YEAR, 0).unwrap().reopen_ms, None);
    assert_eq!(timeline.next_open_ms(NEW_YEAR), None);
    assert_eq!(timeline.prev_open_ms(NEW_YEAR), None);
    assert_eq!(timeline.next_close_ms(NEW_YEAR), None);
    assert_eq!(timeline.elapsed_ms(i64::MIN, i64::MAX), 0);
    assert_eq!(timeline.windows_from_ms(i64::MIN).count(), 0);
    assert_eq!(timeline.windows_before_ms(i64::MAX).count(), 0);
    assert!(!timeline.is_business_day(date("2026-01-01")));
    let error = timeline
        .add_business_days(date("2026-01-01"), 1)
        .unwrap_err();
    assert_eq!(error.code(), "calendar.never_opens");
}

#[test]
fn hours_that_never_close_have_one_window() {
    let timeline = Timeline::new(Calendar::always_open(Zone::get("Asia/Tehran").unwrap()));
    assert_eq!(timeline.next_close_ms(NEW_YEAR), None);
    let windows: Vec<_> = timeline.windows_from_ms(NEW_YEAR).collect();
    assert_eq!((windows.len(), windows[0].end_ms()), (1, MAX_MS));
    let before: Vec<_> = timeline.windows_before_ms(NEW_YEAR).collect();
    assert_eq!((before.len(), before[0].start_ms()), (1, MIN_MS));
    assert_eq!(timeline.elapsed_ms(i64::MIN, i64::MAX), MAX_MS - MIN_MS);
    assert!(timeline.is_open_ms(i64::MAX));
}

#[test]
fn one_opening_in_ten_thousand_years_is_found() {
    let zone = Zone::get("Europe/Rome").unwrap();
    let once = Calendar::closed(zone)
        .with_override(date("9000-06-01"), &[window("09:00", "10:00")])
        .unwrap();
    let timeline = Timeline::new(once);
    let open = timeline.next_open_ms(NEW_YEAR).unwrap();
    assert_eq!(
        timeline.hours().zone().at_ms(open).to_rfc3339(),
        "9000-06-01T09:00:00+02:00"
    );
    let due = timeline.add_ms(NEW_YEAR, 3_600_000).unwrap();
    assert_eq!((due.at_ms, due.reopen_ms), (open + 3_600_000, None));
    assert_eq!(
        timeline.add_business_days(date("2026-01-01"), 1).unwrap(),
        date("9000-06-01")
    );
    assert!(timeline.add_ms(NEW_YEAR, 3_600_001).is_err());
}

#[test]
fn the_ends_of_time_are_answered() {
    let timeline = Timeline::new(office("Pacific/Kiritimati"));
    for at in [i64::MIN, MIN_MS - 1, MIN_MS, MAX_MS, i64::MAX] {
        let _ = (
            timeline.is_open_ms(at),
            timeline.next_open_ms(at),
            timeline.prev_open_ms(at),
        );
        let _ = (
            timeline.add_ms(at, i64::MAX).is_err(),
            timeline.sub_ms(at, i64::MAX).is_err(),
        );
        let _ = (
            timeline.add_ms(at, 1).is_ok(),
            timeline.sub_ms(at, 1).is_ok(),
        );
        assert_eq!(timeline.elapsed_ms(at, at), 0);
    }
    assert!(timeline.add_ms(NEW_YEAR, -1).unwrap_err().is_range());
    assert!(timeline.elapsed_ms(MIN_MS, MAX_MS) > 9_000 * 250 * 8 * 3_600_000);
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        assert!(!timeline.is_business_day(day));
        let _ = (
            timeline.add_business_days(day, 1),
            timeline.add_business_days(day, -1),
        );
        let _ = (
            timeline.add_business_days(day, i64::MIN),
            timeline.add_days_ms(NEW_YEAR, i64::MAX),
        );
        let _ = timeline.closing_ms(day);
    }
    assert_eq!(
        timeline.business_days_between(NaiveDate::MAX, NaiveDate::MAX),
        0
    );
}

#[test]
fn a_far_question_and_a_near_one_agree() {
    let italian = office("Europe/Rome").with_holidays(italy::national());
    let timeline = Timeline::new(italian.clone());
    let far = NEW_YEAR + 300 * 365 * DAY;
    let whole = timeline.elapsed_ms(NEW_YEAR, far);
    let middle = NEW_YEAR + 20 * 365 * DAY;
    let parts = timeline.elapsed_ms(NEW_YEAR, middle) + timeline.elapsed_ms(middle, far);
    assert_eq!(whole, parts);
    assert_eq!(
        timeline.add_ms(NEW_YEAR, whole).unwrap().at_ms,
        timeline.prev_open_ms(far).unwrap()
    );
    assert_eq!(
        timeline.sub_ms(far, whole).unwrap(),
        timeline.next_open_ms(NEW_YEAR).unwrap()
    );
}

#[test]
fn every_holiday_of_a_set_closes() {
    let days = date("2026-01-01").iter_days().take(365);
    let closed = office("UTC").with_holidays(Holidays::on(days).unwrap());
    let timeline = Timeline::new(closed);
    assert_eq!(timeline.elapsed_ms(NEW_YEAR, NEW_YEAR + 365 * DAY), 0);
    assert_eq!(
        timeline.next_business_day(date("2026-02-01")).unwrap(),
        date("2027-01-01")
    );
    assert_eq!(
        date("2027-01-01") - TimeDelta::days(365),
        date("2026-01-01")
    );
}

#[test]
fn composed_hours_answer_like_their_parts() {
    let (rome, york) = (office("Europe/Rome"), office("America/New_York"));
    let parts = || [Hours::from(&rome), Hours::from(&york)];
    let all = Timeline::new(Hours::all_of(parts()).unwrap());
    let any = Timeline::new(Hours::any_of(parts()).unwrap());
    let (left, right) = (Timeline::new(&rome), Timeline::new(&york));
    let mut at = NEW_YEAR;
    while at < NEW_YEAR + 365 * DAY {
        let open = (left.is_open_ms(at), right.is_open_ms(at));
        assert_eq!(all.is_open_ms(at), open.0 && open.1, "{at}");
        assert_eq!(any.is_open_ms(at), open.0 || open.1, "{at}");
        at += 900_000;
    }
    let whole = |timeline: &Timeline| timeline.elapsed_ms(NEW_YEAR, NEW_YEAR + 365 * DAY);
    assert_eq!(whole(&all) + whole(&any), whole(&left) + whole(&right));
}

#[test]
fn versions_leave_the_past_alone() {
    let old = office("Europe/Rome");
    let new = Calendar::always_open(Zone::utc());
    let changed = NEW_YEAR + 100 * DAY + 5;
    let versions = Hours::versions(&old, [(changed, Hours::from(&new))]).unwrap();
    let timeline = Timeline::new(versions);
    let before = Timeline::new(old);
    assert_eq!(
        timeline.elapsed_ms(MIN_MS, changed),
        before.elapsed_ms(MIN_MS, changed)
    );
    assert_eq!(timeline.elapsed_ms(changed, changed + 7 * DAY), 7 * DAY);
    assert!(
        timeline.is_business_day(date("2026-05-02")),
        "a Saturday under the new hours"
    );
    assert!(
        !timeline.is_business_day(date("2026-04-04")),
        "a Saturday under the old hours"
    );
}
