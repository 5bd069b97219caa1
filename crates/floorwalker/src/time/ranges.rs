//! Sets of stretches of time, as sorted lists of half-open ranges.

/// A half-open range `[start, end)` of some count of milliseconds.
pub(crate) type Range = (i64, i64);

/// The union of `ranges`: in order, neither empty nor touching.
pub(crate) fn union(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.retain(|&(start, end)| start < end);
    ranges.sort_unstable();
    let mut joined: Vec<Range> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// The common part of two unions.
pub(crate) fn intersection(left: &[Range], right: &[Range]) -> Vec<Range> {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut common = Vec::new();
    while let (Some(&&(a_start, a_end)), Some(&&(b_start, b_end))) = (left.peek(), right.peek()) {
        let (start, end) = (a_start.max(b_start), a_end.min(b_end));
        if start < end {
            common.push((start, end));
        }
        if a_end <= b_end {
            left.next();
        } else {
            right.next();
        }
    }
    common
}

/// The part of the union `open` outside the union `closed`.
pub(crate) fn difference(open: &[Range], closed: &[Range]) -> Vec<Range> {
    let ends = closed.iter().map(|&(start, _)| start).chain([i64::MAX]);
    let starts = [i64::MIN]
        .into_iter()
        .chain(closed.iter().map(|&(_, end)| end));
    let gaps: Vec<Range> = starts.zip(ends).collect();
    intersection(open, &gaps)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranges() -> impl Strategy<Value = Vec<Range>> {
        let range = (0i64..60, 0i64..12).prop_map(|(start, length)| (start, start + length));
        proptest::collection::vec(range, 0..8)
    }

    fn holds(ranges: &[Range], at: i64) -> bool {
        ranges
            .iter()
            .any(|&(start, end)| (start..end).contains(&at))
    }

    fn is_normal(ranges: &[Range]) -> bool {
        ranges.iter().all(|&(start, end)| start < end)
            && ranges.windows(2).all(|pair| pair[0].1 < pair[1].0)
    }

    proptest! {
        #[test]
        fn each_point_is_where_it_should_be(a in ranges(), b in ranges()) {
            let (left, right) = (union(a.clone()), union(b.clone()));
            let (common, rest) = (intersection(&left, &right), difference(&left, &right));
            prop_assert!(is_normal(&left) && is_normal(&common) && is_normal(&rest));
            for at in -1..75 {
                prop_assert_eq!(holds(&left, at), holds(&a, at));
                prop_assert_eq!(holds(&common, at), holds(&a, at) && holds(&b, at));
                prop_assert_eq!(holds(&rest, at), holds(&a, at) && !holds(&b, at));
            }
        }
    }
}
