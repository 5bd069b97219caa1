//! Counts by queue and interval: a mergeable state, from which figures are asked.

mod select;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use floorwalker::service::{IntervalTally, Kpi, Percentile};
use floorwalker_arrow::{Ask, Grouping, TallyParts, figures, tally_to_batch};
use pyo3::prelude::*;
use pyo3::types::PyDateTime;

use select::Selection;
pub(crate) use select::explanation;

use crate::errors::{Failure, Result, compute};
use crate::figure::PyFigure;
use crate::given::{
    Argument, By, Choice, Described, Given, Instance, Instant, Named, Queues, WaitOf, Window,
    Words, hint, optional, utc_datetime,
};
use crate::input::GivenTable;
use crate::output::{ArrowTable, Capsule, Chart, PandasTable, PolarsTable, Text, shown};
use crate::rule::{PyServiceLevel, Rule};
use crate::table::Table;

/// Counts of contacts by queue and interval, from which figures are asked.
///
/// It is made by ``service_levels``. It is a table of the service levels for every library
/// with the Arrow interface, and gives more figures with ``table``. Tallies of parts merge
/// into the tally of the whole, however the contacts were split and in whatever order.
///
/// >>> import floorwalker as fw
/// >>> from datetime import datetime, timedelta, timezone
/// >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
/// >>> legs = {"queue": ["sales"] * 3, "arrived": [nine] * 3, "wait_s": [12, 20, 21]}
/// >>> tally = fw.service_levels(legs, every="30m", zone="Europe/Rome", rules="offered(20s)")
/// >>> print(tally.figure("service_level"))
/// 2/3 = 66.7 %
/// >>> print(tally.figure("asa", queue="sales", at="2026-03-02T09:10+01:00"))
/// 17.7 s
/// >>> tally.merge(tally).figure("offered").value
/// 6.0
#[pyclass(frozen, name = "IntervalTally", module = "floorwalker")]
pub(crate) struct PyIntervalTally {
    pub(crate) tally: Arc<IntervalTally>,
    by: Grouping,
}

impl PyIntervalTally {
    pub(crate) fn new(tally: IntervalTally, by: Grouping) -> Self {
        let tally = Arc::new(tally);
        Self { tally, by }
    }

    fn figures(&self, py: Python<'_>, asks: &[Ask], by: Grouping) -> PyResult<Table> {
        let batch = compute(py, || Ok(figures(&self.tally, by, asks)?))?;
        Ok(batch.into())
    }

    pub(crate) fn select(
        &self,
        queue: Option<&Given<'_, Queues>>,
        at: Option<&Given<'_, Instant>>,
        window: Option<&Given<'_, Window>>,
    ) -> Result<Selection> {
        let queues = optional("queue", queue)?.map(|Queues(queues)| queues);
        let at = optional("at", at)?.map(|Instant(at)| at);
        let window = optional("window", window)?;
        Selection::new(&self.tally, queues, at, window)
    }
}

#[pymethods]
impl PyIntervalTally {
    /// Figures as a long table: one row for each queue, interval and figure.
    ///
    /// ``figures`` are names of indicators such as ``"asa"`` (``kpis()`` lists all), percentiles
    /// of the waits of answered contacts such as ``"wait_p90"``, rules such as
    /// ``"offered(20s)"``, or ``"service_level"`` for every rule that was counted for. Without
    /// it, the table has the service levels. ``by`` is ``"queue"`` or ``"all"`` (all queues
    /// pooled); without it, as given to ``service_levels``.
    ///
    /// Intervals without contacts are rows too; a figure that is not defined there is null.
    /// To pool rows, add the numerators and the denominators: a mean of means is wrong.
    #[pyo3(signature = (figures = None, *, by = None))]
    fn table(
        &self,
        py: Python<'_>,
        figures: Option<Given<'_, Asks>>,
        by: Option<Given<'_, By>>,
    ) -> PyResult<Table> {
        let asks =
            optional("figures", figures.as_ref())?.map_or(vec![Ask::Rules], |Asks(asks)| asks);
        let by = optional("by", by.as_ref())?.map_or(self.by, |By(by)| by);
        self.figures(py, &asks, by)
    }

    /// One figure: an indicator by its name, of some queues and some time.
    ///
    /// ``queue`` is a name or a list of names, all queues without it. ``at`` is an instant of
    /// the interval that is meant; ``window`` a pair of instants or dates, of which the whole
    /// intervals inside are taken; everything without either.
    #[pyo3(signature = (name, /, *, queue = None, at = None, window = None))]
    fn figure(
        &self,
        py: Python<'_>,
        name: Given<'_, Named<Kpi>>,
        queue: Option<Given<'_, Queues>>,
        at: Option<Given<'_, Instant>>,
        window: Option<Given<'_, Window>>,
    ) -> PyResult<PyFigure> {
        let Named(kpi) = name.read("name")?;
        let selection = self.select(queue.as_ref(), at.as_ref(), window.as_ref())?;
        compute(py, || Ok(PyFigure(selection.tally()?.figure(kpi))))
    }

    /// The service level by ``rule``, of some queues and some time (see ``figure``).
    ///
    /// The rule must be one that was counted for, or have the same threshold as one.
    #[pyo3(signature = (rule, /, *, queue = None, at = None, window = None))]
    fn service_level(
        &self,
        py: Python<'_>,
        rule: Given<'_, Rule>,
        queue: Option<Given<'_, Queues>>,
        at: Option<Given<'_, Instant>>,
        window: Option<Given<'_, Window>>,
    ) -> PyResult<PyFigure> {
        let Rule(rule) = rule.read("rule")?;
        let selection = self.select(queue.as_ref(), at.as_ref(), window.as_ref())?;
        compute(py, || {
            Ok(PyFigure(selection.tally()?.service_level(&rule)?))
        })
    }

    /// The service level by a rule that was not counted for, from the waits that were kept:
    /// the lowest and the highest figure it can be. They are equal where waits were kept
    /// exactly, or where the threshold is an edge of the histogram.
    #[pyo3(signature = (rule, /, *, queue = None, at = None, window = None))]
    fn service_level_bounds(
        &self,
        py: Python<'_>,
        rule: Given<'_, Rule>,
        queue: Option<Given<'_, Queues>>,
        at: Option<Given<'_, Instant>>,
        window: Option<Given<'_, Window>>,
    ) -> PyResult<(PyFigure, PyFigure)> {
        let Rule(rule) = rule.read("rule")?;
        let selection = self.select(queue.as_ref(), at.as_ref(), window.as_ref())?;
        compute(py, || {
            let bounds = selection.tally()?.service_level_at(&rule)?;
            Ok((PyFigure(bounds.at_least), PyFigure(bounds.at_most)))
        })
    }

    /// A percentile of the waits, of some queues and some time (see ``figure``).
    ///
    /// ``percent`` is above 0 and at most 100. ``of`` is ``"answered"``, ``"abandoned"``,
    /// ``"callback"`` or ``"flow_out"``. By nearest rank, or interpolated with ``linear``.
    #[pyo3(
        signature = (percent, /, *, of = Choice::or("answered"), linear = false, queue = None, at = None, window = None),
        text_signature = "(self, percent, /, *, of='answered', linear=False, queue=None, at=None, window=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn wait_percentile(
        &self,
        py: Python<'_>,
        percent: f64,
        of: Choice<'_, WaitOf>,
        linear: bool,
        queue: Option<Given<'_, Queues>>,
        at: Option<Given<'_, Instant>>,
        window: Option<Given<'_, Window>>,
    ) -> PyResult<PyFigure> {
        let WaitOf(class) = of.read("of")?;
        let percentile = if linear {
            Percentile::linear(percent)
        } else {
            Percentile::nearest_rank(percent)
        };
        let percentile = percentile.map_err(|error| Failure::from(error).about("percent"))?;
        let selection = self.select(queue.as_ref(), at.as_ref(), window.as_ref())?;
        compute(py, || {
            Ok(PyFigure(selection.tally()?.percentile(class, percentile)))
        })
    }

    /// The tally of both parts together. Both must have been made with the same settings.
    fn merge(&self, py: Python<'_>, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        let other = other.get();
        let merged = compute(py, || Ok(self.tally.merge(&other.tally)?))?;
        Ok(Self::new(merged, self.by))
    }

    /// The state as a table: to be stored, sent to another machine, or written to Parquet.
    ///
    /// Tables of several states may be appended, cut and shuffled by rows; ``from_state``
    /// makes one tally of them.
    fn state(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(compute(py, || Ok(tally_to_batch(&self.tally)?))?.into())
    }

    /// The tally of a state, or of several in one table or a list of tables: merged.
    ///
    /// >>> import floorwalker as fw
    /// >>> from datetime import datetime, timezone
    /// >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
    /// >>> legs = {"queue": ["sales"], "arrived": [nine], "wait_s": [12]}
    /// >>> part = fw.service_levels(legs, every="day", zone="UTC", rules="offered(20s)")
    /// >>> whole = fw.IntervalTally.from_state([part.state(), part.state()])
    /// >>> whole == part.merge(part)
    /// True
    #[staticmethod]
    #[pyo3(
        signature = (state, /, *, by = Choice::or("queue")),
        text_signature = "(state, /, *, by='queue')"
    )]
    fn from_state(py: Python<'_>, state: GivenTable<'_>, by: Choice<'_, By>) -> PyResult<Self> {
        let By(by) = by.read("by")?;
        let batches = state.batches("state")?;
        let tally = compute(py, || {
            let mut parts = TallyParts::new();
            for batch in &batches {
                parts.add(batch)?;
            }
            Ok(parts.finish()?)
        })?;
        Ok(Self::new(tally, by))
    }

    /// The queues, in alphabetical order.
    #[getter]
    fn queues(&self) -> Vec<&str> {
        self.tally
            .queues()
            .into_iter()
            .map(|queue| queue.as_str())
            .collect()
    }

    /// The rules that were counted for; the first is the main one.
    #[getter]
    fn rules(&self) -> Vec<PyServiceLevel> {
        let rules = self.tally.settings().rules().iter();
        rules.cloned().map(PyServiceLevel).collect()
    }

    /// The length of the intervals.
    #[getter]
    fn every(&self) -> String {
        self.tally.settings().grid().every().to_string()
    }

    /// The time zone of the intervals.
    #[getter]
    fn zone(&self) -> &str {
        self.tally.settings().grid().zone().name()
    }

    /// Which instant of a contact decided its interval.
    #[getter]
    fn attribution(&self) -> &str {
        self.tally.settings().attribution().name()
    }

    /// From the start of the first interval to the end of the last, in UTC; ``None`` without
    /// intervals.
    #[getter]
    fn window<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Option<(Bound<'py, PyDateTime>, Bound<'py, PyDateTime>)>> {
        let intervals = self.tally.intervals();
        if intervals.is_empty() {
            return Ok(None);
        }
        let window = intervals.window();
        Ok(Some((
            utc_datetime(py, window.start())?,
            utc_datetime(py, window.end())?,
        )))
    }

    /// How many contacts belong to no interval: ``outside_window``, and ``without_instant``,
    /// which have not reached the instant that the attribution asks for.
    #[getter]
    fn left_out(&self) -> std::collections::BTreeMap<&'static str, u64> {
        let left_out = self.tally.left_out();
        [
            ("outside_window", left_out.outside_window),
            ("without_instant", left_out.without_instant),
        ]
        .into()
    }

    /// The Arrow interface: a stream of the table of service levels.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Capsule<'py>> {
        self.figures(py, &[Ask::Rules], self.by)?
            .__arrow_c_stream__(py, requested_schema)
    }

    /// The table of service levels as a ``polars.DataFrame``.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<PolarsTable<'py>> {
        shown(slf, "to_polars").map(PolarsTable)
    }

    /// The table of service levels as a ``pandas.DataFrame``.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<PandasTable<'py>> {
        shown(slf, "to_pandas").map(PandasTable)
    }

    /// The table of service levels as a ``pyarrow.Table``.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<ArrowTable<'py>> {
        shown(slf, "to_arrow").map(ArrowTable)
    }

    /// A figure over time as a chart: of Altair where it is installed, else plain HTML.
    ///
    /// ``figure`` is the name of a figure as for ``table``; ``target`` draws a line.
    #[pyo3(
        signature = (figure = Choice::or("service_level"), *, by = None, target = None),
        text_signature = "(self, figure='service_level', *, by=None, target=None)"
    )]
    fn plot<'py>(
        slf: &Bound<'py, Self>,
        figure: Choice<'py, Words>,
        by: Option<Given<'py, By>>,
        target: Option<f64>,
    ) -> PyResult<Chart<'py>> {
        let (py, tally) = (slf.py(), slf.get());
        let Words(figure) = figure.read("figure")?;
        let ask: Ask = figure
            .parse()
            .map_err(|error| Failure::from(error).about("figure"))?;
        let by = optional("by", by.as_ref())?.map_or(tally.by, |By(by)| by);
        let table = Bound::new(py, tally.figures(py, &[ask], by)?)?;
        let module = py.import("floorwalker._charts")?;
        module.call_method1("plot", (table, target)).map(Chart)
    }

    fn __repr__(&self) -> String {
        let settings = self.tally.settings();
        let rules: Vec<String> = settings.rules().iter().map(ToString::to_string).collect();
        format!(
            "<IntervalTally of {} queues in {} intervals of {} in {}, by {}>",
            self.tally.queues().len(),
            self.tally.intervals().len(),
            settings.grid().every(),
            settings.grid().zone(),
            rules.join(", "),
        )
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Text<'py>> {
        let table = slf.get().figures(slf.py(), &[Ask::Rules], slf.get().by)?;
        shown(&Bound::new(slf.py(), table)?, "html").map(Text)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Self>();
        other.is_ok_and(|other| other.get().by == self.by && other.get().tally == self.tally)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let settings = self.tally.settings();
        (settings.rules(), settings.grid()).hash(&mut hasher);
        (self.tally.queues(), self.tally.intervals().bounds()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<(Bound<'py, PyAny>, (Table, &'static str))> {
        let rebuild = slf.get_type().getattr("_from_state")?;
        let by = match slf.get().by {
            Grouping::Queue => "queue",
            Grouping::Pooled => "all",
        };
        Ok((rebuild, (slf.get().state(slf.py())?, by)))
    }

    /// What pickle calls.
    #[staticmethod]
    fn _from_state(py: Python<'_>, state: GivenTable<'_>, by: Choice<'_, By>) -> PyResult<Self> {
        Self::from_state(py, state, by)
    }
}

impl Described for PyIntervalTally {
    const ALLOWED: &'static str = "an IntervalTally, as service_levels gives it";
}

/// Names of figures.
pub(crate) struct Asks(Vec<Ask>);

impl Argument for Asks {
    hint!("Figures");

    const ALLOWED: &'static str =
        "the name of a figure, such as 'asa', or a list of names and rules";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        if let Some(ask) = ask(value)? {
            return Ok(Some(Self(vec![ask])));
        }
        let Ok(values) = value.extract::<Vec<Bound<'_, PyAny>>>() else {
            return Ok(None);
        };
        let mut asks = Vec::with_capacity(values.len());
        for value in &values {
            match ask(value)? {
                Some(ask) => asks.push(ask),
                None => return Ok(None),
            }
        }
        Ok(Some(Self(asks)))
    }
}

fn ask(value: &Bound<'_, PyAny>) -> Result<Option<Ask>> {
    if let Ok(rule) = value.cast::<PyServiceLevel>() {
        return Ok(Some(Ask::Rule(Box::new(rule.get().0.clone()))));
    }
    match value.extract::<String>() {
        Ok(name) => Ok(Some(name.parse()?)),
        Err(_) => Ok(None),
    }
}
