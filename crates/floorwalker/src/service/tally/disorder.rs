//! Legs in no order, brought into the order of their intervals a stretch at a time.
//!
//! Cells of a year do not fit into a cache. Legs in random order would fetch
//! several lines from the memory each; of a million legs that are ordered first,
//! those of one interval share them. Only the numbers of the rows are ordered.

use std::ops::Range;

use super::run::RunFinder;
use crate::contact::{BLOCK, Block, ContactColumns, Needs, Rows};
use crate::time::Intervals;

/// How many rows are ordered at once: enough for several in each interval of a
/// year, and few enough for their columns to stay in the last cache.
pub(super) const STRETCH: usize = 1 << 20;

/// A block that steps back more often than this is in no order.
pub(super) const MOST_STEPS_BACK: usize = BLOCK / 8;

/// The rows of a stretch in the order of their intervals.
#[derive(Debug)]
pub(super) struct Disorder {
    block: Box<Block>,
    /// For each row of the stretch, its interval, or the number of intervals.
    places: Vec<u32>,
    /// For each interval, where its next row goes.
    next: Vec<u32>,
    order: Vec<u32>,
}

impl Disorder {
    /// `needs` says what the instants of the legs depend on.
    pub(super) fn new(needs: Needs, columns: &ContactColumns<'_>) -> Self {
        Self {
            block: Block::new(needs, columns),
            places: Vec::new(),
            next: Vec::new(),
            order: Vec::new(),
        }
    }

    /// The rows of `stretch`, counted from its start, in the order of their
    /// intervals; those that belong to none come last. A stable counting sort.
    pub(super) fn order(
        &mut self,
        columns: &ContactColumns<'_>,
        stretch: Range<usize>,
        (finder, intervals): (&mut RunFinder, &Intervals),
    ) -> &[u32] {
        self.places.clear();
        self.next.clear();
        self.next.resize(intervals.len() + 2, 0);
        for start in stretch.clone().step_by(BLOCK) {
            self.block.load(columns, Rows::From(start));
            finder.find(&self.block, intervals);
            for run in finder.runs() {
                let interval = run.interval.unwrap_or(intervals.len());
                let rows = run
                    .rows
                    .len()
                    .min(stretch.end.saturating_sub(start + run.rows.start));
                self.places
                    .extend(std::iter::repeat_n(interval as u32, rows));
                self.next[interval + 1] += rows as u32;
            }
        }
        let mut before = 0;
        for next in &mut self.next {
            before += *next;
            *next = before;
        }
        self.order.clear();
        self.order.resize(self.places.len(), 0);
        for (row, &interval) in self.places.iter().enumerate() {
            let next = &mut self.next[interval as usize];
            self.order[*next as usize] = row as u32;
            *next += 1;
        }
        &self.order
    }
}
