//! Logarithm and exponential with the same last bit on every machine.
//!
//! The standard ones may differ between systems in the last bit, which would
//! change a generated log. These use only addition, multiplication, division and
//! rounding, which the IEEE standard fixes exactly.

use std::f64::consts::{LN_2, SQRT_2};

/// ln 2 to 33 bits, so that a whole multiple of it is exact.
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
/// The rest of ln 2.
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// 1, 1/3, 1/5, ...
const ODD_RECIPROCALS: [f64; 12] = {
    let mut terms = [1.0; 12];
    let mut k = 1;
    while k < 12 {
        terms[k] = 1.0 / (2 * k + 1) as f64;
        k += 1;
    }
    terms
};

/// 1/0!, 1/1!, 1/2!, ...
const FACTORIAL_RECIPROCALS: [f64; 15] = {
    let mut terms = [1.0; 15];
    let (mut n, mut factorial) = (1, 1_u64);
    while n < 15 {
        factorial *= n as u64;
        terms[n] = 1.0 / factorial as f64;
        n += 1;
    }
    terms
};

/// c0 + c1 x + c2 x^2 + ..., by Horner's rule.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    let mut sum = 0.0;
    for &coefficient in coefficients.iter().rev() {
        sum = sum * x + coefficient;
    }
    sum
}

/// The natural logarithm of a positive, normal number.
///
/// With x = m 2^e, m between sqrt(1/2) and sqrt(2), and s = (m - 1) / (m + 1):
/// ln x = e ln 2 + 2 (s + s^3/3 + s^5/5 + ...).
pub(super) fn ln(x: f64) -> f64 {
    debug_assert!(x.is_normal() && x > 0.0, "ln of {x}");
    let bits = x.to_bits();
    let mut exponent = (bits >> 52) as i64 - 1023;
    let mut mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
    if mantissa > SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let sum = polynomial(&ODD_RECIPROCALS, square);
    exponent as f64 * LN_2_LOW + 2.0 * s * sum + exponent as f64 * LN_2_HIGH
}

/// e to the power x, for x between -700 and 700.
///
/// With x = k ln 2 + r and |r| at most half of ln 2: e^x = 2^k (1 + r + r^2/2 + ...).
pub(super) fn exp(x: f64) -> f64 {
    debug_assert!(x.abs() <= 700.0, "exp of {x}");
    let k = (x / LN_2).round();
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    polynomial(&FACTORIAL_RECIPROCALS, r) * f64::from_bits(((k as i64 + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_the_standard_library() {
        let mut x = 1e-300_f64;
        while x < 1e300 {
            let expected = x.ln();
            assert!((ln(x) - expected).abs() <= 4e-16 * expected.abs().max(1.0));
            x *= 1.37;
        }
        let mut y = -700.0_f64;
        while y < 700.0 {
            assert!((exp(y) / y.exp() - 1.0).abs() <= 1e-15, "exp({y})");
            y += 0.173;
        }
    }

    #[test]
    fn small_steps_around_one() {
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(exp(0.0), 1.0);
        let near = 1.0_f64 + 1e-10;
        assert!((ln(near) / near.ln() - 1.0).abs() < 1e-15);
    }
}
