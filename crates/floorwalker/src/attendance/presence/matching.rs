//! Which session belongs to which shift.

use super::rules::MatchWindow;
use crate::attendance::planned::PlannedShift;
use crate::attendance::punch::{Edge, Session};
use crate::attendance::spans::between;
use crate::time::Span;

/// The shifts of one operator with the time in which a punch belongs to each.
pub(super) struct Windows<'a> {
    shifts: Vec<&'a PlannedShift>,
    windows: Vec<Span>,
}

impl<'a> Windows<'a> {
    /// `shifts` must be in order and not overlap.
    pub(super) fn new(shifts: Vec<&'a PlannedShift>, window: MatchWindow) -> Self {
        let before = i64::from(window.before_minutes) * 60_000;
        let after = i64::from(window.after_minutes) * 60_000;
        let windows = shifts
            .iter()
            .enumerate()
            .map(|(at, shift)| {
                let span = shift.span();
                let earliest = at.checked_sub(1).map(|last| cut(shifts[last], shift));
                let latest = shifts.get(at + 1).map(|next| cut(shift, next));
                let start = (span.start_ms() - before).max(earliest.unwrap_or(i64::MIN));
                let end = (span.end_ms() + after).min(latest.unwrap_or(i64::MAX));
                between(start, end).unwrap_or(span)
            })
            .collect();
        Self { shifts, windows }
    }

    pub(super) fn shifts(&self) -> &[&'a PlannedShift] {
        &self.shifts
    }

    /// The shift whose window holds an instant.
    pub(super) fn holding(&self, at_ms: i64) -> Option<usize> {
        let next = self
            .windows
            .partition_point(|window| window.end_ms() <= at_ms);
        self.windows
            .get(next)
            .filter(|one| one.contains_ms(at_ms))
            .map(|_| next)
    }

    /// The parts of a session that belong to shifts. Nothing if it belongs to
    /// none; one part if it belongs to one; where it covers several, it is cut
    /// half-way between them.
    pub(super) fn place(&self, session: Session) -> Result<Vec<(usize, Session)>, Session> {
        let (from, to) = (session.from.map(Edge::at_ms), session.to.map(Edge::at_ms));
        let (Some(first), Some(last)) = (from.or(to), to.or(from)) else {
            return Err(session);
        };
        let mut shifts: Vec<usize> = (0..self.shifts.len())
            .filter(|&at| {
                let (window, core) = (self.windows[at], self.shifts[at].span());
                let comes = from.is_some_and(|from| window.contains_ms(from));
                // Going at the very end of a window is still in time.
                let goes = to.is_some_and(|to| window.start_ms() < to && to <= window.end_ms());
                comes || goes || (core.start_ms() < last && first < core.end_ms())
            })
            .collect();
        if from.is_none() || to.is_none() {
            shifts.truncate(1);
        }
        match shifts.as_slice() {
            [] => Err(session),
            [one] => Ok(vec![(*one, session)]),
            many => Ok(self.cut_between(many, &session)),
        }
    }

    fn cut_between(&self, shifts: &[usize], session: &Session) -> Vec<(usize, Session)> {
        let mut from = session.span().map_or(i64::MIN, |span| span.start_ms());
        let last = session.span().map_or(i64::MIN, |span| span.end_ms());
        let mut parts = Vec::new();
        for (place, &shift) in shifts.iter().enumerate() {
            let next = shifts
                .get(place + 1)
                .map(|&next| cut(self.shifts[shift], self.shifts[next]));
            let to = next.unwrap_or(last).min(last);
            let part = between(from, to).and_then(|part| session.within(part));
            parts.extend(part.map(|part| (shift, part)));
            from = from.max(to);
        }
        parts
    }
}

/// Half-way between two shifts.
fn cut(one: &PlannedShift, next: &PlannedShift) -> i64 {
    let (end, start) = (one.span().end_ms(), next.span().start_ms());
    end + (start - end) / 2
}
