//! A few hundred legs decoded into plain arrays that stay in the fastest cache.
//!
//! Sources differ in width, unit and form (a wait or an instant of leaving), so
//! each block is brought into one form before any rule looks at it: the arrival,
//! and durations from one milestone to the next. Most sources have durations, so
//! most columns are only widened; an instant is one addition away. Loops run
//! column by column, so the compiler can vectorise them; a column that nobody
//! needs is not decoded.

use super::codes::Codes;
use super::column::{Column, NONE};
use super::columns::{ContactColumns, Exit, Release, WrapUp};
use super::decode::NO_CODE;
use super::facts::Facts;
use super::outcome::{LegKind, Outcome};
use super::rows::Rows;

/// How many legs a block holds.
pub(crate) const BLOCK: usize = 512;
/// The work after the call has an end, but the conversation has none.
pub(super) const STRAY: i64 = NONE + 1;

/// What is to be decoded beside arrival, wait, outcome and kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Needs {
    /// The columns may hold anything: this is their check.
    pub(crate) unchecked: bool,
    pub(crate) queue: bool,
    pub(crate) agent: bool,
    /// Answer, talk, hold, wrap-up, flags.
    pub(crate) handling: bool,
    /// Rings without answer.
    pub(crate) rings: bool,
    /// When the centre was reached, when an operator was asked for.
    pub(crate) clocks: bool,
}

impl Needs {
    /// Everything, in columns that may hold anything: for their check.
    pub(super) const CHECK: Self = Self {
        unchecked: true,
        ..Self::ALL
    };

    pub(crate) const ALL: Self = Self {
        unchecked: false,
        queue: true,
        agent: true,
        handling: true,
        rings: true,
        clocks: true,
    };
}

/// The milestones of a leg: instants, [`NONE`] where there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Milestones {
    pub(crate) arrived: i64,
    pub(crate) left: i64,
    pub(crate) answered: i64,
    pub(crate) released: i64,
    pub(crate) wrapped_up: i64,
}

/// Decoded legs; every array has [`len`](Self::len) meaningful rows.
/// Instants and durations are milliseconds, [`NONE`] where there is nothing.
#[derive(Debug)]
pub(crate) struct Block {
    needs: Needs,
    len: usize,
    pub(crate) queue: [u32; BLOCK],
    /// [`NO_CODE`] where there was no operator.
    pub(crate) agent: [u32; BLOCK],
    pub(crate) arrived: [i64; BLOCK],
    /// From the arrival to leaving the queue.
    pub(crate) wait: [i64; BLOCK],
    /// From the arrival to the answer, where that is not the wait. Without meaning unless answered.
    answer: Option<Box<[i64; BLOCK]>>,
    /// From the answer (or, without one, the arrival) to the release, without hold.
    /// Where only the talk is known, without meaning unless answered.
    pub(crate) talk: [i64; BLOCK],
    /// Time on hold; 0 where there is none.
    pub(crate) hold: [i64; BLOCK],
    /// From the release to the end of the work after it.
    pub(crate) wrap_up: [i64; BLOCK],
    pub(crate) ring_no_answers: [i64; BLOCK],
    pub(crate) reached: [i64; BLOCK],
    pub(crate) asked: [i64; BLOCK],
    pub(crate) facts: [Facts; BLOCK],
    /// What the codes of outcomes and of kinds mean.
    outcomes: Vec<Facts>,
    kinds: Vec<Facts>,
    has_rings: bool,
    waits_can_be_unknown: bool,
    /// The release of a leg without an answer is known.
    released_unanswered: bool,
    scratch: [i64; BLOCK],
}

impl Block {
    /// A block for some of the columns of one batch.
    pub(crate) fn new(needs: Needs, columns: &ContactColumns<'_>) -> Box<Self> {
        let nothing = [NONE; BLOCK];
        let batch = columns.batch();
        Box::new(Self {
            needs,
            len: 0,
            queue: [NO_CODE; BLOCK],
            agent: [NO_CODE; BLOCK],
            arrived: nothing,
            wait: nothing,
            answer: batch.answered_at.map(|_| Box::new(nothing)),
            talk: nothing,
            hold: [0; BLOCK],
            wrap_up: [0; BLOCK],
            ring_no_answers: [0; BLOCK],
            reached: nothing,
            asked: nothing,
            facts: [Facts::default(); BLOCK],
            outcomes: facts_of(batch.outcome.as_ref(), |&outcome| {
                Facts::new(outcome, LegKind::Inbound)
            }),
            kinds: facts_of(batch.kind.as_ref(), |&kind| Facts::new(Outcome::Open, kind)),
            waits_can_be_unknown: match batch.exit {
                Some(Exit::Wait(column)) => column.can_be_nothing(),
                _ => true,
            },
            has_rings: needs.rings && batch.ring_no_answers.is_some(),
            released_unanswered: matches!(batch.release, Some(Release::At(_))),
            scratch: nothing,
        })
    }

    /// How many rows are meaningful, at most [`BLOCK`].
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.len.min(BLOCK)
    }

    /// Whether rings without answer are known.
    pub(crate) fn has_rings(&self) -> bool {
        self.has_rings
    }

    /// From the arrival to the answer. Without meaning for legs that were not answered.
    #[inline(always)]
    pub(crate) fn answer(&self) -> &[i64; BLOCK] {
        self.answer.as_deref().unwrap_or(&self.wait)
    }

    /// The milestones of a row. For columns that were not checked, sums stop at the largest number.
    #[inline(always)]
    pub(crate) fn milestones(&self, row: usize) -> Milestones {
        let after = |instant: i64, duration: i64| {
            if instant == NONE || duration == NONE {
                NONE
            } else {
                instant.saturating_add(duration).max(NONE + 1)
            }
        };
        let arrived = self.arrived[row];
        let is_answered = self.facts[row].is_answered() || self.answer.is_some();
        let answered = if is_answered {
            after(arrived, self.answer()[row])
        } else {
            NONE
        };
        let begun = if answered == NONE && self.released_unanswered {
            arrived
        } else {
            answered
        };
        let released = after(after(begun, self.hold[row]), self.talk[row]);
        Milestones {
            arrived,
            left: after(arrived, self.wait[row]),
            answered,
            released,
            wrapped_up: after(released, self.wrap_up[row]),
        }
    }

    /// Decodes rows, as many as there are and fit.
    pub(crate) fn load(&mut self, columns: &ContactColumns<'_>, rows: Rows<'_>) {
        let batch = columns.batch();
        self.len = match rows {
            Rows::From(start) => BLOCK.min(columns.len() - start),
            Rows::Listed { rows, .. } => BLOCK.min(rows.len()),
        };
        let len = self.len;
        if self.needs.unchecked {
            batch.arrived.decode(rows, &mut self.arrived[..len]);
        } else {
            batch.arrived.decode_checked(rows, &mut self.arrived[..len]);
        }
        self.load_wait(columns, rows);
        self.load_facts(columns, rows);
        if self.waits_can_be_unknown {
            self.mark_unknown_waits();
        }
        if self.needs.queue {
            let codes = batch.queue.column();
            codes.decode_codes(rows, &mut self.queue[..len]);
        }
        if let Some(codes) = batch.agent.as_ref().filter(|_| self.needs.agent) {
            let codes = codes.column();
            codes.decode_codes(rows, &mut self.agent[..len]);
        }
        if self.needs.handling {
            load_counts(batch.hold, rows, &mut self.hold[..len]);
            self.load_handling(columns, rows);
            self.load_flags(columns, rows);
        }
        if self.needs.rings {
            load_counts(
                batch.ring_no_answers,
                rows,
                &mut self.ring_no_answers[..len],
            );
        }
        if self.needs.clocks {
            for (column, out) in [
                (batch.reached, &mut self.reached),
                (batch.asked, &mut self.asked),
            ] {
                if let Some(column) = column {
                    column.decode(rows, &mut out[..len]);
                }
            }
        }
    }

    fn load_wait(&mut self, columns: &ContactColumns<'_>, rows: Rows<'_>) {
        let len = self.len;
        let (wait, arrived) = (&mut self.wait[..len], &self.arrived[..len]);
        match (columns.batch().exit, columns.batch().answered_at) {
            (Some(Exit::Wait(column)), _) => column.decode(rows, wait),
            (Some(Exit::LeftAt(column)), _) | (None, Some(column)) => {
                column.decode(rows, wait);
                make_since(wait, arrived);
            }
            (None, None) => {}
        }
        if let (Some(column), Some(answer)) = (columns.batch().answered_at, &mut self.answer) {
            column.decode(rows, &mut answer[..len]);
            make_since(&mut answer[..len], arrived);
        }
    }

    fn load_facts(&mut self, columns: &ContactColumns<'_>, rows: Rows<'_>) {
        let batch = columns.batch();
        let len = self.len;
        if let Some(codes) = &batch.outcome {
            let facts = &mut self.facts[..len];
            codes.column().look_up(rows, &self.outcomes, facts);
        } else {
            let answers = self.answer.as_deref().unwrap_or(&self.wait);
            let ends = answers.iter().zip(&self.wait);
            for (facts, (&answer, &wait)) in self.facts[..len].iter_mut().zip(ends) {
                let outcome = match (answer == NONE, wait == NONE) {
                    (false, _) => Outcome::Answered,
                    (true, false) => Outcome::Abandoned,
                    (true, true) => Outcome::Open,
                };
                *facts = Facts::new(outcome, LegKind::Inbound);
            }
        }
        if let Some(codes) = &batch.kind {
            let mut kinds = [Facts::default(); BLOCK];
            codes.column().look_up(rows, &self.kinds, &mut kinds[..len]);
            for (facts, &kind) in self.facts[..len].iter_mut().zip(&kinds) {
                *facts = facts.with_kind(kind);
            }
        }
    }

    /// Marks the legs whose wait is not known.
    fn mark_unknown_waits(&mut self) {
        let rows = self.facts[..self.len].iter_mut().zip(self.wait.iter());
        rows.for_each(|(facts, &wait)| *facts = facts.with_unknown_wait(wait == NONE));
    }

    fn load_handling(&mut self, columns: &ContactColumns<'_>, rows: Rows<'_>) {
        let batch = columns.batch();
        let len = self.len;
        match batch.release {
            None => return,
            Some(Release::Talk(column)) => column.decode(rows, &mut self.talk[..len]),
            Some(Release::At(column)) => self.load_released(column, rows),
        }
        match batch.wrap_up {
            None => {}
            Some(WrapUp::Lasting(column)) => column.decode(rows, &mut self.wrap_up[..len]),
            Some(WrapUp::At(column)) => {
                column.decode(rows, &mut self.wrap_up[..len]);
                for row in 0..len {
                    let released = self.milestones(row).released;
                    self.wrap_up[row] = match self.wrap_up[row] {
                        // The check finds an end of the work without a release by this.
                        ended if ended != NONE && released == NONE => STRAY,
                        ended => since(ended, released),
                    };
                }
            }
        }
    }

    /// The talk from the instant of release.
    fn load_released(&mut self, column: Column<'_>, rows: Rows<'_>) {
        let len = self.len;
        column.decode(rows, &mut self.scratch[..len]);
        self.talk[..len].fill(0);
        for row in 0..len {
            // With a talk of 0, the milestone is where the talk without hold begins.
            let begun = self.milestones(row).released;
            self.talk[row] = since(self.scratch[row], begun);
        }
    }

    fn load_flags(&mut self, columns: &ContactColumns<'_>, rows: Rows<'_>) {
        let batch = columns.batch();
        let len = self.len;
        for (column, with) in [
            (
                batch.transferred_out,
                Facts::with_transferred_out as fn(Facts, bool) -> Facts,
            ),
            (batch.callback_done, Facts::with_callback_done),
        ] {
            if let Some(column) = column {
                column.decode(rows, &mut self.scratch[..len]);
                for (facts, &value) in self.facts[..len].iter_mut().zip(self.scratch.iter()) {
                    *facts = with(*facts, value == 1);
                }
            }
        }
    }
}

/// What each code of a column of terms means.
fn facts_of<T>(codes: Option<&Codes<'_, T>>, meaning: impl Fn(&T) -> Facts) -> Vec<Facts> {
    codes.map_or_else(Vec::new, |codes| {
        codes.terms().iter().map(meaning).collect()
    })
}

/// From `earlier` to `instant`, where both are there.
#[inline(always)]
fn since(instant: i64, earlier: i64) -> i64 {
    if instant == NONE || earlier == NONE {
        NONE
    } else {
        // What is above NONE stays above it, so that a fault is not taken for "nothing".
        instant.saturating_sub(earlier).max(NONE + 1)
    }
}

/// Turns instants into the time since `earlier`.
fn make_since(instants: &mut [i64], earlier: &[i64]) {
    for (instant, &earlier) in instants.iter_mut().zip(earlier) {
        *instant = since(*instant, earlier);
    }
}

/// Decodes durations or counts of which nothing means 0.
fn load_counts(column: Option<Column<'_>>, rows: Rows<'_>, out: &mut [i64]) {
    let Some(column) = column else { return };
    column.decode(rows, out);
    if column.can_be_nothing() {
        for count in out.iter_mut() {
            *count = if *count == NONE { 0 } else { *count };
        }
    }
}
