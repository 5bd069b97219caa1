//! What the columns of a log mean.

use floorwalker::complaint::Meanings;
use serde::{Deserialize, Serialize};

use crate::error::ReadError;

/// What the columns of a log mean, written as JSON beside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogMap {
    /// Whether a row is a change of a case or a case.
    pub shape: Shape,
    /// The column of the number of the case.
    pub case: String,
    /// How times are written.
    pub time: TimeFormat,
    /// The column of the instant of a row; needed in an event log.
    #[serde(default)]
    pub at: Option<String>,
    /// The column of the state or the activity; needed in an event log.
    #[serde(default)]
    pub word: Option<String>,
    /// The column of the instant of opening; needed in a case table.
    #[serde(default)]
    pub opened: Option<String>,
    /// The column of the instant of closing.
    #[serde(default)]
    pub closed: Option<String>,
    /// The column of the person or the group that has it.
    #[serde(default)]
    pub actor: Option<String>,
    /// The column of the priority.
    #[serde(default)]
    pub priority: Option<String>,
    /// The column of the topic.
    #[serde(default)]
    pub topic: Option<String>,
    /// The column of the customer.
    #[serde(default)]
    pub customer: Option<String>,
    /// The column that says whether a standard was kept.
    #[serde(default)]
    pub standard: Option<StandardColumn>,
    /// The column that counts how often the case was opened again; of several rows the
    /// largest number counts.
    #[serde(default)]
    pub reopen_count: Option<String>,
    /// What stands where nothing is known, besides nothing.
    #[serde(default)]
    pub missing: Vec<String>,
    /// What the words of the system mean.
    #[serde(default)]
    pub meanings: Meanings,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A change of a case.
    Events,
    /// A case.
    Cases,
}

/// How times are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeFormat {
    /// In the notation of strftime, such as `%d/%m/%Y %H:%M`; with `%z` the offset that is
    /// written counts, and the zone does not. Without a time of day the day begins.
    pub format: String,
    /// The zone of the clock, such as `Europe/Rome`. Of a local time that comes twice the
    /// first is meant.
    pub zone: String,
}

/// The column that says whether a standard was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardColumn {
    /// The column; of several rows the last counts.
    pub column: String,
    /// What the standard is called.
    pub name: String,
    /// The words for kept.
    pub met: Vec<String>,
    /// The words for missed.
    pub breached: Vec<String>,
}

impl LogMap {
    /// Reads a map from JSON.
    ///
    /// # Errors
    /// [`ReadError::Map`] with line and column.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        Ok(serde_json::from_str(text)?)
    }

    /// Whether the shape has the columns that it needs.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        let (shape, needed): (_, &[(_, _)]) = match self.shape {
            Shape::Events => ("events", &[(&self.at, "at"), (&self.word, "word")]),
            Shape::Cases => ("cases", &[(&self.opened, "opened")]),
        };
        if let Some((_, what)) = needed.iter().find(|(column, _)| column.is_none()) {
            return Err(ReadError::Incomplete { shape, what });
        }
        Ok(())
    }
}
