//! Planned shifts: what a roster asks of one operator on one work day.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::activity::Activity;
use super::spans::between;
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::time::{Double, LocalTimePolicy, Missing, Span, Zone};

/// How planned local times become instants on the nights of a clock change: a
/// time that does not exist moves on by as much as the clock, of a time that
/// comes twice the first is meant.
pub const PLANNED_TIMES: LocalTimePolicy = LocalTimePolicy {
    missing: Missing::ShiftForward,
    double: Double::Earlier,
};

/// One stretch of a planned shift with one activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedSegment {
    /// When.
    pub span: Span,
    /// What.
    pub activity: Activity,
}

/// The plain fields of a [`PlannedShift`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedShiftRecord {
    /// Who.
    pub agent: AgentId,
    /// The day the shift counts to; by default the local day of its start.
    pub work_day: NaiveDate,
    /// What is planned, in any order.
    pub segments: Vec<PlannedSegment>,
    /// Whether it is worked away from the site (lavoro agile).
    #[serde(default)]
    pub remote: bool,
}

/// What is planned for one operator on one work day (turno).
///
/// Invariants: there is a segment; none is empty; they are in order and do not
/// overlap. Two segments may leave a gap: a split shift.
///
/// A roster becomes a list of these. A shift over midnight is one shift; a
/// night shift on the night of a clock change is as long as the clock says:
///
/// ```
/// use floorwalker::attendance::PlannedShift;
/// use floorwalker::id::AgentId;
/// use floorwalker::time::Zone;
///
/// let rome = Zone::get("Europe/Rome")?;
/// let night = |date: &str| {
///     let (from, to) = ("22:00:00".parse().unwrap(), "06:00:00".parse().unwrap());
///     PlannedShift::local(AgentId::new("Anna")?, &rome, date.parse().unwrap(), (from, to))
/// };
/// assert_eq!(night("2026-03-27")?.span().duration().num_hours(), 8);
/// assert_eq!(night("2026-03-28")?.span().duration().num_hours(), 7);
/// assert_eq!(night("2026-10-24")?.span().duration().num_hours(), 9);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PlannedShiftRecord", into = "PlannedShiftRecord")]
pub struct PlannedShift(PlannedShiftRecord);

impl PlannedShift {
    /// A shift of some segments, in any order.
    ///
    /// # Errors
    /// `options.conflict` if there is no segment, an empty one, or two overlap.
    pub fn new(
        agent: AgentId,
        work_day: NaiveDate,
        segments: Vec<PlannedSegment>,
    ) -> Result<Self, Error> {
        PlannedShiftRecord {
            agent,
            work_day,
            segments,
            remote: false,
        }
        .try_into()
    }

    /// A shift of work from one local time to another; over midnight if the
    /// second is not after the first. On the nights of a clock change
    /// [`PLANNED_TIMES`] holds.
    ///
    /// # Errors
    /// `value.out_of_range` outside years 1 to 9999.
    pub fn local(
        agent: AgentId,
        zone: &Zone,
        date: NaiveDate,
        (from, to): (NaiveTime, NaiveTime),
    ) -> Result<Self, Error> {
        let last = if to > from {
            date
        } else {
            date.checked_add_days(Days::new(1)).unwrap_or(date)
        };
        let start = zone.resolve(date.and_time(from), PLANNED_TIMES)?;
        let end = zone.resolve(last.and_time(to), PLANNED_TIMES)?;
        let span = Span::new(start, end)?;
        let work = PlannedSegment {
            span,
            activity: Activity::Work,
        };
        Self::new(agent, date, vec![work])
    }

    /// The same shift with another activity during `span`; outside the planned
    /// segments nothing is added.
    ///
    /// # Errors
    /// None for spans inside the shift; the type is that of [`PlannedShift::new`].
    pub fn with(mut self, activity: Activity, span: Span) -> Result<Self, Error> {
        self.0.segments = carve(&self.0.segments, span, Some(activity));
        self.0.try_into()
    }

    /// The same shift, worked away from the site.
    #[must_use]
    pub fn remote(mut self) -> Self {
        self.0.remote = true;
        self
    }

    /// Who.
    #[must_use]
    pub fn agent(&self) -> &AgentId {
        &self.0.agent
    }

    /// The day it counts to.
    #[must_use]
    pub fn work_day(&self) -> NaiveDate {
        self.0.work_day
    }

    /// What is planned, in order.
    #[must_use]
    pub fn segments(&self) -> &[PlannedSegment] {
        &self.0.segments
    }

    /// Whether it is worked away from the site.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.0.remote
    }

    /// From its first start to its last end, with the gaps of a split shift.
    #[must_use]
    pub fn span(&self) -> Span {
        let segments = &self.0.segments;
        segments[0].span.hull(segments[segments.len() - 1].span)
    }
}

impl TryFrom<PlannedShiftRecord> for PlannedShift {
    type Error = Error;
    fn try_from(mut record: PlannedShiftRecord) -> Result<Self, Error> {
        record.segments.sort_unstable();
        let conflict = |why: String| {
            Err(ErrorKind::Conflict {
                what: "segments of a shift",
                why,
            }
            .into())
        };
        let place = format!("{} on {}", record.agent, record.work_day);
        if record.segments.is_empty() {
            return conflict(format!("the shift of {place} has none"));
        }
        if let Some(empty) = record.segments.iter().find(|one| one.span.is_empty()) {
            return conflict(format!("{} of {place} is empty", empty.span));
        }
        let overlap = record
            .segments
            .windows(2)
            .find(|two| two[0].span.overlap(two[1].span).is_some());
        if let Some(two) = overlap {
            return conflict(format!(
                "{} and {} of {place} overlap",
                two[0].span, two[1].span
            ));
        }
        Ok(Self(record))
    }
}

impl From<PlannedShift> for PlannedShiftRecord {
    fn from(shift: PlannedShift) -> Self {
        shift.0
    }
}

/// A change of the plan that was published while the day was running
/// (eccezione): it replaces what was planned, but only from its effective time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanChange {
    /// Whose plan.
    pub agent: AgentId,
    /// Which part of it.
    pub span: Span,
    /// What is to be done instead; `None` if nothing is planned any more.
    pub activity: Option<Activity>,
    /// From when it holds: what was planned before stays planned.
    pub effective: DateTime<Utc>,
}

impl PlanChange {
    /// The part that is replaced; `None` if the change came too late.
    pub(super) fn replaced(&self) -> Option<Span> {
        let from = self.effective.timestamp_millis().max(self.span.start_ms());
        between(from, self.span.end_ms())
    }
}

/// `segments` with the part inside `span` given to `activity`, or taken out.
pub(super) fn carve(
    segments: &[PlannedSegment],
    span: Span,
    activity: Option<Activity>,
) -> Vec<PlannedSegment> {
    let mut carved = Vec::with_capacity(segments.len() + 2);
    for segment in segments {
        let (start, end) = (segment.span.start_ms(), segment.span.end_ms());
        let old = |part: Option<Span>| part.map(|span| PlannedSegment { span, ..*segment });
        let Some(inside) = segment.span.overlap(span) else {
            carved.push(*segment);
            continue;
        };
        carved.extend(old(between(start, inside.start_ms())));
        carved.extend(activity.map(|activity| PlannedSegment {
            span: inside,
            activity,
        }));
        carved.extend(old(between(inside.end_ms(), end)));
    }
    carved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: i64, to: i64) -> Span {
        Span::from_millis(from, to).unwrap()
    }

    fn segment(from: i64, to: i64, activity: Activity) -> PlannedSegment {
        PlannedSegment {
            span: span(from, to),
            activity,
        }
    }

    fn shift(segments: Vec<PlannedSegment>) -> Result<PlannedShift, Error> {
        PlannedShift::new(AgentId::new("A")?, "2026-03-02".parse().unwrap(), segments)
    }

    #[test]
    fn refuses_what_is_no_shift() {
        for bad in [
            vec![],
            vec![segment(5, 5, Activity::Work)],
            vec![
                segment(0, 10, Activity::Work),
                segment(9, 12, Activity::Lunch),
            ],
        ] {
            assert_eq!(shift(bad).unwrap_err().code(), "options.conflict");
        }
    }

    #[test]
    fn an_activity_is_laid_over_work() {
        let day = shift(vec![
            segment(0, 10, Activity::Work),
            segment(12, 20, Activity::Work),
        ]);
        let day = day.unwrap().with(Activity::Lunch, span(8, 14)).unwrap();
        let expected = [
            segment(0, 8, Activity::Work),
            segment(8, 10, Activity::Lunch),
            segment(12, 14, Activity::Lunch),
            segment(14, 20, Activity::Work),
        ];
        assert_eq!(day.segments(), expected);
        assert_eq!(day.span(), span(0, 20));
    }

    #[test]
    fn a_planned_time_that_does_not_exist_moves_on() {
        let rome = Zone::get("Europe/Rome").unwrap();
        let local = |date: &str, from: &str, to: &str| {
            let times = (from.parse().unwrap(), to.parse().unwrap());
            let agent = AgentId::new("A").unwrap();
            PlannedShift::local(agent, &rome, date.parse().unwrap(), times).unwrap()
        };
        let missing = local("2026-03-29", "02:30:00", "10:00:00").span();
        assert_eq!(missing.start().to_rfc3339(), "2026-03-29T01:30:00+00:00");
        let double = local("2026-10-25", "02:30:00", "10:00:00").span();
        assert_eq!(double.start().to_rfc3339(), "2026-10-25T00:30:00+00:00");
        assert_eq!(
            local("2026-03-02", "09:00:00", "09:00:00")
                .span()
                .duration()
                .num_hours(),
            24
        );
    }
}
