//! The check of every row of a batch, once, before anything is counted.
//!
//! Most blocks of rows are *calm*: the smallest and the largest number of each
//! column alone, found in the column's own width, show that no row can be wrong.
//! Only the others are decoded and looked at row by row, without branches; and
//! only one that fails is searched for its first fault.

use super::block::{BLOCK, Block, Milestones, Needs, STRAY};
use super::codes::Codes;
use super::column::{Column, NONE};
use super::columns::{ContactBatch, ContactColumns, Exit, Release, WrapUp};
use super::extent::{Extent, Tight};
use super::outcome::Outcome;
use super::rows::Rows;
use crate::error::{Error, ErrorKind};
use crate::time::{MAX_MS, MIN_MS, Span};

/// The longest duration a leg may have: 400 days.
pub(super) const MAX_DURATION_MS: i64 = 400 * 86_400_000;

/// Checks every row; returns the span from the first arrival to the last milestone.
pub(super) fn check(columns: &ContactColumns<'_>) -> Result<Option<Span>, Error> {
    if columns.is_empty() {
        return Ok(None);
    }
    let calm = Calm::new(columns.batch());
    let mut block = Block::new(Needs::CHECK, columns);
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    let mut result = Ok(());
    // From the last block to the first: where legs are sorted, the last milestone is found at
    // once, and no other block needs to be searched for a later one. Of several faults, the one
    // found last is the first.
    for start in (0..columns.len()).step_by(BLOCK).rev() {
        let rows = BLOCK.min(columns.len() - start);
        let bounds = calm.as_ref().and_then(|calm| calm.bounds(start, rows));
        if let Some((earliest, latest)) = bounds {
            first = first.min(earliest);
            if latest <= last {
                continue;
            }
        }
        block.load(columns, Rows::From(start));
        if bounds.is_none() {
            let checked = check_codes(columns, start, rows);
            if let Err(error) = checked.and_then(|()| check_rows(columns, start, &block)) {
                result = Err(error);
                continue;
            }
        }
        for row in 0..block.len() {
            let leg = block.milestones(row);
            first = first.min(leg.arrived);
            last = last.max(last_of(leg));
        }
    }
    result?;
    Span::from_millis(first, last).map(Some)
}

fn last_of(leg: Milestones) -> i64 {
    let queued = leg.arrived.max(leg.left).max(leg.answered);
    queued.max(leg.released).max(leg.wrapped_up)
}

/// The columns of a batch whose bounds alone can show that rows are possible.
struct Calm<'a> {
    batch: &'a ContactBatch<'a>,
    wait: Column<'a>,
    talk: Option<Column<'a>>,
    wrap_up: Option<Column<'a>>,
    /// Which codes of outcomes need a look at the row: open, and dials that nobody took.
    suspects: Vec<bool>,
}

impl<'a> Calm<'a> {
    /// `None` if the batch has instants that must be compared row by row.
    fn new(batch: &'a ContactBatch<'a>) -> Option<Self> {
        let talk = match batch.release {
            None => None,
            Some(Release::Talk(column)) => Some(column),
            Some(Release::At(_)) => return None,
        };
        let wrap_up = match batch.wrap_up {
            None => None,
            Some(WrapUp::Lasting(column)) => Some(column),
            Some(WrapUp::At(_)) => return None,
        };
        let other = [batch.answered_at, batch.reached, batch.asked];
        let (Some(Exit::Wait(wait)), [None, None, None]) = (batch.exit, other) else {
            return None;
        };
        let outcomes = batch.outcome.as_ref().map_or(&[][..], Codes::terms);
        let suspect = |outcome: &Outcome| matches!(outcome, Outcome::Open | Outcome::NoAnswer);
        Some(Self {
            batch,
            wait,
            talk,
            wrap_up,
            suspects: outcomes.iter().map(suspect).collect(),
        })
    }

    /// The first arrival of some rows and an instant that no milestone is after,
    /// if it is certain that each of them is possible.
    fn bounds(&self, start: usize, rows: usize) -> Option<(i64, i64)> {
        let extent = |column: Column<'_>| column.extent(start, rows, Tight::No);
        let duration = |column: Option<Column<'_>>| column.map_or(Extent::ZERO, extent);
        let arrived = self.batch.arrived.extent(start, rows, Tight::Both);
        let wait = extent(self.wait);
        let durations = [
            wait,
            duration(self.talk),
            duration(self.batch.hold),
            duration(self.wrap_up),
        ];
        let longest = durations.iter().fold(0_i64, |sum, one| {
            sum.saturating_add(one.most.clamp(0, MAX_MS))
        });
        let latest = arrived.most.saturating_add(longest);
        let is_possible = !arrived.gaps
            && arrived.lies_in(MIN_MS, MAX_MS)
            && latest <= MAX_MS
            && !wait.gaps
            && durations.iter().all(|one| one.least >= 0)
            && longest <= MAX_DURATION_MS
            && self.codes_are_known(start, rows)
            && self.counts_are_small(start, rows);
        is_possible.then_some((arrived.least, latest))
    }

    fn codes_are_known(&self, start: usize, rows: usize) -> bool {
        fn known<T>(
            codes: Option<&Codes<'_, T>>,
            (start, rows): (usize, usize),
            gaps: bool,
        ) -> bool {
            let Some(codes) = codes else { return true };
            let extent = codes.column().extent(start, rows, Tight::Above);
            let terms = i64::try_from(codes.terms().len()).unwrap_or(i64::MAX);
            extent.lies_in(0, terms - 1) && (gaps || !extent.gaps)
        }
        let (batch, stretch) = (self.batch, (start, rows));
        known(Some(&batch.queue), stretch, false)
            && known(batch.outcome.as_ref(), stretch, false)
            && known(batch.kind.as_ref(), stretch, false)
            && known(batch.channel.as_ref(), stretch, false)
            && known(batch.agent.as_ref(), stretch, true)
            && self.outcomes_are_plain(start, rows)
    }

    fn outcomes_are_plain(&self, start: usize, rows: usize) -> bool {
        let Some(outcomes) = &self.batch.outcome else {
            return true;
        };
        if !self.suspects.contains(&true) {
            return true;
        }
        let mut codes = [0; BLOCK];
        let codes = &mut codes[..rows];
        outcomes.column().decode_codes(Rows::From(start), codes);
        let suspect = |&code: &u32| self.suspects.get(code as usize).is_none_or(|&yes| yes);
        !codes.iter().fold(false, |any, code| any | suspect(code))
    }

    fn counts_are_small(&self, start: usize, rows: usize) -> bool {
        counts_of(self.batch).into_iter().all(|(_, column, max)| {
            column.is_none_or(|c| c.extent(start, rows, Tight::Above).lies_in(0, max))
        })
    }
}

/// The columns of counts with the largest allowed value.
fn counts_of<'a>(batch: &ContactBatch<'a>) -> [(&'static str, Option<Column<'a>>, i64); 4] {
    [
        ("transferred_out", batch.transferred_out, 1),
        ("callback_done", batch.callback_done, 1),
        (
            "ring_no_answers",
            batch.ring_no_answers,
            i64::from(u32::MAX),
        ),
        ("hold", batch.hold, MAX_DURATION_MS),
    ]
}

fn check_codes(columns: &ContactColumns<'_>, start: usize, rows: usize) -> Result<(), Error> {
    let batch = columns.batch();
    let mut scratch = [NONE; BLOCK];
    let scratch = &mut scratch[..rows];
    check_terms("queue", Some(&batch.queue), (start, false), scratch)?;
    check_terms("outcome", batch.outcome.as_ref(), (start, false), scratch)?;
    check_terms("kind", batch.kind.as_ref(), (start, false), scratch)?;
    check_terms("channel", batch.channel.as_ref(), (start, false), scratch)?;
    check_terms("agent", batch.agent.as_ref(), (start, true), scratch)?;
    counts_of(batch)
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
    codes.column().decode(Rows::From(start), scratch);
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
    values.decode(Rows::From(start), scratch);
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

fn check_rows(columns: &ContactColumns<'_>, start: usize, block: &Block) -> Result<(), Error> {
    let ends_at = matches!(columns.batch().wrap_up, Some(WrapUp::At(_)));
    let possible = |row| is_possible(block, row) & !(ends_at & (block.wrap_up[row] == STRAY));
    if (0..block.len()).fold(true, |ok, row| ok & possible(row)) {
        return Ok(());
    }
    for row in 0..block.len() {
        if let Some((column, why, given)) = fault(block, row, ends_at) {
            return Err(bad(column, start + row, why, given.to_string()));
        }
    }
    Ok(())
}

/// Whether [`fault`] would find nothing, without branches.
#[inline(always)]
fn is_possible(block: &Block, row: usize) -> bool {
    let Milestones {
        arrived,
        left,
        answered,
        released,
        wrapped_up,
    } = block.milestones(row);
    let (facts, hold) = (block.facts[row], block.hold[row]);
    let outcome = facts.outcome();
    let follows = |earlier: i64, later: i64| {
        (later == NONE)
            | ((later.wrapping_sub(earlier).cast_unsigned() <= MAX_DURATION_MS.cast_unsigned())
                & (later <= MAX_MS))
    };
    let is_answered = facts.is_answered();
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
        & ((outcome != Outcome::NoAnswer) | facts.is_dial())
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
fn fault(block: &Block, row: usize, ends_at: bool) -> Option<(&'static str, &'static str, i64)> {
    let leg = block.milestones(row);
    let arrived = leg.arrived;
    if !(MIN_MS..=MAX_MS).contains(&arrived) {
        let why = if arrived == NONE {
            "an arrival is needed"
        } else {
            "not in the years 1 to 9999"
        };
        return Some(("arrived", why, arrived));
    }
    let chain = [
        ("exit", arrived, leg.left),
        ("answered_at", arrived, leg.answered),
        ("release", leg.answered.max(arrived), leg.released),
        ("wrap_up", leg.released.max(arrived), leg.wrapped_up),
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
    outcome_fault(block, row, leg, ends_at)
}

fn outcome_fault(
    block: &Block,
    row: usize,
    leg: Milestones,
    ends_at: bool,
) -> Option<(&'static str, &'static str, i64)> {
    let (outcome, is_answered) = (block.facts[row].outcome(), block.facts[row].is_answered());
    let hold = block.hold[row];
    let (column, why, given) = if is_answered != (leg.answered != NONE) {
        (
            "outcome",
            "answered legs, and only they, have the instant of their answer",
            leg.answered,
        )
    } else if is_answered && leg.left == NONE {
        ("exit", "an answered leg has left the queue", leg.left)
    } else if outcome == Outcome::Open && leg.left != NONE {
        ("outcome", "an open leg is still in the queue", leg.left)
    } else if outcome == Outcome::NoAnswer && !block.facts[row].is_dial() {
        ("outcome", "only a dial can stay without answer", leg.left)
    } else if ends_at && block.wrap_up[row] == STRAY {
        (
            "wrap_up",
            "wrap-up ends after the release, which is missing",
            leg.arrived,
        )
    } else if leg.answered != NONE && leg.released != NONE && hold > leg.released - leg.answered {
        ("hold", "longer than the conversation", hold)
    } else {
        return None;
    };
    Some((column, why, given))
}
