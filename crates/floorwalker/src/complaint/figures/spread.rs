//! How durations are spread, exactly and mergeably.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::service::{Figure, Percentile, Unit};
use crate::time::Span;

/// Durations with their frequencies, in milliseconds (distribuzione).
///
/// Every duration is kept, so percentiles are exact and merging is adding. A year of
/// complaints of a large company is some hundred thousand numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spread(BTreeMap<u64, u64>);

impl Spread {
    /// Adds a duration.
    pub fn add(&mut self, duration_ms: u64) {
        *self.0.entry(duration_ms).or_default() += 1;
    }

    /// Adds the durations of another.
    pub fn merge(&mut self, other: &Self) {
        for (&duration_ms, &count) in &other.0 {
            *self.0.entry(duration_ms).or_default() += count;
        }
    }

    /// How many durations there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    /// How many of them are at most `limit_ms`.
    #[must_use]
    pub fn within(&self, limit_ms: u64) -> u64 {
        self.0.range(..=limit_ms).map(|(_, &count)| count).sum()
    }

    /// The durations and how often each occurs, shortest first.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> {
        self.0
            .iter()
            .map(|(&duration_ms, &count)| (duration_ms, count))
    }

    /// The mean duration; undefined without durations.
    pub(super) fn mean(&self, name: &str, window: Span) -> Figure {
        let sum: i128 = self
            .iter()
            .map(|(duration_ms, count)| i128::from(duration_ms) * i128::from(count))
            .sum();
        Figure::new(
            format!("{name}_mean"),
            Unit::Milliseconds,
            sum,
            self.count(),
            window,
        )
    }

    /// A percentile; undefined without durations.
    pub(super) fn percentile(&self, name: &str, percentile: Percentile, window: Span) -> Figure {
        let value = percentile.over(self.count(), |rank| self.ranked(rank));
        let (numerator, denominator) =
            value.map_or((0, 0), |value| (value.numerator(), value.denominator()));
        Figure::new(
            format!("{name}_{percentile}"),
            Unit::Milliseconds,
            numerator,
            denominator,
            window,
        )
    }

    /// The duration of a rank from 1.
    fn ranked(&self, rank: u64) -> Option<u64> {
        let mut seen = 0;
        self.iter().find_map(|(duration_ms, count)| {
            seen += count;
            (seen >= rank).then_some(duration_ms)
        })
    }
}

impl FromIterator<u64> for Spread {
    fn from_iter<I: IntoIterator<Item = u64>>(durations: I) -> Self {
        let mut spread = Self::default();
        durations
            .into_iter()
            .for_each(|duration_ms| spread.add(duration_ms));
        spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_exact() {
        let window = Span::from_millis(0, 1).unwrap();
        let spread: Spread = [4_000, 1_000, 3_000, 2_000].into_iter().collect();
        let value = |percentile| spread.percentile("step", percentile, window).value();
        assert_eq!(
            value(Percentile::nearest_rank(50.0).unwrap()),
            Some(2_000.0)
        );
        assert_eq!(value(Percentile::linear(50.0).unwrap()), Some(2_500.0));
        assert_eq!(spread.mean("step", window).value(), Some(2_500.0));
        assert_eq!((spread.within(2_999), spread.within(3_000)), (2, 3));
        assert_eq!(Spread::default().mean("step", window).value(), None);
    }
}
