//! Sessions put to their shifts and mended there.

use super::gather::Person;
use super::mend::{Mended, Mender};
use crate::attendance::punch::{Edge, PunchDay, Repair, Session};
use crate::attendance::spans::SpanSet;

/// Sessions that belong together, and what mending them came to.
#[derive(Debug, Default)]
pub(super) struct Attended {
    pub(super) sessions: Vec<Session>,
    pub(super) incomplete: bool,
    pub(super) in_progress: bool,
    pub(super) repaired: bool,
}

impl Attended {
    fn add(&mut self, session: Session, mended: &Mended) {
        self.sessions.push(session);
        self.incomplete |= mended.incomplete;
        self.in_progress |= mended.in_progress;
        self.repaired |= !mended.repairs.is_empty();
    }

    /// Where somebody was there, breaks included.
    pub(super) fn there(&self) -> SpanSet {
        SpanSet::of(self.sessions.iter().filter_map(Session::span))
    }
}

/// One operator's sessions: those of each shift, and work days without one.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) of_shift: Vec<Attended>,
    pub(super) without: Vec<Attended>,
    pub(super) repairs: Vec<Repair>,
}

/// Puts each session to its shift and mends it there.
pub(super) fn place(person: &Person<'_>, days: Vec<PunchDay>, mender: &Mender<'_>) -> Placed {
    let mut placed = Placed::default();
    placed
        .of_shift
        .resize_with(person.windows.shifts().len(), Attended::default);
    let mut beside = neighbours(&days).into_iter();
    for day in days {
        let mut rest = Attended::default();
        for session in day.sessions {
            let beside = beside.next().unwrap_or_default();
            let parts = match person.windows.place(session) {
                Ok(parts) => parts
                    .into_iter()
                    .map(|(at, part)| (Some(at), part))
                    .collect(),
                Err(session) => vec![(None, session)],
            };
            for (shift, mut part) in parts {
                let span = shift.map(|at| person.windows.shifts()[at].span());
                let mended = mender.mend(&mut part, span, beside);
                let target = match shift {
                    Some(at) => &mut placed.of_shift[at],
                    None => &mut rest,
                };
                target.add(part, &mended);
                placed.repairs.extend(mended.repairs);
            }
        }
        placed
            .without
            .extend((!rest.sessions.is_empty()).then_some(rest));
    }
    placed
}

/// For each session in order: when the one before it ended, and when the one after it begins.
fn neighbours(days: &[PunchDay]) -> Vec<(Option<i64>, Option<i64>)> {
    let sessions: Vec<&Session> = days.iter().flat_map(|day| &day.sessions).collect();
    let first = |session: &&Session| session.from.or(session.to).map(Edge::at_ms);
    let last = |session: &&Session| session.to.or(session.from).map(Edge::at_ms);
    (0..sessions.len())
        .map(|at| {
            let before = at.checked_sub(1).and_then(|before| last(&sessions[before]));
            (before, sessions.get(at + 1).and_then(first))
        })
        .collect()
}
