//! Legs that follow each other in one interval.

use std::ops::Range;

use super::attribution::Attribution;
use super::interval_tally::LeftOut;
use super::open::OpenInterval;
use crate::contact::{BLOCK, Block, NONE};
use crate::time::Intervals;

/// Rows of a block that are counted in one interval, or in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) rows: Range<usize>,
    pub(super) interval: Option<usize>,
}

/// The instants by which legs are counted.
#[derive(Debug)]
struct Instants {
    attribution: Attribution,
    /// By code of the queue, the main threshold.
    thresholds: Vec<i64>,
    room: Box<[i64; BLOCK]>,
}

impl Instants {
    fn of<'a>(&'a mut self, block: &'a Block) -> &'a [i64] {
        if self.attribution == Attribution::Arrival {
            return &block.arrived[..block.len()];
        }
        for row in 0..block.len() {
            let threshold = match self.attribution {
                Attribution::ServiceLevelEvent => self.thresholds[block.queue[row] as usize],
                _ => 0,
            };
            self.room[row] = self.attribution.instant(block.milestones(row), threshold);
        }
        &self.room[..block.len()]
    }
}

/// Finds the runs of blocks.
#[derive(Debug)]
pub(super) struct RunFinder {
    instants: Instants,
    open: OpenInterval,
    runs: Vec<Run>,
}

/// What was seen beside the runs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) left_out: LeftOut,
    /// How often a run was earlier than the one before it.
    pub(super) steps_back: usize,
}

impl RunFinder {
    /// `thresholds` are those of the main rule, by code of the queue.
    pub(super) fn new(attribution: Attribution, thresholds: Vec<i64>) -> Self {
        Self {
            instants: Instants {
                attribution,
                thresholds,
                room: Box::new([NONE; BLOCK]),
            },
            open: OpenInterval::default(),
            runs: Vec::with_capacity(BLOCK),
        }
    }

    /// Finds the runs of a block.
    pub(super) fn find(&mut self, block: &Block, intervals: &Intervals) -> Seen {
        let Self {
            instants,
            open,
            runs,
        } = self;
        let instants = instants.of(block);
        let mut seen = Seen::default();
        let (mut row, mut before) = (0, 0);
        runs.clear();
        while row < instants.len() {
            let (start, at) = (row, instants[row]);
            let interval = open.of(at, intervals);
            row += 1;
            if let Some(interval) = interval {
                while row < instants.len() && open.holds(instants[row]) {
                    row += 1;
                }
                seen.steps_back += usize::from(interval < before);
                before = interval;
            } else {
                seen.left_out.without_instant += u64::from(at == NONE);
                seen.left_out.outside_window += u64::from(at != NONE);
            }
            match runs.last_mut() {
                Some(last) if last.interval.is_none() && interval.is_none() => last.rows.end = row,
                _ => runs.push(Run {
                    rows: start..row,
                    interval,
                }),
            }
        }
        seen
    }

    /// The runs that were found last.
    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }
}
