//! Open time over a range of instants, compiled.
//!
//! A range is cut into pieces, each closed, open, or keeping a weekly
//! [`Pattern`](super::pattern::Pattern) on a clock with one offset. Holidays and clock
//! changes cost one or two pieces, so a year has some tens of them, whatever its
//! windows. Every question is one search for the piece and one in its week.

use super::lookup::Lookup;
use super::pattern::{Pattern, Week};
use super::spans::Range;

/// What holds from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rule {
    /// The place of a week in the list of weeks.
    pub(super) week: u32,
    /// How far the clock of the week is ahead of the instants, counted from a Monday.
    pub(super) ahead: i64,
}

impl Rule {
    pub(super) const CLOSED: Self = Self { week: 0, ahead: 0 };
    pub(super) const OPEN: Self = Self { week: 1, ahead: 0 };
}

/// A range before it is compiled: from each instant on, a rule.
///
/// Invariant: the instants increase and lie within the range, the first is its start;
/// neighbours differ; the first two weeks are [`Week::Closed`] and [`Week::Open`], and
/// the others are mixed.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) range: Range,
    pub(super) weeks: Vec<Week>,
    pub(super) rules: Vec<(i64, Rule)>,
}

/// A compiled range.
///
/// Invariant: the pieces cover the range from its first instant up to, and without,
/// `end`.
pub(super) struct Pieces {
    pieces: Box<[Piece]>,
    weeks: Box<[Week]>,
    end: i64,
    /// Open time of the whole range.
    total: i64,
    lookup: Lookup,
}

#[derive(Clone, Copy)]
struct Piece {
    start: i64,
    /// Open time of the range before the start.
    before: i64,
    /// Open time of the range before an instant is `base` plus that of the week's clock.
    base: i64,
    rule: Rule,
}

impl Draft {
    pub(super) fn new(range: Range) -> Self {
        Self {
            range,
            weeks: vec![Week::Closed, Week::Open],
            rules: Vec::new(),
        }
    }

    /// Adds a week; all the same needs no place of its own.
    pub(super) fn place_of(&mut self, week: Week) -> u32 {
        match week {
            Week::Closed => Rule::CLOSED.week,
            Week::Open => Rule::OPEN.week,
            Week::Mixed(_) => {
                self.weeks.push(week);
                u32::try_from(self.weeks.len() - 1).expect("fewer weeks than pieces")
            }
        }
    }

    /// From `start` on, `rule` holds. What was pushed for the same instant is replaced.
    pub(super) fn push(&mut self, start: i64, mut rule: Rule) {
        if rule.week <= Rule::OPEN.week {
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
            weeks,
            rules,
        } = draft;
        let ends = rules.iter().skip(1).map(|rule| rule.0).chain([end]);
        let mut total = 0;
        let mut pieces = Vec::with_capacity(rules.len());
        for (&(start, rule), end) in rules.iter().zip(ends) {
            let mut piece = Piece {
                start,
                before: total,
                base: total,
                rule,
            };
            piece.base -= piece.week_time(&weeks, start);
            total = piece.base + piece.week_time(&weeks, end);
            pieces.push(piece);
        }
        let lookup = Lookup::new(pieces.iter().map(|piece: &Piece| piece.start), end);
        Self {
            pieces: pieces.into(),
            weeks: weeks.into(),
            end,
            total,
            lookup,
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
        self.lookup.most_comparisons()
    }

    #[inline]
    fn place(&self, at: i64) -> usize {
        self.lookup.find(at, |place| self.pieces[place].start)
    }

    fn pattern(&self, piece: &Piece) -> Option<&Pattern> {
        match &self.weeks[piece.rule.week as usize] {
            Week::Mixed(pattern) => Some(pattern),
            Week::Closed | Week::Open => None,
        }
    }

    /// Open time from the start of the range to `at`, which must lie within it or be
    /// its end.
    #[inline]
    pub(super) fn open_before(&self, at: i64) -> i64 {
        let piece = &self.pieces[self.place(at)];
        piece.base + piece.week_time(&self.weeks, at)
    }

    /// Whether it is open at `at`, which must lie within the range.
    pub(super) fn is_open(&self, at: i64) -> bool {
        self.is_open_in(self.place(at), at)
    }

    fn is_open_in(&self, place: usize, at: i64) -> bool {
        let piece = &self.pieces[place];
        match self.pattern(piece) {
            Some(pattern) => pattern.is_open(at + piece.rule.ahead),
            None => piece.rule == Rule::OPEN,
        }
    }

    /// The earliest instant before which `amount` of open time lies in the range.
    /// `amount` must lie above 0 and not above the total.
    pub(super) fn first_with(&self, amount: i64) -> i64 {
        let place = self.pieces.partition_point(|piece| piece.before < amount) - 1;
        let piece = &self.pieces[place];
        match self.pattern(piece) {
            Some(pattern) => pattern.first_with(amount - piece.base) - piece.rule.ahead,
            None => amount - piece.base,
        }
    }

    /// The latest instant before which `amount` of open time, and no more, lies in the
    /// range. `amount` must not be negative and lie below the total.
    pub(super) fn last_with(&self, amount: i64) -> i64 {
        self.last_from(0, amount).0
    }

    /// The earliest and the latest instant by which `amount` of open time has passed
    /// since `from`; `None` if the latest does not lie in the range. `amount` must be
    /// above 0.
    #[inline]
    pub(super) fn after(&self, from: i64, amount: i64) -> Option<(i64, i64)> {
        let place = self.place(from);
        let piece = &self.pieces[place];
        let amount = amount.checked_add(piece.base + piece.week_time(&self.weeks, from))?;
        if amount >= self.total {
            return None;
        }
        let (last, inside) = self.last_from(place, amount);
        let first = if inside {
            last
        } else {
            self.first_with(amount)
        };
        Some((first, last))
    }

    /// [`last_with`](Self::last_with), searched for from a place on, and whether the
    /// amount is reached inside a window.
    #[inline]
    fn last_from(&self, from: usize, amount: i64) -> (i64, bool) {
        let piece = &self.pieces[self.last_place(from, amount)];
        match self.pattern(piece) {
            Some(pattern) => {
                let reached = pattern.last_with(amount - piece.base);
                let inside = reached.inside && amount > piece.before;
                (reached.reading - piece.rule.ahead, inside)
            }
            None => (amount - piece.base, amount > piece.before),
        }
    }

    /// The last piece from `from` on with no more than `amount` before it: nearby in
    /// steps that double, then by halves.
    #[inline]
    fn last_place(&self, from: usize, amount: i64) -> usize {
        let rest = &self.pieces[from + 1..];
        let mut reach = 1;
        while rest
            .get(reach - 1)
            .is_some_and(|piece| piece.before <= amount)
        {
            reach *= 2;
        }
        let (low, high) = (reach / 2, rest.len().min(reach));
        from + low + rest[low..high].partition_point(|piece| piece.before <= amount)
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
            let closing = self.pattern(piece).map_or(i64::MAX, |pattern| {
                pattern.window_end(at + piece.rule.ahead) - piece.rule.ahead
            });
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
            let opening = self.pattern(piece).map_or(i64::MIN, |pattern| {
                pattern.window_start(at + piece.rule.ahead) - piece.rule.ahead
            });
            if opening > piece.start {
                return Some(opening);
            }
            at = piece.start;
        }
        None
    }
}

impl Piece {
    /// The open time of the week's clock at an instant.
    #[inline]
    fn week_time(&self, weeks: &[Week], at: i64) -> i64 {
        match &weeks[self.rule.week as usize] {
            Week::Mixed(pattern) => pattern.open_until(at + self.rule.ahead),
            Week::Open => at,
            Week::Closed => 0,
        }
    }
}
