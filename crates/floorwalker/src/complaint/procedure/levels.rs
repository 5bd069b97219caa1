//! Faults in the levels of escalation.

use std::collections::BTreeMap;

use super::LEGAL;
use super::faults::{FaultKind, Faults};
use super::record::{LevelRecord, ProcedureRecord, Trigger};

/// The largest part of a target at which a level may be reached, in percent.
const MAX_PERCENT: u32 = 10_000;

pub(super) fn level_faults(record: &ProcedureRecord, faults: &mut Faults) {
    for (place, level) in record.escalation.iter().enumerate() {
        if usize::from(level.level) != place + 1 {
            let why = format!(
                "levels are numbered from 1 in order, given {} in place {}",
                level.level,
                place + 1
            );
            faults.add(FaultKind::LevelOrder, name(level), why);
        }
        roles(level, faults);
        triggers(record, level, faults);
    }
    order(record, faults);
}

fn name(level: &LevelRecord) -> String {
    format!("level {}", level.level)
}

fn roles(level: &LevelRecord, faults: &mut Faults) {
    for (place, deputy) in level.deputies.iter().enumerate() {
        if *deputy == level.role || level.deputies[..place].contains(deputy) {
            let why = format!("{deputy} cannot stand in for itself");
            faults.add(FaultKind::LevelRole, name(level), why);
        }
    }
}

fn triggers(record: &ProcedureRecord, level: &LevelRecord, faults: &mut Faults) {
    for trigger in &level.when {
        let (limit, given, unit) = match trigger {
            Trigger::Clock { used_percent, .. } => (MAX_PERCENT, *used_percent, "percent"),
            Trigger::AgeDays(days) => (3660, *days, "days"),
        };
        if !(1..=limit).contains(&given) {
            let why = format!("it must be reached at 1 to {limit} {unit}, given {given}");
            faults.add(FaultKind::OutOfRange, name(level), why);
        }
        if let Trigger::Clock { clock, .. } = trigger {
            let known =
                clock.as_str() == LEGAL || record.clocks.iter().any(|known| known.name == *clock);
            if !known {
                faults.add(
                    FaultKind::Unknown,
                    name(level),
                    format!("there is no clock {clock}"),
                );
            }
        }
    }
}

/// A later level is not reached before an earlier one by the same measure.
fn order(record: &ProcedureRecord, faults: &mut Faults) {
    let mut last: BTreeMap<&str, u32> = BTreeMap::new();
    for level in &record.escalation {
        for trigger in &level.when {
            let (measure, value) = match trigger {
                Trigger::Clock {
                    clock,
                    used_percent,
                } => (clock.as_str(), *used_percent),
                Trigger::AgeDays(days) => ("", *days),
            };
            if let Some(before) = last
                .insert(measure, value)
                .filter(|&before| before >= value)
            {
                let why = format!(
                    "it is reached at {value}, not after the level before, which is at {before}"
                );
                faults.add(FaultKind::LevelOrder, name(level), why);
            }
        }
    }
}
