//! When a clock ran, by the steps that were taken.

use super::parts::Mark;
use super::step::Step;
use crate::complaint::procedure::OnResume;

/// What starts, stops and holds a clock.
pub(super) struct Plan<'a> {
    pub(super) start: Step,
    pub(super) stops: &'a dyn Fn(Step) -> bool,
    pub(super) holds: &'a dyn Fn(&Mark) -> bool,
    pub(super) resumes: &'a dyn Fn(Step) -> bool,
    pub(super) on_resume: OnResume,
}

/// One run of a clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cycle {
    pub(super) start_ms: i64,
    pub(super) stop_ms: Option<i64>,
    /// When it waited for somebody outside; the last may be open.
    held: Vec<(i64, Option<i64>)>,
    /// When handling had stopped and went on later.
    between: Vec<(i64, Option<i64>)>,
}

/// The runs of a clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cycles {
    pub(super) runs: Vec<Cycle>,
    /// When handling ended before the clock was stopped.
    pub(super) cancelled_ms: Option<i64>,
}

impl Cycles {
    /// The runs of a clock by the steps that were taken.
    pub(super) fn of(marks: &[Mark], plan: &Plan<'_>) -> Self {
        let mut cycles = Self::default();
        for mark in marks {
            match cycles.runs.last_mut() {
                None if mark.step == plan.start => cycles.begin(mark, plan),
                None => {}
                Some(run) if run.stop_ms.is_none() => {
                    run.go_on(mark, plan);
                    cycles.end_of_handling(mark);
                }
                Some(run) if (plan.resumes)(mark.step) => match plan.on_resume {
                    OnResume::Continue => run.resume(mark),
                    OnResume::Restart => cycles.begin(mark, plan),
                    OnResume::Ignore => {}
                },
                Some(_) => {}
            }
        }
        cycles
    }

    fn begin(&mut self, mark: &Mark, plan: &Plan<'_>) {
        let mut run = Cycle {
            start_ms: mark.at_ms,
            ..Cycle::default()
        };
        run.hold((plan.holds)(mark), mark.at_ms);
        self.runs.push(run);
        self.cancelled_ms = None;
    }

    /// Where handling ends the clock is cancelled; where it goes on, the time between
    /// does not count.
    fn end_of_handling(&mut self, mark: &Mark) {
        let Some(run) = self.runs.last_mut() else {
            return;
        };
        if run.stop_ms.is_some() {
            self.cancelled_ms = None;
        } else if mark.stage.is_terminal() {
            self.cancelled_ms = self.cancelled_ms.or(Some(mark.at_ms));
        } else if let Some(since) = self.cancelled_ms.take() {
            run.between.push((since, Some(mark.at_ms)));
        }
    }
}

impl Cycle {
    fn go_on(&mut self, mark: &Mark, plan: &Plan<'_>) {
        if (plan.stops)(mark.step) {
            self.hold(false, mark.at_ms);
            self.stop_ms = Some(mark.at_ms);
        } else {
            self.hold((plan.holds)(mark), mark.at_ms);
        }
    }

    fn hold(&mut self, holds: bool, at_ms: i64) {
        match self.held.last_mut() {
            Some((_, end @ None)) if !holds => *end = Some(at_ms),
            Some((_, None)) => {}
            _ if holds => self.held.push((at_ms, None)),
            _ => {}
        }
    }

    fn resume(&mut self, mark: &Mark) {
        if let Some(stop_ms) = self.stop_ms.take() {
            self.between.push((stop_ms, Some(mark.at_ms)));
        }
    }

    /// All the time in which it does not count: waiting, up to a limit in all, and
    /// between handling.
    pub(super) fn pauses(&self, max_pause_ms: Option<i64>) -> Vec<(i64, Option<i64>)> {
        let mut left_ms = max_pause_ms;
        let mut pauses = self.between.clone();
        for &(from_ms, to_ms) in &self.held {
            let Some(left) = &mut left_ms else {
                pauses.push((from_ms, to_ms));
                continue;
            };
            let latest_ms = from_ms.saturating_add(*left);
            let to_ms = to_ms.map_or(latest_ms, |to_ms| to_ms.min(latest_ms));
            *left -= to_ms - from_ms;
            pauses.push((from_ms, Some(to_ms)));
        }
        pauses
    }
}

#[cfg(test)]
mod tests {
    use super::super::stage::Stage;
    use super::*;
    use crate::id::Label;

    fn mark(at_ms: i64, step: Step, stage: Stage) -> Mark {
        Mark {
            at_ms,
            step,
            state: Label::new(stage.name()).unwrap(),
            stage,
        }
    }

    fn plan(on_resume: OnResume) -> Plan<'static> {
        Plan {
            start: Step::Receive,
            stops: &|step| step == Step::Respond,
            holds: &|mark| mark.stage == Stage::AwaitingCustomer,
            resumes: &|step| step == Step::Contest,
            on_resume,
        }
    }

    fn story() -> Vec<Mark> {
        vec![
            mark(0, Step::Receive, Stage::Received),
            mark(10, Step::AskCustomer, Stage::AwaitingCustomer),
            mark(30, Step::InfoReceived, Stage::Investigating),
            mark(50, Step::Respond, Stage::Responded),
            mark(80, Step::Contest, Stage::Investigating),
        ]
    }

    #[test]
    fn going_on_leaves_the_time_between_out() {
        let cycles = Cycles::of(&story(), &plan(OnResume::Continue));
        assert_eq!(cycles.runs.len(), 1);
        assert_eq!(cycles.runs[0].stop_ms, None);
        assert_eq!(
            cycles.runs[0].pauses(None),
            [(50, Some(80)), (10, Some(30))]
        );
    }

    #[test]
    fn starting_anew_keeps_what_was() {
        let cycles = Cycles::of(&story(), &plan(OnResume::Restart));
        let runs: Vec<_> = cycles
            .runs
            .iter()
            .map(|run| (run.start_ms, run.stop_ms))
            .collect();
        assert_eq!(runs, [(0, Some(50)), (80, None)]);
        let ignored = Cycles::of(&story(), &plan(OnResume::Ignore));
        assert_eq!(ignored.runs.len(), 1);
        assert_eq!(ignored.runs[0].stop_ms, Some(50));
    }

    #[test]
    fn waiting_is_limited_in_all() {
        let cycles = Cycles::of(&story()[..2], &plan(OnResume::Ignore));
        assert_eq!(cycles.runs[0].pauses(Some(15)), [(10, Some(25))]);
        assert_eq!(cycles.runs[0].pauses(None), [(10, None)]);
    }

    #[test]
    fn an_end_without_a_stop_cancels() {
        let mut marks = story()[..3].to_vec();
        marks.push(mark(40, Step::Withdraw, Stage::Withdrawn));
        let cycles = Cycles::of(&marks, &plan(OnResume::Ignore));
        assert_eq!(cycles.cancelled_ms, Some(40));
    }
}
