//! Erlang A by summing over the number of callers who wait.
//!
//! With `c` completions and `eta` arrivals per mean patience, the state with `k`
//! waiting has the weight `Π_{i ≤ k} eta / (c + i)`. Somebody who finds `k` ahead waits
//! for `k + 1` departures, whose rates are `c, c + 1, ... c + k`; so with
//! `x = exp(-T / patience)`
//!
//! - `P(V > T) = I_x(c, k + 1)`, the regularised incomplete beta function, whose step
//!   from `k - 1` to `k` is `x^c (1-x)^k (c)_k / k!`;
//! - `P(R > V) = c / (c + k + 1)`, and under that condition `P(V > T) = I_x(c + 1, k + 1)`.
//!
//! All terms are positive; nothing cancels. Weights and tails that grow out of range
//! are scaled down together, so heavy overload and long lines stay exact. C. Palm's
//! model; the sums follow from its birth-death chain.

use super::line::{ByLimit, Fate, Impatient};

/// Longer sums are left to quadrature.
pub(super) const MOST_TERMS: f64 = 6000.0;

/// A number above this is scaled down by its inverse.
const LARGE: f64 = 1e200;

/// Sums over the states with waiting callers, each times its weight.
#[derive(Default)]
struct Sums {
    weight: f64,
    gives_up: f64,
    served: f64,
    lost: f64,
    virtual_wait: f64,
}

impl Sums {
    fn scale(&mut self, factor: f64) {
        self.weight *= factor;
        self.gives_up *= factor;
        self.served *= factor;
        self.lost *= factor;
        self.virtual_wait *= factor;
    }
}

/// The two tails for one limit T, and their sums over the states.
#[derive(Clone, Copy)]
pub(crate) struct Tail {
    x: f64,
    less_x: f64,
    over_c: f64,
    /// The last step of I_x(c, k + 1), times exp(-ln_scale); the tails likewise.
    step: f64,
    tail: f64,
    tail_served: f64,
    ln_scale: f64,
    scale: f64,
    late: f64,
    served: f64,
}

impl Tail {
    /// `limit` in units of the mean patience.
    pub(crate) fn new(c: f64, limit: f64) -> Self {
        let ln_scale = -c * limit;
        Self {
            x: (-limit).exp(),
            less_x: -(-limit).exp_m1(),
            over_c: 1.0 / c,
            step: 1.0,
            tail: 0.0,
            tail_served: 0.0,
            ln_scale,
            scale: ln_scale.exp(),
            late: 0.0,
            served: 0.0,
        }
    }

    /// Adds the state with `k` waiting: `over_k` is 1/k, `answered` is c / (c + k + 1).
    #[inline(always)]
    fn add(&mut self, c: f64, k: f64, over_k: f64, weight: f64, answered: f64) {
        // Weights and tails are multiplied last: both may be far out of range on the way.
        let (late, late_served) = self.advance(c, k, over_k);
        self.late += weight * late;
        self.served += weight * (answered * (1.0 - late_served));
    }

    /// Goes on to somebody who finds `k` waiting, one more than before: P(V > T), and the
    /// same among those who do not give up.
    #[inline(always)]
    pub(crate) fn advance(&mut self, c: f64, k: f64, over_k: f64) -> (f64, f64) {
        if k > 0.0 {
            self.step *= self.less_x * (c + k - 1.0) * over_k;
        }
        self.tail += self.step;
        self.tail_served += self.step * self.x * (1.0 + k * self.over_c);
        let tails = (self.tail * self.scale, self.tail_served * self.scale);
        if self.tail_served > LARGE || self.tail > LARGE {
            self.rescale();
        }
        tails
    }

    #[cold]
    fn rescale(&mut self) {
        self.step /= LARGE;
        self.tail /= LARGE;
        self.tail_served /= LARGE;
        self.ln_scale += LARGE.ln();
        self.scale = self.ln_scale.exp();
    }
}

/// The fate of a caller, and what has happened by each limit in seconds.
pub(super) fn fate<const N: usize>(line: &Impatient, limits: [f64; N]) -> (Fate, [ByLimit; N]) {
    let &Impatient {
        c, eta, patience, ..
    } = line;
    let mut tails = limits.map(|limit| Tail::new(c, limit / patience));
    let mut sums = Sums::default();
    let mut before = line.before;
    let (mut weight, mut k) = (1.0, 0.0);
    // Σ 1/(c+l), Σ 1/(c+l+1), Σ (l+1)/(c+l+1) for l up to k.
    let (mut waits, mut served_waits, mut lost_waits) = (0.0, 0.0, 0.0);
    let mut last = 1.0 / c;
    loop {
        let next = 1.0 / (c + k + 1.0);
        waits += last;
        served_waits += next;
        lost_waits += (k + 1.0) * next;
        let answered = c * next;
        sums.weight += weight;
        sums.gives_up += weight * (k + 1.0) * next;
        sums.served += weight * answered * served_waits;
        sums.lost += weight * next * lost_waits;
        sums.virtual_wait += weight * waits;
        if N > 0 {
            let over_k = 1.0 / k;
            for tail in &mut tails {
                tail.add(c, k, over_k, weight, answered);
            }
        }
        let ratio = eta * next;
        weight *= ratio;
        k += 1.0;
        last = next;
        if ratio < 1.0 {
            let gap = 1.0 - ratio;
            if weight * (k + 1.0) < 1e-16 * sums.weight * gap * gap {
                break;
            }
        } else if weight > LARGE {
            weight /= LARGE;
            before /= LARGE;
            sums.scale(1.0 / LARGE);
            for tail in &mut tails {
                tail.late /= LARGE;
                tail.served /= LARGE;
            }
        }
    }
    normalised(&sums, before, (&tails, limits), patience)
}

/// Probabilities from weights, of which `before` is that of the states without waiting.
fn normalised<const N: usize>(
    sums: &Sums,
    before: f64,
    (tails, limits): (&[Tail; N], [f64; N]),
    patience: f64,
) -> (Fate, [ByLimit; N]) {
    let norm = 1.0 / (sums.weight + before);
    let waits = (sums.weight * norm).min(1.0);
    let fate = Fate {
        waits,
        gives_up: (sums.gives_up * norm).min(1.0),
        served_wait_secs: sums.served * norm * patience,
        lost_wait_secs: sums.lost * norm * patience,
        wait_if_lost_secs: sums.lost / sums.gives_up * patience,
        virtual_wait_secs: sums.virtual_wait * norm * patience,
    };
    let mut by_limit = [ByLimit::default(); N];
    for ((place, tail), limit) in by_limit.iter_mut().zip(tails).zip(limits) {
        let served = (1.0 - waits) + tail.served * norm;
        *place = ByLimit::with_patience(tail.late * norm, served, limit, patience);
    }
    (fate, by_limit)
}
