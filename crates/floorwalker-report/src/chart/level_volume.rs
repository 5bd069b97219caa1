//! Service level above, volume below, over the same time axis.

use floorwalker::report::{Quotient, Results, Standing};
use maud::{Markup, html};

use super::draw::{Fill, LEFT, RIGHT, WIDTH, all, empty, line, rect, svg, text};
use super::legend;
use super::scale::{Scale, every_nth, px, ticks};
use crate::locale::{Label, Locale};

/// One place on the time axis.
#[derive(Clone, Debug)]
pub(crate) struct LevelPoint {
    /// The label of the axis, short.
    pub(crate) tick: String,
    /// The time in words, for the tooltip.
    pub(crate) title: String,
    /// The figures.
    pub(crate) results: Results,
}

const HEIGHT: f64 = 372.0;
const LEVEL: Scale = Scale {
    top: 34.0,
    bottom: 194.0,
    max: 1.0,
};
const VOLUME_TOP: f64 = 232.0;
const VOLUME_BOTTOM: f64 = 342.0;
/// With more points than this their values are not written beside them.
const WRITTEN: usize = 16;

/// The service level of each point with the target, and its contacts by what became of them.
pub(crate) fn level_volume(
    id: &str,
    title: &str,
    points: &[LevelPoint],
    target: Quotient,
    locale: &Locale,
) -> Markup {
    if points.is_empty() {
        return empty(locale.text(Label::NoData));
    }
    let step = (WIDTH - LEFT - RIGHT) / points.len() as f64;
    let most = points.iter().map(|point| point.results.figures.offered);
    let steps = ticks(most.max().unwrap_or(0), 4);
    let volume = Scale {
        top: VOLUME_TOP,
        bottom: VOLUME_BOTTOM,
        max: *steps.last().unwrap_or(&1) as f64,
    };
    let frame = Frame {
        points,
        step,
        locale,
    };
    let parts = all([
        frame.level_axis(),
        frame.target_line(target),
        frame.levels(),
        frame.volume_axis(&volume, &steps),
        frame.bars(&volume),
        frame.ticks(),
        frame.legend(),
    ]);
    svg(id, HEIGHT, title, &frame.description(target), &parts)
}

struct Frame<'a> {
    points: &'a [LevelPoint],
    step: f64,
    locale: &'a Locale,
}

impl Frame<'_> {
    /// The middle of a point.
    fn x(&self, at: usize) -> f64 {
        LEFT + (at as f64 + 0.5) * self.step
    }

    fn level_axis(&self) -> Markup {
        let name = self.locale.text(Label::ServiceLevel);
        let lines = [0_u64, 25, 50, 75, 100].map(|percent| {
            let share = Quotient::new(percent, 100);
            let y = LEVEL.y(percent as f64 / 100.0);
            all([
                line("grid", (LEFT, y), (WIDTH - RIGHT, y)),
                text(
                    "label",
                    "end",
                    (LEFT - 6.0, y + 4.0),
                    &self.locale.round_percent(share),
                ),
            ])
        });
        all([text("axis-name", "start", (0.0, 14.0), name), all(lines)])
    }

    fn target_line(&self, target: Quotient) -> Markup {
        let y = LEVEL.y(target.value().unwrap_or(0.0));
        let words = format!(
            "{} {}",
            self.locale.text(Label::TargetLine),
            self.locale.round_percent(target)
        );
        all([
            line("target", (LEFT, y), (WIDTH - RIGHT, y)),
            text("target-label", "end", (WIDTH - RIGHT, 14.0), &words),
        ])
    }

    /// A line through the points, broken where the level is undefined, and a mark on each.
    fn levels(&self) -> Markup {
        let mut path = String::new();
        let mut is_drawing = false;
        for (at, point) in self.points.iter().enumerate() {
            match point.results.figures.service_level.value() {
                Some(level) => {
                    let command = if is_drawing { 'L' } else { 'M' };
                    path.push_str(&format!(
                        "{command}{} {}",
                        px(self.x(at)),
                        px(LEVEL.y(level))
                    ));
                    is_drawing = true;
                }
                None => is_drawing = false,
            }
        }
        let marks = (0..self.points.len()).map(|at| self.mark(at));
        all([html! { path class="level" d=(path) {} }, all(marks)])
    }

    /// The mark of a point, and its value where there is room for it.
    fn mark(&self, at: usize) -> Markup {
        let point = &self.points[at];
        let level = point.results.figures.service_level;
        let Some(value) = level.value() else {
            return html! {};
        };
        let place = (self.x(at), LEVEL.y(value));
        let r = (self.step * 0.35).clamp(2.0, 4.5);
        let shape = shape(point.results.standing, place, r, &self.tip(point));
        if self.points.len() > WRITTEN {
            return shape;
        }
        let y = if self.is_low(at) || place.1 - 12.0 < LEVEL.top {
            place.1 + 17.0
        } else {
            place.1 - 9.0
        };
        let value = text("value", "middle", (place.0, y), &self.locale.percent(level));
        all([shape, value])
    }

    /// Whether a point lies below its neighbours, so that the line leaves room below it.
    fn is_low(&self, at: usize) -> bool {
        let level = |at: usize| self.points.get(at)?.results.figures.service_level.exact();
        let own = level(at);
        let is_above = |other: Option<_>| other.is_none() || other > own;
        is_above(at.checked_sub(1).and_then(level)) && is_above(level(at + 1))
    }

    fn tip(&self, point: &LevelPoint) -> String {
        let figures = &point.results.figures;
        let level = self.locale.percent(figures.service_level);
        let contacts = self.locale.contacts(figures.offered);
        let standing = self.locale.standing(point.results.standing);
        format!("{}: {level}, {contacts}, {standing}", point.title)
    }

    fn volume_axis(&self, volume: &Scale, steps: &[u64]) -> Markup {
        let lines = steps.iter().map(|&count| {
            let y = volume.y(count as f64);
            all([
                line("grid", (LEFT, y), (WIDTH - RIGHT, y)),
                text(
                    "label",
                    "end",
                    (LEFT - 6.0, y + 4.0),
                    &self.locale.count(count),
                ),
            ])
        });
        let name = text(
            "axis-name",
            "start",
            (0.0, 216.0),
            self.locale.text(Label::Volume),
        );
        all([all(lines), name])
    }

    /// Stacked bars: answered in time, answered late, abandoned, other.
    fn bars(&self, volume: &Scale) -> Markup {
        let bar = |at: usize| {
            let figures = &self.points[at].results.figures;
            let late = figures.answered.saturating_sub(figures.answered_in);
            let known = figures.answered + figures.abandoned;
            let stack = [
                (Fill::Class("in-time"), figures.answered_in),
                (Fill::Class("late"), late),
                (Fill::Lost, figures.abandoned),
                (Fill::Class("other"), figures.offered.saturating_sub(known)),
            ];
            let tip = self.tip(&self.points[at]);
            let width = (self.step * 0.78).clamp(1.0, 56.0);
            let mut below = 0;
            all(stack.map(|(fill, count)| {
                if count == 0 {
                    return html! {};
                }
                let (bottom, top) = (volume.y(below as f64), volume.y((below + count) as f64));
                below += count;
                let left = self.x(at) - width / 2.0;
                rect(fill, (left, top), (width, bottom - top), &tip)
            }))
        };
        all((0..self.points.len()).map(bar))
    }

    fn ticks(&self) -> Markup {
        let longest = self.points.iter().map(|point| point.tick.chars().count());
        let needed = longest.max().unwrap_or(0) as f64 * 6.4 + 8.0;
        let nth = every_nth(self.step, needed);
        let labels = (0..self.points.len()).step_by(nth).map(|at| {
            let place = (self.x(at), VOLUME_BOTTOM + 16.0);
            text("label", "middle", place, &self.points[at].tick)
        });
        all(labels)
    }

    fn legend(&self) -> Markup {
        let figures = self.points.iter().map(|point| &point.results.figures);
        let with_other = figures
            .clone()
            .any(|figures| figures.offered > figures.answered + figures.abandoned);
        all([
            legend::shapes(self.locale, 4.0, 220.0),
            legend::bars(self.locale, 206.0, 220.0, with_other),
        ])
    }

    /// The extremes in words.
    fn description(&self, target: Quotient) -> String {
        let level = |point: &&LevelPoint| point.results.figures.service_level.exact();
        let judged = || self.points.iter().filter(|point| level(point).is_some());
        let (Some(low), Some(high)) = (
            judged().min_by_key(|point| level(point)),
            judged().max_by_key(|point| level(point)),
        ) else {
            return self.locale.text(Label::NoData).to_owned();
        };
        let percent = |point: &LevelPoint| self.locale.percent(point.results.figures.service_level);
        let missed = self
            .points
            .iter()
            .filter(|point| point.results.standing == Standing::Missed);
        let (missed, all) = (missed.count(), self.points.len());
        let target = self.locale.round_percent(target);
        let (low, high) = (
            format!("{} ({})", percent(low), low.title),
            format!("{} ({})", percent(high), high.title),
        );
        self.locale.language.pick(
            format!("Lowest {low}, highest {high}; target {target} missed in {missed} of {all}."),
            format!(
                "Minimo {low}, massimo {high}; obiettivo {target} mancato in {missed} su {all}."
            ),
        )
    }
}

/// A circle where the target is met, a diamond just below it, a square where it is missed, a
/// hollow circle where there are too few contacts to judge.
pub(super) fn shape(standing: Standing, (x, y): (f64, f64), r: f64, tip: &str) -> Markup {
    let title = html! { @if !tip.is_empty() { title { (tip) } } };
    html! {
        @match standing {
            Standing::Met => circle class="point met" cx=(px(x)) cy=(px(y)) r=(px(r)) { (title) },
            Standing::Near => path class="point near" d=(diamond(x, y, r * 1.3)) { (title) },
            Standing::Missed => rect class="point missed" x=(px(x - r)) y=(px(y - r)) width=(px(2.0 * r)) height=(px(2.0 * r)) { (title) },
            Standing::Unjudged => circle class="point few" cx=(px(x)) cy=(px(y)) r=(px(r * 0.8)) { (title) },
        }
    }
}

fn diamond(x: f64, y: f64, r: f64) -> String {
    format!(
        "M{} {}L{} {}L{} {}L{} {}Z",
        px(x),
        px(y - r),
        px(x + r),
        px(y),
        px(x),
        px(y + r),
        px(x - r),
        px(y)
    )
}
