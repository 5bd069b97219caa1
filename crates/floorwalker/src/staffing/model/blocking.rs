//! Erlang B: the part of calls that find all servers busy and do not wait.
//!
//! `1/B = Σ n (n-1) ... (n-j+1) / a^j` is summed from the top, `j` from 0: all terms are
//! positive, so nothing cancels, and near critical load only about `√n` of them count.
//! Far above the load the sum would be long and overflow; there `1/B = 1/p - Σ
//! a^k / ((n+1) ... (n+k))` with the Poisson probability `p` of `n`, the second sum
//! being short. Both hold for real `n` as well; the first then ends with the value for
//! the fractional part.

use crate::error::{ErrorKind, Result};
use crate::staffing::input;

use super::special::{gamma_one_plus, ln_poisson};

/// A term below this part of the sum changes nothing.
const NEGLIGIBLE: f64 = 1e-17;

/// Erlang B, the blocking probability: the part of calls lost where nobody can wait.
///
/// `B(n, a) = (a^n / n!) / Σ_{k ≤ n} a^k / k!` for `load` a in erlangs; between whole
/// numbers of servers its analytic continuation, `1/B = a^-n e^a Γ(n+1, a)`. B(0, a) is
/// 1; B(n, 0) is 0 above 0 servers. Values below 1e-308 come out as 0: see
/// [`ln_erlang_b`].
///
/// Costs about `√servers` steps.
///
/// ```
/// use floorwalker::staffing::erlang_b;
///
/// assert!((erlang_b(5.0, 2.0)? - 4.0 / 109.0).abs() < 1e-16);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if servers or load are negative or no number, or if there are more
/// than ten million servers.
pub fn erlang_b(servers: f64, load: f64) -> Result<f64> {
    let (servers, load) = (input::agents(servers)?, input::traffic(load)?);
    Ok(1.0 / (1.0 + blocking_excess(servers, load)))
}

/// The natural logarithm of [`erlang_b`], also where that is too small for a number.
///
/// Minus infinity for no load on some servers.
///
/// # Errors
/// As for [`erlang_b`].
pub fn ln_erlang_b(servers: f64, load: f64) -> Result<f64> {
    let (servers, load) = (input::agents(servers)?, input::traffic(load)?);
    let excess = blocking_excess(servers, load);
    if excess.is_finite() {
        return Ok(-excess.ln_1p());
    }
    // 1/B is above 1e308, so 1 - B Σ is 1 to the last digit.
    Ok(if load > 0.0 {
        ln_poisson(servers, load)
    } else {
        f64::NEG_INFINITY
    })
}

/// The servers that are enough so that at most `blocking` of the calls are lost.
///
/// ```
/// use floorwalker::staffing::servers_for_blocking;
///
/// assert_eq!(servers_for_blocking(8.1, 0.01)?, 15);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if the load is, or if `blocking` is not between 1e-300 and 1;
/// `goal.unattainable` if ten million servers are too few.
pub fn servers_for_blocking(load: f64, blocking: f64) -> Result<u32> {
    let load = input::traffic(load)?;
    let blocking = input::within("blocking", 1e-300, 1.0, blocking)?;
    let enough = |servers: u32| 1.0 / (1.0 + blocking_excess(servers.into(), load)) <= blocking;
    let seed = (load as u32).min(input::MOST_AGENTS);
    super::search::least(0, seed, input::MOST_AGENTS, enough).ok_or_else(|| {
        let goals = format!("blocking at most {blocking} of {load} erlangs");
        ErrorKind::Unattainable { goals }.into()
    })
}

/// The load in erlangs that `servers` carry while at most `blocking` of the calls are lost.
///
/// ```
/// use floorwalker::staffing::load_for_blocking;
///
/// assert!((load_for_blocking(15.0, 0.01)? - 8.108).abs() < 1e-4);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if servers are, or if `blocking` is not between 1e-300 and 1.
pub fn load_for_blocking(servers: f64, blocking: f64) -> Result<f64> {
    let servers = input::agents(servers)?;
    let blocking = input::within("blocking", 1e-300, 1.0, blocking)?;
    let fits = |load: f64| 1.0 / (1.0 + blocking_excess(servers, load)) <= blocking;
    Ok(super::search::greatest_real(0.0, input::MOST_LOAD, fits).unwrap_or(0.0))
}

/// `1/B - 1`; infinite where B is below 1e-308.
pub(crate) fn blocking_excess(servers: f64, load: f64) -> f64 {
    if servers == 0.0 {
        return 0.0;
    }
    if load == 0.0 {
        return f64::INFINITY;
    }
    if servers > 64.0 && load < servers - 3.0 * servers.sqrt() {
        return from_poisson(servers, load);
    }
    from_the_top(servers, load)
}

fn from_the_top(servers: f64, load: f64) -> f64 {
    let (mut sum, mut term, mut left) = (0.0, 1.0, servers);
    while left >= 1.0 {
        term *= left / load;
        sum += term;
        left -= 1.0;
        if term < NEGLIGIBLE * sum && left < load {
            return sum;
        }
    }
    if left > 0.0 {
        // The last term stands for 1/B of the rest.
        sum += term * fractional_excess(left, load);
    }
    sum
}

/// `1/B - 1` for `f` servers, `f` inside 0 to 1.
fn fractional_excess(f: f64, load: f64) -> f64 {
    if load >= 1.5 {
        return (load * upper_gamma_fraction(f, load) - 1.0).max(0.0);
    }
    let (mut term, mut sum, mut over) = (load / (f + 1.0), 0.0, f + 1.0);
    while term > NEGLIGIBLE * sum {
        sum += term;
        over += 1.0;
        term *= load / over;
    }
    (load.exp() * load.powf(-f) * gamma_one_plus(f) - sum - 1.0).max(0.0)
}

/// `e^a a^(-f-1) Γ(f + 1, a)` by Legendre's continued fraction, evaluated after Lentz.
fn upper_gamma_fraction(f: f64, load: f64) -> f64 {
    let mut b = load - f;
    let mut d = 1.0 / b;
    let (mut c, mut fraction, mut step) = (f64::MAX, d, 1.0);
    loop {
        let numerator = step * (f + 1.0 - step);
        b += 2.0;
        d = 1.0 / (b + numerator * d);
        c = b + numerator / c;
        let factor = c * d;
        fraction *= factor;
        step += 1.0;
        if (factor - 1.0).abs() < 1e-16 || step > 500.0 {
            return fraction;
        }
    }
}

fn from_poisson(servers: f64, load: f64) -> f64 {
    let (mut term, mut sum, mut over) = (1.0, 0.0, servers);
    while term > NEGLIGIBLE * sum {
        over += 1.0;
        term *= load / over;
        sum += term;
    }
    (-ln_poisson(servers, load)).exp() - sum - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_sums_agree_where_they_meet() {
        for servers in [65.0_f64, 120.5, 1000.25, 40_000.0] {
            for below in [2.0, 3.0, 5.0, 9.0] {
                let load = servers - below * servers.sqrt();
                if load <= 1.0 {
                    continue;
                }
                let (top, poisson) = (from_the_top(servers, load), from_poisson(servers, load));
                assert!(
                    (top / poisson - 1.0).abs() < 3e-12,
                    "{servers} {load}: {top} {poisson}"
                );
            }
        }
    }

    #[test]
    fn real_servers_obey_the_recursion() {
        for load in [0.01, 0.7, 1.49, 1.51, 9.0, 80.0] {
            for servers in [0.3, 0.999, 4.5, 70.25] {
                let here = blocking_excess(servers, load) + 1.0;
                let next = blocking_excess(servers + 1.0, load);
                let wanted = (servers + 1.0) / load * here;
                assert!(
                    (next / wanted - 1.0).abs() < 1e-14 * (9.0 + servers),
                    "{servers} {load}"
                );
            }
        }
    }

    #[test]
    fn extremes_have_answers() {
        assert_eq!(erlang_b(0.0, 0.0).unwrap(), 1.0);
        assert_eq!(erlang_b(3.0, 0.0).unwrap(), 0.0);
        assert_eq!(ln_erlang_b(3.0, 0.0).unwrap(), f64::NEG_INFINITY);
        assert!(ln_erlang_b(1e7, 1.0).unwrap() < -1e8);
        assert!(erlang_b(f64::NAN, 1.0).unwrap_err().is_range());
        assert_eq!(erlang_b(1.0, 1e300).unwrap(), 1.0);
        assert!(erlang_b(1.0, f64::INFINITY).unwrap_err().is_range());
        assert!(servers_for_blocking(1e300, 0.1).is_err());
    }
}
