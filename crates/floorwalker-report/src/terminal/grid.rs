//! Tables and lines of a given width.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width,
};

use super::plain::Plain;
use crate::locale::{Label, Locale};
use crate::table::{Row, Table};

/// The width of the page and how long a table may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    width: usize,
    max_rows: usize,
    line: char,
    double_line: char,
}

/// Blank columns between two columns of a table.
const GAP: usize = 2;

impl Grid {
    pub(super) fn new(width: u16, max_rows: usize, ascii: bool) -> Self {
        let (line, double_line) = if ascii { ('-', '=') } else { ('─', '═') };
        Self {
            width: width.into(),
            max_rows,
            line,
            double_line,
        }
    }

    /// The same with at most so many rows a table.
    pub(super) fn with_max_rows(mut self, max_rows: usize) -> Self {
        self.max_rows = self.max_rows.min(max_rows);
        self
    }

    /// A line under a heading.
    pub(super) fn rule(&self, title: &str) -> String {
        self.line
            .to_string()
            .repeat(width_of(title).min(self.width))
    }

    /// A double line under the title.
    pub(super) fn double_rule(&self, title: &str) -> String {
        let width = width_of(title).min(self.width);
        self.double_line.to_string().repeat(width)
    }

    /// The text in lines of the width, broken between words; later lines are set in by `indent`.
    pub(super) fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        let indent = " ".repeat(indent.min(self.width / 2));
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_inclusive(' ') {
            let is_full = width_of(&line) + width_of(word.trim_end()) > self.width;
            if is_full && !line.trim().is_empty() {
                lines.push(line.trim_end().to_owned());
                line.clone_from(&indent);
            }
            line.push_str(word);
        }
        lines.push(line.trim_end().to_owned());
        lines
    }

    /// The table, cut off after the longest allowed number of rows, without the columns that
    /// find no room.
    pub(super) fn table(&self, table: &Table, locale: &Locale, plain: Plain) -> String {
        let shown = self.shown(&table.rows);
        let columns: Vec<Texts> = (0..table.columns.len())
            .map(|at| Texts {
                title: plain.text(&table.columns[at].title),
                cells: shown
                    .iter()
                    .map(|row| plain.text(&row.cells[at].text(locale)))
                    .collect(),
                is_number: table.columns[at].is_number,
                spare: table.columns[at].spare,
            })
            .collect();
        let (fitting, left_out) = self.fitting(columns);
        let mut text = self.drawn(&fitting, shown.len());
        let mut note = |line: String| {
            for line in self.wrapped(&plain.text(&line), 0) {
                text.push_str(&line);
                text.push('\n');
            }
        };
        let cut = table.rows.len() - shown.len();
        if cut > 0 {
            let rows = locale.plural(
                cut as u64,
                ("more row", "more rows"),
                ("altra riga", "altre righe"),
            );
            note(format!("({rows})"));
        }
        if !left_out.is_empty() {
            let why = locale.language.pick(
                "not shown for lack of room",
                "non mostrate per mancanza di spazio",
            );
            note(format!("({why}: {})", left_out.join(", ")));
        }
        if shown.is_empty() {
            note(locale.text(Label::Nothing).to_owned());
        }
        text
    }

    /// The first rows and the totals.
    fn shown<'a>(&self, rows: &'a [Row]) -> Vec<&'a Row> {
        let mut left = self.max_rows;
        let keep = |row: &&Row| {
            let fits = row.is_total || left > 0;
            left = left.saturating_sub(usize::from(!row.is_total));
            fits
        };
        rows.iter().filter(keep).collect()
    }

    /// The columns that fit beside each other, and the titles of those that do not.
    fn fitting(&self, mut columns: Vec<Texts>) -> (Vec<Texts>, Vec<String>) {
        let mut left_out = Vec::new();
        while !self.has_room(&columns) {
            let most_spare = (0..columns.len()).max_by_key(|&at| columns[at].spare);
            match most_spare.filter(|&at| columns[at].spare > 0) {
                Some(at) => left_out.push(columns.remove(at).title),
                None => break,
            }
        }
        (columns, left_out)
    }

    /// Whether the columns have room without breaking a cell.
    fn has_room(&self, columns: &[Texts]) -> bool {
        let least: usize = columns.iter().map(|column| column.least() + GAP).sum();
        least <= self.width + 1
    }

    fn drawn(&self, columns: &[Texts], rows: usize) -> String {
        let mut drawn = comfy_table::Table::new();
        let line = LineStyle::none().fill(self.line).junction(self.line);
        let fits = self.has_room(columns);
        drawn
            .load_style(TableStyle::new().header_separator(line))
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.width).unwrap_or(u16::MAX))
            .set_header(columns.iter().map(|column| &column.title))
            .add_rows((0..rows).map(|row| columns.iter().map(move |column| &column.cells[row])));
        for (column, texts) in drawn.column_iter_mut().zip(columns) {
            if texts.is_number {
                column.set_cell_alignment(CellAlignment::Right);
            }
            // The line between two columns is drawn as one more blank.
            column.set_padding((0, GAP as u16 - 1));
            if fits {
                let least = u16::try_from(texts.least() + GAP - 1).unwrap_or(u16::MAX);
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
        }
        let mut text = String::new();
        for line in drawn.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A column as text.
struct Texts {
    title: String,
    cells: Vec<String>,
    is_number: bool,
    spare: u8,
}

impl Texts {
    /// The least room it needs: its title may be broken between words, its cells may not.
    fn least(&self) -> usize {
        let words = self.title.split(' ').map(width_of);
        let cells = self.cells.iter().map(|cell| width_of(cell));
        words.chain(cells).max().unwrap_or(0)
    }
}

/// How many columns of a terminal a text takes: one a letter, two for wide ones.
fn width_of(text: &str) -> usize {
    // All letters before the combining marks, and the signs of the reports, take one.
    let is_plain = |letter: char| letter < '\u{300}' || "–─═✓≈✗“”…".contains(letter);
    if text.chars().all(is_plain) {
        return text.chars().count();
    }
    // The library that draws the tables knows the widths of the others.
    let mut table = comfy_table::Table::new();
    table.add_row([text]);
    table
        .column_max_content_widths()
        .first()
        .map_or(0, |&width| width.into())
}
