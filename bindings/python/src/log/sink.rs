//! What a reader of logs finishes, as tables that grow.

use std::collections::BTreeMap;

use floorwalker::time::Zone;
use floorwalker_acd::queue_log::{
    AgentPause, AgentSession, EndedBy, Ring, Sink, Stretch, Transfer, Visit,
};
use floorwalker_acd::{FindingRef, Findings};
use floorwalker_arrow::{Batches, Cell, Kind, TableWriter};
use serde::{Deserialize, Serialize};

use crate::errors::Result;

/// Tables by name.
pub(super) type Tables = Vec<(&'static str, Batches)>;

/// What a log tells beside its tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) findings: BTreeMap<String, u64>,
    pub(crate) other_events: BTreeMap<String, u64>,
    pub(crate) last_ms: Option<i64>,
}

const LEGS: [(&str, Kind); 28] = [
    ("queue", Kind::Term),
    ("arrived", Kind::Instant),
    ("outcome", Kind::Term),
    ("left_queue", Kind::Instant),
    ("answered", Kind::Instant),
    ("released", Kind::Instant),
    ("wrapped_up", Kind::Instant),
    ("agent", Kind::Term),
    ("kind", Kind::Term),
    ("transferred_out", Kind::Flag),
    ("ring_no_answers", Kind::Whole),
    ("callid", Kind::Text),
    ("conversation", Kind::Text),
    ("caller", Kind::Text),
    ("caller_name", Kind::Text),
    ("called", Kind::Term),
    ("ended_by", Kind::Term),
    ("transfer", Kind::Term),
    ("transferred_to", Kind::Term),
    ("key", Kind::Term),
    ("original_position", Kind::Whole),
    ("position", Kind::Whole),
    ("ring_s", Kind::Whole),
    ("ring_no_answers_over_1s", Kind::Whole),
    ("rings_canceled", Kind::Whole),
    ("agent_dumps", Kind::Whole),
    ("url", Kind::Term),
    ("rebuilt", Kind::Flag),
];

const STATES: [(&str, Kind); 5] = [
    ("agent", Kind::Term),
    ("state", Kind::Term),
    ("from", Kind::Instant),
    ("to", Kind::Instant),
    ("reason", Kind::Term),
];

const SESSIONS: [(&str, Kind); 3] = [
    ("agent", Kind::Term),
    ("from", Kind::Instant),
    ("to", Kind::Instant),
];

const PAUSES: [(&str, Kind); 4] = [
    ("agent", Kind::Term),
    ("from", Kind::Instant),
    ("to", Kind::Instant),
    ("reason", Kind::Term),
];

const RINGS: [(&str, Kind); 5] = [
    ("queue", Kind::Term),
    ("agent", Kind::Term),
    ("at", Kind::Instant),
    ("rang_ms", Kind::Whole),
    ("canceled", Kind::Flag),
];

const FINDINGS: [(&str, Kind); 5] = [
    ("kind", Kind::Term),
    ("source", Kind::Term),
    ("line", Kind::Whole),
    ("detail", Kind::Text),
    ("assumption", Kind::Term),
];

/// Everything a log tells, in tables.
pub(super) struct LogSink {
    zone: String,
    legs: TableWriter,
    states: TableWriter,
    sessions: TableWriter,
    pauses: TableWriter,
    rings: TableWriter,
    findings: Findings,
    counts: Counts,
}

impl LogSink {
    pub(super) fn new(zone: &Zone) -> Self {
        let zone = zone.name().to_owned();
        Self {
            legs: TableWriter::new(&zone, &LEGS),
            states: TableWriter::new(&zone, &STATES),
            sessions: TableWriter::new(&zone, &SESSIONS),
            pauses: TableWriter::new(&zone, &PAUSES),
            rings: TableWriter::new(&zone, &RINGS),
            findings: Findings::default(),
            counts: Counts::default(),
            zone,
        }
    }

    pub(super) fn finish(mut self) -> Result<(Tables, Counts)> {
        let mut findings = TableWriter::new(&self.zone, &FINDINGS);
        for finding in self.findings.list() {
            findings.push(&[
                finding.kind.name().into(),
                finding.source.as_str().into(),
                whole(finding.line),
                finding.detail.as_str().into(),
                finding.assumption().into(),
            ]);
        }
        for (kind, count) in self.findings.counts() {
            self.counts.findings.insert(kind.name().to_owned(), *count);
        }
        let tables = vec![
            ("legs", self.legs.finish()?),
            ("states", self.states.finish()?),
            ("sessions", self.sessions.finish()?),
            ("pauses", self.pauses.finish()?),
            ("rings", self.rings.finish()?),
            ("findings", findings.finish()?),
        ];
        Ok((tables, self.counts))
    }
}

fn whole(number: impl TryInto<i64>) -> Cell<'static> {
    Cell::Number(number.try_into().unwrap_or(i64::MAX))
}

fn ms(at: chrono::DateTime<chrono::Utc>) -> Cell<'static> {
    Cell::Number(at.timestamp_millis())
}

impl Sink for LogSink {
    fn visit(&mut self, visit: &Visit<'_>) {
        let ended_by = visit.ended_by.map(|by| match by {
            EndedBy::Agent => "agent",
            EndedBy::Caller => "caller",
        });
        let transfer = visit.transfer.map(|transfer| match transfer {
            Transfer::Blind => "blind",
            Transfer::Attended => "attended",
            Transfer::Unknown => "unknown",
        });
        let position = |place: Option<u32>| place.map_or(Cell::Nothing, whole);
        self.legs.push(&[
            visit.queue.as_str().into(),
            Cell::Number(visit.arrived_ms),
            visit.outcome.name().into(),
            visit.left_queue_ms.into(),
            visit.answered_ms.into(),
            visit.released_ms.into(),
            visit.wrapped_up_ms.into(),
            visit.agent.map(|agent| agent.as_str()).into(),
            visit.kind.name().into(),
            (visit.answered_ms.is_some() && visit.is_transferred()).into(),
            whole(visit.ring_no_answers),
            visit.callid().as_ref().into(),
            visit.conversation().as_ref().into(),
            visit.caller().as_deref().into(),
            visit.caller_name().as_deref().into(),
            visit.called().as_deref().into(),
            ended_by.into(),
            transfer.into(),
            visit.transferred_to().as_deref().into(),
            visit.key().as_deref().into(),
            position(visit.original_position),
            position(visit.position),
            position(visit.ring_secs),
            whole(visit.ring_no_answers_over_1s),
            whole(visit.rings_canceled),
            whole(visit.agent_dumps),
            visit.url().as_deref().into(),
            visit.rebuilt.into(),
        ]);
    }

    fn ring(&mut self, ring: &Ring<'_>) {
        self.rings.push(&[
            ring.queue.as_str().into(),
            ring.agent.map(|agent| agent.as_str()).into(),
            Cell::Number(ring.at_ms),
            Cell::Number(ring.rang_ms),
            ring.canceled.into(),
        ]);
    }

    fn session(&mut self, session: AgentSession) {
        let to = session.to.map_or(Cell::Nothing, ms);
        self.sessions
            .push(&[session.agent.as_str().into(), ms(session.from), to]);
    }

    fn pause(&mut self, pause: AgentPause) {
        let to = pause.to.map_or(Cell::Nothing, ms);
        let reason = Some(pause.reason.as_str()).filter(|reason| !reason.is_empty());
        self.pauses.push(&[
            pause.agent.as_str().into(),
            ms(pause.from),
            to,
            reason.into(),
        ]);
    }

    fn stretch(&mut self, stretch: &Stretch<'_>) {
        self.states.push(&[
            stretch.agent.as_str().into(),
            stretch.state.name().into(),
            Cell::Number(stretch.from_ms),
            stretch.to_ms.into(),
            stretch.reason.into(),
        ]);
    }

    fn finding(&mut self, finding: &FindingRef<'_>) {
        self.findings.push(finding);
    }

    fn other_events(&mut self, events: &BTreeMap<String, u64>) {
        for (event, count) in events {
            *self.counts.other_events.entry(event.clone()).or_default() += count;
        }
    }

    fn last_stamp(&mut self, at_ms: i64) {
        self.counts.last_ms = self.counts.last_ms.max(Some(at_ms));
    }
}
