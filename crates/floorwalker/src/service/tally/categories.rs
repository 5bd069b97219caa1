//! How many legs of each category there are at one threshold.

use super::page::{CutCounts, Pages};
use super::place::Places;
use super::settings::Cut;
use crate::contact::{BLOCK, Block, CALLBACK_DONE, LegKind, NONE, Outcome};
use crate::id::QueueId;
use crate::service::rule::{CATEGORIES, Category, ClockStart};

/// Kind, outcome, call-back done, short, timing: 3 + 4 + 1 + 1 + 2 bits.
const KEYS: usize = 1 << 11;

/// Counts the legs of blocks by category, for one threshold.
///
/// What a leg is depends on five facts of a few bits each, none of which can be
/// predicted. So the facts are put together into a key, and the category of
/// every key is worked out beforehand.
#[derive(Debug)]
pub(super) struct CategoryCounter {
    clock: ClockStart,
    /// By code of the queue: threshold and limit of short abandons.
    limits: Vec<(i64, i64)>,
    categories: Box<[u8; KEYS]>,
    waits: Box<[i64; BLOCK]>,
}

impl CategoryCounter {
    /// A counter for legs that name their queues by their place in `queues`.
    pub(super) fn new(cut: &Cut, queues: &[QueueId]) -> Self {
        Self {
            clock: cut.clock,
            limits: queues.iter().map(|queue| cut.limits_of(queue)).collect(),
            categories: categories(cut.transfers_in),
            waits: Box::new([NONE; BLOCK]),
        }
    }

    /// Counts the legs of `block`; `at` is the number of the threshold.
    pub(super) fn count(&mut self, block: &Block, places: &Places, pages: &mut Pages, at: usize) {
        let waits = match self.clock {
            ClockStart::QueueEntry => &block.wait,
            ClockStart::CentreEntry => wait_since(&block.reached, block, &mut self.waits),
            ClockStart::OperatorChoice => wait_since(&block.asked, block, &mut self.waits),
        };
        let thresholds = pages.thresholds();
        let cuts: &mut [CutCounts] = &mut pages.cuts;
        for row in 0..block.len() {
            let (threshold, short) = self.limits[block.queue[row] as usize];
            let done = block.flags[row] & CALLBACK_DONE != 0;
            let key = key(
                (block.kind[row], block.outcome[row], done),
                waits[row],
                (threshold, short),
            );
            let category = usize::from(self.categories[key % KEYS]);
            let count = &mut cuts[places.slots[row] as usize * thresholds + at]
                [category % (CATEGORIES + 1)];
            *count = count.saturating_add(1);
        }
    }
}

/// Waits from another instant than the entry into the queue.
fn wait_since<'a>(
    begun: &[i64; BLOCK],
    block: &Block,
    waits: &'a mut [i64; BLOCK],
) -> &'a [i64; BLOCK] {
    for row in 0..block.len() {
        let left = block.milestones(row).left;
        waits[row] = if left == NONE || begun[row] == NONE {
            NONE
        } else {
            left - begun[row]
        };
    }
    waits
}

/// The key of a leg. No wait is below every limit: it is told apart from a short one in the table.
#[inline(always)]
fn key((kind, outcome, done): (LegKind, Outcome, bool), wait: i64, limits: (i64, i64)) -> usize {
    let timing = usize::from(wait > limits.0) | usize::from(wait == NONE) << 1;
    let short = usize::from(wait <= limits.1) << 2;
    (kind as usize) << 8 | (outcome as usize) << 4 | usize::from(done) << 3 | short | timing
}

/// The category of every key: a leg with each combination of facts is made up and judged.
fn categories(transfers_in: bool) -> Box<[u8; KEYS]> {
    const NOT_COUNTED: u8 = CATEGORIES as u8;
    let mut table = Box::new([NOT_COUNTED; KEYS]);
    for &kind in LegKind::ALL {
        if kind.is_dial() || (kind != LegKind::Inbound && !transfers_in) {
            continue;
        }
        for &outcome in Outcome::ALL {
            for (done, wait) in [false, true]
                .into_iter()
                .flat_map(|done| [0, 2, NONE].map(|w| (done, w)))
            {
                for limits in [(1, 1), (1, 3), (3, 1), (3, 3), (1, -1), (3, -1)] {
                    let key = key((kind, outcome, done), wait, limits);
                    let category = Category::of(outcome, done, wait, limits.0, limits.1);
                    table[key] = category.index() as u8;
                }
            }
        }
    }
    table
}
