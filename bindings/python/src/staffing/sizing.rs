//! Sizes of intervals, each for itself.

use floorwalker::report::Target;
use floorwalker::staffing as library;
use floorwalker::staffing::{DayWork, Goals, Performance};
use floorwalker_arrow::TableBuilder;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rust_decimal::Decimal;

use super::goals::Promised;
use super::{Told, Work};
use crate::column::Answers;
use crate::errors::{Failure, Result, compute};
use crate::given::{Given, Named, Ratio, optional};
use crate::numbers::{Figures, Rows, Seconds};
use crate::output::AnyColumn;
use crate::rule::Rule;
use crate::service::RuleName;
use crate::table::Table;

/// The least number of operators with which a queue meets all its goals.
///
/// Numbers in, a number out; a column in (of numpy, polars, pandas, pyarrow, or a list), a column
/// of the same kind out, with single numbers holding for all rows. Each interval is taken for
/// itself and in its steady state: Erlang C, or Erlang A with a ``patience``.
///
/// * ``calls``: how many come in an interval, ``aht``: their mean handling time,
///   ``interval``: its length; durations are text such as ``"3m"``, timedeltas, or seconds
/// * ``patience``: the mean time after which callers give up, ``redials``: the part of these
///   who call again
/// * ``target``: such as ``"80/20"``, by a ``rule`` such as ``"answered_only"`` (without it,
///   ``"offered"``); ``asa``, ``abandonment``, ``waiting``, ``occupancy``: the most that may be.
///   At least one of these is needed; all that are given hold at once
///
/// >>> import floorwalker as fw
/// >>> fw.staffing.agents_required(100, "3m", interval="30m", target="80/20")
/// 14
/// >>> fw.staffing.agents_required([40, 100, 0], 180, interval="30m", target="80/20", occupancy=0.7)
/// [7, 15, 0]
#[pyfunction]
#[pyo3(signature = (
    calls, aht, *, interval, patience = None, redials = None, target = None, rule = None, asa = None,
    abandonment = None, waiting = None, occupancy = None,
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn agents_required<'py>(
    py: Python<'py>,
    calls: Figures<'py>,
    aht: Seconds<'py>,
    interval: Seconds<'py>,
    patience: Option<Seconds<'py>>,
    redials: Option<Figures<'py>>,
    target: Option<Given<'py, Named<Target>>>,
    rule: Option<Given<'py, RuleName>>,
    asa: Option<Seconds<'py>>,
    abandonment: Option<Figures<'py>>,
    waiting: Option<Figures<'py>>,
    occupancy: Option<Figures<'py>>,
) -> PyResult<AnyColumn<'py>> {
    let mut rows = Rows::default();
    let told = Told {
        calls: &calls,
        aht: &aht,
        interval: &interval,
        patience: patience.as_ref(),
        redials: redials.as_ref(),
    };
    let work = Work::read(&told, &mut rows)?;
    let goals = Promised {
        target: target.as_ref(),
        rule: rule.as_ref(),
        asa: asa.as_ref(),
        abandonment: abandonment.as_ref(),
        waiting: waiting.as_ref(),
        occupancy: occupancy.as_ref(),
    };
    let goals = goals.read()?;
    let count = rows.count();
    let agents = compute(py, || required(work, count, &goals))?;
    rows.answer(py, &Answers::Wholes(agents))
}

fn required(work: Work, rows: usize, goals: &Goals) -> Result<Vec<u32>> {
    let patience = work.patience.as_ref().map(|one| one.single());
    let redials = work.redials.as_ref().map(|one| one.single());
    if let (Some(interval), None | Some(Some(_)), None | Some(Some(_))) =
        (work.interval.single(), patience, redials)
    {
        let (calls, aht) = (work.calls.spread(rows), work.aht.spread(rows));
        let mut day = DayWork::new(interval, &calls, &aht)?;
        if let Some(patience) = patience.flatten() {
            day = day.with_patience(patience)?;
        }
        if let Some(redials) = redials.flatten() {
            day = day.with_redials(redials)?;
        }
        return Ok(library::required_by_interval(&day, goals)?);
    }
    let each = (0..rows).map(|row| Ok(library::required_agents(&work.at(row)?, goals)?.agents()));
    each.collect()
}

/// What a queue achieves with so many operators, who need not be a whole number.
///
/// Numbers in, a dict out; with a column among them, a table with one row for each. ``None`` is
/// what grows without end or has no meaning. The service level is that of ``rule``, such as
/// ``"offered(20s)"``. The work is told as for ``agents_required``.
///
/// >>> import floorwalker as fw
/// >>> figures = fw.staffing.performance(100, "3m", 14, interval="30m", rule="offered(20s)")
/// >>> round(figures["service_level"], 4), round(figures["occupancy"], 4), round(figures["asa_secs"], 2)
/// (0.8884, 0.7143, 7.84)
#[pyfunction]
#[pyo3(signature = (calls, aht, agents, *, interval, rule, patience = None, redials = None))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn performance<'py>(
    py: Python<'py>,
    calls: Figures<'py>,
    aht: Seconds<'py>,
    agents: Figures<'py>,
    interval: Seconds<'py>,
    rule: Given<'py, Rule>,
    patience: Option<Seconds<'py>>,
    redials: Option<Figures<'py>>,
) -> PyResult<AnyColumn<'py>> {
    let mut rows = Rows::default();
    let told = Told {
        calls: &calls,
        aht: &aht,
        interval: &interval,
        patience: patience.as_ref(),
        redials: redials.as_ref(),
    };
    let work = Work::read(&told, &mut rows)?;
    let agents = rows.read("agents", &agents)?;
    let Rule(rule) = rule.read("rule")?;
    let count = rows.count();
    let columns = compute(py, || {
        let each = (0..count).map(|row| Ok(Performance::of(&work.at(row)?, agents.at(row))?));
        let queues = each.collect::<Result<Vec<Performance>>>()?;
        let level = |queue: &Performance| queue.service_level(&rule);
        let mut columns = vec![("service_level", queues.iter().map(level).collect())];
        for (name, of) in FIGURES {
            columns.push((*name, queues.iter().map(of).collect::<Vec<Option<f64>>>()));
        }
        Ok(columns)
    })?;
    if !rows.is_column() {
        let figures = PyDict::new(py);
        for (name, values) in &columns {
            figures.set_item(name, values.first().copied().flatten())?;
        }
        return Ok(AnyColumn(figures.into_any()));
    }
    let table = columns
        .into_iter()
        .fold(TableBuilder::new(), |table, (name, values)| {
            table.float(name, values)
        });
    let table = Table::from(table.finish().map_err(Failure::from)?);
    Ok(AnyColumn(table.into_pyobject(py)?.into_any()))
}

/// A figure of a queue.
type Figure = (&'static str, fn(&Performance) -> Option<f64>);

const FIGURES: &[Figure] = &[
    ("agents", |queue| Some(queue.agents())),
    ("load_erlangs", |queue| Some(queue.load_erlangs())),
    ("waiting_probability", |queue| {
        Some(queue.waiting_probability())
    }),
    ("abandonment", |queue| Some(queue.abandonment())),
    ("asa_secs", Performance::asa_secs),
    ("mean_wait_secs", Performance::mean_wait_secs),
    (
        "mean_wait_of_abandoned_secs",
        Performance::mean_wait_of_abandoned_secs,
    ),
    (
        "mean_virtual_wait_secs",
        Performance::mean_virtual_wait_secs,
    ),
    ("mean_queue", Performance::mean_queue),
    ("occupancy", Performance::occupancy),
    ("lines_in_use", Performance::lines_in_use),
    ("attempts_per_caller", |queue| {
        Some(queue.attempts_per_caller())
    }),
    ("lost_callers", |queue| Some(queue.lost_callers())),
];

/// The part of calls that find all servers busy and are lost: Erlang B, also between whole
/// numbers of servers.
///
/// >>> import floorwalker as fw
/// >>> fw.staffing.erlang_b(2, 1.0)
/// 0.2
#[pyfunction]
#[pyo3(signature = (servers, load_erlangs))]
pub(crate) fn erlang_b<'py>(
    py: Python<'py>,
    servers: Figures<'py>,
    load_erlangs: Figures<'py>,
) -> PyResult<AnyColumn<'py>> {
    let mut rows = Rows::default();
    let servers = rows.read("servers", &servers)?;
    let load = rows.read("load_erlangs", &load_erlangs)?;
    let count = rows.count();
    let lost = compute(py, || {
        let each =
            (0..count).map(|row| Ok(Some(library::erlang_b(servers.at(row), load.at(row))?)));
        each.collect::<Result<Vec<_>>>()
    })?;
    rows.answer(py, &Answers::Floats(lost))
}

/// The most calls per interval with which so many operators meet all goals.
///
/// The arguments are those of ``agents_required``, with ``agents`` for ``calls``.
///
/// >>> import floorwalker as fw
/// >>> round(fw.staffing.most_calls(14, "3m", interval="30m", target="80/20"))
/// 109
#[pyfunction]
#[pyo3(signature = (
    agents, aht, *, interval, patience = None, redials = None, target = None, rule = None, asa = None,
    abandonment = None, waiting = None, occupancy = None,
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn most_calls<'py>(
    py: Python<'py>,
    agents: Figures<'py>,
    aht: Seconds<'py>,
    interval: Seconds<'py>,
    patience: Option<Seconds<'py>>,
    redials: Option<Figures<'py>>,
    target: Option<Given<'py, Named<Target>>>,
    rule: Option<Given<'py, RuleName>>,
    asa: Option<Seconds<'py>>,
    abandonment: Option<Figures<'py>>,
    waiting: Option<Figures<'py>>,
    occupancy: Option<Figures<'py>>,
) -> PyResult<AnyColumn<'py>> {
    let mut rows = Rows::default();
    let told = Told {
        calls: &agents,
        aht: &aht,
        interval: &interval,
        patience: patience.as_ref(),
        redials: redials.as_ref(),
    };
    let mut work = Work::read(&told, &mut rows)?;
    let none = crate::numbers::Numbers::One(0.0);
    let agents = std::mem::replace(&mut work.calls, none);
    let goals = Promised {
        target: target.as_ref(),
        rule: rule.as_ref(),
        asa: asa.as_ref(),
        abandonment: abandonment.as_ref(),
        waiting: waiting.as_ref(),
        occupancy: occupancy.as_ref(),
    };
    let goals = goals.read()?;
    let count = rows.count();
    let calls = compute(py, || {
        let each = (0..count).map(|row| {
            let found = library::most_calls(&work.at(row)?, &goals, agents.at(row))?;
            Ok(Some(found.value))
        });
        each.collect::<Result<Vec<_>>>()
    })?;
    rows.answer(py, &Answers::Floats(calls))
}

/// How many telephone lines are needed so that at most the part ``blocking`` of callers hears a
/// busy tone: lines hold those who talk and those who wait.
///
/// >>> import floorwalker as fw
/// >>> fw.staffing.lines_required(100, "3m", 14, interval="30m", blocking=0.01)
/// 18
#[pyfunction]
#[pyo3(signature = (calls, aht, agents, *, interval, blocking, patience = None, redials = None))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn lines_required<'py>(
    py: Python<'py>,
    calls: Figures<'py>,
    aht: Seconds<'py>,
    agents: Figures<'py>,
    interval: Seconds<'py>,
    blocking: Figures<'py>,
    patience: Option<Seconds<'py>>,
    redials: Option<Figures<'py>>,
) -> PyResult<AnyColumn<'py>> {
    let mut rows = Rows::default();
    let told = Told {
        calls: &calls,
        aht: &aht,
        interval: &interval,
        patience: patience.as_ref(),
        redials: redials.as_ref(),
    };
    let work = Work::read(&told, &mut rows)?;
    let agents = rows.read("agents", &agents)?;
    let blocking = rows.read("blocking", &blocking)?;
    let count = rows.count();
    let lines = compute(py, || {
        let each = (0..count).map(|row| {
            let queue = Performance::of(&work.at(row)?, agents.at(row))?;
            Ok(library::lines_required(&queue, blocking.at(row))?)
        });
        each.collect::<Result<Vec<_>>>()
    })?;
    rows.answer(py, &Answers::Wholes(lines))
}

/// How many must be planned so that ``agents`` are there when the part ``shrinkage`` of paid time
/// is lost: agents / (1 - shrinkage), rounded up in exact decimals.
///
/// A float is taken for the shortest decimal that reads the same.
///
/// >>> import floorwalker as fw
/// >>> fw.staffing.scheduled_agents(21, "0.3"), fw.staffing.scheduled_agents([14, 42], 0.3)
/// (30, [20, 60])
#[pyfunction]
#[pyo3(signature = (agents, shrinkage))]
pub(crate) fn scheduled_agents<'py>(
    py: Python<'py>,
    agents: Figures<'py>,
    shrinkage: Given<'py, Ratio>,
) -> PyResult<AnyColumn<'py>> {
    let mut rows = Rows::default();
    let agents = rows.read("agents", &agents)?;
    let shrinkage = decimal(optional("shrinkage", Some(&shrinkage))?)?;
    let count = rows.count();
    let planned = compute(py, || {
        let each = (0..count).map(|row| {
            let heads = super::day::whole("agents", agents.at(row))?;
            Ok(library::scheduled_agents(heads, shrinkage)?)
        });
        each.collect::<Result<Vec<_>>>()
    })?;
    rows.answer(py, &Answers::Wholes(planned))
}

/// A part of a whole as a decimal, if it is one exactly.
fn decimal(part: Option<Ratio>) -> Result<Decimal> {
    let exact = part.and_then(|Ratio(part)| {
        let bottom = Decimal::from(part.denominator());
        let value = Decimal::try_from_i128_with_scale(part.numerator(), 0).ok()? / bottom;
        (value * bottom == Decimal::try_from_i128_with_scale(part.numerator(), 0).ok()?)
            .then_some(value)
    });
    exact.ok_or_else(|| {
        let message = "argument shrinkage must be a decimal number of at most 28 digits";
        Failure::new("value.out_of_range", message)
    })
}
