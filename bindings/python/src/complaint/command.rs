//! What is asked for, from its parts.

use chrono::{DateTime, Utc};
use floorwalker::complaint::{Case, Command, Personal, Rules, Vault};
use pyo3::prelude::*;
use pyo3::types::PyMapping;
use serde_json::{Map, Value, json};

use super::beside::Beside;
use crate::errors::Result;
use crate::given::{Argument, Given, Instant, Words, hint, optional};
use crate::record::{self, Shape};

/// Particulars of a step, and the personal data that were among them.
pub(super) struct Taken(Map<String, Value>, Vec<Personal>);

impl Argument for Taken {
    hint!("Record");

    const ALLOWED: &'static str = "a dict with the particulars of the step";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if value.cast::<PyMapping>().is_err() {
            return Ok(None);
        }
        let mut shape = Shape::default();
        match shape.plain(value)? {
            Value::Object(fields) => Ok(Some(Self(fields, shape.sealed))),
            _ => Ok(None),
        }
    }
}

impl Taken {
    /// A receipt names the procedure it is handled by, unless it names one itself.
    pub(super) fn with_procedure(mut self, rules: &Rules) -> Result<Self> {
        if !self.0.contains_key("procedure") {
            let procedure = record::value(rules.procedure().reference())?;
            self.0.insert("procedure".to_owned(), procedure);
        }
        Ok(self)
    }

    /// Policies that are only named stand for their versions on the day of receipt.
    pub(super) fn with_policies(mut self, rules: &Rules, case: &Case) -> Result<Self> {
        let Some(Value::Array(policies)) = self.0.get_mut("policies") else {
            return Ok(self);
        };
        for policy in policies {
            let Some(id) = policy.as_str() else { continue };
            let versions = rules.policies().versions(id)?;
            let received = versions
                .first()
                .map(|version| version.zone().local_date_of_ms(case.received_ms()));
            let Some(received) = received else { continue };
            *policy = record::value(rules.policies().get(id, received)?.reference())?;
        }
        Ok(self)
    }
}

/// Who takes a step, when, and as whom.
#[derive(Default)]
pub(super) struct Step {
    pub(super) at: Instant,
    pub(super) actor: Words,
    pub(super) recorded: Option<Instant>,
    pub(super) role: Option<Words>,
    pub(super) to: Option<Words>,
    pub(super) on_behalf_of: Option<Words>,
}

/// An argument that was given, or not.
type Maybe<'py, T> = Option<Given<'py, T>>;

impl Step {
    pub(super) fn read(
        (at, actor): (&Given<'_, Instant>, &Given<'_, Words>),
        recorded: &Maybe<'_, Instant>,
        (role, to, on_behalf_of): (&Maybe<'_, Words>, &Maybe<'_, Words>, &Maybe<'_, Words>),
    ) -> Result<Self> {
        Ok(Self {
            at: at.read("at")?,
            actor: actor.read("actor")?,
            recorded: optional("recorded", recorded.as_ref())?,
            role: optional("role", role.as_ref())?,
            to: optional("to", to.as_ref())?,
            on_behalf_of: optional("on_behalf_of", on_behalf_of.as_ref())?,
        })
    }

    pub(super) fn recorded_ms(&self) -> i64 {
        let at: DateTime<Utc> = match &self.recorded {
            Some(Instant(recorded)) => *recorded,
            None => self.at.0,
        };
        at.timestamp_millis()
    }
}

/// The command of a step.
pub(super) fn command(
    step: &str,
    details: Option<Taken>,
    when: Step,
) -> Result<(Command, Vec<Personal>)> {
    let mut act = Map::new();
    act.insert("step".to_owned(), step.into());
    let mut personal = Vec::new();
    if let Some(Taken(fields, kept)) = details {
        act.insert("with".to_owned(), Value::Object(fields));
        personal = kept;
    }
    let word = |word: Option<Words>| word.map(|Words(word)| word);
    let command = json!({
        "act": act,
        "actor": when.actor.0,
        "occurred_ms": when.at.0.timestamp_millis(),
        "on_behalf_of": word(when.on_behalf_of),
        "role": word(when.role),
        "to": word(when.to),
    });
    let command = record::read(command).map_err(|failure| failure.about("details"))?;
    Ok((command, personal))
}

/// A step with all that belongs to it.
pub(super) struct Asked {
    pub(super) command: Command,
    pub(super) personal: Vec<Personal>,
    pub(super) recorded_ms: i64,
    pub(super) others: Beside,
}

/// Keeps personal data.
pub(super) fn kept(mut vault: Vault, personal: Vec<Personal>) -> Result<Vault> {
    for personal in personal {
        vault.keep(personal)?;
    }
    Ok(vault)
}
