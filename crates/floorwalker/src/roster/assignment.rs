//! Assignments: one shift of one operator.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::layer::{in_order, seen_from_above};
use super::{Piece, Segment};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AgentId, ShiftId};
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// Where an assignment comes from.
    Origin ("origin of an assignment") {
        /// A generator of rosters.
        Generated = "generated",
        /// Somebody wrote it.
        Manual = "manual",
        /// A swap between operators.
        Swap = "swap",
        /// A bid for an open shift.
        Bid = "bid",
        /// An offer of overtime that was taken.
        Overtime = "overtime",
        /// It is what was worked, not what was planned.
        Observed = "observed",
    }
}

/// Which assignment: an operator starts one at a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentKey {
    /// Whose it is.
    pub operator: AgentId,
    /// When it starts.
    pub start: DateTime<Utc>,
}

/// One shift of one operator (assegnazione): layers of activities on a work day.
///
/// Invariants: there is at least one activity; on each layer one at a time.
///
/// ```
/// use chrono::TimeZone;
/// use floorwalker::roster::{Activity, ActivityKind, Assignment, Piece};
/// use floorwalker::time::{Span, Zone};
///
/// let rome = Zone::get("Europe/Rome")?;
/// let at = |hour, minute| rome.with_ymd_and_hms(2026, 3, 2, hour, minute, 0).unwrap().to_utc();
/// let phone = Activity::new("phone".parse()?, ActivityKind::Contact);
/// let meal = Activity::new("meal".parse()?, ActivityKind::Meal);
/// let shift = Assignment::new("anna".parse()?, "2026-03-02".parse().unwrap(), vec![
///     Piece::productive(phone, Span::new(at(9, 0), at(17, 30))?),
///     Piece::auxiliary(meal, Span::new(at(13, 0), at(13, 30))?),
/// ])?;
/// assert_eq!(shift.segments().len(), 3);
/// assert_eq!(shift.work_ms(), 8 * 3_600_000);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// In JSON an assignment by itself has its activities in full; in a
/// [`Roster`](super::Roster) its pieces name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Alone", into = "Alone")]
pub struct Assignment {
    operator: AgentId,
    work_day: NaiveDate,
    pieces: Vec<Piece>,
    segments: Vec<Segment>,
    details: Details,
}

/// An assignment by itself, as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Assignment", deny_unknown_fields)]
struct Alone {
    operator: AgentId,
    work_day: NaiveDate,
    pieces: Vec<Piece>,
    #[serde(default)]
    details: Details,
}

impl TryFrom<Alone> for Assignment {
    type Error = Error;
    fn try_from(alone: Alone) -> Result<Self> {
        let made = Self::new(alone.operator, alone.work_day, alone.pieces)?;
        Ok(made.with_details(alone.details))
    }
}

impl From<Assignment> for Alone {
    fn from(assignment: Assignment) -> Self {
        Self {
            operator: assignment.operator,
            work_day: assignment.work_day,
            pieces: assignment.pieces,
            details: assignment.details,
        }
    }
}

/// What else is known about an assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// The template it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// Where it comes from.
    #[serde(default = "manual")]
    pub origin: Origin,
    /// Whether it may not be changed.
    #[serde(default)]
    pub locked: bool,
    /// Whether it is worked away from the site (lavoro agile).
    #[serde(default)]
    pub remote: bool,
    /// When the operator was told of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<DateTime<Utc>>,
    /// Who agreed to a change after it was published; the operator or who speaks for
    /// them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_by: Option<AgentId>,
}

fn manual() -> Origin {
    Origin::Manual
}

impl Default for Details {
    fn default() -> Self {
        Self {
            shift: None,
            origin: Origin::Manual,
            locked: false,
            remote: false,
            published_at: None,
            agreed_by: None,
        }
    }
}

impl Assignment {
    /// The assignment of `operator` to `pieces`, counted to the work day `work_day`.
    ///
    /// # Errors
    /// `options.conflict` if there is no time in it, or two pieces on one layer share
    /// time.
    pub fn new(operator: AgentId, work_day: NaiveDate, pieces: Vec<Piece>) -> Result<Self> {
        let pieces = in_order(pieces)?;
        let segments = seen_from_above(&pieces);
        if segments.is_empty() {
            let why = format!("the one of {operator} on {work_day} is empty");
            let what = "assignment without time";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        Ok(Self {
            operator,
            work_day,
            pieces,
            segments,
            details: Details::default(),
        })
    }

    /// The same assignment with other details.
    #[must_use]
    pub fn with_details(self, details: Details) -> Self {
        Self { details, ..self }
    }

    /// The same assignment after a change of its details.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(&mut self.details);
        self
    }

    /// The same shift for somebody else.
    #[must_use]
    pub fn for_operator(self, operator: AgentId) -> Self {
        Self { operator, ..self }
    }

    /// The same assignment with other pieces.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with_pieces(self, pieces: Vec<Piece>) -> Result<Self> {
        let made = Self::new(self.operator, self.work_day, pieces)?;
        Ok(made.with_details(self.details))
    }

    /// The same assignment, cut to `span`.
    ///
    /// # Errors
    /// `options.conflict` if nothing is left.
    pub fn within(self, span: Span) -> Result<Self> {
        let cut = |piece: &Piece| {
            let span = piece.span.overlap(span)?;
            Some(Piece {
                span,
                ..piece.clone()
            })
        };
        let pieces = self.pieces.iter().filter_map(cut).collect();
        self.with_pieces(pieces)
    }

    /// Whose it is.
    #[must_use]
    pub fn operator(&self) -> &AgentId {
        &self.operator
    }

    /// The local day it counts to.
    #[must_use]
    pub fn work_day(&self) -> NaiveDate {
        self.work_day
    }

    /// What was put on the layers, lowest layer first.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// What is done, seen from above, in order of time.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// What else is known about it.
    #[must_use]
    pub fn details(&self) -> &Details {
        &self.details
    }

    /// From its first to its last instant.
    #[must_use]
    pub fn span(&self) -> Span {
        let (first, last) = (&self.segments[0], &self.segments[self.segments.len() - 1]);
        first.span.hull(last.span)
    }

    /// Which assignment it is.
    #[must_use]
    pub fn key(&self) -> AssignmentKey {
        AssignmentKey {
            operator: self.operator.clone(),
            start: self.span().start(),
        }
    }

    /// Its working time in milliseconds of elapsed time.
    #[must_use]
    pub fn work_ms(&self) -> i64 {
        let work = self.segments.iter().filter(|one| one.activity.is_work());
        work.map(|one| one.span.millis()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Activity, ActivityKind};

    fn span(start: i64, end: i64) -> Span {
        Span::from_millis(start, end).unwrap()
    }

    fn assignment(pieces: Vec<Piece>) -> Result<Assignment> {
        let day = "1970-01-01".parse().unwrap();
        Assignment::new("a".parse().unwrap(), day, pieces)
    }

    #[test]
    fn nothing_is_no_assignment() {
        let phone = Activity::new("phone".parse().unwrap(), ActivityKind::Contact);
        assert!(assignment(vec![]).is_err());
        assert!(assignment(vec![Piece::productive(phone.clone(), span(5, 5))]).is_err());
        let shift = assignment(vec![Piece::productive(phone, span(0, 10))]).unwrap();
        assert!(shift.clone().within(span(10, 20)).is_err());
        assert_eq!(shift.clone().within(span(4, 20)).unwrap().work_ms(), 6);
        let json = serde_json::to_string(&shift).unwrap();
        assert_eq!(serde_json::from_str::<Assignment>(&json).unwrap(), shift);
        let empty = json.replace("00.010Z", "00.000Z");
        assert!(serde_json::from_str::<Assignment>(&empty).is_err());
    }
}
