//! The clocks of a case, as a fold over its events.

use super::clock::Clock;
use super::event::CaseEvent;
use super::history::{History, Stretch};
use super::metric::{Metric, Target};
use super::pauses::Pauses;
use super::policy::{OnPriorityChange, OnReopen, SlaPolicy};
use super::reading::{ClockState, Reading};
use super::waiver::Waiver;
use crate::error::{ErrorKind, Result};
use crate::id::CalendarId;
use crate::time::business::{Hours, Timeline};

/// The clocks of one metric on one case: one for each cycle, oldest first.
///
/// First response has one cycle; resolution has one for each reopening that restarts
/// it; next response has one for each message that waited, so perhaps none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricClocks {
    metric: Metric,
    cycles: Vec<Clock>,
}

impl MetricClocks {
    /// What they measure.
    #[must_use]
    pub fn metric(&self) -> Metric {
        self.metric
    }

    /// The clock of each cycle, oldest first.
    #[must_use]
    pub fn cycles(&self) -> &[Clock] {
        &self.cycles
    }

    /// The clock of the last cycle.
    #[must_use]
    pub fn current(&self) -> Option<&Clock> {
        self.cycles.last()
    }

    /// What the clock of each cycle shows, oldest first.
    #[must_use]
    pub fn readings(&self, hours: &Timeline, as_of_ms: i64) -> Vec<Reading> {
        self.cycles
            .iter()
            .map(|clock| clock.reading(hours, as_of_ms))
            .collect()
    }

    /// The most business time that a cycle used, in milliseconds; `None` without a
    /// cycle.
    #[must_use]
    pub fn worst_elapsed_ms(&self, hours: &Timeline, as_of_ms: i64) -> Option<i64> {
        self.cycles
            .iter()
            .map(|clock| clock.elapsed_ms(hours, as_of_ms))
            .max()
    }

    /// How many cycles are breached. Waived ones are not.
    #[must_use]
    pub fn breached_cycles(&self, hours: &Timeline, as_of_ms: i64) -> usize {
        let readings = self.readings(hours, as_of_ms);
        readings
            .iter()
            .filter(|reading| reading.state() == ClockState::Breached)
            .count()
    }
}

/// The clocks of all metrics on one case, from what happened up to an instant.
///
/// Nothing is accumulated: the clocks are made from the events whenever they are
/// needed, so a backdated event, another policy or another calendar gives what it
/// would have given from the start.
///
/// ```
/// use floorwalker::time::Zone;
/// use floorwalker::time::business::{Calendar, Timeline};
/// use floorwalker::time::clock::{CaseChange, CaseClocks, CaseEvent, ClockState, Metric, SlaPolicy, Target};
///
/// let policy = SlaPolicy::new()
///     .with_metric(Metric::FirstResponse, Target::same(3_600_000)?)
///     .with_metric(Metric::Resolution, Target::same(8 * 3_600_000)?);
/// let events = [
///     CaseEvent::new(0, CaseChange::Created { state: None, priority: None }),
///     CaseEvent::new(1_800_000, CaseChange::AgentReply),
/// ];
/// let hours = Timeline::new(Calendar::always_open(Zone::utc()));
/// let case = CaseClocks::fold(&policy, &events, 7_200_000)?;
/// let first = case.of(Metric::FirstResponse).unwrap().readings(&hours, 7_200_000);
/// assert_eq!((first[0].state(), first[0].elapsed_ms()), (ClockState::Met, 1_800_000));
/// let resolution = case.of(Metric::Resolution).unwrap().readings(&hours, 7_200_000);
/// assert_eq!((resolution[0].state(), resolution[0].remaining_ms()), (ClockState::Running, 6 * 3_600_000));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseClocks {
    metrics: Vec<MetricClocks>,
    calendars: Vec<(i64, CalendarId)>,
}

impl CaseClocks {
    /// The clocks that `policy` promises on a case, from those of its events that
    /// happened up to `as_of_ms`. Events may come in any order; those of one instant
    /// count in the order given.
    ///
    /// # Errors
    /// `name.invalid` if the first event is not its creation, or evidence is blank;
    /// `name.unknown` for a priority without a target; `value.out_of_range` for
    /// instants outside years 1 to 9999.
    pub fn fold(policy: &SlaPolicy, events: &[CaseEvent], as_of_ms: i64) -> Result<Self> {
        let history = History::read(policy, events, as_of_ms)?;
        let folder = Folder {
            policy,
            history: &history,
            as_of_ms,
        };
        let metrics = policy
            .metrics()
            .map(|(metric, target)| folder.clocks(metric, target));
        Ok(Self {
            metrics: metrics.collect::<Result<_>>()?,
            calendars: history.calendars,
        })
    }

    /// The clocks of each metric of the policy, in the order of [`Metric::ALL`].
    #[must_use]
    pub fn metrics(&self) -> &[MetricClocks] {
        &self.metrics
    }

    /// The clocks of one metric; `None` if the policy does not promise it.
    #[must_use]
    pub fn of(&self, metric: Metric) -> Option<&MetricClocks> {
        self.metrics.iter().find(|clocks| clocks.metric == metric)
    }

    /// The changes of calendar: from each instant on the calendar named.
    #[must_use]
    pub fn calendar_changes(&self) -> &[(i64, CalendarId)] {
        &self.calendars
    }

    /// The hours that hold for this case: `first` from its beginning, then the
    /// calendars it was changed to, found by `named`. To be compiled only if
    /// [`calendar_changes`](Self::calendar_changes) is not empty.
    ///
    /// # Errors
    /// `name.unknown` for a calendar that `named` does not find; as for
    /// [`Hours::versions`].
    pub fn hours<'a>(
        &self,
        first: &Hours,
        named: impl Fn(&CalendarId) -> Option<&'a Hours>,
    ) -> Result<Hours> {
        let mut changes: Vec<(i64, Hours)> = Vec::new();
        for (from_ms, calendar) in &self.calendars {
            let hours = named(calendar).cloned().ok_or_else(|| {
                let (what, given) = ("calendar", calendar.to_string());
                ErrorKind::Unknown {
                    what,
                    given,
                    nearest: Vec::new(),
                }
            })?;
            // Of two changes at one instant the later counts.
            changes.pop_if(|last| last.0 == *from_ms);
            changes.push((*from_ms, hours));
        }
        if changes.is_empty() {
            return Ok(first.clone());
        }
        Hours::versions(first.clone(), changes)
    }
}

struct Folder<'a> {
    policy: &'a SlaPolicy,
    history: &'a History,
    as_of_ms: i64,
}

impl Folder<'_> {
    fn clocks(&self, metric: Metric, target: &Target) -> Result<MetricClocks> {
        let history = self.history;
        let cycles: Vec<(Stretch, Pauses)> = match metric {
            Metric::FirstResponse => {
                vec![((history.created_ms, history.first_reply_ms), Pauses::none())]
            }
            Metric::NextResponse => history
                .waits
                .iter()
                .map(|&wait| (wait, Pauses::none()))
                .collect(),
            Metric::Resolution | Metric::Legal => self.resolution_cycles()?,
        };
        let clocks = cycles
            .into_iter()
            .map(|(stretch, gaps)| self.clock(metric, target, stretch, gaps));
        Ok(MetricClocks {
            metric,
            cycles: clocks.collect::<Result<_>>()?,
        })
    }

    /// The cycles of work on the case, each with the gaps that do not count.
    fn resolution_cycles(&self) -> Result<Vec<(Stretch, Pauses)>> {
        let work = &self.history.work;
        let whole = |work: &[Stretch]| (work[0].0, work[work.len() - 1].1);
        Ok(match self.policy.on_reopen() {
            OnReopen::Restart => work.iter().map(|&cycle| (cycle, Pauses::none())).collect(),
            OnReopen::Ignore => vec![(work[0], Pauses::none())],
            OnReopen::Continue => {
                let gaps = work
                    .windows(2)
                    .filter_map(|pair| Some((pair[0].1?, Some(pair[1].0))));
                vec![(whole(work), Pauses::new(gaps)?)]
            }
        })
    }

    fn clock(
        &self,
        metric: Metric,
        target: &Target,
        (cycle_ms, stop_ms): Stretch,
        gaps: Pauses,
    ) -> Result<Clock> {
        let history = self.history;
        // What changes with or after the stop does not touch a stopped clock.
        let last_ms = stop_ms.map_or(self.as_of_ms, |stop| (stop - 1).max(cycle_ms));
        let changed_ms = history.last_priority_change(cycle_ms, last_ms);
        let (start_ms, priority_ms) = match self.policy.on_priority_change() {
            OnPriorityChange::Restart if target.is_by_priority() => {
                let start_ms = changed_ms.unwrap_or(cycle_ms);
                (start_ms, start_ms)
            }
            OnPriorityChange::Retroactive => (cycle_ms, last_ms),
            OnPriorityChange::Keep | OnPriorityChange::Restart => (cycle_ms, cycle_ms),
        };
        let target_ms = target.for_priority(history.priority_at(priority_ms))?;
        let mut pauses = gaps;
        if metric.is_pausable() {
            let all = Vec::from(history.pauses.clone())
                .into_iter()
                .chain(Vec::from(pauses));
            pauses = Pauses::new(all)?;
        }
        let mut clock = Clock::new(start_ms, target_ms)?;
        if let Some(stop_ms) = stop_ms {
            clock = clock.with_stop(stop_ms)?;
            pauses = pauses.before_ms(stop_ms);
        }
        let waives =
            |(waived, waiver): &&(Metric, Waiver)| *waived == metric && waiver.at_ms() >= cycle_ms;
        let waiver = history.waivers.iter().rfind(waives);
        clock = clock.with_pauses(pauses);
        Ok(match waiver {
            Some((_, waiver)) => clock.with_waiver(waiver.clone()),
            None => clock,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;
    use crate::time::business::Calendar;
    use crate::time::clock::{CaseChange, WaiverCause};

    fn created(at_ms: i64) -> CaseEvent {
        CaseEvent::new(
            at_ms,
            CaseChange::Created {
                state: None,
                priority: None,
            },
        )
    }

    fn policy() -> SlaPolicy {
        SlaPolicy::new().with_metric(Metric::Resolution, Target::same(100).unwrap())
    }

    #[test]
    fn a_case_begins_with_its_creation() {
        for events in [
            vec![],
            vec![CaseEvent::new(0, CaseChange::AgentReply), created(5)],
        ] {
            let error = CaseClocks::fold(&policy(), &events, 10).unwrap_err();
            assert_eq!(error.code(), "name.invalid");
        }
        assert!(
            CaseClocks::fold(&policy(), &[created(20)], 10).is_err(),
            "not yet created"
        );
    }

    #[test]
    fn changes_of_calendar_become_versions() {
        let change =
            |at_ms, name: &str| CaseEvent::new(at_ms, CaseChange::Calendar(name.parse().unwrap()));
        let events = [
            created(0),
            change(50, "closed"),
            change(50, "open"),
            change(80, "closed"),
        ];
        let case = CaseClocks::fold(&policy(), &events, 1_000).unwrap();
        let open = Hours::from(Calendar::always_open(Zone::utc()));
        let closed = Hours::from(Calendar::closed(Zone::utc()));
        let hours = case.hours(&open, |name| {
            Some(if name.as_str() == "open" {
                &open
            } else {
                &closed
            })
        });
        let timeline = Timeline::new(hours.unwrap());
        let clocks = case.of(Metric::Resolution).unwrap();
        assert_eq!(clocks.worst_elapsed_ms(&timeline, 1_000), Some(80));
        let error = case.hours(&open, |_| None).unwrap_err();
        assert_eq!(error.code(), "name.unknown");
        let unchanged = CaseClocks::fold(&policy(), &events[..1], 1_000).unwrap();
        assert_eq!(unchanged.hours(&open, |_| None).unwrap(), open);
    }

    #[test]
    fn a_waiver_covers_the_cycles_begun_so_far() {
        let waive = CaseChange::Waived {
            metric: Metric::Resolution,
            cause: WaiverCause::ThirdParty,
            evidence: "report of the network operator".to_owned(),
        };
        let events = [
            created(0),
            CaseEvent::new(500, CaseChange::Resolved),
            CaseEvent::new(600, waive),
            CaseEvent::new(700, CaseChange::Reopened),
        ];
        let policy = policy().with_on_reopen(OnReopen::Restart);
        let case = CaseClocks::fold(&policy, &events, 1_000).unwrap();
        let clocks = case.of(Metric::Resolution).unwrap();
        let timeline = Timeline::new(Calendar::always_open(Zone::utc()));
        let readings = clocks.readings(&timeline, 1_000);
        let states: Vec<ClockState> = readings.iter().map(Reading::state).collect();
        assert_eq!(states, [ClockState::Waived, ClockState::Breached]);
        assert_eq!(clocks.breached_cycles(&timeline, 1_000), 1);
        let blank = CaseChange::Waived {
            metric: Metric::Resolution,
            cause: WaiverCause::Customer,
            evidence: String::new(),
        };
        assert!(CaseClocks::fold(&policy, &[created(0), CaseEvent::new(1, blank)], 5).is_err());
    }
}
