//! The shade of a cell by how far it is from the target.

use floorwalker::report::{Quotient, Results, Standing};
use maud::{Markup, html};

use super::scale::px;

/// How a cell is shaded and marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shade {
    Met,
    Near,
    Missed,
    /// Missed by more than 20 points.
    Far,
    /// Too few contacts to judge.
    Few,
}

impl Shade {
    pub(super) const ALL: [Self; 5] = [Self::Met, Self::Near, Self::Missed, Self::Far, Self::Few];

    pub(super) fn of(results: &Results) -> Self {
        let far = Quotient::new(20, 100);
        let level = results.figures.service_level;
        match results.standing {
            Standing::Met => Self::Met,
            Standing::Near => Self::Near,
            Standing::Missed if Standing::of(level, results.target, far, 1) == Standing::Missed => {
                Self::Far
            }
            Standing::Missed => Self::Missed,
            Standing::Unjudged => Self::Few,
        }
    }

    /// The class of the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Met => "cell met",
            Self::Near => "cell near",
            Self::Missed => "cell missed",
            Self::Far => "cell far",
            Self::Few => "cell few",
        }
    }

    /// The mark that tells it without colour: none, a dot, a stroke, a cross.
    pub(super) fn mark(self, (x, y): (f64, f64), (width, height): (f64, f64)) -> Markup {
        let inset = (width.min(height) * 0.28).min(6.0);
        let (left, right) = (x + inset, x + width - inset);
        let (top, bottom) = (y + inset, y + height - inset);
        let stroke = |d: String| html! { path class="mark" d=(d) {} };
        let up = format!("M{} {}L{} {}", px(left), px(bottom), px(right), px(top));
        let down = format!("M{} {}L{} {}", px(left), px(top), px(right), px(bottom));
        match self {
            Self::Met | Self::Few => html! {},
            Self::Near => html! {
                circle class="dot" cx=(px(x + width / 2.0)) cy=(px(y + height / 2.0)) r=(px(inset.min(1.8))) {}
            },
            Self::Missed => stroke(up),
            Self::Far => stroke(format!("{up}{down}")),
        }
    }
}
