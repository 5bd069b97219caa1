//! Rosters: the assignments of all operators.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Activity, Assignment, AssignmentKey, Details, Layer, Piece};
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::id::{ActivityId, AgentId};
use crate::time::Span;

/// A roster (turnazione): the assignments of all operators, planned or worked.
///
/// Invariants: sorted by operator, then by start; no operator starts two at once.
///
/// Assignments of one operator that overlap are accepted: that is a finding of the
/// check, not an error. In JSON it has the keys `activities` and `assignments`, whose
/// pieces name activities.
///
/// ```
/// use floorwalker::roster::Roster;
///
/// let roster: Roster = serde_json::from_str(r#"{
///     "activities": [{"id": "phone", "kind": "contact"}],
///     "assignments": [{
///         "operator": "anna", "work_day": "2026-03-02",
///         "pieces": [{"activity": "phone", "layer": "productive",
///                     "span": {"start": "2026-03-02T08:00:00Z", "end": "2026-03-02T12:00:00Z"}}]
///     }]
/// }"#).unwrap();
/// assert_eq!(roster.of(&"anna".parse()?).len(), 1);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RosterRecord", into = "RosterRecord")]
pub struct Roster(Vec<Assignment>);

impl Roster {
    /// The roster of these assignments, in any order.
    ///
    /// # Errors
    /// `options.conflict` if an operator starts two assignments at once.
    pub fn new(assignments: impl IntoIterator<Item = Assignment>) -> Result<Self> {
        let mut all: Vec<Assignment> = assignments.into_iter().collect();
        all.sort_by(|a, b| (a.operator(), a.span()).cmp(&(b.operator(), b.span())));
        let same = |pair: &&[Assignment]| {
            let start = |one: &Assignment| one.span().start_ms();
            pair[0].operator() == pair[1].operator() && start(&pair[0]) == start(&pair[1])
        };
        if let Some(pair) = all.windows(2).find(same) {
            let why = format!("{} starts two at {}", pair[0].operator(), pair[0].span());
            let what = "assignments of one operator";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        Ok(Self(all))
    }

    /// All assignments, by operator and start.
    #[must_use]
    pub fn assignments(&self) -> &[Assignment] {
        &self.0
    }

    /// The assignments of one operator, by start. A search by halves.
    #[must_use]
    pub fn of(&self, operator: &AgentId) -> &[Assignment] {
        let first = self.0.partition_point(|one| one.operator() < operator);
        let rest = &self.0[first..];
        &rest[..rest.partition_point(|one| one.operator() == operator)]
    }

    /// The assignment that `key` names.
    #[must_use]
    pub fn get(&self, key: &AssignmentKey) -> Option<&Assignment> {
        let of = self.of(&key.operator);
        let start_ms = key.start.timestamp_millis();
        let place = of.binary_search_by_key(&start_ms, |one| one.span().start_ms());
        place.ok().map(|place| &of[place])
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Roster", deny_unknown_fields)]
struct RosterRecord {
    activities: Vec<Activity>,
    assignments: Vec<AssignmentRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Assignment", deny_unknown_fields)]
struct AssignmentRecord {
    operator: AgentId,
    work_day: chrono::NaiveDate,
    pieces: Vec<PieceRecord>,
    #[serde(default)]
    details: Details,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Piece", deny_unknown_fields)]
struct PieceRecord {
    activity: ActivityId,
    layer: Layer,
    span: Span,
}

impl TryFrom<RosterRecord> for Roster {
    type Error = Error;

    fn try_from(record: RosterRecord) -> Result<Self> {
        let known: BTreeMap<&ActivityId, &Activity> = record
            .activities
            .iter()
            .map(|one| (one.id(), one))
            .collect();
        let piece = |piece: PieceRecord| {
            let Some(&activity) = known.get(&piece.activity) else {
                let given = piece.activity.as_str().to_owned();
                let nearest = nearest(&given, known.keys().map(|one| one.as_str()));
                let what = "activity";
                return Err(Error::from(ErrorKind::Unknown {
                    what,
                    given,
                    nearest,
                }));
            };
            Ok(Piece {
                activity: activity.clone(),
                span: piece.span,
                layer: piece.layer,
            })
        };
        let assignment = |one: AssignmentRecord| {
            let pieces = one.pieces.into_iter().map(piece).collect::<Result<_>>()?;
            let made = Assignment::new(one.operator, one.work_day, pieces)?;
            Ok(made.with_details(one.details))
        };
        let assignments = record.assignments.into_iter().map(assignment);
        Self::new(assignments.collect::<Result<Vec<_>>>()?)
    }
}

impl From<Roster> for RosterRecord {
    fn from(roster: Roster) -> Self {
        let mut activities: BTreeMap<ActivityId, Activity> = BTreeMap::new();
        let mut assignments = Vec::with_capacity(roster.0.len());
        for one in roster.0 {
            let mut pieces = Vec::with_capacity(one.pieces().len());
            for piece in one.pieces() {
                let id = piece.activity.id();
                activities
                    .entry(id.clone())
                    .or_insert_with(|| piece.activity.clone());
                pieces.push(PieceRecord {
                    activity: id.clone(),
                    layer: piece.layer,
                    span: piece.span,
                });
            }
            assignments.push(AssignmentRecord {
                operator: one.operator().clone(),
                work_day: one.work_day(),
                pieces,
                details: one.details().clone(),
            });
        }
        Self {
            activities: activities.into_values().collect(),
            assignments,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROSTER: &str = r#"{
        "activities": [{"id": "phone", "kind": "contact"}],
        "assignments": [
            {"operator": "b", "work_day": "1970-01-01", "details": {"origin": "swap", "locked": true},
             "pieces": [{"activity": "phone", "layer": "productive",
                "span": {"start": "1970-01-01T00:00:00Z", "end": "1970-01-01T01:00:00Z"}}]},
            {"operator": "a", "work_day": "1970-01-01",
             "pieces": [{"activity": "phone", "layer": "productive",
                "span": {"start": "1970-01-01T00:00:00Z", "end": "1970-01-01T01:00:00Z"}}]}]
    }"#;

    #[test]
    fn json_round_trips_and_is_sorted() {
        let roster: Roster = serde_json::from_str(ROSTER).unwrap();
        assert_eq!(roster.assignments()[0].operator().as_str(), "a");
        let json = serde_json::to_string(&roster).unwrap();
        assert_eq!(serde_json::from_str::<Roster>(&json).unwrap(), roster);
        let key = roster.assignments()[1].key();
        assert!(roster.get(&key).unwrap().details().locked);
    }

    #[test]
    fn unknown_activities_and_double_starts_are_refused() {
        let unknown = ROSTER.replacen(r#""activity": "phone""#, r#""activity": "phon""#, 1);
        let error = serde_json::from_str::<Roster>(&unknown).unwrap_err();
        assert!(error.to_string().contains("did you mean"), "{error}");
        let twice = ROSTER.replacen(r#""operator": "b""#, r#""operator": "a""#, 1);
        let error = serde_json::from_str::<Roster>(&twice).unwrap_err();
        assert!(error.to_string().contains("starts two"), "{error}");
    }
}
