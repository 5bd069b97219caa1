//! Which column of a table is what.

use arrow_array::{ArrayRef, RecordBatch};
use floorwalker::contact::TimeUnit;

use crate::error::{ErrorKind, Result};

/// The ends of column names that state a unit.
const UNITS: [(&str, TimeUnit); 4] = [
    ("_s", TimeUnit::Second),
    ("_ms", TimeUnit::Milli),
    ("_us", TimeUnit::Micro),
    ("_ns", TimeUnit::Nano),
];

const LEGS: &[&str] = &[
    "queue",
    "arrived",
    "wait",
    "left_queue",
    "answered",
    "outcome",
    "kind",
    "channel",
    "talk",
    "released",
    "hold",
    "wrap_up",
    "wrapped_up",
    "agent",
    "transferred_out",
    "callback_done",
    "ring_no_answers",
    "reached",
    "asked",
];

const STATES: &[&str] = &["agent", "state", "from", "to", "reason"];

/// Which column of a table is what: by name, with exceptions.
///
/// A column is found by its standard name, for legs:
///
/// | name | holds |
/// |---|---|
/// | `queue`, `agent` | names, as text, dictionary or whole numbers; an empty operator is none |
/// | `arrived`, `left_queue`, `answered`, `released`, `wrapped_up`, `reached`, `asked` | instants |
/// | `wait`, `talk`, `hold`, `wrap_up` | durations |
/// | `outcome`, `kind`, `channel` | terms of the trade, by their names |
/// | `transferred_out`, `callback_done` | true or false |
/// | `ring_no_answers` | a whole number |
///
/// `left_queue` and `wait` say the same, as do `released` and `talk`, `wrapped_up` and
/// `wrap_up`: where both are there the instant is taken. For states of operators the
/// names are `agent`, `state`, `from`, `to` and `reason`.
///
/// A name may end in `_s`, `_ms`, `_us` or `_ns`: then whole numbers and floats are in
/// that unit (for instants: since 1970). Floats without a unit are seconds.
///
/// ```
/// use floorwalker_arrow::ColumnMap;
///
/// // The column "start" holds the arrivals, "duration" the waits in milliseconds.
/// let map = ColumnMap::legs()
///     .map("arrived", Some("start"))?
///     .map("wait_ms", Some("duration"))?
///     .map("kind", None)?;
/// # Ok::<(), floorwalker_arrow::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMap {
    what: &'static str,
    roles: &'static [&'static str],
    exceptions: Vec<Exception>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Exception {
    role: &'static str,
    unit: Option<TimeUnit>,
    source: Option<String>,
}

/// A column that was found.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) array: &'a ArrayRef,
    pub(super) place: Place,
}

/// How messages name a column, and the unit its name states.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) column: String,
    pub(super) role: &'static str,
    pub(super) unit: Option<TimeUnit>,
}

impl Place {
    /// The column for messages: its name, and what it is taken for if that differs.
    pub(super) fn text(&self) -> String {
        if self.role.is_empty() || self.column == self.role {
            format!("column {}", self.column)
        } else {
            format!("column {} (taken as {})", self.column, self.role)
        }
    }
}

impl ColumnMap {
    /// The standard names of the columns of legs.
    #[must_use]
    pub fn legs() -> Self {
        Self::of("legs", LEGS)
    }

    /// The standard names of the columns of operators' states.
    #[must_use]
    pub fn states() -> Self {
        Self::of("states", STATES)
    }

    fn of(what: &'static str, roles: &'static [&'static str]) -> Self {
        Self {
            what,
            roles,
            exceptions: Vec::new(),
        }
    }

    /// The standard names, without the ends that state a unit.
    #[must_use]
    pub fn names(&self) -> &'static [&'static str] {
        self.roles
    }

    /// The same, but `role` is in the column `source`; with `None` in no column.
    ///
    /// # Errors
    /// `name.unknown` if there is no such role, with the list of all.
    pub fn map(mut self, role: &str, source: Option<&str>) -> Result<Self> {
        let (name, unit) = self.role(role).ok_or_else(|| ErrorKind::UnknownRole {
            what: self.what,
            given: role.to_owned(),
            known: self.roles.iter().map(|&role| role.to_owned()).collect(),
        })?;
        self.exceptions.retain(|exception| exception.role != name);
        self.exceptions.push(Exception {
            role: name,
            unit,
            source: source.map(str::to_owned),
        });
        Ok(self)
    }

    /// The role that a name stands for, with the unit at its end.
    fn role(&self, given: &str) -> Option<(&'static str, Option<TimeUnit>)> {
        let exact = |name: &str| self.roles.iter().copied().find(|role| *role == name);
        if let Some(role) = exact(given) {
            return Some((role, None));
        }
        let (name, unit) = split_unit(given)?;
        exact(name).map(|role| (role, Some(unit)))
    }

    /// The column of a role, if the table has it.
    ///
    /// # Errors
    /// `columns.missing` if a column that was named is not there.
    pub(super) fn find<'a>(
        &self,
        role: &'static str,
        batch: &'a RecordBatch,
    ) -> Result<Option<Found<'a>>> {
        let exception = self.exceptions.iter().find(|one| one.role == role);
        if let Some(Exception { source, unit, .. }) = exception {
            let Some(source) = source else {
                return Ok(None);
            };
            let array = batch
                .column_by_name(source)
                .ok_or_else(|| missing(source, role, batch))?;
            let unit = unit.or(split_unit(source).map(|(_, unit)| unit));
            return Ok(Some(found(array, source, role, unit)));
        }
        if let Some(array) = batch.column_by_name(role) {
            return Ok(Some(found(array, role, role, None)));
        }
        Ok(UNITS.iter().find_map(|&(end, unit)| {
            let name = format!("{role}{end}");
            let array = batch.column_by_name(&name)?;
            Some(found(array, &name, role, Some(unit)))
        }))
    }

    /// The column of a role that is needed.
    ///
    /// # Errors
    /// `columns.missing` if it is not there.
    pub(super) fn need<'a>(&self, role: &'static str, batch: &'a RecordBatch) -> Result<Found<'a>> {
        self.find(role, batch)?
            .ok_or_else(|| missing(role, role, batch).into())
    }
}

fn found<'a>(
    array: &'a ArrayRef,
    column: &str,
    role: &'static str,
    unit: Option<TimeUnit>,
) -> Found<'a> {
    let column = column.to_owned();
    let place = Place { column, role, unit };
    Found { array, place }
}

fn split_unit(name: &str) -> Option<(&str, TimeUnit)> {
    UNITS
        .iter()
        .find_map(|&(end, unit)| Some((name.strip_suffix(end)?, unit)))
}

fn missing(column: &str, role: &str, batch: &RecordBatch) -> ErrorKind {
    let schema = batch.schema();
    let present = schema.fields().iter().map(|field| field.name().clone());
    ErrorKind::MissingColumn {
        column: column.to_owned(),
        needed_for: role.to_owned(),
        present: present.collect(),
    }
}
