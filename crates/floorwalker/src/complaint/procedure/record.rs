//! A procedure as it is written in a data file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::guard::Guard;
use crate::complaint::case::{Stage, Step};
use crate::complaint::money::Money;
use crate::complaint::words::Severity;
use crate::id::{CalendarId, Label};

/// A procedure (procedura) as it is written in a data file, before it is checked.
///
/// The schema for writing one is [`PROCEDURE_SCHEMA`](super::PROCEDURE_SCHEMA).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureRecord {
    /// Its name.
    pub name: Label,
    /// Its version. A changed procedure needs another version.
    pub version: Label,
    /// Where it comes from: a standard, a company's manual.
    pub source: String,
    /// The state in which a complaint begins.
    pub start: Label,
    /// The states.
    pub states: Vec<StateRecord>,
    /// Which step leads from where to where.
    pub transitions: Vec<TransitionRecord>,
    /// Steps that must have been taken before another.
    #[serde(default)]
    pub required: Vec<RequiredRecord>,
    /// The roles that may take a step. A step that is not listed may be taken by all.
    #[serde(default)]
    pub rights: BTreeMap<Step, Vec<Label>>,
    /// The clocks that the company keeps, beside those of the policies.
    #[serde(default)]
    pub clocks: Vec<ClockRecord>,
    /// The levels of escalation, from 1.
    #[serde(default)]
    pub escalation: Vec<LevelRecord>,
    /// The time for reactions.
    pub windows: Windows,
    /// When a second person must approve a decision.
    #[serde(default)]
    pub four_eyes: FourEyes,
}

/// One state of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateRecord {
    /// Its name; `open` is taken.
    pub name: Label,
    /// What it means to the engine.
    pub stage: Stage,
}

/// Where a step leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransitionRecord {
    /// The step.
    pub step: Step,
    /// The states in which it may be taken; `open` means every state that is not
    /// terminal.
    pub from: Vec<Label>,
    /// The states to which it may lead; none if the state stays. Where there are
    /// several, the command says which.
    #[serde(default)]
    pub to: Vec<Label>,
    /// Conditions beside those that always hold.
    #[serde(default)]
    pub guards: Vec<Guard>,
}

/// Steps that must have been taken before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredRecord {
    /// The step that needs the others.
    pub before: Step,
    /// The steps that it needs.
    pub needs: Vec<Step>,
}

/// A clock that the company keeps (orologio interno).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRecord {
    /// Its name, without a slash.
    pub name: Label,
    /// The step at which it starts.
    pub start: Step,
    /// The steps at which it stops.
    pub stop: Vec<Step>,
    /// The business time that may pass, in minutes.
    pub target_minutes: u32,
    /// Other targets for some severities.
    #[serde(default)]
    pub by_severity: BTreeMap<Severity, u32>,
    /// What another severity does to the target.
    #[serde(default)]
    pub on_severity_change: OnSeverityChange,
    /// The business hours by which it counts, as the host names them.
    pub hours: CalendarId,
    /// The states in which it is held.
    #[serde(default)]
    pub paused_in: Vec<Label>,
    /// The longest time for which it may be held in all, in hours; beyond, it runs on.
    #[serde(default)]
    pub max_pause_hours: Option<u32>,
    /// The steps after its stop that concern it again.
    #[serde(default)]
    pub resumes_on: Vec<Step>,
    /// What those steps do.
    #[serde(default)]
    pub on_resume: OnResume,
}

/// What another severity does to a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnSeverityChange {
    /// The newest severity counts, from the start of the clock.
    #[default]
    Retroactive,
    /// The first severity counts.
    Keep,
}

/// What happens to a stopped clock when the complaint goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnResume {
    /// It goes on from where it stopped; the time between does not count.
    Continue,
    /// It starts anew; what was before stays on the record.
    Restart,
    /// It stays stopped.
    #[default]
    Ignore,
}

/// One level of escalation (livello di escalation).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRecord {
    /// Its number, from 1.
    pub level: u8,
    /// The role that takes it.
    pub role: Label,
    /// The roles that take it when nobody of the role is on duty, in this order.
    #[serde(default)]
    pub deputies: Vec<Label>,
    /// When it is reached by itself: whichever comes first.
    #[serde(default)]
    pub when: Vec<Trigger>,
}

/// When a level is reached by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// So much of the target of a clock is used.
    Clock {
        /// The clock; `legal` stands for every clock of a policy.
        clock: Label,
        /// How much is used, in percent.
        used_percent: u32,
    },
    /// So many days of 24 hours have passed since receipt.
    AgeDays(u32),
}

/// The time for reactions, in days of 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Windows {
    /// How long after the reply the customer may contest it.
    pub contest_days: u32,
    /// How long after the reply the complaint is closed if the customer is silent.
    pub silence_days: u32,
    /// How long after closing it may be opened again without new evidence.
    pub reopen_days: u32,
}

/// When a second person must approve a decision (quattro occhi).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FourEyes {
    /// From this severity on.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// From this amount of the remedy on, in the same currency.
    #[serde(default)]
    pub amount: Option<Money>,
}
