//! What is known about each operator, gathered and put in order.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::matching::Windows;
use super::rules::{AttendanceRules, PresenceSource};
use crate::attendance::planned::PlannedShift;
use crate::attendance::punch::{
    Correction, Punch, PunchDay, Repair, Stretch, pair, sessions_of, stretches_by_agent,
};
use crate::contact::AgentState;
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::team::Absence;

/// What goes in: of any operators, each list in any order.
///
/// A roster becomes `shifts`; what it does not know of the telephone system or
/// of time recorders is left empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct AttendanceInput<'a> {
    /// What was planned.
    pub shifts: &'a [PlannedShift],
    /// What was punched.
    pub punches: &'a [Punch],
    /// What people corrected about the punches.
    pub corrections: &'a [Correction],
    /// States of the telephone system.
    pub states: &'a [AgentState],
    /// Absences; only those that excuse count.
    pub absences: &'a [Absence],
}

/// One operator.
pub(super) struct Person<'a> {
    pub(super) windows: Windows<'a>,
    pub(super) days: Vec<PunchDay>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) absences: Vec<&'a Absence>,
}

/// Every operator who occurs, and what was repaired while pairing punches.
pub(super) struct Gathered<'a> {
    pub(super) people: BTreeMap<&'a AgentId, Person<'a>>,
    pub(super) repairs: Vec<Repair>,
}

/// Gathers what was known at `as_of`: later punches and states do not exist yet.
pub(super) fn gather<'a>(
    input: AttendanceInput<'a>,
    rules: &AttendanceRules,
    as_of: DateTime<Utc>,
) -> Result<Gathered<'a>, Error> {
    let mut shifts: BTreeMap<&AgentId, Vec<&PlannedShift>> = BTreeMap::new();
    for shift in input.shifts {
        shifts.entry(shift.agent()).or_default().push(shift);
    }
    let mut absences: BTreeMap<&AgentId, Vec<&Absence>> = BTreeMap::new();
    for absence in input.absences.iter().filter(|one| one.holds()) {
        absences
            .entry(absence.operator())
            .or_default()
            .push(absence);
    }
    let (mut punched, repairs) = punched(input, rules, as_of);
    let mut stretches = stretches_by_agent(input.states, as_of);
    let mut agents: Vec<&AgentId> = shifts
        .keys()
        .chain(absences.keys())
        .chain(stretches.keys())
        .copied()
        .collect();
    agents.extend(input.punches.iter().map(Punch::agent));
    agents.extend(input.corrections.iter().map(|one| &one.agent));
    agents.sort_unstable();
    agents.dedup();
    let mut people = BTreeMap::new();
    for agent in agents {
        let stretches = stretches.remove(agent).unwrap_or_default();
        let days = punched.remove(agent).unwrap_or_default();
        let person = Person {
            windows: Windows::new(
                in_order(shifts.remove(agent).unwrap_or_default())?,
                rules.window,
            ),
            days: presence_of(agent, days, &stretches, rules),
            stretches,
            absences: absences.remove(agent).unwrap_or_default(),
        };
        people.insert(agent, person);
    }
    Ok(Gathered { people, repairs })
}

/// The work days of punches by operator, and the repairs made on the way.
fn punched(
    input: AttendanceInput<'_>,
    rules: &AttendanceRules,
    as_of: DateTime<Utc>,
) -> (BTreeMap<AgentId, Vec<PunchDay>>, Vec<Repair>) {
    if rules.source == PresenceSource::States {
        return (BTreeMap::new(), Vec::new());
    }
    let known: Vec<Punch> = input
        .punches
        .iter()
        .filter(|one| one.at() <= as_of)
        .cloned()
        .collect();
    let (days, repairs) = pair(&known, input.corrections, &rules.punches).into_parts();
    let mut by_agent: BTreeMap<AgentId, Vec<PunchDay>> = BTreeMap::new();
    for day in days {
        by_agent.entry(day.agent.clone()).or_default().push(day);
    }
    (by_agent, repairs)
}

/// The work days of one operator: by punches, or by the telephone system.
fn presence_of(
    agent: &AgentId,
    days: Vec<PunchDay>,
    stretches: &[Stretch],
    rules: &AttendanceRules,
) -> Vec<PunchDay> {
    let by_states = match rules.source {
        PresenceSource::Punches => false,
        PresenceSource::States => true,
        PresenceSource::PunchesOrStates => days.is_empty(),
    };
    if !by_states {
        return days;
    }
    let relogin = i64::from(rules.mending.relogin_minutes) * 60_000;
    let sessions = sessions_of(stretches, relogin);
    let each = sessions.into_iter().map(|session| PunchDay {
        agent: agent.clone(),
        sessions: vec![session],
    });
    each.collect()
}

/// Shifts in order of time.
fn in_order(mut shifts: Vec<&PlannedShift>) -> Result<Vec<&PlannedShift>, Error> {
    shifts.sort_by_key(|shift| shift.span());
    let overlap = shifts
        .windows(2)
        .find(|two| two[0].span().end_ms() > two[1].span().start_ms());
    match overlap {
        Some(two) => {
            let (agent, one, next) = (two[0].agent(), two[0].span(), two[1].span());
            let why = format!("{one} and {next} of {agent} overlap");
            Err(ErrorKind::Conflict {
                what: "shifts",
                why,
            }
            .into())
        }
        None => Ok(shifts),
    }
}
