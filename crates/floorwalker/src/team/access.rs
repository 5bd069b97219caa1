//! Access policies: the reason without which no figure about a person is given.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// How closely people may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// Only the group as a whole, and only if it is large enough.
    Team,
    /// Each person under a number that changes with every report.
    Pseudonym,
    /// Each person by name.
    Person,
}

/// The plain fields of an [`AccessPolicy`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRecord {
    /// What the figures are for, such as "coaching".
    pub purpose: String,
    /// What permits it, such as "agreement with the unions of 12 May 2026".
    pub legal_basis: String,
    /// How closely people may be looked at.
    pub granularity: Granularity,
    /// The smallest group that may be shown as a group.
    pub min_group: u32,
    /// After how many days the figures are to be deleted.
    pub retention_days: u32,
}

/// The stated reason to look at figures about people.
///
/// Invariants: purpose and legal basis are not blank; the smallest group has at
/// least two people; there is a retention of at least a day.
///
/// In Italy, figures about single operators need an agreement with the unions
/// or the inspectorate's authorisation (L. 300/1970 art. 4; Garante decisions
/// 139/2018 and 384/2021), and a purpose, a basis and a retention everywhere in
/// the European Union (GDPR art. 5). The library cannot know whether the stated
/// basis exists; it makes the host state one, and prints it with the figures.
///
/// ```
/// use floorwalker::team::{AccessPolicy, Granularity};
///
/// let policy = AccessPolicy::new("coaching", "agreement with the unions of 12 May 2026", Granularity::Person)?;
/// assert_eq!(policy.min_group(), 5);
/// assert!(AccessPolicy::new("", "", Granularity::Person).is_err());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AccessRecord", into = "AccessRecord")]
pub struct AccessPolicy(AccessRecord);

impl AccessPolicy {
    /// A policy with groups of at least five people and 180 days of retention.
    ///
    /// # Errors
    /// `policy.refused` if the purpose or the legal basis is blank.
    pub fn new(
        purpose: impl Into<String>,
        legal_basis: impl Into<String>,
        granularity: Granularity,
    ) -> Result<Self, Error> {
        let (purpose, legal_basis) = (purpose.into(), legal_basis.into());
        AccessRecord {
            purpose,
            legal_basis,
            granularity,
            min_group: 5,
            retention_days: 180,
        }
        .try_into()
    }

    /// What the figures are for.
    #[must_use]
    pub fn purpose(&self) -> &str {
        &self.0.purpose
    }

    /// What permits it.
    #[must_use]
    pub fn legal_basis(&self) -> &str {
        &self.0.legal_basis
    }

    /// How closely people may be looked at.
    #[must_use]
    pub fn granularity(&self) -> Granularity {
        self.0.granularity
    }

    /// The smallest group that may be shown as a group.
    #[must_use]
    pub fn min_group(&self) -> u32 {
        self.0.min_group
    }

    /// After how many days the figures are to be deleted.
    #[must_use]
    pub fn retention_days(&self) -> u32 {
        self.0.retention_days
    }

    /// Refuses figures about single people where only groups may be seen.
    ///
    /// # Errors
    /// `policy.refused` if the granularity is the team.
    pub fn check_persons(&self) -> Result<(), Error> {
        if self.granularity() == Granularity::Team {
            let why = format!("the policy for {:?} shows teams only", self.purpose());
            return Err(ErrorKind::Policy {
                what: "a figure about a person",
                why,
            }
            .into());
        }
        Ok(())
    }

    /// Refuses the names of people where only groups or pseudonyms may be seen.
    ///
    /// # Errors
    /// `policy.refused` unless the granularity is the person.
    pub fn check_names(&self) -> Result<(), Error> {
        self.check_persons()?;
        if self.granularity() == Granularity::Pseudonym {
            let why = format!("the policy for {:?} shows numbers only", self.purpose());
            let what = "the name of a person";
            return Err(ErrorKind::Policy { what, why }.into());
        }
        Ok(())
    }

    /// Refuses figures about groups that are too small to hide a person in.
    ///
    /// # Errors
    /// `policy.refused` if there are fewer than [`min_group`](Self::min_group) people.
    pub fn check_group(&self, people: usize) -> Result<(), Error> {
        if people < self.min_group() as usize {
            let why = format!(
                "the group has {people} people, fewer than {}",
                self.min_group()
            );
            return Err(ErrorKind::Policy {
                what: "a figure about a group",
                why,
            }
            .into());
        }
        Ok(())
    }
}

impl TryFrom<AccessRecord> for AccessPolicy {
    type Error = Error;
    fn try_from(record: AccessRecord) -> Result<Self, Error> {
        let refuse = |why: &str| {
            Err(ErrorKind::Policy {
                what: "access policy",
                why: why.to_owned(),
            }
            .into())
        };
        if record.purpose.trim().is_empty() {
            return refuse("it states no purpose");
        }
        if record.legal_basis.trim().is_empty() {
            return refuse("it states no legal basis");
        }
        if record.min_group < 2 {
            return refuse("a group has at least two people");
        }
        if record.retention_days == 0 {
            return refuse("figures are kept for at least a day");
        }
        Ok(Self(record))
    }
}

impl From<AccessPolicy> for AccessRecord {
    fn from(policy: AccessPolicy) -> Self {
        policy.0
    }
}
