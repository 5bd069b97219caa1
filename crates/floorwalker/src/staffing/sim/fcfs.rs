//! One queue, first come first served: the shortest simulation there is.

use serde::Serialize;

use super::draw::Duration;
use super::random::Random;
use crate::error::Result;
use crate::staffing::input;

/// What happened to the calls of one queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct QueueCounts {
    /// Calls.
    pub offered: u64,
    /// Answered calls.
    pub answered: u64,
    /// Answered within the limit.
    pub answered_within: u64,
    /// Calls that found nobody free.
    pub waited: u64,
    /// Seconds waited by the answered.
    pub answered_wait_secs: f64,
    /// Seconds waited by those who gave up.
    pub lost_wait_secs: f64,
}

/// One queue with a constant number of agents and any distributions; arrivals are Poisson.
///
/// ```
/// use floorwalker::staffing::{Duration, OneQueue};
///
/// let (handling, patience) = (Duration::exponential(60.0)?, Duration::exponential(120.0)?);
/// let queue = OneQueue { mean_gap_secs: 1.25, handling, patience, agents: 50 };
/// let counts = queue.simulate(20.0, (1_000, 200_000), 1)?;
/// let lost = 1.0 - counts.answered as f64 / counts.offered as f64;
/// assert!((lost - 0.0309).abs() < 0.004); // Erlang A: 3.09 %
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OneQueue {
    /// The mean time between two arrivals, in seconds.
    pub mean_gap_secs: f64,
    /// How long an agent is busy with a call.
    pub handling: Duration,
    /// How long callers wait before they give up.
    pub patience: Duration,
    /// Agents.
    pub agents: u32,
}

impl OneQueue {
    /// Plays the first `warm_up` calls, and then `calls` that are counted.
    ///
    /// Callers are served in their order, so it is enough to know when each agent is free
    /// next (the recursion of Kiefer and Wolfowitz): no calendar of events is needed.
    ///
    /// # Errors
    /// `value.out_of_range` for a mean gap outside a microsecond to 400 days, without
    /// agents or above 100,000 of them, for a negative limit, or above a billion calls.
    pub fn simulate(
        &self,
        limit_secs: f64,
        (warm_up, calls): (u64, u64),
        seed: u64,
    ) -> Result<QueueCounts> {
        let gap = input::secs("mean gap in seconds", self.mean_gap_secs)?;
        let agents = input::within("agents", 1, 100_000, self.agents)?;
        let limit = input::limit_secs("limit in seconds", limit_secs)?;
        input::within("calls", 1, 1_000_000_000, warm_up.saturating_add(calls))?;
        let mut random = Random::new(seed, 1);
        let mut free = Free(vec![0.0; agents as usize]);
        let mut counts = QueueCounts::default();
        let mut now = 0.0;
        for call in 0..warm_up + calls {
            now += gap * random.exponential();
            let patience = self.patience.draw(&mut random);
            let handling = self.handling.draw(&mut random);
            let wait = (free.first() - now).max(0.0);
            let answered = wait <= patience;
            if answered {
                free.replace_first(now + wait + handling);
            }
            if call >= warm_up {
                counts.offered += 1;
                counts.waited += u64::from(wait > 0.0);
                if answered {
                    counts.answered += 1;
                    counts.answered_within += u64::from(wait <= limit);
                    counts.answered_wait_secs += wait;
                } else {
                    counts.lost_wait_secs += patience;
                }
            }
        }
        Ok(counts)
    }
}

/// When agents are free next: a heap with the earliest on top.
struct Free(Vec<f64>);

impl Free {
    fn first(&self) -> f64 {
        self.0[0]
    }

    fn replace_first(&mut self, value: f64) {
        let heap = &mut self.0;
        let mut place = 0;
        loop {
            let mut child = 2 * place + 1;
            if child >= heap.len() {
                break;
            }
            if child + 1 < heap.len() && heap[child + 1] < heap[child] {
                child += 1;
            }
            if heap[child] >= value {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = value;
    }
}
