//! The region of clocks: what is due, by the procedure and by the law.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cycles::{Cycle, Cycles, Plan};
use super::parts::Mark;
use super::refusal::Refusal;
use super::rules::Rules;
use super::state::Case;
use super::step::Step;
use crate::complaint::policy::{HoldingRule, Limit, LimitKind, Policy};
use crate::complaint::procedure::{ClockRecord, OnResume, OnSeverityChange};
use crate::error::{Error, Result as Checked};
use crate::id::Label;
use crate::terms::terms;
use crate::time::Zone;
use crate::time::business::Timeline;
use crate::time::clock::{Clock, ClockState, Pauses, Waiver};
use crate::units::Fraction;

/// Whose clock it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// The company's own, by its procedure.
    Internal,
    /// The law's, by a policy that is bound.
    Legal,
}

terms! {
    /// How an obligation stands (stato dell'obbligo).
    ObligationState ("state of an obligation") {
        /// Its clock has not started (non avviato).
        Idle = "idle",
        /// It runs (in corso).
        Running = "running",
        /// It is held (sospeso).
        Paused = "paused",
        /// It was fulfilled in time (rispettato).
        Met = "met",
        /// It was missed, or fulfilled late, in this run or an earlier one (violato).
        Breached = "breached",
        /// It is not counted (esentato).
        Waived = "waived",
        /// Handling ended first (annullato).
        Cancelled = "cancelled",
    }
}

/// What the clock of an obligation shows at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObligationReading {
    /// Its name: that of the procedure's clock, or the id of the policy with `/answer`
    /// or `/acknowledge`.
    pub name: Label,
    /// Whose clock it is.
    pub nature: Nature,
    /// How it stands.
    pub state: ObligationState,
    /// The time used in the present run: business time of the company's clocks, real
    /// time of those of a policy, without pauses, in milliseconds.
    pub elapsed_ms: i64,
    /// The time that may be used, in milliseconds.
    pub target_ms: i64,
    /// When the target runs out: the last millisecond in time. `None` while an open
    /// pause holds the clock, and before it starts.
    pub due_ms: Option<i64>,
    /// Of a clock of a policy, the last day in time.
    pub last_day: Option<NaiveDate>,
    /// How often it ran; more than once if it started anew.
    pub runs: u32,
    /// The time used in all runs together.
    pub total_elapsed_ms: i64,
    /// The time used in the longest run.
    pub worst_elapsed_ms: i64,
}

impl ObligationReading {
    /// Whether it is the clock of a policy.
    #[must_use]
    pub fn is_legal(&self) -> bool {
        self.nature == Nature::Legal
    }

    /// Whether it still runs or is held.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(
            self.state,
            ObligationState::Running | ObligationState::Paused
        )
    }

    /// The part of the target that is used.
    #[must_use]
    pub fn used(&self) -> Option<Fraction> {
        Fraction::new(self.elapsed_ms, self.target_ms.unsigned_abs())
    }
}

/// The clocks of one obligation, and the hours by which they count.
pub(super) struct Kept<'a> {
    pub(super) name: Label,
    pub(super) nature: Nature,
    pub(super) hours: &'a Timeline,
    pub(super) target_ms: i64,
    pub(super) runs: Vec<Clock>,
    cancelled_ms: Option<i64>,
    zone: Option<&'a Zone>,
}

/// A minute in milliseconds.
const MINUTE_MS: i64 = 60_000;

impl Rules {
    /// What all clocks of a complaint show at an instant: those of the procedure in its
    /// order, then those of the bound policies. What happens later is not looked at.
    ///
    /// # Errors
    /// [`Refusal::Version`] if a bound policy is not here; [`Refusal::Calculation`] if a
    /// deadline cannot be counted, for example because its calendar never opens.
    pub fn obligations(
        &self,
        case: &Case,
        as_of_ms: i64,
    ) -> Result<Vec<ObligationReading>, Refusal> {
        let kept = self.kept(case, as_of_ms)?;
        Ok(kept
            .into_iter()
            .map(|kept| kept.reading(as_of_ms))
            .collect())
    }

    /// The clocks of a complaint by what had happened by an instant.
    pub(super) fn kept(&self, case: &Case, as_of_ms: i64) -> Result<Vec<Kept<'_>>, Refusal> {
        let until = case.marks().partition_point(|mark| mark.at_ms <= as_of_ms);
        let marks = &case.marks()[..until];
        let mut kept = Vec::new();
        for record in &self.procedure().record().clocks {
            kept.push(self.internal(case, marks, record, as_of_ms)?);
        }
        for policy in self.bound_policies(case)? {
            if let Some(limit) = policy.record().acknowledge {
                kept.push(self.acknowledging(case, marks, policy, limit)?);
            }
            kept.extend(self.answering(case, marks, policy)?);
        }
        Ok(kept)
    }

    fn internal(
        &self,
        case: &Case,
        marks: &[Mark],
        record: &ClockRecord,
        as_of_ms: i64,
    ) -> Result<Kept<'_>, Refusal> {
        let missing = || Refusal::Version {
            what: "calendar of the clock",
            id: record.name.clone(),
        };
        let hours = self.hours(&record.hours).ok_or_else(missing)?;
        let cycles = Cycles::of(
            marks,
            &Plan {
                start: record.start,
                stops: &|step| record.stop.contains(&step),
                holds: &|mark| record.paused_in.contains(&mark.state),
                resumes: &|step| record.resumes_on.contains(&step),
                on_resume: record.on_resume,
            },
        );
        let target_ms = target_ms(case, record, as_of_ms);
        let max_pause_ms = record
            .max_pause_hours
            .map(|hours| i64::from(hours) * 60 * MINUTE_MS);
        let runs = clocks(
            &cycles,
            target_ms,
            max_pause_ms,
            case.waiver(record.name.as_str()),
        )?;
        let (name, cancelled_ms) = (record.name.clone(), cycles.cancelled_ms);
        Ok(Kept {
            name,
            nature: Nature::Internal,
            hours,
            target_ms,
            runs,
            cancelled_ms,
            zone: None,
        })
    }

    fn acknowledging<'a>(
        &'a self,
        case: &Case,
        marks: &[Mark],
        policy: &'a Policy,
        limit: Limit,
    ) -> Result<Kept<'a>, Refusal> {
        let hours = self.hours_for(policy)?;
        let received = policy.zone().local_date_of_ms(case.received_ms());
        let ends_ms = limit.deadline(received, hours)?.ends_ms(policy.zone());
        let stops = |step| {
            matches!(
                step,
                Step::Acknowledge | Step::Respond | Step::ResolveAtContact
            )
        };
        self.legal(case, marks, policy, ("acknowledge", ends_ms, &stops))
    }

    fn answering<'a>(
        &'a self,
        case: &Case,
        marks: &[Mark],
        policy: &'a Policy,
    ) -> Result<Option<Kept<'a>>, Refusal> {
        let Some(answer) = policy
            .record()
            .answer
            .as_ref()
            .filter(|answer| answer.kind == LimitKind::Duty)
        else {
            return Ok(None);
        };
        let hours = self.hours_for(policy)?;
        let zone = policy.zone();
        let known_ms = marks.last().map_or(i64::MIN, |mark| mark.at_ms);
        let held = case
            .holding_reply()
            .map(|(at_ms, _)| at_ms)
            .filter(|&at_ms| at_ms <= known_ms);
        let held = held.map(|at_ms| zone.local_date_of_ms(at_ms));
        let received = zone.local_date_of_ms(case.received_ms());
        let (deadline, _) = answer.deadline(received, case.facts(), held, hours)?;
        let holding = answer.holding == Some(HoldingRule::Satisfies);
        let stops = |step| match step {
            Step::Respond | Step::ResolveAtContact => true,
            Step::HoldingReply => holding,
            _ => false,
        };
        self.legal(
            case,
            marks,
            policy,
            ("answer", deadline.ends_ms(zone), &stops),
        )
        .map(Some)
    }

    /// The clock of a policy counts real time from receipt to the last millisecond of
    /// the last day. A complaint that is opened again does not change it.
    fn legal<'a>(
        &'a self,
        case: &Case,
        marks: &[Mark],
        policy: &'a Policy,
        (what, ends_ms, stops): (&str, Option<i64>, &dyn Fn(Step) -> bool),
    ) -> Result<Kept<'a>, Refusal> {
        let record = policy.record();
        let name = Label::new(format!("{}/{what}", record.id))?;
        let ends_ms = ends_ms.ok_or_else(|| out_of_years(record.id.as_str()))?;
        let target_ms = (ends_ms - 1 - case.received_ms()).max(0);
        let max_pause_ms = record
            .pause
            .max_days
            .map(|days| i64::from(days) * 24 * 60 * MINUTE_MS);
        let cycles = Cycles::of(
            marks,
            &Plan {
                start: Step::Receive,
                stops,
                holds: &|mark| record.pause.allowed && mark.stage.is_awaiting(),
                resumes: &|_| false,
                on_resume: OnResume::Ignore,
            },
        );
        let runs = clocks(&cycles, target_ms, max_pause_ms, case.waiver(name.as_str()))?;
        let missing = || Refusal::Version {
            what: "calendar",
            id: record.id.clone(),
        };
        let (hours, zone) = (
            self.always_open(policy).ok_or_else(missing)?,
            Some(policy.zone()),
        );
        let cancelled_ms = cycles.cancelled_ms;
        Ok(Kept {
            name,
            nature: Nature::Legal,
            hours,
            target_ms,
            runs,
            cancelled_ms,
            zone,
        })
    }

    fn hours_for(&self, policy: &Policy) -> Result<&Timeline, Refusal> {
        let missing = || Refusal::Version {
            what: "calendar of the policy",
            id: policy.id().clone(),
        };
        self.hours_of(policy).ok_or_else(missing)
    }
}

fn out_of_years(id: &str) -> Error {
    Error::range("last day of a policy", "0001-01-01", "9999-12-30", id)
}

/// The target of a clock, by the severity that counts.
fn target_ms(case: &Case, record: &ClockRecord, as_of_ms: i64) -> i64 {
    let known = || {
        case.severities
            .iter()
            .filter(|(at_ms, _)| *at_ms <= as_of_ms)
            .map(|&(_, severity)| severity)
    };
    let severity = match record.on_severity_change {
        OnSeverityChange::Retroactive => known().next_back(),
        OnSeverityChange::Keep => known().next(),
    };
    let own = severity.and_then(|severity| record.by_severity.get(&severity));
    i64::from(*own.unwrap_or(&record.target_minutes)) * MINUTE_MS
}

fn clocks(
    cycles: &Cycles,
    target_ms: i64,
    max_pause_ms: Option<i64>,
    waiver: Option<&Waiver>,
) -> Checked<Vec<Clock>> {
    let clock = |run: &Cycle| {
        let pauses = Pauses::new(run.pauses(max_pause_ms))?;
        let mut clock = Clock::new(run.start_ms, target_ms)?.with_pauses(pauses);
        if let Some(stop_ms) = run.stop_ms {
            clock = clock.with_stop(stop_ms)?;
        }
        Ok(match waiver {
            Some(waiver) => clock.with_waiver(waiver.clone()),
            None => clock,
        })
    };
    cycles.runs.iter().map(clock).collect()
}

impl Kept<'_> {
    /// Whether handling ended before the clock was stopped.
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled_ms.is_some()
    }

    pub(super) fn reading(self, as_of_ms: i64) -> ObligationReading {
        let at_ms = self
            .cancelled_ms
            .map_or(as_of_ms, |cancelled| cancelled.min(as_of_ms));
        let readings: Vec<_> = self
            .runs
            .iter()
            .map(|run| run.reading(self.hours, at_ms))
            .collect();
        let last = readings.last();
        let due_ms = last.and_then(|reading| reading.due()).map(|due| due.at_ms);
        let is = |state| readings.iter().any(|reading| reading.state() == state);
        let state = match last.map(|reading| reading.state()) {
            None => ObligationState::Idle,
            Some(_) if is(ClockState::Waived) => ObligationState::Waived,
            Some(_) if is(ClockState::Breached) => ObligationState::Breached,
            Some(_) if self.cancelled_ms.is_some() => ObligationState::Cancelled,
            Some(ClockState::Met) => ObligationState::Met,
            Some(ClockState::Paused) => ObligationState::Paused,
            Some(_) => ObligationState::Running,
        };
        let elapsed = |reading: &crate::time::clock::Reading| reading.elapsed_ms();
        ObligationReading {
            state,
            elapsed_ms: last.map_or(0, elapsed),
            last_day: self
                .zone
                .zip(due_ms)
                .map(|(zone, due_ms)| zone.local_date_of_ms(due_ms)),
            due_ms,
            runs: u32::try_from(readings.len()).unwrap_or(u32::MAX),
            total_elapsed_ms: readings.iter().map(elapsed).sum(),
            worst_elapsed_ms: readings.iter().map(elapsed).max().unwrap_or(0),
            name: self.name,
            nature: self.nature,
            target_ms: self.target_ms,
        }
    }
}
