//! Bids for open shifts, in order of points or of seniority.

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::decision::Settled;
use super::judge::JudgePolicy;
use super::make::Proposal;
use crate::error::{Error, ErrorKind, Result};
use crate::id::AgentId;
use crate::roster::{Assignment, Checker, Details, Piece, Roster};
use crate::terms::terms;

/// A shift that nobody has yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenShift {
    /// Its name, among the open shifts.
    pub id: String,
    /// The local day it counts to.
    pub work_day: NaiveDate,
    /// What is to be done.
    pub pieces: Vec<Piece>,
    /// What else is known about it.
    #[serde(default)]
    pub details: Details,
}

impl OpenShift {
    /// The shift as an assignment of `operator`.
    ///
    /// # Errors
    /// As for [`Assignment::new`].
    pub fn for_operator(&self, operator: AgentId) -> Result<Assignment> {
        let made = Assignment::new(operator, self.work_day, self.pieces.clone())?;
        Ok(made.with_details(self.details.clone()))
    }
}

/// An operator wants an open shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bid {
    /// Who.
    pub operator: AgentId,
    /// The name of the open shift.
    pub shift: String,
    /// The points bid.
    pub points: u32,
    /// When.
    pub at: DateTime<Utc>,
}

terms! {
    /// Whose bid goes first. Then the earlier one does, then the name decides.
    Ranking ("ranking of bids") {
        /// The one with more points.
        Points = "points",
        /// The one who is employed longer; who has no date is last.
        Seniority = "seniority",
        /// The earlier one.
        FirstCome = "first_come",
    }
}

/// Open shifts, the bids for them, and whose goes first.
#[derive(Clone, Copy, Debug)]
pub struct Bidding<'a> {
    /// The open shifts.
    pub open: &'a [OpenShift],
    /// The bids, in any order.
    pub bids: &'a [Bid],
    /// Whose bid goes first.
    pub ranking: Ranking,
}

impl Checker<'_> {
    /// Gives open shifts to those who bid for them: in the order of the ranking, each to
    /// the first whose bid is accepted when judged. One operator may get several.
    ///
    /// # Errors
    /// `name.unknown` if a bid is for a shift that is not open.
    pub fn award(
        &self,
        roster: &Roster,
        bidding: Bidding<'_>,
        now: DateTime<Utc>,
        policy: JudgePolicy<'_>,
    ) -> Result<Settled> {
        let Bidding {
            open,
            bids,
            ranking,
        } = bidding;
        let mut ranked: Vec<&Bid> = bids.iter().collect();
        let points = |bid: &Bid| match ranking {
            Ranking::Points => Reverse(bid.points),
            Ranking::Seniority | Ranking::FirstCome => Reverse(0),
        };
        let since = |bid: &Bid| match ranking {
            Ranking::Seniority => {
                let operator = self.staff().operator(&bid.operator);
                operator
                    .and_then(|one| one.employed().from())
                    .unwrap_or(NaiveDate::MAX)
            }
            Ranking::Points | Ranking::FirstCome => NaiveDate::MIN,
        };
        ranked.sort_by(|a, b| {
            let key = |bid: &Bid| (points(bid), since(bid), bid.at);
            (key(a), &a.operator, &a.shift).cmp(&(key(b), &b.operator, &b.shift))
        });
        let proposals = ranked.into_iter().map(|bid| {
            let Some(shift) = open.iter().find(|shift| shift.id == bid.shift) else {
                return Err(Error::from(ErrorKind::Unknown {
                    what: "open shift",
                    given: bid.shift.clone(),
                    nearest: crate::error::nearest(&bid.shift, open.iter().map(|one| &*one.id)),
                }));
            };
            let shift = shift.for_operator(bid.operator.clone())?;
            Ok(Proposal::bid(shift).in_group(bid.shift.clone()))
        });
        let proposals = proposals.collect::<Result<Vec<_>>>()?;
        self.settle(roster, proposals, usize::MAX, now, policy)
    }
}
