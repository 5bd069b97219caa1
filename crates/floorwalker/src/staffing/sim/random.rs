//! Random numbers that stay the same for ever: the same seed gives the same day.

/// A random source of its own, so that results do not change with another crate's version.
///
/// xoshiro256++ of D. Blackman and S. Vigna (2019), its state filled by splitmix64 from
/// a seed and the number of a stream; streams do not disturb each other.
#[derive(Clone, Debug)]
pub(super) struct Random([u64; 4]);

impl Random {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut place = seed ^ stream.wrapping_mul(0xd134_2543_de82_ef95);
        Self(std::array::from_fn(|_| {
            place = place.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = place;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        }))
    }

    fn bits(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number above 0 and at most 1.
    pub(super) fn unit(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `count`, which is above 0.
    pub(super) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// An exponential number of mean 1.
    pub(super) fn exponential(&mut self) -> f64 {
        -self.unit().ln()
    }

    /// A standard normal number (Box and Muller).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (2.0 * self.exponential()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// A lognormal number of mean 1 with this coefficient of variation.
    pub(super) fn factor(&mut self, variation: f64) -> f64 {
        if variation == 0.0 {
            return 1.0;
        }
        let square = (variation * variation).ln_1p();
        (square.sqrt() * self.normal() - 0.5 * square).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_right() {
        let mut random = Random::new(5, 1);
        let count = 200_000;
        let (mut sum, mut squares, mut normal) = (0.0, 0.0, 0.0);
        for _ in 0..count {
            let value = random.exponential();
            sum += value;
            squares += value * value;
            normal += random.normal().powi(2);
        }
        let n = f64::from(count);
        assert!((sum / n - 1.0).abs() < 0.01 && (squares / n - 2.0).abs() < 0.05);
        assert!((normal / n - 1.0).abs() < 0.02);
        assert_eq!(Random::new(5, 1).bits(), Random::new(5, 1).bits());
        assert_ne!(Random::new(5, 1).bits(), Random::new(5, 2).bits());
    }
}
