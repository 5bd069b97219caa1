//! Telephone lines: how many so that callers, waiting ones included, find one free.

use super::model::{erlang_b, servers_for_blocking};
use super::performance::Performance;
use crate::error::{ErrorKind, Result};

/// The lines needed so that at most the part `blocking` of callers hears a busy tone.
///
/// A line is held while waiting and while talking, so the traffic on the lines is the
/// mean number in the queue plus that with agents, and Erlang B is asked for it. That is
/// the trade's usual way; it takes the holding times as independent of each other, which
/// waits are not, and so is an approximation in a busy centre.
///
/// ```
/// use floorwalker::staffing::{Performance, Workload, lines_required};
///
/// let queue = Performance::of(&Workload::new(100.0, 1800.0, 180.0)?, 14.0)?;
/// assert_eq!(lines_required(&queue, 0.01)?, 18); // for 10.4 erlangs
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if `blocking` is not between 1e-300 and 1; `goal.unattainable` if
/// the queue grows without end.
pub fn lines_required(queue: &Performance, blocking: f64) -> Result<u32> {
    servers_for_blocking(traffic(queue)?, blocking)
}

/// The part of callers that hear a busy tone with so many lines, by the same formula.
///
/// # Errors
/// `value.out_of_range` for more than ten million lines; `goal.unattainable` if the queue
/// grows without end.
pub fn line_blocking(queue: &Performance, lines: u32) -> Result<f64> {
    erlang_b(lines.into(), traffic(queue)?)
}

fn traffic(queue: &Performance) -> Result<f64> {
    queue.lines_in_use().ok_or_else(|| {
        let goals = "lines for a queue that grows without end".to_owned();
        ErrorKind::Unattainable { goals }.into()
    })
}
