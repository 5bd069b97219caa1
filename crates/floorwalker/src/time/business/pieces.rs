//! Open time over a range of instants, compiled.
//!
//! A range is cut into pieces, each closed, open, or keeping a weekly
//! [`Pattern`](super::pattern::Pattern) on a clock with one offset. Holidays and clock
//! changes cost one or two pieces, so a year has some tens of them, whatever its
//! windows. Every question is one search for the piece and one in its week.

use super::lookup::Lookup;
use super::pattern::{Pattern, WEEK};
use crate::time::ranges::Range;

/// What holds from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rule {
    /// The place of a pattern in the list of patterns.
    pub(super) pattern: u32,
    /// How far the clock of the pattern is ahead of the instants, counted from a Monday.
    pub(super) ahead: i64,
}

impl Rule {
    pub(super) const CLOSED: Self = Self {
        pattern: 0,
        ahead: 0,
    };
    pub(super) const OPEN: Self = Self {
        pattern: 1,
        ahead: 0,
    };
}

/// A range before it is compiled: from each instant on, a rule.
///
/// Invariant: the instants increase and lie within the range, the first is its start;
/// neighbours differ; the first two patterns are closed and always open, and no other
/// is.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) range: Range,
    pub(super) patterns: Vec<Pattern>,
    pub(super) rules: Vec<(i64, Rule)>,
}

/// A compiled range.
///
/// Invariant: the pieces cover the range from its first instant up to, and without,
/// `end`.
pub(super) struct Pieces {
    pieces: Box<[Piece]>,
    patterns: Box<[Pattern]>,
    end: i64,
    /// Open time of the whole range.
    total: i64,
    by_instant: Lookup,
    by_amount: Lookup,
}

#[derive(Clone, Copy)]
struct Piece {
    start: i64,
    /// Open time of the range before the start.
    before: i64,
    /// Open time of the range before an instant is `base` plus that of the pattern.
    base: i64,
    rule: Rule,
}

impl Draft {
    pub(super) fn new(range: Range) -> Self {
        Self {
            range,
            patterns: vec![Pattern::new([]), Pattern::new([(0, WEEK)])],
            rules: Vec::new(),
        }
    }

    /// Adds a pattern; all the same needs no place of its own.
    pub(super) fn place_of(&mut self, pattern: Pattern) -> u32 {
        if pattern.is_closed() {
            return Rule::CLOSED.pattern;
        }
        if pattern.is_always_open() {
            return Rule::OPEN.pattern;
        }
        self.patterns.push(pattern);
        u32::try_from(self.patterns.len() - 1).expect("fewer patterns than pieces")
    }

    /// From `start` on, `rule` holds. What was pushed for the same instant is replaced.
    pub(super) fn push(&mut self, start: i64, mut rule: Rule) {
        if rule.pattern <= Rule::OPEN.pattern {
            rule.ahead = 0;
        }
        self.rules.pop_if(|last| last.0 == start);
        if self.rules.last().is_none_or(|last| last.1 != rule) {
            self.rules.push((start, rule));
        }
    }
}

impl Pieces {
    pub(super) fn new(draft: Draft) -> Self {
        let Draft {
            range: (_, end),
            patterns,
            rules,
        } = draft;
        let ends = rules.iter().skip(1).map(|rule| rule.0).chain([end]);
        let mut total = 0;
        let mut pieces: Vec<Piece> = Vec::with_capacity(rules.len());
        for (&(start, rule), end) in rules.iter().zip(ends) {
            let mut piece = Piece {
                start,
                before: total,
                base: total,
                rule,
            };
            piece.base -= piece.open_before(&patterns, start) - total;
            total = piece.open_before(&patterns, end);
            pieces.push(piece);
        }
        // Most steps then hold one piece; over thousands of years room matters more.
        let steps_each = if pieces.len() < 20_000 { 4 } else { 1 };
        let starts = pieces.iter().map(|piece| piece.start);
        let by_instant = Lookup::new(starts, end, steps_each);
        let amounts = pieces.iter().map(|piece| piece.before);
        let by_amount = Lookup::new(amounts, total, steps_each);
        Self {
            pieces: pieces.into(),
            patterns: patterns.into(),
            end,
            total,
            by_instant,
            by_amount,
        }
    }

    pub(super) fn total(&self) -> i64 {
        self.total
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    #[cfg(test)]
    pub(super) fn most_comparisons(&self) -> u32 {
        self.by_instant
            .most_comparisons()
            .max(self.by_amount.most_comparisons())
    }

    #[inline]
    fn place(&self, at: i64) -> usize {
        self.by_instant.find(at, |place| self.pieces[place].start)
    }

    #[inline]
    fn pattern(&self, piece: &Piece) -> &Pattern {
        &self.patterns[piece.rule.pattern as usize]
    }

    /// Open time from the start of the range to `at`, which must lie within it or be
    /// its end.
    #[inline]
    pub(super) fn open_before(&self, at: i64) -> i64 {
        self.pieces[self.place(at)].open_before(&self.patterns, at)
    }

    /// Whether it is open at `at`, which must lie within the range.
    #[inline]
    pub(super) fn is_open(&self, at: i64) -> bool {
        self.is_open_in(self.place(at), at)
    }

    #[inline]
    fn is_open_in(&self, place: usize, at: i64) -> bool {
        let piece = &self.pieces[place];
        self.pattern(piece).is_open(at + piece.rule.ahead)
    }

    /// The earliest instant before which `amount` of open time lies in the range.
    /// `amount` must lie above 0 and not above the total.
    pub(super) fn first_with(&self, amount: i64) -> i64 {
        self.first_in(
            self.pieces.partition_point(|piece| piece.before < amount) - 1,
            amount,
        )
    }

    /// The latest instant before which `amount` of open time, and no more, lies in the
    /// range. `amount` must not be negative and lie below the total.
    pub(super) fn last_with(&self, amount: i64) -> i64 {
        self.readings_in(self.last_place(amount), amount).1
    }

    /// The earliest and the latest instant by which `amount` of open time has passed
    /// since `from`; `None` if the latest does not lie in the range. `amount` must be
    /// above 0.
    #[inline]
    pub(super) fn after(&self, from: i64, amount: i64) -> Option<(i64, i64)> {
        let amount = amount.checked_add(self.open_before(from))?;
        if amount >= self.total {
            return None;
        }
        let place = self.last_place(amount);
        let (first, last) = self.readings_in(place, amount);
        if amount > self.pieces[place].before {
            Some((first, last))
        } else {
            Some((self.first_before(place, amount), last))
        }
    }

    /// The first and the last instant at which a piece's pattern has `amount`.
    #[inline]
    fn readings_in(&self, place: usize, amount: i64) -> (i64, i64) {
        let piece = &self.pieces[place];
        let (first, last) = self.pattern(piece).readings_with(amount - piece.base);
        (first - piece.rule.ahead, last - piece.rule.ahead)
    }

    fn first_in(&self, place: usize, amount: i64) -> i64 {
        self.readings_in(place, amount).0
    }

    /// [`first_with`](Self::first_with) where the piece at `place` begins with the
    /// amount: mostly in the piece before, otherwise searched for.
    fn first_before(&self, place: usize, amount: i64) -> i64 {
        match place.checked_sub(1) {
            Some(previous) if self.pieces[previous].before < amount => {
                self.first_in(previous, amount)
            }
            _ => self.first_with(amount),
        }
    }

    /// The last piece with no more than `amount` before it.
    #[inline]
    fn last_place(&self, amount: i64) -> usize {
        self.by_amount
            .find(amount, |place| self.pieces[place].before)
    }

    /// The end of the open time that holds `at`, which must be open; `None` if it
    /// runs to the end of the range.
    pub(super) fn open_until(&self, at: i64) -> Option<i64> {
        let mut at = at;
        for place in self.place(at)..self.pieces.len() {
            if !self.is_open_in(place, at) {
                return Some(at);
            }
            let piece = &self.pieces[place];
            let end = self
                .pieces
                .get(place + 1)
                .map_or(self.end, |next| next.start);
            let pattern = self.pattern(piece);
            let closing = if pattern.is_always_open() {
                i64::MAX
            } else {
                pattern.window_end(at + piece.rule.ahead) - piece.rule.ahead
            };
            if closing < end {
                return Some(closing);
            }
            at = end;
        }
        None
    }

    /// The start of the open time that runs up to `at`, just before which it must be
    /// open; `None` if it runs from the start of the range.
    pub(super) fn open_since(&self, at: i64) -> Option<i64> {
        let mut at = at;
        for place in (0..=self.place(at - 1)).rev() {
            if !self.is_open_in(place, at - 1) {
                return Some(at);
            }
            let piece = &self.pieces[place];
            let pattern = self.pattern(piece);
            let opening = if pattern.is_always_open() {
                i64::MIN
            } else {
                pattern.window_start(at + piece.rule.ahead) - piece.rule.ahead
            };
            if opening > piece.start {
                return Some(opening);
            }
            at = piece.start;
        }
        None
    }
}

impl Piece {
    /// Open time of the range before `at`, which must lie in the piece.
    #[inline]
    fn open_before(&self, patterns: &[Pattern], at: i64) -> i64 {
        self.base + patterns[self.rule.pattern as usize].open_until(at + self.rule.ahead)
    }
}
