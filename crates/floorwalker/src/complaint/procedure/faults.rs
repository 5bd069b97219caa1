//! What makes a procedure impossible.

use std::collections::BTreeSet;
use std::fmt;

use super::OPEN;
use super::clocks::clock_faults;
use super::compiled::froms;
use super::levels::level_faults;
use super::reach::way_faults;
use super::record::{ProcedureRecord, TransitionRecord};
use crate::complaint::case::{Lands, Stage, Step};
use crate::id::Label;
use crate::terms::terms;

terms! {
    /// Why a procedure is impossible.
    FaultKind ("kind of fault") {
        /// A name is given twice, or a reserved word is used as a name.
        NameTaken = "name_taken",
        /// A state, a step, a clock or a level is named that does not exist.
        Unknown = "unknown",
        /// The start is not a state of the stage received, or there are several such states.
        BadStart = "bad_start",
        /// No state is of the stage closed.
        NoEnd = "no_end",
        /// A step leads to a state of a stage where it cannot lead.
        WrongStage = "wrong_stage",
        /// A step is given twice for the same state.
        Ambiguous = "ambiguous",
        /// A step is taken in a terminal state in which nothing more may happen.
        LeavesEnd = "leaves_end",
        /// A state cannot be reached.
        Unreachable = "unreachable",
        /// From a state no end can be reached.
        DeadEnd = "dead_end",
        /// A reply, or a closing, can be reached around registration or assessment.
        WayAround = "way_around",
        /// A condition can never be met, because no step that could meet it comes before.
        GuardNeverMet = "guard_never_met",
        /// A required step can never come before the step that needs it.
        RequiredNeverMet = "required_never_met",
        /// A clock can never start or never stop, or stops where it starts.
        ClockNeverRuns = "clock_never_runs",
        /// A number is outside its range.
        OutOfRange = "out_of_range",
        /// Levels are not numbered 1, 2, 3 .., or a later one is reached before an earlier.
        LevelOrder = "level_order",
        /// A level has no one to take it: a deputy is the role itself, or named twice.
        LevelRole = "level_role",
        /// A right is given to no role, so that nobody has it.
        NobodyMay = "nobody_may",
    }
}

/// One reason why a procedure is impossible.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProcedureFault {
    /// What kind of fault.
    pub kind: FaultKind,
    /// Where: a state, a step, a clock or a level.
    pub place: String,
    /// What is wrong there.
    pub why: String,
}

impl fmt::Display for ProcedureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.why)
    }
}

/// Collects faults.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<ProcedureFault>);

impl Faults {
    pub(super) fn add(
        &mut self,
        kind: FaultKind,
        place: impl fmt::Display,
        why: impl Into<String>,
    ) {
        self.0.push(ProcedureFault {
            kind,
            place: place.to_string(),
            why: why.into(),
        });
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// All faults; those about ways only if names and steps are sound.
pub(super) fn faults(record: &ProcedureRecord) -> Vec<ProcedureFault> {
    let mut faults = Faults::default();
    names(record, &mut faults);
    ends(record, &mut faults);
    for transition in &record.transitions {
        transition_faults(record, transition, &mut faults);
    }
    twice(record, &mut faults);
    rights(record, &mut faults);
    windows(record, &mut faults);
    level_faults(record, &mut faults);
    if faults.is_empty() {
        way_faults(record, &mut faults);
        clock_faults(record, &mut faults);
    }
    faults.0
}

fn names(record: &ProcedureRecord, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for state in &record.states {
        if state.name.as_str() == OPEN || !seen.insert(&state.name) {
            faults.add(
                FaultKind::NameTaken,
                state_place(&state.name),
                "the name is taken",
            );
        }
    }
}

fn ends(record: &ProcedureRecord, faults: &mut Faults) {
    let received: Vec<&Label> = of_stage(record, Stage::Received).collect();
    if received != [&record.start] {
        let why = "a procedure starts in its one state of the stage received";
        faults.add(FaultKind::BadStart, state_place(&record.start), why);
    }
    if of_stage(record, Stage::Closed).next().is_none() {
        faults.add(
            FaultKind::NoEnd,
            "procedure",
            "no state is of the stage closed",
        );
    }
}

fn of_stage(record: &ProcedureRecord, stage: Stage) -> impl Iterator<Item = &Label> {
    record
        .states
        .iter()
        .filter(move |state| state.stage == stage)
        .map(|state| &state.name)
}

pub(super) fn stage_of(record: &ProcedureRecord, name: &Label) -> Option<Stage> {
    record
        .states
        .iter()
        .find(|state| state.name == *name)
        .map(|state| state.stage)
}

pub(super) fn state_place(name: &Label) -> String {
    format!("state {name}")
}

fn transition_faults(record: &ProcedureRecord, transition: &TransitionRecord, faults: &mut Faults) {
    let place = format!("step {}", transition.step);
    if matches!(transition.step, Step::Receive | Step::Correct) {
        let why = "receiving and correcting need no transition";
        return faults.add(FaultKind::WrongStage, place, why);
    }
    if transition.from.is_empty() {
        faults.add(
            FaultKind::Unknown,
            &place,
            "no state is named in which it may be taken",
        );
    }
    for from in froms(record, &transition.from) {
        match stage_of(record, from) {
            None => faults.add(
                FaultKind::Unknown,
                &place,
                format!("there is no state {from}"),
            ),
            Some(stage) if stage.is_terminal() && !transition.step.is_allowed_after(stage) => {
                let why = format!("it may not be taken in the terminal state {from}");
                faults.add(FaultKind::LeavesEnd, &place, why);
            }
            Some(_) => {}
        }
    }
    targets(record, transition, &place, faults);
}

fn targets(
    record: &ProcedureRecord,
    transition: &TransitionRecord,
    place: &str,
    faults: &mut Faults,
) {
    let (stages, may_stay) = match transition.step.lands() {
        Lands::Stays => (&[][..], true),
        Lands::In(stages) => (stages, false),
        Lands::MayStay(stages) => (stages, true),
    };
    if transition.to.is_empty() && !may_stay {
        faults.add(FaultKind::WrongStage, place, "it leads nowhere");
    }
    for to in &transition.to {
        match stage_of(record, to) {
            None => faults.add(FaultKind::Unknown, place, format!("there is no state {to}")),
            Some(stage) if !stages.contains(&stage) => {
                let why = format!("it cannot lead to {to}, which is of the stage {stage}");
                faults.add(FaultKind::WrongStage, place, why);
            }
            Some(_) => {}
        }
    }
}

fn twice(record: &ProcedureRecord, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for transition in &record.transitions {
        for from in froms(record, &transition.from) {
            if !seen.insert((from, transition.step)) {
                let why = format!("it is given twice for the state {from}");
                faults.add(
                    FaultKind::Ambiguous,
                    format!("step {}", transition.step),
                    why,
                );
            }
        }
    }
}

fn rights(record: &ProcedureRecord, faults: &mut Faults) {
    for (step, roles) in &record.rights {
        if roles.is_empty() {
            faults.add(
                FaultKind::NobodyMay,
                format!("right to {step}"),
                "no role has it",
            );
        }
    }
}

fn windows(record: &ProcedureRecord, faults: &mut Faults) {
    let windows = record.windows;
    let all = [
        ("contest", windows.contest_days),
        ("silence", windows.silence_days),
        ("reopen", windows.reopen_days),
    ];
    for (name, days) in all {
        if !(1..=3660).contains(&days) {
            let why = format!("it must have 1 to 3660 days, given {days}");
            faults.add(FaultKind::OutOfRange, format!("window {name}"), why);
        }
    }
}
