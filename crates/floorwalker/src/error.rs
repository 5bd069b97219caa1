//! The one error type of the library.
//!
//! An [`Error`] means that no answer could be made from the input. It has a
//! stable [`code`](Error::code), the same in every language, and a message that
//! names the thing, the limit and the given value. Odd but usable input is
//! never an error: it is an answer with findings.

use std::fmt;

/// The result of everything in this library that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why no answer could be made.
///
/// The kinds are private, so that new ones are no breaking change: ask
/// [`code`](Error::code) or one of the `is_` questions.
///
/// ```
/// use floorwalker::time::Zone;
///
/// let error = Zone::get("Europe/Rom").unwrap_err();
/// assert_eq!(error.code(), "zone.unknown");
/// assert!(error.to_string().contains("Europe/Rome"));
/// ```
#[derive(Clone, PartialEq)]
pub struct Error(Box<ErrorKind>);

/// What went wrong, in private detail. Rooms add their kinds here.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("{what} must be between {min} and {max}, given {given}")]
    Range {
        what: &'static str,
        min: String,
        max: String,
        given: String,
    },
    #[error("{what} is not valid: {given:?}: {why}")]
    Name {
        what: &'static str,
        given: String,
        why: &'static str,
    },
    #[error("no {what} is called {given:?}{}", suggest(.nearest))]
    Unknown {
        what: &'static str,
        given: String,
        nearest: Vec<String>,
    },
    #[error("{what} is not in order: {earlier} must not come after {later}, given {given}")]
    Order {
        what: &'static str,
        earlier: &'static str,
        later: &'static str,
        given: String,
    },
    #[error("column {column} has {given} rows, but column {reference} has {expected}")]
    ColumnLength {
        column: &'static str,
        given: usize,
        reference: &'static str,
        expected: usize,
    },
    #[error("column {column}, row {row}: {why}, given {given}")]
    ColumnValue {
        column: &'static str,
        row: usize,
        why: &'static str,
        given: String,
    },
    #[error("column {column} is missing: {why}")]
    ColumnMissing {
        column: &'static str,
        why: &'static str,
    },
    #[error("unknown time zone {given:?}{}", suggest(.nearest))]
    ZoneUnknown { given: String, nearest: Vec<String> },
    #[error("local time {given} does not exist in {zone}: the clock was put forward")]
    LocalMissing { given: String, zone: String },
    #[error("local time {given} exists twice in {zone}: the clock was put back")]
    LocalTwice { given: String, zone: String },
    #[error(
        "the window holds {given} intervals, more than {max}: name a shorter window or a longer interval"
    )]
    TooManyIntervals { given: u64, max: u64 },
    #[error("the two states cannot be merged: {what} differs ({left} and {right})")]
    MergeMismatch {
        what: &'static str,
        left: String,
        right: String,
    },
    #[error("{what} cannot be given together: {why}")]
    Conflict { what: &'static str, why: String },
    #[error("{what} is refused: {why}")]
    Policy { what: &'static str, why: String },
    #[error("the calendar has no opening hours: no day of the week has a window")]
    NoWindows,
    #[error("a window must have a length, given {given} to {given}")]
    ZeroWindow { given: String },
    #[error("windows must not overlap, given {first} and {second}")]
    OverlappingWindows { first: String, second: String },
    #[error("the hours never open {when}")]
    NeverOpens { when: String },
    #[error("{what} cannot be read at line {line}, column {column}: {why}")]
    Data {
        what: &'static str,
        line: usize,
        column: usize,
        why: String,
    },
    #[error("the procedure is impossible: {first}{}", more(*.others))]
    Procedure { first: String, others: usize },
    #[error("no version of the policy {id} is in force on {date}")]
    NotInForce { id: String, date: String },
    #[error("nothing in range meets the goals: {goals}")]
    Unattainable { goals: String },
    #[error("the clock is paused without an end since {since}, so its target never runs out")]
    OpenPause { since: String },
}

/// Words the end of an "unknown name" message.
fn suggest(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        [one] => format!(", did you mean {one:?}?"),
        many => format!(", did you mean one of {}?", many.join(", ")),
    }
}

/// Words the number of further faults.
fn more(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => ", and 1 fault more".to_owned(),
        many => format!(", and {many} faults more"),
    }
}

impl Error {
    /// A stable code for programs, the same in every language, such as
    /// `columns.length_mismatch`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match *self.0 {
            ErrorKind::Range { .. } => "value.out_of_range",
            ErrorKind::Name { .. } => "name.invalid",
            ErrorKind::Unknown { .. } => "name.unknown",
            ErrorKind::Order { .. } => "time.out_of_order",
            ErrorKind::ColumnLength { .. } => "columns.length_mismatch",
            ErrorKind::ColumnValue { .. } => "columns.bad_value",
            ErrorKind::ColumnMissing { .. } => "columns.missing",
            ErrorKind::ZoneUnknown { .. } => "zone.unknown",
            ErrorKind::LocalMissing { .. } => "local_time.missing",
            ErrorKind::LocalTwice { .. } => "local_time.ambiguous",
            ErrorKind::TooManyIntervals { .. } => "grid.too_many_intervals",
            ErrorKind::MergeMismatch { .. } => "merge.mismatch",
            ErrorKind::Conflict { .. } => "options.conflict",
            ErrorKind::Policy { .. } => "policy.refused",
            ErrorKind::NoWindows => "calendar.no_windows",
            ErrorKind::ZeroWindow { .. } => "calendar.zero_length_window",
            ErrorKind::OverlappingWindows { .. } => "calendar.overlapping_windows",
            ErrorKind::NeverOpens { .. } => "calendar.never_opens",
            ErrorKind::OpenPause { .. } => "clock.open_pause",
            ErrorKind::Data { .. } => "data.invalid",
            ErrorKind::Procedure { .. } => "procedure.impossible",
            ErrorKind::NotInForce { .. } => "policy.not_in_force",
            ErrorKind::Unattainable { .. } => "goal.unattainable",
        }
    }

    /// The same error about data of which `rows` rows came before: where a table is
    /// checked piece by piece, its rows are counted from the start of the whole.
    #[must_use]
    pub fn after_rows(mut self, rows: usize) -> Self {
        if let ErrorKind::ColumnValue { row, .. } = &mut *self.0 {
            *row = row.saturating_add(rows);
        }
        self
    }

    /// Whether a value was outside its allowed range.
    #[must_use]
    pub fn is_range(&self) -> bool {
        matches!(*self.0, ErrorKind::Range { .. })
    }

    /// Whether a name was malformed or not known.
    #[must_use]
    pub fn is_name(&self) -> bool {
        matches!(
            *self.0,
            ErrorKind::Name { .. } | ErrorKind::Unknown { .. } | ErrorKind::ZoneUnknown { .. }
        )
    }

    /// Whether a column was missing, of the wrong length or held a bad value.
    #[must_use]
    pub fn is_column(&self) -> bool {
        matches!(
            *self.0,
            ErrorKind::ColumnLength { .. }
                | ErrorKind::ColumnValue { .. }
                | ErrorKind::ColumnMissing { .. }
        )
    }

    /// Whether a local time was missing or double on the day of a clock change.
    #[must_use]
    pub fn is_local_time(&self) -> bool {
        matches!(
            *self.0,
            ErrorKind::LocalMissing { .. } | ErrorKind::LocalTwice { .. }
        )
    }

    /// Whether two states were made with different settings.
    #[must_use]
    pub fn is_merge(&self) -> bool {
        matches!(*self.0, ErrorKind::MergeMismatch { .. })
    }

    /// Whether a policy forbade the answer, for example figures about single
    /// people without a stated purpose.
    #[must_use]
    pub fn is_policy(&self) -> bool {
        matches!(*self.0, ErrorKind::Policy { .. })
    }

    /// Whether business hours could not be used: no windows, windows of no length or
    /// overlapping, or hours that never open when they would have to.
    #[must_use]
    pub fn is_calendar(&self) -> bool {
        matches!(
            *self.0,
            ErrorKind::NoWindows
                | ErrorKind::ZeroWindow { .. }
                | ErrorKind::OverlappingWindows { .. }
                | ErrorKind::NeverOpens { .. }
        )
    }

    /// A value outside its range; NaN and text forms included.
    pub(crate) fn range(
        what: &'static str,
        min: impl fmt::Display,
        max: impl fmt::Display,
        given: impl fmt::Display,
    ) -> Self {
        ErrorKind::Range {
            what,
            min: min.to_string(),
            max: max.to_string(),
            given: given.to_string(),
        }
        .into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({}: {})", self.code(), self.0)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

/// The names of `known` nearest to `given`, best first, at most three.
///
/// Nearness is the number of single-letter changes (Levenshtein distance),
/// letter case ignored; names further than a third of their length are left out.
pub(crate) fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let given = given.to_lowercase();
    let limit = (given.chars().count() / 3).max(1);
    let mut close: Vec<(usize, &str)> = known
        .into_iter()
        .map(|name| (edit_distance(&given, &name.to_lowercase()), name))
        .filter(|&(distance, _)| distance <= limit)
        .collect();
    close.sort_unstable();
    close
        .into_iter()
        .take(3)
        .map(|(_, name)| name.to_owned())
        .collect()
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_names_come_first() {
        let known = ["Europe/Rome", "Europe/Riga", "Asia/Tokyo"];
        assert_eq!(nearest("europe/rom", known), ["Europe/Rome", "Europe/Riga"]);
        assert!(nearest("xx", known).is_empty());
    }

    #[test]
    fn messages_name_limit_and_value() {
        let error = Error::range("traffic in erlangs", 0.0, 1e6, f64::NAN);
        assert_eq!(
            error.to_string(),
            "traffic in erlangs must be between 0 and 1000000, given NaN"
        );
        assert!(error.is_range());
    }
}
