//! How many contacts waited how long: answered above, abandoned below.

use floorwalker::report::{ServiceReport, WaitBandRow, WaitTable};
use maud::{Markup, html};

use super::draw::{Fill, LEFT, RIGHT, WIDTH, all, empty, line, rect, svg, text};
use super::scale::{Scale, ticks};
use crate::locale::{Label, Locale, capitalised};
use crate::table::{band_title, used_bands};

const HEIGHT: f64 = 320.0;
const UPPER: (f64, f64) = (34.0, 164.0);
const LOWER: (f64, f64) = (204.0, 284.0);

/// A bar for each band of waits. The panels have scales of their own, since far fewer abandon.
pub(crate) fn wait_bars(
    id: &str,
    title: &str,
    waits: &WaitTable,
    report: &ServiceReport,
    locale: &Locale,
) -> Markup {
    let bands = used_bands(waits);
    if bands.is_empty() {
        return empty(locale.text(Label::NoData));
    }
    let frame = Frame {
        bands,
        step: (WIDTH - LEFT - RIGHT) / bands.len() as f64,
        locale,
    };
    let parts = all([
        frame.panel(Label::Answered, UPPER, Fill::Class("in-time"), |band| {
            band.answered
        }),
        frame.panel(Label::Abandoned, LOWER, Fill::Lost, |band| band.abandoned),
        frame.labels(),
        frame.threshold(report),
    ]);
    svg(id, HEIGHT, title, &frame.description(), &parts)
}

struct Frame<'a> {
    bands: &'a [WaitBandRow],
    step: f64,
    locale: &'a Locale,
}

impl Frame<'_> {
    fn panel(
        &self,
        name: Label,
        (top, bottom): (f64, f64),
        fill: Fill,
        count: impl Fn(&WaitBandRow) -> u64,
    ) -> Markup {
        let most = self.bands.iter().map(&count).max().unwrap_or(0);
        let steps = ticks(most, 3);
        let max = *steps.last().unwrap_or(&1) as f64;
        let scale = Scale { top, bottom, max };
        let axis = steps.iter().map(|&step| {
            let y = scale.y(step as f64);
            all([
                line("grid", (LEFT, y), (WIDTH - RIGHT, y)),
                text(
                    "label",
                    "end",
                    (LEFT - 6.0, y + 4.0),
                    &self.locale.count(step),
                ),
            ])
        });
        let bars = self.bands.iter().enumerate().map(|(at, band)| {
            let (value, x) = (count(band), LEFT + at as f64 * self.step);
            let y = scale.y(value as f64);
            let number = self.locale.count(value);
            let tip = format!("{}: {number}", band_title(band, self.locale));
            html! {
                (rect(fill, (x + 3.0, y), (self.step - 6.0, bottom - y), &tip))
                (text("value", "middle", (x + self.step / 2.0, y - 4.0), &number))
            }
        });
        let name = capitalised(self.locale.text(name));
        all([
            text("axis-name", "start", (0.0, top - 18.0), &name),
            all(axis),
            all(bars),
        ])
    }

    fn labels(&self) -> Markup {
        let labels = self.bands.iter().enumerate().map(|(at, band)| {
            let x = LEFT + (at as f64 + 0.5) * self.step;
            text(
                "label",
                "middle",
                (x, HEIGHT - 18.0),
                &band_title(band, self.locale),
            )
        });
        all(labels)
    }

    /// A stroke where the threshold of the rule lies, if it is the same for all queues.
    fn threshold(&self, report: &ServiceReport) -> Markup {
        let mut limits: Vec<Option<i64>> = report
            .rules
            .limits
            .iter()
            .map(|limits| limits.within_ms)
            .collect();
        limits.dedup();
        let [Some(within)] = limits.as_slice() else {
            return html! {};
        };
        let edge = Some(within.unsigned_abs());
        let Some(at) = self.bands.iter().position(|band| band.to_ms == edge) else {
            return html! {};
        };
        let x = LEFT + (at + 1) as f64 * self.step;
        let words = format!(
            "{} {}",
            self.locale.text(Label::ThresholdMark),
            self.locale.limit(within.unsigned_abs())
        );
        all([
            line("target", (x, 20.0), (x, LOWER.1)),
            text("target-label", "start", (x + 6.0, 28.0), &words),
        ])
    }

    fn description(&self) -> String {
        let bands = self.bands.iter().map(|band| {
            format!(
                "{}: {} {}, {} {}",
                band_title(band, self.locale),
                self.locale.count(band.answered),
                self.locale.text(Label::Answered),
                self.locale.count(band.abandoned),
                self.locale.text(Label::Abandoned)
            )
        });
        bands.collect::<Vec<_>>().join("; ")
    }
}
