//! The service level of each queue as a bar, with its target.

use floorwalker::report::{QueueRow, ServiceReport};
use maud::{Markup, html};

use super::draw::{Fill, WIDTH, all, empty, line, rect, svg, text};
use crate::locale::{Label, Locale};
use crate::table::mark;

const LEFT: f64 = 180.0;
const RIGHT: f64 = 220.0;
const TOP: f64 = 24.0;
const ROW: f64 = 26.0;
/// Longer names are cut.
const NAME: usize = 24;

/// A bar for each queue from 0 to 100 %, its target as a stroke.
pub(crate) fn queue_bars(id: &str, title: &str, report: &ServiceReport, locale: &Locale) -> Markup {
    if report.by_queue.is_empty() {
        return empty(locale.text(Label::NoData));
    }
    let bottom = TOP + report.by_queue.len() as f64 * ROW;
    let x = |share: f64| LEFT + share * (WIDTH - LEFT - RIGHT);
    let axis = [0_u64, 25, 50, 75, 100].map(|percent| {
        let at = x(percent as f64 / 100.0);
        let share = floorwalker::report::Quotient::new(percent, 100);
        all([
            line("grid", (at, TOP - 4.0), (at, bottom)),
            text(
                "label",
                "middle",
                (at, TOP - 10.0),
                &locale.round_percent(share),
            ),
        ])
    });
    let rows = (0..).zip(&report.by_queue);
    let bars = rows.map(|(at, row)| bar(row, TOP + f64::from(at) * ROW, &x, locale));
    let parts = all([all(axis), all(bars)]);
    svg(
        id,
        bottom + 6.0,
        title,
        &description(report, locale),
        &parts,
    )
}

fn bar(row: &QueueRow, y: f64, x: &impl Fn(f64) -> f64, locale: &Locale) -> Markup {
    let results = &row.results;
    let level = results.figures.service_level;
    let name = short(row.queue.as_str());
    let target = x(results.target.value().unwrap_or(0.0));
    let words = format!(
        "{} {} {}",
        locale.percent(level),
        mark(results.standing),
        locale.standing(results.standing)
    );
    let tip = format!("{}: {words}", row.queue);
    let length = x(level.value().unwrap_or(0.0)) - LEFT;
    html! {
        (text("name", "end", (LEFT - 8.0, y + 16.0), &name))
        (rect(Fill::Class("in-time"), (LEFT, y + 4.0), (length, ROW - 9.0), &tip))
        (line("target", (target, y), (target, y + ROW - 1.0)))
        (text("value", "start", (WIDTH - RIGHT + 12.0, y + 16.0), &words))
    }
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    let start: String = name.chars().take(NAME - 1).collect();
    format!("{start}…")
}

fn description(report: &ServiceReport, locale: &Locale) -> String {
    let queues = report.by_queue.iter().map(|row| {
        let level = locale.percent(row.results.figures.service_level);
        format!("{} {level}", row.queue)
    });
    queues.collect::<Vec<_>>().join(", ")
}
