//! Which category each leg of a run belongs to.

use std::ops::Range;

use super::cut_sheet::CutSheet;
use super::settings::Cut;
use crate::contact::{BLOCK, Block, Facts, LegKind, NONE};
use crate::id::QueueId;
use crate::service::rule::{CATEGORIES, Category, ClockStart};

/// The facts of a leg, whether it was short and whether it was late: 10 + 1 + 1 bits.
const KEYS: usize = Facts::COUNT << 2;

/// A threshold and a limit of short abandons.
type Limits = (i64, i64);

/// Counts the legs of runs by category, for one threshold.
///
/// What a leg is depends on a few facts, none of which can be predicted. So they
/// are put together into a key, and the category of every key is worked out
/// beforehand.
#[derive(Debug)]
pub(super) struct CategoryCounter {
    clock: ClockStart,
    /// By code of the queue.
    limits: Vec<Limits>,
    /// The limits of all queues, if they are the same.
    common: Option<Limits>,
    categories: Box<[u8; KEYS]>,
    other_clock: OtherClock,
}

/// Waits from another instant than the entry into the queue.
#[derive(Debug)]
struct OtherClock {
    waits: Box<[i64; BLOCK]>,
    facts: Box<[Facts; BLOCK]>,
}

impl CategoryCounter {
    /// A counter for legs that name their queues by their place in `queues`.
    pub(super) fn new(cut: &Cut, queues: &[QueueId]) -> Self {
        let limits: Vec<Limits> = queues.iter().map(|queue| cut.limits_of(queue)).collect();
        let first = limits.first().copied();
        Self {
            clock: cut.clock,
            common: first.filter(|first| limits.iter().all(|limits| limits == first)),
            limits,
            categories: categories(cut.transfers_in),
            other_clock: OtherClock {
                waits: Box::new([NONE; BLOCK]),
                facts: Box::new([Facts::default(); BLOCK]),
            },
        }
    }

    /// Counts some legs of `block` in the cells at `slots`.
    pub(super) fn count(
        &mut self,
        block: &Block,
        (rows, slots): (Range<usize>, &[u32; BLOCK]),
        sheet: &mut CutSheet,
    ) {
        let begun = match self.clock {
            ClockStart::QueueEntry => None,
            ClockStart::CentreEntry => Some(&block.reached),
            ClockStart::OperatorChoice => Some(&block.asked),
        };
        if let Some(begun) = begun {
            self.other_clock.measure(block, rows.clone(), begun);
        }
        let (waits, facts) = match begun {
            None => (&block.wait, &block.facts),
            Some(_) => (&*self.other_clock.waits, &*self.other_clock.facts),
        };
        let legs = Legs {
            rows,
            slots,
            waits,
            facts,
        };
        match self.common {
            Some(limits) => legs.count(&self.categories, |_| limits, sheet),
            None => {
                let limits = |row: usize| self.limits[block.queue[row] as usize];
                legs.count(&self.categories, limits, sheet);
            }
        }
    }
}

impl OtherClock {
    fn measure(&mut self, block: &Block, rows: Range<usize>, begun: &[i64; BLOCK]) {
        for row in rows {
            let left = block.milestones(row).left;
            self.waits[row] = if left == NONE || begun[row] == NONE {
                NONE
            } else {
                left - begun[row]
            };
            self.facts[row] = block.facts[row].with_unknown_wait(self.waits[row] == NONE);
        }
    }
}

/// What decides the categories of some legs.
struct Legs<'a> {
    rows: Range<usize>,
    slots: &'a [u32; BLOCK],
    waits: &'a [i64; BLOCK],
    facts: &'a [Facts; BLOCK],
}

impl Legs<'_> {
    #[inline(always)]
    fn count(
        self,
        categories: &[u8; KEYS],
        limits: impl Fn(usize) -> Limits,
        sheet: &mut CutSheet,
    ) {
        for row in self.rows.start..self.rows.end.min(BLOCK) {
            let key = key(self.facts[row], self.waits[row], limits(row));
            let category = usize::from(categories[key % KEYS]);
            let slot = self.slots[row] as usize;
            let count = &mut sheet.counts[slot][category];
            *count = count.wrapping_add(1);
            if *count == 0 {
                sheet.carry(slot, category);
            }
        }
    }
}

/// The key of a leg. An unknown wait is below every limit, and known by its facts.
#[inline(always)]
fn key(facts: Facts, wait: i64, (threshold, short): Limits) -> usize {
    facts.index() << 2 | usize::from(wait <= short) << 1 | usize::from(wait > threshold)
}

/// The category of every key: a leg with each combination of facts is made up and judged.
fn categories(transfers_in: bool) -> Box<[u8; KEYS]> {
    const NOT_COUNTED: u8 = CATEGORIES as u8;
    const LIMITS: [Limits; 6] = [(1, 1), (1, 3), (3, 1), (3, 3), (1, -1), (3, -1)];
    let mut table = Box::new([NOT_COUNTED; KEYS]);
    let counted = |facts: &Facts| match facts.kind() {
        LegKind::Inbound => true,
        LegKind::Transfer | LegKind::Overflow => transfers_in,
        LegKind::Callback | LegKind::Outbound => false,
    };
    for facts in Facts::all().filter(counted) {
        let (outcome, done) = (facts.outcome(), facts.is_callback_done());
        let waits = if facts.has_unknown_wait() {
            &[NONE][..]
        } else {
            &[0, 2]
        };
        for &wait in waits {
            for (threshold, short) in LIMITS {
                let category = Category::of(outcome, done, wait, threshold, short);
                table[key(facts, wait, (threshold, short))] = category.index() as u8;
            }
        }
    }
    table
}
