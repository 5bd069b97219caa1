//! Laws of local time, over all zones and over any number.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};
use proptest::prelude::*;

use super::*;

const DAY: i64 = 86_400_000;

const EVERY: [Every; 8] = [
    Every::Minutes5,
    Every::Minutes10,
    Every::Minutes15,
    Every::Minutes30,
    Every::Hour,
    Every::Day,
    Every::IsoWeek,
    Every::Month,
];

fn zones() -> impl Strategy<Value = Zone> {
    let names: Vec<_> = Zone::names().collect();
    proptest::sample::select(names).prop_map(|name| Zone::get(name).unwrap())
}

fn every() -> impl Strategy<Value = Every> {
    proptest::sample::select(EVERY.to_vec())
}

/// Instants of the years 1800 to 2100, mostly of this century.
fn recent() -> impl Strategy<Value = i64> {
    prop_oneof![
        -5_364_662_400_000i64..4_102_444_800_000,
        946_684_800_000i64..2_145_916_800_000
    ]
}

/// Any number, and many that are instants.
fn numbers() -> impl Strategy<Value = i64> {
    let near = |ms: i64| ms - 3 * DAY..=ms + 3 * DAY;
    prop_oneof![any::<i64>(), MIN_MS..=MAX_MS, near(MIN_MS), near(MAX_MS)]
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The instants at which a zone changes its offset, 1800 to 2037, in milliseconds.
fn changes(zone: &Zone) -> Vec<i64> {
    zone.rules()
        .changes(-5_364_662_400, 2_145_916_800)
        .map(|secs| secs * 1000)
        .collect()
}

#[test]
fn near_every_change_local_days_follow_each_other() {
    for name in Zone::names() {
        let zone = Zone::get(name).unwrap();
        for change in changes(&zone) {
            let shown = zone.local_date_of_ms(change);
            let mut end = None;
            for days in -2..=2 {
                let date = shown + TimeDelta::days(days);
                let Some(day) = zone.day(date) else { continue };
                assert!(!day.is_empty(), "{name} {date}");
                assert!(end.is_none_or(|end| end == day.start_ms()), "{name} {date}");
                end = Some(day.end_ms());
            }
            for ms in [change - 1, change, change + 1] {
                let date = zone.day_of_ms(ms);
                assert!(
                    zone.day(date).unwrap().contains_ms(ms),
                    "{name} {date} {ms}"
                );
            }
        }
    }
}

#[test]
fn no_two_dates_in_a_row_were_skipped_and_no_day_is_longer_than_two() {
    let mut skipped = 0;
    for name in Zone::names() {
        let zone = Zone::get(name).unwrap();
        for change in changes(&zone) {
            let before = zone.local_date_of_ms(change - 1);
            let after = zone.local_date_of_ms(change);
            assert!((after - before).num_days() <= 2, "{name} {before}");
            skipped += usize::from((after - before).num_days() == 2);
            let day = zone.day(zone.day_of_ms(change)).unwrap();
            assert!(day.millis() <= 2 * DAY, "{name} {after}");
        }
    }
    assert!(skipped >= 2, "Samoa and Kiribati skipped a date");
}

#[test]
fn once_a_date_has_begun_it_is_not_left() {
    let zone = Zone::get("America/St_Johns").unwrap();
    // 00:01 on 7 November 2010, 02:31 UTC: back to 23:01 on 6 November.
    let change = 1_289_097_060_000;
    assert_eq!(zone.local_date_of_ms(change), date("2010-11-06"));
    assert_eq!(zone.day_of_ms(change - 1), date("2010-11-07"));
    assert_eq!(zone.day_of_ms(change), date("2010-11-07"));
    assert_eq!(
        zone.day(date("2010-11-07")).unwrap().millis(),
        25 * 3_600_000
    );
}

#[test]
fn the_lengths_of_days_are_those_of_the_clock_changes() {
    let length = |zone: &str, day: &str| {
        let minutes = Zone::get(zone).unwrap().day(date(day)).unwrap().millis() / 60_000;
        minutes as f64 / 60.0
    };
    for (zone, day, hours) in [
        ("Europe/Rome", "2025-03-30", 23.0),
        ("Europe/Rome", "2025-10-26", 25.0),
        ("Europe/Rome", "2026-03-29", 23.0),
        ("Europe/Rome", "2026-10-25", 25.0),
        ("Europe/Rome", "2026-12-25", 24.0),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Antarctica/Troll", "2025-10-26", 26.0),
        ("America/Vancouver", "2026-11-01", 24.0),
        ("+05:30", "2026-03-29", 24.0),
    ] {
        assert_eq!(length(zone, day), hours, "{zone} {day}");
    }
}

#[test]
fn the_last_interval_of_an_odd_day_is_shorter() {
    let grid = Grid::new(Zone::get("Australia/Lord_Howe").unwrap(), Every::Hour);
    for (day, count) in [("2026-04-05", 25), ("2026-10-04", 24)] {
        let intervals = grid.days(date(day), date(day)).unwrap();
        let lengths: Vec<_> = intervals
            .iter()
            .map(|i| i.span().millis() / 60_000)
            .collect();
        assert_eq!(lengths.len(), count);
        assert!(lengths[..count - 1].iter().all(|&minutes| minutes == 60));
        assert_eq!(lengths[count - 1], 30);
    }
}

#[test]
fn weeks_begin_on_monday_and_months_on_the_first() {
    let rome = Zone::get("Europe/Rome").unwrap();
    let of = |every| Grid::new(rome.clone(), every).days(date("2026-02-27"), date("2026-04-05"));
    let weeks = of(Every::IsoWeek).unwrap();
    assert_eq!(weeks.len(), 6);
    assert!(
        weeks
            .iter()
            .all(|week| week.local_date().weekday() == Weekday::Mon)
    );
    // From Monday 23 March to Monday 30 March: an hour is missing.
    assert_eq!(weeks.get(4).unwrap().span().millis(), 7 * DAY - 3_600_000);
    let months = of(Every::Month).unwrap();
    let dates: Vec<_> = months.iter().map(|month| month.local_date()).collect();
    assert_eq!(
        dates,
        [date("2026-02-01"), date("2026-03-01"), date("2026-04-01")]
    );
    assert_eq!(months.window().duration().num_days(), 28 + 31 + 30 - 1);
}

#[test]
fn a_month_may_begin_on_the_second() {
    // Kiritimati skipped 31 December 1994; had it been the first, so would the month.
    let grid = Grid::new(Zone::get("Pacific/Kiritimati").unwrap(), Every::Month);
    let intervals = grid.days(date("1994-12-01"), date("1995-01-31")).unwrap();
    let days: Vec<_> = intervals
        .iter()
        .map(|i| i.span().duration().num_days())
        .collect();
    assert_eq!(days, [30, 31]);
}

#[test]
fn an_empty_span_is_covered_by_the_interval_of_its_start() {
    let grid = Grid::new(Zone::utc(), Every::Minutes30);
    for (ms, start) in [(0, 0), (1_799_999, 0), (1_800_000, 1_800_000)] {
        let intervals = grid.cover(Span::from_millis(ms, ms).unwrap()).unwrap();
        assert_eq!(intervals.bounds(), [start, start + 1_800_000]);
    }
}

#[test]
fn too_many_intervals_are_refused() {
    let limit = MAX_INTERVALS as i64;
    let cover = |zone: &str, every: Every, end_ms: i64| {
        let grid = Grid::new(Zone::get(zone).unwrap(), every);
        grid.cover(Span::from_millis(0, end_ms).unwrap())
    };
    assert_eq!(
        cover("UTC", Every::Minutes5, limit * 300_000)
            .unwrap()
            .len(),
        MAX_INTERVALS
    );
    let error = cover("UTC", Every::Minutes5, limit * 300_000 + 1).unwrap_err();
    assert_eq!(error.code(), "grid.too_many_intervals");
    assert!(
        error
            .to_string()
            .contains("1048577 intervals, more than 1048576"),
        "{error}"
    );
    for every in [Every::Minutes5, Every::Hour, Every::Day] {
        let end_ms = if every == Every::Day {
            MAX_MS
        } else {
            MAX_MS / 2
        };
        let result = Grid::new(Zone::get("Europe/Rome").unwrap(), every)
            .cover(Span::from_millis(MIN_MS, end_ms).unwrap());
        assert_eq!(result.unwrap_err().code(), "grid.too_many_intervals");
    }
}

#[test]
fn all_months_of_ten_thousand_years_fit() {
    let grid = Grid::new(Zone::get("Asia/Tokyo").unwrap(), Every::Month);
    let intervals = grid
        .cover(Span::from_millis(MIN_MS, MAX_MS).unwrap())
        .unwrap();
    assert_eq!(
        intervals.window(),
        Span::from_millis(MIN_MS, MAX_MS).unwrap()
    );
    // The first month of year 10000 has begun in Tokyo before year 9999 ends in UTC.
    assert_eq!(intervals.len(), 9999 * 12 + 1);
}

#[test]
fn windows_out_of_order_or_range_are_refused() {
    let grid = Grid::new(Zone::utc(), Every::Day);
    let days = |first: NaiveDate, last: NaiveDate| grid.days(first, last).unwrap_err().code();
    assert_eq!(
        days(date("2026-03-02"), date("2026-03-01")),
        "time.out_of_order"
    );
    assert_eq!(
        days(date("9999-12-30"), date("9999-12-31")),
        "value.out_of_range"
    );
    assert_eq!(days(NaiveDate::MIN, NaiveDate::MAX), "value.out_of_range");
    let last = Span::from_millis(MAX_MS, MAX_MS).unwrap();
    assert!(grid.cover(last).unwrap_err().is_range());
}

#[test]
fn finding_an_interval_takes_few_steps() {
    for (zone, every) in [
        ("Europe/Rome", Every::Minutes5),
        ("Europe/Rome", Every::Day),
        ("Europe/Rome", Every::Month),
        ("Australia/Lord_Howe", Every::Hour),
        ("America/St_Johns", Every::Hour),
    ] {
        let grid = Grid::new(Zone::get(zone).unwrap(), every);
        let intervals = grid.days(date("2010-01-01"), date("2014-12-31")).unwrap();
        let buckets = buckets::Buckets::new(intervals.bounds());
        assert!(
            buckets.most_steps() <= 2,
            "{zone} {every}: {}",
            buckets.most_steps()
        );
    }
}

#[test]
fn zones_are_found_in_any_letter_case() {
    for (given, name) in [
        ("EUROPE/rome", "Europe/Rome"),
        ("utc", "UTC"),
        ("Z", "UTC"),
        ("+00:00", "UTC"),
        ("-03:30", "-03:30"),
        (
            "america/argentina/buenos_aires",
            "America/Argentina/Buenos_Aires",
        ),
    ] {
        assert_eq!(Zone::get(given).unwrap().name(), name);
    }
    assert_eq!(Zone::get("-03:30").unwrap().offset_secs_at_ms(0), -12_600);
    assert_eq!(Zone::get("z").unwrap(), Zone::utc());
}

#[test]
fn names_are_in_alphabetical_order() {
    let names: Vec<_> = Zone::names().map(str::to_ascii_lowercase).collect();
    assert!(names.is_sorted() && names.len() > 500);
}

#[test]
fn zones_and_intervals_go_from_thread_to_thread() {
    fn shared<T: Send + Sync>() {}
    shared::<Zone>();
    shared::<Intervals>();
}

#[test]
fn unknown_zones_are_refused_with_the_nearest_names() {
    let message = |name: &str| Zone::get(name).unwrap_err().to_string();
    assert!(message("Europe/Roma").contains("Europe/Rome"));
    assert_eq!(
        message("rome"),
        r#"unknown time zone "rome", did you mean "Europe/Rome"?"#
    );
    assert!(message("new york").contains("America/New_York"));
    for name in [
        "",
        "+24:00",
        "+02:60",
        "+2:00",
        "−02:00",
        "+02",
        "Europe/Rome ",
        "\0",
        "😀",
    ] {
        assert_eq!(
            Zone::get(name).unwrap_err().code(),
            "zone.unknown",
            "{name:?}"
        );
    }
    assert!(message(&"x".repeat(100_000)).len() < 100);
}

#[test]
fn zones_and_grids_are_json() {
    let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Minutes30);
    let json = serde_json::to_string(&grid).unwrap();
    assert_eq!(json, r#"{"zone":"Europe/Rome","every":"30m"}"#);
    assert_eq!(serde_json::from_str::<Grid>(&json).unwrap(), grid);
    assert!(serde_json::from_str::<Zone>("\"Europe/Atlantis\"").is_err());
}

#[test]
fn old_offsets_have_odd_seconds() {
    let rome = Zone::get("Europe/Rome").unwrap();
    let grid = Grid::new(rome, Every::Hour);
    let intervals = grid.days(date("1850-01-01"), date("1850-01-01")).unwrap();
    assert_eq!(
        intervals.get(0).unwrap().label(),
        "1850-01-01T00:00:00+00:49:56"
    );
    assert_eq!(intervals.len(), 24);
}

#[test]
fn local_times_at_the_ends_of_time() {
    let east = Zone::get("Pacific/Kiritimati").unwrap();
    assert_eq!(
        east.local_date_of_ms(MAX_MS),
        NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap()
    );
    let west = Zone::get("Etc/GMT+12").unwrap();
    assert_eq!(
        west.local_date_of_ms(MIN_MS),
        NaiveDate::from_ymd_opt(0, 12, 31).unwrap()
    );
    assert_eq!(west.local_of_ms(i64::MIN), west.local_of_ms(MIN_MS));
    assert_eq!(
        west.start_of_day(date("9999-12-31")),
        Some(MAX_MS + 1 - DAY / 2)
    );
    assert_eq!(west.day(date("9999-12-31")), None);
    assert_eq!(east.day(NaiveDate::MAX), None);
    assert_eq!(east.start_of_day(NaiveDate::MIN), None);
}

proptest! {
    #[test]
    fn a_day_is_the_union_of_its_intervals(zone in zones(), ms in recent(), every in every()) {
        prop_assume!(every < Every::IsoWeek);
        let date = zone.day_of_ms(ms);
        let day = zone.day(date).unwrap();
        let intervals = Grid::new(zone, every).days(date, date).unwrap();
        prop_assert_eq!(intervals.window(), day);
        prop_assert!(intervals.iter().all(|interval| interval.local_date() == date));
        let sum: i64 = intervals.iter().map(|interval| interval.span().millis()).sum();
        prop_assert_eq!(sum, day.millis());
        let step = every.step_ms().unwrap_or(day.millis());
        for interval in intervals.iter().take(intervals.len() - 1) {
            prop_assert_eq!(interval.span().millis(), step);
        }
    }

    #[test]
    fn a_cover_holds_its_span_and_no_interval_more(
        zone in zones(), every in every(), start in recent(), millis in 0i64..40 * DAY,
    ) {
        let span = Span::from_millis(start, start + millis).unwrap();
        let intervals = Grid::new(zone, every).cover(span).unwrap();
        prop_assert!(intervals.bounds().windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!(intervals.window().hull(span), intervals.window());
        let touch = |i: Interval| i.span().contains_ms(start) || i.span().overlap_ms(span) > 0;
        prop_assert!(intervals.iter().all(touch));
    }

    #[test]
    fn parts_of_a_cover_are_covers_of_the_parts(
        zone in zones(), every in every(), start in recent(), a in 1i64..20 * DAY, b in 1i64..20 * DAY,
    ) {
        let grid = Grid::new(zone, every);
        let cover = |from, until| grid.cover(Span::from_millis(from, until).unwrap()).unwrap();
        let mut parts = cover(start, start + a).bounds().to_vec();
        parts.extend_from_slice(cover(start + a, start + a + b).bounds());
        parts.sort_unstable();
        parts.dedup();
        let whole = cover(start, start + a + b);
        prop_assert_eq!(parts, whole.bounds());
    }

    #[test]
    fn an_index_is_what_a_search_by_halves_finds(
        zone in zones(), every in every(), start in recent(), millis in 0i64..400 * DAY, at in -DAY..401 * DAY,
    ) {
        let span = Span::from_millis(start, start + millis).unwrap();
        let intervals = Grid::new(zone, every).cover(span).unwrap();
        let bounds = intervals.bounds();
        for ms in bounds.iter().flat_map(|&b| [b - 1, b]).take(50).chain([start + at]) {
            let after = bounds.partition_point(|&bound| bound <= ms);
            let expected = after.checked_sub(1).filter(|_| after < bounds.len());
            prop_assert_eq!(intervals.index_of_ms(ms), expected);
            if let Some(index) = expected {
                prop_assert!(intervals.get(index).unwrap().span().contains_ms(ms));
            }
        }
    }

    #[test]
    fn a_local_time_leads_back_to_its_instant(zone in zones(), ms in recent()) {
        let local = zone.local_of_ms(ms);
        let earlier = zone.resolve(local, LocalTimePolicy::EARLIER).unwrap().timestamp_millis();
        let later = zone.resolve(local, LocalTimePolicy::LATER).unwrap().timestamp_millis();
        prop_assert!(earlier == ms || later == ms);
        prop_assert!(earlier <= later);
        prop_assert_eq!(zone.local_of_ms(earlier), local);
        prop_assert_eq!(zone.local_of_ms(later), local);
    }

    #[test]
    fn any_local_time_is_refused_or_comes_once(zone in zones(), ms in recent()) {
        let local = instant(ms).unwrap().naive_utc();
        match zone.resolve(local, LocalTimePolicy::REFUSE) {
            Ok(at) => prop_assert_eq!(zone.local_of_ms(at.timestamp_millis()), local),
            Err(error) => prop_assert!(error.is_local_time()),
        }
    }

    #[test]
    fn any_number_is_answered_by_any_zone(zone in zones(), ms in numbers()) {
        let local = zone.local_of_ms(ms);
        prop_assert_eq!(local.date(), zone.local_date_of_ms(ms));
        prop_assert_eq!(zone.at_ms(ms).naive_local(), local);
        let date = zone.day_of_ms(ms);
        if let Some(day) = zone.day(date) {
            prop_assert!(day.contains_ms(ms.clamp(MIN_MS, MAX_MS)));
        }
        for policy in [LocalTimePolicy::REFUSE, LocalTimePolicy::EARLIER, LocalTimePolicy::LATER] {
            let _ = zone.resolve(local, policy);
        }
    }

    #[test]
    fn any_two_numbers_give_intervals_or_an_error(
        zone in zones(), every in every(), start in numbers(), millis in 0i64..50 * DAY,
    ) {
        let Ok(span) = Span::from_millis(start, start.saturating_add(millis)) else { return Ok(()) };
        match Grid::new(zone, every).cover(span) {
            Ok(intervals) => {
                prop_assert_eq!(intervals.window().hull(span), intervals.window());
                prop_assert_eq!(intervals.index_of_ms(start), Some(0));
                prop_assert_eq!(intervals.iter().count(), intervals.len());
            }
            Err(error) => prop_assert!(error.is_range()),
        }
    }

    #[test]
    fn any_dates_give_intervals_or_an_error(zone in zones(), a in any::<i32>(), b in any::<i32>()) {
        let dates = [a, b].map(NaiveDate::from_num_days_from_ce_opt);
        let [Some(first), Some(last)] = dates else { return Ok(()) };
        let _ = (zone.start_of_day(first), zone.day(last));
        let _ = Grid::new(zone, Every::Month).days(first, last);
    }

    #[test]
    fn chrono_and_the_zone_agree(zone in zones(), ms in recent()) {
        let at = instant(ms).unwrap().with_timezone(&zone);
        prop_assert_eq!(at.naive_local(), zone.local_of_ms(ms));
        prop_assert_eq!(at.to_rfc3339(), zone.at_ms(ms).to_rfc3339());
        let naive: NaiveDateTime = at.naive_local();
        let back = naive.and_local_timezone(zone);
        prop_assert!([back.clone().earliest(), back.latest()].contains(&Some(at)));
        prop_assert_eq!(naive.nanosecond() % 1_000_000, 0);
    }
}
