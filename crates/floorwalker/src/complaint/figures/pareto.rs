//! The vital few causes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::Label;
use crate::units::Fraction;

/// One cause of a [`Pareto`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParetoLine {
    /// The cause.
    pub name: Label,
    /// How often it occurs.
    pub count: u64,
    /// How often it and all more frequent ones occur.
    pub cumulative: u64,
}

/// Causes by frequency (diagramma di Pareto), most frequent first; of two that are
/// equally frequent the one first by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pareto {
    lines: Vec<ParetoLine>,
    total: u64,
}

impl Pareto {
    /// Causes with their frequencies.
    ///
    /// ```
    /// use floorwalker::complaint::Pareto;
    /// use floorwalker::id::Label;
    /// use floorwalker::units::Fraction;
    ///
    /// let counts = [("billing", 6), ("metering", 3), ("other", 1)].map(|(name, count)| (Label::new(name).unwrap(), count));
    /// let pareto = Pareto::of(&counts.into_iter().collect());
    /// let few = pareto.reaching(Fraction::new(8, 10).unwrap());
    /// assert_eq!(few.len(), 2); // 6 and 3 of 10 reach 80 %
    /// ```
    #[must_use]
    pub fn of(counts: &BTreeMap<Label, u64>) -> Self {
        let mut sorted: Vec<(&Label, u64)> =
            counts.iter().map(|(name, &count)| (name, count)).collect();
        sorted.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
        let mut total = 0;
        let lines = sorted.into_iter().map(|(name, count)| {
            total += count;
            ParetoLine {
                name: name.clone(),
                count,
                cumulative: total,
            }
        });
        let lines = lines.collect();
        Self { lines, total }
    }

    /// The causes, most frequent first.
    #[must_use]
    pub fn lines(&self) -> &[ParetoLine] {
        &self.lines
    }

    /// How often all of them occur.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The fewest causes that together make at least `share` of the total.
    #[must_use]
    pub fn reaching(&self, share: Fraction) -> &[ParetoLine] {
        let enough = |line: &ParetoLine| {
            Fraction::new(line.cumulative, self.total).is_some_and(|part| part >= share)
        };
        let last = self.lines.iter().position(enough);
        &self.lines[..last.map_or(self.lines.len(), |last| last + 1)]
    }
}
