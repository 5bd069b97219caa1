//! The service-level report.

mod text;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use arrow_array::RecordBatch;
use floorwalker::contact::{AgentState, ContactColumns};
use floorwalker::id::AgentId;
use floorwalker::report::{OperatorOptions, ReportOptions, ServiceReport, Target};
use floorwalker::service::{
    AgentTally, AgentTimes, IntervalTally, ServiceLevel, TallySettings, WaitingLine,
};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::Every;
use floorwalker_arrow::{LegReader, LegTable, StateReader};
use pyo3::prelude::*;

use crate::agents::PyAccessPolicy;
use crate::columns::{Columns, leg_reader, state_reader};
use crate::errors::{Failure, Result, compute};
use crate::given::{
    Argument, Choice, Given, Instance, Named, Queues, Spoken, Window, Words, ZoneName, hint,
    optional,
};
use crate::input::GivenTable;
use crate::output::{AnyDict, Text, shown};
use crate::rule::{AsLimit, Rules};
use crate::service::settings;
use crate::table::Table;
use crate::watch::{Watchman, compute_long};

/// A service-level report: what to look at first, by day, queue, interval and hour of the week,
/// how long contacts waited, and what other definitions would say.
///
/// In a notebook it shows itself as a page. It is made by ``service_report``.
#[pyclass(frozen, name = "ServiceReport", module = "floorwalker")]
pub(crate) struct PyServiceReport(ServiceReport);

#[pymethods]
impl PyServiceReport {
    /// The figures of the whole, of each queue and of each day, as a long table.
    ///
    /// Columns: ``about`` (``total``, ``queue`` or ``day``), ``queue``, ``day``, ``figure``,
    /// ``unit``, ``numerator``, ``denominator``, ``value``.
    #[getter]
    fn figures(&self, py: Python<'_>) -> PyResult<Table> {
        let (schema, batches) = compute(py, || Ok(text::figures(&self.0)?))?;
        Ok(Table::new(schema, batches))
    }

    /// The page as HTML: self-contained, for a browser, a screen reader or paper. With ``path``
    /// it is written there too. ``language`` is ``"en"`` or ``"it"``.
    #[pyo3(signature = (path = None, *, language = Choice::or("en")), text_signature = "(self, path=None, *, language='en')")]
    fn to_html(
        &self,
        py: Python<'_>,
        path: Option<Given<'_, OutPath>>,
        language: Choice<'_, Spoken>,
    ) -> PyResult<String> {
        let Spoken(language) = language.read("language")?;
        let page = compute(py, || Ok(floorwalker_report::to_html(&self.0, language)))?;
        written(path.as_ref(), page)
    }

    /// The report as JSON: the data itself, in no language. With ``path`` it is written there too.
    #[pyo3(signature = (path = None))]
    fn to_json(&self, py: Python<'_>, path: Option<Given<'_, OutPath>>) -> PyResult<String> {
        let json = compute(py, || Ok(floorwalker_report::to_json(&self.0)))?;
        written(path.as_ref(), json)
    }

    /// The report of a JSON text that ``to_json`` made.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: Given<'_, Words>) -> PyResult<Self> {
        let Words(text) = text.read("text")?;
        let read = compute(py, || {
            serde_json::from_str(&text).map_err(|error| {
                Failure::new(
                    "state.invalid",
                    format!("this is no report in JSON: {error}"),
                )
            })
        });
        Ok(Self(read?))
    }

    /// The report as plain Python objects, with the names of its JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        let json = self.to_json(py, None)?;
        let read = py.import("json")?.call_method1("loads", (json,))?;
        Ok(AnyDict(read))
    }

    /// The report as CSV: texts by the names of files. With ``folder`` they are written there
    /// too. Texts that a spreadsheet would run as a formula get an apostrophe in front.
    #[pyo3(signature = (folder = None))]
    fn to_csv(
        &self,
        py: Python<'_>,
        folder: Option<Given<'_, OutPath>>,
    ) -> PyResult<BTreeMap<String, String>> {
        let options = floorwalker_report::CsvOptions::new();
        let files = compute(py, || Ok(floorwalker_report::to_csv(&self.0, options)))?;
        if let Some(OutPath(folder)) = optional("folder", folder.as_ref())? {
            std::fs::create_dir_all(&folder).map_err(|error| not_written(&folder, &error))?;
            for file in &files {
                let path = folder.join(&file.name);
                std::fs::write(&path, &file.text).map_err(|error| not_written(&path, &error))?;
            }
        }
        Ok(files
            .into_iter()
            .map(|file| (file.name, file.text))
            .collect())
    }

    /// The report as text for a terminal or a mail, ``width`` characters wide.
    #[pyo3(
        signature = (*, width = 100, language = Choice::or("en")),
        text_signature = "(self, *, width=100, language='en')"
    )]
    fn to_text(
        &self,
        py: Python<'_>,
        width: u16,
        language: Choice<'_, Spoken>,
    ) -> PyResult<String> {
        let Spoken(language) = language.read("language")?;
        let options = floorwalker_report::TerminalOptions::new(language);
        let options = options.with_width(width);
        compute(py, || {
            Ok(floorwalker_report::to_terminal(&self.0, &options))
        })
    }

    /// The same report without a word about operators, to be passed on to others.
    fn without_operators(&self) -> Self {
        Self(self.0.clone().without_operators())
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        self.to_text(py, 100, Choice::or("en"))
    }

    fn __repr__(&self) -> String {
        let subject = &self.0.subject;
        format!(
            "<ServiceReport on {} queues, {} to {}, {} findings>",
            subject.queues.len(),
            subject.first_day,
            subject.last_day,
            self.0.findings.len(),
        )
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Text<'py>> {
        shown(slf, "frame").map(Text)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        floorwalker_report::to_json(&self.0).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let json = slf.get().to_json(slf.py(), None)?;
        Ok((slf.get_type().getattr("from_json")?, (json,)))
    }
}

/// Makes the service-level report on a table of contacts.
///
/// ``legs`` is what ``read_queue_log`` gave, or a table of contacts as for
/// ``service_levels``. ``target`` is what was promised, such as ``"80/20"``: 80 % within 20
/// seconds. ``rules`` are the definitions of the service level; the first judges, the others
/// are shown beside it. Without rules it is ``offered`` with the time of the target; the
/// report says so.
///
/// * ``zone``, ``every``, ``window``, ``columns``, ``naive``, ``short_abandons``: as for
///   ``service_levels``; ``state_columns`` as for ``agent_figures``
/// * ``queues``: a name or a list of names; without it, all
/// * ``policy``: under which operators are shown; without it they are not. Their states come
///   from the log, or from a table ``states`` as for ``agent_figures``. The numbers of
///   pseudonyms are drawn anew for every report
/// * ``teams``: the team of each operator, for a policy that shows teams
/// * ``min_contacts``: fewer counted contacts are not judged
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
/// >>> legs = {"queue": ["sales"] * 3, "arrived": [nine] * 3, "wait_s": [12, 20, 21]}
/// >>> report = fw.service_report(legs, zone="Europe/Rome", target="80/20")
/// >>> total = report.to_dict()["total"]
/// >>> total["figures"]["service_level"]["numerator"], total["missing"]
/// (2, 1)
/// >>> "<html" in report.to_html(language="it")
/// True
#[pyfunction]
#[pyo3(
    signature = (
        legs, *, zone, target, every = Choice::or("30m"), rules = None, queues = None, window = None,
        short_abandons = None, min_contacts = 10, policy = None, states = None, teams = None,
        columns = None, state_columns = None, naive = None,
    ),
    text_signature = "(legs, *, zone, target, every='30m', rules=None, queues=None, window=None, \
                      short_abandons=None, min_contacts=10, policy=None, states=None, teams=None, \
                      columns=None, state_columns=None, naive=None)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn service_report(
    py: Python<'_>,
    legs: GivenTable<'_>,
    zone: Given<'_, ZoneName>,
    target: Given<'_, Named<Target>>,
    every: Choice<'_, Named<Every>>,
    rules: Option<Given<'_, Rules>>,
    queues: Option<Given<'_, Queues>>,
    window: Option<Given<'_, Window>>,
    short_abandons: Option<Given<'_, AsLimit>>,
    min_contacts: u64,
    policy: Option<Given<'_, Instance<PyAccessPolicy>>>,
    states: Option<GivenTable<'_>>,
    teams: Option<Given<'_, Teams>>,
    columns: Option<Given<'_, Columns>>,
    state_columns: Option<Given<'_, Columns>>,
    naive: Option<Given<'_, ZoneName>>,
) -> PyResult<PyServiceReport> {
    let (ZoneName(zone), Named(target)) = (zone.read("zone")?, target.read("target")?);
    let Named(every) = every.read("every")?;
    let log = legs.log();
    let rules = match optional("rules", rules.as_ref())? {
        Some(rules) => rules,
        None => Rules(vec![promised(&target)?]),
    };
    let mut settings = settings(rules, zone.clone(), every);
    if let Some(AsLimit(short)) = optional("short_abandons", short_abandons.as_ref())? {
        settings = settings.with_short_abandons(short);
    }
    if let Some(window) = optional("window", window.as_ref())? {
        settings = settings.with_window(window.span(&zone)?);
    }
    let mut options = ReportOptions::new(target).with_min_contacts(min_contacts);
    if let Some(Queues(queues)) = optional("queues", queues.as_ref())? {
        options = options.with_queues(queues);
    }
    if let Some(log) = &log {
        options = options.with_source_notes(log.get().notes());
        if let Some(as_of) = log.get().last_stamp_at() {
            settings = settings.with_as_of(as_of);
        }
    }
    let policy = optional("policy", policy.as_ref())?;
    let operators = operators(py, policy, optional("teams", teams.as_ref())?)?;
    let states = match (states, &log, &operators) {
        (Some(states), _, _) => states.batches("states")?,
        (None, Some(log), Some(_)) => log.get().table(py, "states")?.get().batches().to_vec(),
        _ => Vec::new(),
    };
    let source = Source {
        legs: legs.batches("legs")?,
        leg_reader: leg_reader(columns.as_ref(), naive.as_ref())?,
        states,
        state_reader: state_reader(state_columns.as_ref(), naive.as_ref())?,
    };
    compute_long(py, |watchman| {
        source.report(settings, &options, operators, watchman)
    })
}

/// The tables that a report is made from, and how they are read.
struct Source {
    legs: Vec<RecordBatch>,
    leg_reader: LegReader,
    states: Vec<RecordBatch>,
    state_reader: StateReader,
}

impl Source {
    fn report(
        &self,
        settings: TallySettings,
        options: &ReportOptions,
        operators: Option<OperatorOptions>,
        watchman: &mut Watchman,
    ) -> Result<PyServiceReport> {
        let states = self.states.iter();
        let states = states.map(|batch| Ok(self.state_reader.read(batch)?));
        let states: Vec<Vec<AgentState>> = states.collect::<Result<_>>()?;
        let legs = LegTable::read(&self.legs, &self.leg_reader, &mut || watchman.go_on())?;
        let tally = legs.tally(settings, &mut || watchman.go_on())?;
        let columns = legs.columns(&mut || watchman.go_on())?;
        let report = ServiceReport::new(&tally, options)?;
        let report = report.with_waiting(&WaitingLine::of(&columns))?;
        let report = match operators {
            Some(operators) => {
                with_operators(report, &tally, &columns, &states.concat(), &operators)?
            }
            None => report,
        };
        Ok(PyServiceReport(report))
    }
}

/// The rule that a target names: of all offered, within its time.
fn promised(target: &Target) -> Result<ServiceLevel> {
    let within = target.within_time().ok_or_else(|| {
        let message = format!(
            "argument target must name a time, as in 80/20, or argument rules must be given, given {target}"
        );
        Failure::new("options.conflict", message)
    })?;
    Ok(ServiceLevel::offered(within)?)
}

fn operators(
    py: Python<'_>,
    policy: Option<Instance<PyAccessPolicy>>,
    teams: Option<Teams>,
) -> Result<Option<OperatorOptions>> {
    let Some(Instance(policy)) = policy else {
        return Ok(None);
    };
    let policy: AccessPolicy = policy.get().0.clone();
    let is_pseudonym = policy.granularity() == Granularity::Pseudonym;
    let mut options = OperatorOptions::new(policy);
    if is_pseudonym {
        let key = py.import("secrets")?.call_method1("randbits", (128,))?;
        options = options.with_key(key.extract()?);
    }
    if let Some(Teams(teams)) = teams {
        options = options.with_teams(teams);
    }
    Ok(Some(options))
}

fn with_operators(
    report: ServiceReport,
    tally: &IntervalTally,
    columns: &[ContactColumns<'_>],
    states: &[AgentState],
    operators: &OperatorOptions,
) -> Result<ServiceReport> {
    let grid = tally.settings().grid().clone();
    let window = tally.intervals().window();
    let handled = AgentTally::count(columns, grid.clone(), Some(window))?;
    let times = AgentTimes::count(states, grid, window, tally.settings().as_of())?;
    let times = Some(&times).filter(|_| !states.is_empty());
    Ok(report.with_operators(&handled, times, operators)?)
}

/// The team of each operator.
pub(crate) struct Teams(Vec<(AgentId, String)>);

impl Argument for Teams {
    hint!("Aliases");

    const ALLOWED: &'static str = "a dict from operators to the names of their teams";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(pairs) = value.extract::<BTreeMap<String, String>>() else {
            return Ok(None);
        };
        let pairs = pairs
            .into_iter()
            .map(|(agent, team)| Ok((AgentId::new(agent)?, team)));
        Ok(Some(Self(pairs.collect::<Result<_>>()?)))
    }
}

/// A file or folder to write to.
pub(crate) struct OutPath(std::path::PathBuf);

impl Argument for OutPath {
    hint!("Path");

    const ALLOWED: &'static str = "a path";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        Ok(value.extract().ok().map(Self))
    }
}

/// The text, written to a file if there is a path.
fn written(path: Option<&Given<'_, OutPath>>, text: String) -> PyResult<String> {
    if let Some(OutPath(path)) = optional("path", path)? {
        std::fs::write(&path, &text).map_err(|error| not_written(&path, &error))?;
    }
    Ok(text)
}

fn not_written(path: &std::path::Path, error: &std::io::Error) -> Failure {
    let message = format!("{} cannot be written: {error}", path.display());
    Failure::new("write.failed", message)
}
