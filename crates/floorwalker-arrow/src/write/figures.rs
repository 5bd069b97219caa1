//! Figures as a long, tidy table.

use arrow_array::RecordBatch;
use floorwalker::id::QueueId;
use floorwalker::service::{Figure, IntervalTally, Unit};

use super::ask::Ask;
use super::builder::TableBuilder;
use crate::error::Result;

/// What the rows of a table are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// Each queue by itself.
    Queue,
    /// All queues pooled: each leg judged by the limits of its own queue.
    Pooled,
}

/// Figures as a table with one row for each queue, interval and figure, intervals
/// without legs included.
///
/// | column | holds |
/// |---|---|
/// | `queue` | the queue; absent where all are pooled |
/// | `start`, `end` | the interval, on the local clock |
/// | `interval` | the local start with its offset; no two intervals share it |
/// | `figure` | the name of the figure |
/// | `rule` | the service-level rule, where it is one |
/// | `unit` | what the value is measured in |
/// | `numerator`, `denominator` | the two whole numbers; figures of several rows are pooled by adding these |
/// | `value` | the quotient in its unit; null where it is undefined |
///
/// # Errors
/// `options.conflict` if a rule is asked for that the tally did not count.
pub fn figures(tally: &IntervalTally, by: Grouping, asks: &[Ask]) -> Result<RecordBatch> {
    let queues: Vec<QueueId> = tally.queues().into_iter().cloned().collect();
    let groups: Vec<&[QueueId]> = match by {
        Grouping::Queue => queues.chunks(1).collect(),
        Grouping::Pooled => vec![&queues],
    };
    let heads = heads(tally, asks)?;
    let mut values = Values::with_capacity(groups.len() * tally.intervals().len() * heads.len());
    for group in &groups {
        for interval in tally.intervals().iter() {
            let cell = tally.pooled(group, interval)?;
            for ask in asks {
                ask.of(&cell)?.iter().for_each(|figure| values.push(figure));
            }
        }
    }
    table(tally, by, &groups, &heads, values)
}

/// What is the same for a figure in every row.
struct Head {
    figure: String,
    rule: Option<String>,
    unit: String,
}

fn heads(tally: &IntervalTally, asks: &[Ask]) -> Result<Vec<Head>> {
    let nothing = IntervalTally::empty(tally.settings().clone()).total();
    let mut heads = Vec::new();
    for ask in asks {
        heads.extend(ask.of(&nothing)?.iter().map(|figure| Head {
            figure: figure.name().to_owned(),
            rule: figure.rule().map(ToString::to_string),
            unit: unit_name(figure.unit()),
        }));
    }
    Ok(heads)
}

/// What differs from row to row.
struct Values {
    numerator: Vec<Option<i64>>,
    denominator: Vec<Option<i64>>,
    value: Vec<Option<f64>>,
}

impl Values {
    fn with_capacity(rows: usize) -> Self {
        Self {
            numerator: Vec::with_capacity(rows),
            denominator: Vec::with_capacity(rows),
            value: Vec::with_capacity(rows),
        }
    }

    fn push(&mut self, figure: &Figure) {
        let whole = |number: i128| Some(i64::try_from(number).unwrap_or(i64::MAX));
        self.numerator.push(whole(figure.numerator()));
        self.denominator.push(whole(figure.denominator().into()));
        self.value.push(figure.value());
    }
}

fn table(
    tally: &IntervalTally,
    by: Grouping,
    groups: &[&[QueueId]],
    heads: &[Head],
    values: Values,
) -> Result<RecordBatch> {
    let (intervals, zone) = (tally.intervals(), tally.settings().grid().zone().name());
    let labels: Vec<String> = intervals.iter().map(|one| one.label()).collect();
    let each_interval = || {
        let repeated = move |at| std::iter::repeat_n(at, heads.len());
        groups
            .iter()
            .flat_map(move |_| (0..intervals.len()).flat_map(repeated))
    };
    let each_head = || {
        let times = groups.len() * intervals.len();
        std::iter::repeat_n(heads, times).flatten()
    };
    let mut table = TableBuilder::new();
    if by == Grouping::Queue {
        let rows = intervals.len() * heads.len();
        let queues = groups.iter().flat_map(|&group| {
            let queue = group.first().map(QueueId::as_str);
            std::iter::repeat_n(queue, rows)
        });
        table = table.text("queue", queues);
    }
    let bound = |shift| each_interval().map(move |at| Some(intervals.bounds()[at + shift]));
    table
        .instants("start", zone, bound(0))
        .instants("end", zone, bound(1))
        .text("interval", each_interval().map(|at| Some(&labels[at])))
        .text("figure", each_head().map(|head| Some(&head.figure)))
        .text("rule", each_head().map(|head| head.rule.as_ref()))
        .text("unit", each_head().map(|head| Some(&head.unit)))
        .whole("numerator", values.numerator)
        .whole("denominator", values.denominator)
        .float("value", values.value)
        .finish()
}

/// The stable name of a unit, as in JSON.
pub(crate) fn unit_name(unit: Unit) -> String {
    match serde_json::to_value(unit) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
