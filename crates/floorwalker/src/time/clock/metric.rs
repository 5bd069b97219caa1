//! What is promised on a case, and how much time it may take.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::clock::MAX_TARGET_MS;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::id::PriorityId;

/// What is measured on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Metric {
    /// From the creation of the case to the first reply of an agent (first response
    /// time, presa in carico).
    FirstResponse,
    /// From the first unanswered message of the customer after a reply to the next
    /// reply. Each such message starts a cycle; further ones do not restart it.
    NextResponse,
    /// From creation to resolution (tempo di risoluzione).
    Resolution,
    /// From creation to resolution without any pause: what a law or a regulator
    /// counts, where waiting for the customer does not stop the time.
    Legal,
}

impl Metric {
    /// All metrics.
    pub const ALL: [Self; 4] = [
        Self::FirstResponse,
        Self::NextResponse,
        Self::Resolution,
        Self::Legal,
    ];

    /// The word for it in JSON, such as `first_response`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::NextResponse => "next_response",
            Self::Resolution => "resolution",
            Self::Legal => "legal",
        }
    }

    /// Whether the states that pause a case hold its clock.
    #[must_use]
    pub fn is_pausable(self) -> bool {
        self != Self::Legal
    }
}

/// How much business time a metric may take, in milliseconds.
///
/// Invariant: every target lies between 0 and [`MAX_TARGET_MS`]; by priority there is
/// at least one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Target(Form);

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    SameMs(i64),
    ByPriorityMs(BTreeMap<PriorityId, i64>),
}

impl Target {
    /// The same for every case.
    ///
    /// # Errors
    /// `value.out_of_range` if it is negative or above [`MAX_TARGET_MS`].
    pub fn same(target_ms: i64) -> Result<Self> {
        Self::try_from(Form::SameMs(target_ms))
    }

    /// One for each priority.
    ///
    /// # Errors
    /// `value.out_of_range` if there is none, or one is negative or above
    /// [`MAX_TARGET_MS`].
    pub fn by_priority(targets: impl IntoIterator<Item = (PriorityId, i64)>) -> Result<Self> {
        Self::try_from(Form::ByPriorityMs(targets.into_iter().collect()))
    }

    /// Whether it depends on the priority.
    #[must_use]
    pub fn is_by_priority(&self) -> bool {
        matches!(self.0, Form::ByPriorityMs(_))
    }

    /// The target for a priority, in milliseconds.
    ///
    /// # Errors
    /// `name.unknown` if targets go by priority and this one has none, or the case has
    /// no priority.
    pub fn for_priority(&self, priority: Option<&PriorityId>) -> Result<i64> {
        let targets = match &self.0 {
            Form::SameMs(target_ms) => return Ok(*target_ms),
            Form::ByPriorityMs(targets) => targets,
        };
        let found = priority.and_then(|priority| targets.get(priority));
        found.copied().ok_or_else(|| {
            let given = priority.map_or(String::new(), ToString::to_string);
            let nearest = nearest(&given, targets.keys().map(PriorityId::as_str));
            let what = "priority with a target";
            ErrorKind::Unknown {
                what,
                given,
                nearest,
            }
            .into()
        })
    }
}

impl TryFrom<Form> for Target {
    type Error = Error;
    fn try_from(form: Form) -> Result<Self> {
        let all: Vec<i64> = match &form {
            Form::SameMs(target) => vec![*target],
            Form::ByPriorityMs(targets) => targets.values().copied().collect(),
        };
        if all.is_empty() {
            return Err(Error::range("targets by priority", 1, "any number", 0));
        }
        match all
            .into_iter()
            .find(|target| !(0..=MAX_TARGET_MS).contains(target))
        {
            Some(target) => Err(Error::range(
                "target in milliseconds",
                0,
                MAX_TARGET_MS,
                target,
            )),
            None => Ok(Self(form)),
        }
    }
}

impl From<Target> for Form {
    fn from(target: Target) -> Self {
        target.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(json: &str) -> serde_json::Result<Target> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_priority_without_a_target_is_named() {
        let target = target(r#"{"by_priority_ms":{"low":10,"high":5}}"#).unwrap();
        assert_eq!(
            target.for_priority(Some(&"high".parse().unwrap())).unwrap(),
            5
        );
        let error = target
            .for_priority(Some(&"hihg".parse().unwrap()))
            .unwrap_err();
        assert_eq!(error.code(), "name.unknown");
        assert!(target.for_priority(None).is_err());
        assert_eq!(Target::same(7).unwrap().for_priority(None).unwrap(), 7);
    }

    #[test]
    fn targets_are_checked_also_in_json() {
        assert!(target(r#"{"same_ms":-1}"#).is_err());
        assert!(target(r#"{"by_priority_ms":{}}"#).is_err());
        assert!(target(r#"{"by_priority_ms":{"low":-1}}"#).is_err());
        let same = target(r#"{"same_ms":60000}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&same).unwrap(),
            r#"{"same_ms":60000}"#
        );
    }
}
