//! Who has looked at figures about people, when, and why.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AccessPolicy, Granularity};
use crate::error::Result;
use crate::id::{ActorId, AgentId, Label};

/// Who wants to look at what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadRequest {
    /// Who looks.
    pub reader: ActorId,
    /// When.
    pub at: DateTime<Utc>,
    /// At what, such as `live_board` or `scorecard`.
    pub what: Label,
    /// At whom, if it is one operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<AgentId>,
}

/// A look at figures about people that was taken or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadEntry {
    /// Who wanted to look at what.
    pub request: ReadRequest,
    /// What for.
    pub purpose: String,
    /// What permits it.
    pub legal_basis: String,
    /// How closely.
    pub granularity: Granularity,
    /// Whether it was given.
    pub granted: bool,
    /// The code of the error, if it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// The record of all looks at figures about people (registro degli accessi), in the order
/// in which they were taken.
///
/// Entries are only ever added, and forgotten by age; a host that keeps the record writes
/// each new entry away.
///
/// ```
/// use floorwalker::team::{AccessAudit, AccessPolicy, Granularity, ReadRequest};
///
/// let policy = AccessPolicy::new("coaching", "agreement of 12 May 2026", Granularity::Team)?;
/// let request = ReadRequest {
///     reader: "mara".parse()?, at: "2026-03-02T08:00:00Z".parse().unwrap(),
///     what: "scorecard".parse()?, operator: Some("anna".parse()?),
/// };
/// let mut audit = AccessAudit::default();
/// let refused = audit.read(request, &policy, |policy| policy.check_names().map(|()| "her score"));
/// assert!(refused.is_err());
/// assert_eq!(audit.of(&"anna".parse()?).count(), 1);
/// assert!(!audit.entries()[0].granted);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessAudit(Vec<ReadEntry>);

impl AccessAudit {
    /// Looks at figures about people, and records it, given or refused: `read` takes them
    /// with the policy.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn read<T>(
        &mut self,
        request: ReadRequest,
        policy: &AccessPolicy,
        read: impl FnOnce(&AccessPolicy) -> Result<T>,
    ) -> Result<T> {
        let answer = read(policy);
        self.record(request, policy, answer.as_ref().err());
        answer
    }

    /// Records a look that was taken outside of [`read`](Self::read), refused with an
    /// error or given.
    pub fn record(
        &mut self,
        request: ReadRequest,
        policy: &AccessPolicy,
        error: Option<&crate::Error>,
    ) {
        self.0.push(ReadEntry {
            request,
            purpose: policy.purpose().to_owned(),
            legal_basis: policy.legal_basis().to_owned(),
            granularity: policy.granularity(),
            granted: error.is_none(),
            error: error.map(|error| error.code().to_owned()),
        });
    }

    /// All entries.
    #[must_use]
    pub fn entries(&self) -> &[ReadEntry] {
        &self.0
    }

    /// The looks at one operator, which they may ask for (GDPR art. 15). Those at lists
    /// of operators name nobody and are not among them.
    pub fn of<'a>(&'a self, operator: &'a AgentId) -> impl Iterator<Item = &'a ReadEntry> {
        let entries = self.0.iter();
        entries.filter(move |entry| entry.request.operator.as_ref() == Some(operator))
    }

    /// Forgets the entries before an instant; says how many.
    pub fn forget_before(&mut self, at: DateTime<Utc>) -> usize {
        let before = self.0.len();
        self.0.retain(|entry| entry.request.at >= at);
        before - self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(day: u32) -> ReadRequest {
        ReadRequest {
            reader: "mara".parse().unwrap(),
            at: format!("2026-03-{day:02}T08:00:00Z").parse().unwrap(),
            what: "live_board".parse().unwrap(),
            operator: None,
        }
    }

    #[test]
    fn what_is_given_and_what_is_refused_are_recorded() {
        let policy = AccessPolicy::new("the day", "the law", Granularity::Person).unwrap();
        let mut audit = AccessAudit::default();
        assert_eq!(audit.read(request(2), &policy, |_| Ok(7)).unwrap(), 7);
        let refused = audit.read(request(3), &policy, |policy| policy.check_group(1));
        assert!(refused.unwrap_err().is_policy());
        let granted: Vec<bool> = audit.entries().iter().map(|entry| entry.granted).collect();
        assert_eq!(granted, [true, false]);
        assert_eq!(audit.entries()[1].error.as_deref(), Some("policy.refused"));
        let json = serde_json::to_string(&audit).unwrap();
        assert_eq!(serde_json::from_str::<AccessAudit>(&json).unwrap(), audit);
        assert_eq!(audit.forget_before(request(3).at), 1);
        assert_eq!(audit.entries().len(), 1);
    }
}
