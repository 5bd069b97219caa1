//! From values to places: scales and round ticks.

/// A scale from 0 to `max`, drawn upwards from `bottom` to `top`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) max: f64,
}

impl Scale {
    /// The height of a value.
    pub(super) fn y(&self, value: f64) -> f64 {
        let share = if self.max > 0.0 {
            value / self.max
        } else {
            0.0
        };
        self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }
}

/// Round steps from 0 to `max` or just above, about `wanted` of them; the last is the top of the axis.
pub(super) fn ticks(max: u64, wanted: u64) -> Vec<u64> {
    let max = max.max(1);
    let rough = max.div_ceil(wanted.max(1)).max(1);
    let magnitude = 10_u64.pow(rough.ilog10());
    let step = [1, 2, 5, 10]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|&step| step >= rough)
        .unwrap_or(10 * magnitude);
    (0..=max.div_ceil(step)).map(|at| at * step).collect()
}

/// Every how many places a label fits, if each needs `needed` and has `room`.
pub(super) fn every_nth(room: f64, needed: f64) -> usize {
    let mut nth = 1;
    while room * f64::from(nth) < needed && nth < 1_000 {
        nth += 1;
    }
    nth as usize
}

/// A coordinate with at most one place.
pub(super) fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        assert_eq!(ticks(0, 4), [0, 1]);
        assert_eq!(ticks(3, 4), [0, 1, 2, 3]);
        assert_eq!(ticks(47, 4), [0, 20, 40, 60]);
        assert_eq!(ticks(1270, 4), [0, 500, 1000, 1500]);
        for max in 1..3_000 {
            let ticks = ticks(max, 4);
            assert!(
                ticks.last() >= Some(&max) && ticks.len() <= 6,
                "{max}: {ticks:?}"
            );
        }
    }

    #[test]
    fn scales_do_not_leave_their_frame() {
        let scale = Scale {
            top: 10.0,
            bottom: 110.0,
            max: 50.0,
        };
        assert_eq!(
            [scale.y(0.0), scale.y(25.0), scale.y(99.0)],
            [110.0, 60.0, 10.0]
        );
        assert_eq!(Scale { max: 0.0, ..scale }.y(1.0), 110.0);
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(
            [px(1.0), px(1.25), px(-0.01), px(10.06)],
            ["1", "1.2", "0", "10.1"]
        );
    }

    #[test]
    fn labels_that_do_not_fit_are_thinned_out() {
        assert_eq!(
            [
                every_nth(50.0, 40.0),
                every_nth(20.0, 41.0),
                every_nth(0.0, 1.0)
            ],
            [1, 3, 1000]
        );
    }
}
