//! The legends above the charts.

use floorwalker::report::{Quotient, ServiceReport, Standing};
use maud::{Markup, html};

use super::draw::{Fill, all, rect, text};
use super::shade::Shade;
use crate::locale::{Label, Locale};

/// A sample and its words, one after the other from `x` on; `advance` for each letter.
fn entries(samples: Vec<(Markup, String)>, y: f64, start: f64) -> Markup {
    let mut x = start;
    let mut parts = Vec::new();
    for (sample, words) in samples {
        let width = words.chars().count() as f64 * 6.6 + 40.0;
        parts.push(html! {
            g transform=(format!("translate({} {})", super::scale::px(x), super::scale::px(y))) {
                (sample)
                (text("label", "start", (18.0, 10.0), &words))
            }
        });
        x += width;
    }
    all(parts)
}

/// The parts of the bars.
pub(super) fn bars(locale: &Locale, y: f64, start: f64, with_other: bool) -> Markup {
    let sample = |fill: Fill| rect(fill, (0.0, 0.0), (12.0, 12.0), "");
    let mut samples = vec![
        (sample(Fill::Class("in-time")), Label::AnsweredInTime),
        (sample(Fill::Class("late")), Label::AnsweredLate),
        (sample(Fill::Lost), Label::Abandoned),
    ];
    if with_other {
        samples.push((sample(Fill::Class("other")), Label::OtherOutcomes));
    }
    let words = |(sample, label): (Markup, Label)| (sample, locale.text(label).to_owned());
    entries(samples.into_iter().map(words).collect(), y, start)
}

/// The shapes of the points.
pub(super) fn shapes(locale: &Locale, y: f64, start: f64) -> Markup {
    let samples = Standing::ALL.map(|standing| {
        let sample = super::level_volume::shape(standing, (6.0, 6.0), 4.5, "");
        (sample, locale.standing(standing).to_owned())
    });
    entries(samples.into(), y, start)
}

/// The shades of the heat maps.
pub(super) fn shades(report: &ServiceReport, locale: &Locale, y: f64, start: f64) -> Markup {
    let limits = &report.limits;
    let tolerance = locale.points(limits.tolerance);
    let far = locale.points(Quotient::new(20, 100));
    let minimum = locale.count(limits.min_contacts);
    let words = |shade: Shade| match shade {
        Shade::Met => locale
            .language
            .pick("target met".to_owned(), "obiettivo raggiunto".to_owned()),
        Shade::Near => locale.language.pick(
            format!("up to {tolerance} points below"),
            format!("fino a {tolerance} punti sotto"),
        ),
        Shade::Missed => locale.language.pick(
            format!("up to {far} points below"),
            format!("fino a {far} punti sotto"),
        ),
        Shade::Far => locale
            .language
            .pick("further below".to_owned(), "più sotto".to_owned()),
        Shade::Few => locale.language.pick(
            format!("fewer than {minimum} contacts"),
            format!("meno di {minimum} chiamate"),
        ),
    };
    let sample = |shade: Shade| {
        let size = (14.0, 14.0);
        let cell = rect(Fill::Class(shade.class()), (-1.0, -1.0), size, "");
        (all([cell, shade.mark((-1.0, -1.0), size)]), words(shade))
    };
    entries(Shade::ALL.map(sample).into(), y, start)
}
