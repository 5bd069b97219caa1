//! Looking for the place where an answer changes from no to yes.

/// The least whole number in `low..=high` for which `holds`, which must stay true once
/// it is; looked for from `seed` with doubling steps. `None` if it never holds.
pub(crate) fn least(
    low: u32,
    seed: u32,
    high: u32,
    mut holds: impl FnMut(u32) -> bool,
) -> Option<u32> {
    let seed = seed.clamp(low, high);
    let mut step = 1;
    let (mut no, mut yes);
    if holds(seed) {
        yes = seed;
        loop {
            if yes == low {
                return Some(low);
            }
            let next = yes.saturating_sub(step).max(low);
            if holds(next) {
                yes = next;
                step = step.saturating_mul(2);
            } else {
                no = next;
                break;
            }
        }
    } else {
        no = seed;
        loop {
            if no == high {
                return None;
            }
            let next = no.saturating_add(step).min(high);
            if holds(next) {
                yes = next;
                break;
            }
            no = next;
            step = step.saturating_mul(2);
        }
    }
    while yes - no > 1 {
        let middle = no + (yes - no) / 2;
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    Some(yes)
}

/// The greatest number in `low..=high` for which `holds`, which must stay false once it
/// is, to the last digits. `None` if it does not even hold at `low`.
pub(crate) fn greatest_real(
    low: f64,
    high: f64,
    mut holds: impl FnMut(f64) -> bool,
) -> Option<f64> {
    if !holds(low) {
        return None;
    }
    if holds(high) {
        return Some(high);
    }
    let (mut yes, mut no) = (low, high);
    for _ in 0..200 {
        let middle = middle_of(yes, no);
        if middle <= yes || middle >= no || no - yes <= 2e-15 * no {
            break;
        }
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    Some(yes)
}

/// The geometric mean while the two are of different size, so that few steps cross many
/// powers of ten; the arithmetic one then.
fn middle_of(low: f64, high: f64) -> f64 {
    if low < 1e-9 && high > 1e-6 {
        return high * 1e-3;
    }
    if high > 4.0 * low && low > 0.0 {
        (low * high).sqrt()
    } else {
        0.5 * (low + high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_finds_the_same() {
        for wanted in [0, 1, 7, 99, 100] {
            for seed in [0, 3, 50, 100, 4000] {
                assert_eq!(least(0, seed, 100, |n| n >= wanted), Some(wanted));
            }
        }
        assert_eq!(least(0, 5, 100, |_| false), None);
    }

    #[test]
    fn reals_of_all_sizes() {
        for wanted in [1e-12, 0.3, 8.0, 9e6] {
            let found = greatest_real(0.0, 1e7, |x| x <= wanted).unwrap();
            assert!((found / wanted - 1.0).abs() < 1e-12, "{found} {wanted}");
        }
        assert_eq!(greatest_real(1.0, 2.0, |_| false), None);
    }
}
