//! Open complaints by age.

use serde::{Deserialize, Serialize};

/// One class of ages, and how many open complaints are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AgeBucket {
    /// The youngest age in it, in milliseconds.
    pub from_ms: i64,
    /// The first age that is no longer in it; `None` for the oldest.
    pub until_ms: Option<i64>,
    /// How many.
    pub count: u64,
}

/// Counts by class of age.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Ages(Vec<u64>);

impl Ages {
    pub(super) fn new(edges: usize) -> Self {
        Self(vec![0; edges + 1])
    }

    pub(super) fn add(&mut self, age_ms: i64, edges_ms: &[i64]) {
        let class = edges_ms.partition_point(|&edge| edge <= age_ms);
        self.0[class] += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mine, theirs)| *mine += theirs);
    }

    pub(super) fn fits(&self, edges_ms: &[i64]) -> bool {
        self.0.len() == edges_ms.len() + 1
    }

    pub(super) fn buckets(&self, edges_ms: &[i64]) -> Vec<AgeBucket> {
        let starts = std::iter::once(0).chain(edges_ms.iter().copied());
        let ends = edges_ms.iter().copied().map(Some).chain([None]);
        let classes = starts.zip(ends).zip(&self.0);
        classes
            .map(|((from_ms, until_ms), &count)| AgeBucket {
                from_ms,
                until_ms,
                count,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_begins_the_next_class() {
        let edges = [10, 20];
        let mut ages = Ages::new(edges.len());
        for age_ms in [0, 9, 10, 19, 20, 500] {
            ages.add(age_ms, &edges);
        }
        let counts: Vec<_> = ages
            .buckets(&edges)
            .iter()
            .map(|bucket| (bucket.from_ms, bucket.until_ms, bucket.count))
            .collect();
        assert_eq!(counts, [(0, Some(10), 2), (10, Some(20), 2), (20, None, 2)]);
    }
}
