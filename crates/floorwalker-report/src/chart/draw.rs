//! What all charts draw: the frame, lines, texts.

use maud::{Markup, PreEscaped, html};

use super::scale::px;

/// The width of every chart, in its own units.
pub(super) const WIDTH: f64 = 960.0;
/// Room at the left for the labels of the axis.
pub(super) const LEFT: f64 = 56.0;
/// Room at the right.
pub(super) const RIGHT: f64 = 12.0;

/// A chart: an image with a title and a description, its parts inside.
pub(super) fn svg(id: &str, height: f64, title: &str, description: &str, parts: &Markup) -> Markup {
    let labels = format!("{id}-title {id}-desc");
    html! {
        svg class="chart" viewBox=(format!("0 0 {} {}", px(WIDTH), px(height))) role="img" aria-labelledby=(labels) xmlns="http://www.w3.org/2000/svg" {
            title id=(format!("{id}-title")) { (title) }
            desc id=(format!("{id}-desc")) { (description) }
            (parts)
        }
    }
}

/// A straight line.
pub(super) fn line(class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> Markup {
    html! { line class=(class) x1=(px(x1)) y1=(px(y1)) x2=(px(x2)) y2=(px(y2)) {} }
}

/// A text; `anchor` is start, middle or end.
pub(super) fn text(class: &str, anchor: &str, (x, y): (f64, f64), words: &str) -> Markup {
    html! { text class=(class) x=(px(x)) y=(px(y)) text-anchor=(anchor) { (words) } }
}

/// A rectangle with a tooltip.
pub(super) fn rect(fill: Fill, at: (f64, f64), size: (f64, f64), tip: &str) -> Markup {
    let size = (size.0.max(0.0), size.1.max(0.0));
    let (class, strokes) = match fill {
        Fill::Class(class) => (class, None),
        Fill::Lost => ("lost", Some(strokes(at, size, true))),
        Fill::Gap => ("gap", Some(strokes(at, size, false))),
    };
    html! {
        rect class=(class) x=(px(at.0)) y=(px(at.1)) width=(px(size.0)) height=(px(size.1)) {
            @if !tip.is_empty() { title { (tip) } }
        }
        @if let Some(d) = strokes { path class=(format!("{class}-line")) d=(d) {} }
    }
}

/// What fills an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// A class of the style sheet.
    Class(&'static str),
    /// Slanting strokes: abandoned contacts.
    Lost,
    /// Level strokes: an hour that never was.
    Gap,
}

/// The distance between two strokes of a hatching.
const HATCH: f64 = 5.0;

/// The strokes that hatch a rectangle, drawn out, because printers handle patterns badly.
fn strokes((x, y): (f64, f64), (width, height): (f64, f64), slanting: bool) -> String {
    let mut path = String::new();
    let mut stroke = |from: (f64, f64), to: (f64, f64)| {
        let (from, to) = ((x + from.0, y + from.1), (x + to.0, y + to.1));
        path.push_str(&format!(
            "M{} {}L{} {}",
            px(from.0),
            px(from.1),
            px(to.0),
            px(to.1)
        ));
    };
    let reach = if slanting { width + height } else { height };
    let mut at = HATCH / 2.0;
    while at < reach {
        if slanting {
            // The stroke on which the distances from the left and from the top add up to `at`.
            let (right, low) = (at.min(width), at.min(height));
            stroke((at - low, low), (right, at - right));
        } else {
            stroke((0.0, at), (width, at));
        }
        at += HATCH;
    }
    path
}

/// Several parts one after the other.
pub(super) fn all(parts: impl IntoIterator<Item = Markup>) -> Markup {
    PreEscaped(parts.into_iter().map(|part| part.into_string()).collect())
}

/// What a chart shows when there is nothing to show.
pub(super) fn empty(words: &str) -> Markup {
    html! { p class="empty" { (words) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_stay_inside_and_cover_the_area() {
        assert_eq!(
            strokes((0.0, 0.0), (6.0, 4.0), true),
            "M0 2.5L2.5 0M3.5 4L6 1.5"
        );
        assert_eq!(strokes((1.0, 1.0), (6.0, 4.0), false), "M1 3.5L7 3.5");
        assert_eq!(strokes((0.0, 0.0), (6.0, 0.0), false), "");
    }
}
