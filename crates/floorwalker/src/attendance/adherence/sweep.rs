//! One operator's plan and states laid over each other, in one pass.

use super::map::{AdherenceRules, Verdict};
use crate::attendance::activity::Activity;
use crate::attendance::planned::PlannedSegment;
use crate::contact::StateKind;

/// A stretch in one state, `[from, to)` in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) state: StateKind,
}

/// A stretch in which neither the plan nor the state changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) from: i64,
    pub(super) to: i64,
    /// What is planned, and how the state stands to it.
    pub(super) planned: Option<(Activity, Verdict)>,
    /// Whether an exception was forgiven.
    pub(super) excused: bool,
    /// The state; `None` if logged out.
    pub(super) state: Option<StateKind>,
}

/// Lays states over a plan.
pub(super) struct Sweep<'a> {
    states: &'a [Stretch],
    rules: &'a AdherenceRules,
    /// The first state that is not wholly behind.
    next: usize,
    /// How many times a state was looked at: what the cost is measured by.
    pub(super) looks: u64,
}

impl<'a> Sweep<'a> {
    /// `states` must be in order and not overlap.
    pub(super) fn new(states: &'a [Stretch], rules: &'a AdherenceRules) -> Self {
        Self {
            states,
            rules,
            next: 0,
            looks: 0,
        }
    }

    /// Calls `emit` for each piece in order of time. Linear in plan and states.
    pub(super) fn run(&mut self, plan: &[PlannedSegment], mut emit: impl FnMut(Piece)) {
        let mut at = i64::MIN;
        for segment in plan {
            self.between(at, segment.span.start_ms(), &mut emit);
            let excused = self.excused(segment);
            self.planned(segment, excused, &mut emit);
            at = segment.span.end_ms();
        }
        self.between(at, i64::MAX, &mut emit);
    }

    /// States where nothing is planned.
    fn between(&mut self, from: i64, to: i64, emit: &mut impl FnMut(Piece)) {
        let rest = &self.states[self.next..];
        let mut looks = 0;
        for stretch in rest.iter().take_while(|stretch| stretch.from < to) {
            looks += 1;
            let piece = Piece {
                from: stretch.from.max(from),
                to: stretch.to.min(to),
                planned: None,
                excused: false,
                state: Some(stretch.state),
            };
            if piece.from < piece.to {
                emit(piece);
            }
            if stretch.to > to {
                break;
            }
            self.next += 1;
        }
        self.looks += looks;
    }

    /// States, and their absence, inside a planned segment.
    fn planned(
        &mut self,
        segment: &PlannedSegment,
        (lead, trail): (i64, i64),
        emit: &mut impl FnMut(Piece),
    ) {
        let activity = segment.activity;
        let (next, looks) = self.walk(segment, |from, to, state, verdict| {
            let excused = verdict == Verdict::Out && (to <= lead || from >= trail);
            let verdict = if excused { Verdict::In } else { verdict };
            emit(Piece {
                from,
                to,
                planned: Some((activity, verdict)),
                excused,
                state,
            });
        });
        self.next = next;
        self.looks += looks;
    }

    /// Up to when, and from when, exceptions of a segment are forgiven.
    fn excused(&mut self, segment: &PlannedSegment) -> (i64, i64) {
        let after = i64::from(self.rules.grace_after_secs) * 1000;
        let before = i64::from(self.rules.grace_before_secs) * 1000;
        let none = (i64::MIN, i64::MAX);
        if after == 0 && before == 0 {
            return none;
        }
        let (start, end) = (segment.span.start_ms(), segment.span.end_ms());
        // The first run of exceptions ends here, the last one begins there.
        let (mut lead, mut trail) = (start, end);
        let (_, looks) = self.walk(segment, |from, to, _, verdict| {
            if verdict != Verdict::Out {
                trail = end;
                return;
            }
            if from == lead {
                lead = to;
            }
            if trail == end {
                trail = from;
            }
        });
        self.looks += looks;
        if lead == end {
            return none;
        }
        let lead = if lead - start <= after {
            lead
        } else {
            i64::MIN
        };
        let trail = if end - trail <= before {
            trail
        } else {
            i64::MAX
        };
        (lead, trail)
    }

    /// Calls `each(from, to, state, verdict)` for the pieces of a segment; says
    /// which state comes next, and how many were looked at.
    fn walk(
        &self,
        segment: &PlannedSegment,
        mut each: impl FnMut(i64, i64, Option<StateKind>, Verdict),
    ) -> (usize, u64) {
        let (mut at, end) = (segment.span.start_ms(), segment.span.end_ms());
        let (mut next, mut looks) = (self.next, 0);
        for stretch in &self.states[self.next..] {
            looks += 1;
            if stretch.from >= end {
                break;
            }
            if at < stretch.from {
                each(at, stretch.from, None, Verdict::Out);
            }
            let (from, to) = (stretch.from.max(at), stretch.to.min(end));
            let verdict = self.rules.map.verdict(segment.activity, stretch.state);
            if from < to {
                each(from, to, Some(stretch.state), verdict);
            }
            at = at.max(to);
            if stretch.to > end {
                break;
            }
            next += 1;
        }
        if at < end {
            each(at, end, None, Verdict::Out);
        }
        (next, looks)
    }
}
