//! The streaming reader.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::engine::{Engine, Line, Lines, RawEvent, SavedEngine, TakeLines};
use super::options::Options;
use super::sink::Sink;
use super::work::Work;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::FindingKind;

/// Reads a `queue_log` as it comes, and hands every finished visit to a [`Sink`].
///
/// Bytes are [fed](Self::feed) in chunks of any size, cut anywhere. Memory is that
/// of the calls that are open and of a bounded past, whatever the length of the log.
/// The reader can be put to sleep at any byte and wake up elsewhere.
///
/// ```
/// use floorwalker_acd::queue_log::{Options, QueueLog, Reader};
///
/// let mut reader = Reader::new(Options::default(), QueueLog::new());
/// reader.feed(b"1700000000|1699999997.1|sales|NONE|ENTERQUEUE||0612345678|1\n17000");
/// let (asleep, log) = reader.suspend();
///
/// let mut reader = Reader::resume(asleep, log)?;
/// reader.feed(b"00012|1699999997.1|sales|Anna|CONNECT|12|1700000008.2|4\n");
/// reader.feed(b"1700000132|1699999997.1|sales|Anna|COMPLETEAGENT|12|120|1\n");
/// let log = reader.finish();
/// let leg = log.leg(0).unwrap();
/// assert_eq!(leg.wait().unwrap().num_seconds(), 12);
/// assert_eq!(leg.talk().unwrap().num_seconds(), 120);
/// # Ok::<(), floorwalker_acd::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<S> {
    lines: Lines,
    engine: Engine,
    sink: S,
}

/// Hands lines to the engine, and what comes out to the sink.
struct Taker<'a, S> {
    engine: &'a mut Engine,
    sink: &'a mut S,
}

impl<S: Sink> TakeLines for Taker<'_, S> {
    fn take_quickly(&mut self, number: u64, bytes: &[u8]) -> Option<usize> {
        self.engine.quick_line(number, bytes, self.sink)
    }

    fn take(&mut self, line: Line<'_>) {
        self.engine.line(line, self.sink);
    }
}

impl<S: Sink> Reader<S> {
    /// A reader at the start of a log.
    pub fn new(options: Options, sink: S) -> Self {
        let lines = Lines::new(options.line_limit());
        let mut engine = Engine::new(options);
        engine.begin_source("queue_log");
        Self {
            lines,
            engine,
            sink,
        }
    }

    /// The next bytes are of another file: findings name it, and lines are counted
    /// from 1. If the file before ended in the middle of a line, the first line of
    /// this one is joined to it where it does not begin with a stamp.
    pub fn begin_source(&mut self, name: &str) {
        let Self {
            lines,
            engine,
            sink,
        } = self;
        lines.begin_source(&mut Taker { engine, sink });
        engine.begin_source(name);
    }

    /// Takes the next bytes of the log.
    pub fn feed(&mut self, chunk: &[u8]) {
        let Self {
            lines,
            engine,
            sink,
        } = self;
        lines.feed(chunk, &mut Taker { engine, sink });
    }

    /// The log is over: hands over what is open, and gives the sink back.
    pub fn finish(mut self) -> S {
        let Self {
            lines,
            engine,
            sink,
        } = &mut self;
        lines.finish(&mut Taker { engine, sink });
        engine.finish(sink);
        self.sink
    }

    /// Puts the reader to sleep, to go on later from the next byte.
    pub fn suspend(self) -> (State, S) {
        let state = State {
            version: VERSION,
            lines: self.lines,
            engine: self.engine.saved(),
        };
        (state, self.sink)
    }

    /// Wakes a reader up. It goes on as if it had never slept.
    ///
    /// # Errors
    /// `state.invalid` if the state was not made by [`suspend`](Self::suspend) of
    /// this version, or was changed since.
    pub fn resume(state: State, sink: S) -> Result<Self> {
        let invalid = |why: &str| Error::from(ErrorKind::State(why.to_owned()));
        if state.version != VERSION {
            return Err(invalid("it is of another version"));
        }
        if !state.lines.is_sound() {
            return Err(invalid("its half line is too long"));
        }
        Ok(Self {
            lines: state.lines,
            engine: Engine::restored(state.engine).map_err(invalid)?,
            sink,
        })
    }

    /// The sink.
    pub fn sink(&self) -> &S {
        &self.sink
    }

    /// The sink, to be changed.
    pub fn sink_mut(&mut self) -> &mut S {
        &mut self.sink
    }

    /// What the reader was told.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.engine.options
    }

    /// Events that are kept by their names only, and how often each came. After 256
    /// names the rest is counted under `(others)`.
    #[must_use]
    pub fn other_events(&self) -> &BTreeMap<String, u64> {
        self.engine.other_events()
    }

    /// How much work was done.
    #[must_use]
    pub fn work(&self) -> Work {
        self.engine.work()
    }

    /// Takes one row of a table in the shape of a line.
    pub(crate) fn row(&mut self, number: u64, event: &RawEvent<'_>) {
        let Self { engine, sink, .. } = self;
        engine.row(number, event, sink);
    }

    /// Reports something odd about a row or a file.
    pub(crate) fn note(&mut self, number: u64, kind: FindingKind, detail: std::fmt::Arguments<'_>) {
        let Self { engine, sink, .. } = self;
        engine.note(sink, number, kind, detail);
    }

    /// Takes bytes of one of several sources, each with its own half line.
    pub(crate) fn feed_from(&mut self, source: u32, lines: &mut Lines, chunk: &[u8]) {
        let Self { engine, sink, .. } = self;
        engine.go_to_source(source);
        lines.feed(chunk, &mut Taker { engine, sink });
    }

    /// One of several sources is over, and no other goes on with its half line.
    pub(crate) fn finish_from(&mut self, source: u32, lines: &mut Lines) {
        let Self { engine, sink, .. } = self;
        engine.go_to_source(source);
        lines.finish(&mut Taker { engine, sink });
    }

    /// Keeps the half line that ends a source for the next one.
    pub(crate) fn keep_half(&mut self, half: Vec<u8>) {
        let Self {
            lines,
            engine,
            sink,
        } = self;
        lines.finish(&mut Taker { engine, sink });
        lines.set_half(half);
    }

    pub(crate) fn take_kept_half(&mut self) -> Vec<u8> {
        self.lines.take_half()
    }

    /// Reports something odd about one of several sources.
    pub(crate) fn note_in(
        &mut self,
        source: u32,
        kind: FindingKind,
        detail: std::fmt::Arguments<'_>,
    ) {
        self.engine.go_to_source(source);
        self.note(0, kind, detail);
    }

    /// Announces one of several sources; tells its number.
    pub(crate) fn add_source(&mut self, name: &str) -> u32 {
        self.engine.begin_source(name);
        self.engine.source()
    }
}

const VERSION: u32 = 1;

/// A reader asleep: everything needed to go on, as data for serde.
///
/// What is inside is not for other eyes: it changes with the version, and is
/// checked when a reader [wakes up](Reader::resume).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    version: u32,
    lines: Lines,
    engine: SavedEngine,
}
