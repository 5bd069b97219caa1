//! Faults in the clocks of a procedure.

use std::collections::BTreeSet;

use super::faults::{FaultKind, Faults, stage_of};
use super::reach::Ways;
use super::record::{ClockRecord, ProcedureRecord};
use super::{LEGAL, OPEN};
use crate::complaint::case::Step;

/// The longest target of a clock: ten years, in minutes.
const MAX_MINUTES: u32 = 10 * 366 * 24 * 60;

pub(super) fn clock_faults(record: &ProcedureRecord, faults: &mut Faults) {
    let ways = Ways::of(record);
    let mut seen = BTreeSet::new();
    for clock in &record.clocks {
        let place = format!("clock {}", clock.name);
        let reserved = clock.name.as_str() == LEGAL || clock.name.as_str().contains('/');
        if reserved || !seen.insert(&clock.name) {
            faults.add(FaultKind::NameTaken, &place, "the name is taken");
        }
        runs(&ways, clock, &place, faults);
        numbers(clock, &place, faults);
        pauses(record, clock, &place, faults);
    }
}

fn runs(ways: &Ways<'_>, clock: &ClockRecord, place: &str, faults: &mut Faults) {
    let starts = clock.start == Step::Receive || !ways.sources(clock.start).is_empty();
    if !starts {
        faults.add(
            FaultKind::ClockNeverRuns,
            place,
            format!("no transition takes the step {}", clock.start),
        );
    }
    if clock.stop.is_empty() {
        faults.add(FaultKind::ClockNeverRuns, place, "no step stops it");
    }
    for &stop in &clock.stop {
        if stop == clock.start || !ways.may_follow(clock.start, stop) {
            let why = format!("the step {stop} never comes after {}", clock.start);
            faults.add(FaultKind::ClockNeverRuns, place, why);
        }
    }
    for &resume in &clock.resumes_on {
        if clock.stop.contains(&resume) || ways.sources(resume).is_empty() {
            let why = format!("the step {resume} cannot set it going again");
            faults.add(FaultKind::ClockNeverRuns, place, why);
        }
    }
}

fn numbers(clock: &ClockRecord, place: &str, faults: &mut Faults) {
    for minutes in clock
        .by_severity
        .values()
        .copied()
        .chain([clock.target_minutes])
    {
        if !(1..=MAX_MINUTES).contains(&minutes) {
            let why = format!("its target must be 1 to {MAX_MINUTES} minutes, given {minutes}");
            faults.add(FaultKind::OutOfRange, place, why);
        }
    }
}

fn pauses(record: &ProcedureRecord, clock: &ClockRecord, place: &str, faults: &mut Faults) {
    for state in &clock.paused_in {
        let why = match stage_of(record, state) {
            None if state.as_str() == OPEN => "it would never run",
            None => "a state in which it is held does not exist",
            Some(stage) if stage.is_terminal() => "it cannot be held in a terminal state",
            Some(_) => continue,
        };
        faults.add(FaultKind::Unknown, place, format!("{state}: {why}"));
    }
}
