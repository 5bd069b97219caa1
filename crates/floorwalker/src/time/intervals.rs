//! The intervals of a grid over some window, ready to be asked.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::buckets::Buckets;
use super::{Grid, Interval, Span};
use crate::error::{ErrorKind, Result};

/// Intervals one after the other without a gap, compiled for fast questions.
///
/// Invariant: the boundaries are strictly increasing and lie within years 1 to
/// 9999; there is one boundary more than there are intervals.
///
/// Cheap to clone. Two are equal when their grids and their boundaries are.
///
/// ```
/// use floorwalker::time::{Every, Grid, Span, Zone};
///
/// let grid = Grid::new(Zone::utc(), Every::Minutes15);
/// let intervals = grid.cover(Span::from_millis(0, 3_600_000)?)?;
/// assert_eq!(intervals.len(), 4);
/// assert_eq!(intervals.index_of_ms(899_999), Some(0));
/// assert_eq!(intervals.index_of_ms(900_000), Some(1));
/// assert_eq!(intervals.index_of_ms(3_600_000), None);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone)]
pub struct Intervals(Arc<Compiled>);

struct Compiled {
    grid: Grid,
    bounds: Box<[i64]>,
    buckets: Buckets,
}

impl Intervals {
    /// `bounds` must keep the invariant and hold at least one number.
    pub(super) fn compile(grid: Grid, bounds: Vec<i64>) -> Self {
        debug_assert!(bounds.is_sorted_by(|a, b| a < b) && !bounds.is_empty());
        let buckets = Buckets::new(&bounds);
        Self(Arc::new(Compiled {
            grid,
            bounds: bounds.into(),
            buckets,
        }))
    }

    /// No intervals at all.
    pub(crate) fn none(grid: Grid) -> Self {
        Self::compile(grid, vec![0])
    }

    /// The grid they belong to.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.0.grid
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.bounds.len() - 1
    }

    /// Whether there are none: only for dates that the zone skipped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The boundaries in milliseconds since 1970: interval `i` is
    /// `[bounds[i], bounds[i + 1])`.
    #[must_use]
    pub fn bounds(&self) -> &[i64] {
        &self.0.bounds
    }

    /// From the start of the first to the end of the last.
    #[must_use]
    pub fn window(&self) -> Span {
        self.between(0, self.len())
    }

    /// The indices of the intervals that lie wholly inside `span`.
    ///
    /// ```
    /// use floorwalker::time::{Every, Grid, Span, Zone};
    ///
    /// let intervals = Grid::new(Zone::utc(), Every::Hour).cover(Span::from_millis(0, 10_800_000)?)?;
    /// assert_eq!(intervals.within(Span::from_millis(1, 7_200_000)?), 1..2);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn within(&self, span: Span) -> Range<usize> {
        let bounds = self.bounds();
        let first = bounds.partition_point(|&bound| bound < span.start_ms());
        let last = bounds.partition_point(|&bound| bound <= span.end_ms());
        first.min(self.len())..last.saturating_sub(1).max(first.min(self.len()))
    }

    /// The intervals of both and those between them.
    ///
    /// # Errors
    /// `merge.mismatch` if the grids differ; `grid.too_many_intervals` if the
    /// two lie too far apart.
    pub fn hull(&self, other: &Self) -> Result<Self> {
        if self.grid() != other.grid() {
            let (left, right) = (format!("{:?}", self.grid()), format!("{:?}", other.grid()));
            return Err(ErrorKind::MergeMismatch {
                what: "the grid",
                left,
                right,
            }
            .into());
        }
        match (self.is_empty(), other.is_empty()) {
            (_, true) => Ok(self.clone()),
            (true, false) => Ok(other.clone()),
            (false, false) => self.grid().cover(self.window().hull(other.window())),
        }
    }

    /// The index of the interval that holds the instant `ms`; `None` outside the
    /// window. Constant time, without a look at the zone.
    #[inline]
    #[must_use]
    pub fn index_of_ms(&self, ms: i64) -> Option<usize> {
        self.0.buckets.find(&self.0.bounds, ms)
    }

    /// The interval with the index `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Interval> {
        (index < self.len())
            .then(|| Interval::new(index, self.between(index, index + 1), self.grid().zone()))
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = Interval> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    fn between(&self, from: usize, until: usize) -> Span {
        let bounds = self.bounds();
        Span::from_millis(bounds[from], bounds[until]).expect("boundaries are in order and range")
    }
}

impl PartialEq for Intervals {
    fn eq(&self, other: &Self) -> bool {
        self.grid() == other.grid() && self.bounds() == other.bounds()
    }
}

impl Eq for Intervals {}

impl fmt::Debug for Intervals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (grid, window) = (self.grid(), self.window());
        write!(
            f,
            "Intervals({} x {} in {}, {window})",
            self.len(),
            grid.every(),
            grid.zone()
        )
    }
}
