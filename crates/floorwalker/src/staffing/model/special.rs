//! The special functions of queueing, to nearly the last digit.
//!
//! They are written here and not taken from a crate: only their combinations with the
//! load are needed, and these keep digits that separate factors would lose.

/// `1 / Γ(1.5 + x)`: its Taylor series about 0, for |x| at most 1/2.
/// Computed with 40 digits; the error of the sum is below 3e-16.
const RECIPROCAL_GAMMA: [f64; 20] = [
    std::f64::consts::FRAC_2_SQRT_PI,
    -0.041_174_526_445_283_1,
    -0.526_654_435_525_544_5,
    0.175_102_026_043_934_56,
    0.050_966_860_247_706_075,
    -0.042_155_169_368_535_6,
    0.006_612_897_826_824_127,
    0.002_120_731_442_572_938,
    -0.001_110_730_254_594_890_7,
    0.000_152_357_620_747_676_87,
    2.535_520_492_381_416_5e-5,
    -1.389_680_571_791_375_6e-5,
    2.156_203_290_514_172_5e-6,
    5.794_264_054_052_673e-8,
    -8.913_551_118_311_112e-8,
    1.710_346_941_591_537_4e-8,
    -9.313_686_445_241_902e-10,
    -2.680_474_103_349_662_5e-10,
    7.458_932_233_316_326e-11,
    -8.012_807_061_414_718e-12,
];

/// `Γ(1 + f)` for `f` from 0 to 1.
pub(crate) fn gamma_one_plus(f: f64) -> f64 {
    let x = f - 0.5;
    1.0 / RECIPROCAL_GAMMA
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// `u - ln(1 + u)` without the cancellation for small `u`; `u` above -1.
pub(crate) fn less_ln_1p(u: f64) -> f64 {
    if !(-0.3..0.4).contains(&u) {
        return u - u.ln_1p();
    }
    // ln(1 + u) = 2 artanh(v) with v = u / (2 + u), and u - 2 v = u v.
    let v = u / (2.0 + u);
    let square = v * v;
    let (mut power, mut sum, mut odd) = (2.0 * v * square, 0.0, 3.0);
    loop {
        let term = power / odd;
        sum += term;
        if term.abs() <= 1e-18 * (u * v).abs() {
            return u * v - sum;
        }
        power *= square;
        odd += 2.0;
    }
}

/// `s - 1 + exp(-s)` without the cancellation for small `s`.
pub(crate) fn exp_less_line(s: f64) -> f64 {
    if s.abs() > 0.5 {
        return s + (-s).exp_m1();
    }
    let (mut term, mut sum, mut count) = (s * s / 2.0, 0.0, 2.0);
    while term.abs() > 1e-19 * s * s {
        sum += term;
        count += 1.0;
        term *= -s / count;
    }
    sum
}

/// `1 - exp(-u) (1 + u)` without the cancellation for small `u`, `u` not negative: the
/// mean of an exponential patience over those that it ended before `u`.
pub(crate) fn lost_patience(u: f64) -> f64 {
    if u > 0.5 {
        return 1.0 - (-u).exp() * (1.0 + u);
    }
    let (mut term, mut sum, mut count) = (u * u / 2.0, 0.0, 2.0);
    // Σ (-1)^j u^j (j - 1) / j! from j = 2 on.
    while term.abs() > 1e-19 * u * u {
        sum += term * (count - 1.0);
        count += 1.0;
        term *= -u / count;
    }
    sum
}

/// `ln(n! / (n^n e^-n √(2 π n)))` for real `n` from 15 on (Stirling's series).
fn stirling_rest(n: f64) -> f64 {
    let r = 1.0 / n;
    let s = r * r;
    r * (1.0 / 12.0
        - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s * (1.0 / 1188.0)))))
}

/// `ln(a^n e^-a / Γ(n + 1))` for real `n` from 0 on and `a` above 0, in the
/// saddle-point form of C. Loader (2000): no difference of large logarithms.
pub(crate) fn ln_poisson(n: f64, a: f64) -> f64 {
    if n >= 15.0 {
        let u = (a - n) / n;
        let distance = if u > -0.3 {
            n * less_ln_1p(u)
        } else {
            n * ((n / a).ln() - 1.0) + a
        };
        return -distance - stirling_rest(n) - 0.5 * (std::f64::consts::TAU * n).ln();
    }
    let f = n.fract();
    let whole = n - f;
    let mut ln_factorial = gamma_one_plus(f).ln();
    let mut factor = 1.0;
    while factor <= whole {
        ln_factorial += (f + factor).ln();
        factor += 1.0;
    }
    n * a.ln() - a - ln_factorial
}

/// The standard normal distribution function.
///
/// Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/15 + ...) near the middle, and the continued
/// fraction of Laplace in the tails; absolute error below 1e-14.
pub(crate) fn normal_below(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.abs() > 4.0 {
        let tail = normal_density(x) * tail_ratio(x.abs());
        return if x < 0.0 { tail } else { 1.0 - tail };
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > 1e-18 * sum.abs() {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    0.5 + normal_density(x) * sum
}

/// `(1 - Φ(x)) / φ(x)` for `x` from 4 on.
fn tail_ratio(x: f64) -> f64 {
    let mut fraction = x;
    for step in (1..=60).rev() {
        fraction = x + f64::from(step) / fraction;
    }
    1.0 / fraction
}

/// The standard normal density.
pub(crate) fn normal_density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt()
}

/// The hazard rate of the standard normal, `φ(x) / (1 - Φ(x))`.
pub(crate) fn normal_hazard(x: f64) -> f64 {
    if x > 4.0 {
        1.0 / tail_ratio(x)
    } else {
        normal_density(x) / normal_below(-x)
    }
}

/// The `x` with Φ(x) = `p`, for `p` inside 0 to 1; by bisection, to about 1e-13.
#[cfg(test)]
pub(crate) fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let (mut low, mut high) = (-38.0, 0.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal_below(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Points and weights of Gauss-Legendre with 16 points on -1 to 1, the positive half.
pub(crate) const GAUSS_16: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_59),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn close(given: f64, wanted: f64, relative: f64) {
        let error = (given - wanted).abs();
        assert!(error <= relative * wanted.abs(), "{given} is not {wanted}");
    }

    // Wanted values: 30 digits of the PyPI package mpmath 1.3.0, rounded.
    #[test]
    fn values_of_a_second_implementation() {
        close(gamma_one_plus(0.25), 0.906_402_477_055_477, 4e-16);
        close(less_ln_1p(1e-9), 4.999_999_996_666_667e-19, 1e-15);
        close(less_ln_1p(-0.2), 0.023_143_551_314_209_756, 1e-15);
        close(exp_less_line(1e-8), 4.999_999_983_333_333e-17, 1e-15);
        close(lost_patience(1e-6), 4.999_996_666_667_916e-13, 1e-15);
        close(lost_patience(0.5), 0.090_204_010_431_049_86, 1e-15);
        close(normal_below(-2.0), 0.022_750_131_948_179_21, 1e-14);
        close(normal_below(-6.0), 9.865_876_450_376_98e-10, 1e-13);
        close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-12);
    }

    #[test]
    fn poisson_by_the_definition() {
        for (n, a) in [(3.0_f64, 2.0_f64), (14.5, 10.0), (20.0, 31.0)] {
            let below = ln_poisson(n, a) + (a / (n + 1.0)).ln();
            close(ln_poisson(n + 1.0, a), below, 1e-13);
        }
        close(ln_poisson(3.0, 2.0), (8.0 / 6.0_f64).ln() - 2.0, 1e-15);
    }
}
