//! Work that can wait: e-mail and the like, with deadlines, pooled over the day.

use serde::Serialize;

use super::input;
use crate::error::{ErrorKind, Result};

/// Deferred work over a day of equal intervals (lavoro differibile).
///
/// Columns, one number for each interval, in agent-seconds of work.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeferredPlan {
    /// Work done in each interval.
    pub done_secs: Vec<f64>,
    /// Work done in the interval after its deadline had passed.
    pub late_secs: Vec<f64>,
    /// Work that has arrived and is not done at the end of each interval.
    pub backlog_secs: Vec<f64>,
    /// Work at the end of the day whose deadline has passed.
    pub overdue_secs: f64,
}

fn columns(arriving: &[f64], spare: &[f64]) -> Result<()> {
    if spare.len() != arriving.len() {
        return Err(ErrorKind::ColumnLength {
            column: "spare_secs",
            given: spare.len(),
            reference: "arriving_secs",
            expected: arriving.len(),
        }
        .into());
    }
    input::within("intervals", 0, 10_000, arriving.len())?;
    for &work in arriving.iter().chain(spare) {
        input::within("work in seconds", 0.0, 1e12, work)?;
    }
    Ok(())
}

/// Does deferred work in the time that is spare, what is due first being done first.
///
/// What arrives in an interval may be worked on in it and is due at the end of the
/// interval `within` later: 0 is the same interval. No order of working loses less.
///
/// ```
/// use floorwalker::staffing::spread_deferred;
///
/// // An hour of mail in the morning, due within two intervals; half an hour is spare each.
/// let plan = spread_deferred(&[3600.0, 0.0, 0.0], 2, &[1800.0, 900.0, 1800.0])?;
/// assert_eq!(plan.done_secs, [1800.0, 900.0, 900.0]);
/// assert_eq!(plan.overdue_secs, 0.0);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `columns.length_mismatch` if the columns differ; `value.out_of_range` for work below 0,
/// above 1e12 seconds or no number, and for more than 10,000 intervals.
pub fn spread_deferred(
    arriving_secs: &[f64],
    within: usize,
    spare_secs: &[f64],
) -> Result<DeferredPlan> {
    columns(arriving_secs, spare_secs)?;
    let mut left = arriving_secs.to_vec();
    let mut first = 0;
    let mut plan = DeferredPlan {
        done_secs: Vec::with_capacity(left.len()),
        late_secs: Vec::with_capacity(left.len()),
        backlog_secs: Vec::with_capacity(left.len()),
        overdue_secs: 0.0,
    };
    for (now, &spare) in spare_secs.iter().enumerate() {
        let (mut room, mut late) = (spare, 0.0);
        while first <= now && room > 0.0 {
            let done = room.min(left[first]);
            left[first] -= done;
            room -= done;
            if first.saturating_add(within) < now {
                late += done;
            }
            if left[first] > 0.0 {
                break;
            }
            first += 1;
        }
        plan.done_secs.push(spare - room);
        plan.late_secs.push(late);
        plan.backlog_secs.push(left[..=now].iter().sum());
    }
    let due = left.len().saturating_sub(within);
    plan.overdue_secs = left[..due].iter().sum();
    Ok(plan)
}

/// The least work, in agent-seconds per interval beyond what is spare, that must be
/// staffed evenly over the day so that nothing due in it is late.
///
/// It is the greatest need of any stretch: work that arrives and is due within it, less
/// what is spare, by its number of intervals. Work due after the last interval is left
/// to the next day.
///
/// ```
/// use floorwalker::staffing::level_deferred;
///
/// let extra = level_deferred(&[3600.0, 0.0, 0.0], 2, &[600.0, 600.0, 600.0])?;
/// assert_eq!(extra, 600.0); // 3600 in three intervals is 1200 each
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// As for [`spread_deferred`].
pub fn level_deferred(arriving_secs: &[f64], within: usize, spare_secs: &[f64]) -> Result<f64> {
    columns(arriving_secs, spare_secs)?;
    let mut most = 0.0_f64;
    for first in 0..arriving_secs.len() {
        let (mut work, mut spare) = (0.0, 0.0);
        let mut counted = first;
        for (last, more) in spare_secs.iter().enumerate().skip(first) {
            spare += more;
            while counted + within <= last {
                work += arriving_secs[counted];
                counted += 1;
            }
            most = most.max((work - spare) / (last - first + 1) as f64);
        }
    }
    Ok(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_is_just_enough() {
        let arriving = [400.0, 900.0, 0.0, 50.0, 1200.0, 300.0, 0.0, 0.0];
        let spare = [100.0, 0.0, 300.0, 200.0, 0.0, 100.0, 500.0, 100.0];
        for within in 0..5 {
            let extra = level_deferred(&arriving, within, &spare).unwrap();
            let with = |extra: f64| {
                let spare: Vec<f64> = spare.iter().map(|spare| spare + extra).collect();
                let plan = spread_deferred(&arriving, within, &spare).unwrap();
                plan.late_secs.iter().sum::<f64>() + plan.overdue_secs
            };
            assert!(with(extra + 1e-6) < 1e-3, "{within}");
            assert!(extra == 0.0 || with(extra - 1.0) > 0.5, "{within}");
        }
    }

    #[test]
    fn work_is_neither_made_nor_lost() {
        let plan = spread_deferred(&[10.0, 20.0, 30.0], 1, &[5.0, 50.0, 10.0]).unwrap();
        assert_eq!(plan.done_secs, [5.0, 25.0, 10.0]);
        assert_eq!(plan.backlog_secs, [5.0, 0.0, 20.0]);
        assert!(
            spread_deferred(&[1.0], 0, &[f64::NAN])
                .unwrap_err()
                .is_range()
        );
        assert!(spread_deferred(&[1.0], 0, &[]).unwrap_err().is_column());
    }
}
