//! The waiting line behind busy agents: Erlang C without patience, Erlang A with.
//!
//! While all agents are busy, callers leave the line at the rate of `capacity / unit`
//! towards an agent, and each waiting one gives up at the rate `1 / patience`. What lies
//! before that (idle agents, chats, outbound work) enters only as the odds of a state
//! in which the first caller must wait, so the same line serves every model here.

use super::offered_wait;
use super::waiting;

/// A waiting line in steady state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Offered traffic in erlangs: arrivals per `unit_secs`.
    pub(crate) load: f64,
    /// Completions per `unit_secs` while all are busy.
    pub(crate) capacity: f64,
    /// The unit of time of the two, in seconds: the mean handling time.
    pub(crate) unit_secs: f64,
    /// Mean patience in seconds; none if nobody gives up.
    pub(crate) patience_secs: Option<f64>,
    /// Odds of the states before the one with all busy and nobody waiting: `1/B - 1`.
    pub(crate) before: f64,
}

/// What happens to a caller. Means are parts of the mean over all callers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fate {
    /// P(V > 0): all busy on arrival.
    pub(crate) waits: f64,
    /// P(R < V): gives up.
    pub(crate) gives_up: f64,
    /// E[V; R > V] in seconds.
    pub(crate) served_wait_secs: f64,
    /// E[R; R < V] in seconds.
    pub(crate) lost_wait_secs: f64,
    /// E[R | R < V] in seconds, also where giving up is too rare for a number; infinite
    /// if nobody can give up.
    pub(crate) wait_if_lost_secs: f64,
    /// `E[V]` in seconds: the wait of somebody who never gives up.
    pub(crate) virtual_wait_secs: f64,
}

/// What has happened to a caller by a limit T after arrival.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ByLimit {
    /// P(V > T).
    pub(crate) virtual_late: f64,
    /// P(V <= T, R > V): answered by then.
    pub(crate) served: f64,
    /// P(R < V, R <= T): gave up by then.
    pub(crate) lost: f64,
}

/// Less capacity than this is none.
const NOBODY: f64 = 1e-100;

impl Line {
    /// Whether the line settles: with patience always, else if capacity is above load.
    pub(crate) fn is_stable(&self) -> bool {
        self.patience_secs.is_some() || self.load < self.capacity || self.load == 0.0
    }

    /// The fate of a caller, and what has happened by each limit in seconds.
    pub(crate) fn fate<const N: usize>(&self, limits: [f64; N]) -> (Fate, [ByLimit; N]) {
        match self.patience_secs {
            _ if self.capacity < NOBODY => self.nobody_there(limits),
            _ if self.load == 0.0 => (Fate::NO_WAIT, [ByLimit::SERVED; N]),
            None => self.patient(limits),
            Some(patience) => {
                let line = Impatient {
                    c: self.capacity * patience / self.unit_secs,
                    eta: self.load * patience / self.unit_secs,
                    slack: (self.capacity - self.load) * patience / self.unit_secs,
                    excess: (self.load - self.capacity) / self.capacity,
                    patience,
                    before: self.before,
                };
                if line.terms() > waiting::MOST_TERMS {
                    offered_wait::fate(&line, limits)
                } else {
                    waiting::fate(&line, limits)
                }
            }
        }
    }

    fn nobody_there<const N: usize>(&self, limits: [f64; N]) -> (Fate, [ByLimit; N]) {
        let patience = self.patience_secs;
        let fate = Fate {
            waits: 1.0,
            gives_up: if patience.is_some() { 1.0 } else { 0.0 },
            served_wait_secs: if patience.is_some() {
                0.0
            } else {
                f64::INFINITY
            },
            lost_wait_secs: patience.unwrap_or(0.0),
            wait_if_lost_secs: patience.unwrap_or(f64::INFINITY),
            virtual_wait_secs: f64::INFINITY,
        };
        let by_limit = limits.map(|limit| ByLimit {
            virtual_late: 1.0,
            served: 0.0,
            lost: patience.map_or(0.0, |patience| -(-limit / patience).exp_m1()),
        });
        (fate, by_limit)
    }

    fn patient<const N: usize>(&self, limits: [f64; N]) -> (Fate, [ByLimit; N]) {
        let slack = self.capacity - self.load;
        if slack <= 0.0 {
            let without = Self {
                capacity: 0.0,
                ..*self
            };
            return without.nobody_there(limits);
        }
        let waits = 1.0 / (1.0 + slack / self.capacity * self.before);
        let mean = waits * self.unit_secs / slack;
        let fate = Fate {
            waits,
            gives_up: 0.0,
            served_wait_secs: mean,
            lost_wait_secs: 0.0,
            wait_if_lost_secs: f64::INFINITY,
            virtual_wait_secs: mean,
        };
        let by_limit = limits.map(|limit| {
            let late = waits * (-slack * limit / self.unit_secs).exp();
            ByLimit {
                virtual_late: late,
                served: 1.0 - late,
                lost: 0.0,
            }
        });
        (fate, by_limit)
    }
}

impl Fate {
    const NO_WAIT: Self = Self {
        waits: 0.0,
        gives_up: 0.0,
        served_wait_secs: 0.0,
        lost_wait_secs: 0.0,
        wait_if_lost_secs: f64::INFINITY,
        virtual_wait_secs: 0.0,
    };
}

impl ByLimit {
    const SERVED: Self = Self {
        virtual_late: 0.0,
        served: 1.0,
        lost: 0.0,
    };

    /// From the two probabilities that the models give: who neither waits on nor was
    /// answered has given up, `P(min(V, R) <= T) = 1 - P(V > T) P(R > T)`.
    pub(super) fn with_patience(virtual_late: f64, served: f64, limit: f64, patience: f64) -> Self {
        let (virtual_late, served) = (virtual_late.clamp(0.0, 1.0), served.clamp(0.0, 1.0));
        let still = (-limit / patience).exp();
        let lost = (1.0 - virtual_late * still - served).clamp(0.0, 1.0 - served);
        Self {
            virtual_late,
            served,
            lost,
        }
    }
}

/// The numbers of an impatient line, with the mean patience as unit of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Impatient {
    /// Completions per patience while all are busy; above 0.
    pub(super) c: f64,
    /// Arrivals per patience; above 0.
    pub(super) eta: f64,
    /// `c - eta`, from the difference of capacity and load.
    pub(super) slack: f64,
    /// `eta / c - 1`, in the same way.
    pub(super) excess: f64,
    /// Mean patience in seconds.
    pub(super) patience: f64,
    /// As in [`Line`].
    pub(super) before: f64,
}

impl Impatient {
    /// About how many callers may wait at once, with all but 1e-17 of the probability.
    fn terms(&self) -> f64 {
        let spread = 9.0 * self.eta.sqrt() + 40.0;
        if self.slack > 0.0 {
            spread.min(40.0 * self.c / self.slack)
        } else {
            spread - self.slack
        }
    }
}
