//! Lines: what it takes to open one.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::id::{GroupId, QueueId, SkillId};
use crate::team::{Equipment, SkillLevel};
use crate::time::business::Hours;

/// The plain fields of a [`Line`], before they are checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRecord {
    /// The queue that opens.
    pub queue: QueueId,
    /// When it may be open; at any time if there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The skill it asks for; none if everybody can do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<SkillId>,
    /// The lowest level that will do.
    #[serde(default = "lowest")]
    pub level: SkillLevel,
    /// With fewer operators it does not open.
    pub min_operators: u32,
    /// As many operators as it is to have.
    pub wanted_operators: u32,
    /// What a position of it must be equipped with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<Equipment>,
    /// The group whose leader, or who stands in, must be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub led_by: Option<GroupId>,
}

fn lowest() -> SkillLevel {
    SkillLevel::LOWEST
}

/// A line (linea): a queue, when it may be open, and what it takes to open it.
///
/// Invariant: it needs at least one operator, and is to have at least as many as it
/// needs.
///
/// ```
/// use floorwalker::floor::Line;
///
/// let line: Line = serde_json::from_str(
///     r#"{"queue": "sales", "skill": "selling", "min_operators": 2, "wanted_operators": 4}"#,
/// ).unwrap();
/// assert!(line.record().hours.is_none());
/// assert_eq!(line.with(|line| line.wanted_operators = 1).unwrap_err().code(), "value.out_of_range");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "LineRecord", into = "LineRecord")]
pub struct Line(LineRecord);

impl Line {
    /// A line that anybody can serve, at any time.
    ///
    /// # Errors
    /// `value.out_of_range` if it needs nobody.
    pub fn new(queue: QueueId, operators: u32) -> Result<Self> {
        LineRecord {
            queue,
            hours: None,
            skill: None,
            level: lowest(),
            min_operators: operators,
            wanted_operators: operators,
            equipment: Vec::new(),
            led_by: None,
        }
        .try_into()
    }

    /// The same line after a change.
    ///
    /// # Errors
    /// `value.out_of_range` if the change breaks the invariant.
    pub fn with(self, change: impl FnOnce(&mut LineRecord)) -> Result<Self> {
        let mut record = self.0;
        change(&mut record);
        record.try_into()
    }

    /// The queue.
    #[must_use]
    pub fn queue(&self) -> &QueueId {
        &self.0.queue
    }

    /// All its fields.
    #[must_use]
    pub fn record(&self) -> &LineRecord {
        &self.0
    }
}

impl TryFrom<LineRecord> for Line {
    type Error = Error;

    fn try_from(record: LineRecord) -> Result<Self> {
        let (min, wanted) = (record.min_operators, record.wanted_operators);
        if min == 0 {
            return Err(Error::range("operators a line needs", 1, u32::MAX, min));
        }
        if wanted < min {
            let what = "operators a line is to have";
            return Err(Error::range(what, min, u32::MAX, wanted));
        }
        Ok(Self(record))
    }
}

impl From<Line> for LineRecord {
    fn from(line: Line) -> Self {
        line.0
    }
}

/// The most lines that operators are shared between.
const MAX_LINES: usize = 64;

/// Refuses too many lines, and two for one queue.
pub(super) fn check(lines: &[Line]) -> Result<()> {
    if lines.len() > MAX_LINES {
        return Err(Error::range("lines", 0, MAX_LINES, lines.len()));
    }
    for (place, line) in lines.iter().enumerate() {
        if lines[..place].iter().any(|one| one.queue() == line.queue()) {
            let why = format!("two are for the queue {}", line.queue());
            let what = "lines";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
    }
    Ok(())
}
