//! Laws that business time and clocks obey whatever the calendar.

use chrono::TimeDelta;
use floorwalker::time::business::{Calendar, DayWindow, Hours, Timeline, WeekHours};
use floorwalker::time::clock::{
    CaseChange, CaseClocks, CaseEvent, Clock, ClockState, Metric, OnPriorityChange, Pauses,
    Reading, SlaPolicy, Target, Waiver, WaiverCause,
};
use floorwalker::time::{Span, Zone};
use proptest::prelude::*;

use super::plan::{Plan, plans};

const DAY: i64 = 86_400_000;

fn timeline(plan: &Plan) -> Timeline {
    Timeline::new(plan.calendar().unwrap())
}

fn middle(plan: &Plan) -> i64 {
    plan.middle
        .and_time(chrono::NaiveTime::MIN)
        .and_utc()
        .timestamp_millis()
}

/// Instants within a fortnight around the middle of a plan, to the millisecond.
fn offsets(count: usize) -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(-7 * DAY..7 * DAY, count)
}

fn pauses(pairs: &[(i64, i64)], middle: i64) -> Pauses {
    let pairs = pairs
        .iter()
        .map(|&(from, length)| (middle + from, Some(middle + from + length)));
    Pauses::new(pairs).unwrap()
}

fn pairs() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((-7 * DAY..7 * DAY, 0..2 * DAY), 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn elapsed_time_adds_up_and_turns_its_sign(plan in plans(), at in offsets(3)) {
        let timeline = timeline(&plan);
        let [a, b, c] = [at[0], at[1], at[2]].map(|at| middle(&plan) + at);
        prop_assert_eq!(timeline.elapsed_ms(a, c), timeline.elapsed_ms(a, b) + timeline.elapsed_ms(b, c));
        prop_assert_eq!(timeline.elapsed_ms(a, b), -timeline.elapsed_ms(b, a));
        prop_assert!(timeline.elapsed_ms(a.min(b), a.max(b)) <= (a - b).abs());
    }

    #[test]
    fn adding_and_taking_away_undo_each_other(plan in plans(), at in -7 * DAY..7 * DAY, amount in 0..3 * DAY) {
        let timeline = timeline(&plan);
        let at = middle(&plan) + at;
        if let Ok(due) = timeline.add_ms(at, amount) {
            prop_assert_eq!(timeline.elapsed_ms(at, due.at_ms), amount);
            prop_assert!(at <= due.at_ms);
            if let Some(reopen) = due.reopen_ms {
                prop_assert!(due.at_ms <= reopen && timeline.elapsed_ms(at, reopen) == amount);
                prop_assert_eq!(timeline.elapsed_ms(at, reopen + 1), amount + 1);
            }
            let back = timeline.sub_ms(due.at_ms, amount).unwrap();
            prop_assert_eq!(timeline.elapsed_ms(back, due.at_ms), amount);
            prop_assert!(back >= at);
        }
        if let Ok(start) = timeline.sub_ms(at, amount) {
            prop_assert_eq!(timeline.elapsed_ms(start, at), amount);
            prop_assert!(amount == 0 || timeline.is_open_ms(start));
        }
    }

    #[test]
    fn breached_is_after_the_reopening(plan in plans(), pairs in pairs(), at in offsets(2), target in 0..3 * DAY) {
        let (timeline, middle) = (timeline(&plan), middle(&plan));
        let clock = Clock::new(middle + at[0], target).unwrap().with_pauses(pauses(&pairs, middle));
        let as_of = middle + at[1];
        let reading = clock.reading(&timeline, as_of);
        if let Some(due) = reading.due() {
            prop_assert_eq!(reading.is_over(), due.reopen_ms.is_some_and(|reopen| as_of > reopen));
            prop_assert!(as_of > due.at_ms || !reading.is_over());
            let instants = [due.at_ms, due.at_ms + 1].map(|at| clock.elapsed_ms(&timeline, at));
            prop_assert_eq!(instants[0], target);
            prop_assert!(clock.elapsed_ms(&timeline, due.at_ms - 1) < target || target == 0);
        }
        prop_assert_eq!(reading.state() == ClockState::Breached, reading.is_over());
        prop_assert!(clock.elapsed_ms(&timeline, as_of + 1) >= reading.elapsed_ms());
    }

    #[test]
    fn a_pause_never_makes_a_deadline_earlier(plan in plans(), pairs in pairs(), start in -7 * DAY..7 * DAY, more in (-7 * DAY..7 * DAY, 0..2 * DAY), target in 0..3 * DAY) {
        let (timeline, middle) = (timeline(&plan), middle(&plan));
        let clock = Clock::new(middle + start, target).unwrap();
        let before = clock.clone().with_pauses(pauses(&pairs, middle));
        let mut longer = pairs.clone();
        longer.push(more);
        let after = clock.with_pauses(pauses(&longer, middle));
        if let (Ok(before), Ok(after)) = (before.due(&timeline), after.due(&timeline)) {
            prop_assert!(before.at_ms <= after.at_ms && before.reopen_ms <= after.reopen_ms);
        }
    }

    #[test]
    fn pauses_in_closed_time_change_nothing(plan in plans(), start in -7 * DAY..7 * DAY, target in 0..3 * DAY, as_of in -7 * DAY..7 * DAY) {
        let (timeline, middle) = (timeline(&plan), middle(&plan));
        let span = Span::from_millis(middle - 7 * DAY, middle + 7 * DAY).unwrap();
        let windows: Vec<Span> = timeline.windows(span).collect();
        let closed = windows.windows(2).map(|pair| (pair[0].end_ms(), Some(pair[1].start_ms())));
        let clock = Clock::new(middle + start, target).unwrap();
        let held = clock.clone().with_pauses(Pauses::new(closed).unwrap());
        let figures = |reading: Reading| (reading.elapsed_ms(), reading.due());
        let as_of = middle + as_of;
        prop_assert_eq!(figures(held.reading(&timeline, as_of)), figures(clock.reading(&timeline, as_of)));
    }

    #[test]
    fn pauses_are_the_time_they_cover(mut pairs in pairs(), cuts in prop::collection::vec(0i64..100, 5)) {
        let whole = pauses(&pairs, 0);
        let mut pieces: Vec<(i64, i64)> = Vec::new();
        for (&(from, length), cut) in pairs.iter().zip(cuts) {
            let first = length * cut / 100;
            pieces.extend([(from + first, length - first), (from, first)]);
        }
        prop_assert_eq!(&pauses(&pieces, 0), &whole);
        pairs.reverse();
        prop_assert_eq!(&pauses(&pairs, 0), &whole);
        let json = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(serde_json::from_str::<Pauses>(&json).unwrap(), whole);
    }

    #[test]
    fn more_open_hours_never_make_a_deadline_later(left in plans(), right in plans(), at in -7 * DAY..7 * DAY, amount in 0..3 * DAY) {
        let more = [left.calendar(), right.calendar()].map(|calendar| Hours::from(calendar.unwrap()));
        let (less, more) = (Timeline::new(more[0].clone()), Timeline::new(Hours::any_of(more).unwrap()));
        let at = middle(&left) + at;
        prop_assert!(more.elapsed_ms(at, at + amount) >= less.elapsed_ms(at, at + amount));
        if let Ok(due) = less.add_ms(at, amount) {
            prop_assert!(more.add_ms(at, amount).unwrap().at_ms <= due.at_ms);
        }
    }

    #[test]
    fn a_zone_without_changes_is_utc_shifted(start in 0u32..86_000, length in 1u32..86_000, at in offsets(2)) {
        let window = DayWindow::from_secs(start, (start + length) % 86_400).unwrap();
        let week = WeekHours::monday_to_friday(&[window]).unwrap();
        let timeline = |zone: &str| {
            Timeline::new(Calendar::new(Zone::get(zone).unwrap(), week.clone()).unwrap())
        };
        let (kathmandu, utc) = (timeline("Asia/Kathmandu"), timeline("UTC"));
        let ahead = (5 * 60 + 45) * 60_000;
        let [a, b] = [at[0], at[1]].map(|at| 1_767_225_600_000 + at);
        prop_assert_eq!(kathmandu.elapsed_ms(a, b), utc.elapsed_ms(a + ahead, b + ahead));
        prop_assert_eq!(kathmandu.next_open_ms(a).unwrap() + ahead, utc.next_open_ms(a + ahead).unwrap());
    }

    #[test]
    fn a_version_leaves_what_was_before_it(old in plans(), new in plans(), at in offsets(3)) {
        let change = middle(&old) + at[0];
        let (before, after) = (timeline(&old), timeline(&new));
        let hours = Hours::versions(old.calendar().unwrap(), [(change, Hours::from(new.calendar().unwrap()))]);
        let versions = Timeline::new(hours.unwrap());
        let [a, b] = [at[1], at[2]].map(|at| middle(&old) + at);
        let (a, b) = (a.min(b), a.max(b));
        let expected = before.elapsed_ms(a.min(change), b.min(change)) + after.elapsed_ms(a.max(change), b.max(change));
        prop_assert_eq!(versions.elapsed_ms(a, b), expected);
    }

    #[test]
    fn a_week_is_as_long_as_its_windows_except_when_the_clock_changes(start in 0u32..86_000, length in 1u32..86_000, week in 0i64..53) {
        let window = DayWindow::from_secs(start, (start + length) % 86_400).unwrap();
        let hours = WeekHours::every_day(&[window]).unwrap();
        let zone = Zone::get("Europe/Rome").unwrap();
        let timeline = Timeline::new(Calendar::new(zone.clone(), hours.clone()).unwrap());
        // From noon to noon, so that no window of the night of a change is cut.
        let from = 1_767_225_600_000 + DAY / 2 + week * 7 * DAY;
        let noon = |ms: i64| ms - i64::from(zone.offset_secs_at_ms(ms)) * 1000;
        let (from, to) = (noon(from), noon(from + 7 * DAY));
        let changed = (to - from) - 7 * DAY;
        let open = timeline.elapsed_ms(from, to) - i64::from(hours.secs()) * 1000;
        prop_assert!(open.abs() <= changed.abs(), "{} and {}", open, changed);
        prop_assert!(changed == 0 || [-3_600_000, 3_600_000].contains(&changed));
    }
}

fn event(at: i64, what: CaseChange) -> CaseEvent {
    CaseEvent::new(at, what)
}

fn priorities(mode: OnPriorityChange) -> SlaPolicy {
    let targets = [("low", 3 * DAY), ("high", DAY / 6)];
    let targets = targets.map(|(name, target)| (name.parse().unwrap(), target));
    SlaPolicy::new()
        .with_metric(Metric::Resolution, Target::by_priority(targets).unwrap())
        .with_on_priority_change(mode)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_retroactive_change_and_its_undoing_leave_no_trace(plan in plans(), at in offsets(2)) {
        let middle = middle(&plan);
        let created = CaseChange::Created { state: None, priority: Some("low".parse().unwrap()) };
        let mut events = vec![event(middle - 8 * DAY, created)];
        let policy = priorities(OnPriorityChange::Retroactive);
        let before = CaseClocks::fold(&policy, &events, middle + 8 * DAY).unwrap();
        let (first, second) = (at[0].min(at[1]), at[0].max(at[1]) + 1);
        events.push(event(middle + first, CaseChange::Priority("high".parse().unwrap())));
        let between = CaseClocks::fold(&policy, &events, middle + 8 * DAY).unwrap();
        prop_assert_ne!(&between, &before);
        events.push(event(middle + second, CaseChange::Priority("low".parse().unwrap())));
        prop_assert_eq!(CaseClocks::fold(&policy, &events, middle + 8 * DAY).unwrap(), before);
    }

    #[test]
    fn what_is_met_stays_met_and_what_is_waived_is_not_counted(plan in plans(), at in offsets(3)) {
        let (timeline, middle) = (timeline(&plan), middle(&plan));
        let (start, stop) = (middle + at[0].min(at[1]), middle + at[0].max(at[1]));
        let later = stop + at[2].abs();
        let clock = Clock::new(start, DAY).unwrap().with_stop(stop).unwrap();
        let (now, then) = (clock.reading(&timeline, stop), clock.reading(&timeline, later));
        prop_assert_eq!(now, then);
        let waiver = Waiver::new(later, WaiverCause::ForceMajeure, "strike of 12 May").unwrap();
        let waived = clock.with_waiver(waiver);
        prop_assert_eq!(waived.reading(&timeline, later).state(), ClockState::Waived);
        if later > stop {
            prop_assert_eq!(waived.reading(&timeline, stop).state(), now.state());
        }
    }
}

#[test]
fn a_day_around_the_clock_has_its_real_length() {
    let rome = Zone::get("Europe/Rome").unwrap();
    let timeline = Timeline::new(Calendar::always_open(rome.clone()));
    let hours = |date: &str| {
        let day = rome.day(date.parse().unwrap()).unwrap();
        timeline.elapsed(day.start(), day.end())
    };
    assert_eq!(hours("2026-03-28"), TimeDelta::hours(24));
    assert_eq!(hours("2026-03-29"), TimeDelta::hours(23));
    assert_eq!(hours("2026-10-25"), TimeDelta::hours(25));
}
