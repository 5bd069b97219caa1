//! Stretches: intervals one after the other with the same trouble.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::figures::Figures;
use super::rows::Results;
use crate::id::QueueId;
use crate::report::LocalSpan;
use crate::time::Intervals;

/// Some time of one queue, or of all selected queues pooled, with its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Stretch {
    /// The queue; `None` for all selected queues pooled.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<String>"))]
    pub queue: Option<QueueId>,
    /// When.
    pub when: LocalSpan,
    /// What happened in it.
    pub results: Results,
}

/// What an interval says about a trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It has it.
    Bad,
    /// It does not have it.
    Good,
    /// Nothing happened that could tell: it does not end a stretch.
    Silent,
}

/// The longest runs of bad intervals within a local day, silent ones at the ends left out.
pub(super) fn runs(
    intervals: &Intervals,
    offset: usize,
    cells: &[Figures],
    sign: impl Fn(&Figures) -> Sign,
) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut day = None;
    for (at, cell) in cells.iter().enumerate() {
        let found = sign(cell);
        if found == Sign::Silent {
            continue;
        }
        let today = intervals
            .get(offset + at)
            .map(|interval| interval.local_date());
        if found == Sign::Good || today != day {
            runs.extend(open.take());
        }
        day = today;
        if found == Sign::Bad {
            let start = open.map_or(at, |run| run.start);
            open = Some(start..at + 1);
        }
    }
    runs.extend(open);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Quotient;
    use crate::time::{Every, Grid, Span, Zone};

    fn cells(levels: &[(u64, u64)]) -> Vec<Figures> {
        let cell = |&(good, all)| Figures {
            service_level: Quotient::new(good, all),
            ..Figures::default()
        };
        levels.iter().map(cell).collect()
    }

    fn bad_runs(levels: &[(u64, u64)]) -> Vec<Range<usize>> {
        let day = Span::from_millis(0, 2 * 86_400_000).unwrap();
        let hours = Grid::new(Zone::utc(), Every::Hour).cover(day).unwrap();
        runs(&hours, 22, &cells(levels), |cell| {
            match cell.service_level.is_below(Quotient::new(4, 5)) {
                Some(true) => Sign::Bad,
                Some(false) => Sign::Good,
                None => Sign::Silent,
            }
        })
    }

    #[test]
    fn silence_does_not_end_a_stretch_but_midnight_does() {
        // 22:00, 23:00 | midnight | 00:00, 01:00, ...
        assert_eq!(
            bad_runs(&[(1, 2), (1, 2), (1, 2), (0, 0), (1, 2), (0, 0)]),
            [0..2, 2..5]
        );
        assert_eq!(
            bad_runs(&[(2, 2), (0, 0), (0, 0), (1, 2), (2, 2), (0, 1)]),
            [3..4, 5..6]
        );
        assert_eq!(bad_runs(&[(0, 0), (0, 0)]), []);
    }
}
