//! Clocks and the fold of a case against a loop over every minute.

use floorwalker::time::business::Timeline;
use floorwalker::time::clock::{
    CaseChange, CaseClocks, CaseEvent, Clock, ClockState, Metric, OnReopen, Pauses, SlaPolicy,
    Target, WaiverCause,
};
use floorwalker::units::Fraction;
use proptest::prelude::*;

use super::minutes::Minutes;
use super::plan::{MINUTE, Plan, plans};

const LAST: usize = 10 * 24 * 60;

/// Minutes of the week and a bit; a pause without an end goes on.
type Pause = (usize, Option<usize>);

fn pauses() -> impl Strategy<Value = Vec<Pause>> {
    let end = prop_oneof![8 => (0usize..3_000).prop_map(Some), 1 => Just(None)];
    let pause = (0..LAST, end);
    let pause =
        pause.prop_map(|(from, length)| (from, length.map(|length| (from + length).min(LAST))));
    prop::collection::vec(pause, 0..5)
}

fn is_paused(pauses: &[Pause], minute: usize) -> bool {
    pauses
        .iter()
        .any(|&(from, to)| from <= minute && to.is_none_or(|to| minute < to))
}

fn library(minutes: &Minutes, pauses: &[Pause]) -> Pauses {
    let pauses = pauses.iter();
    Pauses::new(pauses.map(|&(from, to)| (minutes.at(from), to.map(|to| minutes.at(to))))).unwrap()
}

/// Business minutes used before each minute from `start` on.
fn used(minutes: &Minutes, pauses: &[Pause], start: usize, stop: usize) -> Vec<i64> {
    let mut used = vec![0; LAST + 1];
    for minute in 0..LAST {
        let counts =
            minutes.open[minute] && (start..stop).contains(&minute) && !is_paused(pauses, minute);
        used[minute + 1] = used[minute] + i64::from(counts);
    }
    used
}

fn setup(plan: &Plan) -> (Minutes, Timeline) {
    (Minutes::of(plan), Timeline::new(plan.calendar().unwrap()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_clock_shows_what_the_loop_counts(
        plan in plans(),
        pauses in pauses(),
        start in 0usize..9_000,
        stop in prop::option::of(0usize..6_000),
        target in 0i64..2_000,
        asked in prop::collection::vec(0..=LAST, 20),
    ) {
        let (minutes, timeline) = setup(&plan);
        let stop = stop.map(|after| (start + after).min(LAST));
        let mut clock = Clock::new(minutes.at(start), target * MINUTE).unwrap()
            .with_pauses(library(&minutes, &pauses));
        if let Some(stop) = stop {
            clock = clock.with_stop(minutes.at(stop)).unwrap();
        }
        let used = used(&minutes, &pauses, start, stop.unwrap_or(LAST));
        for as_of in asked {
            let reading = clock.reading(&timeline, minutes.at(as_of));
            prop_assert_eq!(reading.elapsed_ms(), used[as_of] * MINUTE);
            prop_assert_eq!(reading.remaining_ms(), (target - used[as_of]) * MINUTE);
            let stopped = stop.is_some_and(|stop| stop <= as_of);
            let state = if used[as_of] > target {
                ClockState::Breached
            } else if stopped {
                ClockState::Met
            } else if is_paused(&pauses, as_of) {
                ClockState::Paused
            } else {
                ClockState::Running
            };
            prop_assert_eq!(reading.state(), state);
        }
    }

    #[test]
    fn a_target_runs_out_when_the_loop_says(
        plan in plans(),
        pauses in pauses(),
        start in 0usize..9_000,
        target in 0i64..2_000,
        quarters in 0i64..8,
    ) {
        let (minutes, timeline) = setup(&plan);
        let clock = Clock::new(minutes.at(start), target * MINUTE).unwrap()
            .with_pauses(library(&minutes, &pauses));
        let used = used(&minutes, &pauses, start, LAST);
        let due = clock.due(&timeline);
        let first = (start..=LAST).find(|&minute| used[minute] == target);
        let last = (start..=LAST).rev().find(|&minute| used[minute] == target);
        if used[LAST] > target {
            let due = due.unwrap();
            prop_assert_eq!(due.at_ms, minutes.at(first.unwrap()));
            prop_assert_eq!(due.reopen_ms, Some(minutes.at(last.unwrap())));
        } else if used[LAST] < target {
            match due {
                Ok(due) => prop_assert!(due.at_ms > minutes.at(LAST)),
                Err(error) => prop_assert!(["clock.open_pause", "calendar.never_opens"].contains(&error.code())),
            }
        }
        let ratio = Fraction::new(quarters, 4).unwrap();
        let part = (target * quarters + 3) / 4;
        if let Some(at) = (start..=LAST).find(|&minute| used[minute] == part)
            && target % 4 == 0
        {
            prop_assert_eq!(clock.time_at(&timeline, ratio).unwrap(), minutes.at(at));
        }
    }
}

/// What may happen on a case, with the minutes since the event before.
#[derive(Clone, Copy, Debug)]
enum Step {
    Wait,
    Work,
    Message,
    Reply,
    Resolve,
    Reopen,
    Waive,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop::sample::select(vec![
        Step::Wait,
        Step::Work,
        Step::Message,
        Step::Reply,
        Step::Resolve,
        Step::Reopen,
    ]);
    let step = prop_oneof![20 => step, 1 => Just(Step::Waive)];
    prop::collection::vec((0usize..1_500, step), 0..14)
}

fn change(step: Step) -> CaseChange {
    match step {
        Step::Wait => CaseChange::State("waiting".parse().unwrap()),
        Step::Work => CaseChange::State("open".parse().unwrap()),
        Step::Message => CaseChange::CustomerMessage,
        Step::Reply => CaseChange::AgentReply,
        Step::Resolve => CaseChange::Resolved,
        Step::Reopen => CaseChange::Reopened,
        Step::Waive => CaseChange::Waived {
            metric: Metric::Resolution,
            cause: WaiverCause::Customer,
            evidence: "no access to the meter".to_owned(),
        },
    }
}

/// Minute by minute: business minutes of first response, of each wait, of resolution
/// (going on after a reopening) and of the legal clock.
#[derive(Debug, Default, PartialEq)]
struct Counted {
    first: i64,
    waits: Vec<i64>,
    resolution: i64,
    legal: i64,
}

fn count(minutes: &Minutes, start: usize, steps: &[(usize, Step)], as_of: usize) -> Counted {
    let mut counted = Counted::default();
    let (mut waiting, mut replied, mut resolved, mut open_wait) = (false, false, false, false);
    let mut next = 0;
    for minute in start..as_of {
        while next < steps.len() && steps[next].0 <= minute {
            match steps[next].1 {
                Step::Wait => waiting = true,
                Step::Work => waiting = false,
                Step::Message if replied && !open_wait => {
                    open_wait = true;
                    counted.waits.push(0);
                }
                Step::Message | Step::Waive => {}
                Step::Reply => (replied, open_wait) = (true, false),
                Step::Resolve => resolved = true,
                Step::Reopen => resolved = false,
            }
            next += 1;
        }
        let open = i64::from(minutes.open[minute]);
        let unpaused = if waiting { 0 } else { open };
        counted.first += if replied { 0 } else { unpaused };
        counted.resolution += if resolved { 0 } else { unpaused };
        counted.legal += if resolved { 0 } else { open };
        if let Some(wait) = counted.waits.last_mut().filter(|_| open_wait) {
            *wait += unpaused;
        }
    }
    counted
}

fn policy() -> SlaPolicy {
    let target = |minutes: i64| Target::same(minutes * MINUTE).unwrap();
    SlaPolicy::new()
        .with_metric(Metric::FirstResponse, target(60))
        .with_metric(Metric::NextResponse, target(120))
        .with_metric(Metric::Resolution, target(480))
        .with_metric(Metric::Legal, target(960))
        .with_pause_state("waiting".parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_clocks_of_a_case_show_what_the_loop_counts(
        plan in plans(),
        start in 0usize..4_000,
        gaps in steps(),
        after in 1usize..9_000,
        rotate in 0usize..14,
    ) {
        let (minutes, timeline) = setup(&plan);
        let mut at = start;
        let steps: Vec<(usize, Step)> = gaps.iter().map(|&(gap, step)| {
            at = (at + gap + 1).min(LAST);
            (at, step)
        }).collect();
        // An event at the last minute asked for has happened, but used no time.
        let as_of = (start + after).min(LAST);
        let mut events = vec![CaseEvent::new(minutes.at(start), CaseChange::Created { state: None, priority: None })];
        events.extend(steps.iter().map(|&(at, step)| CaseEvent::new(minutes.at(at), change(step))));
        let case = CaseClocks::fold(&policy(), &events, minutes.at(as_of)).unwrap();

        let counted = count(&minutes, start, &steps, as_of);
        let elapsed = |metric| -> Vec<i64> {
            let readings = case.of(metric).unwrap().readings(&timeline, minutes.at(as_of));
            readings.iter().map(|reading| reading.elapsed_ms() / MINUTE).collect()
        };
        prop_assert_eq!(elapsed(Metric::FirstResponse), [counted.first]);
        prop_assert_eq!(elapsed(Metric::Resolution), [counted.resolution]);
        prop_assert_eq!(elapsed(Metric::Legal), [counted.legal]);
        let mut waits = elapsed(Metric::NextResponse);
        // A message at the very end has begun a wait that the loop has not reached.
        if waits.len() > counted.waits.len() {
            prop_assert_eq!(waits.pop(), Some(0));
        }
        prop_assert_eq!(&waits, &counted.waits);

        if steps.windows(2).all(|pair| pair[0].0 < pair[1].0) {
            let places = events.len();
            events.rotate_left(rotate % places);
            let shuffled = CaseClocks::fold(&policy(), &events, minutes.at(as_of)).unwrap();
            prop_assert_eq!(shuffled, case, "the order of recording plays no part");
        }
    }

    #[test]
    fn cycles_of_reopenings_add_up(plan in plans(), start in 0usize..4_000, gaps in steps()) {
        let (minutes, timeline) = setup(&plan);
        let mut at = start;
        let mut events = vec![CaseEvent::new(minutes.at(start), CaseChange::Created { state: None, priority: None })];
        for (gap, step) in gaps {
            at = (at + gap + 1).min(LAST);
            events.push(CaseEvent::new(minutes.at(at), change(step)));
        }
        let as_of = minutes.at(LAST);
        let total = |on_reopen| -> i64 {
            let policy = policy().with_on_reopen(on_reopen);
            let case = CaseClocks::fold(&policy, &events, as_of).unwrap();
            let readings = case.of(Metric::Resolution).unwrap().readings(&timeline, as_of);
            readings.iter().map(|reading| reading.elapsed_ms()).sum()
        };
        prop_assert_eq!(total(OnReopen::Continue), total(OnReopen::Restart));
        prop_assert!(total(OnReopen::Ignore) <= total(OnReopen::Continue));
    }
}
