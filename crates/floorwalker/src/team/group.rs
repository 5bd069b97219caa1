//! Groups: who leads whom, and who stands in.

use serde::{Deserialize, Serialize};

use crate::id::{AgentId, GroupId};

/// A group of operators (gruppo) with a leader and those who stand in, in order.
///
/// Who belongs to it is said by the operators. Leader and deputies need not belong.
///
/// ```
/// use floorwalker::team::Group;
///
/// let blue: Group = serde_json::from_str(r#"{"id": "blue", "leader": "mara", "deputies": ["leo", "ida"]}"#).unwrap();
/// let in_charge = blue.in_charge(|who| who.as_str() != "mara").unwrap();
/// assert_eq!(in_charge.as_str(), "leo");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub id: GroupId,
    /// Who leads it (team leader, capogruppo).
    pub leader: AgentId,
    /// Who stands in (vice), the first who is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<AgentId>,
}

impl Group {
    /// Leader, then deputies, in order.
    pub fn chain(&self) -> impl Iterator<Item = &AgentId> {
        std::iter::once(&self.leader).chain(&self.deputies)
    }

    /// Who is in charge when only those are there for whom `is_there` says so.
    #[must_use]
    pub fn in_charge(&self, is_there: impl Fn(&AgentId) -> bool) -> Option<&AgentId> {
        self.chain().find(|who| is_there(who))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_there_means_nobody_in_charge() {
        let json = r#"{"id":"blue","leader":"mara"}"#;
        let group: Group = serde_json::from_str(json).unwrap();
        assert_eq!(group.in_charge(|_| false), None);
        assert_eq!(group.in_charge(|_| true).unwrap().as_str(), "mara");
    }
}
