//! Operators: contracts, skills, groups and protections over time.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Accessibility, Protection, ProtectionKind, Skill, SkillLevel, Validity};
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, ContractId, GroupId, SiteId, SkillId};
use crate::time::Zone;

/// The contract under which an operator works, for some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractTerm {
    /// Which contract.
    pub contract: ContractId,
    /// From when to when.
    #[serde(default)]
    pub valid: Validity,
}

/// The plain fields of an [`Operator`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorRecord {
    /// How the telephone system names them.
    pub id: AgentId,
    /// The site they belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// The clock they work by.
    pub zone: Zone,
    /// Since when they are employed, and until when.
    #[serde(default)]
    pub employed: Validity,
    /// Their contracts, one at a time.
    pub contracts: Vec<ContractTerm>,
    /// Their skills.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Skill>,
    /// The groups they belong to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// Circumstances that the law protects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protections: Vec<Protection>,
    /// What a position must offer them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Accessibility>,
}

/// An operator (operatore).
///
/// Invariants: at no time two contracts, nor two levels of one skill.
///
/// ```
/// use floorwalker::team::Operator;
///
/// let anna: Operator = serde_json::from_str(r#"{
///     "id": "anna", "zone": "Europe/Rome",
///     "contracts": [{"contract": "full"}],
///     "skills": [{"skill": "billing", "level": 3, "valid": {"from": "2026-01-01"}}]
/// }"#).unwrap();
/// let day = "2026-03-02".parse().unwrap();
/// assert_eq!(anna.skill_on(day, &"billing".parse()?).unwrap().get(), 3);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "OperatorRecord", into = "OperatorRecord")]
pub struct Operator(OperatorRecord);

impl Operator {
    /// An operator with one contract and nothing else.
    #[must_use]
    pub fn new(id: AgentId, zone: Zone, contract: ContractId) -> Self {
        let valid = Validity::ALWAYS;
        Self(OperatorRecord {
            id,
            site: None,
            zone,
            employed: valid,
            contracts: vec![ContractTerm { contract, valid }],
            skills: Vec::new(),
            groups: Vec::new(),
            protections: Vec::new(),
            needs: Vec::new(),
        })
    }

    /// How the telephone system names them.
    #[must_use]
    pub fn id(&self) -> &AgentId {
        &self.0.id
    }

    /// The clock they work by.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// Since when they are employed, and until when.
    #[must_use]
    pub fn employed(&self) -> Validity {
        self.0.employed
    }

    /// The contract in force on `date`.
    #[must_use]
    pub fn contract_on(&self, date: NaiveDate) -> Option<&ContractId> {
        let mut terms = self.0.contracts.iter();
        terms
            .find(|term| term.valid.contains(date))
            .map(|term| &term.contract)
    }

    /// Their level of `skill` on `date`.
    #[must_use]
    pub fn skill_on(&self, date: NaiveDate, skill: &SkillId) -> Option<SkillLevel> {
        let mut skills = self.0.skills.iter();
        skills
            .find(|one| one.skill == *skill && one.valid.contains(date))
            .map(|one| one.level)
    }

    /// The protection of `kind` that holds on `date`.
    #[must_use]
    pub fn protection_on(&self, date: NaiveDate, kind: ProtectionKind) -> Option<&Protection> {
        let mut protections = self.0.protections.iter();
        protections.find(|one| one.kind == kind && one.valid.contains(date))
    }

    /// All their fields.
    #[must_use]
    pub fn record(&self) -> &OperatorRecord {
        &self.0
    }
}

impl TryFrom<OperatorRecord> for Operator {
    type Error = crate::error::Error;

    fn try_from(record: OperatorRecord) -> Result<Self> {
        let conflict = |what, why| Err(ErrorKind::Conflict { what, why }.into());
        for (place, term) in record.contracts.iter().enumerate() {
            let mut others = record.contracts[..place].iter();
            if let Some(other) = others.find(|other| other.valid.overlaps(term.valid)) {
                let (a, b) = (&other.contract, &term.contract);
                let why = format!("{}: {a} and {b} share days", record.id);
                return conflict("contracts of an operator", why);
            }
        }
        for (place, skill) in record.skills.iter().enumerate() {
            let mut others = record.skills[..place].iter();
            if others.any(|other| other.skill == skill.skill && other.valid.overlaps(skill.valid)) {
                let why = format!("{}: {} is given twice", record.id, skill.skill);
                return conflict("skills of an operator", why);
            }
        }
        Ok(Self(record))
    }
}

impl From<Operator> for OperatorRecord {
    fn from(operator: Operator) -> Self {
        operator.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(more: &str) -> Result<Operator, serde_json::Error> {
        serde_json::from_str(&format!(r#"{{"id":"a","zone":"Europe/Rome",{more}}}"#))
    }

    #[test]
    fn contracts_follow_each_other() {
        let operator = read(
            r#""contracts":[{"contract":"old","valid":{"until":"2026-03-01"}},
                {"contract":"new","valid":{"from":"2026-03-01"}}]"#,
        )
        .unwrap();
        let on = |day: &str| operator.contract_on(day.parse().unwrap()).unwrap().as_str();
        assert_eq!([on("2026-02-28"), on("2026-03-01")], ["old", "new"]);
        let error = read(r#""contracts":[{"contract":"a"},{"contract":"b"}]"#).unwrap_err();
        assert!(error.to_string().contains("share days"), "{error}");
    }

    #[test]
    fn one_level_of_a_skill_at_a_time() {
        let twice = r#""contracts":[],"skills":[{"skill":"x","level":1},{"skill":"x","level":2}]"#;
        assert!(read(twice).is_err());
        assert!(read(&twice.replacen('x', "y", 1)).is_ok());
    }
}
