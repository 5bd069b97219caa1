//! Replay: a real day once more, with the staffing changed.

use std::collections::{BTreeMap, BTreeSet};

use super::agents::Seat;
use super::engine::{Engine, Follow, Rules, Taken, Taker};
use super::log::{SimCall, SimLog, micros};
use super::patience::PatienceCurve;
use super::random::Random;
use super::run::without;
use super::source::Source;
use crate::contact::{Leg, Outcome};
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, QueueId};
use crate::staffing::input;
use crate::time::Span;

/// How presence is read from the calls of an operator.
///
/// A log of calls does not say when operators were free. Between two calls an operator
/// counts as present from the moment at which the last caller they could have taken
/// stopped waiting: had they been free before, they would have taken that caller. So
/// breaks in busy times are found; breaks while nobody waits are not, and are cut only
/// by `idle_limit_secs`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Presence {
    /// Gaps between two calls up to this are presence in any case: the telephone
    /// system's own delays.
    pub gap_secs: f64,
    /// Nobody is taken to have been idle for longer.
    pub idle_limit_secs: f64,
}

impl Default for Presence {
    /// 15 seconds, and half an hour.
    fn default() -> Self {
        Self {
            gap_secs: 15.0,
            idle_limit_secs: 1800.0,
        }
    }
}

/// A call of the log.
#[derive(Clone, Copy, Debug)]
struct Logged {
    call_type: u16,
    arrived_ms: i64,
    wait_ms: i64,
    /// Of the answered.
    handling_ms: Option<i64>,
}

/// Operators of a log, with their presence in milliseconds and what they serve.
#[derive(Clone, Debug)]
struct Operator {
    queues: BTreeSet<u16>,
    spans: Vec<(i64, i64)>,
}

/// A stretch of a real log, ready to be played again.
///
/// Arrivals are kept. Who gave up keeps that patience; who was answered gets one that is
/// longer than the wait was, from the [`PatienceCurve`] of the queue. Handling times of
/// the answered are kept, those of the others drawn from the queue's. Operators serve
/// the queues in which they answered at least one call in fifty of theirs, longest wait
/// first; priorities of single callers, transfers and routing by rules are not in a log
/// and not in the replay.
///
/// Play it unchanged first: the gap between that and the log is what the reconstruction
/// of presence and routing costs, and a change should be read against it. It can be large.
/// The public log of a bank for January 1999 (30,161 calls), replayed with the usual
/// [`Presence`], has 66.0 % answered within 20 s where the log has 54.4 %, 8.0 % abandoned
/// for 10.3 %, and an ASA of 22 s for 35 s, far outside the confidence interval of the
/// replays (0.2 points). That log has no work after the call and no breaks, so short pauses
/// between two calls count as presence though callers were waiting; and some of its
/// callers had priority.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::LegRecord;
/// use floorwalker::id::{AgentId, QueueId};
/// use floorwalker::service::ServiceLevel;
/// use floorwalker::staffing::{Presence, Replay};
///
/// let nine = Utc.with_ymd_and_hms(2026, 3, 2, 8, 0, 0).unwrap();
/// let at = |seconds| nine + TimeDelta::seconds(seconds);
/// let (sales, ann) = (QueueId::new("sales")?, AgentId::new("ann")?);
/// // One operator, a call each minute, of a minute and a half each: waits grow.
/// let legs = (0..10)
///     .map(|n| {
///         let answered = at(90 * n + 1);
///         LegRecord::waiting(sales.clone(), at(60 * n))
///             .answered(Some(ann.clone()), answered)
///             .finished(answered + TimeDelta::seconds(89), answered + TimeDelta::seconds(89))
///             .check()
///     })
///     .collect::<Result<Vec<_>, _>>()?;
/// let replay = Replay::of(&legs, Presence::default())?;
/// let within = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let before = replay.run(1).service_level(&within, None).unwrap();
/// let hour = floorwalker::time::Span::new(nine, at(3600))?;
/// let after = replay.with_more(&[hour], 1)?.run(1).service_level(&within, None).unwrap();
/// assert!(before.to_f64() < 0.5 && after.to_f64() == 1.0);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Replay {
    start_ms: i64,
    queues: Vec<QueueId>,
    calls: Vec<Logged>,
    operators: Vec<Operator>,
    patience: Vec<PatienceCurve>,
    handling: Vec<Vec<i64>>,
}

impl Replay {
    /// The replay of answered and abandoned legs; others are not looked at.
    ///
    /// # Errors
    /// `options.conflict` if no leg was answered or abandoned; `value.out_of_range` for
    /// more than 60,000 queues or negative seconds.
    pub fn of(legs: &[Leg], presence: Presence) -> Result<Self> {
        input::limit_secs("gap in seconds", presence.gap_secs)?;
        input::limit_secs("idle limit in seconds", presence.idle_limit_secs)?;
        let offered = |leg: &&Leg| {
            leg.is_offered() && matches!(leg.outcome, Outcome::Answered | Outcome::Abandoned)
        };
        let mut kept: Vec<&Leg> = legs.iter().filter(offered).collect();
        kept.sort_by_key(|leg| leg.arrived);
        let Some(first) = kept.first() else {
            let why = "no leg was answered or abandoned".to_owned();
            return Err(ErrorKind::Conflict {
                what: "legs of a replay",
                why,
            }
            .into());
        };
        let start_ms = first.arrived.timestamp_millis();
        let queues: BTreeSet<&QueueId> = kept.iter().map(|leg| &leg.queue).collect();
        input::within("queues", 1, 60_000, queues.len())?;
        let code: BTreeMap<&QueueId, u16> = queues.iter().copied().zip(0..).collect();
        let calls: Vec<Logged> = kept
            .iter()
            .filter_map(|leg| Logged::of(leg, code[&leg.queue]))
            .collect();
        let of_queue = |queue: u16| calls.iter().filter(move |call| call.call_type == queue);
        let codes = 0..queues.len() as u16;
        let patience = codes.clone().map(|queue| {
            let lost = of_queue(queue).filter(|call| call.handling_ms.is_none());
            let answered = of_queue(queue).filter(|call| call.handling_ms.is_some());
            PatienceCurve::of(
                lost.map(|call| call.wait_ms),
                answered.map(|call| call.wait_ms),
            )
        });
        let patience = patience.collect::<Result<Vec<_>>>()?;
        let handling = codes.map(|queue| {
            of_queue(queue)
                .filter_map(|call| call.handling_ms)
                .collect()
        });
        let handling = handling.collect();
        let operators = operators(&kept, &code, &calls, presence);
        let queues = queues.into_iter().cloned().collect();
        Ok(Self {
            start_ms,
            queues,
            calls,
            operators,
            patience,
            handling,
        })
    }

    /// The queues, in their order; types of calls in the [`SimLog`] are counted so.
    #[must_use]
    pub fn queues(&self) -> &[QueueId] {
        &self.queues
    }

    /// The patience of the callers of a queue, by its place.
    #[must_use]
    pub fn patience(&self, queue: usize) -> Option<&PatienceCurve> {
        self.patience.get(queue)
    }

    /// How many operators are taken to be present at an instant, in milliseconds since 1970.
    #[must_use]
    pub fn present_at(&self, ms: i64) -> usize {
        let there = |operator: &&Operator| {
            operator
                .spans
                .iter()
                .any(|&(from, until)| (from..until).contains(&ms))
        };
        self.operators.iter().filter(there).count()
    }

    /// The same stretch with so many operators more, who serve every queue, in each of these spans.
    ///
    /// # Errors
    /// `value.out_of_range` for more than 10,000 operators.
    pub fn with_more(mut self, spans: &[Span], operators: u32) -> Result<Self> {
        let count = input::within("operators", 0, 10_000, operators)?;
        let spans: Vec<(i64, i64)> = spans
            .iter()
            .map(|span| {
                (
                    span.start().timestamp_millis(),
                    span.end().timestamp_millis(),
                )
            })
            .filter(|(from, until)| from < until)
            .collect();
        let queues: BTreeSet<u16> = (0..self.queues.len() as u16).collect();
        for _ in 0..count {
            self.operators.push(Operator {
                queues: queues.clone(),
                spans: merged(spans.clone(), 0),
            });
        }
        Ok(self)
    }

    /// The same stretch without so many of the operators who are present longest in the span.
    #[must_use]
    pub fn with_fewer(mut self, span: Span, operators: u32) -> Self {
        let (from, until) = (
            span.start().timestamp_millis(),
            span.end().timestamp_millis(),
        );
        let presence = |operator: &Operator| -> i64 {
            let inside = |&(start, end): &(i64, i64)| (end.min(until) - start.max(from)).max(0);
            operator.spans.iter().map(inside).sum()
        };
        let mut order: Vec<usize> = (0..self.operators.len()).collect();
        order.sort_by_key(|&place| std::cmp::Reverse(presence(&self.operators[place])));
        for place in order.into_iter().take(operators as usize) {
            let operator = &mut self.operators[place];
            let cut =
                |&(start, end): &(i64, i64)| [(start, end.min(from)), (start.max(until), end)];
            let mut pieces: Vec<(i64, i64)> = operator.spans.iter().flat_map(cut).collect();
            pieces.retain(|(start, end)| start < end);
            pieces.sort_unstable();
            pieces.dedup();
            operator.spans = pieces;
        }
        self
    }

    /// Plays the stretch: the seed decides what the log does not say.
    #[must_use]
    pub fn run(&self, seed: u64) -> SimLog {
        let mut random = Random::new(seed, 1);
        let calls = self
            .calls
            .iter()
            .map(|call| self.call(call, &mut random))
            .collect();
        let (rules, seats) = self.staff();
        let agents = seats.len();
        SimLog {
            calls: Engine::new(&rules, Source::given(calls), seats).run(),
            queues: self.queues.clone(),
            agents,
            start_ms: self.start_ms,
        }
    }

    fn call(&self, call: &Logged, random: &mut Random) -> SimCall {
        let queue = usize::from(call.call_type);
        let (patience, handling) = match call.handling_ms {
            Some(handling) => {
                let waited = call.wait_ms as f64 / 1000.0;
                (
                    micros(self.patience[queue].draw_beyond(waited, random)),
                    handling,
                )
            }
            None => {
                let known = &self.handling[queue];
                let handling = if known.is_empty() {
                    0
                } else {
                    known[random.below(known.len())]
                };
                (call.wait_ms as u64 * 1000, handling)
            }
        };
        SimCall::new(
            call.call_type,
            self.since_start(call.arrived_ms),
            patience,
            (handling as u64 * 1000).max(1),
        )
    }

    fn since_start(&self, ms: i64) -> u64 {
        u64::try_from(ms - self.start_ms).unwrap_or(0) * 1000
    }

    /// Operators of the same queues are a group.
    fn staff(&self) -> (Rules, Vec<Seat>) {
        let kinds: BTreeSet<&BTreeSet<u16>> = self
            .operators
            .iter()
            .map(|operator| &operator.queues)
            .collect();
        let group: BTreeMap<&BTreeSet<u16>, usize> = kinds.iter().copied().zip(0..).collect();
        let taken = |queues: &&BTreeSet<u16>| {
            let each = queues.iter().map(|&queue| Taken {
                call_type: queue.into(),
                priority: 0,
                after: 0,
                pace: 1.0,
            });
            each.collect()
        };
        let takers = |queue: u16| {
            let serve = kinds
                .iter()
                .enumerate()
                .filter(move |(_, queues)| queues.contains(&queue));
            serve
                .map(|(group, queues)| Taker {
                    group,
                    priority: 0,
                    after: 0,
                    pace: 1.0,
                    skills: queues.len(),
                })
                .collect()
        };
        let rules = Rules {
            takers: (0..self.queues.len() as u16).map(takers).collect(),
            taken: kinds.iter().map(taken).collect(),
            follow: vec![Follow::default(); self.queues.len()],
            at_once: vec![vec![1.0]; kinds.len()],
            most_specialised: false,
        };
        let seat = |operator: &Operator| {
            let micros =
                |&(from, until): &(i64, i64)| (self.since_start(from), self.since_start(until));
            let mut spans: Vec<(u64, u64)> = operator.spans.iter().map(micros).collect();
            spans.retain(|(from, until)| from < until);
            Seat {
                group: group[&operator.queues],
                spans: without(&spans, u64::MAX, u64::MAX),
                full_breaks: false,
            }
        };
        (rules, self.operators.iter().map(seat).collect())
    }
}

impl Logged {
    fn of(leg: &Leg, call_type: u16) -> Option<Self> {
        let wait_ms = leg.wait()?.num_milliseconds().max(0);
        let arrived_ms = leg.arrived.timestamp_millis();
        let handling_ms = match leg.outcome {
            Outcome::Answered => Some(
                leg.handle_time()
                    .or_else(|| leg.talk())
                    .map_or(0, |time| time.num_milliseconds()),
            ),
            _ => None,
        };
        Some(Self {
            call_type,
            arrived_ms,
            wait_ms,
            handling_ms,
        })
    }
}

/// The operators who answered, with the queues they serve and their presence.
fn operators(
    legs: &[&Leg],
    code: &BTreeMap<&QueueId, u16>,
    calls: &[Logged],
    presence: Presence,
) -> Vec<Operator> {
    let mut by_agent: BTreeMap<&AgentId, Vec<(i64, i64, u16)>> = BTreeMap::new();
    for leg in legs {
        if let (Some(agent), Some(answered)) = (&leg.agent, leg.answered) {
            let start = answered.timestamp_millis();
            let handled = leg
                .handle_time()
                .or_else(|| leg.talk())
                .map_or(0, |time| time.num_milliseconds());
            by_agent
                .entry(agent)
                .or_default()
                .push((start, start + handled, code[&leg.queue]));
        }
    }
    let mut waiting: Vec<Vec<(i64, i64)>> = vec![Vec::new(); code.len()];
    for call in calls
        .iter()
        .filter(|call| call.wait_ms as f64 > presence.gap_secs * 1000.0)
    {
        waiting[usize::from(call.call_type)]
            .push((call.arrived_ms, call.arrived_ms + call.wait_ms));
    }
    let waiting: Vec<Vec<(i64, i64)>> = waiting.into_iter().map(|spans| merged(spans, 0)).collect();
    let operator = |mut handled: Vec<(i64, i64, u16)>| {
        handled.sort_unstable();
        let queues = served(&handled);
        let seen: Vec<&[(i64, i64)]> = queues
            .iter()
            .map(|&queue| waiting[usize::from(queue)].as_slice())
            .collect();
        let spans = spans(&handled, &seen, presence);
        Operator { queues, spans }
    };
    by_agent.into_values().map(operator).collect()
}

/// The queues of at least one in fifty of an operator's calls.
fn served(handled: &[(i64, i64, u16)]) -> BTreeSet<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for &(_, _, queue) in handled {
        *counts.entry(queue).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|&(_, count)| count * 50 >= handled.len())
        .map(|(queue, _)| queue)
        .collect()
}

fn spans(
    handled: &[(i64, i64, u16)],
    waiting: &[&[(i64, i64)]],
    presence: Presence,
) -> Vec<(i64, i64)> {
    let gap_ms = (presence.gap_secs * 1000.0) as i64;
    let idle_ms = (presence.idle_limit_secs * 1000.0) as i64;
    let mut spans: Vec<(i64, i64)> = Vec::new();
    let mut free_since: Option<i64> = None;
    for &(start, end, _) in handled {
        let from = match free_since {
            Some(free) if start - free <= gap_ms => free.min(start),
            Some(free) => {
                // The last moment before the call at which somebody else waited.
                let last = waiting.iter().filter_map(|spans| {
                    let before = spans.partition_point(|&(from, _)| from < start);
                    Some(spans[..before].last()?.1.min(start))
                });
                free.max(last.max().unwrap_or(i64::MIN))
                    .max(start - idle_ms)
            }
            None => start,
        };
        spans.push((from, end.max(start + 1)));
        free_since = Some(free_since.map_or(end, |free| free.max(end)));
    }
    merged(spans, 0)
}

/// Spans in order, those that touch or are at most `gap` apart as one.
fn merged(mut spans: Vec<(i64, i64)>, gap: i64) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::with_capacity(spans.len());
    for (from, until) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 + gap => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}
