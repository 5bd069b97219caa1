//! Random numbers that stay the same for ever.
//!
//! PCG-XSH-RR 64/32 (O'Neill, "PCG: a family of simple fast space-efficient
//! statistically good algorithms for random number generation", 2014): a linear
//! congruential step of 64 bits whose state is folded to 32 bits and rotated. A
//! stream number selects one of 2^63 independent sequences, so that each part of
//! a simulation can draw without disturbing the others.

use super::elementary::{exp, ln};

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;

/// A random source: a place in one of the 2^63 sequences.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
    increment: u64,
}

impl Rng {
    /// The start of a sequence; the same seed and stream give the same numbers.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = Self {
            state: 0,
            increment: (stream << 1) | 1,
        };
        rng.next_u32();
        rng.state = rng.state.wrapping_add(seed);
        rng.next_u32();
        rng
    }

    /// 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
        let folded = (((old >> 18) ^ old) >> 27) as u32;
        folded.rotate_right((old >> 59) as u32)
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        (u64::from(self.next_u32()) << 32) | u64::from(self.next_u32())
    }

    /// A whole number from 0 to `bound` - 1, each equally likely; 0 when `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        let reject = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
        loop {
            let product = u64::from(self.next_u32()) * u64::from(bound);
            if product as u32 >= reject {
                return (product >> 32) as u32;
            }
        }
    }

    /// A number in 0 <= u < 1, a multiple of 2^-53.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A number in `low` <= u < `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A waiting time without memory, by inversion: -mean ln(1 - u).
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * ln(1.0 - self.uniform())
    }

    /// A standard normal number, by Marsaglia's polar method; the second number
    /// that the method yields is dropped, so that no state is hidden.
    pub fn normal(&mut self) -> f64 {
        loop {
            let x = 2.0 * self.uniform() - 1.0;
            let y = 2.0 * self.uniform() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                return x * (-2.0 * ln(square) / square).sqrt();
            }
        }
    }

    /// A log-normal number with the given mean; `sigma` is the standard deviation of
    /// its logarithm.
    pub fn lognormal(&mut self, mean: f64, sigma: f64) -> f64 {
        mean * exp(sigma * self.normal() - 0.5 * sigma * sigma)
    }

    /// A number of rare events, by counting factors (Knuth), in portions of a mean of
    /// at most 16 because the sum of Poisson numbers is Poisson.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let mut left = mean;
        let mut count = 0;
        while left > 0.0 {
            let limit = exp(-left.min(16.0));
            left -= 16.0;
            let mut product = self.uniform();
            while product > limit {
                count += 1;
                product *= self.uniform();
            }
        }
        count
    }

    /// One of the items, each equally likely; `None` of none.
    pub fn choose<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let bound = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.get(self.below(bound) as usize)
    }

    /// Puts the items in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            items.swap(last, self.below(bound) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the author's own demonstration program (seed 42, stream 54).
    #[test]
    fn matches_the_published_sequence() {
        let mut rng = Rng::new(42, 54);
        let numbers: Vec<u32> = (0..6).map(|_| rng.next_u32()).collect();
        assert_eq!(
            numbers,
            [
                0xa15c_02b7,
                0x7b47_f409,
                0xba1d_3330,
                0x83d2_f293,
                0xbfa4_784b,
                0xcbed_606e
            ]
        );
    }

    fn mean_and_variance(count: u32, mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let values: Vec<f64> = (0..count).map(|_| draw()).collect();
        let n = f64::from(count);
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
        (mean, variance)
    }

    fn assert_near(given: f64, expected: f64, tolerance: f64) {
        assert!(
            (given - expected).abs() <= tolerance,
            "{given} is not near {expected}"
        );
    }

    /// Means and variances of the textbooks; the tolerances are about five standard errors.
    #[test]
    fn distributions_have_their_moments() {
        let mut rng = Rng::new(7, 1);
        let (mean, variance) = mean_and_variance(100_000, || rng.exponential(3.0));
        assert_near(mean, 3.0, 0.05);
        assert_near(variance, 9.0, 0.45);
        let (mean, variance) = mean_and_variance(100_000, || rng.normal());
        assert_near(mean, 0.0, 0.016);
        assert_near(variance, 1.0, 0.025);
        let (mean, variance) = mean_and_variance(100_000, || rng.lognormal(10.0, 0.5));
        assert_near(mean, 10.0, 0.09);
        assert_near(variance, 28.4, 1.6);
        for expected in [0.3, 4.0, 50.0] {
            let (mean, variance) = mean_and_variance(50_000, || f64::from(rng.poisson(expected)));
            assert_near(mean, expected, 0.025 * expected.sqrt());
            assert_near(variance, expected, 0.05 * expected.max(1.0));
        }
    }

    #[test]
    fn whole_numbers_are_even_and_bounded() {
        let mut rng = Rng::new(1, 2);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[rng.below(7) as usize] += 1;
        }
        assert!(
            counts.iter().all(|&c| c.abs_diff(10_000) < 500),
            "{counts:?}"
        );
        assert_eq!(rng.below(1), 0);
        assert_eq!(rng.below(0), 0);
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Rng::new(3, 3).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
        assert_eq!(Rng::new(0, 0).choose::<u8>(&[]), None);
    }

    #[test]
    fn streams_differ() {
        assert_ne!(Rng::new(1, 1).next_u64(), Rng::new(1, 2).next_u64());
    }
}
