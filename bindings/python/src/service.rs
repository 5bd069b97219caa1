//! Service levels of a table of contacts.

use std::collections::BTreeMap;

use floorwalker::id::QueueId;
use floorwalker::service::{IntervalTally, KeepWaits, Kpi, ServiceLevel, TallySettings};
use floorwalker::time::{Every, Grid, Zone};
use floorwalker_arrow::{LegReader, LegTable};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::columns::{Columns, leg_reader};
use crate::errors::{Failure, Result, compute};
use crate::figure::PyFigure;
use crate::given::{
    Argument, AttributedBy, By, Choice, Duration, Given, Instance, Instant, Keep, Named, Queues,
    Window, ZoneName, hint, optional,
};
use crate::input::GivenTable;
use crate::output::Explained;
use crate::rule::{AsLimit, Rule, Rules};
use crate::tally::{PyIntervalTally, explanation};
use crate::watch::compute_long;

/// Counts contacts by queue and interval, and answers for their service levels.
///
/// ``legs`` is any table with the Arrow interface (of polars, pandas, pyarrow, duckdb, ...), a
/// list of such tables, Parquet files, a dict of columns, or what ``read_queue_log`` gave. One
/// row is one visit to a queue. Columns are found by name, and only the first two are needed:
///
/// * ``queue``: its name
/// * ``arrived``: the instant it entered the queue
/// * ``wait`` or ``left_queue``: how long it waited, or the instant it stopped waiting; null
///   while it waits
/// * ``answered``: the instant an operator was connected; without it, ``left_queue`` counts
/// * ``outcome``: ``answered``, ``abandoned``, ``callback_requested``, ``overflowed``,
///   ``timed_out``, ``left_by_key``, ``left_empty``, ``withdrawn``, ``failed``, ``lost``,
///   ``open``, ``blocked``, ``closed`` or ``no_answer``; without it, answered where there is an
///   answer or, lacking that column too, where the contact left the queue
/// * ``kind``: ``inbound`` (assumed), ``transfer``, ``overflow``, ``callback`` or ``outbound``
/// * ``talk`` or ``released``, ``hold``, ``wrap_up`` or ``wrapped_up``: for handling times
/// * ``transferred_out``, ``callback_done``, ``ring_no_answers``, ``reached``, ``asked``
///
/// Instants are timestamps with a zone, or numbers since 1970 in a column whose name ends in
/// ``_s``, ``_ms``, ``_us`` or ``_ns``. Durations are durations, floats in seconds, or whole
/// numbers in a column with such an end, such as ``wait_ms``. Numbers and dictionaries are
/// not copied.
///
/// Parameters:
///
/// * ``zone``: the time zone of the centre, such as ``"Europe/Rome"``. Intervals begin at
///   local midnight; a day has 23, 24 or 25 hours.
/// * ``rules``: one service-level rule or several, such as ``ServiceLevel.offered("20s")`` or
///   ``"offered(20s)"``. The first decides ``answered_in`` and its like.
/// * ``every``: ``"5m"``, ``"10m"``, ``"15m"``, ``"30m"``, ``"1h"``, ``"day"``, ``"week"`` or
///   ``"month"``
/// * ``by``: ``"queue"``, or ``"all"`` for tables of all queues pooled
/// * ``attribution``: the instant that decides the interval: ``"arrival"``, ``"queue_exit"``,
///   ``"answer"``, ``"service_level_event"``, ``"release"``, ``"wrap_up_end"`` or
///   ``"disconnect"``
/// * ``waits``: what is kept of them: ``"histogram"`` (exact at whole seconds up to two
///   minutes, within 1/60 above), ``"exact"`` or ``"nothing"``
/// * ``short_abandons``: the limit of short abandons, for rules that bring none
/// * ``short_answers``: answered contacts with less talk than this are short calls
/// * ``window``: a pair of instants or local dates; without it, the local days of the data
/// * ``as_of``: when the data was extracted; conversations that were not over then keep
///   their operator busy until then
/// * ``columns``: other names of columns, such as ``{"arrived": "start", "wait_s": "secs"}``;
///   ``None`` as a name says that a column is not to be read
/// * ``naive``: the zone of timestamps that have none
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
/// >>> legs = {
/// ...     "queue": ["sales", "sales", "care"],
/// ...     "arrived": [nine, nine, nine],
/// ...     "wait": [12.0, 4.0, 45.5],
/// ...     "outcome": ["answered", "abandoned", "answered"],
/// ... }
/// >>> tally = fw.service_levels(
/// ...     legs, every="30m", zone="Europe/Rome", window=("2026-03-02T08:00Z", "2026-03-02T08:30Z"),
/// ...     rules=["offered(20s)", fw.ServiceLevel.excl_short("20s", "5s")],
/// ... )
/// >>> for row in tally.table().to_dicts():
/// ...     print(row["queue"], row["interval"], row["rule"], row["value"])
/// care 2026-03-02T09:00:00+01:00 offered(20s) 0.0
/// care 2026-03-02T09:00:00+01:00 excl_short(20s, short 5s) 0.0
/// sales 2026-03-02T09:00:00+01:00 offered(20s) 0.5
/// sales 2026-03-02T09:00:00+01:00 excl_short(20s, short 5s) 1.0
#[pyfunction]
#[pyo3(
    signature = (
        legs, *, zone, rules, every = Choice::or("30m"), by = Choice::or("queue"),
        attribution = Choice::or("arrival"), waits = Choice::or("histogram"),
        short_abandons = None, short_answers = None, window = None, as_of = None,
        columns = None, naive = None,
    ),
    text_signature = "(legs, *, zone, rules, every='30m', by='queue', attribution='arrival', \
                      waits='histogram', short_abandons=None, short_answers=None, window=None, \
                      as_of=None, columns=None, naive=None)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn service_levels(
    py: Python<'_>,
    legs: GivenTable<'_>,
    zone: Given<'_, ZoneName>,
    rules: Given<'_, Rules>,
    every: Choice<'_, Named<Every>>,
    by: Choice<'_, By>,
    attribution: Choice<'_, AttributedBy>,
    waits: Choice<'_, Keep>,
    short_abandons: Option<Given<'_, AsLimit>>,
    short_answers: Option<Given<'_, Duration>>,
    window: Option<Given<'_, Window>>,
    as_of: Option<Given<'_, Instant>>,
    columns: Option<Given<'_, Columns>>,
    naive: Option<Given<'_, ZoneName>>,
) -> PyResult<PyIntervalTally> {
    let ZoneName(zone) = zone.read("zone")?;
    let (Named(every), By(by)) = (every.read("every")?, by.read("by")?);
    let AttributedBy(attribution) = attribution.read("attribution")?;
    let Keep(keep) = waits.read("waits")?;
    let mut settings = settings(rules.read("rules")?, zone.clone(), every)
        .with_attribution(attribution)
        .with_waits(keep);
    if let Some(AsLimit(short)) = optional("short_abandons", short_abandons.as_ref())? {
        settings = settings.with_short_abandons(short);
    }
    if let Some(Duration(short)) = optional("short_answers", short_answers.as_ref())? {
        settings = settings
            .with_short_answers(short)
            .map_err(|error| Failure::from(error).about("short_answers"))?;
    }
    if let Some(window) = optional("window", window.as_ref())? {
        settings = settings.with_window(window.span(&zone)?);
    }
    if let Some(Instant(as_of)) = optional("as_of", as_of.as_ref())? {
        settings = settings.with_as_of(as_of);
    }
    let reader = leg_reader(columns.as_ref(), naive.as_ref())?.without_agents();
    Ok(PyIntervalTally::new(
        count(py, &legs, reader, settings)?,
        by,
    ))
}

pub(crate) fn settings(Rules(rules): Rules, zone: Zone, every: Every) -> TallySettings {
    let grid = Grid::new(zone, every);
    let mut rules = rules.into_iter();
    let main = rules.next().expect("rules are at least one");
    rules.fold(TallySettings::new(grid, main), TallySettings::with_rule)
}

fn count(
    py: Python<'_>,
    legs: &GivenTable<'_>,
    reader: LegReader,
    settings: TallySettings,
) -> PyResult<IntervalTally> {
    let batches = legs.batches("legs")?;
    compute_long(py, |watchman| {
        let legs = LegTable::read(&batches, &reader, &mut || watchman.go_on())?;
        Ok(legs.tally(settings, &mut || watchman.go_on())?)
    })
}

/// One service level of a whole table of contacts.
///
/// ``rule`` is the name of a definition with ``within`` as its threshold, or a whole rule
/// without ``within``. ``short`` is the limit of short abandons, where the definition needs
/// one. For ``legs``, ``columns`` and ``naive`` see ``service_levels``; a table without a
/// column ``queue`` is one queue.
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
/// >>> calls = {"start": [nine] * 4, "wait_s": [3, 12, 20, 45], "outcome": ["abandoned"] + ["answered"] * 3}
/// >>> print(fw.service_level(calls, within="20s", rule="offered", columns={"arrived": "start"}))
/// 2/4 = 50.0 %
/// >>> print(fw.service_level(calls, rule="excl_short(20s, 5s)", columns={"arrived": "start"}))
/// 2/3 = 66.7 %
#[pyfunction]
#[pyo3(signature = (legs, *, rule, within = None, short = None, columns = None, naive = None))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn service_level(
    py: Python<'_>,
    legs: GivenTable<'_>,
    rule: Given<'_, RuleName>,
    within: Option<Given<'_, AsLimit>>,
    short: Option<Given<'_, AsLimit>>,
    columns: Option<Given<'_, Columns>>,
    naive: Option<Given<'_, ZoneName>>,
) -> PyResult<PyFigure> {
    let within = optional("within", within.as_ref())?;
    let rule = rule
        .read("rule")?
        .with(within, optional("short", short.as_ref())?)?;
    let only = QueueId::new("all").map_err(Failure::from)?;
    let reader = leg_reader(columns.as_ref(), naive.as_ref())?
        .without_agents()
        .with_only_queue(only);
    let settings = TallySettings::new(Grid::new(Zone::utc(), Every::Month), rule.clone());
    let settings = settings.with_waits(KeepWaits::Nothing);
    let batches = legs.batches("legs")?;
    compute_long(py, |watchman| {
        let legs = LegTable::read(&batches, &reader, &mut || watchman.go_on())?;
        let tally = legs.tally(settings, &mut || watchman.go_on())?;
        let level = tally.total().service_level(&rule)?;
        Ok(PyFigure(level))
    })
}

/// How a service level came about: which contacts counted for it and against it, and which
/// were left out and why.
///
/// ``queue`` is a name or a list of names, all queues without it; ``at`` an instant of the
/// interval that is meant, ``window`` a pair of instants or dates, everything without either.
/// ``rule`` is one of those that were counted for; without it, the main one.
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
/// >>> legs = {"queue": ["sales"] * 3, "arrived": [nine] * 3, "wait_s": [12, 4, 45],
/// ...         "outcome": ["answered", "abandoned", "answered"]}
/// >>> tally = fw.service_levels(legs, every="30m", zone="Europe/Rome", rules="excl_short(20s, 5s)")
/// >>> print(fw.explain(tally, queue="sales", at="2026-03-02T09:00+01:00"))
/// service_level 1/2 = 50.0 % by excl_short(20s, short 5s)
///   queues sales, from 2026-03-02T08:00:00Z to 2026-03-02T08:30:00Z
///   for           1  answered within the threshold
///   against       1  answered after the threshold
///   left out      1  abandoned at once (short) within the threshold
#[pyfunction]
#[pyo3(signature = (tally, *, queue = None, at = None, window = None, rule = None))]
pub(crate) fn explain<'py>(
    py: Python<'py>,
    tally: Given<'py, Instance<PyIntervalTally>>,
    queue: Option<Given<'py, Queues>>,
    at: Option<Given<'py, Instant>>,
    window: Option<Given<'py, Window>>,
    rule: Option<Given<'py, Rule>>,
) -> PyResult<Explained<'py>> {
    let Instance(tally) = tally.read("tally")?;
    let tally = tally.get();
    let selection = tally.select(queue.as_ref(), at.as_ref(), window.as_ref())?;
    let rule = optional("rule", rule.as_ref())?.map(|Rule(rule)| rule);
    let explained = compute(py, || {
        let pooled = selection.tally()?;
        let main = || pooled.settings().main_rule().clone();
        Ok(pooled.explain(&rule.unwrap_or_else(main))?)
    })?;
    Ok(Explained(explanation(py, &explained)?))
}

/// A rule, or the name of one whose limits are given beside it.
pub(crate) enum RuleName {
    Whole(ServiceLevel),
    Name(String),
}

impl Argument for RuleName {
    hint!("Rule");

    const ALLOWED: &'static str = "the name of a definition such as 'offered', or a whole rule";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(text) = value.cast::<PyString>() {
            let text = text.to_cow()?;
            if !text.contains('(') {
                return Ok(Some(Self::Name(text.into_owned())));
            }
        }
        Ok(Rule::read(value)?.map(|Rule(rule)| Self::Whole(rule)))
    }
}

impl RuleName {
    /// The rule with these limits.
    pub(crate) fn with(
        self,
        within: Option<AsLimit>,
        short: Option<AsLimit>,
    ) -> Result<ServiceLevel> {
        let rule = match self {
            Self::Whole(rule) => rule,
            Self::Name(name) => {
                let limits = [&within, &short].map(|limit| {
                    let limit = limit.as_ref();
                    limit.map(|AsLimit(limit)| {
                        format!("{}ms", limit.default_limit().num_milliseconds())
                    })
                });
                let limits = limits.into_iter().flatten().collect::<Vec<_>>().join(", ");
                let text = if limits.is_empty() {
                    name
                } else {
                    format!("{name}({limits})")
                };
                text.parse()
                    .map_err(|error| Failure::from(error).about("rule"))?
            }
        };
        let rule = match within {
            Some(AsLimit(within)) => rule.with_within(within),
            None => rule,
        };
        Ok(match short {
            Some(AsLimit(short)) => rule.with_short(short),
            None => rule,
        })
    }
}

/// The indicators of queues: their formulas by their names.
///
/// >>> import floorwalker as fw
/// >>> fw.kpis()["asa"]
/// 'wait of answered legs / answered legs'
#[pyfunction]
pub(crate) fn kpis() -> BTreeMap<&'static str, &'static str> {
    let all = Kpi::ALL.iter();
    all.map(|kpi| (kpi.name(), kpi.formula())).collect()
}

/// The names of the definitions of the service level.
///
/// >>> import floorwalker as fw
/// >>> fw.service_level_names()[:3]
/// ['answered_only', 'offered', 'ignore_within']
#[pyfunction]
pub(crate) fn service_level_names() -> Vec<&'static str> {
    ServiceLevel::NAMES.to_vec()
}

/// The release of the time zone data that is built in, such as ``2026f``.
///
/// >>> import floorwalker as fw
/// >>> fw.tzdb_version() >= "2026f"
/// True
#[pyfunction]
pub(crate) fn tzdb_version() -> &'static str {
    Zone::tzdb_version()
}
