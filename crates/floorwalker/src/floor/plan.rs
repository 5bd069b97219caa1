//! From a roster to the plan by which people are measured.

use crate::attendance::{Activity, PlannedSegment, PlannedShift};
use crate::error::Result;
use crate::roster::{ActivityKind, Assignment, Roster};

/// What an activity of the roster is called where attendance and adherence are measured.
///
/// Time off and being reachable are no planned presence, and become a gap. Pauses from
/// the screen and breast-feeding rests are breaks: nobody is expected to take contacts.
#[must_use]
pub fn measured_activity(kind: ActivityKind) -> Option<Activity> {
    Some(match kind {
        ActivityKind::Contact => Activity::Work,
        ActivityKind::BackOffice => Activity::BackOffice,
        ActivityKind::Meeting => Activity::Meeting,
        ActivityKind::Training => Activity::Training,
        ActivityKind::Meal => Activity::Lunch,
        ActivityKind::Rest | ActivityKind::ScreenBreak | ActivityKind::BreastfeedingRest => {
            Activity::Break
        }
        ActivityKind::OnCall | ActivityKind::TimeOff => return None,
        ActivityKind::Other => Activity::Other,
    })
}

/// The shifts of a roster as attendance and adherence want them. Assignments without any
/// planned presence are left out.
///
/// ```
/// use floorwalker::attendance::AdherencePlan;
/// use floorwalker::floor::planned_shifts;
/// use floorwalker::roster::Roster;
///
/// let roster: Roster = serde_json::from_str(r#"{
///     "activities": [{"id": "phone", "kind": "contact"}, {"id": "meal", "kind": "meal"}],
///     "assignments": [{"operator": "anna", "work_day": "2026-03-02", "pieces": [
///         {"activity": "phone", "layer": "productive",
///          "span": {"start": "2026-03-02T08:00:00Z", "end": "2026-03-02T16:00:00Z"}},
///         {"activity": "meal", "layer": "auxiliary",
///          "span": {"start": "2026-03-02T12:00:00Z", "end": "2026-03-02T12:30:00Z"}}]}]
/// }"#).unwrap();
/// let shifts = planned_shifts(&roster)?;
/// assert_eq!(shifts[0].segments().len(), 3);
/// let plan = AdherencePlan::new(&shifts)?;
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// None for a roster, whose segments are in order; the type is that of
/// [`PlannedShift::new`].
pub fn planned_shifts(roster: &Roster) -> Result<Vec<PlannedShift>> {
    let shifts = roster.assignments().iter().map(planned_shift);
    shifts.filter_map(Result::transpose).collect()
}

fn planned_shift(assignment: &Assignment) -> Result<Option<PlannedShift>> {
    let segments: Vec<PlannedSegment> = assignment
        .segments()
        .iter()
        .filter_map(|segment| {
            let activity = measured_activity(segment.activity.kind())?;
            let span = segment.span;
            Some(PlannedSegment { span, activity })
        })
        .collect();
    if segments.is_empty() {
        return Ok(None);
    }
    let operator = assignment.operator().clone();
    let shift = PlannedShift::new(operator, assignment.work_day(), segments)?;
    Ok(Some(match assignment.details().remote {
        true => shift.remote(),
        false => shift,
    }))
}
