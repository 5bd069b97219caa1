//! The plan that was in force: shifts, less absences, with published changes.

use std::collections::BTreeMap;

use crate::attendance::planned::{PlanChange, PlannedSegment, PlannedShift, carve};
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::team::Absence;

/// The plan that operators are measured by.
///
/// Invariant: each operator's segments are in order and do not overlap; two
/// that touch have different activities.
///
/// ```
/// use floorwalker::attendance::{AdherencePlan, PlannedShift};
/// use floorwalker::id::AgentId;
/// use floorwalker::time::Zone;
///
/// let from_to = ("09:00:00".parse().unwrap(), "13:00:00".parse().unwrap());
/// let day = "2026-03-02".parse().unwrap();
/// let shift = PlannedShift::local(AgentId::new("Anna")?, &Zone::utc(), day, from_to)?;
/// let plan = AdherencePlan::new(&[shift])?;
/// assert_eq!(plan.headcount(), 1);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdherencePlan(BTreeMap<AgentId, Vec<PlannedSegment>>);

impl AdherencePlan {
    /// The shifts as they are.
    ///
    /// # Errors
    /// `options.conflict` if two segments of an operator overlap.
    pub fn new(shifts: &[PlannedShift]) -> Result<Self, Error> {
        let mut plan: BTreeMap<AgentId, Vec<PlannedSegment>> = BTreeMap::new();
        for shift in shifts {
            match plan.get_mut(shift.agent()) {
                Some(segments) => segments.extend_from_slice(shift.segments()),
                None => {
                    plan.insert(shift.agent().clone(), shift.segments().to_vec());
                }
            }
        }
        for (agent, segments) in &mut plan {
            segments.sort_unstable();
            check(agent, segments)?;
            join(segments);
        }
        Ok(Self(plan))
    }

    /// The same plan without what absences excuse: it leaves the denominator.
    #[must_use]
    pub fn without_absences(self, absences: &[Absence]) -> Self {
        let excusing = absences.iter().filter(|absence| absence.holds());
        let cuts = excusing.map(|absence| PlanChange {
            agent: absence.operator().clone(),
            span: absence.span(),
            activity: None,
            effective: absence.span().start(),
        });
        let cuts: Vec<PlanChange> = cuts.collect();
        self.with_changes(&cuts)
    }

    /// The same plan with published changes, each from its effective time on,
    /// one after the other.
    #[must_use]
    pub fn with_changes(mut self, changes: &[PlanChange]) -> Self {
        for change in changes {
            let segments = self.0.get_mut(&change.agent);
            if let (Some(segments), Some(span)) = (segments, change.replaced()) {
                *segments = carve(segments, span, change.activity);
                join(segments);
            }
        }
        self
    }

    /// For how many operators there is a plan.
    #[must_use]
    pub fn headcount(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = (&AgentId, &[PlannedSegment])> {
        self.0
            .iter()
            .map(|(agent, segments)| (agent, segments.as_slice()))
    }
}

fn check(agent: &AgentId, segments: &[PlannedSegment]) -> Result<(), Error> {
    let overlap = segments
        .windows(2)
        .find(|two| two[0].span.overlap(two[1].span).is_some());
    match overlap {
        Some(two) => {
            let why = format!("{} and {} of {agent} overlap", two[0].span, two[1].span);
            Err(ErrorKind::Conflict {
                what: "planned segments",
                why,
            }
            .into())
        }
        None => Ok(()),
    }
}

/// Joins segments that touch and have the same activity: between them nothing changes.
fn join(segments: &mut Vec<PlannedSegment>) {
    segments.dedup_by(|next, last| {
        let same = last.activity == next.activity && last.span.end_ms() == next.span.start_ms();
        if same {
            last.span = last.span.hull(next.span);
        }
        same
    });
}
