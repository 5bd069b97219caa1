//! The floor: opening the lines, placing operators, the live board.

mod board;
mod events;
mod opening;
mod placement;

pub(crate) use board::PyBoard;
pub(crate) use events::board_events;
pub(crate) use opening::{PyOpening, open_lines};
pub(crate) use placement::{PyPlacement, place_operators};

use std::collections::BTreeSet;

use floorwalker::floor::Line;
use floorwalker::id::PositionId;
use floorwalker::roster::Roster;
use floorwalker::team::{AbsenceCalendar, AccessPolicy, Staff};

use crate::agents::PyAccessPolicy;
use crate::errors::Result;
use crate::given::{Given, Instance, optional};
use crate::records::{Records, Timed, spanned};
use crate::roster::PyRoster;

/// A policy as an argument.
type Policy<'py> = Given<'py, Instance<PyAccessPolicy>>;

fn access(policy: &Policy<'_>) -> Result<AccessPolicy> {
    let Instance(policy) = policy.read("policy")?;
    Ok(policy.get().0.clone())
}

/// The arguments that opening and placing have in common.
struct Told<'a, 'py> {
    lines: &'a Given<'py, Timed>,
    staff: &'a Given<'py, Timed>,
    roster: &'a Given<'py, Instance<PyRoster>>,
    absences: Option<&'a Given<'py, Records>>,
    out_of_order: Option<&'a Given<'py, Timed>>,
}

/// What is known of the floor, owned.
struct Known {
    lines: Vec<Line>,
    staff: Staff,
    roster: Roster,
    absences: AbsenceCalendar,
    out_of_order: BTreeSet<PositionId>,
}

impl Known {
    fn read(told: &Told<'_, '_>) -> Result<Self> {
        let absences = optional("absences", told.absences)?.unwrap_or_default();
        let broken = optional("out_of_order", told.out_of_order)?;
        let broken = broken.map(|broken| broken.record("out_of_order"));
        Ok(Self {
            lines: told.lines.read("lines")?.record("lines")?,
            staff: told.staff.read("staff")?.record("staff")?,
            roster: PyRoster::of(told.roster, "roster")?,
            absences: AbsenceCalendar::from(absences.read_as("absences", spanned)?),
            out_of_order: broken.transpose()?.unwrap_or_default(),
        })
    }
}
