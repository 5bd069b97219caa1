//! What somebody proposes.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::id::AgentId;
use crate::roster::{
    Activity, ActivityKind, Assignment, AssignmentKey, Change, Origin, Piece, Roster,
};
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// What a proposal is.
    ProposalKind ("kind of proposal") {
        /// Operators exchange shifts.
        Swap = "swap",
        /// An operator takes an open shift.
        Bid = "bid",
        /// An operator goes home early, or does not come (voluntary time off).
        TimeOff = "time_off",
        /// An operator works more.
        Overtime = "overtime",
        /// A planner edits the roster.
        Edit = "edit",
    }
}

/// A change of the roster that has not been made: who wants what, and until when.
///
/// Invariant: everybody whose shifts it changes has to agree, and nobody else; for a
/// planner's edit, nobody.
///
/// It is judged by [`Checker::judge`](crate::roster::Checker::judge); only a judged
/// proposal can be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ProposalRecord", into = "ProposalRecord")]
pub struct Proposal {
    pub(super) kind: ProposalKind,
    pub(super) changes: Vec<Change>,
    pub(super) needs: BTreeSet<AgentId>,
    pub(super) agreed: BTreeSet<AgentId>,
    pub(super) expires: Option<DateTime<Utc>>,
    pub(super) group: Option<String>,
}

/// A proposal as it is written in JSON. Who has to agree follows from the changes.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Proposal", deny_unknown_fields)]
struct ProposalRecord {
    kind: ProposalKind,
    changes: Vec<Change>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    agreed: BTreeSet<AgentId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group: Option<String>,
}

impl TryFrom<ProposalRecord> for Proposal {
    type Error = Error;

    fn try_from(record: ProposalRecord) -> Result<Self> {
        let touched = record.changes.iter().flat_map(Change::operators);
        let touched: BTreeSet<AgentId> = touched.cloned().collect();
        let least = match record.kind {
            ProposalKind::Edit => 0,
            ProposalKind::Swap => 2,
            ProposalKind::Bid | ProposalKind::TimeOff | ProposalKind::Overtime => 1,
        };
        if touched.len() < least || (least == 1 && touched.len() > 1) {
            let why = format!("the changes touch {} operators", touched.len());
            let what = "kind and changes of a proposal";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        let needs = match record.kind {
            ProposalKind::Edit => BTreeSet::new(),
            _ => touched,
        };
        Ok(Self {
            agreed: record.agreed,
            expires: record.expires,
            group: record.group,
            ..Self::new(record.kind, record.changes, needs)
        })
    }
}

impl From<Proposal> for ProposalRecord {
    fn from(proposal: Proposal) -> Self {
        Self {
            kind: proposal.kind,
            changes: proposal.changes,
            agreed: proposal.agreed,
            expires: proposal.expires,
            group: proposal.group,
        }
    }
}

impl Proposal {
    fn new(kind: ProposalKind, changes: Vec<Change>, needs: BTreeSet<AgentId>) -> Self {
        Self {
            kind,
            changes,
            needs,
            agreed: BTreeSet::new(),
            expires: None,
            group: None,
        }
    }

    /// A swap (cambio turno): each shift goes to the operator of the next one, the last
    /// to that of the first. Two shifts are a plain swap, more a cycle.
    ///
    /// All their operators have to agree.
    ///
    /// # Errors
    /// `name.unknown` if a shift does not exist; `options.conflict` if there are fewer
    /// than two, or an operator comes twice.
    pub fn swap(roster: &Roster, cycle: &[AssignmentKey]) -> Result<Self> {
        let needs: BTreeSet<AgentId> = cycle.iter().map(|key| key.operator.clone()).collect();
        if cycle.len() < 2 || needs.len() < cycle.len() {
            let why = format!("{} shifts of {} operators", cycle.len(), needs.len());
            let what = "shifts of a swap";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        let next = cycle.iter().cycle().skip(1);
        let mut changes = Vec::with_capacity(2 * cycle.len());
        for (key, next) in cycle.iter().zip(next) {
            let shift = found(roster, key)?.clone();
            let shift = shift.for_operator(next.operator.clone());
            changes.push(Change::Remove(key.clone()));
            changes.push(Change::Add(
                shift.with(|details| details.origin = Origin::Swap),
            ));
        }
        Ok(Self::new(ProposalKind::Swap, changes, needs))
    }

    /// Time off within a shift (voluntary time off): a layer above the work of `span`.
    ///
    /// # Errors
    /// `name.unknown` if the shift does not exist; `options.conflict` if `span` is not
    /// within it, or there is time off already.
    pub fn time_off(roster: &Roster, key: &AssignmentKey, span: Span) -> Result<Self> {
        let shift = found(roster, key)?;
        if shift.span().overlap(span) != Some(span) {
            let why = format!("{span} does not lie within {}", shift.span());
            let what = "time off and shift";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        let name = ActivityKind::TimeOff.name().parse()?;
        let off = Activity::new(name, ActivityKind::TimeOff);
        let mut pieces = shift.pieces().to_vec();
        pieces.push(Piece::time_off(off, span));
        let changed = shift.clone().with_pieces(pieces)?;
        let changes = vec![Change::Replace(key.clone(), changed)];
        Ok(Self::new(
            ProposalKind::TimeOff,
            changes,
            [key.operator.clone()].into(),
        ))
    }

    /// Another shift, or more of one, as overtime.
    #[must_use]
    pub fn overtime(shift: Assignment) -> Self {
        let needs = [shift.operator().clone()].into();
        let shift = shift.with(|details| details.origin = Origin::Overtime);
        Self::new(ProposalKind::Overtime, vec![Change::Add(shift)], needs)
    }

    /// An open shift for whom it names.
    #[must_use]
    pub fn bid(shift: Assignment) -> Self {
        let bidder: BTreeSet<AgentId> = [shift.operator().clone()].into();
        let shift = shift.with(|details| details.origin = Origin::Bid);
        let mut made = Self::new(ProposalKind::Bid, vec![Change::Add(shift)], bidder.clone());
        made.agreed = bidder;
        made
    }

    /// Changes by a planner, for which nobody has to be asked.
    #[must_use]
    pub fn edit(changes: Vec<Change>) -> Self {
        Self::new(ProposalKind::Edit, changes, BTreeSet::new())
    }

    /// The same proposal, to which `operator` has agreed.
    #[must_use]
    pub fn agreed_by(mut self, operator: AgentId) -> Self {
        self.agreed.insert(operator);
        self
    }

    /// The same proposal, which holds up to, but not at, `expires`.
    #[must_use]
    pub fn expires(mut self, expires: DateTime<Utc>) -> Self {
        self.expires = Some(expires);
        self
    }

    /// The same proposal as one of a group, of which one at most is accepted.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> ProposalKind {
        self.kind
    }

    /// What it would change.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Who has to agree and has not yet.
    pub fn waits_for(&self) -> impl Iterator<Item = &AgentId> {
        self.needs.difference(&self.agreed)
    }
}

fn found<'a>(roster: &'a Roster, key: &AssignmentKey) -> Result<&'a Assignment> {
    roster.get(key).ok_or_else(|| {
        Error::from(ErrorKind::Unknown {
            what: "assignment",
            given: format!("{} at {}", key.operator, key.start),
            nearest: Vec::new(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(operator: &str, start: i64) -> Assignment {
        let phone = Activity::new("phone".parse().unwrap(), ActivityKind::Contact);
        let span = Span::from_millis(start, start + 1000).unwrap();
        let pieces = vec![Piece::productive(phone, span)];
        Assignment::new(
            operator.parse().unwrap(),
            "1970-01-01".parse().unwrap(),
            pieces,
        )
        .unwrap()
    }

    fn round_trip(proposal: &Proposal) {
        let json = serde_json::to_string(proposal).unwrap();
        assert_eq!(
            serde_json::from_str::<Proposal>(&json).unwrap(),
            *proposal,
            "{json}"
        );
    }

    #[test]
    fn json_round_trips_and_cannot_forge_an_agreement() {
        let (a, b) = (shift("a", 0), shift("b", 5000));
        let roster = Roster::new([a.clone(), b.clone()]).unwrap();
        let swap = Proposal::swap(&roster, &[a.key(), b.key()]).unwrap();
        let swap = swap.agreed_by("a".parse().unwrap()).in_group("swaps");
        round_trip(&swap);
        let off = Span::from_millis(0, 500).unwrap();
        round_trip(&Proposal::time_off(&roster, &a.key(), off).unwrap());
        round_trip(&Proposal::overtime(shift("a", 9000)).expires(DateTime::UNIX_EPOCH));
        round_trip(&Proposal::bid(shift("a", 9000)));
        let reassign = Change::Reassign(a.key(), "b".parse().unwrap());
        round_trip(&Proposal::edit(vec![reassign, Change::Remove(b.key())]));

        let json = serde_json::to_string(&swap).unwrap();
        let read: Proposal = serde_json::from_str(&json).unwrap();
        assert_eq!(
            read.waits_for().map(AgentId::as_str).collect::<Vec<_>>(),
            ["b"]
        );
        let of_one = json.replace(r#""swap","changes""#, r#""time_off","changes""#);
        assert!(serde_json::from_str::<Proposal>(&of_one).is_err());
        let forged = json.replacen('{', r#"{"needs":[],"#, 1);
        assert!(serde_json::from_str::<Proposal>(&forged).is_err());
    }
}
