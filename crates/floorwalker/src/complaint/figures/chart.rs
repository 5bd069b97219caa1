//! The control chart of a rate with varying volume.

use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::id::Label;

/// Why a point of a chart deserves a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartSignal {
    /// Above the upper limit.
    Above,
    /// Below the lower limit.
    Below,
    /// The eighth or a later one of a run on one side of the centre.
    Run,
}

/// One period of a chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartPoint {
    /// The period.
    pub period: Label,
    /// How many complaints.
    pub count: u64,
    /// How many contacts, or hundreds of customers, or whatever complaints come from.
    pub volume: u64,
    /// `count / volume`; `None` in a period without volume.
    pub rate: Option<f64>,
    /// The lower limit, 0 at least.
    pub lower: Option<f64>,
    /// The upper limit.
    pub upper: Option<f64>,
    /// Why it deserves a look, if it does.
    pub signal: Option<ChartSignal>,
}

/// A u-chart (carta di controllo u): the rate of complaints by period, with limits for
/// what chance alone would do.
///
/// Centre: all complaints / all volume. Limits of a period: centre ± 3 √(centre /
/// volume), the lower one not below 0 (Shewhart's limits for a Poisson count; see
/// Montgomery, *Introduction to Statistical Quality Control*). A signal is a point
/// outside its limits, or the eighth in a row on one side of the centre.
///
/// ```
/// use floorwalker::complaint::{ChartSignal, UChart};
/// use floorwalker::id::Label;
///
/// let weeks = [("1", 10, 1000), ("2", 12, 1000), ("3", 8, 1000), ("4", 30, 1000)];
/// let chart = UChart::new(weeks.map(|(week, count, volume)| (Label::new(week).unwrap(), count, volume)))?;
/// assert_eq!(chart.centre(), Some(0.015));
/// assert_eq!(chart.points()[3].signal, Some(ChartSignal::Above)); // above 0.015 + 3 * 0.00387
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UChart {
    centre: Option<f64>,
    points: Vec<ChartPoint>,
}

/// The length of a run on one side of the centre that is a signal.
const RUN: u32 = 8;

/// Counts and volumes are whole numbers up to this, so that they are exact as floating point.
const MAX: u64 = 1 << 53;

impl UChart {
    /// A chart of periods: name, complaints, volume, in order of time.
    ///
    /// # Errors
    /// `options.conflict` if a period without volume has complaints;
    /// `value.out_of_range` for numbers of 2^53 and more in all.
    #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
    pub fn new(periods: impl IntoIterator<Item = (Label, u64, u64)>) -> Result<Self> {
        let periods: Vec<(Label, u64, u64)> = periods.into_iter().collect();
        let sum = |of: fn(&(Label, u64, u64)) -> u64| {
            periods.iter().map(of).try_fold(0_u64, u64::checked_add)
        };
        let counts = checked("complaints of a chart", sum(|(_, count, _)| *count))?;
        let volumes = checked("volume of a chart", sum(|(.., volume)| *volume))?;
        if let Some((period, ..)) = periods
            .iter()
            .find(|(_, count, volume)| *count > 0 && *volume == 0)
        {
            let why = format!("the period {period} has complaints but no volume");
            return Err(ErrorKind::Conflict {
                what: "complaints and volume",
                why,
            }
            .into());
        }
        let centre = (volumes > 0).then(|| counts as f64 / volumes as f64);
        let mut points: Vec<ChartPoint> = periods
            .into_iter()
            .map(|period| point(period, centre))
            .collect();
        mark_runs(&mut points, centre);
        Ok(Self { centre, points })
    }

    /// All complaints / all volume.
    #[must_use]
    pub fn centre(&self) -> Option<f64> {
        self.centre
    }

    /// The periods in order.
    #[must_use]
    pub fn points(&self) -> &[ChartPoint] {
        &self.points
    }
}

fn checked(what: &'static str, sum: Option<u64>) -> Result<u64> {
    sum.filter(|&sum| sum < MAX)
        .ok_or_else(|| Error::range(what, 0, MAX - 1, "more"))
}

#[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
fn point((period, count, volume): (Label, u64, u64), centre: Option<f64>) -> ChartPoint {
    let rate = (volume > 0).then(|| count as f64 / volume as f64);
    let centre = centre.filter(|_| volume > 0);
    let width = centre.map(|centre| 3.0 * (centre / volume as f64).sqrt());
    let lower = centre
        .zip(width)
        .map(|(centre, width)| (centre - width).max(0.0));
    let upper = centre.zip(width).map(|(centre, width)| centre + width);
    let signal = match (lower, rate, upper) {
        (_, Some(rate), Some(upper)) if rate > upper => Some(ChartSignal::Above),
        (Some(lower), Some(rate), _) if rate < lower => Some(ChartSignal::Below),
        _ => None,
    };
    ChartPoint {
        period,
        count,
        volume,
        rate,
        lower,
        upper,
        signal,
    }
}

/// Marks runs on one side of the centre. A period without volume neither makes nor breaks
/// a run; a point on the centre breaks it.
fn mark_runs(points: &mut [ChartPoint], centre: Option<f64>) {
    let Some(centre) = centre else { return };
    let (mut above, mut length) = (false, 0);
    for point in points {
        let Some(rate) = point.rate else { continue };
        if rate == centre {
            length = 0;
            continue;
        }
        length = if (rate > centre) == above {
            length + 1
        } else {
            1
        };
        above = rate > centre;
        if length >= RUN && point.signal.is_none() {
            point.signal = Some(ChartSignal::Run);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(periods: &[(u64, u64)]) -> Result<UChart> {
        let named = periods.iter().zip(1..);
        UChart::new(named.map(|(&(count, volume), number)| {
            (Label::new(format!("{number}")).unwrap(), count, volume)
        }))
    }

    #[test]
    fn limits_are_three_standard_deviations() {
        let chart = chart(&[(4, 100), (16, 400)]).unwrap();
        assert_eq!(chart.centre(), Some(0.04));
        let point = &chart.points()[1];
        assert!((point.upper.unwrap() - 0.07).abs() < 1e-12); // 0.04 + 3 sqrt(0.04 / 400)
        assert!((point.lower.unwrap() - 0.01).abs() < 1e-12);
        assert_eq!(chart.points()[0].lower, Some(0.0)); // 0.04 - 0.06 is below 0
    }

    #[test]
    fn the_eighth_on_one_side_is_a_signal() {
        let mut periods = vec![(6, 100); 4];
        periods.push((0, 0)); // a week without volume neither makes nor breaks a run
        periods.extend([(6, 100); 4]);
        periods.extend([(4, 100); 8]);
        let chart = chart(&periods).unwrap();
        let signals: Vec<usize> = chart
            .points()
            .iter()
            .enumerate()
            .filter(|(_, point)| point.signal == Some(ChartSignal::Run))
            .map(|(place, _)| place)
            .collect();
        assert_eq!(signals, [8, 16]);
        assert_eq!(chart.points()[4].rate, None);
    }

    #[test]
    fn too_few_are_seen_too() {
        let chart = chart(&[(100, 1000), (10, 1000), (100, 1000), (100, 1000)]).unwrap();
        assert_eq!(chart.points()[1].signal, Some(ChartSignal::Below));
    }

    #[test]
    fn odd_input() {
        assert_eq!(chart(&[(1, 0)]).unwrap_err().code(), "options.conflict");
        assert!(chart(&[(1 << 53, 1)]).unwrap_err().is_range());
        assert_eq!(chart(&[]).unwrap().centre(), None);
        assert_eq!(chart(&[(0, 0)]).unwrap().points()[0].rate, None);
    }
}
