//! How likely a target is missed, learned from past cases.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How long past cases took, in business time, counting open cases for what they show.
///
/// Invariant: times are not negative; at each time listed at least one case ended or
/// was last seen.
///
/// This is the survival curve of Kaplan and Meier (1958): S(t) = Π (1 - d/n) over the
/// times up to t at which cases ended, d of the n that had lasted so long. A case that
/// is still open, or left for another reason, is *censored*: it counts among the n up
/// to the time at which it was last seen. Leaving open cases out instead would make
/// every backlog look faster than it is.
///
/// Keep one curve for each step and queue, timed from entering the step to the end of
/// the case, so that the risk of a case is that of its remaining way. Curves of parts
/// (days, machines) are [merged](Self::merge) exactly, in any order.
///
/// ```
/// use floorwalker::time::clock::Survival;
///
/// const HOUR: i64 = 3_600_000;
/// // Three cases took 1, 2 and 4 hours; one is open since 3 hours.
/// let ended = [HOUR, 2 * HOUR, 4 * HOUR];
/// let curve = Survival::new(ended, [3 * HOUR])?;
/// assert_eq!(curve.beyond(2 * HOUR), Some(0.5));
///
/// // A case is at this step since an hour and has an hour left: half of the curve's
/// // cases that lasted beyond one hour lasted beyond two, or two thirds.
/// let risk = curve.breach_risk(HOUR, HOUR).unwrap();
/// assert!((risk.probability - 2.0 / 3.0).abs() < 1e-12);
/// assert_eq!(risk.at_risk, 3);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(i64, u64, u64)>", into = "Vec<(i64, u64, u64)>")]
pub struct Survival {
    /// By time in milliseconds: cases that ended, cases last seen.
    times: BTreeMap<i64, Seen>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    ended: u64,
    open: u64,
}

/// How likely a case misses its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreachRisk {
    /// The probability of a miss, 0 to 1.
    pub probability: f64,
    /// Its standard error by Greenwood's formula; 0 where no case ended in between,
    /// which says little when few are left.
    pub standard_error: f64,
    /// How many past cases had lasted as long as this one: below some tens the
    /// probability is a rough guide.
    pub at_risk: u64,
    /// Whether the target lies beyond all that was seen, so that the true probability
    /// may be lower.
    pub is_upper_bound: bool,
}

impl Survival {
    /// The curve of cases that ended after so many milliseconds of business time, and
    /// of cases that were still open after so many.
    ///
    /// # Errors
    /// `value.out_of_range` for a negative time.
    pub fn new(
        ended_ms: impl IntoIterator<Item = i64>,
        open_ms: impl IntoIterator<Item = i64>,
    ) -> Result<Self> {
        let ended = ended_ms.into_iter().map(|ms| (ms, 1, 0));
        let open = open_ms.into_iter().map(|ms| (ms, 0, 1));
        Self::of(ended.chain(open))
    }

    fn of(rows: impl IntoIterator<Item = (i64, u64, u64)>) -> Result<Self> {
        let mut times: BTreeMap<i64, Seen> = BTreeMap::new();
        for (ms, ended, open) in rows {
            if ms < 0 {
                return Err(Error::range("time of a case", 0, "any", format!("{ms} ms")));
            }
            if ended > 0 || open > 0 {
                let seen = times.entry(ms).or_default();
                seen.ended = seen.ended.saturating_add(ended);
                seen.open = seen.open.saturating_add(open);
            }
        }
        Ok(Self { times })
    }

    /// The curve over the cases of both.
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        for (ms, more) in &other.times {
            let seen = self.times.entry(*ms).or_default();
            seen.ended = seen.ended.saturating_add(more.ended);
            seen.open = seen.open.saturating_add(more.open);
        }
        self
    }

    /// How many cases there are, ended and open.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.lasting(0)
    }

    /// The estimated part of cases that take longer than `ms`; `None` without cases.
    ///
    /// Beyond the longest time seen, where that case was open, it is an upper bound.
    #[must_use]
    pub fn beyond(&self, ms: i64) -> Option<f64> {
        (self.cases() > 0).then(|| self.between(-1, ms).0)
    }

    /// How likely a case takes longer than the `left_ms` that its target still allows,
    /// given that it has been at this step for `waited_ms` already.
    ///
    /// P = S(waited + left) / S(waited). It is 1 if nothing is left. `None` if no past
    /// case lasted longer than `waited_ms`.
    #[must_use]
    pub fn breach_risk(&self, waited_ms: i64, left_ms: i64) -> Option<BreachRisk> {
        let at_risk = self.lasting(waited_ms.saturating_add(1));
        if at_risk == 0 {
            return None;
        }
        let target_ms = waited_ms.saturating_add(left_ms.max(0));
        let (probability, variance) = self.between(waited_ms, target_ms);
        let seen_until = self.times.keys().next_back().copied().unwrap_or(0);
        Some(BreachRisk {
            probability,
            standard_error: probability * variance.sqrt(),
            at_risk,
            is_upper_bound: target_ms > seen_until && probability > 0.0,
        })
    }

    /// Cases that lasted at least `ms`.
    fn lasting(&self, ms: i64) -> u64 {
        let later = self
            .times
            .range(ms..)
            .map(|(_, seen)| seen.ended.saturating_add(seen.open));
        later.fold(0, u64::saturating_add)
    }

    /// Π (1 - d/n) over the times in `(after, until]`, and Greenwood's Σ d / (n (n - d)).
    #[allow(clippy::cast_precision_loss, reason = "counts become a probability")]
    fn between(&self, after: i64, until: i64) -> (f64, f64) {
        let (mut survived, mut variance) = (1.0, 0.0);
        let mut at_risk = self.lasting(after.saturating_add(1));
        for seen in self
            .times
            .range(after.saturating_add(1)..)
            .take_while(|time| *time.0 <= until)
        {
            let Seen { ended, open } = *seen.1;
            let (n, d) = (at_risk as f64, ended as f64);
            if ended >= at_risk {
                return (0.0, 0.0);
            }
            survived *= 1.0 - d / n;
            variance += d / (n * (n - d));
            at_risk = at_risk.saturating_sub(ended.saturating_add(open));
            if at_risk == 0 {
                break;
            }
        }
        (survived, variance)
    }
}

impl TryFrom<Vec<(i64, u64, u64)>> for Survival {
    type Error = Error;
    fn try_from(rows: Vec<(i64, u64, u64)>) -> Result<Self> {
        Self::of(rows)
    }
}

impl From<Survival> for Vec<(i64, u64, u64)> {
    fn from(curve: Survival) -> Self {
        let rows = curve.times.into_iter();
        rows.map(|(ms, seen)| (ms, seen.ended, seen.open)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Cases = Vec<(i64, bool)>;

    fn curve(cases: &Cases) -> Survival {
        let of = |wanted: bool| {
            cases
                .iter()
                .filter(move |case| case.1 == wanted)
                .map(|case| case.0)
        };
        Survival::new(of(true), of(false)).unwrap()
    }

    fn cases() -> impl Strategy<Value = Cases> {
        proptest::collection::vec((0i64..30, any::<bool>()), 1..40)
    }

    /// Efron's way to the same curve: each case weighs 1/n; the weight of an open case
    /// is handed in equal parts to all cases that lasted longer.
    fn by_redistribution(cases: &Cases, ms: i64) -> f64 {
        let mut cases = cases.clone();
        // At the same time, cases that ended come before open ones.
        cases.sort_by_key(|&(ms, ended)| (ms, !ended));
        let mut weights = vec![1.0 / cases.len() as f64; cases.len()];
        for place in 0..cases.len() {
            let later = cases.len() - place - 1;
            if !cases[place].1 && later > 0 {
                let share = weights[place] / later as f64;
                weights[place] = 0.0;
                weights[place + 1..]
                    .iter_mut()
                    .for_each(|weight| *weight += share);
            }
        }
        let gone = cases
            .iter()
            .zip(&weights)
            .filter(|(case, _)| case.0 <= ms && case.1);
        1.0 - gone.map(|(_, weight)| weight).sum::<f64>()
    }

    #[test]
    fn a_curve_by_hand() {
        // 1 ended of 4; 1 ended of 3; one open; 1 ended of 1.
        let curve = Survival::new([10, 20, 40], [30]).unwrap();
        let at = [9, 10, 20, 39, 40].map(|ms| curve.beyond(ms).unwrap());
        assert_eq!(at[0], 1.0);
        assert_eq!(at[1], 0.75);
        assert!((at[2] - 0.5).abs() < 1e-12 && at[2] == at[3]);
        assert_eq!(at[4], 0.0);
        let risk = curve.breach_risk(10, 10).unwrap();
        // Greenwood: P * sqrt(1 / (3 * 2)).
        assert!((risk.standard_error - 2.0 / 3.0 * (1.0_f64 / 6.0).sqrt()).abs() < 1e-12);
        assert_eq!(curve.breach_risk(40, 5), None);
        assert_eq!(curve.breach_risk(30, -5).unwrap().probability, 1.0);
    }

    #[test]
    fn beyond_an_open_case_nothing_is_known() {
        let curve = Survival::new([10], [20]).unwrap();
        let risk = curve.breach_risk(0, 100).unwrap();
        assert_eq!((risk.probability, risk.is_upper_bound), (0.5, true));
        assert!(!curve.breach_risk(0, 20).unwrap().is_upper_bound);
        assert!(
            !Survival::new([10], [])
                .unwrap()
                .breach_risk(0, 100)
                .unwrap()
                .is_upper_bound
        );
    }

    #[test]
    fn no_cases_give_no_answer() {
        let empty = Survival::default();
        assert_eq!(
            (empty.beyond(5), empty.breach_risk(0, 5), empty.cases()),
            (None, None, 0)
        );
        assert!(Survival::new([-1], []).unwrap_err().is_range());
        assert!(serde_json::from_str::<Survival>("[[-5,1,0]]").is_err());
    }

    proptest! {
        #[test]
        fn redistributing_open_cases_gives_the_same(cases in cases(), ms in 0i64..35) {
            let ours = curve(&cases).beyond(ms).unwrap();
            prop_assert!((ours - by_redistribution(&cases, ms)).abs() < 1e-9);
        }

        #[test]
        fn without_open_cases_it_is_the_share_that_took_longer(times in proptest::collection::vec(0i64..30, 1..40), ms in 0i64..35) {
            let share = times.iter().filter(|&&time| time > ms).count() as f64 / times.len() as f64;
            let ours = Survival::new(times, []).unwrap().beyond(ms).unwrap();
            prop_assert!((ours - share).abs() < 1e-9);
        }

        #[test]
        fn any_split_merges_to_the_whole(cases in cases(), cut in 0usize..40) {
            let (left, right) = cases.split_at(cut.min(cases.len()));
            let merged = curve(&right.to_vec()).merge(&curve(&left.to_vec()));
            prop_assert_eq!(&merged, &curve(&cases));
            let json = serde_json::to_string(&merged).unwrap();
            prop_assert_eq!(serde_json::from_str::<Survival>(&json).unwrap(), merged);
        }

        #[test]
        fn more_time_left_is_never_a_higher_risk(cases in cases(), waited in 0i64..20, left in 0i64..20) {
            let curve = curve(&cases);
            if let (Some(less), Some(more)) = (curve.breach_risk(waited, left), curve.breach_risk(waited, left + 1)) {
                prop_assert!(more.probability <= less.probability);
                prop_assert!((0.0..=1.0).contains(&more.probability) && more.standard_error >= 0.0);
                let ratio = curve.beyond(waited + left).unwrap() / curve.beyond(waited).unwrap();
                prop_assert!((less.probability - ratio).abs() < 1e-9);
            }
        }
    }
}
