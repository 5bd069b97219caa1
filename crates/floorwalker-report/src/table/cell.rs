//! Cells, columns and rows.

use floorwalker::report::{Quotient, Standing};

use crate::locale::{Locale, UNDEFINED};

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Words of the report itself.
    Text(String),
    /// A name that the data brought: shown as it is, never trusted.
    Name(String),
    /// A whole number.
    Count(u64),
    /// A share of 1.
    Share(Quotient),
    /// A difference between two shares in points.
    Points(Option<rust_decimal::Decimal>),
    /// Milliseconds, as minutes and seconds.
    Time(Quotient),
    /// Milliseconds, as hours and minutes.
    Hours(Quotient),
    /// A number with two places.
    Number(Quotient),
    /// Contacts over milliseconds, for each hour.
    PerHour(Quotient),
    /// How a figure stands to its target.
    Standing(Standing),
    /// Not defined, or not to be shown.
    Undefined,
}

impl Cell {
    /// A count that may be undefined.
    pub(crate) fn count(count: Option<u64>) -> Self {
        count.map_or(Self::Undefined, Self::Count)
    }

    /// A wait that may be undefined.
    pub(crate) fn wait(millis: Option<u64>) -> Self {
        millis.map_or(Self::Undefined, |ms| Self::Time(Quotient::whole(ms)))
    }

    /// The text of the cell in a language.
    pub(crate) fn text(&self, locale: &Locale) -> String {
        match self {
            Self::Text(text) | Self::Name(text) => text.clone(),
            Self::Count(count) => locale.count(*count),
            Self::Share(share) => locale.percent(*share),
            Self::Points(points) => points.map_or_else(
                || UNDEFINED.to_owned(),
                |points| {
                    let sign = if points.is_sign_positive() && !points.is_zero() {
                        "+"
                    } else {
                        ""
                    };
                    format!("{sign}{}", locale.decimal(points))
                },
            ),
            Self::Time(millis) => locale.duration(*millis),
            Self::Hours(millis) => locale.hours(*millis),
            Self::Number(value) => locale.number(*value, 2),
            Self::PerHour(value) => locale.per_hour(*value),
            Self::Standing(standing) => {
                format!("{} {}", mark(*standing), locale.standing(*standing))
            }
            Self::Undefined => UNDEFINED.to_owned(),
        }
    }
}

/// The sign of a standing, so that colour is not all that tells.
pub(crate) fn mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "✓",
        Standing::Near => "≈",
        Standing::Missed => "✗",
        Standing::Unjudged => "·",
    }
}

/// The title of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) title: String,
    pub(crate) is_number: bool,
    /// Where there is too little room, columns with the highest number go first; those with 0 stay.
    pub(crate) spare: u8,
}

impl Column {
    pub(crate) fn text(title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            title,
            is_number: false,
            spare: 0,
        }
    }

    pub(crate) fn number(title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            title,
            is_number: true,
            spare: 0,
        }
    }

    /// The same, to be left out where there is too little room; the higher, the sooner.
    pub(crate) fn spared(mut self, spare: u8) -> Self {
        self.spare = spare;
        self
    }
}

/// One row. The first cell says what it is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    pub(crate) is_total: bool,
    /// How the row stands to its target, where it is judged.
    pub(crate) standing: Option<Standing>,
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            is_total: false,
            standing: None,
        }
    }

    pub(crate) fn total(mut self) -> Self {
        self.is_total = true;
        self
    }
}

/// A table with its title.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// A stable name, for links.
    pub(crate) key: &'static str,
    pub(crate) title: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}
