//! A table for programs: columns with their meaning, rows of texts.

use floorwalker::report::Quotient;

use super::{CsvFile, CsvOptions};

/// What a column holds.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) unit: &'static str,
    pub(super) meaning: String,
}

impl Column {
    pub(super) fn new(
        name: impl Into<String>,
        unit: &'static str,
        meaning: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            unit,
            meaning: meaning.into(),
        }
    }
}

/// One cell.
#[derive(Clone, Debug)]
pub(super) enum Field {
    /// A text that came with the data, or a number written out.
    Text(String),
    /// A number or a word of this library: never a formula.
    Plain(String),
}

impl Field {
    pub(super) fn count(count: u64) -> Self {
        Self::Plain(count.to_string())
    }

    pub(super) fn maybe(count: Option<u64>) -> Self {
        Self::Plain(count.map_or_else(String::new, |count| count.to_string()))
    }

    /// A value with ten places, empty where undefined.
    pub(super) fn value(value: Quotient) -> Self {
        Self::scaled(value, 1)
    }

    /// A value times a factor, with ten places.
    pub(super) fn scaled(value: Quotient, factor: i64) -> Self {
        let value = value.scaled(factor, 10);
        Self::Plain(value.map_or_else(String::new, |value| value.normalize().to_string()))
    }

    /// Value, numerator, denominator.
    pub(super) fn quotient(value: Quotient) -> [Self; 3] {
        [
            Self::value(value),
            Self::count(value.numerator()),
            Self::count(value.denominator()),
        ]
    }
}

/// One file before it is written.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Field>>,
}

impl Sheet {
    /// What every column of the sheets means.
    pub(super) fn dictionary(sheets: &[Self]) -> Self {
        let text = |text: &str| Field::Plain(text.to_owned());
        let lines = sheets.iter().flat_map(|sheet| {
            sheet.columns.iter().map(|column| {
                let file = format!("{}.csv", sheet.name);
                vec![
                    text(&file),
                    text(&column.name),
                    text(column.unit),
                    Field::Plain(column.meaning.clone()),
                ]
            })
        });
        Self {
            name: "columns",
            columns: vec![
                Column::new("file", "text", "the file"),
                Column::new("column", "text", "the column"),
                Column::new("unit", "text", "the unit"),
                Column::new("meaning", "text", "what it means, or its formula"),
            ],
            rows: lines.collect(),
        }
    }

    pub(super) fn file(&self, options: CsvOptions) -> CsvFile {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        let text = |field: &Field| match field {
            Field::Text(text) if !options.is_verbatim => harmless(text),
            Field::Text(text) | Field::Plain(text) => text.clone(),
        };
        let header: Vec<String> = self
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        let rows = self.rows.iter().map(|row| row.iter().map(text).collect());
        for row in std::iter::once(header).chain(rows) {
            writer
                .write_record(row)
                .expect("rows are as long as the header and memory takes them");
        }
        let bytes = writer.into_inner().expect("memory takes them");
        CsvFile {
            name: format!("{}.csv", self.name),
            text: String::from_utf8(bytes).expect("all fields were text"),
        }
    }
}

/// The text with an apostrophe in front if a spreadsheet would take it as a formula.
pub(super) fn harmless(text: &str) -> String {
    let runs = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    if text.starts_with(runs) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
