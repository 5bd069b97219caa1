//! A few hundred legs decoded into plain arrays that stay in the fastest cache.
//!
//! Sources differ in width, unit and form (a wait or an instant of leaving), so
//! each block is brought into one form before any rule looks at it. Loops run
//! column by column, so the compiler can vectorise them; the arrays together
//! take about 40 KiB.

use super::column::NONE;
use super::columns::{ContactColumns, Exit, Release, WrapUp};
use super::outcome::{LegKind, Outcome};

/// How many legs a block holds.
pub(crate) const BLOCK: usize = 512;
/// A leg ended in a transfer.
pub(crate) const TRANSFERRED_OUT: u8 = 1;
/// A requested call-back was later answered.
pub(crate) const CALLBACK_DONE: u8 = 2;

/// Decoded legs; every array has [`len`](Self::len) meaningful rows.
/// Instants and durations are milliseconds, [`NONE`] where there is nothing.
#[derive(Debug)]
pub(crate) struct Block {
    len: usize,
    pub(crate) queue: Box<[i64; BLOCK]>,
    pub(crate) arrived: Box<[i64; BLOCK]>,
    pub(crate) left: Box<[i64; BLOCK]>,
    pub(crate) answered: Box<[i64; BLOCK]>,
    pub(crate) released: Box<[i64; BLOCK]>,
    pub(crate) wrapped_up: Box<[i64; BLOCK]>,
    pub(crate) hold: Box<[i64; BLOCK]>,
    pub(crate) agent: Box<[i64; BLOCK]>,
    pub(crate) ring_no_answers: Box<[i64; BLOCK]>,
    pub(crate) reached: Box<[i64; BLOCK]>,
    pub(crate) asked: Box<[i64; BLOCK]>,
    pub(crate) outcome: Box<[Outcome; BLOCK]>,
    pub(crate) kind: Box<[LegKind; BLOCK]>,
    pub(crate) flags: Box<[u8; BLOCK]>,
    scratch: Box<[i64; BLOCK]>,
}

impl Block {
    pub(crate) fn new() -> Self {
        let nothing = || Box::new([NONE; BLOCK]);
        Self {
            len: 0,
            queue: nothing(),
            arrived: nothing(),
            left: nothing(),
            answered: nothing(),
            released: nothing(),
            wrapped_up: nothing(),
            hold: Box::new([0; BLOCK]),
            agent: nothing(),
            ring_no_answers: Box::new([0; BLOCK]),
            reached: nothing(),
            asked: nothing(),
            outcome: Box::new([Outcome::Open; BLOCK]),
            kind: Box::new([LegKind::Inbound; BLOCK]),
            flags: Box::new([0; BLOCK]),
            scratch: nothing(),
        }
    }

    /// How many rows are meaningful, at most [`BLOCK`].
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.len.min(BLOCK)
    }

    /// Decodes the rows from `start`, as many as there are and fit.
    pub(crate) fn load(&mut self, columns: &ContactColumns<'_>, start: usize) {
        let batch = columns.batch();
        self.len = BLOCK.min(columns.len() - start);
        let len = self.len;
        batch.queue.column().decode(start, &mut self.queue[..len]);
        batch.arrived.decode(start, &mut self.arrived[..len]);
        for (column, out) in [
            (batch.hold, &mut self.hold),
            (batch.ring_no_answers, &mut self.ring_no_answers),
            (batch.reached, &mut self.reached),
            (batch.asked, &mut self.asked),
            (
                batch.agent.as_ref().map(|codes| codes.column()),
                &mut self.agent,
            ),
        ] {
            if let Some(column) = column {
                column.decode(start, &mut out[..len]);
            }
        }
        for counts in [&mut self.hold, &mut self.ring_no_answers] {
            counts[..len]
                .iter_mut()
                .filter(|count| **count == NONE)
                .for_each(|count| *count = 0);
        }
        self.load_exit(columns, start);
        self.load_terms(columns, start);
        self.load_answers(columns, start);
        self.load_release(columns, start);
        self.load_flags(columns, start);
    }

    fn load_exit(&mut self, columns: &ContactColumns<'_>, start: usize) {
        let len = self.len;
        match (columns.batch().exit, columns.batch().answered_at) {
            (Some(Exit::LeftAt(column)), _) => column.decode(start, &mut self.left[..len]),
            (Some(Exit::Wait(column)), _) => {
                column.decode(start, &mut self.left[..len]);
                add_to(&mut self.left[..len], &self.arrived[..len]);
            }
            (None, Some(column)) => column.decode(start, &mut self.left[..len]),
            (None, None) => {}
        }
    }

    fn load_terms(&mut self, columns: &ContactColumns<'_>, start: usize) {
        let batch = columns.batch();
        let len = self.len;
        if let Some(codes) = &batch.outcome {
            codes.column().decode(start, &mut self.scratch[..len]);
            terms_of(
                &self.scratch[..len],
                codes.terms(),
                &mut self.outcome[..len],
            );
        } else if let Some(column) = batch.answered_at {
            column.decode(start, &mut self.scratch[..len]);
            let pairs = self.outcome[..len]
                .iter_mut()
                .zip(self.scratch[..len].iter().zip(self.left.iter()));
            for (outcome, (&answered, &left)) in pairs {
                *outcome = match (answered == NONE, left == NONE) {
                    (false, _) => Outcome::Answered,
                    (true, false) => Outcome::Abandoned,
                    (true, true) => Outcome::Open,
                };
            }
        } else {
            for (outcome, &left) in self.outcome[..len].iter_mut().zip(self.left.iter()) {
                *outcome = if left == NONE {
                    Outcome::Open
                } else {
                    Outcome::Answered
                };
            }
        }
        if let Some(codes) = &batch.kind {
            codes.column().decode(start, &mut self.scratch[..len]);
            terms_of(&self.scratch[..len], codes.terms(), &mut self.kind[..len]);
        }
    }

    fn load_answers(&mut self, columns: &ContactColumns<'_>, start: usize) {
        let len = self.len;
        if let Some(column) = columns.batch().answered_at {
            column.decode(start, &mut self.answered[..len]);
            return;
        }
        let pairs = self.answered[..len]
            .iter_mut()
            .zip(self.left[..len].iter().zip(self.outcome.iter()));
        for (answered, (&left, &outcome)) in pairs {
            *answered = if outcome == Outcome::Answered {
                left
            } else {
                NONE
            };
        }
    }

    fn load_release(&mut self, columns: &ContactColumns<'_>, start: usize) {
        let batch = columns.batch();
        let len = self.len;
        match batch.release {
            None => return,
            Some(Release::At(column)) => column.decode(start, &mut self.released[..len]),
            Some(Release::Talk(column)) => {
                column.decode(start, &mut self.released[..len]);
                add_to(&mut self.released[..len], &self.hold[..len]);
                add_to(&mut self.released[..len], &self.answered[..len]);
            }
        }
        match batch.wrap_up {
            None => self.wrapped_up[..len].copy_from_slice(&self.released[..len]),
            Some(WrapUp::At(column)) => column.decode(start, &mut self.wrapped_up[..len]),
            Some(WrapUp::Lasting(column)) => {
                column.decode(start, &mut self.wrapped_up[..len]);
                add_to(&mut self.wrapped_up[..len], &self.released[..len]);
            }
        }
    }

    fn load_flags(&mut self, columns: &ContactColumns<'_>, start: usize) {
        let batch = columns.batch();
        let len = self.len;
        if batch.transferred_out.is_none() && batch.callback_done.is_none() {
            return;
        }
        self.flags[..len].fill(0);
        for (column, bit) in [
            (batch.transferred_out, TRANSFERRED_OUT),
            (batch.callback_done, CALLBACK_DONE),
        ] {
            if let Some(column) = column {
                column.decode(start, &mut self.scratch[..len]);
                for (flags, &value) in self.flags[..len].iter_mut().zip(self.scratch.iter()) {
                    *flags |= bit * u8::from(value == 1);
                }
            }
        }
    }
}

/// Adds `to` to each number, where both are there.
fn add_to(numbers: &mut [i64], to: &[i64]) {
    for (number, &to) in numbers.iter_mut().zip(to) {
        *number = if *number == NONE || to == NONE {
            NONE
        } else {
            number.saturating_add(to)
        };
    }
}

/// The term of each code; a code without a term leaves the row as it is, for the check to find.
fn terms_of<T: Copy>(codes: &[i64], terms: &[T], out: &mut [T]) {
    for (&code, slot) in codes.iter().zip(out) {
        if let Some(&term) = usize::try_from(code).ok().and_then(|code| terms.get(code)) {
            *slot = term;
        }
    }
}
