//! Sets of time: spans in order that neither overlap nor touch.

use crate::time::Span;

/// A set of instants.
///
/// Invariant: the spans are in order, none is empty, no two touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SpanSet(Vec<Span>);

impl SpanSet {
    /// The union of `spans`, in any order.
    pub(super) fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start_ms() <= last.end_ms() => *last = last.hull(span),
                _ => joined.push(span),
            }
        }
        Self(joined)
    }

    /// The part of this set that is also in `other`.
    pub(super) fn and(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = Vec::new();
        while let (Some(&&a), Some(&&b)) = (left.peek(), right.peek()) {
            common.extend(a.overlap(b));
            if a.end_ms() <= b.end_ms() {
                left.next();
            } else {
                right.next();
            }
        }
        Self(common)
    }

    /// The part of this set that is not in `other`. Linear in both.
    pub(super) fn minus(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut from = 0;
        for &span in &self.0 {
            while other
                .0
                .get(from)
                .is_some_and(|cut| cut.end_ms() <= span.start_ms())
            {
                from += 1;
            }
            let mut start = span.start_ms();
            for cut in other.0[from..]
                .iter()
                .take_while(|cut| cut.start_ms() < span.end_ms())
            {
                rest.extend(between(start, cut.start_ms()));
                start = start.max(cut.end_ms());
            }
            rest.extend(between(start, span.end_ms()));
        }
        Self(rest)
    }

    /// The part inside `window`.
    pub(super) fn within(&self, window: Span) -> Self {
        Self(
            self.0
                .iter()
                .filter_map(|span| span.overlap(window))
                .collect(),
        )
    }

    /// From the first start to the last end.
    pub(super) fn hull(&self) -> Option<Span> {
        Some(self.0.first()?.hull(*self.0.last()?))
    }

    /// All of it in milliseconds.
    pub(super) fn millis(&self) -> u64 {
        self.0.iter().map(|span| span.millis().unsigned_abs()).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn as_slice(&self) -> &[Span] {
        &self.0
    }

    pub(super) fn into_vec(self) -> Vec<Span> {
        self.0
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
            .map(|ms| set.0.iter().any(|span| span.contains_ms(ms)))
            .collect()
    }

    fn is_normal(set: &SpanSet) -> bool {
        set.0.iter().all(|span| !span.is_empty())
            && set
                .0
                .windows(2)
                .all(|two| two[0].end_ms() < two[1].start_ms())
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
