//! Logs of telephone systems as tables.

mod sink;

use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use floorwalker::id::{AgentId, QueueId};
use floorwalker::report::SourceNote;
use floorwalker::time::{Zone, instant};
use floorwalker_acd::queue_log::Options;
use floorwalker_acd::{FindingKind, read_files_watched, table as acd_table};
use pyo3::prelude::*;
use pyo3::types::PyDateTime;

use crate::errors::{Failure, Result};
use crate::given::{
    Argument, Choice, Duration, Given, Restart, ZoneName, hint, optional, utc_datetime,
};
use crate::output::Capsule;
use crate::rule::AsLimit;
use crate::table::Table;
use crate::watch::{Bar, Watchman, compute_long};
use sink::{Counts, LogSink, Tables};

/// What a log of a telephone system tells, as tables.
///
/// It stands for its table ``legs`` wherever a table of contacts is asked for.
#[pyclass(frozen, name = "QueueLog", module = "floorwalker")]
pub(crate) struct PyQueueLog {
    tables: BTreeMap<String, Py<Table>>,
    counts: Counts,
    zone: String,
}

/// The tables of a log, by the names of the attributes.
const TABLES: [&str; 6] = ["legs", "states", "sessions", "pauses", "rings", "findings"];

impl PyQueueLog {
    fn new(py: Python<'_>, tables: Tables, counts: Counts, zone: String) -> PyResult<Self> {
        let made = tables.into_iter().map(|(name, (schema, batches))| {
            Ok((name.to_owned(), Py::new(py, Table::new(schema, batches))?))
        });
        Ok(Self {
            tables: made.collect::<PyResult<_>>()?,
            counts,
            zone,
        })
    }

    pub(crate) fn table(&self, py: Python<'_>, name: &str) -> PyResult<Py<Table>> {
        let table = self.tables.get(name);
        let missing = || Failure::new("state.invalid", format!("the log has no table {name}"));
        Ok(table.ok_or_else(missing)?.clone_ref(py))
    }

    /// The zone on whose clock the tables show instants.
    pub(crate) fn zone_name(&self) -> &str {
        &self.zone
    }

    fn rows(&self, name: &str) -> usize {
        self.tables.get(name).map_or(0, |table| table.get().rows())
    }

    /// What was odd, for a report: each kind with its count and what was assumed.
    pub(crate) fn notes(&self) -> Vec<SourceNote> {
        let counts = self.counts.findings.iter();
        let notes = counts.map(|(kind, &count)| {
            let note = SourceNote::new(kind, count);
            match FindingKind::ALL.iter().find(|one| one.name() == kind) {
                Some(known) => note.assuming(known.assumption()),
                None => note,
            }
        });
        notes.collect()
    }

    /// The latest stamp.
    pub(crate) fn last_stamp_at(&self) -> Option<DateTime<Utc>> {
        self.counts.last_ms.and_then(instant)
    }
}

#[pymethods]
impl PyQueueLog {
    /// One row for each visit to a queue: a table of contacts as ``service_levels`` takes it,
    /// with ``callid``, ``conversation``, ``caller``, ``called`` and what else the log tells.
    #[getter]
    fn legs(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "legs")
    }

    /// What operators did: ``agent``, ``state``, ``from``, ``to``, ``reason``. The stretches of
    /// one operator do not overlap.
    #[getter]
    fn states(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "states")
    }

    /// Sessions of operators: ``agent``, ``from``, ``to``.
    #[getter]
    fn sessions(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "sessions")
    }

    /// Pauses of operators: ``agent``, ``from``, ``to``, ``reason``.
    #[getter]
    fn pauses(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "pauses")
    }

    /// Rings at operators who did not take the call: ``queue``, ``agent``, ``at``, ``rang_ms``,
    /// ``canceled``.
    #[getter]
    fn rings(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "rings")
    }

    /// What was odd: ``kind``, ``source``, ``line``, ``detail``, ``assumption``; of each kind
    /// the first hundred. ``finding_counts`` has all.
    #[getter]
    fn findings(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        self.table(py, "findings")
    }

    /// How many findings of each kind there were.
    #[getter]
    pub(crate) fn finding_counts(&self) -> BTreeMap<String, u64> {
        self.counts.findings.clone()
    }

    /// Events that are not interpreted, and how often each came.
    #[getter]
    fn other_events(&self) -> BTreeMap<String, u64> {
        self.counts.other_events.clone()
    }

    /// The latest stamp of the log, in UTC: when what has no end was last seen.
    #[getter]
    fn last_stamp<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let at = self.last_stamp_at();
        at.map(|at| utc_datetime(py, at)).transpose()
    }

    /// The zone on whose clock the tables show instants.
    #[getter]
    fn zone(&self) -> &str {
        &self.zone
    }

    /// The Arrow interface: a stream of the table ``legs``.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Capsule<'py>> {
        let legs = self.table(py, "legs")?;
        legs.get().__arrow_c_stream__(py, requested_schema)
    }

    fn __repr__(&self) -> String {
        let total: u64 = self.counts.findings.values().sum();
        format!(
            "<QueueLog of {} legs and {} states in {}, {total} findings>",
            self.rows("legs"),
            self.rows("states"),
            self.zone,
        )
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Self>() else {
            return false;
        };
        let other = other.get();
        let same = |name: &str| match (self.tables.get(name), other.tables.get(name)) {
            (Some(mine), Some(theirs)) => mine.get().holds_the_same(theirs.get()),
            _ => false,
        };
        self.counts == other.counts && self.zone == other.zone && TABLES.into_iter().all(same)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.counts, &self.zone, self.rows("legs")).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Stored)> {
        let (py, log) = (slf.py(), slf.get());
        let tables = log.tables.iter();
        let tables = tables.map(|(name, table)| (name.clone(), table.clone_ref(py)));
        let counts = serde_json::to_string(&log.counts)
            .map_err(|error| Failure::new("state.invalid", error.to_string()))?;
        let rebuild = slf.get_type().getattr("_from_parts")?;
        Ok((rebuild, (tables.collect(), counts, log.zone.clone())))
    }

    /// What pickle calls.
    #[staticmethod]
    fn _from_parts(
        tables: BTreeMap<String, Py<Table>>,
        counts: &str,
        zone: String,
    ) -> PyResult<Self> {
        let counts = serde_json::from_str(counts)
            .map_err(|error| Failure::new("state.invalid", error.to_string()))?;
        Ok(Self {
            tables,
            counts,
            zone,
        })
    }
}

type Stored = (BTreeMap<String, Py<Table>>, String, String);

/// Reads logs of Asterisk: what happened to every call in every queue, what operators did, and
/// what was odd.
///
/// ``paths`` is a file, a pattern such as ``"queue_log*"``, or a list of these. Files may be
/// packed (gzip), rotated and given in any order; what is in two of them counts once. Files
/// that end in ``.csv`` are tables exported from a database.
///
/// Nothing is dropped in silence: whatever was odd is a finding, with what was assumed.
///
/// * ``zone``: on whose clock instants are shown, and the zone of tables whose stamps have none
/// * ``aliases``: names of operators for what the log calls them, such as
///   ``{"SIP/201": "Anna"}``
/// * ``wrap_up``: the work after each call that the system grants, which the log does not
///   tell: a duration, or a ``Limit`` with exceptions by queue
/// * ``give_up_after``: calls without an event for so long are over; a day without it
/// * ``restarts``: ``"end_calls"``, or ``"ignore"`` where several systems write one log
/// * ``agents``: whether to follow what operators did
/// * ``progress``: ``True`` or ``False`` for a bar, or a class like ``tqdm``; without it, a bar
///   where somebody is looking and tqdm is installed
///
/// Reading can be interrupted, and does not hold up other threads.
///
/// >>> import floorwalker as fw
/// >>> import pathlib, tempfile
/// >>> path = pathlib.Path(tempfile.mkdtemp(), "queue_log")
/// >>> _ = path.write_text("1772442000|a.1|sales|NONE|ENTERQUEUE||0611|1\n"
/// ...                     "1772442012|a.1|sales|SIP/201|CONNECT|12|a.2|3\n"
/// ...                     "1772442072|a.1|sales|SIP/201|COMPLETECALLER|12|60|1\n")
/// >>> log = fw.read_queue_log(path, zone="Europe/Rome", aliases={"SIP/201": "Anna"})
/// >>> [(leg["queue"], leg["agent"], leg["outcome"]) for leg in log.legs.to_dicts()]
/// [('sales', 'Anna', 'answered')]
/// >>> print(fw.service_level(log, rule="offered(20s)"))
/// 1/1 = 100.0 %
#[pyfunction]
#[pyo3(
    signature = (
        paths, *, zone, aliases = None, wrap_up = None, give_up_after = Choice::or("1d"), restarts = Choice::or("end_calls"),
        agents = true, progress = None,
    ),
    text_signature = "(paths, *, zone, aliases=None, wrap_up=None, give_up_after='1d', \
                      restarts='end_calls', agents=True, progress=None)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn read_queue_log(
    py: Python<'_>,
    paths: Given<'_, Paths>,
    zone: Given<'_, ZoneName>,
    aliases: Option<Given<'_, Aliases>>,
    wrap_up: Option<Given<'_, AsLimit>>,
    give_up_after: Choice<'_, Duration>,
    restarts: Choice<'_, Restart>,
    agents: bool,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<PyQueueLog> {
    let Paths(paths) = paths.read("paths")?;
    let ZoneName(zone) = zone.read("zone")?;
    let mut options = Options::default().with_zone(zone.clone());
    if let Some(Aliases(aliases)) = optional("aliases", aliases.as_ref())? {
        let all = aliases.into_iter();
        options = all.fold(options, |options, (name, agent)| {
            options.with_alias(name, agent)
        });
    }
    if let Some(limit) = optional("wrap_up", wrap_up.as_ref())? {
        options = with_wrap_up(options, limit).map_err(|failure| failure.about("wrap_up"))?;
    }
    let Duration(time) = give_up_after.read("give_up_after")?;
    let Restart(restarts) = restarts.read("restarts")?;
    let made = options.with_restarts(restarts).with_give_up_after(time);
    options = made.map_err(|error| Failure::from(error).about("give_up_after"))?;
    if !agents {
        options = options.without_agents();
    }
    let bar = Bar::new(py, progress.as_ref(), &paths)?;
    let name = zone.name().to_owned();
    let (tables, counts) = read(py, &paths, &zone, &options, bar)?;
    PyQueueLog::new(py, tables, counts, name)
}

/// Reads files or tables, whichever they are.
fn read(
    py: Python<'_>,
    paths: &[PathBuf],
    zone: &Zone,
    options: &Options,
    bar: Bar,
) -> PyResult<(Tables, Counts)> {
    let is_table = |path: &PathBuf| path.extension().is_some_and(|end| end == "csv");
    compute_long(py, |watchman| {
        watchman.show(bar);
        let sink = LogSink::new(zone);
        let sink = if paths.iter().all(is_table) {
            read_tables(paths, options, sink, watchman)?
        } else {
            read_files_watched(paths, options, sink, &mut |bytes| watchman.reached(bytes))?
        };
        sink.finish()
    })
}

fn read_tables(
    paths: &[PathBuf],
    options: &Options,
    mut sink: LogSink,
    watchman: &mut Watchman,
) -> Result<LogSink> {
    let mut before = 0;
    for path in paths {
        let file = File::open(path).map_err(|error| {
            let message = format!("{} cannot be read: {error}", path.display());
            Failure::new("read.failed", message)
        })?;
        let mut input = Watched {
            file,
            bytes: before,
            watchman,
        };
        sink = acd_table::read_queue_log_into(&mut input, None, options, sink)?;
        before = input.bytes;
    }
    Ok(sink)
}

/// A file that tells how far it has been read.
struct Watched<'a> {
    file: File,
    bytes: u64,
    watchman: &'a mut Watchman,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.bytes += count as u64;
        if self.watchman.reached(self.bytes) {
            Ok(count)
        } else {
            Err(io::Error::other("reading was stopped"))
        }
    }
}

/// Files by name or pattern.
pub(crate) struct Paths(Vec<PathBuf>);

impl Argument for Paths {
    hint!("Paths");

    const ALLOWED: &'static str = "a file, a pattern such as 'queue_log*', or a list of these";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let found = value
            .py()
            .import("floorwalker._files")?
            .call_method1("expand", (value,))?;
        Ok(found.extract::<Option<Vec<PathBuf>>>()?.map(Self))
    }
}

/// Names of operators by what the log calls them.
pub(crate) struct Aliases(Vec<(String, AgentId)>);

impl Argument for Aliases {
    hint!("Aliases");

    const ALLOWED: &'static str = "a dict from what the log calls operators to their names";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.extract::<BTreeMap<String, String>>() else {
            return Ok(None);
        };
        let pairs = pairs
            .into_iter()
            .map(|(name, agent)| Ok((name, AgentId::new(agent)?)));
        Ok(Some(Self(pairs.collect::<Result<_>>()?)))
    }
}

/// The options with the work after each call, by queue where it differs.
fn with_wrap_up(options: Options, AsLimit(limit): AsLimit) -> Result<Options> {
    let options = options.with_wrap_up(limit.default_limit())?;
    let mut exceptions = limit.exceptions();
    let with = |options: Options, (queue, time): (&QueueId, _)| {
        options.with_queue_wrap_up(queue.clone(), time)
    };
    Ok(exceptions.try_fold(options, with)?)
}
