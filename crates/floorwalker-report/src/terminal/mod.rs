//! The report as text for a terminal or a mail.

mod grid;
mod plain;

use floorwalker::report::ServiceReport;

use crate::head;
use crate::locale::{Label, Language, Locale, NBSP};
use crate::table::{self, Cell};
use grid::Grid;
use plain::Plain;

/// How the report is written as text.
///
/// ```
/// use floorwalker_report::{Language, TerminalOptions};
///
/// let options = TerminalOptions::new(Language::Italian).with_width(80).in_ascii();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    language: Language,
    width: u16,
    ascii: bool,
    max_rows: usize,
}

impl TerminalOptions {
    /// In a language, 100 characters wide, at most 62 rows a table.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            language,
            width: 100,
            ascii: false,
            max_rows: 62,
        }
    }

    /// The same in another width, at least 40. Columns that find no room are left out, and said so.
    #[must_use]
    pub fn with_width(mut self, width: u16) -> Self {
        self.width = width.max(40);
        self
    }

    /// The same in ASCII alone: `lunedi'`, and `\u{202e}` for letters that have no likeness.
    #[must_use]
    pub fn in_ascii(mut self) -> Self {
        self.ascii = true;
        self
    }

    /// The same with another number of rows after which a table is cut off, and said so.
    #[must_use]
    pub fn with_max_rows(mut self, max_rows: usize) -> Self {
        self.max_rows = max_rows;
        self
    }
}

/// The report as text.
///
/// Letters that steer a terminal or turn the direction of writing are shown as
/// `\u{1b}`, so a name in the data cannot change the display.
#[must_use]
pub fn to_terminal(report: &ServiceReport, options: &TerminalOptions) -> String {
    let locale = Locale::new(options.language, report);
    let mut page = Page {
        text: String::new(),
        locale: &locale,
        grid: Grid::new(options.width, options.max_rows, options.ascii),
        plain: Plain::new(options.ascii),
    };
    page.head(report);
    if report.is_empty() {
        page.heading(locale.text(Label::Summary));
        page.line(locale.text(Label::NoData), 0);
    } else {
        page.figures(report);
    }
    page.foot(report);
    if options.ascii {
        // Until here it kept numbers and their units together.
        page.text.replace(NBSP, " ")
    } else {
        page.text
    }
}

/// Rows of a list of exceptions.
const EXCEPTIONS: usize = 8;

/// The text so far.
struct Page<'a> {
    text: String,
    locale: &'a Locale,
    grid: Grid,
    plain: Plain,
}

impl Page<'_> {
    fn line(&mut self, line: &str, indent: usize) {
        for line in self.grid.wrapped(&self.plain.text(line), indent) {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn heading(&mut self, title: &str) {
        let title = self.plain.text(title);
        let rule = self.grid.rule(&title);
        self.text.push_str(&format!("\n{title}\n{rule}\n"));
    }

    /// Title and text, the texts below each other.
    fn pairs(&mut self, lines: &[(String, String)]) {
        let widest = lines.iter().map(|(title, _)| title.chars().count()).max();
        let width = widest.unwrap_or(0);
        for (title, text) in lines {
            let pad = " ".repeat(width - title.chars().count());
            self.line(&format!("{title}{pad}  {text}"), width + 2);
        }
    }

    fn table(&mut self, table: &table::Table) {
        self.heading(&table.title.clone());
        let text = self.grid.table(table, self.locale, self.plain);
        self.text.push_str(&text);
    }

    fn head(&mut self, report: &ServiceReport) {
        let title = self.plain.text(self.locale.text(Label::Title));
        let rule = self.grid.double_rule(&title);
        self.text.push_str(&format!("{title}\n{rule}\n"));
        self.pairs(&head::subject(report, self.locale));
    }

    fn figures(&mut self, report: &ServiceReport) {
        let locale = self.locale;
        self.summary(report);
        self.findings(report);
        if report.by_queue.len() > 1 {
            self.table(&table::by_queue(report, locale));
        }
        if let Some(outcomes) = table::outcomes(report, locale) {
            self.table(&outcomes);
        }
        if report.by_day.len() > 1 {
            self.table(&table::by_day(report, locale));
        }
        if !report.by_time_of_day.is_empty() {
            self.table(&table::by_time_of_day(report, locale));
        }
        let waits = [
            table::waits(report, locale),
            table::percentiles(report, locale),
        ];
        for table in waits.into_iter().flatten() {
            self.table(&table);
        }
        let grid = self.grid;
        self.grid = grid.with_max_rows(EXCEPTIONS);
        for table in table::exceptions(report, locale) {
            self.table(&table);
        }
        self.grid = grid;
        if let Some(section) = &report.operators {
            self.table(&table::operators(section, locale));
            self.line("", 0);
            self.line(locale.text(Label::OperatorsNote), 0);
            self.pairs(&table::people(section, locale));
        }
        self.table(&table::other_rules(report, locale));
        self.table(&table::reckoning(report, locale));
    }

    fn summary(&mut self, report: &ServiceReport) {
        let locale = self.locale;
        self.heading(locale.text(Label::Summary));
        let total = &report.total;
        let level = Cell::Share(total.figures.service_level).text(locale);
        let standing = Cell::Standing(total.standing).text(locale);
        let target = format!(
            "{} {}",
            locale.text(Label::TargetLine),
            head::target(report, locale)
        );
        let mut lines = vec![(
            locale.text(Label::ServiceLevel).to_owned(),
            format!("{level}  ({target}: {standing})"),
        )];
        lines.push((
            locale.text(Label::Missing).to_owned(),
            Cell::count(total.missing).text(locale),
        ));
        let figures = table::key_figures(report, locale);
        lines.extend(
            figures
                .into_iter()
                .map(|(title, cell)| (title, cell.text(locale))),
        );
        self.pairs(&lines);
    }

    fn findings(&mut self, report: &ServiceReport) {
        let locale = self.locale;
        self.heading(locale.text(Label::Findings));
        if report.findings.is_empty() {
            self.line(locale.text(Label::NoFindings), 0);
        }
        for (number, finding) in (1..).zip(&report.findings) {
            let severity = locale.severity(finding.severity);
            let sentence = locale.finding(finding, report);
            self.line(&format!("{number:>2}. [{severity}] {sentence}."), 4);
        }
        if let Some(more) = head::more_findings(report, locale) {
            self.line(&format!("    {more}."), 4);
        }
    }

    fn foot(&mut self, report: &ServiceReport) {
        let locale = self.locale;
        if report.by_queue.len() > 1 {
            self.table(&table::limits(report, locale));
        }
        self.heading(locale.text(Label::Conventions));
        for note in head::conventions(report, locale) {
            self.line(&note, 2);
        }
        self.heading(locale.text(Label::DataNotes));
        for note in head::data_notes(report, locale) {
            self.line(&note, 2);
        }
    }
}
