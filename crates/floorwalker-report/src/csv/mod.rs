//! The report as CSV files, one for each table, for spreadsheets and programs.

mod columns;
mod lists;
mod people;
mod sheet;
mod sheets;

use floorwalker::report::ServiceReport;

use sheet::Sheet;

/// How the files are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    is_verbatim: bool,
}

impl CsvOptions {
    /// Texts that a spreadsheet would run as a formula are made harmless: see [`to_csv`].
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Texts as they are, for programs that read the files again and run nothing.
    #[must_use]
    pub fn verbatim(mut self) -> Self {
        self.is_verbatim = true;
        self
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvFile {
    /// Its name, such as `days.csv`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The report as CSV files (RFC 4180, UTF-8, commas, decimal points, lines ended by LF).
///
/// The files know no language: columns bear the names of the indicators, and
/// `columns.csv` says for each column of each file what it means and in which unit.
/// Instants are RFC 3339 with the local offset. A share or a mean comes as three
/// columns: the value, to be read; its numerator and its denominator, to be added up.
/// An empty cell is undefined. Files and columns stay in this order; new columns are
/// added at the end.
///
/// A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return (or the wide
/// forms of the signs) would be run as a formula by a spreadsheet. It gets an
/// apostrophe in front, which spreadsheets take as "this is text". Names in the files
/// then differ from those in the data; [`CsvOptions::verbatim`] leaves them alone.
///
/// Operators are in `operators.csv`, which is there only if the report has them, with
/// the policy in every row.
#[must_use]
pub fn to_csv(report: &ServiceReport, options: CsvOptions) -> Vec<CsvFile> {
    let mut sheets = sheets::sheets(report);
    sheets.extend(report.operators.as_ref().map(people::operators));
    let dictionary = Sheet::dictionary(&sheets);
    sheets.push(dictionary);
    sheets.iter().map(|sheet| sheet.file(options)).collect()
}

#[cfg(test)]
mod tests {
    use super::sheet::harmless;

    #[test]
    fn formulas_are_made_harmless() {
        for text in [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "＝1",
        ] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["sales", "a=b", "è", "", "1+1"] {
            assert_eq!(harmless(text), text);
        }
    }
}
