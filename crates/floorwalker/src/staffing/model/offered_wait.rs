//! Erlang A by integrating over the offered wait, where the sum would be long.
//!
//! The wait V that a caller of endless patience would have has, above 0 and with the
//! mean patience as unit, a density proportional to `exp(eta (1 - e^-u) - c u)`. Seen
//! from its peak the exponent is `m (1 - e^-s - s) - d s` with `m = min(c, eta)` and
//! `d = max(c - eta, 0)`: no large numbers are subtracted. It is integrated from the
//! peak outwards in panels of Gauss-Legendre, each of a few standard deviations.

use super::line::{ByLimit, Fate, Impatient};
use super::special::{GAUSS_16, exp_less_line, less_ln_1p, lost_patience};

/// Below this the density adds nothing: e^-46 is 1e-20.
const LOWEST: f64 = -46.0;

/// The density of the offered wait, seen from its peak.
struct Density {
    m: f64,
    d: f64,
    /// Where the peak lies: ln(eta / c), or 0 if the line is not overloaded.
    peak: f64,
}

impl Density {
    fn new(line: &Impatient) -> Self {
        if line.excess > 0.0 {
            Self {
                m: line.c,
                d: 0.0,
                peak: line.excess.ln_1p(),
            }
        } else {
            Self {
                m: line.eta,
                d: line.slack,
                peak: 0.0,
            }
        }
    }

    fn exponent(&self, s: f64) -> f64 {
        -self.m * exp_less_line(s) - self.d * s
    }

    /// How far the next panel may go from `s`.
    fn step(&self, s: f64) -> f64 {
        let curve = self.m * (-s).exp();
        let slope = (curve - self.m - self.d).abs();
        let step = 3.0 / (slope + curve.sqrt());
        if curve > 1e-17 { step.min(1.0) } else { step }
    }

    /// The edges of the panels from 0 on, in the unit of patience.
    fn edges(&self, cuts: &[f64]) -> Vec<f64> {
        let mut edges = vec![self.peak];
        let mut s = 0.0;
        while self.exponent(s) > LOWEST {
            s += self.step(s);
            edges.push(self.peak + s);
        }
        s = 0.0;
        while self.exponent(s) > LOWEST && s > -self.peak {
            s = (s - self.step(s)).max(-self.peak);
            edges.push(self.peak + s);
        }
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for &edge in &edges {
            low = low.min(edge);
            high = high.max(edge);
        }
        edges.extend(cuts.iter().copied().filter(|&cut| low < cut && cut < high));
        edges.sort_unstable_by(f64::total_cmp);
        edges
    }
}

/// Integrals over a stretch of offered waits.
#[derive(Clone, Copy, Default)]
struct Part {
    all: f64,
    served: f64,
    gives_up: f64,
    wait: f64,
    served_wait: f64,
    lost_wait: f64,
}

impl Part {
    fn add_point(&mut self, u: f64, weight: f64) {
        let stays = (-u).exp();
        self.all += weight;
        self.served += weight * stays;
        self.gives_up -= weight * (-u).exp_m1();
        self.wait += weight * u;
        self.served_wait += weight * u * stays;
        self.lost_wait += weight * lost_patience(u);
    }

    fn add_panel(&mut self, density: &Density, low: f64, high: f64) {
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        for (point, weight) in GAUSS_16 {
            for u in [middle - half * point, middle + half * point] {
                let value = density.exponent(u - density.peak).exp();
                self.add_point(u, weight * half * value);
            }
        }
    }
}

/// The fate of a caller, and what has happened by each limit in seconds.
pub(super) fn fate<const N: usize>(line: &Impatient, limits: [f64; N]) -> (Fate, [ByLimit; N]) {
    let density = Density::new(line);
    let patience = line.patience;
    let cuts = limits.map(|limit| limit / patience);
    let mut whole = Part::default();
    let mut within = [(0.0, 0.0); N];
    let edges = density.edges(&cuts);
    for panel in edges.windows(2) {
        let mut part = Part::default();
        part.add_panel(&density, panel[0], panel[1]);
        for (sums, cut) in within.iter_mut().zip(cuts) {
            if panel[1] <= cut {
                sums.0 += part.all;
                sums.1 += part.served;
            }
        }
        whole.all += part.all;
        whole.served += part.served;
        whole.gives_up += part.gives_up;
        whole.wait += part.wait;
        whole.served_wait += part.served_wait;
        whole.lost_wait += part.lost_wait;
    }
    // The states with all busy weigh c times the integral, at the height of the peak.
    let height = if density.peak > 0.0 {
        line.c * less_ln_1p(line.excess)
    } else {
        0.0
    };
    let busy = (line.c.ln() + height + whole.all.ln()).exp();
    let waits = if busy.is_finite() {
        busy / (busy + line.before)
    } else {
        1.0
    };
    let per = waits / whole.all;
    let fate = Fate {
        waits,
        gives_up: (whole.gives_up * per).min(1.0),
        served_wait_secs: whole.served_wait * per * patience,
        lost_wait_secs: whole.lost_wait * per * patience,
        wait_if_lost_secs: whole.lost_wait / whole.gives_up * patience,
        virtual_wait_secs: whole.wait * per * patience,
    };
    let mut by_limit = [ByLimit::default(); N];
    for ((place, sums), limit) in by_limit.iter_mut().zip(within).zip(limits) {
        let late = waits - sums.0 * per;
        let served = (1.0 - waits) + sums.1 * per;
        *place = ByLimit::with_patience(late, served, limit, patience);
    }
    (fate, by_limit)
}

#[cfg(test)]
mod tests {
    use super::super::waiting;
    use super::*;

    /// Sum and integral are two ways to the same numbers.
    #[test]
    fn integral_and_sum_agree() {
        for (c, eta, before) in [
            (10.0, 9.0, 4.0),
            (40.0, 60.0, 1.5),
            (0.001, 500.0, 0.3),
            (3000.0, 3000.0, 90.0),
            (900.0, 4000.0, 3.0),
            (5.0, 0.2, 1e6),
            (2000.0, 1500.0, 1e9),
        ] {
            let line = Impatient {
                c,
                eta,
                slack: c - eta,
                excess: eta / c - 1.0,
                patience: 120.0,
                before,
            };
            let limits = [0.0, 5.0, 20.0, 600.0];
            let (sum, sum_by) = waiting::fate(&line, limits);
            let (integral, integral_by) = fate(&line, limits);
            for (a, b) in sum_by.iter().zip(&integral_by) {
                assert!(
                    (a.virtual_late - b.virtual_late).abs() < 1e-12,
                    "{c} {eta} {a:?} {b:?}"
                );
                assert!((a.served - b.served).abs() < 1e-12, "{c} {eta} {a:?} {b:?}");
                assert!((a.lost - b.lost).abs() < 1e-12, "{c} {eta} {a:?} {b:?}");
            }
            for (a, b) in [
                (sum.waits, integral.waits),
                (sum.gives_up, integral.gives_up),
                (sum.served_wait_secs, integral.served_wait_secs),
                (sum.lost_wait_secs, integral.lost_wait_secs),
                (sum.virtual_wait_secs, integral.virtual_wait_secs),
            ] {
                assert!(
                    (a - b).abs() <= 1e-11 * a.abs(),
                    "{c} {eta} {sum:?} {integral:?}"
                );
            }
        }
    }
}
