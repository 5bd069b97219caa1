//! Counted complaints, and logs of cases of other systems.

use std::hash::{DefaultHasher, Hash, Hasher};

use floorwalker::complaint::{
    CaseSummary, ComplaintKpi, ComplaintSettings, ComplaintTally, Pareto,
};
use floorwalker::service::Percentile;
use floorwalker::time::Span;
use floorwalker::units::Fraction;
use floorwalker_arrow::TableBuilder;
use pyo3::prelude::*;

use super::case::PyComplaint;
use crate::calendar::PyCalendar;
use crate::errors::{Failure, Result, compute};
use crate::figure::PyFigure;
use crate::given::{Argument, Described, Duration, Given, Instance, Named, Window, hint, optional};
use crate::output::AnyDict;
use crate::record::{self, Plain};
use crate::rule::quoted;
use crate::table::Table;

/// Complaints counted over a window: mergeable, and asked for figures.
///
/// Adding the tallies of two stretches that follow each other, or of two teams, with ``merge``
/// equals counting all at once. Made by ``complaint_figures`` and by ``CaseLog.figures``.
///
/// >>> import floorwalker as fw
/// >>> log = fw.read_cases({"number": ["7", "8"], "opened": ["2026-05-04 09:00", "2026-05-05 09:00"],
/// ...                      "closed": ["2026-05-06 09:00", None]},
/// ...                     {"shape": "cases", "case": "number", "opened": "opened", "closed": "closed",
/// ...                      "time": {"format": "%Y-%m-%d %H:%M", "zone": "Europe/Rome"}})
/// >>> tally = log.figures(window=("2026-05-01", "2026-06-01"), calendar=fw.Calendar.always_open("Europe/Rome"))
/// >>> print(tally.figure("complaints_open"), tally.figure("complaints_received"))
/// 1 2
/// >>> [row for row in tally.ageing().to_dicts() if row["count"]][0]["from"].days
/// 15
#[pyclass(frozen, name = "ComplaintTally", module = "floorwalker")]
pub(crate) struct PyComplaintTally(ComplaintTally);

#[pymethods]
impl PyComplaintTally {
    /// One indicator; ``complaint_kpis()`` lists the names.
    #[pyo3(signature = (name, /))]
    fn figure(&self, name: Given<'_, Named<ComplaintKpi>>) -> PyResult<PyFigure> {
        let Named(kpi) = name.read("name")?;
        Ok(PyFigure(self.0.figure(kpi)))
    }

    /// How many came in for each thousand of so many contacts.
    #[pyo3(signature = (contacts, /))]
    fn per_thousand_contacts(&self, contacts: u64) -> PyFigure {
        PyFigure(self.0.per_thousand_contacts(contacts))
    }

    /// The share that kept a standard; waived ones are not counted.
    #[pyo3(signature = (standard, /))]
    fn within_standard(&self, standard: &str) -> PyFigure {
        PyFigure(self.0.within_standard(standard))
    }

    /// The mean business time of a step.
    #[pyo3(signature = (step, /))]
    fn step_mean(&self, step: &str) -> PyFigure {
        PyFigure(self.0.step_mean(step))
    }

    /// The business time within which so many percent of a step were done, by the nearest
    /// rank, such as ``step_percentile("to_close", 90)``.
    #[pyo3(signature = (step, percent, /))]
    fn step_percentile(&self, step: &str, percent: u8) -> PyResult<PyFigure> {
        let percentile = Percentile::nearest_rank(percent.into());
        let percentile = percentile.map_err(|error| Failure::from(error).about("percent"))?;
        Ok(PyFigure(self.0.step_percentile(step, percentile)))
    }

    /// All figures: the indicators, the standards, the steps, the indemnities.
    fn figures(&self) -> Vec<PyFigure> {
        let tally = &self.0;
        let kpis = ComplaintKpi::ALL.iter().map(|kpi| tally.figure(*kpi));
        let standards = tally
            .standards()
            .map(|(name, _)| tally.within_standard(name.as_str()));
        let steps = tally
            .steps()
            .map(|(name, _)| tally.step_mean(name.as_str()));
        let money = tally
            .indemnity_accrued()
            .into_iter()
            .chain(tally.indemnity_paid());
        kpis.chain(standards)
            .chain(steps)
            .chain(money)
            .map(PyFigure)
            .collect()
    }

    /// How old the open ones are: one row for each class of age, the last without an end.
    fn ageing(&self) -> PyResult<Table> {
        Ok(ages(&self.0.ageing())?)
    }

    /// How long a standard has been missed by those that are open.
    fn overdue_ageing(&self) -> PyResult<Table> {
        Ok(ages(&self.0.overdue_ageing())?)
    }

    /// What complaints are about, the most frequent first, with running shares (Pareto).
    fn topics(&self) -> PyResult<Table> {
        Ok(pareto(&self.0.topics())?)
    }

    /// Why they happened, the most frequent first, with running shares (Pareto).
    fn causes(&self) -> PyResult<Table> {
        Ok(pareto(&self.0.causes())?)
    }

    /// The names of the standards that were counted.
    #[getter]
    fn standards(&self) -> Vec<&str> {
        self.0.standards().map(|(name, _)| name.as_str()).collect()
    }

    /// The names of the steps that were measured.
    #[getter]
    fn steps(&self) -> Vec<&str> {
        self.0.steps().map(|(name, _)| name.as_str()).collect()
    }

    /// How many were left out, because they were neither received, open nor closed in the window.
    #[getter]
    fn outside(&self) -> u64 {
        self.0.outside()
    }

    /// How many ended before they began, and count as received only.
    #[getter]
    fn disordered(&self) -> u64 {
        self.0.disordered()
    }

    /// Both together; a ``MergeError`` if they were counted by different settings.
    #[pyo3(signature = (other, /))]
    fn merge(&self, py: Python<'_>, other: Given<'_, Instance<Self>>) -> PyResult<Self> {
        let Instance(other) = other.read("other")?;
        compute(py, || Ok(Self(self.0.clone().merge(&other.get().0)?)))
    }

    /// A tally from plain objects or from their text in JSON.
    #[staticmethod]
    #[pyo3(signature = (record, /))]
    fn from_json(record: Given<'_, Plain>) -> PyResult<Self> {
        Ok(Self(record.read("record")?.record("record")?))
    }

    /// The counts as plain objects: what merging needs, and nothing about a single person
    /// except the pseudonyms of customers.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<AnyDict<'py>> {
        record::dict(py, &self.0)
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!(
            "ComplaintTally.from_json({})",
            quoted(&record::text(&self.0)?)
        ))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().0 == self.0)
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        record::text(&self.0)?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let text = record::text(&slf.get().0)?;
        Ok((slf.get_type().getattr("from_json")?, (text,)))
    }
}

impl Described for PyComplaintTally {
    const ALLOWED: &'static str = "a ComplaintTally";
}

fn ages(buckets: &[floorwalker::complaint::AgeBucket]) -> Result<Table> {
    let table = TableBuilder::new()
        .durations("from", buckets.iter().map(|bucket| Some(bucket.from_ms)))
        .durations("until", buckets.iter().map(|bucket| bucket.until_ms))
        .whole(
            "count",
            buckets
                .iter()
                .map(|bucket| i64::try_from(bucket.count).ok()),
        );
    Ok(Table::from(table.finish()?))
}

fn pareto(pareto: &Pareto) -> Result<Table> {
    let lines = pareto.lines();
    let table = TableBuilder::new()
        .text("name", lines.iter().map(|line| Some(line.name.as_str())))
        .whole(
            "count",
            lines.iter().map(|line| i64::try_from(line.count).ok()),
        )
        .whole(
            "cumulative",
            lines.iter().map(|line| i64::try_from(line.cumulative).ok()),
        )
        .float(
            "cumulative_share",
            lines
                .iter()
                .map(|line| Fraction::new(line.cumulative, pareto.total()).map(Fraction::to_f64)),
        );
    Ok(Table::from(table.finish()?))
}

/// How complaints are counted.
#[derive(Default)]
pub(crate) struct Counting {
    pub(crate) ages: Option<Ages>,
    pub(crate) repeat_days: Option<u32>,
}

impl Counting {
    pub(crate) fn settings(self, window: Span) -> Result<ComplaintSettings> {
        let mut settings = ComplaintSettings::new(window);
        if let Some(Ages(edges)) = self.ages {
            settings = settings
                .with_age_edges_ms(edges)
                .map_err(|error| Failure::from(error).about("ages"))?;
        }
        if let Some(days) = self.repeat_days {
            settings = settings
                .with_repeat_days(days)
                .map_err(|error| Failure::from(error).about("repeat_days"))?;
        }
        Ok(settings)
    }
}

/// The edges of classes of age.
pub(crate) struct Ages(Vec<i64>);

impl Argument for Ages {
    hint!("Ages");

    const ALLOWED: &'static str = "a list of durations, such as ['7d', '30d']";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        let Ok(edges) = value.extract::<Vec<Bound<'_, PyAny>>>() else {
            return Ok(None);
        };
        let edges = edges.iter().map(|edge| {
            let Duration(edge) = crate::given::convert("ages", edge)?;
            Ok(edge.num_milliseconds())
        });
        Ok(Some(Self(edges.collect::<Result<_>>()?)))
    }
}

pub(crate) fn tally<'a>(
    summaries: impl IntoIterator<Item = &'a CaseSummary>,
    settings: ComplaintSettings,
) -> PyComplaintTally {
    PyComplaintTally(ComplaintTally::of(settings, summaries))
}

/// Complaints counted over a window, as they stand at its end.
///
/// * ``calendar``: by whose hours steps are measured
/// * ``window``: a pair of instants or dates; the second is not part of it
/// * ``ages``: where classes of age end, such as ``["7d", "30d"]``
/// * ``repeat_days``: within how many days the same customer and topic count as a repetition
///
/// >>> import floorwalker as fw
/// >>> office = fw.Calendar.always_open("Europe/Rome")
/// >>> rules = fw.ComplaintRules({"office": office})
/// >>> complaint = fw.Complaint.open(rules, "R-1", {"channel": "web", "text": fw.Personal("R-1", "..")},
/// ...                               at="2026-05-04T10:00+02:00", actor="desk")
/// >>> tally = fw.complaint_figures([complaint], calendar=office, window=("2026-05-01", "2026-06-01"))
/// >>> print(tally.figure("complaints_received"))
/// 1
#[pyfunction]
#[pyo3(signature = (complaints, *, calendar, window, ages = None, repeat_days = None))]
pub(crate) fn complaint_figures(
    py: Python<'_>,
    complaints: Given<'_, Complaints>,
    calendar: Given<'_, Instance<PyCalendar>>,
    window: Given<'_, Window>,
    ages: Option<Given<'_, Ages>>,
    repeat_days: Option<u32>,
) -> PyResult<PyComplaintTally> {
    let Complaints(complaints) = complaints.read("complaints")?;
    let Instance(calendar) = calendar.read("calendar")?;
    let hours = &calendar.get().0;
    let window = window.read("window")?.span(hours.hours().zone())?;
    let ages = optional("ages", ages.as_ref())?;
    let settings = Counting { ages, repeat_days }.settings(window)?;
    compute(py, || {
        let mut summaries = Vec::new();
        for complaint in &complaints {
            let complaint = complaint.get();
            if let Some(summary) = complaint.summary(window.end_ms(), hours)? {
                summaries.push(summary);
            }
        }
        Ok(tally(&summaries, settings))
    })
}

/// Several complaints.
pub(crate) struct Complaints(Vec<Py<PyComplaint>>);

impl Argument for Complaints {
    hint!("Complaints");

    const ALLOWED: &'static str = "a list of Complaints";

    fn read(value: &Bound<'_, PyAny>) -> Result<Option<Self>> {
        Ok(value.extract().ok().map(Self))
    }
}

/// The indicators of complaints by name.
///
/// >>> import floorwalker as fw
/// >>> fw.complaint_kpis()[:2]
/// ['complaints_received', 'complaints_closed']
#[pyfunction]
pub(crate) fn complaint_kpis() -> Vec<&'static str> {
    ComplaintKpi::ALL.iter().map(|kpi| kpi.name()).collect()
}
