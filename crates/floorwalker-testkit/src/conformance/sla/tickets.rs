//! Tickets: several metrics over a list of events.

use std::collections::BTreeMap;

use floorwalker::Error;
use floorwalker::id::PriorityId;
use floorwalker::time::business::{Boundaries, Hours, Timeline};
use floorwalker::time::clock::{
    CaseChange, CaseClocks, CaseEvent, Clock, ClockState, Metric, MetricClocks, OnPriorityChange,
    OnReopen, SlaPolicy, Target, WaiverCause,
};
use floorwalker::units::Fraction;
use serde::Deserialize;
use serde_json::{Number, Value, json};

use super::calendars::Calendars;
use super::instants::{parse_instant, seconds, text, text_or_null};

#[derive(Deserialize)]
struct Ticket {
    calendar: String,
    policy: RawPolicy,
    events: Vec<RawEvent>,
    as_of: Value,
}

#[derive(Deserialize)]
struct RawPolicy {
    #[serde(default)]
    pause_states: Vec<String>,
    metrics: Vec<RawMetric>,
    #[serde(default)]
    on_priority_change: OnPriorityChange,
    #[serde(default)]
    on_reopen: OnReopen,
    #[serde(default)]
    warn_at: Vec<Number>,
}

#[derive(Deserialize)]
struct RawMetric {
    name: Metric,
    target_s: Option<i64>,
    by_priority: Option<BTreeMap<PriorityId, i64>>,
}

#[derive(Deserialize)]
struct RawEvent {
    at: Value,
    #[serde(rename = "type")]
    kind: String,
    state: Option<String>,
    priority: Option<String>,
    to: Option<String>,
    metric: Option<Metric>,
    reason: Option<WaiverCause>,
}

pub(super) fn ticket(
    calendars: &Calendars<'_>,
    input: &Value,
    boundaries: Boundaries,
) -> Result<Value, String> {
    let say = |error: Error| error.to_string();
    let ticket = Ticket::deserialize(input).map_err(|error| error.to_string())?;
    let as_of = parse_instant(&ticket.as_of)?;
    let policy = ticket.policy.build().map_err(say)?;
    let events = ticket
        .events
        .iter()
        .map(RawEvent::read)
        .collect::<Result<Vec<_>, _>>()?;
    let case = CaseClocks::fold(&policy, &events, as_of).map_err(say)?;

    let mut timeline = calendars.timeline(&ticket.calendar, boundaries)?;
    if !case.calendar_changes().is_empty() {
        let mut named: BTreeMap<&str, Hours> = BTreeMap::new();
        for (_, calendar) in case.calendar_changes() {
            let hours = calendars.calendar(calendar.as_str(), boundaries)?;
            named.insert(calendar.as_str(), hours.into());
        }
        let hours = case.hours(timeline.hours(), |calendar| named.get(calendar.as_str()));
        timeline = Timeline::new(hours.map_err(say)?);
    }
    let page = Page {
        timeline: &timeline,
        as_of,
        warn_at: &ticket.policy.warn_at,
    };
    let answers = case.metrics().iter().map(|clocks| {
        let answer = match clocks.metric() {
            Metric::NextResponse => page.cycles(clocks),
            _ => page.current(clocks),
        };
        (clocks.metric().as_str().to_owned(), answer)
    });
    Ok(Value::Object(answers.collect()))
}

/// What the clocks of a ticket are read against.
struct Page<'a> {
    timeline: &'a Timeline,
    as_of: i64,
    warn_at: &'a [Number],
}

impl Page<'_> {
    fn current(&self, clocks: &MetricClocks) -> Value {
        let Some((current, previous)) = clocks.cycles().split_last() else {
            return Value::Null;
        };
        let mut answer = self.clock(current);
        if !previous.is_empty() {
            answer["previous_cycles"] = previous.iter().map(|clock| self.clock(clock)).collect();
        }
        answer
    }

    fn cycles(&self, clocks: &MetricClocks) -> Value {
        let worst = clocks.worst_elapsed_ms(self.timeline, self.as_of);
        json!({
            "cycles": clocks.cycles().iter().map(|clock| self.clock(clock)).collect::<Vec<_>>(),
            "worst_elapsed_s": seconds(worst.unwrap_or(0)),
            "breached_cycles": clocks.breached_cycles(self.timeline, self.as_of),
        })
    }

    fn clock(&self, clock: &Clock) -> Value {
        let reading = clock.reading(self.timeline, self.as_of);
        let mut answer = json!({
            "target_s": seconds(reading.target_ms()),
            "elapsed_s": seconds(reading.elapsed_ms()),
            "remaining_s": seconds(reading.remaining_ms()),
            "due": text_or_null(reading.due().map(|due| due.at_ms)),
            "due_reopen": text_or_null(reading.due().and_then(|due| due.reopen_ms)),
            "state": reading.state().as_str(),
        });
        if reading.state() == ClockState::Running && !self.warn_at.is_empty() {
            let warnings = self.warn_at.iter();
            let warnings = warnings.map(|ratio| (ratio.to_string(), self.warning(clock, ratio)));
            answer["warn_at"] = Value::Object(warnings.collect());
        }
        answer
    }

    fn warning(&self, clock: &Clock, ratio: &Number) -> Value {
        /// Fractions are written with a few digits.
        const DIGITS: u64 = 1_000_000;
        #[allow(clippy::cast_possible_truncation, reason = "a ratio is a small number")]
        #[allow(clippy::cast_precision_loss, reason = "a million is exact")]
        let numerator = (ratio.as_f64().unwrap_or(-1.0) * DIGITS as f64).round() as i64;
        let at = Fraction::new(numerator, DIGITS).map(|ratio| clock.time_at(self.timeline, ratio));
        at.and_then(Result::ok).map_or(Value::Null, text)
    }
}

impl RawPolicy {
    fn build(&self) -> Result<SlaPolicy, Error> {
        let mut policy = SlaPolicy::new()
            .with_on_priority_change(self.on_priority_change)
            .with_on_reopen(self.on_reopen);
        for state in &self.pause_states {
            policy = policy.with_pause_state(state.parse()?);
        }
        for metric in &self.metrics {
            let target = match &metric.by_priority {
                Some(targets) => Target::by_priority(
                    targets
                        .iter()
                        .map(|(priority, target)| (priority.clone(), target * 1000)),
                )?,
                None => Target::same(metric.target_s.unwrap_or(-1) * 1000)?,
            };
            policy = policy.with_metric(metric.name, target);
        }
        Ok(policy)
    }
}

impl RawEvent {
    fn read(&self) -> Result<CaseEvent, String> {
        let say = |error: Error| error.to_string();
        let to = || {
            self.to
                .as_deref()
                .ok_or_else(|| format!("{} without to", self.kind))
        };
        let change = match self.kind.as_str() {
            "created" => CaseChange::Created {
                state: self
                    .state
                    .as_deref()
                    .map(str::parse)
                    .transpose()
                    .map_err(say)?,
                priority: self
                    .priority
                    .as_deref()
                    .map(str::parse)
                    .transpose()
                    .map_err(say)?,
            },
            "state" => CaseChange::State(to()?.parse().map_err(say)?),
            "customer_message" => CaseChange::CustomerMessage,
            "agent_reply" => CaseChange::AgentReply,
            "resolved" => CaseChange::Resolved,
            "reopened" => CaseChange::Reopened,
            "priority" => CaseChange::Priority(to()?.parse().map_err(say)?),
            "calendar" => CaseChange::Calendar(to()?.parse().map_err(say)?),
            "waive" => CaseChange::Waived {
                metric: self.metric.ok_or("a waiver without a metric")?,
                cause: self.reason.ok_or("a waiver without a reason")?,
                evidence: "as the case says".to_owned(),
            },
            other => return Err(format!("no event is called {other:?}")),
        };
        Ok(CaseEvent::new(parse_instant(&self.at)?, change))
    }
}
