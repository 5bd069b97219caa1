//! Operators: what they handled, how their time went, and why that may be seen.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Utc};
use floorwalker::contact::{AgentState, ContactColumns};
use floorwalker::service::{AgentTally, AgentTimes};
use floorwalker::team::{AccessPolicy, AccessRecord, Granularity};
use floorwalker::time::{Every, Grid, Span};
use floorwalker_arrow::{AgentAsk, AgentWork, LegTable};
use pyo3::prelude::*;
use pyo3::types::PyDateTime;

use crate::columns::{Columns, leg_reader, state_reader};
use crate::errors::{Failure, Result};
use crate::given::{
    Argument, Choice, Closeness, Described, Given, Instance, Instant, Named, Window, Words,
    ZoneName, hint, optional, utc_datetime,
};
use crate::input::GivenTable;
use crate::rule::quoted;
use crate::table::Table;
use crate::watch::compute_long;

/// The stated reason to look at figures about people.
///
/// ``granularity`` is ``"team"`` (groups of at least ``min_group`` people), ``"pseudonym"``
/// (numbers that change with every report) or ``"person"`` (names). In Italy, figures about
/// single operators need an agreement with the unions or an authorisation (L. 300/1970 art.
/// 4), and a purpose, a basis and a retention everywhere in the European Union. The library
/// cannot know whether the stated basis exists; it makes the host state one.
///
/// >>> import floorwalker as fw
/// >>> fw.AccessPolicy("coaching", "agreement with the unions of 12 May 2026", "person").min_group
/// 5
#[pyclass(frozen, name = "AccessPolicy", module = "floorwalker")]
pub(crate) struct PyAccessPolicy(pub(crate) AccessPolicy);

#[pymethods]
impl PyAccessPolicy {
    #[new]
    #[pyo3(signature = (purpose, legal_basis, granularity, *, min_group = 5, retention_days = 180))]
    fn new(
        purpose: Given<'_, Words>,
        legal_basis: Given<'_, Words>,
        granularity: Given<'_, Closeness>,
        min_group: u32,
        retention_days: u32,
    ) -> PyResult<Self> {
        let (Words(purpose), Words(legal_basis)) =
            (purpose.read("purpose")?, legal_basis.read("legal_basis")?);
        let Closeness(granularity) = granularity.read("granularity")?;
        let record = AccessRecord {
            purpose,
            legal_basis,
            granularity,
            min_group,
            retention_days,
        };
        Ok(Self(record.try_into().map_err(
            |error: floorwalker::Error| Failure::from(error),
        )?))
    }

    /// What the figures are for.
    #[getter]
    fn purpose(&self) -> &str {
        self.0.purpose()
    }

    /// What permits it.
    #[getter]
    fn legal_basis(&self) -> &str {
        self.0.legal_basis()
    }

    /// How closely people may be looked at: ``team``, ``pseudonym`` or ``person``.
    #[getter]
    fn granularity(&self) -> &'static str {
        closeness_name(self.0.granularity())
    }

    /// The smallest group that may be shown as a group.
    #[getter]
    fn min_group(&self) -> u32 {
        self.0.min_group()
    }

    /// After how many days the figures are to be deleted.
    #[getter]
    fn retention_days(&self) -> u32 {
        self.0.retention_days()
    }

    /// Which groups of a list may be shown beside their total, from the number of people in
    /// each: ``shown``, ``too_few``, or ``complementary`` where the total less the others would
    /// give one away that is too small; and what becomes of the total.
    ///
    /// This protects one list with one total. Tables with totals in two directions need more.
    ///
    /// >>> import floorwalker as fw
    /// >>> fw.AccessPolicy("monthly report", "agreement of 12 May 2026", "team").suppress([12, 3, 8, 20])
    /// (['shown', 'too_few', 'complementary', 'shown'], 'shown')
    #[pyo3(signature = (people, /))]
    fn suppress(&self, people: Vec<u64>) -> (Vec<&'static str>, &'static str) {
        let suppression = self.0.suppress(&people);
        let cells = suppression.cells.iter().map(|cell| cell.name());
        (cells.collect(), suppression.total.name())
    }

    /// Until when figures are kept that were made at an instant, in UTC: ``retention_days`` of
    /// 24 hours.
    ///
    /// >>> import floorwalker as fw
    /// >>> policy = fw.AccessPolicy("coaching", "agreement of 12 May 2026", "person")
    /// >>> policy.keeps_until("2026-03-02T08:00Z").isoformat()
    /// '2026-08-29T08:00:00+00:00'
    #[pyo3(signature = (made, /))]
    fn keeps_until<'py>(
        &self,
        py: Python<'py>,
        made: Given<'py, Instant>,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        let Instant(made) = made.read("made")?;
        utc_datetime(py, self.0.keeps_until(made))
    }

    fn __repr__(&self) -> String {
        format!(
            "AccessPolicy({}, {}, {}, min_group={}, retention_days={})",
            quoted(self.purpose()),
            quoted(self.legal_basis()),
            quoted(self.granularity()),
            self.min_group(),
            self.retention_days(),
        )
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.__repr__().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Stored)> {
        let policy = slf.get();
        let texts = [policy.purpose(), policy.legal_basis()].map(str::to_owned);
        let [purpose, legal_basis] = texts;
        let stored = (
            purpose,
            legal_basis,
            policy.granularity(),
            policy.min_group(),
            policy.retention_days(),
        );
        Ok((slf.get_type().getattr("_from_parts")?, stored))
    }

    /// What pickle calls.
    #[staticmethod]
    fn _from_parts(
        purpose: Given<'_, Words>,
        legal_basis: Given<'_, Words>,
        granularity: Given<'_, Closeness>,
        min_group: u32,
        retention_days: u32,
    ) -> PyResult<Self> {
        Self::new(purpose, legal_basis, granularity, min_group, retention_days)
    }
}

impl Described for PyAccessPolicy {
    const ALLOWED: &'static str = "an AccessPolicy";
}

type Stored = (String, String, &'static str, u32, u32);

fn closeness_name(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Team => "team",
        Granularity::Pseudonym => "pseudonym",
        Granularity::Person => "person",
    }
}

/// What operators handled and how their time went, as a long table: one row for each operator,
/// interval and figure.
///
/// ``legs`` is a table of contacts as for ``service_levels``, with a column ``agent``;
/// contacts count in the interval of their answer. ``states`` is a table with the columns
/// ``agent``, ``state`` (``ready``, ``contact``, ``break``, ``lunch``, ``training``,
/// ``meeting`` or ``aux``), ``from``, ``to`` (null while it lasts) and, if known,
/// ``reason``; time is clipped to the intervals. One of the two may be left out.
///
/// Figures about people need a ``policy``. One with the granularity ``"team"`` gives all
/// operators as one group, without a column ``agent``. Without a policy only states can be
/// shown, and only of all operators together: what staffing is about.
///
/// * ``figures``: names such as ``"handled"``, ``"aht"``, ``"occupancy"``, ``"logged_in"``
///   (``agent_kpis()`` lists all), or the time in one state such as ``"in_lunch"``; without it,
///   all that the given tables can tell
/// * ``as_of``: until when states without an end last; without it, the end of the window
/// * ``columns`` and ``state_columns``: other names of columns of the two tables
/// * ``zone``, ``every``, ``window``, ``naive``: as for ``service_levels``
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timezone
/// >>> nine = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
/// >>> states = {"agent": ["Anna", "Anna"], "state": ["ready", "contact"],
/// ...           "from": [nine, nine.replace(minute=20)], "to": [nine.replace(minute=20), nine.replace(minute=30)]}
/// >>> table = fw.agent_figures(states=states, zone="UTC", every="30m", figures="occupancy",
/// ...                          window=(nine, nine.replace(minute=30)))
/// >>> [(row["interval"], row["numerator"], row["denominator"]) for row in table.to_dicts()]
/// [('2026-03-02T09:00:00+00:00', 600000, 1800000)]
#[pyfunction]
#[pyo3(
    signature = (
        legs = None, states = None, *, zone, every = Choice::or("30m"), policy = None, figures = None,
        window = None, as_of = None, columns = None, state_columns = None, naive = None,
    ),
    text_signature = "(legs=None, states=None, *, zone, every='30m', policy=None, figures=None, \
                      window=None, as_of=None, columns=None, state_columns=None, naive=None)"
)]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn agent_figures(
    py: Python<'_>,
    legs: Option<GivenTable<'_>>,
    states: Option<GivenTable<'_>>,
    zone: Given<'_, ZoneName>,
    every: Choice<'_, Named<Every>>,
    policy: Option<Given<'_, Instance<PyAccessPolicy>>>,
    figures: Option<Given<'_, AgentAsks>>,
    window: Option<Given<'_, Window>>,
    as_of: Option<Given<'_, Instant>>,
    columns: Option<Given<'_, Columns>>,
    state_columns: Option<Given<'_, Columns>>,
    naive: Option<Given<'_, ZoneName>>,
) -> PyResult<Table> {
    let ZoneName(zone) = zone.read("zone")?;
    let Named(every) = every.read("every")?;
    let window = optional("window", window.as_ref())?;
    let window = window.map(|window| window.span(&zone)).transpose()?;
    let as_of = optional("as_of", as_of.as_ref())?.map(|Instant(at)| at);
    let policy =
        optional("policy", policy.as_ref())?.map(|Instance(policy)| policy.get().0.clone());
    let asks = optional("figures", figures.as_ref())?;
    let leg_reader = leg_reader(columns.as_ref(), naive.as_ref())?;
    let state_reader = state_reader(state_columns.as_ref(), naive.as_ref())?;
    let legs = legs.map(|legs| legs.batches("legs")).transpose()?;
    let states = states.map(|states| states.batches("states")).transpose()?;
    let asks = asks.map_or_else(
        || known(legs.is_some(), states.is_some()),
        |AgentAsks(asks)| asks,
    );
    let (schema, batches) = compute_long(py, |watchman| {
        let table = legs
            .map(|batches| LegTable::read(&batches, &leg_reader, &mut || watchman.go_on()))
            .transpose()?;
        let table = table.as_ref();
        let columns = table
            .map(|table| table.columns(&mut || watchman.go_on()))
            .transpose()?;
        let states = states
            .map(|batches| {
                let read = batches.iter().map(|batch| Ok(state_reader.read(batch)?));
                let read: Vec<Vec<AgentState>> = read.collect::<Result<_>>()?;
                Ok::<_, Failure>(read.concat())
            })
            .transpose()?;
        let grid = Grid::new(zone, every);
        let work = work(columns.as_deref(), states.as_deref(), grid, (window, as_of))?;
        Ok(work.figures(policy.as_ref(), &asks)?)
    })?;
    Ok(Table::new(schema, batches))
}

/// All figures that contacts, states or both can tell.
fn known(legs: bool, states: bool) -> Vec<AgentAsk> {
    AgentAsk::all()
        .filter(|ask| (legs || !ask.needs_legs()) && (states || !ask.needs_states()))
        .collect()
}

/// Counts both over the same intervals.
fn work(
    legs: Option<&[ContactColumns<'_>]>,
    states: Option<&[AgentState]>,
    grid: Grid,
    (window, as_of): (Option<Span>, Option<DateTime<Utc>>),
) -> Result<AgentWork> {
    let given = window.map(Ok);
    let covered = given.or_else(|| {
        let of_legs = legs.into_iter().flatten().filter_map(ContactColumns::span);
        let of_states = states.into_iter().flatten();
        let of_states =
            of_states.filter_map(|one| Span::new(one.from(), one.to().unwrap_or(one.from())).ok());
        let hull = of_legs.chain(of_states).reduce(|a, b| a.hull(b));
        hull.map(|hull| grid.whole_days(hull))
    });
    let covered = covered.transpose()?;
    let counted = legs.map(|legs| AgentTally::count(legs, grid.clone(), covered));
    let (covered, states) = (covered.unwrap_or(Span::from_millis(0, 0)?), states);
    let times = states.map(|states| AgentTimes::count(states, grid, covered, as_of));
    let people = states
        .into_iter()
        .flatten()
        .map(|state| state.agent().clone());
    Ok(AgentWork {
        legs: counted.transpose()?,
        times: times.transpose()?,
        people: people.collect(),
    })
}

/// Names of figures of operators.
pub(crate) struct AgentAsks(Vec<AgentAsk>);

impl Argument for AgentAsks {
    hint!("Names");

    const ALLOWED: &'static str = "the name of a figure, such as 'aht', or a list of names";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Ok(name) = value.extract::<String>() {
            return Ok(Some(Self(vec![name.parse()?])));
        }
        let Ok(names) = value.extract::<Vec<String>>() else {
            return Ok(None);
        };
        let asks = names.iter().map(|name| Ok(name.parse()?));
        Ok(Some(Self(asks.collect::<Result<_>>()?)))
    }
}

/// The names of the figures of operators.
///
/// >>> import floorwalker as fw
/// >>> "occupancy" in fw.agent_kpis(), "in_ready" in fw.agent_kpis()
/// (True, True)
#[pyfunction]
pub(crate) fn agent_kpis() -> Vec<String> {
    AgentAsk::all().map(AgentAsk::name).collect()
}
