//! When the board raises an alarm.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::event::Feed;
use crate::attendance::AdherenceMap;
use crate::contact::StateKind;
use crate::error::{Error, ErrorKind, Result};
use crate::id::QueueId;
use crate::service::{ClockStart, Limit, ServiceLevel};
use crate::time::Grid;

/// How many contacts are expected in a queue over a whole period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedContacts {
    /// Where.
    pub queue: QueueId,
    /// The start of the period.
    pub from: DateTime<Utc>,
    /// How many enter the queue from its start to its end, as forecast.
    pub contacts: u32,
}

/// When the service level of a period is in danger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlaRisk {
    /// What was promised, in thousandths: 800 is 80 %.
    pub target_permille: u16,
    /// With fewer contacts than these in the period nothing is said.
    pub min_contacts: u32,
    /// How many of the last judged contacts of the period give the pace.
    pub pace_contacts: u32,
    /// How many contacts are expected, where there is a forecast.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expected: Vec<ExpectedContacts>,
}

/// The plain fields of [`BoardRules`], before they are checked. A limit that is left out
/// raises no alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardRulesRecord {
    /// The periods over which the service level is counted.
    pub grid: Grid,
    /// What counts for and against it.
    pub level: ServiceLevel,
    /// How many seconds an event may come after a later one.
    #[serde(default)]
    pub lateness_secs: u32,
    /// How long a contact may wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Limit>,
    /// How long a conversation may last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Limit>,
    /// How many seconds a state may last, mostly breaks.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub state_secs: BTreeMap<StateKind, u32>,
    /// When the service level is in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<SlaRisk>,
    /// Which states keep which planned activity.
    #[serde(default)]
    pub adherence: AdherenceMap,
    /// How many seconds somebody may be out of adherence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_secs: Option<u32>,
    /// How many seconds a feed may be silent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub silence_secs: BTreeMap<Feed, u32>,
    /// Whether an operator is busy after a conversation until the work after it is told
    /// to have ended, by its event or by another state.
    #[serde(default)]
    pub wrap_up: bool,
    /// After how many seconds a contact is given up whose end was never told.
    #[serde(default = "a_day")]
    pub forget_secs: u32,
    /// How many alarm changes and findings are kept until they are taken.
    #[serde(default = "ten_thousand")]
    pub keep: u32,
}

fn a_day() -> u32 {
    86_400
}

fn ten_thousand() -> u32 {
    10_000
}

/// When the board raises an alarm, and how late events may come.
///
/// Invariants: the service level measures waits from the entry into the queue, as the
/// live feed knows nothing earlier; its target is at most 1000 thousandths, its pace
/// at least one contact; contacts are given up after at least a minute.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::floor::BoardRules;
/// use floorwalker::service::{Limit, ServiceLevel};
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
/// let level = ServiceLevel::offered(TimeDelta::seconds(20))?;
/// let rules = BoardRules::new(grid, level)?.with(|rules| {
///     rules.lateness_secs = 2;
///     rules.out_secs = Some(300);
/// })?;
/// assert_eq!(rules.record().forget_secs, 86_400);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BoardRulesRecord", into = "BoardRulesRecord")]
pub struct BoardRules(BoardRulesRecord);

impl BoardRules {
    /// Rules that count a service level and raise no alarm but that of unmapped states.
    ///
    /// # Errors
    /// `options.conflict` if the level measures waits from another instant than the
    /// entry into the queue.
    pub fn new(grid: Grid, level: ServiceLevel) -> Result<Self> {
        BoardRulesRecord {
            grid,
            level,
            lateness_secs: 0,
            wait: None,
            call: None,
            state_secs: BTreeMap::new(),
            risk: None,
            adherence: AdherenceMap::by_name(),
            out_secs: None,
            silence_secs: BTreeMap::new(),
            wrap_up: false,
            forget_secs: a_day(),
            keep: ten_thousand(),
        }
        .try_into()
    }

    /// The same rules after a change.
    ///
    /// # Errors
    /// `options.conflict` or `value.out_of_range` if the change breaks an invariant.
    pub fn with(self, change: impl FnOnce(&mut BoardRulesRecord)) -> Result<Self> {
        let mut record = self.0;
        change(&mut record);
        record.try_into()
    }

    /// Usual alarms: waits over three times the threshold, conversations over 15
    /// minutes, breaks over 20 minutes and meals over an hour, five minutes out of
    /// adherence, the service level with 20 contacts at least. The numbers are habits
    /// and no standard.
    ///
    /// # Errors
    /// `value.out_of_range` if three times the threshold is above 400 days.
    pub fn with_usual_alarms(self, target_permille: u16) -> Result<Self> {
        let threshold = self.0.level.within().default_limit();
        let wait = Limit::new(threshold * 3)?;
        let call = Limit::new(TimeDelta::minutes(15))?;
        self.with(|rules| {
            rules.wait = Some(wait);
            rules.call = Some(call);
            rules.state_secs = [(StateKind::Break, 1200), (StateKind::Lunch, 3600)].into();
            rules.out_secs = Some(300);
            rules.risk = Some(SlaRisk {
                target_permille,
                min_contacts: 20,
                pace_contacts: 20,
                expected: Vec::new(),
            });
        })
    }

    /// All their fields.
    #[must_use]
    pub fn record(&self) -> &BoardRulesRecord {
        &self.0
    }
}

impl TryFrom<BoardRulesRecord> for BoardRules {
    type Error = Error;

    fn try_from(record: BoardRulesRecord) -> Result<Self> {
        if record.level.clock() != ClockStart::QueueEntry {
            let why = format!("{} does not measure from the entry", record.level);
            let what = "a live board and its service level";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        if record.forget_secs < 60 {
            let what = "seconds until a contact is given up";
            return Err(Error::range(what, 60, u32::MAX, record.forget_secs));
        }
        if let Some(risk) = &record.risk {
            if risk.target_permille > 1000 {
                let what = "target in thousandths";
                return Err(Error::range(what, 0, 1000, risk.target_permille));
            }
            if !(1..=10_000).contains(&risk.pace_contacts) {
                let what = "contacts that give the pace";
                return Err(Error::range(what, 1, 10_000, risk.pace_contacts));
            }
        }
        Ok(Self(record))
    }
}

impl From<BoardRules> for BoardRulesRecord {
    fn from(rules: BoardRules) -> Self {
        rules.0
    }
}
