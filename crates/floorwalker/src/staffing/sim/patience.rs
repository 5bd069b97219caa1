//! Patience from a log: those who were answered would have waited longer.

use super::random::Random;
use crate::error::Result;
use crate::staffing::input;
use crate::time::clock::Survival;

/// How long callers wait before they give up, learned from waits that ended in an
/// abandonment and, *censored*, from those that ended in an answer.
///
/// Only who gave up shows how long they would wait; leaving out the answered would make
/// everybody look impatient. The curve is that of Kaplan and Meier
/// ([`Survival`]); beyond the longest wait seen it goes on as an exponential.
#[derive(Clone, Debug, PartialEq)]
pub struct PatienceCurve {
    mean_secs: Option<f64>,
    survival: Survival,
    /// Milliseconds, and the part that waits beyond them.
    steps: Vec<(i64, f64)>,
}

impl PatienceCurve {
    /// The curve of waits in milliseconds, of those who gave up and of the answered.
    ///
    /// ```
    /// use floorwalker::staffing::PatienceCurve;
    ///
    /// // Two gave up after 30 and 90 seconds, three were answered after 0, 20 and 60.
    /// let curve = PatienceCurve::of([30_000, 90_000], [0, 20_000, 60_000])?;
    /// assert_eq!(curve.mean_secs(), Some(100.0)); // 200 s of waiting, 2 who gave up
    /// assert!((curve.survival().beyond(45_000).unwrap() - 2.0 / 3.0).abs() < 1e-12);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// `value.out_of_range` for a negative wait.
    pub fn of(
        lost_ms: impl IntoIterator<Item = i64>,
        answered_ms: impl IntoIterator<Item = i64>,
    ) -> Result<Self> {
        let survival = Survival::new(lost_ms, answered_ms)?;
        let rows: Vec<(i64, u64, u64)> = survival.clone().into();
        let (mut at_risk, mut beyond) = (survival.cases(), 1.0);
        let (mut waited, mut lost) = (0.0, 0);
        let mut steps = Vec::new();
        for (ms, ended, open) in rows {
            if ended > 0 {
                beyond *= 1.0 - ended as f64 / at_risk as f64;
                steps.push((ms, beyond));
            }
            at_risk -= ended + open;
            waited += ms as f64 / 1000.0 * (ended + open) as f64;
            lost += ended;
        }
        let mean_secs = (lost > 0).then(|| (waited / lost as f64).max(input::LEAST_SECS));
        Ok(Self {
            mean_secs,
            survival,
            steps,
        })
    }

    /// The mean patience if it is exponential: all time waited, by the number who gave
    /// up. This is the number for a [`Workload`](crate::staffing::Workload). `None` if nobody did.
    #[must_use]
    pub fn mean_secs(&self) -> Option<f64> {
        self.mean_secs
    }

    /// The curve itself.
    #[must_use]
    pub fn survival(&self) -> &Survival {
        &self.survival
    }

    /// A patience in seconds, of somebody who has already waited so long.
    pub(super) fn draw_beyond(&self, waited_secs: f64, random: &mut Random) -> f64 {
        let Some(mean) = self.mean_secs else {
            return super::draw::NEVER_SECS;
        };
        let waited_ms = (waited_secs * 1000.0) as i64;
        let before = self.steps.partition_point(|&(ms, _)| ms <= waited_ms);
        let now = if before == 0 {
            1.0
        } else {
            self.steps[before - 1].1
        };
        let wanted = now * random.unit();
        let place = self.steps.partition_point(|&(_, beyond)| beyond >= wanted);
        match self.steps.get(place.max(before)) {
            Some(&(ms, _)) => ms as f64 / 1000.0,
            None => {
                let last = self.steps.last().map_or(0.0, |&(ms, _)| ms as f64 / 1000.0);
                last.max(waited_secs) + mean * random.exponential()
            }
        }
    }
}
