//! How many legs of each category there are at one threshold.

use super::page::CutCounts;
use super::place::Places;
use super::settings::Cut;
use crate::contact::{BLOCK, Block, Facts, LegKind, NONE};
use crate::id::QueueId;
use crate::service::rule::{CATEGORIES, Category, ClockStart};

/// The facts of a leg, whether it was short, and its timing: 9 + 1 + 2 bits.
const KEYS: usize = Facts::COUNT << 3;

/// Counts the legs of blocks by category, for one threshold.
///
/// What a leg is depends on a few facts, none of which can be predicted. So they
/// are put together into a key, and the category of every key is worked out
/// beforehand.
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

    /// Counts the legs of `block` in the cells at `places`.
    pub(super) fn count(&mut self, block: &Block, places: &Places, cells: &mut [CutCounts]) {
        let waits = match self.clock {
            ClockStart::QueueEntry => &block.wait,
            ClockStart::CentreEntry => wait_since(&block.reached, block, &mut self.waits),
            ClockStart::OperatorChoice => wait_since(&block.asked, block, &mut self.waits),
        };
        for row in 0..block.len() {
            let limits = self.limits[block.queue[row] as usize];
            let key = key(block.facts[row], waits[row], limits);
            let category = self.categories[key % KEYS];
            let count = &mut cells[places.slots[row] as usize][usize::from(category)];
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

/// The key of a leg. An unknown wait is below every limit: the table tells it from a short one.
#[inline(always)]
fn key(facts: Facts, wait: i64, (threshold, short): (i64, i64)) -> usize {
    let timing = usize::from(wait > threshold) | usize::from(wait == NONE) << 1;
    facts.index() << 3 | usize::from(wait <= short) << 2 | timing
}

/// The category of every key: a leg with each combination of facts is made up and judged.
fn categories(transfers_in: bool) -> Box<[u8; KEYS]> {
    const NOT_COUNTED: u8 = CATEGORIES as u8;
    const LIMITS: [(i64, i64); 6] = [(1, 1), (1, 3), (3, 1), (3, 3), (1, -1), (3, -1)];
    let mut table = Box::new([NOT_COUNTED; KEYS]);
    let counted = |facts: &Facts| match facts.kind() {
        LegKind::Inbound => true,
        LegKind::Transfer | LegKind::Overflow => transfers_in,
        LegKind::Callback | LegKind::Outbound => false,
    };
    for facts in Facts::all().filter(counted) {
        let (outcome, done) = (facts.outcome(), facts.is_callback_done());
        for wait in [0, 2, NONE] {
            for (threshold, short) in LIMITS {
                let category = Category::of(outcome, done, wait, threshold, short);
                table[key(facts, wait, (threshold, short))] = category.index() as u8;
            }
        }
    }
    table
}
