//! From events to visits, sessions and findings.
//!
//! A line is split, its fields are read in the dialect of its event, and its fact
//! fills a slot of a visit. Nothing is decided at once: an end, a login or a restart
//! becomes *due* two seconds of log time later, when every line that came a little
//! out of order is there, and due things are settled in the order of their stamps.
//! That is why neither the order of near lines nor repeated lines change the result.

mod agents;
mod answer;
mod apply;
mod apply_agent;
mod calls;
mod clock;
mod dialect;
mod due;
mod entry;
mod event;
mod finish;
mod hash;
mod index;
mod join;
mod lines;
mod memory;
mod milestones;
mod names;
mod notes;
mod number;
mod pick;
mod pipes;
mod quick;
mod saved;
mod slots;
mod split;
mod stale;
mod timeline;
mod track;

use std::collections::BTreeMap;

pub(crate) use lines::{Line, LineNote, Lines, TakeLines, leading_stamp};
pub(crate) use pipes::Pipes;
pub(crate) use saved::SavedEngine;
pub(crate) use slots::{Text, Texts};
pub(crate) use split::{Data, RawEvent, split, stamp_ms};

use super::options::Options;
use super::sink::Sink;
use super::work::Work;
use crate::finding::FindingKind;
use agents::Agents;
use calls::Calls;
use clock::{Clock, Step, WINDOW};
use dialect::call_fact;
use due::Dues;
use event::{Event, Subject};
use memory::{Memory, SeenLines};
use names::{Named, Names};
use notes::Notes;

/// Call ids of Asterisk have at most 150 bytes.
const LONGEST_CALLID: usize = 160;
/// How many names of events that are not interpreted are counted one by one.
const MOST_EVENT_NAMES: usize = 256;

/// All that is known at a point of the log.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) options: Options,
    give_up: i64,
    clock: Clock,
    names: Names,
    outbound: u32,
    calls: Calls,
    dues: Dues,
    memory: Memory,
    seen: SeenLines,
    agents: Agents,
    notes: Notes,
    next_sweep: i64,
    /// The instant of what was settled last.
    settled: i64,
    /// Events that are not interpreted, by name.
    other_events: BTreeMap<String, u64>,
    work: Work,
}

impl Engine {
    pub(crate) fn new(options: Options) -> Self {
        let give_up = options.give_up_after().num_milliseconds();
        let mut names = Names::new();
        let outbound = match names.queue(options.outbound_queue().as_str().as_bytes()) {
            Named::Known(code) | Named::New(code, _) => code,
            Named::TooMany => 0,
        };
        Self {
            give_up,
            clock: Clock::new(),
            names,
            outbound,
            calls: Calls::new(),
            dues: Dues::new(),
            memory: Memory::new(options.memory()),
            seen: SeenLines::new(options.memory()),
            agents: Agents::new(give_up),
            notes: Notes::default(),
            next_sweep: i64::MIN,
            settled: i64::MIN / 2,
            other_events: BTreeMap::new(),
            work: Work::default(),
            options,
        }
    }

    pub(crate) fn begin_source(&mut self, name: &str) {
        self.notes.begin_source(name);
    }

    /// The number of the source at hand, to [go back](Self::go_to_source) to it.
    pub(crate) fn source(&self) -> u32 {
        self.notes.here.source
    }

    pub(crate) fn go_to_source(&mut self, source: u32) {
        self.notes.here.source = source;
    }

    pub(crate) fn other_events(&self) -> &BTreeMap<String, u64> {
        &self.other_events
    }

    pub(crate) fn work(&self) -> Work {
        Work {
            open_visits: self.calls.open() as u64,
            allocations: self.calls.allocations,
            ..self.work
        }
    }

    /// Reports something odd about the line at hand.
    pub(crate) fn note(
        &mut self,
        sink: &mut impl Sink,
        line: u64,
        kind: FindingKind,
        detail: std::fmt::Arguments<'_>,
    ) {
        self.notes.here.line = line;
        self.notes.note(sink, kind, detail);
    }

    /// Takes a line of a usual event in its usual shape; tells how long it is.
    pub(crate) fn quick_line(
        &mut self,
        number: u64,
        bytes: &[u8],
        sink: &mut impl Sink,
    ) -> Option<usize> {
        // A window is the least a line may be long.
        if self.options.line_limit() < quick::WINDOW {
            return None;
        }
        quick::read(bytes, |length, event, raw, fact| {
            self.notes.here.line = number;
            self.work.lines += 1;
            self.work.bytes += length as u64;
            self.advance(raw.at_ms, sink);
            self.call_event(event, raw, fact, sink);
        })
    }

    /// Takes a line of a file.
    pub(crate) fn line(&mut self, line: Line<'_>, sink: &mut impl Sink) {
        if line.bytes.is_empty() {
            return;
        }
        self.notes.here.line = line.number;
        self.work.lines += 1;
        self.work.bytes += line.bytes.len() as u64;
        let odd = match line.note {
            LineNote::None => None,
            LineNote::Cut => Some(FindingKind::LongLine),
            LineNote::Joined => Some(FindingKind::TornLine),
            LineNote::Unfinished => Some(FindingKind::UnfinishedLine),
        };
        if let Some(kind) = odd {
            self.notes
                .note(sink, kind, format_args!("{} bytes", line.bytes.len()));
        }
        let pipes = Pipes::find(line.bytes);
        match split(line.bytes, &pipes) {
            Ok(raw) => self.event(&raw, sink),
            Err(why) => self
                .notes
                .note(sink, FindingKind::BadLine, format_args!("{why}")),
        }
    }

    /// Takes a row of a table, already in the shape of a line.
    pub(crate) fn row(&mut self, number: u64, event: &RawEvent<'_>, sink: &mut impl Sink) {
        self.notes.here.line = number;
        self.work.lines += 1;
        self.event(event, sink);
    }

    fn event(&mut self, raw: &RawEvent<'_>, sink: &mut impl Sink) {
        let set_back = self.advance(raw.at_ms, sink);
        let event = Event::of(raw.event);
        match event.subject() {
            Subject::Call => {
                let (fact, bad_number) = call_fact(event, raw.data);
                if bad_number {
                    self.note_event(raw, FindingKind::BadNumber, sink);
                }
                self.call_event(event, raw, &fact, sink);
            }
            Subject::Agent if self.options.follows_agents() => self.agent_event(event, raw, sink),
            Subject::Agent => {}
            Subject::System if event == Event::Restart => self.restart(raw, set_back, sink),
            Subject::System => {}
            Subject::Unknown => self.unknown_event(raw, sink),
        }
    }

    /// Lets the time of the log go on to a stamp; tells whether it went back.
    fn advance(&mut self, at: i64, sink: &mut impl Sink) -> bool {
        match self.clock.step(at) {
            Step::Same => false,
            Step::Forward => {
                if self.dues.next() < at - WINDOW {
                    self.settle(at - WINDOW, sink);
                }
                if self.clock.newest >= self.next_sweep {
                    self.sweep(sink);
                }
                false
            }
            Step::Back => {
                self.notes.note(
                    sink,
                    FindingKind::ClockSetBack,
                    format_args!("to {}", at.div_euclid(1000)),
                );
                self.settle(i64::MAX, sink);
                true
            }
        }
    }

    fn unknown_event(&mut self, raw: &RawEvent<'_>, sink: &mut impl Sink) {
        if self.repeats(raw, sink).is_none() {
            return;
        }
        let name = crate::decode::text(raw.event);
        let name: String = name.chars().take(64).collect();
        let is_new = !self.other_events.contains_key(&name);
        if is_new && self.other_events.len() >= MOST_EVENT_NAMES {
            *self.other_events.entry("(others)".to_owned()).or_insert(0) += 1;
            return;
        }
        self.notes
            .note(sink, FindingKind::UnknownEvent, format_args!("{name}"));
        *self.other_events.entry(name).or_insert(0) += 1;
    }

    /// The hash of a line that is not about a call, unless the line was seen before.
    fn repeats(&mut self, raw: &RawEvent<'_>, sink: &mut impl Sink) -> Option<u64> {
        let line = hash_of(raw);
        let at = raw.at_ms;
        self.work.lookups += 1;
        let is_behind = self.clock.is_behind(at);
        if is_behind && self.seen.is_forgotten(self.clock.first, at) {
            self.note_repeated_import(raw, sink);
            return None;
        }
        if self.seen.is_new(line, at) {
            return Some(line);
        }
        self.note_repeated(raw, sink);
        None
    }

    fn note_repeated(&self, raw: &RawEvent<'_>, sink: &mut impl Sink) {
        self.note_event(raw, FindingKind::RepeatedLine, sink);
    }

    fn note_repeated_import(&self, raw: &RawEvent<'_>, sink: &mut impl Sink) {
        self.note_event(raw, FindingKind::RepeatedImport, sink);
    }

    /// Reports something odd about an event, by its name, call and queue.
    fn note_event(&self, raw: &RawEvent<'_>, kind: FindingKind, sink: &mut impl Sink) {
        let [event, callid, queue] = [raw.event, raw.callid, raw.queue].map(crate::decode::text);
        self.notes
            .note(sink, kind, format_args!("{event} of {callid} in {queue}"));
    }

    /// The number of a queue, or `None` if there are too many.
    fn queue_code(&mut self, raw: &RawEvent<'_>, sink: &mut impl Sink) -> Option<u32> {
        let named = self.names.queue(raw.queue);
        self.named(named, raw.queue, sink)
    }

    /// The number of an operator's name; `None` for none and for too many.
    fn agent_code(&mut self, raw: &RawEvent<'_>, sink: &mut impl Sink) -> Option<u32> {
        if raw.agent.is_empty() || raw.agent == b"NONE" {
            return None;
        }
        let named = self.names.agent(raw.agent, self.options.aliases());
        self.named(named, raw.agent, sink)
    }

    fn named(&mut self, named: Named, bytes: &[u8], sink: &mut impl Sink) -> Option<u32> {
        match named {
            Named::Known(code) | Named::New(code, None) => Some(code),
            Named::New(code, Some(kind)) => {
                let name = crate::decode::text(bytes);
                self.notes.note(sink, kind, format_args!("{name}"));
                Some(code)
            }
            Named::TooMany => {
                let name = crate::decode::text(&bytes[..bytes.len().min(80)]);
                self.notes
                    .note(sink, FindingKind::TooManyNames, format_args!("{name}"));
                None
            }
        }
    }
}

/// The same number for the same event, whatever source it is in.
fn hash_of(raw: &RawEvent<'_>) -> u64 {
    let mut hash = hash::stable(raw.event);
    for bytes in [raw.callid, raw.queue, raw.agent, raw.data.bytes] {
        hash = hash::mix_bytes(hash, bytes);
    }
    hash::mix(hash, raw.at_ms as u64)
}
