//! The staff: operators, contracts, groups and positions that fit together.

use serde::{Deserialize, Serialize};

use super::{Contract, Group, Operator, Position};
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::id::{AgentId, ContractId, GroupId};

/// The plain fields of a [`Staff`], before they are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffRecord {
    /// The contracts in use.
    pub contracts: Vec<Contract>,
    /// The operators.
    pub operators: Vec<Operator>,
    /// The groups.
    pub groups: Vec<Group>,
    /// The positions.
    pub positions: Vec<Position>,
}

/// The staff of a centre (organico).
///
/// Invariants: names are unique; every contract and group that an operator or a
/// position names exists. Operators, contracts, groups and positions are in the order
/// of their names.
///
/// ```
/// use floorwalker::team::{Contract, Operator, Staff, StaffRecord};
/// use floorwalker::time::Zone;
///
/// let staff = Staff::try_from(StaffRecord {
///     contracts: vec![Contract::full_time("full".parse()?, "it".parse()?)],
///     operators: vec![Operator::new("anna".parse()?, Zone::get("Europe/Rome")?, "full".parse()?)],
///     ..StaffRecord::default()
/// })?;
/// assert!(staff.operator(&"anna".parse()?).is_some());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StaffRecord", into = "StaffRecord")]
pub struct Staff(StaffRecord);

impl Staff {
    /// The operators, in the order of their names.
    #[must_use]
    pub fn operators(&self) -> &[Operator] {
        &self.0.operators
    }

    /// The contracts, in the order of their names.
    #[must_use]
    pub fn contracts(&self) -> &[Contract] {
        &self.0.contracts
    }

    /// The groups, in the order of their names.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    /// The positions, in the order of their names.
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        &self.0.positions
    }

    /// The operator called `id`.
    #[must_use]
    pub fn operator(&self, id: &AgentId) -> Option<&Operator> {
        find(&self.0.operators, Operator::id, id)
    }

    /// The contract called `id`.
    #[must_use]
    pub fn contract(&self, id: &ContractId) -> Option<&Contract> {
        find(&self.0.contracts, Contract::id, id)
    }

    /// The group called `id`.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        find(&self.0.groups, |group| &group.id, id)
    }

    /// The operators who belong to `group`.
    pub fn members<'a>(&'a self, group: &'a GroupId) -> impl Iterator<Item = &'a Operator> {
        let operators = self.0.operators.iter();
        operators.filter(move |operator| operator.record().groups.contains(group))
    }
}

fn find<'a, T, I: Ord>(sorted: &'a [T], id_of: impl Fn(&T) -> &I, id: &I) -> Option<&'a T> {
    let place = sorted.binary_search_by(|one| id_of(one).cmp(id));
    place.ok().map(|place| &sorted[place])
}

/// Sorts by name and refuses a name that comes twice.
fn unique<T>(what: &'static str, list: &mut [T], id_of: impl Fn(&T) -> &str) -> Result<()> {
    list.sort_by(|a, b| id_of(a).cmp(id_of(b)));
    let twice = list
        .windows(2)
        .find(|pair| id_of(&pair[0]) == id_of(&pair[1]));
    match twice {
        None => Ok(()),
        Some(pair) => {
            let why = format!("{} is given twice", id_of(&pair[0]));
            Err(ErrorKind::Conflict { what, why }.into())
        }
    }
}

fn unknown<'a>(what: &'static str, given: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    let nearest = nearest(given, known);
    let given = given.to_owned();
    ErrorKind::Unknown {
        what,
        given,
        nearest,
    }
    .into()
}

impl TryFrom<StaffRecord> for Staff {
    type Error = Error;

    fn try_from(mut record: StaffRecord) -> Result<Self> {
        unique("contracts", &mut record.contracts, |one| one.id().as_str())?;
        unique("operators", &mut record.operators, |one| one.id().as_str())?;
        unique("groups", &mut record.groups, |one| one.id.as_str())?;
        unique("positions", &mut record.positions, |one| one.id.as_str())?;
        let staff = Self(record);
        let contracts = || staff.contracts().iter().map(|one| one.id().as_str());
        let groups = || staff.groups().iter().map(|one| one.id.as_str());
        for operator in staff.operators() {
            for term in &operator.record().contracts {
                if staff.contract(&term.contract).is_none() {
                    return Err(unknown("contract", term.contract.as_str(), contracts()));
                }
            }
        }
        let of_operators = staff
            .operators()
            .iter()
            .flat_map(|one| &one.record().groups);
        let of_positions = staff
            .positions()
            .iter()
            .filter_map(|one| one.group.as_ref());
        for group in of_operators.chain(of_positions) {
            if staff.group(group).is_none() {
                return Err(unknown("group", group.as_str(), groups()));
            }
        }
        Ok(staff)
    }
}

impl From<Staff> for StaffRecord {
    fn from(staff: Staff) -> Self {
        staff.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAFF: &str = r#"{
        "contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
        "operators": [
            {"id": "leo", "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"]},
            {"id": "ida", "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}],
        "groups": [{"id": "blue", "leader": "mara"}],
        "positions": [{"id": "A1", "group": "blue"}]
    }"#;

    fn error(from: &str, to: &str) -> String {
        let json = STAFF.replacen(from, to, 1);
        serde_json::from_str::<Staff>(&json)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn everything_is_found_by_name() {
        let staff: Staff = serde_json::from_str(STAFF).unwrap();
        let names: Vec<_> = staff
            .operators()
            .iter()
            .map(|one| one.id().as_str())
            .collect();
        assert_eq!(names, ["ida", "leo"]);
        let blue = "blue".parse().unwrap();
        assert_eq!(staff.members(&blue).count(), 1);
        let json = serde_json::to_string(&staff).unwrap();
        assert_eq!(serde_json::from_str::<Staff>(&json).unwrap(), staff);
    }

    #[test]
    fn names_that_do_not_fit_are_refused() {
        assert!(error(r#""contract": "full""#, r#""contract": "ful""#).contains("did you mean"));
        assert!(error(r#"["blue"]"#, r#"["red"]"#).contains("no group is called"));
        assert!(error(r#""group": "blue""#, r#""group": "x""#).contains("no group is called"));
        assert!(error(r#""id": "ida""#, r#""id": "leo""#).contains("given twice"));
    }
}
