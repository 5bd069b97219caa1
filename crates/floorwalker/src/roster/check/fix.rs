//! What would fix a finding: changes that were tried, and work.

use super::checker::Checker;
use super::finding::{Finding, Remedy};
use super::out::Unit;
use crate::error::Result;
use crate::id::RuleId;
use crate::roster::change::after;
use crate::roster::rules::RuleTest;
use crate::roster::{Activity, ActivityKind, Assignment, Change, Difference, Layer, Piece, Roster};
use crate::time::Span;

/// A change that makes a finding go away and brings nothing as bad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to change.
    pub change: Change,
    /// How much working time is taken away, moved or given to somebody else, in
    /// milliseconds.
    pub disturbed_ms: i64,
}

/// How many breaks of a day are tried at most.
const MAX_BREAKS: i64 = 8;

impl Checker<'_> {
    /// Changes that would fix `finding` in `roster`, the least disturbing first.
    ///
    /// Each was tried: with it the finding is gone, and no operator it touches has a
    /// new or worse finding of that severity. Single changes are tried: cutting or moving a
    /// shift, taking it away, giving it to a colleague, placing breaks. Where none
    /// helps, or where people must agree or a contract must change, the list is empty:
    /// the finding's [`remedies`](Finding::remedies) say what kind of change would.
    ///
    /// Costs a check of one or two operators for each change tried.
    #[must_use]
    pub fn fixes(&self, roster: &Roster, finding: &Finding) -> Vec<Fix> {
        let mut fixes: Vec<Fix> = self
            .candidates(roster, finding)
            .into_iter()
            .filter(|fix| self.works(roster, finding, fix))
            .collect();
        fixes.sort_by_key(|fix| fix.disturbed_ms);
        fixes.dedup();
        fixes
    }

    fn works(&self, roster: &Roster, finding: &Finding, fix: &Fix) -> bool {
        let difference = self.difference(roster, std::slice::from_ref(&fix.change));
        difference.is_ok_and(|difference| {
            let is_solved = difference.solved.contains(finding);
            let harm = difference.harm();
            is_solved
                && harm
                    .filter(|one| !one.derogated)
                    .all(|one| one.severity < finding.severity)
        })
    }

    /// What `changes` do to the findings about the operators they touch.
    ///
    /// # Errors
    /// As for [`Roster::with_changes`].
    pub fn difference(&self, roster: &Roster, changes: &[Change]) -> Result<Difference> {
        let changed = after(roster, changes)?;
        let old = changed.keys().map(|id| (id, roster.of(id)));
        let new = changed.iter().map(|(id, list)| (id, list.assignments()));
        let (old, new) = (self.operators(old), self.operators(new));
        Ok(Difference::between(&old.findings, &new.findings))
    }

    fn candidates(&self, roster: &Roster, finding: &Finding) -> Vec<Fix> {
        let near = |one: &&Assignment| {
            let (span, other) = (one.span(), finding.span);
            span.start_ms() <= other.end_ms() && other.start_ms() <= span.end_ms()
        };
        let shifts: Vec<&Assignment> = roster.of(&finding.operator).iter().filter(near).collect();
        let mut found = Vec::new();
        for remedy in finding.remedies {
            match remedy {
                Remedy::MoreRest | Remedy::LessWork => {
                    for shift in &shifts {
                        found.extend(less_work(shift, finding));
                    }
                }
                Remedy::MoveOrReassign => {
                    for shift in &shifts {
                        found.extend(cuts(shift, finding));
                        found.extend(self.colleagues(shift));
                    }
                }
                Remedy::AddBreak => {
                    for shift in &shifts {
                        found.extend(self.breaks(shift, finding));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The shift for each colleague.
    fn colleagues(&self, shift: &Assignment) -> Vec<Fix> {
        let others = self.staff().operators().iter();
        let others = others.filter(|one| one.id() != shift.operator());
        others
            .map(|one| Fix {
                change: Change::Reassign(shift.key(), one.id().clone()),
                disturbed_ms: shift.work_ms(),
            })
            .collect()
    }

    /// The shift with one to some breaks more, spread evenly over its duty.
    fn breaks(&self, shift: &Assignment, finding: &Finding) -> Vec<Fix> {
        let Some((kind, length)) = self.missing_break(finding) else {
            return Vec::new();
        };
        let pieces = shift.pieces();
        let known = pieces.iter().find(|piece| piece.activity.kind() == kind);
        let Some(activity) = known
            .map(|piece| piece.activity.clone())
            .or_else(|| Some(Activity::new(kind.name().parse().ok()?, kind)))
        else {
            return Vec::new();
        };
        let place = |count: i64| {
            let pieces = with_breaks(shift, &activity, count, length)?;
            let changed = shift.clone().with_pieces(pieces).ok()?;
            Some(Fix {
                change: Change::Replace(shift.key(), changed),
                disturbed_ms: count * length,
            })
        };
        (1..=MAX_BREAKS).filter_map(place).collect()
    }

    /// What kind of break the rule of a finding asks for, and how long.
    fn missing_break(&self, finding: &Finding) -> Option<(ActivityKind, i64)> {
        let ms = |minutes: u32| i64::from(minutes) * 60_000;
        Some(match self.test_of(&finding.rule)? {
            RuleTest::ScreenTime(test) => (ActivityKind::ScreenBreak, ms(test.pause_minutes)),
            RuleTest::RestPerHours(test) => (ActivityKind::Rest, ms(test.minutes)),
            RuleTest::BreastfeedingRests(_) => (ActivityKind::BreastfeedingRest, finding.excess()),
            RuleTest::BreakInDay(test) => {
                let kind = if test.meal {
                    ActivityKind::Meal
                } else {
                    ActivityKind::Rest
                };
                (kind, ms(test.total_minutes?.max(test.part_minutes)))
            }
            _ => return None,
        })
    }

    fn test_of(&self, rule: &RuleId) -> Option<&RuleTest> {
        let mut rules = self.rules().filter(|one| one.id == *rule);
        rules.next().map(|one| &one.test)
    }
}

/// `count` breaks spread evenly over the shift, above its work, clear of what else lies
/// on their layer.
fn with_breaks(
    shift: &Assignment,
    activity: &Activity,
    count: i64,
    length: i64,
) -> Option<Vec<Piece>> {
    let mut pieces = shift.pieces().to_vec();
    let (start, whole) = (shift.span().start_ms(), shift.span().millis());
    let duty = (whole - count * length) / (count + 1);
    for number in 1..=count {
        let at = start + duty * number + length * (number - 1);
        let at = at / 60_000 * 60_000;
        let span = Span::from_millis(at, at + length).ok()?;
        let piece = Piece::auxiliary(activity.clone(), span);
        let clash =
            |other: &Piece| other.layer == Layer::Auxiliary && other.span.overlap(span).is_some();
        if !pieces.iter().any(clash) {
            pieces.push(piece);
        }
    }
    Some(pieces)
}

/// By how much elapsed time a limit is missed; `None` if it is not about time.
fn missing_ms(finding: &Finding) -> Option<i64> {
    (finding.unit == Unit::Milliseconds).then(|| finding.excess())
}

/// The shift without the time that `finding` is about, or moved away from it.
fn less_work(shift: &Assignment, finding: &Finding) -> Vec<Fix> {
    let mut found = cuts(shift, finding);
    let by = missing_ms(finding).unwrap_or(0);
    for delta in [by, -by].into_iter().filter(|&delta| delta != 0) {
        let moved = shift.pieces().iter().map(|piece| {
            let (start, end) = (piece.span.start_ms() + delta, piece.span.end_ms() + delta);
            let span = Span::from_millis(start, end).ok()?;
            Some(Piece {
                span,
                ..piece.clone()
            })
        });
        let moved: Option<Vec<Piece>> = moved.collect();
        let moved = moved.and_then(|pieces| shift.clone().with_pieces(pieces).ok());
        found.extend(moved.map(|moved| Fix {
            change: Change::Replace(shift.key(), moved),
            disturbed_ms: by.abs(),
        }));
    }
    found
}

/// The shift cut at its start or at its end by what is missing, or taken away.
fn cuts(shift: &Assignment, finding: &Finding) -> Vec<Fix> {
    let span = shift.span();
    let parts = |by: i64| {
        [
            (span.start_ms() + by, span.end_ms()),
            (span.start_ms(), span.end_ms() - by),
        ]
    };
    let mut found = Vec::new();
    for (start, end) in missing_ms(finding).into_iter().flat_map(parts) {
        let part = Span::from_millis(start, end).ok();
        let cut = part.and_then(|part| shift.clone().within(part).ok());
        found.extend(cut.map(|cut| Fix {
            disturbed_ms: shift.work_ms() - cut.work_ms(),
            change: Change::Replace(shift.key(), cut),
        }));
    }
    found.push(Fix {
        change: Change::Remove(shift.key()),
        disturbed_ms: shift.work_ms(),
    });
    found
}
