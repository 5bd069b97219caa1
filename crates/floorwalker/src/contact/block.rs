//! A few hundred legs decoded into plain arrays that stay in the fastest cache.
//!
//! Sources differ in width, unit and form (a wait or an instant of leaving), so
//! each block is brought into one form before any rule looks at it. Loops run
//! column by column, so the compiler can vectorise them; the arrays together
//! take about 40 KiB.

use super::column::{Column, NONE};
use super::columns::{ContactColumns, Exit, Release, WrapUp};
use super::outcome::{LegKind, Outcome};
use crate::error::{Error, ErrorKind};
use crate::time::{MAX_MS, MIN_MS, Span};

/// How many legs a block holds.
pub(crate) const BLOCK: usize = 512;
/// The longest duration a leg may have: 400 days.
pub(crate) const MAX_DURATION_MS: i64 = 400 * 86_400_000;

/// A leg ended in a transfer.
pub(crate) const TRANSFERRED_OUT: u8 = 1;
/// A requested call-back was later answered.
pub(crate) const CALLBACK_DONE: u8 = 2;

/// Decoded legs; every array has [`len`](Self::len) meaningful rows.
/// Instants and durations are milliseconds, [`NONE`] where there is nothing.
#[derive(Debug)]
pub(crate) struct Block {
    len: usize,
    pub(crate) queue: Vec<i64>,
    pub(crate) arrived: Vec<i64>,
    pub(crate) left: Vec<i64>,
    pub(crate) answered: Vec<i64>,
    pub(crate) released: Vec<i64>,
    pub(crate) wrapped_up: Vec<i64>,
    pub(crate) hold: Vec<i64>,
    pub(crate) agent: Vec<i64>,
    pub(crate) ring_no_answers: Vec<i64>,
    pub(crate) reached: Vec<i64>,
    pub(crate) asked: Vec<i64>,
    pub(crate) outcome: Vec<Outcome>,
    pub(crate) kind: Vec<LegKind>,
    pub(crate) flags: Vec<u8>,
    scratch: Vec<i64>,
}

impl Block {
    pub(crate) fn new(columns: &ContactColumns<'_>) -> Self {
        let rows = columns.len().min(BLOCK);
        let nothing = || vec![NONE; rows];
        Self {
            len: 0,
            queue: nothing(),
            arrived: nothing(),
            left: nothing(),
            answered: nothing(),
            released: nothing(),
            wrapped_up: nothing(),
            hold: vec![0; rows],
            agent: nothing(),
            ring_no_answers: vec![0; rows],
            reached: nothing(),
            asked: nothing(),
            outcome: vec![Outcome::Open; rows],
            kind: vec![LegKind::Inbound; rows],
            flags: vec![0; rows],
            scratch: nothing(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
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
                .zip(self.scratch[..len].iter().zip(&self.left));
            for (outcome, (&answered, &left)) in pairs {
                *outcome = match (answered == NONE, left == NONE) {
                    (false, _) => Outcome::Answered,
                    (true, false) => Outcome::Abandoned,
                    (true, true) => Outcome::Open,
                };
            }
        } else {
            for (outcome, &left) in self.outcome[..len].iter_mut().zip(&self.left) {
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
            .zip(self.left[..len].iter().zip(&self.outcome));
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
                for (flags, &value) in self.flags[..len].iter_mut().zip(&self.scratch) {
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

/// Checks every row; returns the span from the first arrival to the last milestone.
pub(crate) fn check(columns: &ContactColumns<'_>) -> Result<Option<Span>, Error> {
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    let mut result = Ok(());
    columns.for_each_block(|start, block| {
        if result.is_ok() {
            result = check_codes(columns, start, block).and_then(|()| check_rows(start, block));
        }
        for row in 0..block.len() {
            first = first.min(block.arrived[row]);
            let end = block.arrived[row]
                .max(block.left[row])
                .max(block.answered[row]);
            last = last.max(end.max(block.released[row]).max(block.wrapped_up[row]));
        }
    });
    result?;
    if columns.is_empty() {
        return Ok(None);
    }
    Span::from_millis(first, last).map(Some)
}

fn check_codes(columns: &ContactColumns<'_>, start: usize, block: &Block) -> Result<(), Error> {
    let batch = columns.batch();
    let mut scratch = vec![NONE; block.len()];
    for (row, &code) in block.queue[..block.len()].iter().enumerate() {
        if code < 0 || code >= batch.queue.terms().len() as i64 {
            batch.queue.check("queue", start + row, code)?;
        }
    }
    macro_rules! check_terms {
        ($column:literal, $codes:expr, $nullable:literal) => {
            if let Some(codes) = &$codes {
                codes.column().decode(start, &mut scratch);
                for (row, &code) in scratch.iter().enumerate() {
                    if !($nullable && code == NONE) {
                        codes.check($column, start + row, code)?;
                    }
                }
            }
        };
    }
    check_terms!("outcome", batch.outcome, false);
    check_terms!("kind", batch.kind, false);
    check_terms!("channel", batch.channel, false);
    check_terms!("agent", batch.agent, true);
    check_counts(
        "transferred_out",
        batch.transferred_out,
        start,
        &mut scratch,
        1,
    )?;
    check_counts("callback_done", batch.callback_done, start, &mut scratch, 1)?;
    check_counts(
        "ring_no_answers",
        batch.ring_no_answers,
        start,
        &mut scratch,
        i64::from(u32::MAX),
    )?;
    check_counts("hold", batch.hold, start, &mut scratch, MAX_DURATION_MS)
}

/// Whole numbers from 0 to `max`, or nothing.
fn check_counts(
    column: &'static str,
    values: Option<Column<'_>>,
    start: usize,
    scratch: &mut [i64],
    max: i64,
) -> Result<(), Error> {
    let Some(values) = values else { return Ok(()) };
    values.decode(start, scratch);
    match scratch
        .iter()
        .position(|&value| value != NONE && !(0..=max).contains(&value))
    {
        None => Ok(()),
        Some(at) => {
            let given = scratch[at].to_string();
            Err(bad(
                column,
                start + at,
                "not between 0 and the largest allowed value",
                given,
            ))
        }
    }
}

fn check_rows(start: usize, block: &Block) -> Result<(), Error> {
    for row in 0..block.len() {
        if let Some((column, why, given)) = fault(block, row) {
            return Err(bad(column, start + row, why, given.to_string()));
        }
    }
    Ok(())
}

fn bad(column: &'static str, row: usize, why: &'static str, given: String) -> Error {
    ErrorKind::ColumnValue {
        column,
        row,
        why,
        given,
    }
    .into()
}

/// The first thing about a row that cannot be: column, reason, value.
fn fault(block: &Block, row: usize) -> Option<(&'static str, &'static str, i64)> {
    let arrived = block.arrived[row];
    if !(MIN_MS..=MAX_MS).contains(&arrived) {
        let why = if arrived == NONE {
            "an arrival is needed"
        } else {
            "not in the years 1 to 9999"
        };
        return Some(("arrived", why, arrived));
    }
    let chain = [
        ("exit", arrived, block.left[row]),
        ("answered_at", arrived, block.answered[row]),
        (
            "release",
            block.answered[row].max(arrived),
            block.released[row],
        ),
        (
            "wrap_up",
            block.released[row].max(arrived),
            block.wrapped_up[row],
        ),
    ];
    for (column, earlier, instant) in chain {
        if instant == NONE {
            continue;
        }
        if instant < earlier {
            return Some((
                column,
                "before the milestone that comes first",
                instant.saturating_sub(earlier),
            ));
        }
        if instant.saturating_sub(earlier) > MAX_DURATION_MS || instant > MAX_MS {
            return Some((
                column,
                "longer than 400 days",
                instant.saturating_sub(earlier),
            ));
        }
    }
    for (column, instant) in [("reached", block.reached[row]), ("asked", block.asked[row])] {
        if instant != NONE && !(arrived - MAX_DURATION_MS..=arrived).contains(&instant) {
            return Some((column, "not within 400 days before the arrival", instant));
        }
    }
    outcome_fault(block, row)
}

fn outcome_fault(block: &Block, row: usize) -> Option<(&'static str, &'static str, i64)> {
    let (outcome, answered, left) = (block.outcome[row], block.answered[row], block.left[row]);
    let hold = block.hold[row];
    if (outcome == Outcome::Answered) != (answered != NONE) {
        return Some((
            "outcome",
            "answered legs, and only they, have the instant of their answer",
            answered,
        ));
    }
    if outcome == Outcome::Answered && left == NONE {
        return Some(("exit", "an answered leg has left the queue", left));
    }
    if outcome == Outcome::Open && left != NONE {
        return Some(("outcome", "an open leg is still in the queue", left));
    }
    if outcome == Outcome::NoAnswer && !block.kind[row].is_dial() {
        return Some(("outcome", "only a dial can stay without answer", left));
    }
    if block.wrapped_up[row] != NONE && block.released[row] == NONE {
        return Some((
            "wrap_up",
            "wrap-up ends after the release, which is missing",
            block.wrapped_up[row],
        ));
    }
    if answered != NONE && block.released[row] != NONE && hold > block.released[row] - answered {
        return Some(("hold", "longer than the conversation", hold));
    }
    None
}
