//! Entries of a ledger: granted or used minutes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::id::AgentId;
use crate::team::AbsenceKind;
use crate::terms::terms;

terms! {
    /// What a ledger counts (contatore).
    LedgerKind ("ledger kind") {
        /// Annual holiday (ferie).
        Holiday = "holiday",
        /// Reduction of working hours (ROL, PAR).
        Permit = "permit",
        /// Abolished festivities (ex festività).
        FormerFestivity = "former_festivity",
        /// Bank of hours (banca ore).
        BankOfHours = "bank_of_hours",
        /// Care of a disabled person (L. 104/1992 art. 33).
        Care = "care",
        /// Assembly in working time (L. 300/1970 art. 20).
        Assembly = "assembly",
        /// Right to study (150 ore).
        Study = "study",
    }
}

impl LedgerKind {
    /// Whether more may be used than was granted so far, and repaid by later
    /// grants: holiday and hours that accrue over the year.
    #[must_use]
    pub fn may_be_negative(self) -> bool {
        matches!(
            self,
            Self::Holiday | Self::Permit | Self::FormerFestivity | Self::BankOfHours
        )
    }

    /// Whether the balance alone tells of health or union membership.
    #[must_use]
    pub fn is_confidential(self) -> bool {
        matches!(self, Self::Care | Self::Assembly)
    }

    /// The ledger that an absence uses, if it uses one.
    #[must_use]
    pub fn of_absence(kind: AbsenceKind) -> Option<Self> {
        Some(match kind {
            AbsenceKind::Holiday => Self::Holiday,
            AbsenceKind::Permit => Self::Permit,
            AbsenceKind::FormerFestivity => Self::FormerFestivity,
            AbsenceKind::InLieu => Self::BankOfHours,
            AbsenceKind::Care => Self::Care,
            AbsenceKind::Assembly => Self::Assembly,
            AbsenceKind::Study => Self::Study,
            _ => return None,
        })
    }
}

/// The plain fields of a [`LedgerEntry`], before they are checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerEntryRecord {
    /// Whose ledger.
    pub agent: AgentId,
    /// Which one.
    pub kind: LedgerKind,
    /// From when it counts.
    pub date: NaiveDate,
    /// Granted minutes above 0, used minutes below.
    pub minutes: i32,
    /// The last day on which a grant may be used; `None` if it does not expire.
    #[serde(default)]
    pub expires: Option<NaiveDate>,
    /// Why.
    #[serde(default)]
    pub cause: String,
}

/// One line of a ledger.
///
/// Invariants: the minutes are not 0; only a grant expires, and not before it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "LedgerEntryRecord", into = "LedgerEntryRecord")]
pub struct LedgerEntry(LedgerEntryRecord);

impl LedgerEntry {
    /// Minutes granted, that do not expire.
    ///
    /// # Errors
    /// `value.out_of_range` for none, or more than `i32` holds.
    pub fn granted(
        agent: AgentId,
        kind: LedgerKind,
        date: NaiveDate,
        minutes: u32,
    ) -> Result<Self, Error> {
        let minutes = signed(minutes)?;
        Self::plain(agent, kind, date, minutes)
    }

    /// Minutes used.
    ///
    /// # Errors
    /// As for [`granted`](Self::granted).
    pub fn used(
        agent: AgentId,
        kind: LedgerKind,
        date: NaiveDate,
        minutes: u32,
    ) -> Result<Self, Error> {
        let minutes = -signed(minutes)?;
        Self::plain(agent, kind, date, minutes)
    }

    fn plain(
        agent: AgentId,
        kind: LedgerKind,
        date: NaiveDate,
        minutes: i32,
    ) -> Result<Self, Error> {
        LedgerEntryRecord {
            agent,
            kind,
            date,
            minutes,
            expires: None,
            cause: String::new(),
        }
        .try_into()
    }

    /// The same grant, usable until a day.
    ///
    /// # Errors
    /// `options.conflict` for used minutes; `time.out_of_order` if it ends before
    /// it counts.
    pub fn until(mut self, last: NaiveDate) -> Result<Self, Error> {
        self.0.expires = Some(last);
        self.0.try_into()
    }

    /// The same entry with its reason.
    #[must_use]
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        self.0.cause = cause.into();
        self
    }

    pub(super) fn record(&self) -> &LedgerEntryRecord {
        &self.0
    }
}

fn signed(minutes: u32) -> Result<i32, Error> {
    i32::try_from(minutes)
        .map_err(|_| Error::range("minutes of a ledger entry", 1, i32::MAX, minutes))
}

impl TryFrom<LedgerEntryRecord> for LedgerEntry {
    type Error = Error;
    fn try_from(record: LedgerEntryRecord) -> Result<Self, Error> {
        if record.minutes == 0 || record.minutes == i32::MIN {
            let (min, max) = ("-2147483647", "2147483647 and not 0");
            return Err(Error::range(
                "minutes of a ledger entry",
                min,
                max,
                record.minutes,
            ));
        }
        match record.expires {
            Some(last) if record.minutes < 0 => Err(ErrorKind::Conflict {
                what: "used minutes and an expiry",
                why: format!("what was used on {} does not expire on {last}", record.date),
            }
            .into()),
            Some(last) if last < record.date => Err(ErrorKind::Order {
                what: "ledger entry",
                earlier: "date",
                later: "expiry",
                given: format!("{} and {last}", record.date),
            }
            .into()),
            _ => Ok(Self(record)),
        }
    }
}

impl From<LedgerEntry> for LedgerEntryRecord {
    fn from(entry: LedgerEntry) -> Self {
        entry.0
    }
}
