//! The check of every row of a batch, once, before anything is counted.
//!
//! A block is first asked as a whole whether all its rows are possible, in loops
//! without branches; only a block that is not is searched for the first fault.

use super::block::{BLOCK, Block};
use super::codes::Codes;
use super::column::{Column, NONE};
use super::columns::ContactColumns;
use super::outcome::{LegKind, Outcome};
use crate::error::{Error, ErrorKind};
use crate::time::{MAX_MS, MIN_MS, Span};

/// The longest duration a leg may have: 400 days.
pub(super) const MAX_DURATION_MS: i64 = 400 * 86_400_000;

/// Checks every row; returns the span from the first arrival to the last milestone.
pub(super) fn check(columns: &ContactColumns<'_>) -> Result<Option<Span>, Error> {
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
    let mut scratch = [NONE; BLOCK];
    let scratch = &mut scratch[..block.len()];
    check_terms("queue", Some(&batch.queue), (start, false), scratch)?;
    check_terms("outcome", batch.outcome.as_ref(), (start, false), scratch)?;
    check_terms("kind", batch.kind.as_ref(), (start, false), scratch)?;
    check_terms("channel", batch.channel.as_ref(), (start, false), scratch)?;
    check_terms("agent", batch.agent.as_ref(), (start, true), scratch)?;
    let counts = [
        ("transferred_out", batch.transferred_out, 1),
        ("callback_done", batch.callback_done, 1),
        (
            "ring_no_answers",
            batch.ring_no_answers,
            i64::from(u32::MAX),
        ),
        ("hold", batch.hold, MAX_DURATION_MS),
    ];
    counts
        .into_iter()
        .try_for_each(|(column, values, max)| check_counts(column, values, start, (scratch, max)))
}

/// Every code has a term; nulls are allowed where `nullable`.
fn check_terms<T>(
    column: &'static str,
    codes: Option<&Codes<'_, T>>,
    (start, nullable): (usize, bool),
    scratch: &mut [i64],
) -> Result<(), Error> {
    let Some(codes) = codes else { return Ok(()) };
    codes.column().decode(start, scratch);
    let terms = codes.terms().len() as u64;
    let fits = |code: i64| (code.cast_unsigned() < terms) | (nullable & (code == NONE));
    if all(scratch, fits) {
        return Ok(());
    }
    let row = scratch.iter().position(|&code| !fits(code)).unwrap_or(0);
    codes.check(column, start + row, scratch[row])
}

/// Whole numbers from 0 to `max`, or nothing.
fn check_counts(
    column: &'static str,
    values: Option<Column<'_>>,
    start: usize,
    (scratch, max): (&mut [i64], i64),
) -> Result<(), Error> {
    let Some(values) = values else { return Ok(()) };
    values.decode(start, scratch);
    let fits = |value: i64| (value == NONE) | (value.cast_unsigned() <= max.cast_unsigned());
    if all(scratch, fits) {
        return Ok(());
    }
    let row = scratch.iter().position(|&value| !fits(value)).unwrap_or(0);
    Err(bad(
        column,
        start + row,
        "not between 0 and the largest allowed value",
        scratch[row].to_string(),
    ))
}

/// Whether all values fit, without leaving early, so that the loop is vectorised.
fn all(values: &[i64], fits: impl Fn(i64) -> bool) -> bool {
    values.iter().fold(true, |ok, &value| ok & fits(value))
}

fn check_rows(start: usize, block: &Block) -> Result<(), Error> {
    if (0..block.len()).fold(true, |ok, row| ok & is_possible(block, row)) {
        return Ok(());
    }
    for row in 0..block.len() {
        if let Some((column, why, given)) = fault(block, row) {
            return Err(bad(column, start + row, why, given.to_string()));
        }
    }
    Ok(())
}

/// Whether [`fault`] would find nothing, without branches.
#[inline(always)]
fn is_possible(block: &Block, row: usize) -> bool {
    let (arrived, left, answered) = (block.arrived[row], block.left[row], block.answered[row]);
    let (released, wrapped_up) = (block.released[row], block.wrapped_up[row]);
    let (outcome, hold) = (block.outcome[row], block.hold[row]);
    let follows = |earlier: i64, later: i64| {
        (later == NONE)
            | ((later.wrapping_sub(earlier).cast_unsigned() <= MAX_DURATION_MS.cast_unsigned())
                & (later <= MAX_MS))
    };
    let is_answered = outcome == Outcome::Answered;
    let spoken = (answered != NONE) & (released != NONE);
    (MIN_MS..=MAX_MS).contains(&arrived)
        & follows(arrived, left)
        & follows(arrived, answered)
        & follows(answered.max(arrived), released)
        & follows(released.max(arrived), wrapped_up)
        & ((block.reached[row] == NONE) | follows(block.reached[row], arrived))
        & ((block.asked[row] == NONE) | follows(block.asked[row], arrived))
        & (is_answered == (answered != NONE))
        & (!is_answered | (left != NONE))
        & ((outcome != Outcome::Open) | (left == NONE))
        & ((outcome != Outcome::NoAnswer)
            | matches!(block.kind[row], LegKind::Callback | LegKind::Outbound))
        & ((wrapped_up == NONE) | (released != NONE))
        & (!spoken | (hold <= released.wrapping_sub(answered)))
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
