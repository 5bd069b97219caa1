//! Faults in the ways through the states of a procedure.

use std::collections::BTreeSet;

use super::compiled::froms;
use super::faults::{FaultKind, Faults, stage_of, state_place};
use super::guard::Guard;
use super::record::{ProcedureRecord, RequiredRecord};
use crate::complaint::case::{Stage, Step};
use crate::id::Label;

/// The states that can be reached, and from where.
pub(super) struct Ways<'a> {
    record: &'a ProcedureRecord,
    /// From, step, to; staying is a way from a state to itself.
    edges: Vec<(&'a Label, Step, &'a Label)>,
}

impl<'a> Ways<'a> {
    pub(super) fn of(record: &'a ProcedureRecord) -> Self {
        let mut edges = Vec::new();
        for transition in &record.transitions {
            for from in froms(record, &transition.from) {
                let stays = transition.to.is_empty().then_some(from);
                let to = transition.to.iter().chain(stays);
                edges.extend(to.map(|to| (from, transition.step, to)));
            }
        }
        Self { record, edges }
    }

    /// The states that can be reached from some states, those included, by steps that
    /// are allowed.
    pub(super) fn reached(
        &self,
        from: &[&'a Label],
        allowed: impl Fn(Step) -> bool,
    ) -> BTreeSet<&'a Label> {
        let mut reached: BTreeSet<&Label> = from.iter().copied().collect();
        loop {
            let before = reached.len();
            for (from, step, to) in &self.edges {
                if allowed(*step) && reached.contains(from) {
                    reached.insert(to);
                }
            }
            if reached.len() == before {
                return reached;
            }
        }
    }

    /// The states in which a step may be taken.
    pub(super) fn sources(&self, step: Step) -> Vec<&'a Label> {
        let edges = self.edges.iter().filter(|(_, taken, _)| *taken == step);
        edges.map(|(from, ..)| *from).collect()
    }

    /// The states after a step.
    fn after(&self, step: Step) -> Vec<&'a Label> {
        if step == Step::Receive {
            return vec![&self.record.start];
        }
        let edges = self.edges.iter().filter(|(_, taken, _)| *taken == step);
        edges.map(|(.., to)| *to).collect()
    }

    /// Whether a step can be taken, and another at some time after it.
    pub(super) fn may_follow(&self, first: Step, then: Step) -> bool {
        let reached = self.reached(&self.after(first), |_| true);
        self.sources(then)
            .iter()
            .any(|state| reached.contains(*state))
    }
}

pub(super) fn way_faults(record: &ProcedureRecord, faults: &mut Faults) {
    let ways = Ways::of(record);
    reachable(&ways, faults);
    dead_ends(&ways, faults);
    ways_around(&ways, faults);
    guards(&ways, faults);
    for required in &record.required {
        required_faults(&ways, required, faults);
    }
}

fn reachable(ways: &Ways<'_>, faults: &mut Faults) {
    let reached = ways.reached(&[&ways.record.start], |_| true);
    for state in ways
        .record
        .states
        .iter()
        .filter(|state| !reached.contains(&state.name))
    {
        faults.add(
            FaultKind::Unreachable,
            state_place(&state.name),
            "it cannot be reached from the start",
        );
    }
}

fn dead_ends(ways: &Ways<'_>, faults: &mut Faults) {
    for state in ways
        .record
        .states
        .iter()
        .filter(|state| !state.stage.is_terminal())
    {
        let reached = ways.reached(&[&state.name], |_| true);
        let ends = reached
            .iter()
            .any(|name| stage_of(ways.record, name) == Some(Stage::Closed));
        if !ends {
            faults.add(
                FaultKind::DeadEnd,
                state_place(&state.name),
                "from it no closed state can be reached",
            );
        }
    }
}

/// No reply without registration and assessment before, no closing without registration.
/// A body outside may decide about what was never assessed.
fn ways_around(ways: &Ways<'_>, faults: &mut Faults) {
    let forbidden: [(Step, &[Stage]); 2] = [
        (Step::Register, &[Stage::Responded, Stage::Closed]),
        (Step::Assess, &[Stage::Responded]),
    ];
    for (needed, stages) in forbidden {
        let reached = ways.reached(&[&ways.record.start], |step| step != needed);
        let wrong = |name: &&Label| {
            stage_of(ways.record, name).is_some_and(|stage| stages.contains(&stage))
        };
        for name in reached.into_iter().filter(wrong) {
            let why = format!("it can be reached without the step {needed}");
            faults.add(FaultKind::WayAround, state_place(name), why);
        }
    }
}

fn guards(ways: &Ways<'_>, faults: &mut Faults) {
    for transition in &ways.record.transitions {
        let always = Guard::always(transition.step).iter();
        for guard in always.chain(&transition.guards) {
            if !can_be_met(ways, *guard, transition.step) {
                let why =
                    format!("its condition {guard} can never be met: no step before it does that");
                faults.add(
                    FaultKind::GuardNeverMet,
                    format!("step {}", transition.step),
                    why,
                );
            }
        }
    }
}

fn can_be_met(ways: &Ways<'_>, guard: Guard, step: Step) -> bool {
    let limits = ways.record.four_eyes;
    if guard == Guard::FourEyes && limits.severity.is_none() && limits.amount.is_none() {
        return true;
    }
    let providers = guard.needs_one_of();
    let by_itself = providers.is_empty() || providers.contains(&step);
    by_itself
        || providers
            .iter()
            .any(|provider| ways.may_follow(*provider, step))
}

fn required_faults(ways: &Ways<'_>, required: &RequiredRecord, faults: &mut Faults) {
    let place = format!("required before {}", required.before);
    if required.before != Step::Receive && ways.sources(required.before).is_empty() {
        return faults.add(FaultKind::Unknown, place, "no transition takes the step");
    }
    for &needed in &required.needs {
        let circular =
            needed == required.before || needs_back(ways.record, needed, required.before);
        let possible = needed == Step::Receive || ways.may_follow(needed, required.before);
        if circular || !possible {
            let why = format!("{needed} can never come before it");
            faults.add(FaultKind::RequiredNeverMet, &place, why);
        }
    }
}

/// Whether `step` needs `other`, directly or over other steps.
fn needs_back(record: &ProcedureRecord, step: Step, other: Step) -> bool {
    let mut needed: BTreeSet<Step> = BTreeSet::from([step]);
    loop {
        let more = record
            .required
            .iter()
            .filter(|required| needed.contains(&required.before));
        let more: Vec<Step> = more
            .flat_map(|required| required.needs.iter().copied())
            .collect();
        let before = needed.len();
        needed.extend(more);
        if needed.len() == before {
            return needed.contains(&other);
        }
    }
}
