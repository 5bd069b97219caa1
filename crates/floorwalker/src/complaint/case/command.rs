//! What is asked for, and what is decided.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::act::Act;
use super::step::Step;
use crate::id::{ActorId, Label};

/// Something that an actor wants to do, or that has happened and is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// What.
    pub act: Act,
    /// Who does it.
    pub actor: ActorId,
    /// When it happens, or has happened, in milliseconds since 1970.
    pub occurred_ms: i64,
    /// For whom, if not for the actor.
    #[serde(default)]
    pub on_behalf_of: Option<ActorId>,
    /// In which role.
    #[serde(default)]
    pub role: Option<Label>,
    /// To which state, where the step can lead to several.
    #[serde(default)]
    pub to: Option<Label>,
}

impl Command {
    /// A command without role.
    #[must_use]
    pub fn new(occurred: DateTime<Utc>, actor: ActorId, act: Act) -> Self {
        let occurred_ms = occurred.timestamp_millis();
        Self {
            act,
            actor,
            occurred_ms,
            on_behalf_of: None,
            role: None,
            to: None,
        }
    }

    /// The same command in a role.
    #[must_use]
    pub fn in_role(self, role: Label) -> Self {
        Self {
            role: Some(role),
            ..self
        }
    }

    /// The same command for somebody else.
    #[must_use]
    pub fn on_behalf_of(self, whom: ActorId) -> Self {
        Self {
            on_behalf_of: Some(whom),
            ..self
        }
    }

    /// The same command with the state to which it leads.
    #[must_use]
    pub fn to(self, state: Label) -> Self {
        Self {
            to: Some(state),
            ..self
        }
    }
}

/// An event that was decided on and is not recorded yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// The command, with the state to which it leads filled in.
    pub command: Command,
    /// The place, in the same list of new events, of the one that caused it.
    #[serde(default)]
    pub cause: Option<usize>,
}

/// A command or an event, as it is checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt<'a> {
    pub(super) act: &'a Act,
    pub(super) actor: &'a ActorId,
    pub(super) occurred_ms: i64,
    pub(super) role: Option<&'a Label>,
    pub(super) to: Option<&'a Label>,
    /// Whether it was recorded before. Then `to` is where it led at first; if an event that
    /// was recorded later has changed the state before it, it leads where the procedure
    /// says, and `to` only decides where there are several ways.
    pub(super) recorded: bool,
    /// Whether another event caused it; then it needs no right of its own.
    pub(super) caused: bool,
}

impl Attempt<'_> {
    pub(super) fn step(&self) -> Step {
        self.act.step()
    }
}

impl<'a> From<&'a Command> for Attempt<'a> {
    fn from(command: &'a Command) -> Self {
        Self {
            act: &command.act,
            actor: &command.actor,
            occurred_ms: command.occurred_ms,
            role: command.role.as_ref(),
            to: command.to.as_ref(),
            recorded: false,
            caused: false,
        }
    }
}
