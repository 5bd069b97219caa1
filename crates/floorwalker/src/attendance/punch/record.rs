//! One punch: an instant, a person, and what they said they were doing.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::AgentId;
use crate::terms::terms;
use crate::time::{LocalTimePolicy, Span, Zone};

terms! {
    /// What a punch says (tipo di timbratura).
    PunchKind ("punch kind") {
        /// Coming (entrata).
        In = "in",
        /// Going (uscita).
        Out = "out",
        /// Leaving for a break (inizio pausa).
        BreakStart = "break_start",
        /// Back from a break (fine pausa).
        BreakEnd = "break_end",
        /// A card was shown, and no more is known.
        Unknown = "unknown",
    }
}

/// The plain fields of a [`Punch`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PunchRecord {
    /// Who.
    pub agent: AgentId,
    /// When, with the offset of the local clock at that time.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub kind: PunchKind,
    /// The device, if it is known.
    #[serde(default)]
    pub device: Option<String>,
    /// The number of the punch in the device, if it is known.
    #[serde(default)]
    pub raw_id: Option<String>,
}

/// One punch of a time recorder (timbratura), as it was recorded.
///
/// Invariant: the instant lies within years 1 to 9999.
///
/// The instant keeps the offset of the local clock, so that it is clear which
/// 02:30 was meant on the night the clock was put back.
///
/// ```
/// use floorwalker::attendance::{Punch, PunchKind};
/// use floorwalker::id::AgentId;
/// use floorwalker::time::{LocalTimePolicy, Zone};
///
/// let rome = Zone::get("Europe/Rome")?;
/// let local = "2026-03-02T08:58:00".parse().unwrap();
/// let punch = Punch::local(AgentId::new("Anna")?, PunchKind::In, local, (&rome, LocalTimePolicy::REFUSE))?;
/// assert_eq!(punch.at().to_rfc3339(), "2026-03-02T08:58:00+01:00");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PunchRecord", into = "PunchRecord")]
pub struct Punch(PunchRecord);

impl Punch {
    /// A punch at an instant.
    ///
    /// # Errors
    /// `value.out_of_range` outside years 1 to 9999.
    pub fn new(agent: AgentId, kind: PunchKind, at: DateTime<FixedOffset>) -> Result<Self, Error> {
        PunchRecord {
            agent,
            at,
            kind,
            device: None,
            raw_id: None,
        }
        .try_into()
    }

    /// A punch at a local time, for recorders that keep no offset.
    ///
    /// # Errors
    /// As for [`Zone::resolve`] with the policy.
    pub fn local(
        agent: AgentId,
        kind: PunchKind,
        local: NaiveDateTime,
        (zone, policy): (&Zone, LocalTimePolicy),
    ) -> Result<Self, Error> {
        let at = zone.resolve(local, policy)?;
        Self::new(agent, kind, zone.at_ms(at.timestamp_millis()))
    }

    /// Who.
    #[must_use]
    pub fn agent(&self) -> &AgentId {
        &self.0.agent
    }

    /// When, with the offset of the local clock.
    #[must_use]
    pub fn at(&self) -> DateTime<FixedOffset> {
        self.0.at
    }

    /// What.
    #[must_use]
    pub fn kind(&self) -> PunchKind {
        self.0.kind
    }

    /// The device, if it is known.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.0.device.as_deref()
    }

    pub(super) fn at_ms(&self) -> i64 {
        self.0.at.timestamp_millis()
    }
}

impl TryFrom<PunchRecord> for Punch {
    type Error = Error;
    fn try_from(record: PunchRecord) -> Result<Self, Error> {
        let at = record.at.with_timezone(&Utc);
        Span::new(at, at)?;
        Ok(Self(record))
    }
}

impl From<Punch> for PunchRecord {
    fn from(punch: Punch) -> Self {
        punch.0
    }
}
