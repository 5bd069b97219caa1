//! Layers: what a shift shows where activities lie above each other.

use serde::{Deserialize, Serialize};

use super::Activity;
use crate::error::{ErrorKind, Result};
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// On which layer of a shift an activity lies, lowest first.
    Layer ("layer") {
        /// The work of the shift (attività produttiva).
        Productive = "productive",
        /// Breaks, meetings, training (attività accessoria).
        Auxiliary = "auxiliary",
        /// Time off (assenza).
        TimeOff = "time_off",
    }
}

/// An activity on a layer of a shift, as it was put there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// What is done.
    pub activity: Activity,
    /// When.
    pub span: Span,
    /// On which layer.
    pub layer: Layer,
}

/// What an operator does, seen from above: the highest layer counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// What is done.
    pub activity: Activity,
    /// When.
    pub span: Span,
}

impl Piece {
    /// Work on the lowest layer.
    #[must_use]
    pub fn productive(activity: Activity, span: Span) -> Self {
        let layer = Layer::Productive;
        Self {
            activity,
            span,
            layer,
        }
    }

    /// A break, a meeting or training above the work.
    #[must_use]
    pub fn auxiliary(activity: Activity, span: Span) -> Self {
        let layer = Layer::Auxiliary;
        Self {
            activity,
            span,
            layer,
        }
    }

    /// Time off above everything else.
    #[must_use]
    pub fn time_off(activity: Activity, span: Span) -> Self {
        let layer = Layer::TimeOff;
        Self {
            activity,
            span,
            layer,
        }
    }
}

/// Puts the pieces in order of layer and time, and refuses two at one time on one layer.
pub(super) fn in_order(mut pieces: Vec<Piece>) -> Result<Vec<Piece>> {
    pieces.retain(|piece| !piece.span.is_empty());
    pieces.sort_by_key(|piece| (piece.layer, piece.span));
    for pair in pieces.windows(2) {
        if pair[0].layer == pair[1].layer && pair[0].span.overlap(pair[1].span).is_some() {
            let (a, b) = (&pair[0], &pair[1]);
            let (first, second) = (a.activity.id(), b.activity.id());
            let why = format!("{first} {} and {second} {} share time", a.span, b.span);
            let what = "activities on one layer";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
    }
    Ok(pieces)
}

/// What the pieces show from above, in order of time. Taking a piece away shows what
/// lies below it.
///
/// `pieces` must be in order. Linear in their number, but for one sort.
pub(super) fn seen_from_above(pieces: &[Piece]) -> Vec<Segment> {
    let mut bounds: Vec<i64> = pieces
        .iter()
        .flat_map(|piece| [piece.span.start_ms(), piece.span.end_ms()])
        .collect();
    bounds.sort_unstable();
    bounds.dedup();
    let start_of = |layer| pieces.partition_point(|piece| piece.layer < layer);
    let mut next = [0, start_of(Layer::Auxiliary), start_of(Layer::TimeOff)];
    let ends = [next[1], next[2], pieces.len()];
    let mut shown: Vec<(usize, i64, i64)> = Vec::new();
    for pair in bounds.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let mut top = None;
        for layer in 0..3 {
            while next[layer] < ends[layer] && pieces[next[layer]].span.end_ms() <= start {
                next[layer] += 1;
            }
            if next[layer] < ends[layer] && pieces[next[layer]].span.start_ms() <= start {
                top = Some(next[layer]);
            }
        }
        match (top, shown.last_mut()) {
            (Some(top), Some(last)) if last.0 == top && last.2 == start => last.2 = end,
            (Some(top), _) => shown.push((top, start, end)),
            (None, _) => {}
        }
    }
    let segment = |(place, start, end): (usize, i64, i64)| Segment {
        activity: pieces[place].activity.clone(),
        span: Span::from_millis(start, end).expect("bounds of spans, in order"),
    };
    shown.into_iter().map(segment).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::roster::ActivityKind;

    fn activity(name: &str, kind: ActivityKind) -> Activity {
        Activity::new(name.parse().unwrap(), kind)
    }

    fn piece(name: &str, start: i64, end: i64, layer: Layer) -> Piece {
        Piece {
            activity: activity(name, ActivityKind::Contact),
            span: Span::from_millis(start, end).unwrap(),
            layer,
        }
    }

    fn shown(pieces: Vec<Piece>) -> Vec<(String, i64, i64)> {
        let segments = seen_from_above(&in_order(pieces).unwrap());
        let plain = |one: Segment| {
            let name = one.activity.id().to_string();
            (name, one.span.start_ms(), one.span.end_ms())
        };
        segments.into_iter().map(plain).collect()
    }

    #[test]
    fn taking_the_upper_layer_away_leaves_no_hole() {
        let phone = piece("phone", 0, 100, Layer::Productive);
        let meal = piece("meal", 40, 60, Layer::Auxiliary);
        let off = piece("off", 50, 100, Layer::TimeOff);
        let all = shown(vec![off, meal.clone(), phone.clone()]);
        let expected = [("phone", 0, 40), ("meal", 40, 50), ("off", 50, 100)];
        assert_eq!(all, expected.map(|(name, a, b)| (name.to_owned(), a, b)));
        let without = shown(vec![meal, phone.clone()]);
        assert_eq!(without.len(), 3);
        assert_eq!(shown(vec![phone]), [("phone".to_owned(), 0, 100)]);
    }

    #[test]
    fn one_layer_holds_one_activity_at_a_time() {
        let pieces = vec![
            piece("a", 0, 10, Layer::Auxiliary),
            piece("b", 9, 12, Layer::Auxiliary),
        ];
        assert_eq!(in_order(pieces).unwrap_err().code(), "options.conflict");
    }

    fn layered() -> impl Strategy<Value = Vec<Piece>> {
        let one = (0i64..60, 1i64..20, 0usize..3);
        proptest::collection::vec(one, 0..12).prop_map(|raw| {
            let mut pieces: Vec<Piece> = Vec::new();
            for (number, (start, length, layer)) in raw.into_iter().enumerate() {
                let made = piece(
                    &number.to_string(),
                    start,
                    start + length,
                    Layer::ALL[layer],
                );
                let clash = |other: &Piece| {
                    other.layer == made.layer && other.span.overlap(made.span).is_some()
                };
                if !pieces.iter().any(clash) {
                    pieces.push(made);
                }
            }
            pieces
        })
    }

    proptest! {
        #[test]
        fn each_instant_shows_the_highest_layer(pieces in layered()) {
            let segments = seen_from_above(&in_order(pieces.clone()).unwrap());
            for ms in 0..90 {
                let here = pieces.iter().filter(|piece| piece.span.contains_ms(ms));
                let highest = here.max_by_key(|piece| piece.layer).map(|piece| &piece.activity);
                let shown: Vec<_> = segments.iter().filter(|one| one.span.contains_ms(ms)).collect();
                prop_assert!(shown.len() <= 1);
                prop_assert_eq!(shown.first().map(|one| &one.activity), highest);
            }
            prop_assert!(segments.is_sorted_by(|a, b| a.span.end_ms() <= b.span.start_ms()));
        }
    }
}
