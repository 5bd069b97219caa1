//! Sessions: from coming to going, with the breaks between.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::rules::HoursMode;
use crate::attendance::spans::{SpanSet, between};
use crate::id::AgentId;
use crate::terms::terms;
use crate::time::{Span, instant};

terms! {
    /// What an end of a session rests on.
    Origin ("origin") {
        /// A punch.
        Punch = "punch",
        /// A state of the telephone system.
        System = "system",
        /// The planned end, with a state of the telephone system near it.
        Planned = "planned",
        /// Nothing but a rule.
        Assumed = "assumed",
    }
}

/// One end of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// When.
    pub at: DateTime<Utc>,
    /// What it rests on.
    pub origin: Origin,
}

impl Edge {
    pub(in crate::attendance) fn new(at_ms: i64, origin: Origin) -> Option<Self> {
        instant(at_ms).map(|at| Self { at, origin })
    }

    pub(in crate::attendance) fn at_ms(self) -> i64 {
        self.at.timestamp_millis()
    }
}

/// From coming to going.
///
/// Invariant: `from` is not after `to`; the breaks lie between, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Session {
    pub(in crate::attendance) from: Option<Edge>,
    pub(in crate::attendance) to: Option<Edge>,
    pub(in crate::attendance) breaks: Vec<Span>,
    /// A break that was begun and never ended.
    pub(in crate::attendance) open_break: Option<DateTime<Utc>>,
    /// The last part, for which nothing but a rule speaks.
    pub(in crate::attendance) assumed: Option<Span>,
}

impl Session {
    /// When they came; `None` if nobody knows.
    #[must_use]
    pub fn from(&self) -> Option<Edge> {
        self.from
    }

    /// When they went; `None` if they are still there, or nobody knows.
    #[must_use]
    pub fn to(&self) -> Option<Edge> {
        self.to
    }

    /// The breaks that were begun and ended.
    #[must_use]
    pub fn breaks(&self) -> &[Span] {
        &self.breaks
    }

    /// When a break was begun that was never ended.
    #[must_use]
    pub fn open_break(&self) -> Option<DateTime<Utc>> {
        self.open_break
    }

    /// The last part, for which nothing but a rule speaks.
    #[must_use]
    pub fn assumed(&self) -> Option<Span> {
        self.assumed
    }

    /// From start to end, if both are known.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        Span::new(self.from?.at, self.to?.at).ok()
    }

    /// The time of breaks. One that was never ended lasts to the end: nobody is
    /// paid for what they may have forgotten.
    pub(in crate::attendance) fn break_set(&self) -> SpanSet {
        let open = self
            .open_break
            .zip(self.to)
            .and_then(|(from, to)| between(from.timestamp_millis(), to.at_ms()));
        SpanSet::of(self.breaks.iter().copied().chain(open))
    }

    /// The part of a session inside `window`; `None` if an end is missing or
    /// nothing lies inside.
    pub(in crate::attendance) fn within(&self, window: Span) -> Option<Self> {
        let part = self.span()?.overlap(window)?;
        let moved = |edge: Option<Edge>, at: i64| edge.and_then(|edge| Edge::new(at, edge.origin));
        Some(Self {
            from: moved(self.from, part.start_ms()),
            to: moved(self.to, part.end_ms()),
            breaks: self
                .breaks
                .iter()
                .filter_map(|one| one.overlap(part))
                .collect(),
            open_break: self.open_break.filter(|open| part.contains(*open)),
            assumed: self.assumed.and_then(|assumed| assumed.overlap(part)),
        })
    }

    /// Start to end without the breaks; nothing while an end is missing.
    pub(in crate::attendance) fn worked(&self) -> SpanSet {
        SpanSet::of(self.span()).minus(&self.break_set())
    }

    /// Start to end without the breaks in milliseconds; 0 while an end is missing.
    #[must_use]
    pub fn worked_ms(&self) -> u64 {
        self.worked().millis()
    }
}

/// The sessions between two long times off: a work day as the punches tell it.
///
/// Invariant: there is a session; they are in order and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PunchDay {
    pub(in crate::attendance) agent: AgentId,
    pub(in crate::attendance) sessions: Vec<Session>,
}

impl PunchDay {
    /// Who.
    #[must_use]
    pub fn agent(&self) -> &AgentId {
        &self.agent
    }

    /// From coming to going, each time.
    #[must_use]
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// How long was worked, in milliseconds; `None` while an end is missing.
    ///
    /// ```
    /// use floorwalker::attendance::{HoursMode, Punch, PunchKind, PunchRules, pair};
    /// use floorwalker::id::AgentId;
    ///
    /// let punch = |at: &str, kind| Punch::new(AgentId::new("Anna")?, kind, at.parse().unwrap());
    /// let punches = [
    ///     punch("2026-03-02T09:00:00+01:00", PunchKind::In)?,
    ///     punch("2026-03-02T13:00:00+01:00", PunchKind::Out)?,
    ///     punch("2026-03-02T14:00:00+01:00", PunchKind::In)?,
    ///     punch("2026-03-02T18:00:00+01:00", PunchKind::Out)?,
    /// ];
    /// let paired = pair(&punches, &[], &PunchRules::default());
    /// let hours = |mode| paired.days()[0].worked_ms(mode).map(|ms| ms / 3_600_000);
    /// assert_eq!(hours(HoursMode::EveryPair), Some(8));
    /// assert_eq!(hours(HoursMode::FirstToLast), Some(9));
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn worked_ms(&self, mode: HoursMode) -> Option<u64> {
        let complete = self.sessions.iter().all(|one| one.span().is_some());
        let hull = SpanSet::of(self.sessions.iter().filter_map(Session::span)).hull();
        complete.then(|| match mode {
            HoursMode::EveryPair => self.sessions.iter().map(Session::worked_ms).sum(),
            HoursMode::FirstToLast => hull.map_or(0, |hull| hull.millis().unsigned_abs()),
        })
    }
}
