//! What an operator was doing, as the telephone system recorded it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::terms::terms;

terms! {
    /// The state of an operator who is logged in. Logged out is no state.
    StateKind ("operator state") {
        /// Waiting for a contact (disponibile).
        Ready = "ready",
        /// With a contact: ringing, talking, hold and the work after it (in conversazione).
        Contact = "contact",
        /// Short rest (pausa).
        Break = "break",
        /// Meal (pausa pranzo).
        Lunch = "lunch",
        /// Training (formazione).
        Training = "training",
        /// Meeting or coaching (riunione).
        Meeting = "meeting",
        /// Any other pause; the reason says which.
        Aux = "aux",
    }
}

impl StateKind {
    /// Whether the time counts as productive: ready or with a contact.
    #[must_use]
    pub fn is_productive(self) -> bool {
        matches!(self, Self::Ready | Self::Contact)
    }
}

/// The plain fields of an [`AgentState`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentStateRecord {
    /// Who.
    pub agent: AgentId,
    /// What they were doing.
    pub state: StateKind,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; `None` while it lasts.
    #[serde(default)]
    pub to: Option<DateTime<Utc>>,
    /// The reason given, such as a pause code.
    #[serde(default)]
    pub reason: Option<String>,
}

/// One unbroken stretch `[from, to)` of an operator's day in one state.
///
/// Invariant: `from` is not after `to`.
///
/// ```
/// use chrono::{TimeDelta, TimeZone, Utc};
/// use floorwalker::contact::{AgentState, StateKind};
/// use floorwalker::id::AgentId;
///
/// let from = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
/// let state = AgentState::new(AgentId::new("Anna")?, StateKind::Ready, from, None)?;
/// assert_eq!(state.to(), None);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AgentStateRecord", into = "AgentStateRecord")]
pub struct AgentState(AgentStateRecord);

impl AgentState {
    /// A stretch of `state` from `from` to `to`, or still lasting.
    ///
    /// # Errors
    /// `time.out_of_order` if it ends before it begins.
    pub fn new(
        agent: AgentId,
        state: StateKind,
        from: DateTime<Utc>,
        to: Option<DateTime<Utc>>,
    ) -> Result<Self, Error> {
        AgentStateRecord {
            agent,
            state,
            from,
            to,
            reason: None,
        }
        .try_into()
    }

    /// The same stretch with the reason that was given for it.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.0.reason = Some(reason.into());
        self
    }

    /// Who.
    #[must_use]
    pub fn agent(&self) -> &AgentId {
        &self.0.agent
    }

    /// What they were doing.
    #[must_use]
    pub fn state(&self) -> StateKind {
        self.0.state
    }

    /// Since when.
    #[must_use]
    pub fn from(&self) -> DateTime<Utc> {
        self.0.from
    }

    /// Until when; `None` while it lasts.
    #[must_use]
    pub fn to(&self) -> Option<DateTime<Utc>> {
        self.0.to
    }

    /// The reason given, such as a pause code.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

impl TryFrom<AgentStateRecord> for AgentState {
    type Error = Error;
    fn try_from(record: AgentStateRecord) -> Result<Self, Error> {
        match record.to {
            Some(to) if to < record.from => Err(ErrorKind::Order {
                what: "operator state",
                earlier: "from",
                later: "to",
                given: format!("{} and {to} for {}", record.from, record.agent),
            }
            .into()),
            _ => Ok(Self(record)),
        }
    }
}

impl From<AgentState> for AgentStateRecord {
    fn from(state: AgentState) -> Self {
        state.0
    }
}
