//! Measured shrinkage: paid time lost, by kind.

use serde::{Deserialize, Serialize};

use super::kind::{KINDS, ShrinkageKind, ShrinkageSide};
use crate::attendance::measure::Measure;
use crate::time::Span;

/// Paid time and what was lost of it in milliseconds, by kind and by whether it
/// was planned: a mergeable count.
///
/// All parts have the same base, paid time, so that they add up.
///
/// ```
/// use floorwalker::attendance::{ShrinkageKind, ShrinkageTimes};
/// use floorwalker::time::Span;
///
/// let mut week = ShrinkageTimes::paid(100 * 3_600_000);
/// week.lose(ShrinkageKind::Sickness, false, 6 * 3_600_000);
/// week.lose(ShrinkageKind::Break, true, 10 * 3_600_000);
/// let window = Span::from_millis(0, 7 * 86_400_000)?;
/// assert_eq!(week.total(window).to_string(), "shrinkage 57600000/360000000 = 16.00 %");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShrinkageTimes {
    paid: u64,
    /// For each kind: unplanned, planned.
    lost: [[u64; 2]; KINDS],
}

impl ShrinkageTimes {
    /// Paid time, nothing lost.
    #[must_use]
    pub fn paid(ms: u64) -> Self {
        Self {
            paid: ms,
            ..Self::default()
        }
    }

    /// Adds lost time.
    pub fn lose(&mut self, kind: ShrinkageKind, planned: bool, ms: u64) {
        let lost = &mut self.lost[kind as usize][usize::from(planned)];
        *lost = lost.saturating_add(ms);
    }

    /// Time lost to a kind, planned and unplanned.
    #[must_use]
    pub fn lost_to(&self, kind: ShrinkageKind) -> u64 {
        self.lost[kind as usize].iter().sum()
    }

    /// All lost time / paid time.
    #[must_use]
    pub fn total(&self, window: Span) -> Measure {
        let all = self.lost.iter().flatten().sum::<u64>();
        Measure::plain("shrinkage", all.into(), self.paid, window)
    }

    /// Time lost on one side / paid time.
    #[must_use]
    pub fn side(&self, side: ShrinkageSide, window: Span) -> Measure {
        let kinds = ShrinkageKind::ALL.iter().filter(|kind| kind.side() == side);
        let lost: u64 = kinds.map(|&kind| self.lost_to(kind)).sum();
        Measure::plain(side.name(), lost.into(), self.paid, window)
    }

    /// Time lost to a kind / paid time.
    #[must_use]
    pub fn kind(&self, kind: ShrinkageKind, window: Span) -> Measure {
        Measure::plain(kind.name(), self.lost_to(kind).into(), self.paid, window)
    }

    /// Time lost as planned, or not / paid time.
    #[must_use]
    pub fn planned(&self, planned: bool, window: Span) -> Measure {
        let lost: u64 = self
            .lost
            .iter()
            .map(|lost| lost[usize::from(planned)])
            .sum();
        let name = if planned { "planned" } else { "unplanned" };
        Measure::plain(name, lost.into(), self.paid, window)
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.paid = self.paid.saturating_add(other.paid);
        let mine = self.lost.iter_mut().flatten();
        mine.zip(other.lost.iter().flatten())
            .for_each(|(mine, theirs)| *mine = mine.saturating_add(*theirs));
    }
}
