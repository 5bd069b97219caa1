//! A procedure that was checked, with its transitions by state and step.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::faults::{ProcedureFault, faults};
use super::guard::Guard;
use super::record::{LevelRecord, ProcedureRecord};
use super::{ISO_10002, OPEN};
use crate::complaint::case::{ProcedureRef, Stage, Step};
use crate::complaint::digest::Digest;
use crate::complaint::reading::from_json;
use crate::error::{Error, ErrorKind, Result};
use crate::id::Label;

/// A procedure (procedura di gestione dei reclami).
///
/// Invariant: it is possible. Every state can be reached and left, no way leads around
/// registration and assessment, every condition can be met, every clock can be started
/// and stopped, every level can be taken ([`FaultKind`](super::FaultKind) lists the
/// rest).
///
/// Cheap to clone. In JSON it is its [`ProcedureRecord`].
///
/// ```
/// use floorwalker::complaint::{FaultKind, Procedure};
///
/// let mut record = Procedure::iso_10002().record().clone();
/// record.transitions.retain(|transition| transition.step.name() != "code_cause");
/// let error = Procedure::new(record.clone()).unwrap_err();
/// assert_eq!(error.code(), "procedure.impossible");
/// let faults = Procedure::faults(&record);
/// assert!(faults.iter().any(|fault| fault.kind == FaultKind::GuardNeverMet));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ProcedureRecord", into = "ProcedureRecord")]
pub struct Procedure(Arc<Compiled>);

#[derive(Debug, PartialEq, Eq)]
struct Compiled {
    record: ProcedureRecord,
    reference: ProcedureRef,
    states: BTreeMap<Label, usize>,
    moves: BTreeMap<(usize, Step), Move>,
}

/// Where a step leads from one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) to: Vec<Label>,
    pub(crate) guards: Vec<Guard>,
}

impl Procedure {
    /// Checks a procedure.
    ///
    /// # Errors
    /// `procedure.impossible` with the first fault and the number of the others;
    /// [`faults`](Self::faults) lists them all.
    pub fn new(record: ProcedureRecord) -> Result<Self> {
        let found = faults(&record);
        if let Some(first) = found.first() {
            let (first, others) = (first.to_string(), found.len() - 1);
            return Err(ErrorKind::Procedure { first, others }.into());
        }
        let states = record.states.iter().enumerate();
        let states: BTreeMap<Label, usize> = states
            .map(|(place, state)| (state.name.clone(), place))
            .collect();
        let moves = moves(&record, &states);
        let digest = Digest::of_json(&record);
        let reference = ProcedureRef {
            digest,
            name: record.name.clone(),
            version: record.version.clone(),
        };
        Ok(Self(Arc::new(Compiled {
            record,
            reference,
            states,
            moves,
        })))
    }

    /// Reads a procedure from JSON.
    ///
    /// # Errors
    /// `data.invalid` with line and column if the text is no procedure;
    /// `procedure.impossible` as for [`new`](Self::new).
    pub fn from_json(text: &str) -> Result<Self> {
        Self::new(from_json("procedure", text)?)
    }

    /// The procedure that is meant where nobody says otherwise: the steps of clause 7 of
    /// ISO 10002:2018 with plain terms and a company's usual levels.
    ///
    /// Uncertain: the steps were taken from pages about the standard, not from its text,
    /// which sets no numbers; targets, windows and levels are this project's choice.
    #[must_use]
    pub fn iso_10002() -> Self {
        Self::from_json(ISO_10002).expect("the procedure of this library is checked by its tests")
    }

    /// Everything that makes a procedure impossible, in a stable order.
    #[must_use]
    pub fn faults(record: &ProcedureRecord) -> Vec<ProcedureFault> {
        faults(record)
    }

    /// The procedure as it is written.
    #[must_use]
    pub fn record(&self) -> &ProcedureRecord {
        &self.0.record
    }

    /// Its name, version and checksum.
    #[must_use]
    pub fn reference(&self) -> &ProcedureRef {
        &self.0.reference
    }

    /// What a state means to the engine; `None` if there is no such state.
    #[must_use]
    pub fn stage(&self, state: &Label) -> Option<Stage> {
        self.0
            .states
            .get(state)
            .map(|&place| self.0.record.states[place].stage)
    }

    /// Which steps may be taken in a state, conditions apart, in their order.
    #[must_use]
    pub fn steps_from(&self, state: &Label) -> Vec<Step> {
        let Some(&place) = self.0.states.get(state) else {
            return Vec::new();
        };
        let range = (place, Step::Receive)..=(place, Step::Correct);
        self.0
            .moves
            .range(range)
            .map(|((_, step), _)| *step)
            .collect()
    }

    /// The level of escalation with a number.
    #[must_use]
    pub fn level(&self, level: u8) -> Option<&LevelRecord> {
        let place = usize::from(level).checked_sub(1)?;
        self.0.record.escalation.get(place)
    }

    /// Where a step leads from a state.
    pub(crate) fn find(&self, state: &Label, step: Step) -> Option<&Move> {
        let place = *self.0.states.get(state)?;
        self.0.moves.get(&(place, step))
    }
}

fn moves(
    record: &ProcedureRecord,
    states: &BTreeMap<Label, usize>,
) -> BTreeMap<(usize, Step), Move> {
    let mut moves = BTreeMap::new();
    for transition in &record.transitions {
        let always = Guard::always(transition.step).iter().copied();
        let added = transition.guards.iter().copied();
        let mut guards: Vec<Guard> = always.chain(added).collect();
        guards.sort_unstable();
        guards.dedup();
        for from in froms(record, &transition.from) {
            let to = transition.to.clone();
            moves.insert(
                (states[from], transition.step),
                Move {
                    to,
                    guards: guards.clone(),
                },
            );
        }
    }
    moves
}

/// The states that a `from` names, `open` spelled out. Unknown names are kept.
pub(super) fn froms<'a>(record: &'a ProcedureRecord, from: &'a [Label]) -> Vec<&'a Label> {
    let open = || {
        record
            .states
            .iter()
            .filter(|state| !state.stage.is_terminal())
            .map(|state| &state.name)
    };
    let mut names: Vec<&Label> = Vec::new();
    for name in from {
        if name.as_str() == OPEN {
            names.extend(open());
        } else {
            names.push(name);
        }
    }
    names
}

impl TryFrom<ProcedureRecord> for Procedure {
    type Error = Error;
    fn try_from(record: ProcedureRecord) -> Result<Self> {
        Self::new(record)
    }
}

impl From<Procedure> for ProcedureRecord {
    fn from(procedure: Procedure) -> Self {
        procedure.0.record.clone()
    }
}
