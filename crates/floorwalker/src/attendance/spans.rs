//! Sets of time: spans in order that neither overlap nor touch.

use crate::time::Span;
use crate::time::ranges::{Range, difference, intersection, union};

/// A set of instants.
///
/// Invariant: the ranges are in order, none is empty, no two touch, and all lie
/// within years 1 to 9999.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SpanSet(Vec<Range>);

impl SpanSet {
    /// The union of `spans`, in any order.
    pub(super) fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let range = |span: Span| (span.start_ms(), span.end_ms());
        Self(union(spans.into_iter().map(range).collect()))
    }

    /// The part of this set that is also in `other`.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self(intersection(&self.0, &other.0))
    }

    /// The part of this set that is not in `other`.
    pub(super) fn minus(&self, other: &Self) -> Self {
        Self(difference(&self.0, &other.0))
    }

    /// The part inside `window`.
    pub(super) fn within(&self, window: Span) -> Self {
        self.and(&Self::of([window]))
    }

    /// From the first start to the last end.
    pub(super) fn hull(&self) -> Option<Span> {
        between(self.0.first()?.0, self.0.last()?.1)
    }

    /// All of it in milliseconds.
    pub(super) fn millis(&self) -> u64 {
        self.0.iter().map(|&(start, end)| end.abs_diff(start)).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its spans, in order.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        self.0
            .iter()
            .filter_map(|&(start, end)| between(start, end))
    }
}

/// The span between two instants of spans; `None` if nothing lies between.
pub(super) fn between(start_ms: i64, end_ms: i64) -> Option<Span> {
    (start_ms < end_ms)
        .then(|| Span::from_millis(start_ms, end_ms).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sets() -> impl Strategy<Value = SpanSet> {
        let span = (0i64..60, 0i64..12).prop_map(|(start, length)| (start, start + length));
        proptest::collection::vec(span, 0..8).prop_map(|spans| {
            SpanSet::of(
                spans
                    .into_iter()
                    .map(|(a, b)| Span::from_millis(a, b).unwrap()),
            )
        })
    }

    fn holds(set: &SpanSet) -> Vec<bool> {
        (0..80)
            .map(|ms| set.spans().any(|span| span.contains_ms(ms)))
            .collect()
    }

    fn is_normal(set: &SpanSet) -> bool {
        set.0.iter().all(|range| range.0 < range.1)
            && set.0.windows(2).all(|two| two[0].1 < two[1].0)
    }

    proptest! {
        #[test]
        fn sets_agree_with_their_instants(a in sets(), b in sets()) {
            let (left, right) = (holds(&a), holds(&b));
            let each = |one: fn(bool, bool) -> bool| -> Vec<bool> {
                left.iter().zip(&right).map(|(&x, &y)| one(x, y)).collect()
            };
            prop_assert_eq!(holds(&a.and(&b)), each(|x, y| x && y));
            prop_assert_eq!(holds(&a.minus(&b)), each(|x, y| x && !y));
            prop_assert!(is_normal(&a.and(&b)) && is_normal(&a.minus(&b)) && is_normal(&a));
            prop_assert_eq!(a.millis(), left.iter().filter(|&&x| x).count() as u64);
            prop_assert_eq!(a.and(&b).millis() + a.minus(&b).millis(), a.millis());
        }
    }
}
