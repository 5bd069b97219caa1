//! Screen work without a pause.

use serde::{Deserialize, Serialize};

use super::hours::Week;
use super::{Judge, ms};
use crate::roster::Reason;
use crate::roster::check::{Bit, Bound, Breach, Facts, Out, WorkDay};

/// Screen work without a pause (videoterminale).
///
/// After `run_minutes` at the screen comes a pause, or work that is not at the screen,
/// of at least `pause_minutes`. Shorter ones do not interrupt, and are not counted as
/// screen work either: 60 minutes, a pause of 14, and 65 minutes are a run of 125.
///
/// It is for operators who are at the screen for `worker_minutes` in the ISO week, or
/// as their contract says.
///
/// Measured: the screen work of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenTime {
    /// The longest run at the screen.
    pub run_minutes: u32,
    /// What interrupts it.
    pub pause_minutes: u32,
    /// How much screen work a week makes a screen worker.
    pub worker_minutes: u32,
}

/// A run at the screen.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    start: i64,
    end: i64,
    screen: i64,
}

impl ScreenTime {
    fn is_worker(&self, facts: &Facts<'_>, week: &[WorkDay]) -> bool {
        facts.contract.record().screen_worker.unwrap_or_else(|| {
            let bits = week.iter().flat_map(|day| facts.bits(day));
            let screen: i64 = bits.filter(|bit| bit.screen).map(Bit::millis).sum();
            screen >= ms(self.worker_minutes)
        })
    }

    fn judge_day(&self, facts: &Facts<'_>, day: &WorkDay, out: &mut Out) {
        let limit = ms(self.run_minutes);
        let mut close = |run: Run| {
            if run.screen > limit {
                let span = (run.start, run.end);
                out.breach(Breach::time(
                    day.day,
                    span,
                    run.screen,
                    limit,
                    Bound::AtMost,
                ));
            }
        };
        let mut run = Run::default();
        for bit in facts.bits(day).iter().filter(|bit| bit.screen) {
            let is_interrupted = bit.start - run.end >= ms(self.pause_minutes);
            if run.screen > 0 && is_interrupted {
                close(run);
                run = Run::default();
            }
            if run.screen == 0 {
                run.start = bit.start;
            }
            run.end = bit.end;
            run.screen += bit.millis();
        }
        close(run);
    }
}

impl Judge for ScreenTime {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let work_days = facts.work_days();
        for monday in facts.days.weeks() {
            let place = |day: i64| work_days.partition_point(|one| (one.day as i64) < day);
            let week = &work_days[place(monday)..place(monday + 7)];
            if self.is_worker(facts, week) {
                for day in week {
                    self.judge_day(facts, day, out);
                }
            }
        }
        let by_plan = facts.contract.record().screen_worker.is_none();
        let mut weeks = Week::all(facts);
        if by_plan && weeks.next().is_some_and(|week| week.monday < 0) {
            out.not_judged(Reason::HistoryTooShort);
        }
    }
}
