//! Tables, charts with their tables, lists of facts.

use floorwalker::report::{Severity, Standing};
use maud::{Markup, html};

use crate::locale::{Label, Locale};
use crate::table::{Cell, Column, Row, Table, mark};

/// Tables of at most so many rows are kept on one page in print.
const SHORT: usize = 16;

/// How the caption of a table is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Caption {
    /// Above the table.
    Shown,
    /// For a screen reader alone, where a heading says the same.
    Hidden,
}

/// A table. Its caption names it for those who move from table to table.
pub(super) fn table(table: &Table, caption: Caption, locale: &Locale) -> Markup {
    rows(table, &table.rows, (table.key, caption), locale)
}

/// A table whose rows after the first `shown` are folded away, also in print.
pub(super) fn long_table(table: &Table, shown: usize, locale: &Locale) -> Markup {
    let (first, more) = table.rows.split_at(shown.min(table.rows.len()));
    let words = locale.plural(
        more.len() as u64,
        ("more row", "more rows"),
        ("altra riga", "altre righe"),
    );
    let key = format!("{}-more", table.key);
    html! {
        (rows(table, first, (table.key, Caption::Shown), locale))
        @if !more.is_empty() {
            details class="more" {
                summary { (words) }
                (rows(table, more, (&key, Caption::Hidden), locale))
            }
        }
    }
}

fn rows(table: &Table, rows: &[Row], (key, caption): (&str, Caption), locale: &Locale) -> Markup {
    let id = format!("{key}-caption");
    let class = match table.columns.len() {
        ..=4 => Some("narrow"),
        12.. => Some("wide"),
        _ => None,
    };
    html! {
        div class=(if rows.len() <= SHORT { "table short" } else { "table" }) role="region" tabindex="0" aria-labelledby=(id) {
            table class=[class] {
                caption id=(id) {
                    @if caption == Caption::Hidden {
                        span class="hidden" { (table.title) }
                    } @else {
                        (table.title)
                    }
                }
                thead { tr {
                    @for column in &table.columns {
                        th scope="col" class=[column.is_number.then_some("num")] { bdi { (column.title) } }
                    }
                } }
                tbody {
                    @for row in rows { (self::row(row, &table.columns, locale)) }
                    @if rows.is_empty() {
                        tr { td colspan=(table.columns.len()) { (locale.text(Label::Nothing)) } }
                    }
                }
            }
        }
    }
}

fn row(row: &Row, columns: &[Column], locale: &Locale) -> Markup {
    html! {
        tr class=[row.is_total.then_some("total")] {
            @for (at, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
                @let class = class_of(cell, column);
                @if at == 0 {
                    th scope="row" class=[class] { (content(cell, locale)) }
                } @else {
                    td class=[class] { (content(cell, locale)) }
                }
            }
        }
    }
}

/// Longer texts may be broken anywhere, numbers nowhere.
fn class_of(cell: &Cell, column: &Column) -> Option<&'static str> {
    let is_long = |text: &String| text.chars().count() > 34;
    match cell {
        Cell::Text(text) | Cell::Name(text) if !column.is_number && is_long(text) => Some("text"),
        _ => column.is_number.then_some("num"),
    }
}

/// The text of a cell; names that the data brought keep to themselves.
fn content(cell: &Cell, locale: &Locale) -> Markup {
    let text = cell.text(locale);
    html! {
        @match cell {
            Cell::Name(name) => bdi { (name) },
            Cell::Standing(one) => (standing(*one, locale)),
            _ => (text),
        }
    }
}

/// Mark and word of a standing.
pub(super) fn standing(standing: Standing, locale: &Locale) -> Markup {
    html! {
        span class=(format!("standing {}", class(standing))) {
            span aria-hidden="true" { (mark(standing)) } " " (locale.standing(standing))
        }
    }
}

/// The class of the style sheet.
pub(super) fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::Near => "near",
        Standing::Missed => "missed",
        Standing::Unjudged => "few",
    }
}

/// The class of the style sheet.
pub(super) fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "severity high",
        Severity::Medium => "severity medium",
        Severity::Low => "severity low",
    }
}

/// Whether the table of a chart is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Print {
    /// It is.
    Table,
    /// It is not, because the chart shows its numbers, or the table is too wide for paper.
    ChartOnly,
}

/// A chart with its table below, folded on the screen.
pub(super) fn chart(chart: &Markup, tables: &[Table], print: Print, locale: &Locale) -> Markup {
    html! {
        figure class="scroll" { (chart) }
        @if !tables.is_empty() {
            details class=[(print == Print::ChartOnly).then_some("more")] {
                summary { (locale.text(Label::DataTable)) }
                @for one in tables { (table(one, Caption::Shown, locale)) }
            }
        }
    }
}

/// Titles and texts.
pub(super) fn facts(lines: &[(String, String)]) -> Markup {
    html! {
        dl class="facts" {
            @for (title, text) in lines {
                dt { (title) }
                dd { bdi { (text) } }
            }
        }
    }
}

/// Sentences in a list.
pub(super) fn notes(notes: &[String]) -> Markup {
    html! { ul class="notes" { @for note in notes { li { (note) } } } }
}
