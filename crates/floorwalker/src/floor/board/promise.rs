//! The service level of the running period, and where it is going.

use serde::{Deserialize, Serialize};

use super::alarm::{AlarmKey, AlarmKind, Cause};
use super::board::Board;
use super::state::Period;
use crate::contact::Outcome;
use crate::service::{Category, Verdict};
use crate::time::{Span, instant};
use crate::units::Fraction;

/// Where the service level of a period is going (proiezione).
///
/// Of the contacts of the period, `judged` have been judged, `good` of them for. Of
/// those that wait, `late` are beyond the threshold and taken as lost; the others, and
/// the `rest` that is still expected, are taken to go like the last ones did: the pace,
/// `pace_good` of `pace_judged`. So the projection is
///
/// `(good + (in_time + rest) * pace) / (judged + in_time + late + rest)`.
///
/// With no forecast the rest is 0 and the projection is about those who are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Projection {
    /// Judged for.
    pub good: u64,
    /// Judged for or against.
    pub judged: u64,
    /// Waiting, and not yet beyond the threshold.
    pub in_time: u64,
    /// Waiting beyond the threshold.
    pub late: u64,
    /// Expected until the period ends; `None` without a forecast.
    pub rest: Option<u64>,
    /// Of the last that were judged, those judged for.
    pub pace_good: u64,
    /// How many these are.
    pub pace_judged: u64,
}

impl Projection {
    /// The service level so far; `None` if nothing was judged.
    #[must_use]
    pub fn so_far(&self) -> Option<Fraction> {
        Fraction::new(self.good, self.judged)
    }

    /// The service level at the end of the period if it goes on like this; `None` if
    /// there is no pace yet, or nothing to project.
    ///
    /// ```
    /// use floorwalker::floor::Projection;
    ///
    /// // 70 of 80 so far, 2 wait too long, 3 wait in time, 15 to come, half of the last 10 in time.
    /// let projection = Projection {
    ///     good: 70, judged: 80, in_time: 3, late: 2, rest: Some(15), pace_good: 5, pace_judged: 10,
    /// };
    /// assert_eq!(projection.expected().unwrap().to_decimal(2).to_string(), "0.79"); // (70 + 18 / 2) / 100
    /// assert_eq!(projection.best().unwrap().to_decimal(2).to_string(), "0.88");
    /// ```
    #[must_use]
    pub fn expected(&self) -> Option<Fraction> {
        let open = i128::from(self.in_time) + i128::from(self.rest.unwrap_or(0));
        let (good, pace) = (i128::from(self.good), i128::from(self.pace_judged));
        let value = good * pace + open * i128::from(self.pace_good);
        Fraction::new(value, self.all().saturating_mul(self.pace_judged))
    }

    /// The best that can still be reached; `None` without a forecast, as more contacts
    /// than expected could always make it better.
    #[must_use]
    pub fn best(&self) -> Option<Fraction> {
        let rest = self.rest?;
        let good = i128::from(self.good) + i128::from(self.in_time) + i128::from(rest);
        Fraction::new(good, self.all())
    }

    fn all(&self) -> u64 {
        self.judged + self.in_time + self.late + self.rest.unwrap_or(0)
    }
}

impl Period {
    fn judge(&mut self, is_good: bool, pace: usize) {
        self.judged += 1;
        self.good += u64::from(is_good);
        if self.pace.len() >= pace && self.pace.pop_front() == Some(true) {
            self.pace_good -= 1;
        }
        self.pace.push_back(is_good);
        self.pace_good += u64::from(is_good);
    }
}

impl Board {
    /// Goes on to the period that holds `at_ms`. What was said about the last one ends
    /// with it.
    pub(super) fn roll(&mut self, at_ms: i64) {
        if self.period.is_some_and(|period| period.contains_ms(at_ms)) {
            return;
        }
        if let Some(old) = self.period {
            for queue in std::mem::take(&mut self.in_danger) {
                for kind in [AlarmKind::SlaAtRisk, AlarmKind::SlaOutOfReach] {
                    let key = self.level_key(kind, queue);
                    self.clear(&key, old.end_ms());
                }
            }
        }
        let moment = Span::from_millis(at_ms, at_ms + 1);
        let intervals = moment.and_then(|moment| self.rules.record().grid.cover(moment));
        self.period = intervals.ok().map(|intervals| intervals.window());
    }

    /// The counts of a queue in the running period.
    pub(super) fn period_of(&mut self, queue: u32) -> &mut Period {
        let start_ms = self.period.map_or(0, |period| period.start_ms());
        let period = &mut self.queues[queue as usize].period;
        if period.start_ms != start_ms {
            *period = Period {
                start_ms,
                ..Period::default()
            };
        }
        period
    }

    /// A contact of the running period stops waiting.
    pub(super) fn judge_wait(&mut self, queue: u32, (outcome, wait): (Outcome, i64), late: bool) {
        let (threshold, short) = {
            let now = &self.queues[queue as usize];
            (now.threshold_ms, now.short_ms)
        };
        let category = Category::of(outcome, false, wait, threshold, short);
        let verdict = self.rules.record().level.judge(category);
        let risk = self.rules.record().risk.as_ref();
        let pace = risk.map_or(1, |risk| risk.pace_contacts as usize);
        let period = self.period_of(queue);
        if late {
            period.late -= 1;
        } else {
            period.in_time -= 1;
        }
        match outcome {
            Outcome::Answered => period.answered += 1,
            Outcome::Abandoned => period.abandoned += 1,
            _ => {}
        }
        match verdict {
            Verdict::For => period.judge(true, pace),
            Verdict::Against => period.judge(false, pace),
            Verdict::LeftOut => {}
        }
    }

    pub(super) fn passes_threshold(&mut self, place: u32, visit: u32, at_ms: i64) {
        use super::state::Stage;
        let current = self.period.map(|period| period.start_ms());
        let leg = self.legs.same(place, visit);
        let waits = leg.filter(|leg| leg.stage == Stage::Waiting && leg.period_ms == current);
        let Some(queue) = waits.map(|leg| leg.queue) else {
            return;
        };
        if let Some(leg) = self.legs.get_mut(place) {
            leg.is_late = true;
        }
        let period = self.period_of(queue);
        period.in_time -= 1;
        period.late += 1;
        self.weigh(queue, at_ms);
    }

    /// Where the level of a queue is going.
    pub(super) fn projection(&self, queue: u32) -> Projection {
        let now = &self.queues[queue as usize];
        let Some(period) = self.period else {
            return Projection::default();
        };
        if now.period.start_ms != period.start_ms() {
            let rest = self.expected_in(queue, period.start_ms());
            return Projection {
                rest,
                ..Projection::default()
            };
        }
        let expected = self.expected_in(queue, period.start_ms());
        Projection {
            good: now.period.good,
            judged: now.period.judged,
            in_time: now.period.in_time,
            late: now.period.late,
            rest: expected.map(|expected| expected.saturating_sub(now.period.offered)),
            pace_good: now.period.pace_good,
            pace_judged: now.period.pace.len() as u64,
        }
    }

    fn expected_in(&self, queue: u32, start_ms: i64) -> Option<u64> {
        let name = &self.queues[queue as usize].id;
        // No key is made where there is no forecast at all.
        if self.expected.is_empty() {
            return None;
        }
        self.expected.get(&(name.clone(), start_ms)).copied()
    }

    fn level_key(&self, kind: AlarmKind, queue: u32) -> AlarmKey {
        let queue = Some(self.queues[queue as usize].id.clone());
        let key = AlarmKey::of(kind);
        AlarmKey { queue, ..key }
    }

    /// Raises or clears what is to be said about the level of a queue.
    pub(super) fn weigh(&mut self, queue: u32, at_ms: i64) {
        let Some(risk) = self.rules.record().risk.as_ref() else {
            return;
        };
        let Some(target) = Fraction::new(risk.target_permille, 1000) else {
            return;
        };
        let least = u64::from(risk.min_contacts);
        self.work.look(self.expected.len());
        let projection = self.projection(queue);
        let enough = projection.judged + projection.in_time + projection.late >= least;
        let misses = |value: Option<Fraction>| enough && value.is_some_and(|value| value < target);
        let at_risk = misses(projection.expected());
        let lost = misses(projection.best());
        self.say(AlarmKind::SlaAtRisk, queue, (at_risk, at_ms));
        self.say(AlarmKind::SlaOutOfReach, queue, (lost, at_ms));
    }

    fn say(&mut self, kind: AlarmKind, queue: u32, (holds, at_ms): (bool, i64)) {
        self.work.look(self.in_danger.len());
        if !holds && !self.in_danger.contains(&queue) {
            return;
        }
        let key = self.level_key(kind, queue);
        if holds {
            self.in_danger.insert(queue);
            self.raise(key, at_ms, Cause::since(at_ms));
        } else {
            self.clear(&key, at_ms);
        }
    }

    /// The period at the settled instant.
    pub(super) fn period_now(&self) -> Span {
        self.period.unwrap_or_else(|| {
            let at_ms = instant(self.settled_ms).map_or(0, |at| at.timestamp_millis());
            Span::from_millis(at_ms, at_ms).unwrap_or_else(|_| empty())
        })
    }
}

/// No time at all.
fn empty() -> Span {
    Span::from_millis(0, 0).expect("1970 is a year between 1 and 9999")
}
