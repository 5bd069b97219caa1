//! Which column of a foreign table is which field.

use std::collections::BTreeMap;

use floorwalker::time::{LocalTimePolicy, Zone};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// How a table is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Comma-separated values with a header; semicolons and tabs are read as well.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// The fields of a table of contacts.
pub(super) const CONTACT: &[&str] = &[
    "queue",
    "arrived",
    "outcome",
    "kind",
    "channel",
    "left_queue",
    "answered",
    "released",
    "wrapped_up",
    "hold_ms",
    "reached",
    "asked",
    "agent",
    "transferred_out",
    "callback_done",
    "ring_no_answers",
    "released_by",
    "id",
    "conversation",
    "parent",
    "customer",
    "caller",
    "called",
    "attributes",
];

/// Durations that may stand in for instants.
pub(super) const DURATIONS: &[&str] = &[
    "wait_ms",
    "talk_ms",
    "wrap_up_ms",
    "wait_secs",
    "talk_secs",
    "wrap_up_secs",
    "hold_secs",
];

/// The fields of a table of states.
pub(super) const STATE: &[&str] = &["agent", "state", "from", "to", "reason"];

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum About {
    Contacts,
    States,
}

/// Which column of a table is which field, and which of its words are which terms.
///
/// Invariant: only fields that the table has are mapped (see the
/// [module](super) for their names).
///
/// A field that is not mapped is read from the column of its own name, if there is one.
///
/// ```
/// use floorwalker_acd::neutral::FieldMap;
///
/// let map = FieldMap::contacts()
///     .with_column("arrived", "arrived_at")?
///     .with_column("left_queue", "queue_left_at")?
///     .with_term("outcome", "ABANDONED", "abandoned")?
///     .keeping_the_rest();
/// assert_eq!(map.column("arrived"), "arrived_at");
/// assert_eq!(map.column("queue"), "queue");
/// assert_eq!(FieldMap::contacts().with_column("arived", "x").unwrap_err().code(), "map.invalid");
/// # Ok::<(), floorwalker_acd::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "MapRecord", into = "MapRecord")]
pub struct FieldMap(MapRecord);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MapRecord {
    about: About,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    /// By field, the word of the source and the term it stands for.
    #[serde(default)]
    terms: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default = "Zone::utc")]
    zone: Zone,
    #[serde(default = "refuse")]
    local_time: LocalTimePolicy,
    #[serde(default)]
    keep_rest: bool,
}

fn refuse() -> LocalTimePolicy {
    LocalTimePolicy::REFUSE
}

impl FieldMap {
    fn new(about: About) -> Self {
        Self(MapRecord {
            about,
            columns: BTreeMap::new(),
            terms: BTreeMap::new(),
            zone: Zone::utc(),
            local_time: refuse(),
            keep_rest: false,
        })
    }

    /// A table of contacts with the names of this project.
    #[must_use]
    pub fn contacts() -> Self {
        Self::new(About::Contacts)
    }

    /// A table of states of operators with the names of this project.
    #[must_use]
    pub fn states() -> Self {
        Self::new(About::States)
    }

    /// The same with `field` read from `column`.
    ///
    /// # Errors
    /// `map.invalid` if the table has no such field.
    pub fn with_column(mut self, field: &str, column: &str) -> Result<Self> {
        self.0.check(field)?;
        self.0.columns.insert(field.to_owned(), column.to_owned());
        Ok(self)
    }

    /// The same with `theirs` in the column of `field` read as `ours`.
    ///
    /// # Errors
    /// `map.invalid` if the table has no such field.
    pub fn with_term(mut self, field: &str, theirs: &str, ours: &str) -> Result<Self> {
        self.0.check(field)?;
        let terms = self.0.terms.entry(field.to_owned()).or_default();
        terms.insert(theirs.to_owned(), ours.to_owned());
        Ok(self)
    }

    /// The same with instants that have no offset read on the clock of `zone`.
    /// Without this they are UTC.
    #[must_use]
    pub fn with_zone(mut self, zone: Zone, policy: LocalTimePolicy) -> Self {
        self.0.zone = zone;
        self.0.local_time = policy;
        self
    }

    /// The same keeping columns that are no field as attributes of the leg.
    #[must_use]
    pub fn keeping_the_rest(mut self) -> Self {
        self.0.keep_rest = true;
        self
    }

    /// The column from which a field is read.
    #[must_use]
    pub fn column<'a>(&'a self, field: &'a str) -> &'a str {
        self.0.columns.get(field).map_or(field, String::as_str)
    }

    /// Whether a column was named for the field.
    pub(super) fn is_mapped(&self, field: &str) -> bool {
        self.0.columns.contains_key(field)
    }

    /// All fields that can be read, and those without which nothing can.
    pub(super) fn fields(&self) -> Vec<&'static str> {
        self.0.fields()
    }

    pub(super) fn needed(&self) -> [&'static str; 3] {
        match self.0.about {
            About::Contacts => ["queue", "arrived", "outcome"],
            About::States => ["agent", "state", "from"],
        }
    }

    /// What a word in the column of a field stands for.
    pub(super) fn term<'a>(&'a self, field: &str, word: &'a str) -> &'a str {
        let terms = self.0.terms.get(field);
        terms
            .and_then(|terms| terms.get(word))
            .map_or(word, String::as_str)
    }

    pub(super) fn zone(&self) -> &Zone {
        &self.0.zone
    }

    pub(super) fn local_time(&self) -> LocalTimePolicy {
        self.0.local_time
    }

    pub(super) fn keeps_rest(&self) -> bool {
        self.0.keep_rest && self.0.about == About::Contacts
    }

    /// Refuses a map that is about something else.
    pub(super) fn check_is_for(&self, needed: &str) -> Result<()> {
        if self.needed().contains(&needed) {
            return Ok(());
        }
        let why = format!("it has no field {needed}, so it is about another table");
        Err(ErrorKind::Map(why).into())
    }
}

impl MapRecord {
    fn fields(&self) -> Vec<&'static str> {
        match self.about {
            About::Contacts => [CONTACT, DURATIONS].concat(),
            About::States => STATE.to_vec(),
        }
    }

    fn check(&self, field: &str) -> Result<()> {
        let fields = self.fields();
        if fields.contains(&field) {
            return Ok(());
        }
        let why = format!(
            "no field is called {field:?}: there are {}",
            fields.join(", ")
        );
        Err(ErrorKind::Map(why).into())
    }
}

impl TryFrom<MapRecord> for FieldMap {
    type Error = Error;
    fn try_from(record: MapRecord) -> Result<Self> {
        for field in record.columns.keys().chain(record.terms.keys()) {
            record.check(field)?;
        }
        Ok(Self(record))
    }
}

impl From<FieldMap> for MapRecord {
    fn from(map: FieldMap) -> Self {
        map.0
    }
}
