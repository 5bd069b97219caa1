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
    /// The exceptions since the last piece that was none, in one segment.
    run: Vec<Piece>,
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
            run: Vec::new(),
            looks: 0,
        }
    }

    /// Calls `emit` for each piece in order of time. Linear in plan and states.
    pub(super) fn run(&mut self, plan: &[PlannedSegment], mut emit: impl FnMut(Piece)) {
        let mut at = i64::MIN;
        for segment in plan {
            self.unplanned(at, segment.span.start_ms(), &mut emit);
            self.planned(segment, &mut emit);
            at = segment.span.end_ms();
        }
        self.unplanned(at, i64::MAX, &mut emit);
    }

    /// The next state that begins before `to`, if any; it stays the next one if
    /// it lasts longer.
    fn take(&mut self, to: i64) -> Option<Stretch> {
        self.looks += 1;
        let stretch = *self.states.get(self.next)?;
        if stretch.from >= to {
            return None;
        }
        self.next += usize::from(stretch.to <= to);
        Some(stretch)
    }

    /// States where nothing is planned.
    fn unplanned(&mut self, from: i64, to: i64, emit: &mut impl FnMut(Piece)) {
        while let Some(stretch) = self.take(to) {
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
                return;
            }
        }
    }

    /// States, and their absence, inside a planned segment.
    fn planned(&mut self, segment: &PlannedSegment, emit: &mut impl FnMut(Piece)) {
        let (mut at, end) = (segment.span.start_ms(), segment.span.end_ms());
        while let Some(stretch) = self.take(end) {
            let (from, to) = (stretch.from.max(at), stretch.to.min(end));
            self.lay(segment, (at, from), None, emit);
            self.lay(segment, (from, to), Some(stretch.state), emit);
            at = to.max(at);
            if stretch.to > end {
                break;
            }
        }
        self.lay(segment, (at, end), None, emit);
        self.close(segment, emit);
    }

    /// One piece of a segment: kept back while it is an exception.
    fn lay(
        &mut self,
        segment: &PlannedSegment,
        (from, to): (i64, i64),
        state: Option<StateKind>,
        emit: &mut impl FnMut(Piece),
    ) {
        if from >= to {
            return;
        }
        let activity = segment.activity;
        let verdict = state.map_or(Verdict::Out, |state| {
            self.rules.map.verdict(activity, state)
        });
        let piece = Piece {
            from,
            to,
            planned: Some((activity, verdict)),
            excused: false,
            state,
        };
        if verdict == Verdict::Out {
            self.run.push(piece);
        } else {
            self.close(segment, emit);
            emit(piece);
        }
    }

    /// Gives out the exceptions that were kept back, forgiven or not.
    fn close(&mut self, segment: &PlannedSegment, emit: &mut impl FnMut(Piece)) {
        let (Some(first), Some(last)) = (self.run.first(), self.run.last()) else {
            return;
        };
        let (from, to) = (first.from, last.to);
        let begins = from == segment.span.start_ms();
        let ends = to == segment.span.end_ms();
        let grace = match (begins, ends) {
            (true, false) => self.rules.grace_after_secs,
            (false, true) => self.rules.grace_before_secs,
            // In the middle it is no change of activity; all of it is a missed activity.
            (false, false) | (true, true) => 0,
        };
        let excused = to - from <= i64::from(grace) * 1000;
        for mut piece in self.run.drain(..) {
            if excused {
                piece.excused = true;
                piece.planned = Some((segment.activity, Verdict::In));
            }
            emit(piece);
        }
    }
}
