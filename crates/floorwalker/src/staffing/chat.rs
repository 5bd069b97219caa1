//! Chat: agents who hold several conversations at once.

use serde::{Deserialize, Serialize};

use super::goal::{Goals, ReadyGoals};
use super::input;
use super::model::{Line, least};
use super::performance::Performance;
use crate::error::{Error, ErrorKind, Result};

/// Chats that reach a queue whose agents hold several at once (chat in parallelo).
///
/// Invariants: chats per hour are 0 or more; between 1 and 20 handling times, each between
/// a microsecond and 400 days, of which each lets an agent complete at least as many chats
/// as the one before.
///
/// The handling times are the mean length of a chat of an agent who holds one, two,
/// three. A new chat goes to an agent who holds the fewest. While all hold their most,
/// chats wait, and give up after an exponential patience.
///
/// ```
/// use floorwalker::staffing::ChatWorkload;
///
/// // Alone a chat takes 5 minutes, in threes 9: three at once are 1.67 times as fast.
/// let chats = ChatWorkload::new(120.0, vec![300.0, 400.0, 540.0])?;
/// let six = chats.performance(8)?;
/// assert!(six.waiting_probability() < 0.1);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ChatRecord", into = "ChatRecord")]
pub struct ChatWorkload {
    per_hour: f64,
    aht_secs: Vec<f64>,
    patience_secs: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChatRecord {
    per_hour: f64,
    aht_secs: Vec<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    patience_secs: Option<f64>,
}

impl ChatWorkload {
    /// So many chats in an hour, with the handling time at each number of chats at once.
    ///
    /// # Errors
    /// `value.out_of_range` for a number outside its range; `options.conflict` if taking
    /// one chat more lets an agent complete fewer.
    pub fn new(per_hour: f64, aht_secs: Vec<f64>) -> Result<Self> {
        let per_hour = input::within("chats per hour", 0.0, 1e9, per_hour)?;
        input::within("chats at once", 1, 20, aht_secs.len())?;
        let mut rate = 0.0;
        for (at_once, &secs) in (1..).zip(&aht_secs) {
            let next = f64::from(at_once) / input::secs("mean handling time in seconds", secs)?;
            if next < rate * (1.0 - 1e-12) {
                let why = format!(
                    "with {at_once} chats at once an agent completes fewer than with one less"
                );
                return Err(ErrorKind::Conflict {
                    what: "handling times",
                    why,
                }
                .into());
            }
            rate = next;
        }
        let made = Self {
            per_hour,
            aht_secs,
            patience_secs: None,
        };
        input::load(made.slowest_load())?;
        Ok(made)
    }

    /// The same chats with customers who give up after an exponential time of this mean.
    ///
    /// # Errors
    /// `value.out_of_range` if it is not between a microsecond and 1e9 seconds.
    pub fn with_patience(self, patience_secs: f64) -> Result<Self> {
        let patience_secs = Some(input::patience_secs(patience_secs)?);
        Ok(Self {
            patience_secs,
            ..self
        })
    }

    fn slowest_load(&self) -> f64 {
        self.per_hour / 3600.0 * self.last_aht()
    }

    fn last_aht(&self) -> f64 {
        self.aht_secs
            .last()
            .copied()
            .expect("there is at least one handling time")
    }

    /// How the queue performs with so many agents. The traffic is that at the handling
    /// time of full agents, and the occupancy the part that agents complete of what they
    /// would complete with all places taken.
    ///
    /// # Errors
    /// `value.out_of_range` above a million agents.
    pub fn performance(&self, agents: u32) -> Result<Performance> {
        let agents = input::within("agents", 0, 1_000_000, agents)?;
        Ok(Performance::of_line(self.line(agents), f64::from(agents)))
    }

    /// The least number of agents that meets all goals; 0 without chats.
    ///
    /// # Errors
    /// `goal.unattainable` if a million agents do not meet them.
    pub fn required_agents(&self, goals: &Goals) -> Result<u32> {
        if self.per_hour == 0.0 {
            return Ok(0);
        }
        let ready = ReadyGoals::new(goals);
        let met = |agents: u32| {
            let line = self.line(agents);
            line.is_stable() && ready.met_by(&line, f64::from(agents))
        };
        let seed = self.slowest_load() / self.aht_secs.len() as f64;
        least(1, seed.ceil() as u32, 1_000_000, met).ok_or_else(|| super::goal::unattainable(goals))
    }

    /// The line behind the chats: with `m` chats, `m mod n` agents hold one more than the
    /// others, so the rate of completions grows in straight pieces with `m`.
    fn line(&self, agents: u32) -> Line {
        let (places, last) = (self.aht_secs.len() as u32, self.last_aht());
        let load = self.slowest_load();
        let full = f64::from(agents) * f64::from(places);
        // 1/B - 1 = Σ over fewer chats of the product of completions over arrivals.
        let (mut before, mut term) = (0.0, 1.0);
        let arrivals = self.per_hour / 3600.0;
        'places: for held in (0..places).rev() {
            let rate = |at_once: u32| match at_once {
                0 => 0.0,
                _ => f64::from(at_once) / self.aht_secs[at_once as usize - 1],
            };
            let (low, high) = (rate(held), rate(held + 1));
            for more in (1..=agents).rev() {
                let completions = f64::from(more) * high + f64::from(agents - more) * low;
                term *= completions / arrivals;
                before += term;
                if term < 1e-17 * before && completions < arrivals {
                    break 'places;
                }
            }
        }
        Line {
            load,
            capacity: full,
            unit_secs: last,
            patience_secs: self.patience_secs,
            before,
        }
    }
}

impl TryFrom<ChatRecord> for ChatWorkload {
    type Error = Error;
    fn try_from(record: ChatRecord) -> Result<Self> {
        let made = Self::new(record.per_hour, record.aht_secs)?;
        match record.patience_secs {
            Some(patience) => made.with_patience(patience),
            None => Ok(made),
        }
    }
}

impl From<ChatWorkload> for ChatRecord {
    fn from(chats: ChatWorkload) -> Self {
        Self {
            per_hour: chats.per_hour,
            aht_secs: chats.aht_secs,
            patience_secs: chats.patience_secs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Goals, Workload, required_agents};
    use super::*;

    /// One chat at once is a telephone; two at once that take twice as long are nobody's gain.
    #[test]
    fn one_at_once_is_a_telephone() {
        let calls = Workload::new(200.0, 3600.0, 300.0)
            .unwrap()
            .with_patience(90.0)
            .unwrap();
        let chats = ChatWorkload::new(200.0, vec![300.0])
            .unwrap()
            .with_patience(90.0)
            .unwrap();
        for agents in [3, 16, 17, 30] {
            let call = Performance::of(&calls, f64::from(agents)).unwrap();
            let chat = chats.performance(agents).unwrap();
            assert!((call.abandonment() - chat.abandonment()).abs() < 1e-13);
            assert!((call.waiting_probability() - chat.waiting_probability()).abs() < 1e-13);
        }
        let goals = Goals::answered_in(0.8, 20).unwrap();
        let agents = required_agents(&calls, &goals).unwrap().agents();
        assert_eq!(chats.required_agents(&goals).unwrap(), agents);
    }

    /// The chain of two agents with two chats each, solved by hand.
    #[test]
    fn two_agents_two_chats() {
        // Rates of completion with 0 to 4 chats: 0, 1, 2, 2.5, 3 in 100 s; 2 arrive in 100 s.
        let chats = ChatWorkload::new(72.0, vec![100.0, 400.0 / 3.0]).unwrap();
        let weights = [1.0, 2.0, 2.0, 1.6, 1.6 * 2.0 / 3.0];
        let tail = weights[4] / (1.0 - 2.0 / 3.0);
        let waits = tail / (weights[..4].iter().sum::<f64>() + tail);
        let given = chats.performance(2).unwrap().waiting_probability();
        assert!((given - waits).abs() < 1e-14, "{given} {waits}");
        assert!(ChatWorkload::new(1.0, vec![100.0, 300.0]).is_err());
    }
}
