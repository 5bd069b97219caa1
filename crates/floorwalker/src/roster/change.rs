//! Changes of a roster, and what they do to the findings.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::check::Finding;
use super::{Assignment, AssignmentKey, Roster};
use crate::error::{Error, ErrorKind, Result};
use crate::id::AgentId;

/// One change of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// Another assignment.
    Add(Assignment),
    /// One less.
    Remove(AssignmentKey),
    /// Another in the place of one.
    Replace(AssignmentKey, Assignment),
    /// The same for somebody else.
    Reassign(AssignmentKey, AgentId),
}

impl Change {
    fn removed(&self) -> Option<&AssignmentKey> {
        match self {
            Self::Add(_) => None,
            Self::Remove(key) | Self::Replace(key, _) | Self::Reassign(key, _) => Some(key),
        }
    }

    /// The operators whose shifts it changes.
    pub(super) fn operators(&self) -> impl Iterator<Item = &AgentId> {
        let gains = match self {
            Self::Add(assignment) | Self::Replace(_, assignment) => Some(assignment.operator()),
            Self::Reassign(_, to) => Some(to),
            Self::Remove(_) => None,
        };
        self.removed()
            .map(|key| &key.operator)
            .into_iter()
            .chain(gains)
    }

    fn added(&self, roster: &Roster) -> Option<Assignment> {
        match self {
            Self::Add(assignment) | Self::Replace(_, assignment) => Some(assignment.clone()),
            Self::Remove(_) => None,
            Self::Reassign(key, to) => {
                let old = roster.get(key)?;
                Some(old.clone().for_operator(to.clone()))
            }
        }
    }
}

/// The assignments of the operators that changes touch, after them.
///
/// # Errors
/// `name.unknown` if an assignment does not exist, `policy.refused` if one is locked,
/// `options.conflict` if two of an operator would start at once.
pub(super) fn after(roster: &Roster, changes: &[Change]) -> Result<BTreeMap<AgentId, Roster>> {
    let mut removed: BTreeSet<AssignmentKey> = BTreeSet::new();
    for key in changes.iter().filter_map(Change::removed) {
        let Some(old) = roster.get(key) else {
            return Err(unknown(key));
        };
        if old.details().locked {
            let why = format!(
                "the assignment of {} on {} is locked",
                key.operator,
                old.work_day()
            );
            let what = "change of a roster";
            return Err(ErrorKind::Policy { what, why }.into());
        }
        if !removed.insert(key.clone()) {
            let why = format!(
                "the assignment of {} at {} is changed twice",
                key.operator, key.start
            );
            let what = "changes of a roster";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
    }
    let mut lists: BTreeMap<AgentId, Vec<Assignment>> = BTreeMap::new();
    let mut list_of = |operator: &AgentId, new: Option<Assignment>| {
        let kept = || {
            let old = roster.of(operator).iter();
            old.filter(|one| !removed.contains(&one.key()))
                .cloned()
                .collect()
        };
        lists
            .entry(operator.clone())
            .or_insert_with(kept)
            .extend(new);
    };
    for change in changes {
        if let Some(key) = change.removed() {
            list_of(&key.operator, None);
        }
        if let Some(new) = change.added(roster) {
            list_of(&new.operator().clone(), Some(new));
        }
    }
    let made = |(operator, list): (AgentId, Vec<Assignment>)| Ok((operator, Roster::new(list)?));
    lists.into_iter().map(made).collect()
}

fn unknown(key: &AssignmentKey) -> Error {
    ErrorKind::Unknown {
        what: "assignment",
        given: format!("{} at {}", key.operator, key.start),
        nearest: Vec::new(),
    }
    .into()
}

impl Roster {
    /// The roster after these changes, all at once.
    ///
    /// Whether they are lawful is not looked at: a [`Proposal`](super::Proposal) is
    /// judged before it is applied.
    ///
    /// # Errors
    /// `name.unknown` if an assignment does not exist, `policy.refused` if one is
    /// locked, `options.conflict` if one is changed twice or an operator would start
    /// two at once.
    pub fn with_changes(&self, changes: &[Change]) -> Result<Self> {
        let changed = after(self, changes)?;
        let untouched = self.assignments().iter();
        let untouched = untouched.filter(|one| !changed.contains_key(one.operator()));
        let new = changed.values().flat_map(Roster::assignments);
        Self::new(untouched.chain(new).cloned())
    }
}

/// What a change does to the findings.
///
/// A finding is the same before and after if rule, operator and day are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Those that the change brings.
    pub new: Vec<Finding>,
    /// Those that it makes worse, as they are afterwards.
    pub worse: Vec<Finding>,
    /// Those that it solves, as they were before.
    pub solved: Vec<Finding>,
    /// Those that stay, or get better, as they are afterwards.
    pub kept: Vec<Finding>,
}

impl Difference {
    /// Compares findings about the same operators.
    #[must_use]
    pub fn between(before: &[Finding], after: &[Finding]) -> Self {
        let same = |a: &Finding, b: &Finding| {
            (&a.rule, &a.operator, a.day) == (&b.rule, &b.operator, b.day)
        };
        let mut difference = Self::default();
        for finding in after {
            let old = before.iter().filter(|old| same(old, finding));
            let old = old.max_by_key(|old| (old.severity, old.excess()));
            let list = match old {
                None => &mut difference.new,
                Some(old) if weight(finding) > weight(old) => &mut difference.worse,
                Some(_) => &mut difference.kept,
            };
            list.push(finding.clone());
        }
        let is_solved = |old: &&Finding| !after.iter().any(|finding| same(old, finding));
        difference.solved = before.iter().filter(is_solved).cloned().collect();
        difference
    }

    /// Those that the change brings or makes worse.
    pub fn harm(&self) -> impl Iterator<Item = &Finding> {
        self.new.iter().chain(&self.worse)
    }
}

fn weight(finding: &Finding) -> (super::Severity, i64) {
    (finding.severity, finding.excess())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Activity, ActivityKind, Piece};
    use crate::time::Span;

    fn shift(operator: &str, start: i64) -> Assignment {
        let phone = Activity::new("phone".parse().unwrap(), ActivityKind::Contact);
        let span = Span::from_millis(start, start + 10).unwrap();
        let day = "1970-01-01".parse().unwrap();
        let pieces = vec![Piece::productive(phone, span)];
        Assignment::new(operator.parse().unwrap(), day, pieces).unwrap()
    }

    #[test]
    fn changes_are_made_together() {
        let roster = Roster::new([shift("a", 0), shift("b", 100), shift("c", 200)]).unwrap();
        let (a, b) = (shift("a", 0).key(), shift("b", 100).key());
        let swap = [
            Change::Reassign(a.clone(), "b".parse().unwrap()),
            Change::Reassign(b, "a".parse().unwrap()),
        ];
        let swapped = roster.with_changes(&swap).unwrap();
        let expected = Roster::new([shift("b", 0), shift("a", 100), shift("c", 200)]).unwrap();
        assert_eq!(swapped, expected);
        let twice = [Change::Remove(a.clone()), Change::Remove(a)];
        assert_eq!(
            roster.with_changes(&twice).unwrap_err().code(),
            "options.conflict"
        );
    }

    #[test]
    fn locked_and_unknown_assignments_are_refused() {
        let locked = shift("a", 0).with(|details| details.locked = true);
        let roster = Roster::new([locked]).unwrap();
        let remove = |start| roster.with_changes(&[Change::Remove(shift("a", start).key())]);
        assert!(remove(0).unwrap_err().is_policy());
        assert!(remove(5).unwrap_err().is_name());
        let clash = roster.with_changes(&[Change::Add(shift("a", 0))]);
        assert_eq!(clash.unwrap_err().code(), "options.conflict");
    }
}
